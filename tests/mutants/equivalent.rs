//! `equivalent.yaml`: mutants that change nothing, each with the reason.

use crate::operators::Mutant;
use regex::Regex;
use serde::Deserialize;

/// Mutants that do the same as the rules, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    operators: Vec<String>,
    #[serde(default = "anything")]
    release: String,
    #[serde(default = "anything")]
    rule: String,
    shown: String,
    why: String,
}

fn anything() -> String {
    ".*".to_owned()
}

/// An entry that can be asked.
pub struct Entry {
    operators: Vec<String>,
    release: Regex,
    rule: Regex,
    shown: Regex,
    pub why: String,
}

/// The entries of a text; the patterns of releases and rules are for the whole name, `shown` for a part.
pub fn read(text: &str, operators: &[&str]) -> Vec<Entry> {
    let written: Vec<Written> = serde_yaml::from_str(text).expect("a list of entries");
    let whole = |pattern: &str| Regex::new(&format!("^(?:{pattern})$")).expect("a pattern");
    let entries = written.into_iter().map(|entry| {
        for name in &entry.operators {
            assert!(operators.contains(&name.as_str()), "no operator is called `{name}`");
        }
        assert!(entry.why.len() > 20, "{:?} gives no reason", entry.shown);
        Entry {
            release: whole(&entry.release),
            rule: whole(&entry.rule),
            shown: Regex::new(&entry.shown).expect("a pattern"),
            operators: entry.operators,
            why: entry.why,
        }
    });
    entries.collect()
}

/// Which entry speaks of this mutant.
pub fn entry_of(entries: &[Entry], release: &str, mutant: &Mutant) -> Option<usize> {
    entries.iter().position(|entry| {
        entry.operators.iter().any(|name| name == mutant.operator)
            && entry.release.is_match(release)
            && entry.rule.is_match(&mutant.name)
            && entry.shown.is_match(&mutant.shown)
    })
}
