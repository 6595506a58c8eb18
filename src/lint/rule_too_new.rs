//! A rule needs what the targeted Prometheus does not have.
//!
//! ## What
//! A level says `keep_firing_for`, and `versions.prometheus` of `relspec.yaml` is older than 2.42, where Prometheus learned it.
//!
//! ## Why
//! Prometheus refuses the whole file of rules for one field that it does not know. On a reload it keeps the old rules, and
//! the release goes out unwatched.
//!
//! ## Bad
//! ```yaml
//! # file: relspec.yaml
//! versions: { prometheus: "2.41" }
//! # file: specs/example.yaml
//! metrics:
//!   failed_uploads:
//!     title: Failed uploads
//!     unit: ratio
//!     ratio: { bad: 'uploads_total{ok="no"}', total: uploads_total }
//!     normal:   { max: 1% }
//!     rollback: { above: 5%, keep_firing_for: 15m }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_uploads:
//!     title: Failed uploads
//!     unit: ratio
//!     ratio: { bad: 'uploads_total{ok="no"}', total: uploads_total }
//!     normal:   { max: 1% }
//!     rollback: { above: 5%, keep_firing_for: 15m }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::promql::Version;
use crate::source::Span;
use crate::spec::Spec;
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint =
    Lint::new("rule-too-new", Severity::Error, include_str!("rule_too_new.rs"), Check::Release(check));

/// The first version that lets an alert go on.
const KEEPS: Version = Version { major: 2, minor: 42 };

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let target = context.config.prometheus;
    if target >= KEEPS {
        return;
    }
    let alerting = spec.metrics.iter().filter(|metric| metric.alerts());
    let keeps = alerting.flat_map(|metric| &metric.cases).flat_map(|case| case.limits.keeps());
    let places: BTreeSet<Span> = keeps.map(|keep| keep.span).collect();
    if places.is_empty() {
        return;
    }
    let what = format!("`keep_firing_for` needs Prometheus {KEEPS}, and the rules are for {target}");
    let labels = places.into_iter().map(|place| (place, format!("{target} refuses a rule with this")));
    sink.push(LINT.finding(what).labels(labels).help(format!(
        "leave it out, or write `versions: {{ prometheus: \"{KEEPS}\" }}` in relspec.yaml if none is older"
    )));
}
