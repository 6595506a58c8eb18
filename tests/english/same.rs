//! Two documents side by side, one in Chinese and one in English. A Chinese text stands for prose; whatever has no Chinese
//! character in it is a name, a number, an expression or a command, and the other document has the very same.

use serde_json::Value;
use std::collections::BTreeSet;

/// Whether a text has a Chinese character or Chinese punctuation.
pub fn has_cjk(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'))
}

/// Adds every place where the documents differ in more than the language of their prose.
pub fn same(at: &str, chinese: &Value, english: &Value, faults: &mut Vec<String>) {
    match (chinese, english) {
        (Value::Object(ours), Value::Object(theirs)) => {
            if ours.len() != theirs.len() {
                faults.push(format!("{at}: {} keys and {} keys", ours.len(), theirs.len()));
            }
            for ((key, ours), (other, theirs)) in ours.iter().zip(theirs) {
                same_text(at, key, other, faults);
                same(&format!("{at}.{other}"), ours, theirs, faults);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            if ours.len() != theirs.len() {
                faults.push(format!("{at}: {} entries and {} entries", ours.len(), theirs.len()));
            }
            for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                same(&format!("{at}[{index}]"), ours, theirs, faults);
            }
        }
        (Value::String(ours), Value::String(theirs)) => same_text(at, ours, theirs, faults),
        _ if chinese == english => {}
        _ => faults.push(format!("{at}: {chinese} and {english}")),
    }
}

fn same_text(at: &str, chinese: &str, english: &str, faults: &mut Vec<String>) {
    // The digest of a file with other texts is another one.
    let stamp = chinese.contains("relspec-digest") && english.contains("relspec-digest");
    if !has_cjk(chinese) && chinese != english && !stamp {
        faults.push(format!("{at}: {chinese:?} and {english:?}"));
    }
    if has_cjk(chinese) && english.trim().is_empty() {
        faults.push(format!("{at}: {chinese:?} is not translated"));
    }
    if has_cjk(english) {
        faults.push(format!("{at}: {english:?} is Chinese"));
    }
}

/// Adds every text of prose whose translation loses a name or a number, or has a number of its own.
pub fn same_facts(at: &str, chinese: &Value, english: &Value, faults: &mut Vec<String>) {
    match (chinese, english) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for ((_, ours), (key, theirs)) in ours.iter().zip(theirs) {
                same_facts(&format!("{at}.{key}"), ours, theirs, faults);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                same_facts(&format!("{at}[{index}]"), ours, theirs, faults);
            }
        }
        (Value::String(ours), Value::String(theirs)) => {
            let (ours, theirs) = (words(ours), words(theirs));
            let numbers = |word: &&String| word.contains(|c: char| c.is_ascii_digit() || c == '_');
            let lost: Vec<_> = ours.difference(&theirs).collect();
            let added: Vec<_> = theirs.difference(&ours).filter(numbers).collect();
            if !lost.is_empty() || !added.is_empty() {
                faults.push(format!("{at}: {lost:?} lost, {added:?} added"));
            }
        }
        _ => {}
    }
}

/// The runs of Latin letters, digits and `_` of a text, whatever their case.
fn words(text: &str) -> BTreeSet<String> {
    let split = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    split.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
