//! Faults in what comes in pairs: quotes, with the escapes between them, and brackets.

use std::ops::Range;

use super::Around;
use crate::diag::Diagnostic;
use crate::syntax::scan::{self, one_character};

impl Around<'_> {
    pub(super) fn opening_quote(&self) -> Option<usize> {
        let at = scan::next_value(self.text, self.last);
        self.text[at..].starts_with(['"', '\'']).then_some(at)
    }

    pub(super) fn open_quote(&self, at: usize) -> Diagnostic {
        let Some(opening) = self.opening_quote() else {
            return self.fault(one_character(self.text, at), "a quote is not closed", "by here", "close it");
        };
        let quote = &self.text[opening..=opening];
        let message = format!("the quote {quote} is not closed");
        let help = format!(
            "write {quote} at the end of the text; a text of several lines is easier to write after `|`"
        );
        let finding = self.fault(opening..opening + 1, &message, "it is opened here", &help);
        if at <= opening {
            return finding;
        }
        self.with(finding, one_character(self.text, at), "and the text should have ended before this")
    }

    pub(super) fn after_quote(&self, at: usize) -> Diagnostic {
        let rest = scan::rest_of_line(self.text, at);
        let opening = self.opening_quote().filter(|opening| *opening < at);
        let single = opening.is_some_and(|opening| self.text[opening..].starts_with('\''));
        let help = match single {
            true => "inside '…' write '' for each ', or use double quotes; the closing quote ends the value",
            false => {
                "inside \"…\" write \\\" for each \", or use single quotes; the closing quote ends the value"
            }
        };
        let finding =
            self.fault(rest, "something follows the closing quote", "this is outside the quotes", help);
        match opening {
            Some(opening) => self.with(finding, opening..opening + 1, "the quoted text begins here"),
            None => finding,
        }
    }

    pub(super) fn escape(&self, at: usize) -> Diagnostic {
        let place = bad_escape(&self.text[at..]).map_or(at..at, |range| at + range.start..at + range.end);
        let message = format!("`{}` means nothing inside double quotes", &self.text[place.clone()]);
        let help =
            "write \\\\ for a backslash, or use single quotes, in which a backslash is just a backslash";
        self.fault(place, &message, "a backslash begins an escape", help)
    }

    pub(super) fn closes_nothing(&self, at: usize) -> Diagnostic {
        let place = one_character(self.text, at);
        let message = format!("`{}` closes nothing", &self.text[place.clone()]);
        let help =
            "remove it, or open the list or mapping before it; if it is text, put the whole value in quotes";
        self.fault(place, &message, "no bracket is open here", help)
    }

    pub(super) fn wrong_bracket(&self, open: usize, opening: char, closing: char) -> Diagnostic {
        let message = format!("`{opening}` is closed by `{closing}`");
        let right = if opening == '{' { '}' } else { ']' };
        let help = format!("close it with `{right}`");
        let finding = self.fault(one_character(self.text, open), &message, "opened here", &help);
        match self.text.get(self.last..).and_then(|rest| rest.find(closing)) {
            Some(at) => self.with(finding, one_character(self.text, self.last + at), "closed here"),
            None => finding,
        }
    }

    pub(super) fn open_bracket(&self, open: usize) -> Diagnostic {
        let bracket = one_character(self.text, open);
        let written = &self.text[bracket.clone()];
        let closing = if written == "{" { '}' } else { ']' };
        let help = format!("write `{closing}` where it ends; if it is text, put the whole value in quotes");
        self.fault(bracket.clone(), &format!("`{written}` is not closed"), "opened here", &help)
    }

    /// A sign that may not follow inside brackets: they should have ended before it, or a comma is missing.
    pub(super) fn not_closed(&self, open: usize, at: usize) -> Diagnostic {
        let bracket = one_character(self.text, open);
        let closing = if self.text[bracket.clone()].starts_with('{') { '}' } else { ']' };
        let (column, other) =
            (scan::indentation(self.text, open).len(), scan::indentation(self.text, at).len());
        let same_line = scan::line_start(self.text, open) == scan::line_start(self.text, at);
        let outside = at >= self.text.len() || (!same_line && other <= column);
        if outside {
            let finding = self.open_bracket(open);
            return match at < self.text.len() {
                true => self.with(finding, one_character(self.text, at), "still inside it here"),
                false => finding,
            };
        }
        let message = format!("a comma or `{closing}` is missing before this");
        let help =
            "separate the entries by commas; quote a text that has a colon, a comma or a bracket in it";
        let finding = self.fault(one_character(self.text, at), &message, "not expected here", help);
        self.with(finding, bracket, "inside this")
    }
}

/// The first escape of a double-quoted text that YAML does not know.
fn bad_escape(text: &str) -> Option<Range<usize>> {
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        if c != '\\' {
            continue;
        }
        let (next, escaped) = characters.next()?;
        let digits = match escaped {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ if "0abt\tnvfre \"/\\N_LP\n\r".contains(escaped) => continue,
            _ => return Some(at..next + escaped.len_utf8()),
        };
        let hex = text[next + 1..].bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
        let value = u32::from_str_radix(&text[next + 1..next + 1 + hex], 16).ok();
        if hex < digits || value.and_then(char::from_u32).is_none() {
            return Some(at..next + 1 + hex);
        }
    }
    None
}
