//! The examples of a query.

use super::MetricReader;
use crate::diag::Diagnostic;
use crate::ladder::Bound;
use crate::lint::{bad_quantity, bad_sample};
use crate::promql::solve::{Labels, Motion, Series};
use crate::promql::{self, MatchOp};
use crate::quantity::{Quantity, Unit};
use crate::spec::metric::Sample;
use crate::spec::metric::written::SampleText;
use crate::spec::shape::{Row, Text};

impl MetricReader<'_> {
    /// The examples; those with a fault are left out after it is reported.
    pub(super) fn samples(&self, unit: Unit, findings: &mut Vec<Diagnostic>) -> Vec<Sample> {
        let text = &self.row.value;
        let Some(first) = text.samples.as_ref().and_then(|samples| samples.first()) else {
            return Vec::new();
        };
        if text.query.is_none() {
            findings.push(bad_sample::without_query(&self.row.key, first.span));
            return Vec::new();
        }
        let by: Vec<&str> = text.by.iter().flatten().map(|label| label.value.as_str()).collect();
        let samples = text.samples.iter().flatten();
        samples.filter_map(|sample| read(sample, unit, &by, findings)).collect()
    }
}

fn read(text: &SampleText, unit: Unit, by: &[&str], findings: &mut Vec<Diagnostic>) -> Option<Sample> {
    let before = findings.len();
    let rows = text.series.iter().flat_map(|table| &table.0);
    let series = rows.filter_map(|row| match series(row) {
        Ok(series) => Some((series, row.key.span)),
        Err(fault) => {
            findings.push(*fault);
            None
        }
    });
    let series = series.collect();
    let gives = text.gives.as_ref()?;
    let value = match Quantity::parse(&gives.value, unit) {
        Ok(quantity) => Some(quantity.value),
        Err(fault) => {
            findings.push(bad_quantity::from_fault(&fault, &gives.value, gives.span));
            None
        }
    };
    let labels = text.by.iter().flat_map(|table| &table.0);
    let labels: Labels = labels.map(|row| (row.key.value.clone(), row.value.value.clone())).collect();
    if labels.len() != by.len() || !by.iter().all(|label| labels.contains_key(*label)) {
        findings.push(bad_sample::other_labels(by, text.span));
    }
    let gives = Bound { value: value?, text: gives.value.clone(), span: gives.span };
    (findings.len() == before).then_some(Sample { series, gives, by: labels, span: text.span })
}

fn series(row: &Row<Text>) -> Result<Series, Box<Diagnostic>> {
    let no_series = || Box::new(bad_sample::no_series(&row.key));
    let expr = promql::parse(&row.key.value).map_err(|_| no_series())?;
    let selector = expr.as_selector().filter(|selector| selector.is_plain()).ok_or_else(no_series)?;
    if selector.matchers.iter().any(|matcher| matcher.op != MatchOp::Equal) {
        return Err(no_series());
    }
    let labels = selector.matchers.iter().map(|matcher| (matcher.label.text.clone(), matcher.value.clone()));
    let motion = motion(&row.value.value).ok_or_else(|| Box::new(bad_sample::no_value(&row.value)))?;
    Ok(Series { name: selector.metric().unwrap_or_default().to_owned(), labels: labels.collect(), motion })
}

/// A number that stays, or a number in some time.
fn motion(text: &str) -> Option<Motion> {
    let text = text.trim();
    if text.contains('/') {
        let rate = Quantity::parse(text, Unit::PerSecond).ok()?;
        return Some(Motion::Climb(rate.value.to_f64()));
    }
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse().ok().filter(|value: &f64| plain && value.is_finite()).map(Motion::Level)
}
