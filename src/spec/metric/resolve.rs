//! From the texts of all metrics to metrics with meaning: units, measurements, `same_as`, `where`, order.

mod checks;
mod reference;
mod samples;
mod settings;

use super::cases::{self, Case};
use super::limits::Numbers;
use super::measurement::{PromqlReader, written};
use super::written::{MetricText, Watch};
use super::{Metric, order};
use crate::diag::Diagnostic;
use crate::ladder::{Bound, Direction, Ladder, Side};
use crate::lint;
use crate::quantity::{DeltaForm, Unit};
use crate::source::{Sources, Span, Spanned};
use crate::spec::Config;
use crate::spec::release::Release;
use crate::spec::scope::Scope;
use crate::spec::shape::{Row, Text};
use crate::spec::stage::Stage;

/// What a metric is read among.
pub struct Surroundings<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// What the project's releases share.
    pub config: &'a Config,
    /// The release.
    pub release: &'a Release,
    /// Which series belong to whom.
    pub scope: Option<&'a Scope>,
    /// The rollout.
    pub stages: &'a [Stage],
}

/// Every metric that could be read. A metric whose measurement can't be read is left out after its faults are
/// reported; its numbers are judged all the same.
pub fn resolve(
    rows: &[Row<MetricText>],
    around: &Surroundings<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Metric> {
    rows.iter().filter_map(|row| MetricReader { rows, row, around }.read(findings)).collect()
}

struct MetricReader<'a> {
    rows: &'a [Row<MetricText>],
    row: &'a Row<MetricText>,
    around: &'a Surroundings<'a>,
}

/// A metric's own text, or that of the metric whose measurement it shares.
struct Origin<'a> {
    text: &'a MetricText,
    unit: Spanned<Unit>,
}

