//! Counters that an expression takes for gauges.

use super::ast::{Aggregation, BinaryOp, Call, Expr, Kind, Selector};
use super::histograms::names_buckets;

/// Functions that ask about a gauge over time.
const OF_GAUGES: [&str; 5] = ["delta", "idelta", "deriv", "avg_over_time", "predict_linear"];

/// Aggregations whose value is of the kind of what is aggregated.
const ALIKE: [&str; 4] = ["sum", "avg", "max", "min"];

/// Every selector of counters that is taken for a gauge, in the order of the text.
#[must_use]
pub fn gauges_of_counters(expr: &Expr) -> Vec<&Selector> {
    let whole = standing(expr).filter(|selector| is_total(selector));
    let mut found: Vec<&Selector> = whole.into_iter().collect();
    for expr in expr.descendants() {
        match &expr.kind {
            Kind::Binary(binary) if binary.op == BinaryOp::Divide => {
                found.extend(divided(&binary.left, &binary.right).into_iter().flatten());
            }
            Kind::Call(call) => found.extend(asked(call)),
            _ => {}
        }
    }
    found.sort_by_key(|selector| selector.core.start);
    found.dedup_by_key(|selector| selector.core.start);
    found
}

fn is_total(selector: &Selector) -> bool {
    selector.metric().is_some_and(|name| name.ends_with("_total"))
}

/// The series as they stand, below aggregations and guards.
fn standing(expr: &Expr) -> Option<&Selector> {
    match &expr.bare().kind {
        Kind::Selector(selector) if selector.range.is_none() => Some(selector),
        Kind::Aggregation(aggregation) if is_alike(aggregation) => standing(&aggregation.expr),
        Kind::Binary(guard) if guard.op.is_comparison() && guard.bool_span.is_none() => {
            matches!(guard.right.bare().kind, Kind::Number(_)).then(|| standing(&guard.left)).flatten()
        }
        Kind::Call(call) if call.name == "clamp_min" => standing(call.args.first()?),
        _ => None,
    }
}

fn is_alike(aggregation: &Aggregation) -> bool {
    ALIKE.contains(&aggregation.op)
}

/// Two counters of which one is divided by the other: both are totals, or both are of one histogram.
fn divided<'a>(left: &'a Expr, right: &'a Expr) -> Option<[&'a Selector; 2]> {
    let both = [standing(left)?, standing(right)?];
    let base = |selector: &'a Selector| {
        let name = selector.metric()?;
        let part = if names_buckets(name) { Some("_bucket") } else { None };
        let end = part.or_else(|| ["_sum", "_count"].into_iter().find(|end| name.ends_with(end)))?;
        Some((name.strip_suffix(end)?, end))
    };
    let parts = base(both[0]).zip(base(both[1]));
    let of_one =
        parts.is_some_and(|((one, end), (other, of))| one == other && end != "_count" && of == "_count");
    (both.iter().all(|selector| is_total(selector)) || of_one).then_some(both)
}

/// What a function of gauges asks about, and the buckets of which a quantile is made as they stand.
fn asked(call: &Call) -> Option<&Selector> {
    let name = call.name.as_str();
    if name == "histogram_quantile" {
        let buckets = standing(call.args.get(1)?)?;
        return buckets
            .metric()
            .is_some_and(|name| names_buckets(name) && !name.contains(':'))
            .then_some(buckets);
    }
    match &call.args.first()?.bare().kind {
        Kind::Selector(selector) if OF_GAUGES.contains(&name) && is_total(selector) => Some(selector),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let expr = crate::promql::parse(text).expect("PromQL");
        gauges_of_counters(&expr).iter().filter_map(|selector| selector.metric()).map(str::to_owned).collect()
    }

    #[test]
    fn counters_as_they_stand_are_found() {
        for (text, names) in [
            ("sum(hits_total) / (sum(lookups_total) > 0)", vec!["hits_total", "lookups_total"]),
            ("max by (job) (restarts_total)", vec!["restarts_total"]),
            ("max(delta(orders_total[1h]))", vec!["orders_total"]),
            ("predict_linear(jobs_total[1h], 3600)", vec!["jobs_total"]),
            ("sum(x_sum) / sum(x_count)", vec!["x_sum", "x_count"]),
            ("sum(x_bucket{le='1'}) / sum(x_count)", vec!["x_bucket", "x_count"]),
            ("histogram_quantile(0.9, sum by (le) (x_bucket))", vec!["x_bucket"]),
        ] {
            assert_eq!(found(text), names, "{text}");
        }
    }

    #[test]
    fn what_may_be_meant_is_not_told() {
        for text in [
            "sum(rate(hits_total[5m])) / (sum(rate(lookups_total[5m])) > 0)",
            "started_total - finished_total",
            "sum(queue_count) / sum(worker_count)",
            "x_sum / y_count",
            "used_bytes / disk_total",
            "count(x_total)",
            "resets(x_total[1h])",
            "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))",
            "histogram_quantile(0.9, sum by (le) (job:x_bucket))",
            "deriv(queue_length[5m])",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
