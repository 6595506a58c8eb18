//! The recording rules of a metric: each measurement once, and everything else from what was recorded.

use super::expr::{added, offset_text, on, rate, sum, times};
use super::measured::{MetricPlan, Role, aggregate_name, rate_factor};
use super::{Draft, Recording, names};
use crate::ladder::Bound;
use crate::promql;
use crate::quantity::{DeltaForm, Duration};
use crate::spec::matcher::Matcher;
use crate::spec::metric::{Measurement, Promql, Reach, Reference, Relative};

/// The recordings of a metric, each after what it reads.
pub fn of(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> Vec<Recording> {
    let mut all = Vec::new();
    for role in metric.recorded_roles() {
        all.extend(Measured { draft, metric, role }.recordings());
    }
    if let Some(relative) = &metric.metric.relative {
        all.push(difference(draft, metric, relative));
    } else if metric.metric.extensive.is_some() {
        all.push(full(draft, metric));
    }
    all
}

fn recording(draft: &Draft<'_>, metric: &MetricPlan<'_>, operation: &str, expr: String) -> Recording {
    let labels = vec![("release", draft.release().to_owned()), ("metric", metric.id().to_owned())];
    Recording { name: names::series(metric.id(), operation), expr, labels }
}

/// One measurement of one role.
struct Measured<'a> {
    draft: &'a Draft<'a>,
    metric: &'a MetricPlan<'a>,
    role: Role,
}

impl Measured<'_> {
    fn recordings(&self) -> Vec<Recording> {
        let metric = self.metric;
        let by = metric.by();
        let window = &metric.source.window.duration;
        let value = match &metric.source.measurement {
            Measurement::Ratio { part, total, .. } => return self.ratio(part, total),
            Measurement::Quantile { q, histogram, native, .. } => {
                return self.quantile(&q.value.to_promql(), histogram, *native);
            }
            Measurement::Mean { histogram } => return self.mean(histogram),
            Measurement::Rate { counter } => {
                let rate = self.rate(counter, "", window);
                times(&sum(&by, &rate), &rate_factor(metric.source.unit))
            }
            Measurement::Increase { counter, over } => {
                let range = over.value.to_prometheus();
                let selector = self.selector(counter, "");
                sum(&by, &format!("increase({selector}[{range}]{})", offset_text(self.offset())))
            }
            Measurement::Gauge { metric: gauge, aggregate } => {
                let selector = format!("{}{}", self.selector(gauge, ""), offset_text(self.offset()));
                let name = aggregate_name(*aggregate);
                if by.is_empty() {
                    format!("{name}({selector})")
                } else {
                    format!("{name}{} ({selector})", super::expr::by(&by))
                }
            }
            Measurement::Query(query) => query_text(metric, self.role, query),
            Measurement::Manual(_) => return Vec::new(),
        };
        vec![self.recording(&metric.operation(), value)]
    }

    fn ratio(&self, part: &Promql, total: &Promql) -> Vec<Recording> {
        let (by, window) = (self.metric.by(), &self.metric.source.window.duration);
        let totals = sum(&by, &self.rate(total, "", window));
        let parts = sum(&by, &self.rate(part, "", window));
        let events = self.metric.events_operation().unwrap_or_default();
        let counted = self.metric.part_operation().unwrap_or_default();
        let numerator = self.metric.series(&counted, self.role).selector();
        let denominator = self.metric.series(&events, self.role).selector();
        vec![
            self.recording(&events, totals.clone()),
            self.recording(&counted, format!("{parts}\nor 0 * {totals}")),
            self.recording(&self.metric.operation(), format!("{numerator}\n/ ({denominator} > 0)")),
        ]
    }

    fn quantile(&self, q: &str, histogram: &Promql, native: bool) -> Vec<Recording> {
        let (by, window) = (self.metric.by(), &self.metric.source.window.duration);
        let events = self.metric.events_operation().unwrap_or_default();
        let guard = format!("{} > 0", self.metric.series(&events, self.role).selector());
        let (count, buckets) = if native {
            let all = sum(&by, &self.rate(histogram, "", window));
            (format!("histogram_count({all})"), all)
        } else {
            let mut with_le = by.clone();
            with_le.push("le".to_owned());
            (
                sum(&by, &self.rate(histogram, "_count", window)),
                sum(&with_le, &self.rate(histogram, "_bucket", window)),
            )
        };
        // Joined on the author's labels alone: the quantile has not been given the release's labels yet.
        let value = format!("histogram_quantile({q}, {buckets})\nand on ({}) ({guard})", by.join(", "));
        vec![self.recording(&events, count), self.recording(&self.metric.operation(), value)]
    }

    fn mean(&self, histogram: &Promql) -> Vec<Recording> {
        let (by, window) = (self.metric.by(), &self.metric.source.window.duration);
        let events = self.metric.events_operation().unwrap_or_default();
        let count = sum(&by, &self.rate(histogram, "_count", window));
        let total = sum(&by, &self.rate(histogram, "_sum", window));
        let value = format!("{total}\n/ ({count} > 0)");
        vec![self.recording(&events, count), self.recording(&self.metric.operation(), value)]
    }

    fn rate(&self, counter: &Promql, suffix: &str, window: &Duration) -> String {
        rate(&self.selector(counter, suffix), window, self.offset())
    }

    /// The author's selector with a suffix on its name and the scope's matchers.
    fn selector(&self, promql: &Promql, suffix: &str) -> String {
        let text = with_suffix(promql, suffix);
        match promql::parse(&text) {
            Ok(expr) => promql::add_matchers(&text, &expr, &added(self.matchers())),
            Err(_) => text,
        }
    }

    fn offset(&self) -> Option<&Duration> {
        offset(self.metric, self.role)
    }

    fn matchers(&self) -> &[Matcher] {
        matchers(self.metric, self.role)
    }

    fn recording(&self, operation: &str, expr: String) -> Recording {
        let mut recording = recording(self.draft, self.metric, operation, expr);
        recording.labels.extend(self.role.label().map(|role| ("role", role.to_owned())));
        recording
    }
}

