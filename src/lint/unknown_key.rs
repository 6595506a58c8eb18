//! A key that the language does not know at this place.
//!
//! ## What
//! A misspelt key, a key that belongs elsewhere, two keys of which only one can stand, and sections of the language that
//! this version does not compile yet.
//!
//! ## Why
//! A key that nobody reads is a promise that nobody keeps: with `rolback:` in place of `rollback:` the release would have no
//! rollback threshold, and nothing would say so.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: Queue length
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:  { max: 100 }
//!     warn:    { above: 200 }
//!     rolback: { above: 500 }
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

mod known;

use super::{Check, Context, Lint, text_cut_short, words};
use crate::diag::{Diagnostic, Sink};
use crate::ladder::Level;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::structure::Place;

/// The lint.
pub static LINT: Lint = Lint::law("unknown-key", include_str!("unknown_key.rs"), Check::Release(check));

/// A key that the mapping at `place` does not know.
#[must_use]
pub fn at(place: &Place<'_>, name: &str, known: &[String]) -> Diagnostic {
    let span = place.node.get(name).map_or_else(|| place.span(), |entry| entry.key.span);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    if known::is_reserved(place.path, name) {
        return LINT
            .finding(format!("the key `{name}` is reserved for a later version of the language"))
            .label(span, "has no meaning yet")
            .help("take it out, or keep it in a comment");
    }
    let meant = known::synonym(name, &known).or_else(|| words::nearest(name, known.iter().copied()));
    if meant.is_none_or(|meant| meant.len() < 3)
        && let Some(cut) = text_cut_short::at_comma(place.node, name)
    {
        return cut;
    }
    let finding =
        LINT.finding(format!("there is no key `{name}` in {}", place.name())).label(span, "unknown here");
    if let Some(end) = known::end_of_range(name, &known) {
        let which = if end == "max" { "largest" } else { "smallest" };
        return finding
            .help(format!("a range names its ends: write `{end}`, the {which} value that belongs to it"));
    }
    if name == "done" && known.contains(&"judge") {
        return finding.help("a condition is judged when its time comes and can't be ticked before; what is done already belongs in `preflight`");
    }
    match (meant, words::short_list(&known)) {
        (Some(meant), _) => finding.help(format!("did you mean `{meant}`?")),
        (None, Some(list)) => finding.help(format!("the keys here are {}", list.replace(" or ", " and "))),
        (None, None) => finding.help("`relspec schema` prints every key and what it means"),
    }
}

/// An entry of `where` that looks like a label but was meant as a key: its value is a mapping.
#[must_use]
pub fn in_where(place: &Place<'_>, keys: &[&str]) -> Option<Diagnostic> {
    let (parent, name) = place.path.rsplit_once('/')?;
    let (list, number) = parent.rsplit_once('/')?;
    if !list.ends_with("/where") || number.parse::<usize>().is_err() || place.node.entries().is_empty() {
        return None;
    }
    let finding = LINT
        .finding(format!("there is no key `{name}` in an entry of `where`"))
        .label(place.key.unwrap_or(place.node.span), "unknown here");
    let keys_or_label =
        format!("the keys here are {}; any other key is a label of `by`", words::all_of(keys));
    let meant = words::nearest(name, keys.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    Some(finding.help(meant.unwrap_or(keys_or_label)))
}

/// Two measurements in one metric.
#[must_use]
pub fn two_measurements(first: (&str, Span), second: (&str, Span)) -> Diagnostic {
    LINT.finding(format!(
        "a metric has one measurement, and this one has two: `{}` and `{}`",
        first.0, second.0
    ))
    .label(second.1, "the second")
    .label(first.1, "the first")
    .help("keep one of them, or make two metrics of it")
}

/// Two keys of `section` of which one can stand.
#[must_use]
pub fn both(keys: [&str; 2], section: &str, span: Span) -> Diagnostic {
    let section = words::section(section);
    LINT.finding(format!("{section} takes either `{}` or `{}`, not both", keys[0], keys[1]))
        .label(span, "has both")
        .help("remove one of them")
}

/// A key that has no meaning beside another one.
#[must_use]
pub fn beside(key: &crate::spec::shape::Text, subject: &str, known: &[&str]) -> Diagnostic {
    let finding = LINT
        .finding(format!("`{}` has no meaning beside `{subject}`", key.value))
        .label(key.span, "says nothing here");
    if known.is_empty() {
        return finding.help(format!("remove it; `{subject}` stands alone"));
    }
    finding.help(format!("remove it; beside `{subject}` may stand {}", words::all_of(known)))
}

/// A level that would wait for itself or for a harsher one.
#[must_use]
pub fn after_itself(level: Level, milder: Level, span: Span) -> Diagnostic {
    let (level, milder) = (level.name(), milder.name());
    let why = if level == milder { "it would wait for itself" } else { "it comes before that level" };
    LINT.finding(format!("`after_{milder}` has no meaning in `{level}`: {why}"))
        .label(span, "can't be waited for here")
        .help("remove it; `after_warn` belongs in `hold` and `rollback`, `after_hold` in `rollback`")
}

/// `min_events` where no events are counted.
fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    for metric in spec.metrics.iter().filter(|metric| !metric.counts_events()) {
        let mut spans: Vec<Span> = Vec::new();
        for min in metric.cases.iter().filter_map(|case| case.limits.min_events.as_ref()) {
            if !spans.contains(&min.span) {
                spans.push(min.span);
            }
        }
        if spans.is_empty() {
            continue;
        }
        let (id, key) = (&metric.id.value, metric.measurement.key());
        let labels = spans.into_iter().map(|span| (span, "no events to count".to_owned()));
        sink.push(
            LINT.finding(format!("`min_events` does not apply to `{id}`: its `{key}` counts no events"))
                .labels(labels)
                .help("remove it; it belongs to `ratio`, `quantile`, `mean`, `rate` and `increase`"),
        );
    }
}
