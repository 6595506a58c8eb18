//! Examples of a query: series, and what it makes of them.

use crate::ladder::Bound;
use crate::promql;
use crate::promql::solve::{Labels, Series};
use crate::source::Span;
use crate::spec::matcher::Matcher;

/// An example. Its labels are those that the metric keeps.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The series as written, each with its place.
    pub series: Vec<(Series, Span)>,
    /// What the query gives, in the metric's unit.
    pub gives: Bound,
    /// The labels of that value.
    pub by: Labels,
    /// The whole example.
    pub span: Span,
}

impl Sample {
    /// The series with labels that these matchers take, wherever the author wrote none of that name.
    #[must_use]
    pub fn series_in(&self, scope: &[Matcher]) -> Vec<Series> {
        let matchers: Vec<String> = scope.iter().map(Matcher::promql).collect();
        let expr = promql::parse(&format!("any{{{}}}", matchers.join(","))).ok();
        let selector = expr.as_ref().and_then(promql::Expr::as_selector);
        let completed = |(series, _): &(Series, Span)| {
            let more = selector.and_then(|selector| promql::solve::example(selector, &series.labels));
            let mut labels = more.map(|(_, labels)| labels).unwrap_or_default();
            labels.extend(series.labels.clone());
            Series { labels, ..series.clone() }
        };
        self.series.iter().map(completed).collect()
    }
}
