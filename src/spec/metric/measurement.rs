//! What is measured: exactly one measurement, with its PromQL parsed.

use super::resolve::Surroundings;
use super::written::{Aggregate, MetricText};
use crate::diag::Diagnostic;
use crate::ladder::Bound;
use crate::lint;
use crate::promql;
use crate::quantity::{Duration, Number, Quantity, Unit};
use crate::source::{Sources, Span, Spanned};
use crate::spec::scalar::PromqlText;
use crate::spec::shape::Text;
use crate::syntax::span_within;
use std::ops::Range;

/// PromQL that parses, with its text and place.
#[derive(Debug, Clone)]
pub struct Promql {
    /// The text as the author wrote it, comments included, and the scalar that it stands in.
    pub written: PromqlText,
    /// The expression.
    pub expr: promql::Expr,
}

impl std::ops::Deref for Promql {
    type Target = PromqlText;
    fn deref(&self) -> &PromqlText {
        &self.written
    }
}

impl Promql {
    /// The place in the file of a range of the expression's bytes.
    #[must_use]
    pub fn place(&self, sources: &Sources, range: Range<usize>) -> Span {
        span_within(sources, &self.written.node, range)
    }
}

/// Which part of all events a ratio counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// The bad ones.
    Bad,
    /// The good ones.
    Good,
}

/// What is measured. A selector is a plain vector selector: a name and matchers, nothing around it.
#[derive(Debug, Clone)]
pub enum Measurement {
    /// Bad (or good) events among all events.
    Ratio {
        /// Which part.
        share: Share,
        /// The selector of that part's counter.
        part: Promql,
        /// The selector of the counter of all events.
        total: Promql,
    },
    /// A quantile of a histogram.
    Quantile {
        /// Which quantile, above 0 and below 1.
        q: Spanned<Number>,
        /// The selector by the histogram's base name.
        histogram: Promql,
        /// The upper bounds of the classic buckets, ascending; empty for a native histogram.
        buckets: Vec<Bound>,
        /// Whether it is a native histogram.
        native: bool,
    },
    /// The mean of a histogram or summary, by its base name.
    Mean {
        /// The selector by the base name.
        histogram: Promql,
    },
    /// How fast a counter grows.
    Rate {
        /// The counter's selector.
        counter: Promql,
    },
    /// By how much a counter grew.
    Increase {
        /// The counter's selector.
        counter: Promql,
        /// Over which time.
        over: Spanned<Duration>,
    },
    /// A value that goes up and down.
    Gauge {
        /// The selector.
        metric: Promql,
        /// How its series become one.
        aggregate: Aggregate,
    },
    /// The author's own PromQL, an instant vector or a scalar.
    Query(Promql),
    /// Not in Prometheus: how a person finds it.
    Manual(Text),
}

impl Measurement {
    /// The key that an author writes for it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Ratio { .. } => "ratio",
            Self::Quantile { .. } => "quantile",
            Self::Mean { .. } => "mean",
            Self::Rate { .. } => "rate",
            Self::Increase { .. } => "increase",
            Self::Gauge { .. } => "gauge",
            Self::Query(_) => "query",
            Self::Manual(_) => "manual",
        }
    }

    /// Every piece of PromQL in it.
    #[must_use]
    pub fn promql(&self) -> Vec<&Promql> {
        match self {
            Self::Ratio { part, total, .. } => vec![part, total],
            Self::Quantile { histogram, .. } | Self::Mean { histogram } => vec![histogram],
            Self::Rate { counter } | Self::Increase { counter, .. } => vec![counter],
            Self::Gauge { metric, .. } => vec![metric],
            Self::Query(query) => vec![query],
            Self::Manual(_) => Vec::new(),
        }
    }
}

/// The place of each measurement key that a metric has.
#[must_use]
pub fn written(metric: &MetricText) -> Vec<(&'static str, Span)> {
    let mut found = Vec::new();
    let mut add = |key, span: Option<Span>| found.extend(span.map(|span| (key, span)));
    add("ratio", metric.ratio.as_ref().map(|m| m.span));
    add("quantile", metric.quantile.as_ref().map(|m| m.span));
    add("mean", metric.mean.as_ref().map(|m| m.span));
    add("rate", metric.rate.as_ref().map(|m| m.span));
    add("increase", metric.increase.as_ref().map(|m| m.span));
    add("gauge", metric.gauge.as_ref().map(|m| m.span));
    add("query", metric.query.as_ref().map(PromqlText::span));
    add("same_as", metric.same_as.as_ref().map(|m| m.span));
    add("manual", metric.manual.as_ref().map(|m| m.span));
    found
}

/// Reads PromQL and reports its faults.
pub struct PromqlReader<'a, 'f> {
    /// Where places come from.
    pub around: &'a Surroundings<'a>,
    /// Where faults go.
    pub findings: &'f mut Vec<Diagnostic>,
}

