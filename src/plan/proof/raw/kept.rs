//! Values of the labels that a metric keeps.

use super::takers::Takers;
use crate::plan::measured::MetricPlan;
use crate::plan::proof::Labels;
use crate::promql::Judge;

/// One or two sets of values of the kept labels, of which every selector takes each, and which the law does not name
/// where there are others; and a third set, or the first again.
pub fn sets(metric: &MetricPlan<'_>, takers: &Takers) -> (Vec<Labels>, Labels) {
    let mut sets = [Labels::new(), Labels::new(), Labels::new()];
    let mut count = if metric.by().is_empty() { 1 } else { 3 };
    for label in metric.by() {
        let judges: Vec<&Judge> = takers.judges_of(&label).collect();
        let named = |value: &String| {
            let cases = &metric.metric.cases;
            cases.iter().any(|case| case.place.labels.get(&label).and_then(Option::as_ref) == Some(value))
        };
        let plain = ["one", "two", "three"].map(str::to_owned);
        let tries = judges.iter().flat_map(|judge| judge.values()).chain(plain);
        let mut values: Vec<String> = Vec::new();
        for value in tries.filter(|value| !value.is_empty()) {
            if !values.contains(&value) && judges.iter().all(|judge| judge.takes(&value)) {
                values.push(value);
            }
        }
        values.sort_by_key(&named);
        let Some(first) = values.first().cloned() else { return (Vec::new(), Labels::new()) };
        let free = values.iter().take_while(|value| !named(value)).count().max(1);
        count = count.min(free);
        for (at, set) in sets.iter_mut().enumerate() {
            set.insert(label.clone(), values.get(at).cloned().unwrap_or_else(|| first.clone()));
        }
    }
    let [first, second, third] = sets;
    match count {
        1 => (vec![first.clone()], first),
        2 => (vec![first.clone(), second], first),
        _ => (vec![first, second], third),
    }
}
