//! The parser's faults in plain words, for someone who has never seen YAML's own.

mod lines;
mod pairs;

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
        E::UnclosedFlowCollection { .. } => around.open_bracket(at),
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

    fn others(&self, at: usize, kind: &ErrorKind, error: &ScanError) -> Diagnostic {
        use ErrorKind as E;
        let place = one_character(self.text, at);
        match kind {
            E::ExpectedDocumentStart if self.text.starts_with('%') => {
                words::directive(self.file, scan::rest_of_line(self.text, 0))
            }
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
