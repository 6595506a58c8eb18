//! The same is measured twice and held to other numbers.
//!
//! ## What
//! Two metrics have the same service, measurement, unit, window and reference, and both set the same level, or both the
//! end of `normal`, to other values. They are compared where they measure the same series, and always where both releases
//! are about the same version. Releases of different versions of which one is watched only while it runs
//! (`alerts: while-running`) are left alone, and so is what `where` says. A level that only one of them has is no conflict.
//! Where the numbers agree and both are about one version, a `for` that both write at a level is compared. Two metrics of
//! one release are compared where they measure the same series and neither has a `where`.
//!
//! ## Why
//! Both make rules, and both rules run: for one and the same value one alert is silent and the other says to go back.
//! Usually one of the two was forgotten when a number was changed.
//!
//! ## Bad
//! ```yaml
//! # file: specs/rollout.yaml
//! release: { id: shop-v2, title: Shop 2, service: shop, version: 2.0.0, owner: web }
//! # file: specs/watch.yaml
//! release: { id: shop-v2-week, title: The week after Shop 2, service: shop, version: 2.0.0, owner: web }
//! metrics:
//!   upload_errors:
//!     title: Failed uploads
//!     unit: ratio
//!     ratio: { bad: 'uploads_total{ok="no"}', total: uploads_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 10% }
//! ```
//!
//! ## Good
//! ```yaml
//! # file: specs/rollout.yaml
//! release: { id: shop-v2, title: Shop 2, service: shop, version: 2.0.0, owner: web }
//! # file: specs/watch.yaml
//! release: { id: shop-v2-week, title: The week after Shop 2, service: shop, version: 2.0.0, owner: web }
//! metrics:
//!   upload_errors:
//!     title: Failed uploads
//!     unit: ratio
//!     ratio: { bad: 'uploads_total{ok="no"}', total: uploads_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5% }
//! ```

mod waits;

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Ladder, Level, Rung, RungBound, Side};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::Metric;
use crate::spec::release::AlertsWhen;
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "conflicting-thresholds",
    Severity::Warning,
    include_str!("conflicting_thresholds.rs"),
    Check::Project(check),
);

/// Metrics that can judge the same value, and do so with the same numbers.
type Agreed<'a> = Vec<(&'a Spec, &'a Metric)>;

fn check(specs: &[Spec], _: &Context<'_>, sink: &mut Sink) {
    let mut known: BTreeMap<(&str, String, String), Agreed<'_>> = BTreeMap::new();
    for spec in specs {
        let Some(service) = spec.release.service.as_ref() else { continue };
        for metric in &spec.metrics {
            let Some(measured) = shared::measures(metric) else { continue };
            let mut told = false;
            for meeting in meetings(spec, metric) {
                let agreed = known.entry((service.as_str(), measured.clone(), meeting)).or_default();
                let conflict = agreed.iter().find_map(|other| conflict((spec, metric), *other));
                if conflict.is_none() && !agreed.iter().any(|(_, other)| same_levels(metric, other)) {
                    agreed.push((spec, metric));
                }
                let news = conflict.filter(|_| !told);
                told |= news.is_some();
                sink.extend(news);
            }
        }
    }
}

/// Among which metrics of other releases it is judged: those of the same version, and those of the same series.
fn meetings(spec: &Spec, metric: &Metric) -> Vec<String> {
    let version = spec.release.version.as_ref().map(|version| format!("version {}", version.value));
    let always = spec.release.alerts != Some(AlertsWhen::WhileRunning);
    let series = always.then(|| format!("series {}", shared::reaches(metric)));
    version.into_iter().chain(series).collect()
}

/// Whether a metric adds nothing to what another one says.
fn same_levels(metric: &Metric, other: &Metric) -> bool {
    let (Some(ours), Some(theirs)) = (metric.base(), other.base()) else { return true };
    let (ours, theirs) = (&ours.ladder, &theirs.ladder);
    let long = |side: &Side| ours.line(*side).len() == theirs.line(*side).len();
    ours.differing(theirs).is_empty() && Side::ALL.iter().all(long)
}

