//! Questions about quantiles and the buckets of classic histograms.

use super::ast::{Aggregation, Bytes, Call, Expr, Kind, Selector};
use super::labels::labels;
use super::query::{calls, constant};

/// Whether a name is the one of a histogram's buckets.
#[must_use]
pub fn names_buckets(name: &str) -> bool {
    name.ends_with("_bucket") && !name.ends_with("_by_bucket") && !name.ends_with("_per_bucket")
}

/// Whether a selector takes the buckets of a histogram, whatever their bounds.
#[must_use]
pub fn selects_all_buckets(selector: &Selector) -> bool {
    selector.metric().is_some_and(names_buckets) && selector.matchers_of("le").next().is_none()
}

/// The selectors of all buckets that a `sum` adds up as if they were events apart, outside of functions of histograms.
#[must_use]
pub fn sums_of_buckets(expr: &Expr) -> Vec<&Selector> {
    let histograms = histogram_calls(expr);
    let sums = expr.descendants().filter_map(|expr| match &expr.kind {
        Kind::Aggregation(sum) if sum.op == "sum" && !labels(expr).may_have("le") => Some(&**sum),
        _ => None,
    });
    let inside = |sum: &&Aggregation| histograms.iter().any(|span| span.contains(&sum.op_span.start));
    let sums = sums.filter(|sum| !inside(sum));
    sums.filter_map(|sum| series(&sum.expr)).filter(|selector| selects_all_buckets(selector)).collect()
}

fn histogram_calls(expr: &Expr) -> Vec<&Bytes> {
    let of_histograms = calls(expr).filter(|(call, _)| call.name.starts_with("histogram_"));
    of_histograms.map(|(_, span)| span).collect()
}

/// The selector of an expression that has one value for each of its series: itself, or how fast or how far they grow.
#[must_use]
pub fn series(expr: &Expr) -> Option<&Selector> {
    match &expr.bare().kind {
        Kind::Call(call) if matches!(&*call.name, "rate" | "irate" | "increase") => {
            series(call.args.first()?)
        }
        Kind::Selector(selector) => Some(selector),
        _ => None,
    }
}

/// A series of which `histogram_quantile` makes a quantile, and that has no buckets by its name.
#[derive(Debug, Clone, Copy)]
pub struct QuantileOf<'a> {
    /// The series.
    pub selector: &'a Selector,
    /// The name of its histogram.
    pub histogram: &'a str,
}

/// Every series that a `histogram_quantile` takes for buckets, and that is none by its name: it is grouped by `le` as buckets
/// are, or it is the count or the sum of a histogram.
#[must_use]
pub fn quantiles_without_buckets(expr: &Expr) -> Vec<QuantileOf<'_>> {
    let quantiles = calls(expr).filter(|(call, _)| call.name == "histogram_quantile");
    let taken = quantiles.filter_map(|(call, _)| {
        let arg = call.args.get(1)?;
        let (selector, by_le) = grouped(arg)?;
        let name = selector.metric()?;
        let base = name.strip_suffix("_count").or_else(|| name.strip_suffix("_sum"));
        // A native histogram may be named so that it counts something; one that has a unit counts its observations.
        let part = base.is_some_and(|base| super::measure::of_name(base).is_some());
        // What a recording rule makes of buckets may have any name.
        let other = by_le && !name.contains("bucket") && !name.contains(':');
        (part || other).then_some(QuantileOf { selector, histogram: base.unwrap_or(name) })
    });
    taken.collect()
}

/// The series below aggregations, and whether one of these keeps `le`.
fn grouped(expr: &Expr) -> Option<(&Selector, bool)> {
    let Kind::Aggregation(aggregation) = &expr.bare().kind else {
        return series(expr).map(|selector| (selector, false));
    };
    let kept = aggregation
        .grouping
        .as_ref()
        .is_some_and(|grouping| !grouping.excludes && grouping.labels.iter().any(|label| label.text == "le"));
    grouped(&aggregation.expr).map(|(selector, below)| (selector, kept || below))
}

/// A quantile outside of 0 to 1.
#[derive(Debug, Clone, Copy)]
pub struct OddQuantile<'a> {
    /// What makes it: `quantile`, `quantile_over_time` or `histogram_quantile`.
    pub function: &'a str,
    /// The number.
    pub q: f64,
    /// Where it stands.
    pub span: &'a Bytes,
}

/// Every quantile that is a number outside of 0 to 1.
#[must_use]
pub fn quantiles_out_of_range(expr: &Expr) -> Vec<OddQuantile<'_>> {
    let asked = expr.descendants().filter_map(|expr| match &expr.kind {
        Kind::Aggregation(aggregation) if aggregation.op == "quantile" => {
            Some((aggregation.op, aggregation.param.as_ref()?))
        }
        Kind::Call(call) if takes_quantile(call) => Some((call.name.as_str(), call.args.first()?)),
        _ => None,
    });
    let odd = asked.filter_map(|(function, param)| {
        let q = constant(param)?;
        (!(0.0..=1.0).contains(&q)).then_some(OddQuantile { function, q, span: &param.span })
    });
    odd.collect()
}

fn takes_quantile(call: &Call) -> bool {
    matches!(&*call.name, "histogram_quantile" | "quantile_over_time")
}
