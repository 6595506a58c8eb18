//! PromQL uses what the targeted Prometheus does not have.
//!
//! ## What
//! A query, a selector or an `only_when` uses a function, an operator or a spelling that the targeted version (2.42, unless
//! `relspec.yaml` says otherwise) does not know, or knows only behind a flag.
//!
//! ## Why
//! Prometheus refuses the whole file of rules for one expression that it can't read. On a reload it keeps the old
//! rules, and the release goes out unwatched.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   jobs_per_hour:
//!     title: Jobs per hour
//!     unit: per_hour
//!     query: sum(rate(thumbnailer_jobs_total[5m])) * 3_600
//!     normal:   { min: 2000 }
//!     rollback: { below: 400 }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   jobs_per_hour:
//!     title: Jobs per hour
//!     unit: per_hour
//!     query: sum(rate(thumbnailer_jobs_total[5m])) * 3600
//!     normal:   { min: 2000 }
//!     rollback: { below: 400 }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::promql::{Newer, Version, too_new};
use crate::source::Span;
use crate::spec::Spec;
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint =
    Lint::new("promql-too-new", Severity::Error, include_str!("promql_too_new.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let target = context.config.prometheus;
    let mut found: BTreeMap<String, (Newer, Vec<Span>)> = BTreeMap::new();
    for (_, promql) in shared::promql(spec) {
        for newer in too_new(&promql.expr, target) {
            let place = promql.place(context.sources, newer.span.clone());
            found.entry(newer.what.clone()).or_insert_with(|| (newer, Vec::new())).1.push(place);
        }
    }
    for (newer, places) in found.into_values() {
        sink.push(finding(&newer, places, target));
    }
}

fn finding(newer: &Newer, places: Vec<Span>, target: Version) -> Diagnostic {
    let what = &newer.what;
    let flag = newer.flag.map(|(flag, since)| format!("{since} with `--enable-feature={flag}`"));
    let needs = match (newer.removed, newer.needs, flag) {
        (Some(removed), _, _) => format!("was removed in Prometheus {removed}"),
        (None, Some(needs), Some(flag)) => format!("needs Prometheus {needs}, or {flag}"),
        (None, Some(needs), None) => format!("needs Prometheus {needs}"),
        (None, None, Some(flag)) => format!("needs Prometheus {flag}"),
        (None, None, None) => "is not in any Prometheus without a flag".to_owned(),
    };
    let help = match (newer.removed, newer.needs) {
        (None, Some(needs)) => {
            format!("write it without, or `versions: {{ prometheus: \"{needs}\" }}` in relspec.yaml if none is older")
        }
        _ => "write it without".to_owned(),
    };
    LINT.finding(format!("{what} {needs}, and the rules are for {target}"))
        .labels(places.into_iter().map(|place| (place, format!("{target} can't read this"))))
        .help(help)
}
