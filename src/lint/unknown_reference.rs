//! Something is named that is nowhere defined: a metric, a stage, a team, a label, a lint.
//!
//! ## What
//! Ids are looked up where they are used: `same_as` among the metrics, `stage` of `where` among the stages, `owner` among
//! the teams of `relspec.yaml` (where it defines any), the channels of `notify.routes`, the labels of `where` among those that `by` keeps, the lint and the
//! place of a waiver in the registry and in the file.
//!
//! ## Why
//! A limit for a stage that does not exist is a limit that is never in force.
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
//!     rollback: { above: 500 }
//!     where:
//!       - { stage: canry, rollback: { above: 400 } }
//! stages:
//!   - { id: canary, traffic: 5%, approve: lead }
//!   - { id: full, traffic: 100% }
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
//!     where:
//!       - { stage: canary, rollback: { above: 400 } }
//! stages:
//!   - { id: canary, traffic: 5%, approve: lead }
//!   - { id: full, traffic: 100% }
//! ```

use super::{Check, Context, Lint, words};
use crate::diag::{Diagnostic, Sink};
use crate::ladder::Level;
use crate::spec::Spec;
use crate::spec::shape::Text;

/// The lint.
pub static LINT: Lint =
    Lint::law("unknown-reference", include_str!("unknown_reference.rs"), Check::Release(check));

/// A `kind` (metric, stage, team, lint) that is not among those known.
#[must_use]
pub fn unknown<'a>(kind: &str, written: &Text, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().filter(|id| !id.is_empty()).collect();
    let finding = LINT
        .finding(format!("there is no {kind} `{}`", written.value))
        .label(written.span, format!("not the id of a {kind}"));
    match words::suggestion(&written.value, &known) {
        Some(help) => finding.help(help),
        None if kind == "lint" => finding.help("`relspec list lints` prints the names of all lints"),
        None if known.is_empty() => finding.help(format!("no {kind} is defined here")),
        None => finding.help(format!("use the id of a {kind} as it is written where the {kind} is defined")),
    }
}

/// A procedure that contains itself, directly or through others.
#[must_use]
pub fn circle(procedure: &Text, through: &[&str]) -> Diagnostic {
    let way = through.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" → ");
    LINT.finding(format!("the procedure `{}` contains itself: {way}", procedure.value))
        .label(procedure.span, "leads back to where it began")
        .help("take this step out; a procedure can't be its own part")
}

/// A procedure in a procedure in a procedure, deeper than anybody could follow.
#[must_use]
pub fn too_deep(procedure: &Text) -> Diagnostic {
    LINT.finding(format!("the procedure `{}` stands too deep in others", procedure.value))
        .label(procedure.span, "nobody could follow this at night")
        .help("write the steps out where they are used")
}

/// `same_as` a metric that has no measurement of its own.
#[must_use]
pub fn chain(same_as: &Text, other: &Text) -> Diagnostic {
    LINT.finding(format!("`{}` has no measurement of its own: it is `same_as` another metric", other.value))
        .label(same_as.span, "takes the measurement of this metric")
        .label(other.span, "which takes it from another")
        .help("name the metric that is measured; `same_as` goes one step")
}

/// A key of an entry of `where` that is no label of the metric.
#[must_use]
pub fn label_not_kept(label: &Text) -> Diagnostic {
    let keys = crate::spec::metric::written::WhereText::KEYS;
    let finding = LINT
        .finding(format!("`{}` is neither a key of `where` nor a label that `by` keeps", label.value))
        .label(label.span, "not a label of this metric");
    match words::nearest(&label.value, keys) {
        Some(near) => finding.help(format!(
            "did you mean `{near}`? If it is a label, add `by: [{}]` to the metric, so that it has a value for each",
            label.value
        )),
        None => finding
            .help(format!("add `by: [{}]` to the metric, so that it has a value for each", label.value)),
    }
}

/// The owner of a release; what else is named is looked up where it is read, and waivers where they are settled.
fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    if let (Some(teams), Some(owner)) = (&context.config.teams, &spec.release.owner) {
        let ids: Vec<&str> = teams.iter().map(|team| team.key.value.as_str()).collect();
        if !ids.contains(&owner.value.as_str()) {
            sink.push(unknown("team", owner, ids));
        }
    }
    channels(spec, context, sink);
}

/// The channels of the levels.
fn channels(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for channel in Level::ALL.iter().flat_map(|level| spec.routed(*level)) {
        if spec.channel(&channel.value, context.config).is_none() {
            let known = spec.channels().iter().chain(&context.config.channels);
            sink.push(unknown("channel", channel, known.map(|row| row.key.value.as_str())));
        }
    }
}

/// The team's own Alertmanager file, which could not be read.
#[must_use]
pub fn unreadable(path: &Text, why: &str, help: &str) -> Diagnostic {
    LINT.finding(format!("the team's Alertmanager file `{}` can't be read: {why}", path.value))
        .label(path.span, "looked for from the project's folder")
        .help(help)
}
