//! Patterns as matchers read them, and texts that they take.

use super::super::regex::translate;
use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

/// The pattern, which must take a text as a whole.
pub(super) fn anchored(pattern: &str) -> Option<Regex> {
    super::super::anchored(pattern).ok()
}

/// Texts that may be taken by a pattern, the plainest first. Whoever uses one asks the pattern.
pub(super) fn texts(pattern: &str) -> Vec<String> {
    let hir = translate(pattern).ok().and_then(|pattern| regex_syntax::parse(&pattern).ok());
    let Some(hir) = hir else { return Vec::new() };
    let write = |longer: usize, last: bool| Writer { longer, last, group: None }.text(&hir);
    vec![write(0, false), write(1, false), write(1, true)]
}

/// A text that may be taken by a pattern, with `group` as what its first group takes.
pub(super) fn text_around(pattern: &str, group: &str) -> Option<String> {
    let hir = regex_syntax::parse(&translate(pattern).ok()?).ok()?;
    Some(Writer { longer: 1, last: false, group: Some(group) }.text(&hir))
}

/// Writes a text for a pattern: so many repetitions beyond the fewest, the last alternative or the first, and what the
/// first group takes.
struct Writer<'a> {
    longer: usize,
    last: bool,
    group: Option<&'a str>,
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
                for _ in 0..(least + self.longer).min(most).min(LONGEST) {
                    self.write(&repetition.sub, out);
                }
            }
            HirKind::Capture(capture) if capture.index == 1 && self.group.is_some() => {
                out.extend(self.group);
            }
            HirKind::Capture(capture) => self.write(&capture.sub, out),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part, out)),
            HirKind::Alternation(parts) => {
                let part = if self.last { parts.last() } else { parts.first() };
                part.into_iter().for_each(|part| self.write(part, out));
            }
        }
    }
}

/// A letter or a digit of the class where it has one.
fn letter(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return Some('a') };
    let holds =
        |letter: &char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(letter));
    let plain = ['0', 'a', '1', 'A', '2', '4', '5', '-', '_', '/', '.'];
    plain.into_iter().find(holds).or_else(|| class.ranges().first().map(|range| range.start()))
}
