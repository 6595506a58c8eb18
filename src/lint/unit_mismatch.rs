//! A quantity measures something else than its metric, or a measurement can't yield the metric's unit.
//!
//! ## What
//! A time on a share (`200ms` on `ratio`), two units for one measurement (`same_as`), a `ratio` in seconds, a `rate` in days,
//! an `increase` that would be a share.
//!
//! ## Why
//! A threshold in another unit than the value is wrong by a factor that nobody chose.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500ms }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Sink};
use crate::quantity::Unit;
use crate::source::Spanned;
use crate::spec::Spec;
use crate::spec::metric::Measurement;

/// The lint. A quantity of another dimension is put into words by `bad_quantity::from_fault`.
pub static LINT: Lint = Lint::law("unit-mismatch", include_str!("unit_mismatch.rs"), Check::Release(check));

/// A metric in another unit than the one whose measurement it shares.
#[must_use]
pub fn same_as(ours: &Spanned<Unit>, theirs: &Spanned<Unit>) -> Diagnostic {
    let (our, their) = (ours.value.name(), theirs.value.name());
    LINT.finding(format!("one measurement can't yield both `{our}` and `{their}`"))
        .label(ours.span, format!("{our} here"))
        .label(theirs.span, format!("{their} in the metric that is measured"))
        .help("remove this `unit`: it is taken from the metric that `same_as` names")
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| metric.same_as.is_none()) {
        let Some((yields, help)) = refused(&metric.measurement, metric.unit) else { continue };
        let (key, unit) = (metric.measurement.key(), metric.unit.name());
        sink.push(
            LINT.finding(format!("`{}`: a `{key}` yields {yields}, not `{unit}`", metric.id.value))
                .label(metric.unit_span, format!("can't be {unit}"))
                .label(metric.measurement_span, format!("yields {yields}"))
                .help(help),
        );
    }
}

/// What a measurement yields and what to write, where it can't yield the unit.
fn refused(measurement: &Measurement, unit: Unit) -> Option<(&'static str, &'static str)> {
    use Unit::{Days, PerDay, PerHour, PerMinute, PerSecond, Percent, Ratio, Seconds};
    match (measurement, unit) {
        (Measurement::Ratio { .. }, Ratio) => None,
        (Measurement::Ratio { .. }, _) => {
            Some(("a share from 0 to 1", "write `unit: ratio`; limits may still be written with `%`"))
        }
        (Measurement::Rate { .. }, Seconds | Days | Percent) => Some((
            "a number in some time",
            "write `unit: per_second`, `per_minute`, `per_hour` or `per_day`; for a share use `ratio`",
        )),
        (Measurement::Increase { .. }, Ratio | Percent) => {
            Some(("a number of things", "write `unit: count`; for a share of all events use `ratio`"))
        }
        (Measurement::Increase { .. }, PerSecond | PerMinute | PerHour | PerDay) => {
            Some(("a number of things", "write `unit: count`, or use `rate` for a number in some time"))
        }
        _ => None,
    }
}
