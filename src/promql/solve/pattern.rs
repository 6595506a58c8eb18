//! Patterns as matchers read them, and texts that they take.

use super::super::regex::translate;
use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

/// The pattern, which must take a text as a whole.
pub(super) fn anchored(pattern: &str) -> Option<Regex> {
    Regex::new(&format!("^(?s:{})$", translate(pattern).ok()?)).ok()
}

/// Texts that may be taken by a pattern, the plainest first. Whoever uses one asks the pattern.
pub(super) fn texts(pattern: &str) -> Vec<String> {
    let hir = translate(pattern).ok().and_then(|pattern| regex_syntax::parse(&pattern).ok());
    let Some(hir) = hir else { return Vec::new() };
    let write = |longer: usize, last: bool| {
        let mut text = String::new();
        Writer { longer, last }.write(&hir, &mut text);
        text
    };
    vec![write(0, false), write(1, false), write(1, true)]
}

/// Writes a text for a pattern: so many repetitions beyond the fewest, and the last alternative or the first.
struct Writer {
    longer: usize,
    last: bool,
}

/// No text for a label gets longer.
const LONGEST: usize = 200;

impl Writer {
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
    let holds = |letter: &char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(letter));
    let plain = ['a', '1', 'A', '0', '2', '4', '5', '-', '_', '/', '.'];
    plain.into_iter().find(holds).or_else(|| class.ranges().first().map(|range| range.start()))
}