/// A number as its author wrote it.
struct Said {
    /// The keys that lead to it, as they are shown.
    key: String,
    text: String,
    span: Span,
    /// The harsher level that the other metric has there already.
    beyond: Option<Level>,
}

fn conflict(ours: (&Spec, &Metric), theirs: (&Spec, &Metric)) -> Option<Diagnostic> {
    let one_release = ours.0.file == theirs.0.file;
    if one_release && !are_twins(ours.1, theirs.1) {
        return None;
    }
    let (here, there) = (ours.1.base()?, theirs.1.base()?);
    let mut differing = bounds(&here.ladder, &there.ladder);
    if differing.is_empty() && are_of_one_version(ours.0, theirs.0) {
        differing = waits::differing(here, there);
    }
    let (first, other) = differing.first()?;
    let (id, id_there, release) = (&ours.1.id.value, &theirs.1.id.value, theirs.0.id());
    let elsewhere = match (one_release, id == id_there) {
        (true, _) => format!("and that of `{id_there}` is {}, though both measure the same", other.text),
        (false, true) => format!("but {} in `{release}`, where the same is measured", other.text),
        (false, false) => {
            format!("but {} in `{release}`, where the same is measured as `{id_there}`", other.text)
        }
    };
    let other_one = if one_release { format!("`{id_there}`") } else { format!("`{release}`") };
    let preposition = if one_release { "of" } else { "in" };
    let labels = differing.iter().flat_map(|(ours, theirs)| {
        let there = format!("{} {preposition} {other_one}", theirs.key);
        [(ours.span, ours.label(&ours.key, &other_one)), (theirs.span, theirs.label(&there, "the other"))]
    });
    let message = format!("{} of `{id}` is {}, {elsewhere}", first.key, first.text);
    Some(LINT.finding(message).labels(labels).help(if one_release {
        "make one metric of the two; if a level is meant to have two conditions, write them as a list: `warn: [ { … }, { … } ]`"
    } else {
        "make them equal; if both are meant, waive this here and say why they differ"
    }))
}

impl Said {
    fn label(&self, place: &str, other: &str) -> String {
        let already = self.beyond.map(|level| format!(", where {other} has `{}` already", level.name()));
        format!("{place}{}", already.unwrap_or_default())
    }
}

/// Whether two metrics of one release judge the same values at every stage.
fn are_twins(one: &Metric, other: &Metric) -> bool {
    shared::reaches(one) == shared::reaches(other) && one.cases.len() == 1 && other.cases.len() == 1
}

fn are_of_one_version(one: &Spec, other: &Spec) -> bool {
    let version = |spec: &Spec| spec.release.version.as_ref().map(|version| version.value.clone());
    version(one) == version(other)
}

/// The bounds of the same level that are other values: ours, then theirs.
fn bounds(ours: &Ladder, theirs: &Ladder) -> Vec<(Said, Said)> {
    let differing = ours.differing(theirs).into_iter();
    differing.map(|(one, other)| (said(&one, theirs), said(&other, ours))).collect()
}

fn said(bound: &RungBound, other: &Ladder) -> Said {
    let rung = match bound.rung {
        Rung::Normal => "normal",
        Rung::Level(level) => level.name(),
    };
    let harsher = |level: &Level| bound.rung != Rung::Normal && Rung::Level(*level) > bound.rung;
    let begun = |level: &Level| {
        let first = other.mildest(*level, bound.side);
        first.is_some_and(|first| !bound.side.beyond(&first.value, &bound.bound.value))
    };
    Said {
        key: format!("`{rung}.{}`", bound.key()),
        text: bound.bound.text.clone(),
        span: bound.bound.span,
        beyond: Level::ALL.into_iter().rev().filter(harsher).find(begun),
    }
}
