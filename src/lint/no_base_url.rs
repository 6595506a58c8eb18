//! The project does not say where its runbooks or boards are served, so alerts carry no links to them.
//!
//! ## What
//! `relspec.yaml` has no `urls.runbooks` or no `urls.grafana`, or there is no such file.
//!
//! ## Why
//! Alerts link to their section of the runbook and to their panel. Without a base there is nothing to link to, and the
//! annotations are left out. Everything else works.
//!
//! ## Bad
//! ```yaml
//! # file: relspec.yaml
//! urls: { prometheus: "https://prometheus.example.com" }
//! ```
//!
//! ## Good
//! ```yaml
//! # file: relspec.yaml
//! urls:
//!   runbooks: https://git.example.com/releases/generated
//!   grafana: https://grafana.example.com
//! ```

use super::words::all_of;
use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint =
    Lint::new("no-base-url", Severity::Info, include_str!("no_base_url.rs"), Check::Project(check));

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    // The project's file may not exist, so the first release stands for all.
    let Some(id) = specs.iter().find_map(|spec| Some(&spec.release.id.as_ref()?.0)) else { return };
    let config = context.config;
    let wanted = [("urls.runbooks", "runbook", &config.runbooks), ("urls.grafana", "board", &config.grafana)];
    let missing: Vec<_> = wanted.iter().filter(|(_, _, base)| base.is_none()).collect();
    let keys: Vec<_> = missing.iter().map(|(key, _, _)| *key).collect();
    let things: Vec<_> = missing.iter().map(|(_, thing, _)| format!("the {thing}")).collect();
    if !keys.is_empty() {
        let finding = LINT
            .finding(format!("alerts carry no link to {}: relspec.yaml has no {}", things.join(" and "), all_of(&keys)))
            .label(id.span, "in this release and all others")
            .help(format!("add {} to relspec.yaml", all_of(&keys)));
        sink.push(finding);
    }
}
