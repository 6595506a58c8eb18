//! What may follow an operand: a range, a subquery, `offset`, `@`, `anchored` and `smoothed`.

use super::Fault;
use super::ast::{At, Bytes, Expr, Kind, Length, Modifiers, Name, Subquery, Window};
use super::parser::{MAX_HEIGHT, Parsed, Parser};
use super::token::TokenKind;

/// The largest timestamp in seconds whose milliseconds fit into 64 bits.
const LAST_TIMESTAMP: f64 = 9_223_372_036_854_775.0;

impl Parser<'_> {
    pub(super) fn postfix(&mut self) -> Parsed<Expr> {
        let mut expr = self.primary()?;
        loop {
            if *self.kind() == TokenKind::BracketOpen {
                expr = self.brackets(expr)?;
            } else if let Some(keyword) = self.eat_keyword("offset") {
                let length = self.offset_length()?;
                self.modify(&mut expr, keyword, "offset", |modifiers| {
                    modifiers.offset.replace(length).is_some()
                })?;
            } else if let Some(keyword) = self.eat(&TokenKind::At) {
                let at = self.timestamp()?;
                self.modify(&mut expr, keyword, "@", |modifiers| modifiers.at.replace(at).is_some())?;
            } else if self.is_keyword("anchored") || self.is_keyword("smoothed") {
                let text = self.word().to_ascii_lowercase();
                let span = self.advance();
                let name = Name { text, quoted: false, span: span.clone() };
                let shown = name.text.clone();
                self.modify(&mut expr, span, &shown, |modifiers| modifiers.extended.replace(name).is_some())?;
            } else {
                return Ok(expr);
            }
        }
    }

    fn brackets(&mut self, expr: Expr) -> Parsed<Expr> {
        let open = self.advance();
        if *self.kind() == TokenKind::End {
            self.close(&open, &TokenKind::BracketClose, "`]`")?;
        }
        let range = self.positive_length()?;
        if self.eat(&TokenKind::Colon).is_none() {
            let close = self.close(&open, &TokenKind::BracketClose, "`]`, or `:` for a subquery")?;
            return self.range(expr, Window { length: range, span: open.start..close.end });
        }
        let step = if *self.kind() == TokenKind::BracketClose || *self.kind() == TokenKind::End {
            None
        } else {
            Some(self.positive_length()?)
        };
        let close = self.close(&open, &TokenKind::BracketClose, "`]`")?;
        let span = expr.span.start..close.end;
        let brackets = open.start..close.end;
        let subquery = Subquery { expr, range, step, modifiers: Modifiers::default(), brackets };
        self.node(Kind::Subquery(Box::new(subquery)), span)
    }

    fn range(&self, mut expr: Expr, window: Window) -> Parsed<Expr> {
        let fault = |message: &str| Err(Fault { message: message.to_owned(), span: window.span.clone() });
        let Kind::Selector(selector) = &mut expr.kind else {
            return fault("only a selector can have a range; for a subquery write a colon: `[5m:]`");
        };
        if selector.modifiers.offset.is_some() {
            return fault("the range goes before `offset`");
        }
        if selector.modifiers.at.is_some() {
            return fault("the range goes before `@`");
        }
        if selector.range.is_some() {
            return fault("this selector already has a range");
        }
        expr.span.end = window.span.end;
        selector.core.end = window.span.end;
        selector.range = Some(window);
        Ok(expr)
    }

    /// Puts a modifier on `expr`; `set` says whether one of its kind was there before.
    fn modify(
        &self,
        expr: &mut Expr,
        keyword: Bytes,
        shown: &str,
        set: impl FnOnce(&mut Modifiers) -> bool,
    ) -> Parsed<()> {
        let end = self.last_end();
        let whole = expr.span.start..end;
        let modifiers = match &mut expr.kind {
            Kind::Selector(selector) => &mut selector.modifiers,
            Kind::Subquery(subquery) => &mut subquery.modifiers,
            _ => {
                let message = format!("`{shown}` must follow a selector or a subquery directly");
                return Err(Fault { message, span: whole });
            }
        };
        if set(modifiers) {
            return Err(Fault { message: format!("`{shown}` is given twice"), span: whole });
        }
        let start = modifiers.span.as_ref().map_or(keyword.start, |span| span.start);
        modifiers.span = Some(start..end);
        expr.span.end = end;
        Ok(())
    }

    fn timestamp(&mut self) -> Parsed<At> {
        let span = self.span();
        if self.is_keyword("start") || self.is_keyword("end") {
            self.advance();
            let open = self.expect(&TokenKind::ParenOpen, "`()`")?;
            let close = self.close(&open, &TokenKind::ParenClose, "`)`")?;
            return Ok(At { duration: false, span: span.start..close.end });
        }
        self.eat_sign();
        let duration = *self.kind() == TokenKind::Duration;
        let value = self.number("a Unix timestamp, `start()` or `end()`")?.value;
        let span = span.start..self.last_end();
        if value.is_nan() || value.abs() > LAST_TIMESTAMP {
            return Err(Fault { message: "this timestamp is out of range".to_owned(), span });
        }
        Ok(At { duration, span })
    }

    fn positive_length(&mut self) -> Parsed<Length> {
        let length = self.length(0)?;
        if length.seconds.is_some_and(|seconds| seconds <= 0.0) {
            let message = "this length of time must be greater than 0".to_owned();
            return Err(Fault { message, span: length.span });
        }
        Ok(length)
    }
}

impl Expr {
    /// Callers keep [`MAX_HEIGHT`]; a tree that is higher is refused before it grows further.
    pub(super) fn new(kind: Kind, span: Bytes) -> Self {
        let mut expr = Self { kind, span, height: 1 };
        expr.height = 1 + expr.children().map(|child| child.height).max().unwrap_or(0);
        debug_assert!(expr.height <= MAX_HEIGHT + 1, "every step adds one level");
        expr
    }
}
