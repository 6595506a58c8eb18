//! A share is always 100 %, since it is the share of something in itself.
//!
//! ## What
//! `bad` (or `good`) and `total` of a `ratio` are the same selector; or a `query` divides an expression by itself.
//!
//! ## Why
//! The matcher that tells the bad events from all events was forgotten. Under `bad` the metric is beyond every limit from
//! the first event on; under `good` nothing is ever wrong.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{app="shop"}', total: 'http_requests_total{app="shop"}' }
//!     min_events: 200
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{app="shop",code=~"5.."}', total: 'http_requests_total{app="shop"}' }
//!     min_events: 200
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::{Bytes, MatchOp, Selector, whole_quotient_of_itself};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Measurement, Metric, Promql, Share};
use std::collections::BTreeSet;

/// The lint.
pub static LINT: Lint =
    Lint::new("ratio-of-itself", Severity::Error, include_str!("ratio_of_itself.rs"), Check::Release(check));

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for metric in shared::measured_once(spec) {
        let Some((places, help)) = same(metric, context) else { continue };
        let [part, whole] = places;
        sink.push(
            LINT.finding(format!("`{}` is 100 % of itself, whatever happens", metric.id.value))
                .label(part, "this part")
                .label(whole, "is the same as its whole")
                .help(help),
        );
    }
}

/// The part and the whole that are the same, and the way out.
fn same(metric: &Metric, context: &Context<'_>) -> Option<([Span; 2], String)> {
    match &metric.measurement {
        Measurement::Ratio { share, part, total } => {
            let (one, all) = (part.expr.as_selector()?, total.expr.as_selector()?);
            let word = if *share == Share::Bad { "bad" } else { "good" };
            let help = format!("give `{word}` the matcher that tells the {word} events from all events");
            let place =
                |promql: &Promql, selector: &Selector| promql.place(context.sources, selector.core.clone());
            let is_same = one.metric() == all.metric() && matchers(one) == matchers(all);
            is_same.then(|| ([place(part, one), place(total, all)], help))
        }
        Measurement::Query(query) => {
            let (part, whole) = whole_quotient_of_itself(query.text(), &query.expr)?;
            let place = |range: &Bytes| query.place(context.sources, range.clone());
            let help = "give the dividend the matcher that tells its events from all events".to_owned();
            Some(([place(part), place(whole)], help))
        }
        _ => None,
    }
}

/// What a selector asks of the labels of its series.
fn matchers(selector: &Selector) -> BTreeSet<(&str, &'static str, &str)> {
    let labels = selector
        .matchers
        .iter()
        .filter(|matcher| !(matcher.label.text == "__name__" && matcher.op == MatchOp::Equal));
    labels.map(|matcher| (matcher.label.text.as_str(), matcher.op.symbol(), matcher.value.as_str())).collect()
}
