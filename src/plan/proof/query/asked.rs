//! One query in one role: the situations that show what is recorded.

use super::super::{Inputs, Labels, Proving, Seen, Situation};
use super::length::{interval, steps};
use super::{decoys, givens, split, try_values};
use crate::plan::expr::Series as Selected;
use crate::plan::measured::{MetricPlan, Role};
use crate::promql::solve::{self, Aim, Sample, Series, Signs, Want};
use crate::promql::{Expr, Kind};
use crate::quantity::Duration;

/// A test evaluates all rules at each step; so many steps are still quick.
pub(super) const MOST_STEPS: u64 = 500;

/// Two values are the same within this much of them.
const NEAR: f64 = 1e-7;

/// A query as it is recorded in a role.
pub(super) struct Asked<'a> {
    pub proving: &'a Proving<'a>,
    pub metric: &'a MetricPlan<'a>,
    pub role: Role,
    pub expr: Expr,
    /// How many evaluations it takes until nothing of before is seen.
    pub settled: u64,
    /// Samples for each evaluation.
    pub(super) per_evaluation: u64,
}

/// Series, and what the query gives over them.
pub(super) struct Example {
    pub series: Vec<Series>,
    pub gives: Vec<Sample>,
    /// The label by which series differ of which two make one value.
    pub spare: Option<&'static str>,
}

impl<'a> Asked<'a> {
    /// A query, unless no test could be quick.
    ///
    /// # Errors
    /// Why it can't be tested, in words.
    pub fn new(
        proving: &'a Proving<'a>,
        metric: &'a MetricPlan<'a>,
        role: Role,
        expr: Expr,
    ) -> Result<Self, String> {
        let settled = steps(&expr, proving.every).ok_or("the length of its window depends on who asks")?;
        if settled > MOST_STEPS {
            return Err("its window is too long for a test".to_owned());
        }
        let per_evaluation = proving.every / interval(&expr, proving.every).max(1);
        Ok(Self { proving, metric, role, expr, settled, per_evaluation })
    }

    /// Whether what is given comes up again as the past that the metric is compared with.
    pub fn meets_its_past(&self) -> bool {
        let most = 3 * self.lasts() * self.proving.every;
        self.metric.offset().is_some_and(|offset| offset.millis() <= most)
    }

    /// Why there is no example, as the end of a sentence about the metric.
    pub fn reason(&self) -> String {
        match solve::reason(&self.expr) {
            Some(why) => format!("no series were found for its query: its value {why}"),
            None => "no series were found for its query".to_owned(),
        }
    }

    /// Two values of the metric, from series at or above 0 and, where that is possible, from some below.
    pub fn situations(&self) -> Vec<Situation> {
        let values = try_values::of(self.metric);
        let bad = values.iter().find_map(|value| Some((*value, self.example(*value, Signs::Positive)?)));
        let Some((bad, first)) = bad else { return Vec::new() };
        let others = || values.iter().filter(|value| (**value - bad).abs() > NEAR * bad.abs().max(1.0));
        let find = |signs| others().find_map(|value| Some((*value, self.example(*value, signs)?)));
        let beside = decoys::of(&self.expr, &first.series, self.now());
        let other = if beside.is_empty() { "" } else { ", whatever other series say" };
        let named = |value, how| format!("{value} is recorded{}{how}", self.role_words());
        let mut found = vec![self.situation(&named(bad, other), &first, &beside)];
        if let Some((value, example)) = find(Signs::Positive) {
            found.push(self.situation(&named(value, ""), &example, &[]));
        }
        let folds = |expr: &Expr| matches!(&expr.kind, Kind::Call(call) if call.name == "abs");
        if self.expr.descendants().any(folds)
            && let Some(example) = self.example(bad, Signs::Negative)
        {
            found.push(self.situation(&named(bad, ", from values below 0"), &example, &[]));
        }
        found
    }

    /// The moment at which an example is looked at, in seconds, where the value depends on the time.
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of a few hours")]
    pub(super) fn now(&self) -> Option<f64> {
        solve::reason(&self.expr)?;
        Some((self.lasts() * self.proving.every) as f64 / 1000.0)
    }

    /// How many evaluations an example is there.
    fn lasts(&self) -> u64 {
        self.settled + 2
    }

    /// For whom it is recorded.
    pub fn role_words(&self) -> String {
        self.role.label().map(|role| format!(" for the {role}")).unwrap_or_default()
    }

