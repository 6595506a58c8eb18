//! A scenario waits for an alert that does not exist.
//!
//! ## What
//! `when: { metric: …, level: … }` of a scenario names a level that the metric has nowhere, or `no-data` where a lack of
//! data is ignored.
//!
//! ## Why
//! Nobody is ever led to this scenario, and the level that was meant has none.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_uploads:
//!     title: Failed uploads
//!     unit: ratio
//!     ratio: { bad: 'uploads_total{result="failed"}', total: uploads_total }
//!     warn: { above: 2% }
//!     hold: { above: 5% }
//! scenarios:
//!   disk-full:
//!     when: { metric: failed_uploads, level: rollback }
//!     steps: [ Delete old images. ]
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_uploads:
//!     title: Failed uploads
//!     unit: ratio
//!     ratio: { bad: 'uploads_total{result="failed"}', total: uploads_total }
//!     warn: { above: 2% }
//!     hold: { above: 5% }
//! scenarios:
//!   disk-full:
//!     when: { metric: failed_uploads, level: hold }
//!     steps: [ Delete old images. ]
//! ```

use super::{Check, Context, Lint, shared, words};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::Level;
use crate::spec::Spec;
use crate::spec::metric::{Metric, NoDataLevel};
use crate::spec::scenario::{AlertOf, Sign};

/// The lint.
pub static LINT: Lint = Lint::new(
    "scenario-without-alert",
    Severity::Warning,
    include_str!("scenario_without_alert.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    // A level that could not be read has been told.
    let scenarios = spec.scenarios.iter().filter(|_| spec.whole);
    for sign in scenarios.flat_map(|row| row.value.when.iter().flat_map(|when| &when.0)) {
        sink.extend(finding(spec, sign));
    }
}

fn finding(spec: &Spec, sign: &Sign) -> Option<Diagnostic> {
    let (name, level) = (sign.0.metric.as_ref()?, sign.0.level.as_ref()?);
    let metric = spec.metric(&name.value)?;
    if has(metric, level.value) {
        return None;
    }
    let there: Vec<&str> = Level::ALL
        .into_iter()
        .filter(|level| shared::active(metric).any(|case| case.limits.levels.contains_key(level)))
        .map(Level::name)
        .collect();
    let what = level.value.name();
    let help = match there.as_slice() {
        _ if level.value == AlertOf::NoData => {
            "say at the metric what a lack of data means, `no_data: { level: hold }`, or take the sign out"
                .to_owned()
        }
        [] => "say what people see, `symptom: …`, or give the metric that level".to_owned(),
        _ => format!("`{}` has {}: name one of them, or give it `{what}`", name.value, words::all_of(&there)),
    };
    Some(
        LINT.finding(format!("the scenario waits for `{what}` of `{}`, which never comes", name.value))
            .label(level.span, "no such alert")
            .label(metric.id.span, format!("has no `{what}`"))
            .help(help),
    )
}

/// Whether a metric has an alert of that kind anywhere.
fn has(metric: &Metric, of: AlertOf) -> bool {
    let level = match of {
        AlertOf::NoData => return metric.no_data.level != NoDataLevel::Ignore,
        AlertOf::Warn => Level::Warn,
        AlertOf::Hold => Level::Hold,
        AlertOf::Rollback => Level::Rollback,
    };
    metric.cases.iter().any(|case| case.limits.levels.contains_key(&level))
}
