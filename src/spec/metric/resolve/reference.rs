//! What a relative metric is compared with.

use super::MetricReader;
use crate::diag::Diagnostic;
use crate::ladder::Bound;
use crate::lint;
use crate::promql;
use crate::quantity::{DeltaForm, Quantity, Unit};
use crate::spec::metric::written::RelativeTo;
use crate::spec::metric::{Measurement, Reference, Relative};
use crate::spec::shape::Text;

impl MetricReader<'_> {
    pub(super) fn relative(
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

    /// A reference by `offset` goes on every selector, so none of them may have an offset of its own.
    pub(super) fn check_offset(&self, measurement: Option<&Measurement>, findings: &mut Vec<Diagnostic>) {
        let Some(RelativeTo::Other(reference)) = &self.row.value.relative_to else { return };
        let (Some(offset), Some(Measurement::Query(query))) = (&reference.offset, measurement) else {
            return;
        };
        let shifted = promql::add_offset(query.text(), &query.expr, &offset.value.to_prometheus());
        for fault in shifted.err().into_iter().flatten() {
            let place = query.place(self.around.sources, fault.span);
            findings.push(lint::promql_syntax::fault(&fault.message, place));
        }
    }
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
