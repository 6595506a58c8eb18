//! Two releases of one service measure the same and hold it to other numbers.
//!
//! ## What
//! Two metrics have the same service, measurement, unit, window and reference, and both set the same level, or both the
//! end of `normal`, to other values. They are compared where they measure the same series, and always where both releases
//! are about the same version. Releases of different versions of which one is watched only while it runs
//! (`alerts: while-running`) are left alone, and so is what `where` says. A level that only one of them has is no conflict.
//!
//! ## Why
//! Both files make rules, and both rules run: for one and the same value one alert is silent and the other says to go
//! back. Usually one of the files was forgotten when a number was changed.
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

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::{Rung, RungBound, Side};
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

fn conflict(ours: (&Spec, &Metric), theirs: (&Spec, &Metric)) -> Option<Diagnostic> {
    if ours.0.file == theirs.0.file {
        return None;
    }
    let differing = ours.1.base()?.ladder.differing(&theirs.1.base()?.ladder);
    let (first, other) = differing.first()?;
    let (id, id_there, release) = (&ours.1.id.value, &theirs.1.id.value, theirs.0.id());
    let name = if id == id_there { String::new() } else { format!(" as `{id_there}`") };
    let message = format!(
        "{} of `{id}` is {}, but {} in `{release}`, where the same is measured{name}",
        key(first),
        first.bound.text,
        other.bound.text
    );
    let labels = differing.iter().flat_map(|(ours, theirs)| {
        [(ours.bound.span, key(ours)), (theirs.bound.span, format!("{} in `{release}`", key(theirs)))]
    });
    Some(
        LINT.finding(message)
            .labels(labels)
            .help("make them equal; if both are meant, waive this here and say why they differ"),
    )
}

/// The keys that lead to a bound.
fn key(bound: &RungBound) -> String {
    let rung = match bound.rung {
        Rung::Normal => "normal",
        Rung::Level(level) => level.name(),
    };
    format!("`{rung}.{}`", bound.key())
}
