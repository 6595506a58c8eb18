//! Parts of sentences that many lints share: lists of words, and the word that was probably meant.

/// The longest word that is compared with others.
const LONGEST: usize = 64;

/// The known word that was probably meant; `None` when nothing is near.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let limit = if word.len() <= 3 { 1 } else { 2 };
    let near = known.into_iter().filter_map(|candidate| {
        let folded = fold(candidate);
        let prefix = word.len().min(folded.len()) >= 3
            && (folded.starts_with(&word[..]) || word.starts_with(&folded[..]));
        let distance = distance(&word, &folded);
        let within = distance <= limit && distance < word.len();
        (within || prefix).then_some((if within { distance } else { limit + 1 }, candidate))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// Characters without the differences that are no typing mistakes: capitals, and `-` for `_`.
fn fold(word: &str) -> Vec<char> {
    word.trim().to_lowercase().chars().map(|c| if c == '-' || c == ' ' { '_' } else { c }).collect()
}

/// How many letters were changed, left out, added, or exchanged with their neighbour (Damerau and Levenshtein).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before_last[j - 2] + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// `` `a`, `b` and `c` ``.
#[must_use]
pub fn all_of<S: AsRef<str>>(words: &[S]) -> String {
    joined(&quoted(words), "and")
}

/// `` `a`, `b` or `c` ``.
#[must_use]
pub fn one_of<S: AsRef<str>>(words: &[S]) -> String {
    joined(&quoted(words), "or")
}

fn quoted<S: AsRef<str>>(words: &[S]) -> Vec<String> {
    words.iter().map(|word| format!("`{}`", word.as_ref())).collect()
}

/// `a, b and c`, as they are.
#[must_use]
pub fn joined(parts: &[String], and: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}

/// The most words that are listed in a sentence.
const SHORT: usize = 12;

/// The same as [`one_of`] where the list is short enough to be read; `None` otherwise.
#[must_use]
pub fn short_list<S: AsRef<str>>(words: &[S]) -> Option<String> {
    (!words.is_empty() && words.len() <= SHORT).then(|| one_of(words))
}

/// What was probably meant, or all that it could be.
#[must_use]
pub fn suggestion(word: &str, known: &[&str]) -> Option<String> {
    match nearest(word, known.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None => short_list(known).map(|list| format!("write {list}")),
    }
}

/// A section by its key, or by what people call it where several keys have the same form.
#[must_use]
pub fn section(name: &str) -> String {
    if name.contains(' ') { name.to_owned() } else { format!("`{name}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let known = ["warn", "hold", "rollback", "min_events", "for", "title"];
        for (written, meant) in [
            ("wran", "warn"),
            ("warnn", "warn"),
            ("warning", "warn"),
            ("Rollback", "rollback"),
            ("roll-back", "rollback"),
            ("min-events", "min_events"),
            ("minevents", "min_events"),
            ("fro", "for"),
            ("tilte", "title"),
        ] {
            assert_eq!(nearest(written, known), Some(meant), "{written}");
        }
        for written in ["", "x", "of", "burn_rate", "标题", "a much longer text than any key"] {
            assert_eq!(nearest(written, known), None, "{written}");
        }
    }

    #[test]
    fn prefers_the_nearer_word() {
        assert_eq!(nearest("stage", ["stages", "stage_id", "stag"]), Some("stages"));
        assert_eq!(nearest("max", ["maximum", "max"]), Some("max"));
    }

    #[test]
    fn lists_words() {
        assert_eq!(one_of(&["a"]), "`a`");
        assert_eq!(one_of(&["a", "b"]), "`a` or `b`");
        assert_eq!(all_of(&["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
