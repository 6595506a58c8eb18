//! The words of an expression.

use super::ast::{BinaryOp, Bytes, MatchOp};

/// What a token is; its text is found through its span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// The end of the text; always the last token unless the lexer stopped at [`TokenKind::Bad`].
    End,
    /// Letters, digits and underscores; keywords are recognized by the parser.
    Word,
    /// A metric name with a colon in it.
    Metric,
    Number,
    Duration,
    Text,
    Operator(BinaryOp),
    Match(MatchOp),
    ParenOpen,
    ParenClose,
    BraceOpen,
    BraceClose,
    BracketOpen,
    BracketClose,
    Comma,
    Colon,
    At,
    /// Something that no expression may contain, with the reason; the lexer stops there.
    Bad(String),
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Bytes,
}
