//! Situations of a measurement: raw counters, gauges and histograms, and what must be recorded of them.
//!
//! The series of each role carry labels that only its selectors take, and beside them stand series that one matcher
//! alone keeps out. Two series make each value, so that it matters how they become one.

mod alerts;
mod alternatives;
mod compared;
mod decoys;
mod domain;
mod end;
mod given;
mod grown;
mod halves;
mod histogram;
mod kept;
mod measured;
mod nothing;
mod place;
mod recorded;
mod scene;
mod setup;
mod takers;
mod values;
mod words;

use super::{Proof, Proving};
use crate::plan::Broken;
use crate::plan::measured::MetricPlan;
use crate::spec::metric::Measurement;

/// The situations of a metric that is measured in a structured way; those of long windows with the pace of `slow`. A
/// metric that shares another's measurement has only those of what it records itself.
///
/// # Errors
/// When the law raises a level for which there is no rule.
pub(super) fn of(
    proving: &Proving<'_>,
    slow: &Proving<'_>,
    metric: &MetricPlan<'_>,
    proof: &mut Proof,
) -> Result<(), Broken> {
    if matches!(metric.source.measurement, Measurement::Query(_) | Measurement::Manual(_)) {
        return Ok(());
    }
    let raw = match setup::Raw::new(proving, slow.every, metric) {
        Ok(raw) => raw,
        Err(why) => {
            proof.unproven(metric.id(), why);
            return Ok(());
        }
    };
    if metric.offset().is_some() {
        compared::with_the_past(&raw, proof)?;
    } else {
        proof.situations.push(measured::values(&raw)?);
    }
    if metric.records() && raw.is_past_near() {
        proof.unproven(
            metric.id(),
            "its end, since the past that it is compared with is nearer than its window is long",
        );
    } else if metric.records() {
        proof.situations.extend(nothing::nothing(&raw));
        proof.situations.extend(end::end(&raw));
        proof.situations.extend(alternatives::each(&raw));
    }
    proof.situations.extend(compared::without_baseline(&raw));
    proof.situations.extend(grown::young(&raw));
    Ok(())
}
