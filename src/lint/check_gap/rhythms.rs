//! One list that is due every so often and, in the same days, at fixed times that are farther apart.

use super::series::{Series, Times};
use super::{LINT, Look, place};
use crate::diag::Diagnostic;
use crate::lint::shared::when;
use crate::spec::calendar::Calendar;
use crate::spec::stage::Stage;
use jiff::civil::DateTime;

/// Each pair of checks of a stage that give one list two rhythms. A single fixed time a day is an extra look.
pub(super) fn two(
    calendar: &Calendar,
    stage: &Stage,
    begin: DateTime,
    all: &[Series<'_>],
) -> Vec<Diagnostic> {
    let rhythms = all.iter().filter_map(|series| match &series.times {
        Times::Every(every, range) => Some((series.check, *every, range)),
        _ => None,
    });
    let fixed = all.iter().filter_map(|series| match &series.times {
        Times::Daily(times) => Some((series.check, times)),
        _ => None,
    });
    let fixed: Vec<_> =
        fixed.filter(|(check, _)| check.0.at.as_ref().is_some_and(|at| at.0.len() > 1)).collect();
    let mut found = Vec::new();
    for (check, every, range) in rhythms {
        for (other, times) in &fixed {
            let Some(what) = same_work(check, other) else { continue };
            let within = times.iter().filter(|at| range.from <= **at && **at <= range.to);
            let within: Vec<DateTime> = within.copied().collect();
            let gaps = within.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
            let longest = gaps.max_by_key(|(from, to)| (when::millis(*from, *to), std::cmp::Reverse(*from)));
            if let Some(gap) = longest.filter(|(from, to)| when::millis(*from, *to) > every) {
                let shown = gap_shown(calendar, begin, gap);
                found.push(finding(stage, &what, (check, every), (other, gap), &shown));
            }
        }
    }
    found
}

fn gap_shown(calendar: &Calendar, begin: DateTime, (from, to): (DateTime, DateTime)) -> String {
    let moment = |at| when::moment_of_stage(calendar, begin, at);
    format!("such as from {} to {}", moment(from), moment(to))
}

/// What both checks look at: a list that both name, or the same words.
fn same_work(one: &Look, other: &Look) -> Option<String> {
    let lists = |check: &Look| check.0.list.iter().flat_map(|lists| lists.0.clone()).collect::<Vec<_>>();
    let theirs = lists(other);
    let shared = lists(one).into_iter().find(|list| theirs.iter().any(|their| their.value == list.value));
    let words = |check: &Look| check.0.r#do.as_ref().map(|text| text.value.trim().to_owned());
    let same_words = words(one).filter(|_| words(one) == words(other));
    shared.map(|list| list.value).or(same_words)
}

fn finding(
    stage: &Stage,
    what: &str,
    (check, every): (&Look, i64),
    (other, (from, to)): (&Look, (DateTime, DateTime)),
    shown: &str,
) -> Diagnostic {
    let (every, gap) = (when::length(every), when::length(when::millis(from, to)));
    LINT.finding(format!(
        "`{what}` of stage `{}` is due every {every}, and at fixed times with up to {gap} between them",
        stage.id()
    ))
    .label(place(check), format!("every {every}"))
    .label(place(other), format!("{gap} apart, {shown}"))
    .help("keep the one that is meant, or let the two follow one another (`from`, `to`); extra looks can have words of their own")
}