impl MetricReader<'_> {
    fn read(&self, findings: &mut Vec<Diagnostic>) -> Option<Metric> {
        let text = &self.row.value;
        self.check_id(findings);
        self.check_title(findings);
        let origin = self.origin(findings);
        self.check_references(&origin, findings);
        let unit = origin.as_ref()?.unit.clone();
        let relative_forms = self.numbers(&unit, findings);
        let (cases, observed, form) = relative_forms;
        let origin = origin?;
        let mut reader = PromqlReader { around: self.around, findings };
        let measurement = reader.measurement(origin.text, unit.value);
        let only_when = text.only_when.as_ref().or(origin.text.only_when.as_ref());
        let only_when = only_when.and_then(|text| reader.expression(text));
        self.check_offset(measurement.as_ref(), findings);
        let relative = self.relative(unit.value, form, findings);
        let samples = self.samples(unit.value, findings);
        let place = written(text).first().map_or(text.span, |(_, span)| *span);
        Some(Metric {
            id: self.row.key.clone(),
            span: self.row.span,
            title: text.title.clone().unwrap_or_else(|| self.row.key.clone()),
            impact: text.impact.clone().or_else(|| origin.text.impact.clone()),
            reason: text.reason.clone(),
            response: text.response.clone(),
            scenario: text.scenario.clone(),
            watch: text.watch.unwrap_or(Watch::Alert),
            unit: unit.value,
            unit_span: unit.span,
            measurement: measurement?,
            measurement_span: place,
            same_as: text.same_as.clone(),
            relative,
            window: self.window(origin.text),
            by: text.by.clone().or_else(|| origin.text.by.clone()).unwrap_or_default(),
            reach: self.reach(origin.text),
            only_when,
            samples,
            extensive: text.extensive.as_ref().filter(|flag| flag.value).map(|flag| flag.span),
            no_data: self.no_data(),
            observed,
            cases,
        })
    }

    /// Follows `same_as`, one step: the other metric must have a measurement of its own.
    fn origin(&self, findings: &mut Vec<Diagnostic>) -> Option<Origin<'_>> {
        let text = &self.row.value;
        let keys = written(text);
        match keys.as_slice() {
            [] => findings.push(lint::missing_key::no_measurement(&self.row.key)),
            [_] => {}
            [first, second, ..] => findings.push(lint::unknown_key::two_measurements(*first, *second)),
        }
        let Some(same_as) = &text.same_as else {
            if text.unit.is_none() && !keys.is_empty() {
                findings.push(lint::missing_key::in_metric("unit", &self.row.key));
            }
            return Some(Origin { text, unit: text.unit?.known()? });
        };
        let ids = self.rows.iter().map(|row| row.key.value.as_str());
        let Some(other) = self.rows.iter().find(|row| row.key.value == same_as.value) else {
            findings.push(lint::unknown_reference::unknown("metric", same_as, ids));
            return None;
        };
        if other.value.same_as.is_some() {
            findings.push(lint::unknown_reference::chain(same_as, &other.key));
            return None;
        }
        let (ours, theirs) = (text.unit.and_then(|unit| unit.known()), other.value.unit?.known());
        if let (Some(ours), Some(theirs)) = (&ours, &theirs)
            && ours.value != theirs.value
        {
            findings.push(lint::unit_mismatch::same_as(ours, theirs));
        }
        let unit = ours.or(theirs)?;
        Some(Origin { text: &other.value, unit })
    }

    #[allow(clippy::type_complexity, reason = "three results of one reading of the numbers")]
    fn numbers(
        &self,
        unit: &Spanned<Unit>,
        findings: &mut Vec<Diagnostic>,
    ) -> (Vec<Case>, Vec<(Text, Bound)>, Option<DeltaForm>) {
        let text = &self.row.value;
        let mut numbers = Numbers {
            unit: unit.value,
            relative: text.relative_to.is_some(),
            defaults: self.defaults(),
            findings,
            forms: Vec::new(),
        };
        let mut all = Vec::new();
        let mut misplaced = Vec::new();
        let mut places = cases::places(text.r#where.as_deref().unwrap_or_default());
        if places.len() > cases::MOST {
            numbers.findings.push(lint::where_tie::too_many_places(&self.row.key));
            places.truncate(1);
        }
        for place in places {
            let limits = cases::at(text, &place, numbers.findings);
            match order::limits(&limits, &place, &mut numbers) {
                // Without the base there is nothing that the other cases could differ from.
                Ok(limits) if place.is_base() || !all.is_empty() => all.push(Case { place, limits }),
                Ok(_) => {}
                Err(faults) => misplaced.extend(faults),
            }
        }
        numbers.findings.extend(lint::threshold_order::report(&self.row.key, &misplaced));
        numbers.findings.extend(opposite(&self.row.key, &all));
        let observed = text.observed.iter().flat_map(|table| &table.0);
        let observed =
            observed.filter_map(|row| Some((row.key.clone(), numbers.bound(&row.value)?))).collect();
        let form = common_form(&mut numbers);
        (all, observed, form)
    }
}

/// A place at which the other side of normal is the bad one: all of a metric must agree.
fn opposite(metric: &Text, cases: &[Case]) -> Option<Diagnostic> {
    let base = &cases.first()?.limits.ladder;
    let turned = |case: &&Case| {
        matches!(
            (base.direction(), case.limits.ladder.direction()),
            (Some(Direction::HigherIsWorse), Some(Direction::LowerIsWorse))
                | (Some(Direction::LowerIsWorse), Some(Direction::HigherIsWorse))
        )
    };
    let case = cases.iter().find(turned)?;
    let line = |ladder: &Ladder| [Side::Above, Side::Below].map(|side| ladder.line(side)).concat();
    let (ours, theirs) = (line(base), line(&case.limits.ladder));
    let subject = format!("`{}`{}", metric.value, case.place.words());
    let (higher, lower) =
        if base.direction() == Some(Direction::HigherIsWorse) { (ours, theirs) } else { (theirs, ours) };
    Some(lint::mixed_direction::mixed(&subject, &higher, &lower))
}

/// The one form in which all differences of a metric are written.
fn common_form(numbers: &mut Numbers<'_>) -> Option<DeltaForm> {
    let first: (DeltaForm, Span) = *numbers.forms.first()?;
    if let Some(other) = numbers.forms.iter().find(|(other, _)| *other != first.0) {
        numbers.findings.push(lint::sign_mismatch::two_forms(first, *other));
    }
    Some(first.0)
}
