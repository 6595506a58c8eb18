//! Patterns as functions on labels read them.

use super::super::regex::translate;
use crate::promql::texts::letter;
use regex::Regex;
use regex_syntax::hir::{Hir, HirKind};

/// The pattern, which must take a text as a whole.
pub(super) fn anchored(pattern: &str) -> Option<Regex> {
    super::super::anchored(pattern).ok()
}

/// A text that may be taken by a pattern, with `group` as what its first group takes.
pub(super) fn text_around(pattern: &str, group: &str) -> Option<String> {
    let hir = regex_syntax::parse(&translate(pattern).ok()?).ok()?;
    Some(Writer { group }.text(&hir))
}

/// Writes a text for a pattern: one repetition beyond the fewest, the first alternative, and what the first group takes.
struct Writer<'a> {
    group: &'a str,
}

/// No text for a label gets longer.
const LONGEST: usize = 200;

impl Writer<'_> {
    fn text(&self, hir: &Hir) -> String {
        let mut text = String::new();
        self.write(hir, &mut text);
        text
    }

    fn write(&self, hir: &Hir, out: &mut String) {
        if out.len() > LONGEST {
            return;
        }
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(class) => out.extend(letter(class)),
            HirKind::Repetition(repetition) => {
                let least = repetition.min as usize;
                let most = repetition.max.map_or(usize::MAX, |most| most as usize);
                for _ in 0..(least + 1).min(most).min(LONGEST) {
                    self.write(&repetition.sub, out);
                }
            }
            HirKind::Capture(capture) if capture.index == 1 => out.push_str(self.group),
            HirKind::Capture(capture) => self.write(&capture.sub, out),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part, out)),
            HirKind::Alternation(parts) => {
                parts.first().into_iter().for_each(|part| self.write(part, out));
            }
        }
    }
}
