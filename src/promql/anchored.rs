//! Patterns as Prometheus and Alertmanager match them: Go's syntax, on the whole value.

use super::regex::translate;
use regex::{Regex, RegexBuilder};

/// The most bytes that a compiled pattern may take.
const PATTERN_BYTES: usize = 1 << 20;

/// A pattern that matches whole values, as Go would.
///
/// # Errors
/// What is wrong with it, or that it is too large to be followed; without a full stop.
pub fn anchored(pattern: &str) -> Result<Regex, String> {
    super::check_regex(pattern)?;
    let whole = format!("^(?:{})$", translate(pattern)?);
    RegexBuilder::new(&whole).size_limit(PATTERN_BYTES).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "the pattern is too large to be followed".to_owned(),
        _ => "the pattern can't be read".to_owned(),
    })
}

/// A class or border that in Go is about ASCII alone, as it must be written here; `None` for any other escape.
pub(super) fn of_ascii(escape: &str, in_class: bool) -> Option<&'static str> {
    let class = match escape.get(..2)? {
        "\\d" => "[0-9]",
        "\\D" => "[^0-9]",
        "\\s" => "[\\t\\n\\f\\r ]",
        "\\S" => "[^\\t\\n\\f\\r ]",
        "\\w" => "[0-9A-Za-z_]",
        "\\W" => "[^0-9A-Za-z_]",
        "\\b" if !in_class => "(?-u:\\b)",
        "\\B" if !in_class => "(?-u:\\B)",
        _ => return None,
    };
    Some(class)
}
