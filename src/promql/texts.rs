//! Texts that a pattern matches.

use super::regex::tree;
use regex_syntax::hir::{Class, Hir, HirKind};

/// How many texts of one pattern are tried.
const MOST: usize = 8;

/// How long a text may get.
const LONGEST: usize = 200;

/// Some texts that the pattern should match, the plainest first; boundaries such as `\b` are not looked at.
pub fn texts(pattern: &str) -> Vec<String> {
    let mut found = tree(pattern).map(|tree| of(&tree)).unwrap_or_default();
    found.retain(|text| text.len() <= LONGEST);
    found
}

fn of(tree: &Hir) -> Vec<String> {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![String::new()],
        HirKind::Literal(literal) => vec![String::from_utf8_lossy(&literal.0).into_owned()],
        HirKind::Class(class) => letter(class).map(String::from).into_iter().collect(),
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Repetition(repetition) => {
            let one = of(&repetition.sub);
            let least = usize::try_from(repetition.min).unwrap_or(LONGEST).min(LONGEST);
            let counts: &[usize] = if least == 0 { &[1, 0] } else { &[least] };
            let repeated = counts.iter().flat_map(|count| one.iter().map(|text| text.repeat(*count)));
            repeated.take(MOST).collect()
        }
        HirKind::Concat(parts) => {
            parts.iter().fold(vec![String::new()], |before, part| joined(&before, &of(part)))
        }
        HirKind::Alternation(parts) => parts.iter().flat_map(of).take(MOST).collect(),
    }
}

/// The greatest number of characters of a class that are alternatives of each other; more are any character.
const FEW: usize = 4;

/// A text for each alternative of the pattern, in order; one where it has none.
pub fn alternatives(pattern: &str) -> Vec<String> {
    let mut found = tree(pattern).map(|tree| each(&tree)).unwrap_or_default();
    found.retain(|text| text.len() <= LONGEST);
    found
}

fn each(tree: &Hir) -> Vec<String> {
    match tree.kind() {
        HirKind::Class(class) => few(class).unwrap_or_else(|| of(tree)),
        HirKind::Capture(capture) => each(&capture.sub),
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).unwrap_or(LONGEST).clamp(1, LONGEST);
            each(&repetition.sub).iter().map(|text| text.repeat(least)).collect()
        }
        HirKind::Concat(parts) => {
            parts.iter().fold(vec![String::new()], |before, part| joined(&before, &each(part)))
        }
        HirKind::Alternation(parts) => parts.iter().flat_map(each).take(MOST).collect(),
        HirKind::Empty | HirKind::Look(_) | HirKind::Literal(_) => of(tree),
    }
}

/// All characters of a class, where they are few.
fn few(class: &Class) -> Option<Vec<String>> {
    let Class::Unicode(class) = class else { return None };
    let all = class.iter().flat_map(|range| range.start()..=range.end());
    let some: Vec<String> = all.take(FEW + 1).map(String::from).collect();
    (some.len() <= FEW).then_some(some)
}

/// Every text of the first list with every text of the second after it.
fn joined(before: &[String], after: &[String]) -> Vec<String> {
    let both = before.iter().flat_map(|first| after.iter().map(move |second| format!("{first}{second}")));
    both.filter(|text| text.len() <= LONGEST).take(MOST).collect()
}

/// A character of a class, a digit or letter where there is one.
pub(super) fn letter(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let plain = ('0'..='9').chain('a'..='z').chain('A'..='Z').chain(['-', '_', '/', '.']);
    let has = |c: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&c));
    plain.into_iter().find(has).or_else(|| ranges.first().map(|(start, _)| *start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promql;

    #[test]
    fn every_alternative_has_a_text() {
        for (pattern, expected) in [
            ("order-create|payment", vec!["order-create", "payment"]),
            ("order-create|order-pay", vec!["order-create", "order-pay"]),
            ("a|b", vec!["a", "b"]),
            ("[45]00", vec!["400", "500"]),
            ("x.*", vec!["x0"]),
            ("plain", vec!["plain"]),
        ] {
            assert_eq!(alternatives(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn every_pattern_gives_a_text_that_it_matches() {
        for pattern in [
            "5..",
            "/upload/.*",
            "a|b|",
            "(?i:get|post)",
            "[^0-9]{3}",
            r"v2\.[0-9]+(-rc[0-9])?",
            r"\Qa.b\E+",
            "中+",
            ".+",
            "x{4,}",
            r"\d{3}-\w+",
            "/x/{id}",
        ] {
            let judge = promql::anchored(pattern).expect("a pattern");
            let texts = texts(pattern);
            assert!(texts.iter().any(|text| judge.is_match(text)), "{pattern}: {texts:?}");
        }
    }

    #[test]
    fn a_pattern_that_repeats_a_lot_makes_few_and_short_texts() {
        assert!(texts("((a|b){500}){500}").is_empty());
        assert!(texts("(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)").len() <= MOST);
        assert!(texts("(").is_empty());
    }
}
