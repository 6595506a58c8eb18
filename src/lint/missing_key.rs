//! Something that must be written is not there.
//!
//! ## What
//! A required key, a measurement, a bound in a level or range, and the level that another one waits for.
//!
//! ## Why
//! Nothing is made up: a metric without a unit has no order, and a release without an owner wakes nobody.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
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

use super::{Check, Lint, words};
use crate::diag::Diagnostic;
use crate::ladder::Level;
use crate::source::Span;
use crate::spec::metric::After;
use crate::spec::shape::Text;
use crate::spec::structure::{Lacking, Place};

/// The lint.
pub static LINT: Lint = Lint::law("missing-key", include_str!("missing_key.rs"), Check::Reading);

/// The required keys that the mapping at `place` lacks, each with what it means.
#[must_use]
pub fn at(place: &Place<'_>, keys: &[Lacking]) -> Diagnostic {
    let span = place.key.or_else(|| place.first_key()).unwrap_or_else(|| place.span());
    let names: Vec<&str> = keys.iter().map(|lacking| lacking.key.as_str()).collect();
    let (what, label) = match names.as_slice() {
        [one] => (format!("the key `{one}` is"), "must have it"),
        many => (format!("the keys {} are", words::all_of(many)), "must have them"),
    };
    let help: Vec<String> = keys.iter().map(add).collect();
    LINT.finding(format!("{what} missing in {}", place.name())).label(span, label).help(help.join("\n"))
}

fn add(lacking: &Lacking) -> String {
    let key = &lacking.key;
    if key == "relspec" {
        return "begin the file with `relspec: 1`, the version of the language".to_owned();
    }
    match lacking.doc.as_deref().filter(|doc| !doc.is_empty()) {
        Some(doc) => format!("add `{key}`: {}", lower(doc.trim_end_matches('.'))),
        None => format!("add `{key}`"),
    }
}

/// A sentence's beginning as it stands after a colon.
fn lower(doc: &str) -> String {
    let mut chars = doc.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

/// A key that every metric needs.
#[must_use]
pub fn in_metric(key: &str, metric: &Text) -> Diagnostic {
    let help = match key {
        "unit" => {
            let units: Vec<_> = crate::quantity::Unit::ALL.iter().map(|unit| unit.name()).collect();
            format!("add `unit`: {}", words::one_of(&units))
        }
        _ => format!("add `{key}`: what people should call it"),
    };
    LINT.finding(format!("the metric `{}` has no `{key}`", metric.value))
        .label(metric.span, "must have it")
        .help(help)
}

/// A metric without a measurement.
#[must_use]
pub fn no_measurement(metric: &Text) -> Diagnostic {
    let keys = ["ratio", "quantile", "mean", "rate", "increase", "gauge", "query", "same_as", "manual"];
    LINT.finding(format!("the metric `{}` does not say how it is measured", metric.value))
        .label(metric.span, "has no measurement")
        .help(format!("add one of {}", words::all_of(&keys)))
}

/// Neither of two keys of which one must be there.
#[must_use]
pub fn one_of(keys: &[&str], section: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("{} needs {}", words::section(section), words::one_of(keys)))
        .label(span, "has none of them")
        .help(format!("add {}", words::one_of(keys)))
}

/// A key that says nothing without another one.
#[must_use]
pub fn beside(key: &str, with: &str, span: Span) -> Diagnostic {
    LINT.finding(format!("`{with}` says nothing without `{key}`"))
        .label(span, format!("belongs to which `{key}`?"))
        .help(format!("add `{key}` beside it, or remove it"))
}

/// A condition on a range that the metric does not have.
#[must_use]
pub fn nothing_to_be_within(range: &str, metric: &Text, span: Span) -> Diagnostic {
    let (lacks, add) = match range {
        "target" => ("has no target", "give the metric a `target`, or use `within: normal`"),
        _ => (
            "has neither a usual range nor a level",
            "give the metric a `normal` range, or write the limit itself: `worst: …`",
        ),
    };
    LINT.finding(format!("nothing tells whether `{}` is within its {range}", metric.value))
        .label(span, format!("`{}` {lacks}", metric.value))
        .help(add)
}

/// A range without ends.
#[must_use]
pub fn empty_range(span: Span) -> Diagnostic {
    LINT.finding("this range has no end, so it says nothing")
        .label(span, "has neither `min` nor `max`")
        .help("write `max` where higher is worse, `min` where lower is worse, both for a band, or leave the key out")
}

/// A level that nothing raises.
#[must_use]
pub fn empty_level(level: Level, span: Span) -> Diagnostic {
    LINT.finding(format!("nothing raises `{}`: it has no bound", level.name()))
        .label(span, "no bound")
        .help("add `above`, `below`, `after_warn` or `judge`; or leave the level out")
}

/// A `for` with nothing that could last.
#[must_use]
pub fn for_without_bound(level: Level, span: Span) -> Diagnostic {
    LINT.finding(format!("`for` in `{}` has no bound that could last so long", level.name()))
        .label(span, "for how long, but beyond what?")
        .help("add `above` or `below` beside it, or remove `for`; `after_warn` and `judge` need none")
}

/// A `keep_firing_for` at a level that makes no alert.
#[must_use]
pub fn keep_without_alert(level: Level, span: Span) -> Diagnostic {
    LINT.finding(format!("`keep_firing_for` in `{}` has no alert that could go on", level.name()))
        .label(span, "what goes on firing?")
        .help("add `above`, `below` or `after_warn` beside it, or remove it; `judge` makes no alert")
}

/// An entry of `where` that says nothing about where.
#[must_use]
pub fn where_without_place(span: Span) -> Diagnostic {
    LINT.finding("this entry of `where` names neither a stage nor a label, so it holds everywhere")
        .label(span, "holds where?")
        .help("add `stage: …` or a label of `by`; what holds everywhere belongs in the metric itself")
}

/// A level that waits for one which no number raises.
#[must_use]
pub fn after_nothing(level: Level, after: &After) -> Diagnostic {
    let (level, milder) = (level.name(), after.level.name());
    LINT.finding(format!("`{level}` waits for `{milder}`, but `{milder}` has no bound that could last"))
        .label(after.lasts.span, format!("waits for `{milder}`"))
        .help(format!("give `{milder}` a bound, or write what raises `{level}` as a bound of its own"))
}

/// A channel without a kind.
#[must_use]
pub fn no_channel_kind(span: Span) -> Diagnostic {
    let kinds: Vec<&str> = crate::spec::receiver::table::KINDS.iter().map(|kind| kind.name).collect();
    LINT.finding("this channel does not say what kind of receiver it is")
        .label(span, "has no kind")
        .help(format!("add one of {}", words::all_of(&kinds)))
}

/// A team's own Alertmanager file without a tree of routes.
#[must_use]
pub fn no_root_route(root: &crate::syntax::Node) -> Diagnostic {
    let first = root.entries().first().map_or(root.span, |entry| entry.key.span);
    let place = root.get("route").map_or(first, |entry| entry.key.span);
    LINT.finding("the team's Alertmanager file has no route to which those of the releases could be added")
        .label(place, "must have a `route` with a `receiver`")
        .help("add `route: { receiver: … }`, or take `alertmanager` out of relspec.yaml to get a file of its own")
}
