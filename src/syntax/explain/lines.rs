//! Faults in how lines and values follow one another.

use super::Around;
use crate::diag::Diagnostic;
use crate::syntax::scan::{self, one_character};
use crate::syntax::words;

impl Around<'_> {
    /// A value that begins with a sign that means something else to YAML.
    pub(super) fn sign(&self, at: usize) -> Diagnostic {
        let value = scan::rest_of_line(self.text, at);
        if self.text[scan::line_start(self.text, at)..at].trim_end().ends_with([']', '}']) {
            return self.out_of_line(at);
        }
        // Brackets at the very start of a text are not told of before the fault.
        let before = &self.text[scan::line_start(self.text, at)..at];
        let brackets = before.matches(['{', '[']).count() > before.matches(['}', ']']).count();
        let value = match self.open.is_some() || brackets {
            true => at..at + self.text[value.clone()].find([',', '}', ']']).unwrap_or(value.len()),
            false => value,
        };
        let value = at..at + self.text[value].trim_end().len();
        let written = &self.text[value.clone()];
        match written.chars().next() {
            Some('>') => words::comparison(self.file, self.text, value),
            Some('|') => {
                let help = "begin the block of text on the next line, or put the value in quotes";
                self.fault(value, "after `|` the line must end", "a block of text begins here", help)
            }
            Some(sign) => {
                let sign = if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") };
                let message = format!("a value may not begin with {sign} unless it is in quotes");
                let help = format!("put it in quotes: '{}'", written.replace('\'', "''"));
                self.fault(value, &message, "this needs quotes", &help)
            }
            None => self.breaks_off(at),
        }
    }

    pub(super) fn breaks_off(&self, at: usize) -> Diagnostic {
        let place = one_character(self.text, at);
        match self.open {
            Some(open) => self.not_closed(open, at),
            None => self.fault(
                place,
                "a value is missing here",
                "nothing follows",
                "complete the line, or remove it",
            ),
        }
    }

    /// `a: b: c`, or a line that has become a part of the text above it.
    pub(super) fn second_colon(&self, colon: usize) -> Diagnostic {
        let place = one_character(self.text, colon);
        if let Some(open) = self.open {
            return self.not_closed(open, colon);
        }
        let Some(scalar) = self.scalar.clone().filter(|scalar| scalar.end <= colon && !scalar.is_empty())
        else {
            return self.fault(
                place,
                "there is no key before this colon",
                "this colon",
                "write `key: value`",
            );
        };
        let words = &self.text[scalar.clone()];
        if let Some(line) = words.find(['\n', '\r']) {
            return self.continued(scalar.start, &words[..line], colon);
        }
        let start = scan::line_start(self.text, scalar.start);
        let alone = self.text[start..scalar.start].trim_start_matches([' ', '-', '\t']).is_empty();
        if alone || scalar.start < start {
            let help = "align it with the keys that it belongs to, and keep keys under 1024 characters";
            return self.fault(place, "a key may not stand here", "this colon makes a key", help);
        }
        let value = scalar.start..scan::rest_of_line(self.text, scalar.start).end;
        let help =
            format!("put the whole value in quotes: '{}'", self.text[value.clone()].replace('\'', "''"));
        self.fault(value, "this value has a colon of its own", "a colon and a space begin a new key", &help)
    }

    pub(super) fn continued(&self, start: usize, first: &str, colon: usize) -> Diagnostic {
        let line = scan::indentation(self.text, colon).end.min(colon);
        let before = self.text[scan::line_start(self.text, start)..start].trim_end();
        if before.is_empty() || before.ends_with('-') {
            return self.keyless(start, first.trim_end());
        }
        let help =
            "align it with the key above if it is a key of its own; put the text in quotes if it is text";
        let finding = self.fault(
            line..colon,
            "this line is indented deeper than the key above it, which has a value already",
            "read as a part of the value above",
            help,
        );
        self.with(finding, start..start + first.trim_end().len(), "the value above")
    }

    pub(super) fn no_colon(&self, at: usize) -> Diagnostic {
        self.keyless(at, &self.text[scan::rest_of_line(self.text, at)])
    }

    pub(super) fn keyless(&self, at: usize, line: &str) -> Diagnostic {
        let range = at..at + line.len();
        if let Some(finding) = words::wide_colon(self.file, self.text, range.clone()) {
            return finding;
        }
        if let Some((name, value)) = line.split_once(':').filter(|(name, value)| {
            !name.contains([' ', '/'])
                && !name.is_empty()
                && !value.is_empty()
                && !value.starts_with([' ', '/'])
        }) {
            return words::no_space(self.file, range, name, value);
        }
        if let Some(item) = line.strip_prefix('-').filter(|item| !item.starts_with([' ', '-'])) {
            let help = format!("write `- {item}`");
            return self.fault(range, "there is no space after the dash", "read as one word", &help);
        }
        let message = format!("`{line}` is neither a key nor a part of the text above");
        let help =
            "if it is a key, put a colon and a space after it; if it belongs to the text above, indent it";
        self.fault(range, &message, "a colon is missing", help)
    }

    pub(super) fn list_item(&self, at: usize) -> Diagnostic {
        let place = scan::rest_of_line(self.text, at);
        let help = match self.open {
            Some(_) => "between brackets, separate items by commas and leave out the `-`",
            None => {
                "begin the list on a line of its own, or write it as `[ one, two ]`; quote it if it is text"
            }
        };
        self.fault(place, "a list item (`- `) may not stand here", "a dash and a space begin an item", help)
    }

    pub(super) fn comment(&self, at: usize) -> Diagnostic {
        let place = at..scan::line_end(self.text, at);
        let help =
            "remove the comment, or put the text in quotes or after `|`, where `#` is just a character";
        self.fault(place, "a comment cuts a text of several lines in two", "` #` begins a comment", help)
    }

    /// A line whose indentation fits nothing above it, or something left over at the end of a line.
    pub(super) fn out_of_line(&self, at: usize) -> Diagnostic {
        let rest = scan::rest_of_line(self.text, at);
        let line = scan::indentation(self.text, at).end;
        if self.last > line && self.last <= at && scan::line_start(self.text, at) <= self.last {
            let help = "put the whole value in quotes, or move the rest to a line of its own";
            return self.fault(rest, "something follows the value", "this is left over", help);
        }
        let (message, help) = match self.text[line..].starts_with("- ") {
            true => (
                "a list item stands among keys",
                "indent it below the key that it belongs to, or remove the dash",
            ),
            false => (
                "this line is indented like nothing above it",
                "give it as many spaces as the keys or items that it belongs to",
            ),
        };
        self.fault(line..rest.end.max(line), message, "its place in the order is unclear", help)
    }
}