/// The author's query as it is recorded in a role: with the scope's matchers and the reference's offset.
pub fn query_text(metric: &MetricPlan<'_>, role: Role, query: &Promql) -> String {
    let matchers = added(matchers(metric, role));
    let offset = offset(metric, role).map(Duration::to_prometheus);
    let rewritten = promql::rewrite(query.text(), &query.expr, &matchers, offset.as_deref());
    // The offset of a query that has offsets of its own is refused where the spec is read.
    let text = rewritten.unwrap_or_else(|_| query.text().to_owned());
    match query.expr.value_type() {
        // `scalar()` of nothing is NaN, which is a value and would hide a lack of data.
        promql::ValueType::Scalar => format!("vector(\n{}\n) >= -Inf", text.trim()),
        _ => text.trim().to_owned(),
    }
}

/// How far back a role's series lie.
fn offset<'a>(metric: &MetricPlan<'a>, role: Role) -> Option<&'a Duration> {
    if role == Role::Reference { metric.offset() } else { None }
}

/// The matchers that select a role's series.
pub fn matchers<'a>(metric: &MetricPlan<'a>, role: Role) -> &'a [Matcher] {
    let reach = &metric.metric.reach;
    match (role, reach) {
        (Role::Baseline, _) => reach.baseline().unwrap_or_default(),
        (Role::Reference, Reach::Release { baseline, .. }) => baseline.as_deref().unwrap_or_default(),
        _ => reach.matchers(),
    }
}

/// The selector's own text without blanks and comments around it, the suffix added to its name.
fn with_suffix(promql: &Promql, suffix: &str) -> String {
    let Some(selector) = promql.expr.as_selector() else { return promql.text().to_owned() };
    let core = selector.core.clone();
    let mut text = promql.text().get(core.clone()).unwrap_or_default().to_owned();
    if let Some(name) = &selector.name {
        let at = name.span.end.saturating_sub(core.start).saturating_sub(usize::from(name.quoted));
        if text.is_char_boundary(at) {
            text.insert_str(at, suffix);
        }
    }
    text
}

/// The difference from the reference, in the form in which the author's numbers are.
fn difference(draft: &Draft<'_>, metric: &MetricPlan<'_>, relative: &Relative) -> Recording {
    let ours = metric.series(&metric.operation(), metric.main_role()).selector();
    let join = on(&metric.by());
    let expr = match (&relative.reference, metric.other_role()) {
        (Reference::Value(value), _) => against_value(&ours, value, relative.form),
        (_, Some(role)) => {
            let theirs = metric.series(&metric.operation(), role).selector();
            match relative.form {
                DeltaForm::Factor => format!("{ours}\n/ {join} ({theirs} > 0)\n- 1"),
                DeltaForm::Points | DeltaForm::Absolute => format!("{ours}\n- {join} {theirs}"),
            }
        }
        (_, None) => ours,
    };
    recording(draft, metric, &metric.difference_operation(), expr)
}

fn against_value(ours: &str, value: &Bound, form: DeltaForm) -> String {
    let number = value.value.to_promql();
    match form {
        DeltaForm::Factor => format!("{ours} / {number} - 1"),
        DeltaForm::Points | DeltaForm::Absolute => format!("{ours} - {number}"),
    }
}

/// The value at full traffic: divided by the stage's share, once the stage is older than the window.
fn full(draft: &Draft<'_>, metric: &MetricPlan<'_>) -> Recording {
    let role = metric.main_role();
    let ours = metric.series(&metric.operation(), role).selector();
    let share = super::signal::share(draft.release()).selector();
    let start = super::signal::stage(draft.release()).selector();
    let window = metric.metric.span_of_value().map_or_else(|| "0".to_owned(), |w| w.seconds().to_promql());
    let expr = format!(
        "{ours}\n/ on (release) group_left ()\n(\n  {share}\n  and on (release) time() - {start} >= {window}\n)"
    );
    let mut recording = recording(draft, metric, &metric.full_operation(), expr);
    recording.labels.extend(role.label().map(|role| ("role", role.to_owned())));
    recording
}
