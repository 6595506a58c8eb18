//! From the texts of all metrics to metrics with meaning: units, measurements, `same_as`, `where`, order.

use super::cases::{self, Case};
use super::limits::Numbers;
use super::measurement::{PromqlReader, written};
use super::written::{MetricText, NoDataLevel, RelativeTo, ScopeText, Watch};
use super::{Lasts, Metric, NoData, Reach, Reference, Relative, order};
use crate::diag::Diagnostic;
use crate::ladder::Bound;
use crate::lint;
use crate::plan::names::RESERVED_METRICS;
use crate::quantity::{DeltaForm, Duration, Quantity, Unit};
use crate::source::{Sources, Span, Spanned};
use crate::spec::release::{Defaults, Release};
use crate::spec::scope::Scope;
use crate::spec::shape::{Row, Text};
use crate::spec::stage::Stage;
use crate::spec::Config;

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
        let relative = self.relative(unit.value, form, findings);
        let place = written(text).first().map_or(text.span, |(_, span)| *span);
        Some(Metric {
            id: self.row.key.clone(),
            span: self.row.span,
            title: text.title.clone().unwrap_or_else(|| self.row.key.clone()),
            impact: text.impact.clone().or_else(|| origin.text.impact.clone()),
            reason: text.reason.clone(),
            response: text.response.clone(),
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
            extensive: text.extensive.as_ref().filter(|flag| flag.value).map(|flag| flag.span),
            no_data: self.no_data(),
            observed,
            cases,
        })
    }

    fn check_id(&self, findings: &mut Vec<Diagnostic>) {
        let id = &self.row.key;
        let mut chars = id.value.chars();
        let first = chars.next().is_some_and(|c| c.is_ascii_lowercase());
        let sound = first && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !sound || RESERVED_METRICS.contains(&id.value.as_str()) {
            findings.push(lint::wrong_type::bad_metric_id(id));
        }
    }

    fn check_title(&self, findings: &mut Vec<Diagnostic>) {
        if self.row.value.title.is_none() && self.row.value.same_as.is_none() {
            findings.push(lint::missing_key::in_metric("title", &self.row.key));
        }
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
            return Some(Origin { text, unit: text.unit.clone()? });
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
        let unit = text.unit.clone().or_else(|| other.value.unit.clone())?;
        if let (Some(ours), Some(theirs)) = (&text.unit, &other.value.unit)
            && ours.value != theirs.value
        {
            findings.push(lint::unit_mismatch::same_as(ours, theirs));
        }
        Some(Origin { text: &other.value, unit })
    }

    fn check_references(&self, origin: &Option<Origin<'_>>, findings: &mut Vec<Diagnostic>) {
        let text = &self.row.value;
        let by = text.by.as_ref().or_else(|| origin.as_ref()?.text.by.as_ref());
        for label in by.into_iter().flatten() {
            if !is_label(&label.value) {
                findings.push(lint::wrong_type::bad_label(label));
            }
        }
        for entry in text.r#where.iter().flatten() {
            if let Some(stage) = &entry.keys.stage
                && !self.around.stages.iter().any(|known| known.id() == stage.value)
            {
                let ids = self.around.stages.iter().map(Stage::id);
                findings.push(lint::unknown_reference::unknown("stage", stage, ids));
            }
            for row in &entry.labels {
                if !by.into_iter().flatten().any(|label| label.value == row.key.value) {
                    findings.push(lint::unknown_reference::label_not_kept(&row.key));
                }
            }
            if entry.keys.stage.is_none() && entry.labels.is_empty() {
                findings.push(lint::missing_key::where_without_place(entry.keys.span));
            }
        }
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
        for place in cases::places(text.r#where.as_deref().unwrap_or_default()) {
            let limits = cases::at(text, &place, numbers.findings);
            match order::limits(&limits, &place, &mut numbers) {
                // Without the base there is nothing that the other cases could differ from.
                Ok(limits) if place.is_base() || !all.is_empty() => all.push(Case { place, limits }),
                Ok(_) => {}
                Err(faults) => misplaced.extend(faults),
            }
        }
        numbers.findings.extend(lint::threshold_order::report(&self.row.key, &misplaced));
        let observed = text.observed.iter().flat_map(|table| &table.0);
        let observed =
            observed.filter_map(|row| Some((row.key.clone(), numbers.bound(&row.value)?))).collect();
        let form = common_form(&mut numbers);
        (all, observed, form)
    }

    fn defaults(&self) -> [Duration; 3] {
        let release = self.around.release.defaults.as_ref();
        let config = self.around.config.defaults.as_ref();
        let pick = |level: fn(&Defaults) -> Option<Duration>| {
            release.and_then(level).or_else(|| config.and_then(level)).unwrap_or_else(|| minutes(10))
        };
        [
            pick(|defaults| Some(defaults.r#for.as_ref()?.warn.as_ref()?.value.clone())),
            pick(|defaults| Some(defaults.r#for.as_ref()?.hold.as_ref()?.value.clone())),
            pick(|defaults| Some(defaults.r#for.as_ref()?.rollback.as_ref()?.value.clone())),
        ]
    }

    fn window(&self, origin: &MetricText) -> Lasts {
        let own = self.row.value.window.as_ref().or(origin.window.as_ref());
        if let Some(window) = own {
            return Lasts { duration: window.value.clone(), written: Some(window.span) };
        }
        let of = |defaults: Option<&Defaults>| Some(defaults?.window.as_ref()?.value.clone());
        let shared = of(self.around.release.defaults.as_ref());
        let shared = shared.or_else(|| of(self.around.config.defaults.as_ref()));
        Lasts { duration: shared.unwrap_or_else(|| minutes(5)), written: None }
    }

    fn reach(&self, origin: &MetricText) -> Reach {
        match self.row.value.scope.as_ref().or(origin.scope.as_ref()) {
            Some(ScopeText::Fleet(_)) => Reach::Fleet { said: true },
            Some(ScopeText::Own(own)) => Reach::Own(own.0.clone()),
            None => match self.around.scope {
                None => Reach::Fleet { said: false },
                Some(scope) => Reach::Release {
                    canary: scope.canary.clone().unwrap_or_default().0,
                    baseline: scope.baseline.clone().map(|baseline| baseline.0),
                },
            },
        }
    }

    fn relative(
        &self,
        unit: Unit,
        form: Option<DeltaForm>,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Relative> {
        let form = form.unwrap_or(DeltaForm::Factor);
        match self.row.value.relative_to.as_ref()? {
            RelativeTo::Baseline(span) => {
                Some(Relative { reference: Reference::Baseline, form, span: *span })
            }
            RelativeTo::Other(text) => {
                let reference = match (&text.offset, &text.value) {
                    (Some(offset), None) => Reference::Offset(offset.clone()),
                    (None, Some(value)) => Reference::Value(reference_value(value, unit, findings)?),
                    (None, None) => {
                        findings.push(lint::missing_key::one_of(
                            &["offset", "value"],
                            "relative_to",
                            text.span,
                        ));
                        return None;
                    }
                    (Some(_), Some(_)) => {
                        let keys = ["offset", "value"];
                        findings.push(lint::unknown_key::both(keys, "relative_to", text.span));
                        return None;
                    }
                };
                Some(Relative { reference, form, span: text.span })
            }
        }
    }

    fn no_data(&self) -> NoData {
        let written = self.row.value.no_data.as_ref();
        let after = written.and_then(|no_data| no_data.after.as_ref());
        NoData {
            level: written.map_or(NoDataLevel::Hold, |no_data| no_data.level),
            after: match after {
                Some(after) => Lasts { duration: after.value.clone(), written: Some(after.span) },
                None => Lasts { duration: minutes(15), written: None },
            },
            written: written.map(|no_data| no_data.span),
        }
    }
}

fn minutes(minutes: u64) -> Duration {
    Duration::from_seconds(minutes * 60).unwrap_or_else(Duration::zero)
}

fn is_label(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !text.starts_with("__")
}

fn reference_value(text: &Text, unit: Unit, findings: &mut Vec<Diagnostic>) -> Option<Bound> {
    match Quantity::parse(&text.value, unit) {
        Ok(quantity) => Some(Bound { value: quantity.value, text: text.value.clone(), span: text.span }),
        Err(fault) => {
            findings.push(lint::bad_quantity::from_fault(&fault, &text.value, text.span));
            None
        }
    }
}

/// The one form in which all differences of a metric are written.
fn common_form(numbers: &mut Numbers<'_>) -> Option<DeltaForm> {
    let first: (DeltaForm, Span) = *numbers.forms.first()?;
    if let Some(other) = numbers.forms.iter().find(|(other, _)| *other != first.0) {
        numbers.findings.push(lint::sign_mismatch::two_forms(first, *other));
    }
    Some(first.0)
}
