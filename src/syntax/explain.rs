//! The parser's faults in plain words, for someone who has never seen YAML's own.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::scan::{self, fault, one_character};
use super::words;
use crate::diag::{Diagnostic, Label};
use crate::source::{FileId, Span};

/// What was read before the fault.
pub(super) struct Around<'a> {
    pub text: &'a str,
    pub file: FileId,
    /// Where the last event ended.
    pub last: usize,
    /// The last scalar.
    pub scalar: Option<Range<usize>>,
    /// The innermost opening bracket that waits for its closing one.
    pub open: Option<usize>,
}

/// The finding for a fault at which the parser stopped.
pub(super) fn explain(around: &Around<'_>, error: &ScanError) -> Diagnostic {
    use ErrorKind as E;
    let at = scan::boundary(around.text, error.marker().byte_offset().unwrap_or(0));
    if let Some(tab) = around.tab(at, error.kind()) {
        return words::tab_at(around.file, tab);
    }
    match error.kind() {
        E::RecursionLimitExceeded => words::too_deep(around.file, one_character(around.text, at)),
        E::InvalidBlockScalarHeader | E::UnexpectedCharacter { .. } | E::UnexpectedEofBlockMapping => {
            around.sign(at)
        }
        E::ZeroBlockScalarIndent | E::PlainScalarStartsWithDashFlowIndicator => around.sign(at),
        E::MissingAnchorOrAliasName | E::MappingKeyNotAllowed | E::ExpectedNodeContent => around.sign(at),
        E::UndeclaredTagHandle | E::ExpectedTagBang | E::InvalidTagTerminator | E::UnclosedVerbatimTag => {
            let length = around.text[at..].find(char::is_whitespace).unwrap_or(around.text.len() - at);
            words::tag(around.file, around.text, at..at + length)
        }
        E::MappingValueNotAllowed => around.second_colon(at),
        E::SimpleKeyExpected => around.no_colon(at),
        E::InvalidQuotedScalarIndent | E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => {
            around.open_quote(at)
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => around.after_quote(at),
        E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape | E::InvalidUnicodeEscape => {
            around.escape(at)
        }
        E::MisplacedFlowCollectionEnd => around.closes_nothing(at),
        E::MismatchedFlowCollectionEnd { open, close } => around.wrong_bracket(at, *open, *close),
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => around.list_item(at),
        E::CommentInterceptedScalar | E::CommentNotSeparated => around.comment(at),
        E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry | E::InvalidIndentation
            if around.open.is_none() =>
        {
            around.out_of_line(at)
        }
        kind => around.others(at, kind, error),
    }
}

impl Around<'_> {
    fn fault(&self, range: Range<usize>, message: &str, label: &str, help: &str) -> Diagnostic {
        fault(self.file, range, message, label, help)
    }

    fn with(&self, mut finding: Diagnostic, range: Range<usize>, text: &str) -> Diagnostic {
        finding.labels.push(Label { span: Span::new(self.file, range), text: text.to_owned() });
        finding
    }

    /// A tab that indents the line of the fault, or the next one: it is the cause, whatever the parser says.
    fn tab(&self, at: usize, kind: &ErrorKind) -> Option<usize> {
        use ErrorKind as E;
        let names_tab = matches!(
            kind,
            E::TabNotAllowed
                | E::TabInBlockIndentation
                | E::TabInIndentation
                | E::TabInPlainScalar
                | E::TabAtBlockScalarStart
        );
        let in_line = |at: usize| {
            let blanks = scan::indentation(self.text, at);
            self.text[blanks.clone()].find('\t').map(|tab| blanks.start + tab)
        };
        let next = (scan::line_end(self.text, at) + 1).min(self.text.len());
        let next = if self.text.is_char_boundary(next) { next } else { at };
        if names_tab {
            let anywhere = self.text[at..].find('\t').map(|tab| at + tab);
            return in_line(at).or_else(|| in_line(next)).or(anywhere);
        }
        if self.open.is_some() || matches!(kind, E::RecursionLimitExceeded) { None } else { in_line(at) }
    }

    /// A value that begins with a sign that means something else to YAML.
    fn sign(&self, at: usize) -> Diagnostic {
        let value = scan::rest_of_line(self.text, at);
        let value = match self.open {
            Some(_) => at..at + self.text[value.clone()].find([',', '}', ']']).unwrap_or(value.len()),
            None => value,
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
                let message = format!("a value may not begin with `{sign}` unless it is in quotes");
                let help = format!("put it in quotes: '{}'", written.replace('\'', "''"));
                self.fault(value, &message, "this needs quotes", &help)
            }
            None => self.breaks_off(at),
        }
    }

    fn breaks_off(&self, at: usize) -> Diagnostic {
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
    fn second_colon(&self, colon: usize) -> Diagnostic {
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

    fn continued(&self, start: usize, first: &str, colon: usize) -> Diagnostic {
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

    fn no_colon(&self, at: usize) -> Diagnostic {
        self.keyless(at, &self.text[scan::rest_of_line(self.text, at)])
    }

    fn keyless(&self, at: usize, line: &str) -> Diagnostic {
        let range = at..at + line.len();
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

    fn opening_quote(&self) -> Option<usize> {
        let at = scan::next_value(self.text, self.last);
        self.text[at..].starts_with(['"', '\'']).then_some(at)
    }

    fn open_quote(&self, at: usize) -> Diagnostic {
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

    fn after_quote(&self, at: usize) -> Diagnostic {
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

    fn escape(&self, at: usize) -> Diagnostic {
        let place = bad_escape(&self.text[at..]).map_or(at..at, |range| at + range.start..at + range.end);
        let message = format!("`{}` means nothing inside double quotes", &self.text[place.clone()]);
        let help =
            "write \\\\ for a backslash, or use single quotes, in which a backslash is just a backslash";
        self.fault(place, &message, "a backslash begins an escape", help)
    }

    fn closes_nothing(&self, at: usize) -> Diagnostic {
        let place = one_character(self.text, at);
        let message = format!("`{}` closes nothing", &self.text[place.clone()]);
        let help =
            "remove it, or open the list or mapping before it; if it is text, put the whole value in quotes";
        self.fault(place, &message, "no bracket is open here", help)
    }

    fn wrong_bracket(&self, open: usize, opening: char, closing: char) -> Diagnostic {
        let message = format!("`{opening}` is closed by `{closing}`");
        let right = if opening == '{' { '}' } else { ']' };
        let help = format!("close it with `{right}`");
        let finding = self.fault(one_character(self.text, open), &message, "opened here", &help);
        match self.text.get(self.last..).and_then(|rest| rest.find(closing)) {
            Some(at) => self.with(finding, one_character(self.text, self.last + at), "closed here"),
            None => finding,
        }
    }

    fn list_item(&self, at: usize) -> Diagnostic {
        let place = scan::rest_of_line(self.text, at);
        let help = match self.open {
            Some(_) => "between brackets, separate items by commas and leave out the `-`",
            None => {
                "begin the list on a line of its own, or write it as `[ one, two ]`; quote it if it is text"
            }
        };
        self.fault(place, "a list item (`- `) may not stand here", "a dash and a space begin an item", help)
    }

    fn comment(&self, at: usize) -> Diagnostic {
        let place = at..scan::line_end(self.text, at);
        let help =
            "remove the comment, or put the text in quotes or after `|`, where `#` is just a character";
        self.fault(place, "a comment cuts a text of several lines in two", "` #` begins a comment", help)
    }

    /// A line whose indentation fits nothing above it, or something left over at the end of a line.
    fn out_of_line(&self, at: usize) -> Diagnostic {
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

    fn not_closed(&self, open: usize, at: usize) -> Diagnostic {
        let bracket = one_character(self.text, open);
        let closing = if self.text[bracket.clone()].starts_with('{') { '}' } else { ']' };
        let (column, other) =
            (scan::indentation(self.text, open).len(), scan::indentation(self.text, at).len());
        let same_line = scan::line_start(self.text, open) == scan::line_start(self.text, at);
        let outside = at >= self.text.len() || (!same_line && other <= column);
        let written = &self.text[bracket.clone()];
        if outside {
            let message = format!("`{written}` is not closed");
            let finding =
                self.fault(bracket, &message, "opened here", &format!("write `{closing}` where it ends"));
            return if at < self.text.len() {
                self.with(finding, one_character(self.text, at), "still inside it here")
            } else {
                finding
            };
        }
        let message = format!("a comma or `{closing}` is missing before this");
        let help =
            "separate the entries by commas; quote a text that has a colon, a comma or a bracket in it";
        let finding = self.fault(one_character(self.text, at), &message, "not expected here", help);
        self.with(finding, bracket, "inside this")
    }

    fn others(&self, at: usize, kind: &ErrorKind, error: &ScanError) -> Diagnostic {
        use ErrorKind as E;
        let place = one_character(self.text, at);
        match kind {
            E::ExpectedDocumentStart | E::InvalidDocumentEnd => self.fault(
                scan::rest_of_line(self.text, at),
                "something follows the end of the document",
                "this is left over",
                "remove it, or make it a part of what stands above",
            ),
            E::BomInsideDocument => {
                self.fault(place, "an invisible byte-order mark stands here", "here", "remove it")
            }
            E::InvalidBlockScalarIndent => self.fault(
                place,
                "the number after `|` or `>` asks for more spaces than this line has",
                "too few spaces",
                "remove the number, and indent all lines of the text alike",
            ),
            _ if directive(kind) => words::directive(self.file, scan::rest_of_line(self.text, at)),
            _ => match self.open {
                Some(open) => self.not_closed(open, at),
                None => self.fault(
                    place,
                    &format!("this is not valid YAML: {}", error.info()),
                    "the fault is found here",
                    "check quotes, brackets and spaces here and in the line above",
                ),
            },
        }
    }
}

fn directive(kind: &ErrorKind) -> bool {
    use ErrorKind as E;
    matches!(
        kind,
        E::DuplicateVersionDirective
            | E::UnsupportedYamlMajorVersion
            | E::DuplicateTagDirective
            | E::MissingDocumentEndBeforeDirective
            | E::ExpectedTagDirectiveBang
            | E::InvalidDirectiveTerminator
            | E::MissingYamlVersionSeparator
            | E::MissingDirectiveName
            | E::InvalidDirectiveName
            | E::DirectiveByteLimitExceeded { .. }
            | E::YamlVersionTooLong
            | E::MissingYamlVersion
            | E::InvalidTagDirectiveTerminator
    )
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
