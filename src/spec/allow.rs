//! The section `allow`: findings that the author accepts, each at one place and with a reason.

use super::scalar::Day;
use super::shape::{Text, section};
use crate::diag::Waiver;
use crate::source::Span;
use crate::syntax::{Kind, Node};

section! {
    /// One finding that the author accepts.
    pub struct Allow {
        /// The lint.
        lint @required: Text,
        /// The place, as a path of keys: `metrics.errors.warn`, `stages.canary-5`; all below it is covered.
        at @required: Text,
        /// Why it is right here.
        reason @required: Text,
        /// The last day on which that holds.
        until: Day,
    }
}

impl Allow {
    /// The waiver, with its place looked up in the file. `None` where a key is missing (which was reported).
    #[must_use]
    pub fn waiver(self, root: &Node) -> Option<Waiver> {
        let at = self.at?;
        Some(Waiver {
            covers: find(root, &at.value),
            lint: self.lint?,
            at,
            reason: self.reason?,
            until: self.until.map(|day| day.0),
            span: self.span,
        })
    }
}

/// What a path of keys names: a key of a mapping, or an item of a list by its `id` or its number from 1.
#[must_use]
pub fn find(root: &Node, path: &str) -> Option<Span> {
    let mut node = root;
    let mut found = None;
    for step in path.split('.') {
        let (next, span) = match &node.kind {
            Kind::Mapping(_) => {
                let entry = node.get(step)?;
                (&entry.value, Span { start: entry.key.span.start, ..entry.value.span })
            }
            Kind::Sequence(items) => {
                let by_id = |item: &&Node| item.get("id").and_then(|id| id.value.as_text()) == Some(step);
                let by_number = || items.get(step.parse::<usize>().ok()?.checked_sub(1)?);
                let item = items.iter().find(by_id).or_else(by_number)?;
                (item, item.span)
            }
            _ => return None,
        };
        (node, found) = (next, Some(span));
    }
    found
}