    /// Series that make the query give this value, and another one for another set of labels.
    fn example(&self, value: f64, signs: Signs) -> Option<Example> {
        let by = self.metric.by();
        let want = |labels: Labels, value| Want { labels, aim: Aim::Value(value) };
        let all = |text: &str| by.iter().map(|label| (label.clone(), text.to_owned())).collect::<Labels>();
        let pairs = [want(all("here"), value), want(all("there"), value / 2.0)];
        let alone = [want(all("here"), value)];
        let any = [want(Labels::new(), value)];
        let solve = |by: &[String], wants: &[Want]| {
            let steady = solve::solve(&self.expr, by, wants, signs, None);
            // An age that is longer than the test so far asks for a moment before its beginning.
            let then = |signs| solve::solve(&self.expr, by, wants, signs, Some(self.now()?));
            steady.or_else(|| then(signs)).or_else(|| then(Signs::Negative))
        };
        let series = if by.is_empty() {
            solve(&[], &any)
        } else {
            solve(&by, &pairs).or_else(|| solve(&by, &alone)).or_else(|| solve(&[], &any))
        };
        let (series, spare) = split::of(&self.expr, series?, self.now());
        let gives = solve::evaluate(&self.expr, &series, self.now()).ok()?;
        Some(Example { series, gives, spare })
    }

    /// Nothing, then the example for long enough, then its series without any growth where that gives nothing, then
    /// nothing again.
    pub fn situation(&self, what: &str, example: &Example, beside: &[Series]) -> Situation {
        let (every, lasts) = (self.proving.every, self.lasts());
        let interval = every / self.per_evaluation.max(1);
        let mut inputs = Inputs::new(interval);
        let still = self.still(example, beside);
        let end = if still.is_some() { ", and nothing while its series are still" } else { "" };
        let beside = givens(beside.to_vec());
        let with = |series: Vec<Series>| [givens(series), beside.clone()].concat();
        inputs.phase(self.per_evaluation, &beside);
        inputs.phase(lasts * self.per_evaluation, &with(example.series.clone()));
        self.shake(&mut inputs, example, interval);
        let mut seen = self.seen(lasts * every, &example.gives);
        let mut last = lasts * every;
        for empty in still.map(with).into_iter().chain([beside.clone()]) {
            inputs.phase(lasts * self.per_evaluation, &empty);
            last += lasts * every;
            seen.push(self.nothing(last));
        }
        if solve::gives_from_nothing(&self.expr) {
            seen.pop();
        } else {
            seen.insert(0, self.nothing(0));
        }
        let name = format!("{}: {what}{end}", self.metric.id());
        let interval = Duration::from_millis(interval).unwrap_or_else(Duration::zero);
        Situation { interval, ..self.proving.situation(name, inputs, seen, Vec::new()) }
    }

    fn selected(&self) -> Selected {
        self.metric.series(&self.metric.operation(), self.role)
    }

    fn nothing(&self, at: u64) -> Seen {
        Seen { at, query: self.selected().selector(), samples: Vec::new() }
    }

    /// Exactly these series are recorded, each with its value but for the small errors of floating point.
    fn seen(&self, at: u64, gives: &[Sample]) -> Vec<Seen> {
        let labels: Vec<Labels> = gives.iter().map(|sample| self.recorded(&sample.labels)).collect();
        let query = format!("{} * 0 + 1", self.selected().selector());
        let mut seen =
            vec![Seen { at, query, samples: labels.iter().map(|labels| (labels.clone(), 1.0)).collect() }];
        for (sample, labels) in gives.iter().zip(labels) {
            let own = sample.labels.iter().filter(|(label, _)| *label != "__name__");
            let series = own.fold(self.selected(), |series, (label, value)| series.with(label, value));
            let near = sample.value.abs().max(1e-3) * NEAR;
            let query = format!("abs({} - ({})) <= bool {near:e}", series.selector(), sample.value);
            seen.push(Seen { at, query, samples: vec![(labels, 1.0)] });
        }
        seen
    }

    /// The labels with which a result is recorded.
    fn recorded(&self, labels: &Labels) -> Labels {
        let mut labels = labels.clone();
        labels.remove("__name__");
        labels.insert("release".to_owned(), self.proving.draft.release().to_owned());
        labels.insert("metric".to_owned(), self.metric.id().to_owned());
        labels.extend(self.role.label().map(|role| ("role".to_owned(), role.to_owned())));
        labels
    }
}
