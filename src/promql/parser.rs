//! Operators and their precedence, and what all parts of the parser share.

use super::ast::{Binary, BinaryOp, Bytes, Expr, Group, Grouping, Kind, Name};
use super::token::{Token, TokenKind};
use super::{Fault, lexer, types};

/// How many nodes a tree may be high. More is refused, so that nothing that walks a tree can run out of stack.
pub const MAX_HEIGHT: usize = 400;

/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 64 * 1024;

/// How many brackets, calls and signs may be nested; every level costs several frames of the parser's stack.
const MAX_NESTING: usize = 100;

/// Reads an expression of the newest known grammar, experimental parts included.
///
/// # Errors
/// The first syntax error, or else every type error.
pub fn parse(text: &str) -> Result<Expr, Vec<Fault>> {
    if text.len() > MAX_TEXT {
        let message = format!("an expression has at most {MAX_TEXT} bytes, this one has {}", text.len());
        return Err(vec![Fault { message, span: 0..0 }]);
    }
    let mut parser = Parser { text, tokens: lexer::tokens(text), at: 0, depth: 0 };
    let expr = parser.whole().map_err(|fault| vec![fault])?;
    let faults = types::check(&expr);
    if faults.is_empty() { Ok(expr) } else { Err(faults) }
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

pub(super) type Parsed<T> = Result<T, Fault>;

const END: Token = Token { kind: TokenKind::End, span: 0..0 };

impl<'a> Parser<'a> {
    fn whole(&mut self) -> Parsed<Expr> {
        if *self.kind() == TokenKind::End {
            return Err(Fault {
                message: "there is no expression here".to_owned(),
                span: 0..self.text.len(),
            });
        }
        let expr = self.expr(0)?;
        match self.kind() {
            TokenKind::End => Ok(expr),
            TokenKind::ParenClose => Err(self.fault("this `)` closes nothing")),
            _ => Err(self.unexpected("an operator or the end of the expression")),
        }
    }

    fn token(&self, ahead: usize) -> &Token {
        self.tokens.get(self.at + ahead).or(self.tokens.last()).unwrap_or(&END)
    }

    pub(super) fn kind(&self) -> &TokenKind {
        &self.token(0).kind
    }

    pub(super) fn kind_after(&self, ahead: usize) -> &TokenKind {
        &self.token(ahead).kind
    }

    pub(super) fn span(&self) -> Bytes {
        self.token(0).span.clone()
    }

    pub(super) fn text_after(&self, ahead: usize) -> &'a str {
        self.text.get(self.token(ahead).span.clone()).unwrap_or("")
    }

    pub(super) fn word(&self) -> &'a str {
        self.text_after(0)
    }

    /// Steps over the current token and gives its place.
    pub(super) fn advance(&mut self) -> Bytes {
        let span = self.span();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        span
    }

    /// Where the token before the current one ended.
    pub(super) fn last_end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.span.end)
    }

    pub(super) fn eat(&mut self, kind: &TokenKind) -> Option<Bytes> {
        (self.kind() == kind).then(|| self.advance())
    }

    pub(super) fn expect(&mut self, kind: &TokenKind, expected: &str) -> Parsed<Bytes> {
        self.eat(kind).ok_or_else(|| self.unexpected(expected))
    }

    /// The closing bracket that belongs to `open`; when the text ends without it, `open` is what is wrong.
    pub(super) fn close(&mut self, open: &Bytes, kind: &TokenKind, expected: &str) -> Parsed<Bytes> {
        if *self.kind() == TokenKind::End {
            let bracket = self.text.get(open.clone()).unwrap_or("");
            return Err(Fault { message: format!("this `{bracket}` is never closed"), span: open.clone() });
        }
        self.expect(kind, expected)
    }

    pub(super) fn is_keyword(&self, keyword: &str) -> bool {
        *self.kind() == TokenKind::Word && self.word().eq_ignore_ascii_case(keyword)
    }

    pub(super) fn eat_keyword(&mut self, keyword: &str) -> Option<Bytes> {
        self.is_keyword(keyword).then(|| self.advance())
    }

    /// A fault at the current token.
    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        Fault { message: message.into(), span: self.span() }
    }

    pub(super) fn unexpected(&self, expected: &str) -> Fault {
        match self.kind() {
            TokenKind::Bad(reason) => self.fault(reason.clone()),
            TokenKind::End => self.fault(format!("expected {expected}, but the expression ends here")),
            _ => self.fault(format!("expected {expected}, found `{}`", shorten(self.word()))),
        }
    }

    /// Runs `parse` one level deeper.
    pub(super) fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_NESTING {
            return Err(self.fault(format!("expressions can be nested at most {MAX_NESTING} levels deep")));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    /// An expression of `kind`, unless that makes the tree too high.
    pub(super) fn node(&self, kind: Kind, span: Bytes) -> Parsed<Expr> {
        let expr = Expr::new(kind, span);
        if expr.height > MAX_HEIGHT {
            let message = format!("an expression can have at most {MAX_HEIGHT} operators in a row");
            return Err(Fault { message, span: expr.span });
        }
        Ok(expr)
    }

    /// An expression whose operators all bind at least as strongly as `minimum`.
    pub(super) fn expr(&mut self, minimum: u8) -> Parsed<Expr> {
        self.nested(|parser| {
            let mut left = parser.unary()?;
            while let Some((op, strength)) = parser.binary_op().filter(|(_, strength)| *strength >= minimum) {
                left = parser.binary(left, op, strength)?;
            }
            Ok(left)
        })
    }

    fn binary_op(&self) -> Option<(BinaryOp, u8)> {
        let op = match self.kind() {
            TokenKind::Operator(op) => *op,
            TokenKind::Word => [BinaryOp::Or, BinaryOp::And, BinaryOp::Unless, BinaryOp::Atan2]
                .into_iter()
                .find(|op| self.word().eq_ignore_ascii_case(op.symbol()))?,
            _ => return None,
        };
        Some((op, strength(op)))
    }

    fn binary(&mut self, left: Expr, op: BinaryOp, strength: u8) -> Parsed<Expr> {
        let op_span = self.advance();
        let bool_span = self.eat_keyword("bool");
        let (matching, group) = self.matching()?;
        let fills = self.fills()?;
        let right = self.expr(if op == BinaryOp::Power { strength } else { strength + 1 })?;
        let span = left.span.start..right.span.end;
        let binary = Binary { op, op_span, left, right, bool_span, matching, group, fills };
        self.node(Kind::Binary(Box::new(binary)), span)
    }

    fn matching(&mut self) -> Parsed<(Option<Grouping>, Option<Group>)> {
        let Some(matching) = self.grouping("on", "ignoring")? else { return Ok((None, None)) };
        let left = self.is_keyword("group_left");
        if !left && !self.is_keyword("group_right") {
            return Ok((Some(matching), None));
        }
        let start = self.advance().start;
        let include = if *self.kind() == TokenKind::ParenOpen { self.labels()? } else { Vec::new() };
        Ok((Some(matching), Some(Group { left, include, span: start..self.last_end() })))
    }

    fn fills(&mut self) -> Parsed<Vec<Name>> {
        let mut fills = Vec::new();
        while fills.len() < 2 && *self.kind_after(1) == TokenKind::ParenOpen {
            let Some(keyword) = ["fill", "fill_left", "fill_right"].into_iter().find(|k| self.is_keyword(k))
            else {
                break;
            };
            let span = self.advance();
            let open = self.advance();
            self.eat_sign();
            self.number("the number that stands for missing samples")?;
            self.close(&open, &TokenKind::ParenClose, "`)`")?;
            fills.push(Name { text: keyword.to_owned(), quoted: false, span });
        }
        Ok(fills)
    }
}

fn strength(op: BinaryOp) -> u8 {
    use BinaryOp as Op;
    match op {
        Op::Or => 1,
        Op::And | Op::Unless => 2,
        Op::Add | Op::Subtract => 4,
        Op::Multiply | Op::Divide | Op::Modulo | Op::Atan2 | Op::TrimUpper | Op::TrimLower => 5,
        Op::Power => POWER,
        _ => 3,
    }
}

/// How strongly `^` binds; a sign binds weaker than it and stronger than everything else.
pub(super) const POWER: u8 = 6;

fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
