//! Stages that the timetable leaves out.

use super::LINT;
use crate::diag::Diagnostic;
use crate::lint::words;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::shape::Text;

/// Stages that are left out between two others that are named, and the only one that is left out of more than two. A
/// timetable of the first days may well end before the last stage.
pub(super) fn findings(spec: &Spec) -> Vec<Diagnostic> {
    let line = |id: &str| {
        spec.timeline.iter().filter_map(|entry| entry.stage.as_ref()).find(|name| name.value == id)
    };
    let named: Vec<Option<&Text>> = spec.stages.iter().map(|stage| line(stage.id())).collect();
    let missing = named.iter().filter(|name| name.is_none()).count();
    let all_but_one = missing == 1 && named.len() > 2;
    let mut found = Vec::new();
    let mut hole = Vec::new();
    let mut before: Option<&Text> = None;
    for (number, name) in named.iter().enumerate() {
        let Some(name) = name else {
            hole.push(number);
            continue;
        };
        if !hole.is_empty() && (before.is_some() || all_but_one) {
            found.push(finding(spec, &hole, name, before));
        }
        hole.clear();
        before = Some(name);
    }
    if let Some(last) = before.filter(|_| !hole.is_empty() && all_but_one) {
        found.push(finding(spec, &hole, last, None));
    }
    found
}

fn finding(spec: &Spec, hole: &[usize], near: &Text, before: Option<&Text>) -> Diagnostic {
    let stages: Vec<_> = hole.iter().filter_map(|number| spec.stages.get(*number)).collect();
    let ids: Vec<&str> = stages.iter().map(|stage| stage.id()).collect();
    let (kind, is) = if ids.len() == 1 { ("stage", "is") } else { ("stages", "are") };
    let between = before.map(|before| format!(": `{}` is followed by `{}`", before.value, near.value));
    let places = stages
        .iter()
        .filter_map(|stage| Some((stage.id.as_ref()?.0.span, "not in the timetable".to_owned())));
    let places: Vec<(Span, String)> = places.collect();
    LINT.finding(format!(
        "{kind} {} {is} not in the timetable{}",
        words::all_of(&ids),
        between.unwrap_or_default()
    ))
    .label(near.span, if before.is_some() { "begins next" } else { "the nearest stage that is there" })
    .labels(places)
    .help("add a line with this `stage`, or take the stage out of `stages`")
}