impl PromqlReader<'_, '_> {
    /// Any PromQL.
    pub fn expression(&mut self, text: &PromqlText) -> Option<Promql> {
        match promql::parse(text.text()) {
            Ok(expr) => Some(Promql { written: text.clone(), expr }),
            Err(faults) => {
                for fault in faults {
                    let span = span_within(self.around.sources, &text.node, fault.span.clone());
                    self.findings.push(lint::promql_syntax::fault(&fault.message, span));
                }
                None
            }
        }
    }

    /// A plain selector: a name and matchers.
    fn selector(&mut self, text: Option<&PromqlText>) -> Option<Promql> {
        let promql = self.expression(text?)?;
        if promql
            .expr
            .as_selector()
            .is_some_and(|selector| selector.is_plain() && selector.metric().is_some())
        {
            return Some(promql);
        }
        self.findings.push(lint::promql_not_a_value::not_a_selector(promql.span()));
        None
    }

    /// The measurement that a metric writes itself (not `same_as`); `None` where it could not be read.
    pub fn measurement(&mut self, metric: &MetricText, unit: Unit) -> Option<Measurement> {
        if let Some(ratio) = &metric.ratio {
            return self.ratio(ratio);
        }
        if let Some(quantile) = &metric.quantile {
            return self.quantile(quantile, unit);
        }
        if let Some(mean) = &metric.mean {
            return Some(Measurement::Mean { histogram: self.selector(mean.histogram.as_ref())? });
        }
        if let Some(rate) = &metric.rate {
            return Some(Measurement::Rate { counter: self.selector(rate.counter.as_ref())? });
        }
        if let Some(increase) = &metric.increase {
            let counter = self.selector(increase.counter.as_ref());
            return Some(Measurement::Increase { counter: counter?, over: increase.over.clone()? });
        }
        if let Some(gauge) = &metric.gauge {
            let series = self.selector(gauge.metric.as_ref());
            return Some(Measurement::Gauge { metric: series?, aggregate: gauge.aggregate? });
        }
        if let Some(query) = &metric.query {
            return self.expression(query).map(Measurement::Query);
        }
        metric.manual.clone().map(Measurement::Manual)
    }

    fn ratio(&mut self, ratio: &super::written::Ratio) -> Option<Measurement> {
        let total = self.selector(ratio.total.as_ref());
        let bad = ratio.bad.as_ref().map(|text| (Share::Bad, self.selector(Some(text))));
        let good = ratio.good.as_ref().map(|text| (Share::Good, self.selector(Some(text))));
        let (share, part) = match (bad, good) {
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => {
                self.findings.push(lint::missing_key::one_of(&["bad", "good"], "ratio", ratio.span));
                return None;
            }
            (Some(_), Some(_)) => {
                self.findings.push(lint::unknown_key::both(["bad", "good"], "ratio", ratio.span));
                return None;
            }
        };
        Some(Measurement::Ratio { share, part: part?, total: total? })
    }

    fn quantile(&mut self, quantile: &super::written::Quantile, unit: Unit) -> Option<Measurement> {
        let histogram = self.selector(quantile.histogram.as_ref());
        let q = quantile.q.as_ref().and_then(|text| self.q(text));
        let native = quantile.native.as_ref().is_some_and(|native| native.value);
        let buckets: Vec<Bound> =
            quantile.buckets.iter().flatten().filter_map(|text| self.bucket(text, unit)).collect();
        match (&quantile.buckets, native) {
            (None, false) => self.findings.push(lint::missing_key::one_of(
                &["buckets", "native: true"],
                "quantile",
                quantile.span,
            )),
            (Some(_), true) => {
                self.findings.push(lint::unknown_key::both(["buckets", "native"], "quantile", quantile.span));
            }
            _ => {}
        }
        for pair in buckets.windows(2) {
            if pair[0].value >= pair[1].value {
                self.findings.push(lint::bad_quantity::buckets_not_ascending(&pair[0], &pair[1]));
            }
        }
        Some(Measurement::Quantile { q: q?, histogram: histogram?, buckets, native })
    }

    fn q(&mut self, text: &Text) -> Option<Spanned<Number>> {
        let q = Quantity::parse(&text.value, Unit::None).ok().map(|quantity| quantity.value);
        match q {
            Some(q) if q > Number::from_integer(0) && q < Number::from_integer(1) => {
                Some(Spanned::new(q, text.span))
            }
            _ => {
                self.findings.push(lint::bad_quantity::not_a_quantile(&text.value, text.span));
                None
            }
        }
    }

    fn bucket(&mut self, text: &Text, unit: Unit) -> Option<Bound> {
        match Quantity::parse(&text.value, unit) {
            Ok(quantity) => Some(Bound { value: quantity.value, text: text.value.clone(), span: text.span }),
            Err(fault) => {
                self.findings.push(lint::bad_quantity::from_fault(&fault, &text.value, text.span));
                None
            }
        }
    }
}
