//! Names that a metric gives and names that it refers to.

use super::{MetricReader, Origin};
use crate::diag::Diagnostic;
use crate::lint;
use crate::plan::names::{OWN_LABELS, RESERVED_METRICS};
use crate::spec::shape::Text;
use crate::spec::stage::Stage;

impl MetricReader<'_> {
    pub(super) fn check_id(&self, findings: &mut Vec<Diagnostic>) {
        let id = &self.row.key;
        let mut chars = id.value.chars();
        let first = chars.next().is_some_and(|c| c.is_ascii_lowercase());
        let sound = first && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !sound || RESERVED_METRICS.contains(&id.value.as_str()) {
            findings.push(lint::wrong_type::bad_metric_id(id));
        }
    }

    pub(super) fn check_title(&self, findings: &mut Vec<Diagnostic>) {
        if self.row.value.title.is_none() && self.row.value.same_as.is_none() {
            findings.push(lint::missing_key::in_metric("title", &self.row.key));
        }
    }

    pub(super) fn check_references(&self, origin: &Option<Origin<'_>>, findings: &mut Vec<Diagnostic>) {
        let text = &self.row.value;
        let by = text.by.as_ref().or_else(|| origin.as_ref()?.text.by.as_ref());
        check_labels(by.map(Vec::as_slice).unwrap_or_default(), findings);
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
}

fn check_labels(by: &[Text], findings: &mut Vec<Diagnostic>) {
    for (n, label) in by.iter().enumerate() {
        if !is_label(&label.value) || OWN_LABELS.contains(&label.value.as_str()) {
            findings.push(lint::wrong_type::bad_label(label));
        }
        if let Some(first) = by[..n].iter().find(|first| first.value == label.value) {
            findings.push(lint::duplicate_id::again("label", label, first.span));
        }
    }
}

fn is_label(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !text.starts_with("__")
}
