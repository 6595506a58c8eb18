//! Operands: numbers, texts, brackets, calls, aggregations and selectors.

use super::Fault;
use super::ast::{
    Aggregation, BinaryOp, Bytes, Call, Expr, Grouping, Kind, Matcher, Modifiers, Name, Number, NumberForm,
    Selector, Unary,
};
use super::functions::AGGREGATIONS;
use super::literal;
use super::parser::{POWER, Parsed, Parser};
use super::token::TokenKind;

/// Keywords that cannot start an operand, not even as a metric name.
const RESERVED: [&str; 6] = ["bool", "on", "ignoring", "group_left", "group_right", "atan2"];

/// Keywords that may be metric names but not functions.
const NO_FUNCTIONS: [&str; 6] = ["and", "or", "unless", "by", "without", "offset"];

const OPERAND: &str = "a metric, a number, a function or `(`";

impl Parser<'_> {
    pub(super) fn unary(&mut self) -> Parsed<Expr> {
        let start = self.span().start;
        let Some(minus) = self.eat_sign() else { return self.postfix() };
        let expr = self.expr(POWER)?;
        let span = start..expr.span.end;
        self.node(Kind::Unary(Box::new(Unary { minus, expr })), span)
    }

    /// `+` or `-`; gives whether it was a minus.
    pub(super) fn eat_sign(&mut self) -> Option<bool> {
        let minus = match self.kind() {
            TokenKind::Operator(BinaryOp::Add) => false,
            TokenKind::Operator(BinaryOp::Subtract) => true,
            _ => return None,
        };
        self.advance();
        Some(minus)
    }

    pub(super) fn primary(&mut self) -> Parsed<Expr> {
        match self.kind() {
            TokenKind::Number | TokenKind::Duration => {
                let start = self.span().start;
                let number = self.number("a number")?;
                self.node(Kind::Number(number), start..self.last_end())
            }
            TokenKind::Text => {
                let name = self.text("a text")?;
                self.node(Kind::Text(name.text), name.span)
            }
            TokenKind::ParenOpen => self.paren(),
            TokenKind::BraceOpen => self.selector(None),
            TokenKind::Metric => self.named_selector(),
            TokenKind::Word => self.word_operand(),
            _ => Err(self.unexpected(OPERAND)),
        }
    }

    /// A number token, also `Inf`, `NaN` and a duration.
    pub(super) fn number(&mut self, expected: &str) -> Parsed<Number> {
        let word = self.word();
        let (value, form) = match self.kind() {
            TokenKind::Number | TokenKind::Word if word.contains('_') => {
                (literal::number(word), NumberForm::Underscored)
            }
            TokenKind::Number | TokenKind::Word => (literal::number(word), NumberForm::Plain),
            TokenKind::Duration => (literal::duration(word), NumberForm::Duration),
            _ => (None, NumberForm::Plain),
        };
        let value = value.ok_or_else(|| self.unexpected(expected))?;
        self.advance();
        Ok(Number { value, form })
    }

    /// A quoted text without its quotes.
    fn text(&mut self, expected: &str) -> Parsed<Name> {
        if *self.kind() != TokenKind::Text {
            return Err(self.unexpected(expected));
        }
        let text = literal::unquote(self.word()).map_err(|message| self.fault(message))?;
        Ok(Name { text, quoted: true, span: self.advance() })
    }

    fn paren(&mut self) -> Parsed<Expr> {
        let open = self.advance();
        let inner = self.expr(0)?;
        let close = self.close(&open, &TokenKind::ParenClose, "an operator or `)`")?;
        self.node(Kind::Paren(Box::new(inner)), open.start..close.end)
    }

    fn word_operand(&mut self) -> Parsed<Expr> {
        let word = self.word();
        let is_one_of = |names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
        if let Some(op) = self.aggregation_ahead() {
            return self.aggregation(op);
        }
        if is_one_of(&RESERVED) {
            return Err(self.unexpected(OPERAND));
        }
        if *self.kind_after(1) == TokenKind::ParenOpen {
            return if is_one_of(&NO_FUNCTIONS) { Err(self.unexpected(OPERAND)) } else { self.call() };
        }
        if is_one_of(&["inf", "nan"]) {
            let start = self.span().start;
            let number = self.number("a number")?;
            return self.node(Kind::Number(number), start..self.last_end());
        }
        self.named_selector()
    }

    fn call(&mut self) -> Parsed<Expr> {
        let name = self.word().to_owned();
        let name_span = self.advance();
        let args = self.args()?;
        let span = name_span.start..self.last_end();
        self.node(Kind::Call(Call { name, name_span, args }), span)
    }

    fn args(&mut self) -> Parsed<Vec<Expr>> {
        let open = self.expect(&TokenKind::ParenOpen, "`(`")?;
        let mut args = Vec::new();
        if self.eat(&TokenKind::ParenClose).is_some() {
            return Ok(args);
        }
        if *self.kind() == TokenKind::End {
            self.close(&open, &TokenKind::ParenClose, "`)`")?;
        }
        loop {
            args.push(self.expr(0)?);
            let Some(comma) = self.eat(&TokenKind::Comma) else {
                self.close(&open, &TokenKind::ParenClose, "`,` or `)`")?;
                return Ok(args);
            };
            if *self.kind() == TokenKind::ParenClose {
                let message = "expected another argument after this comma".to_owned();
                return Err(Fault { message, span: comma });
            }
        }
    }

    /// The aggregation that starts at the current word; the same word alone is a metric name.
    fn aggregation_ahead(&self) -> Option<&'static str> {
        let op = AGGREGATIONS.iter().find(|op| op.eq_ignore_ascii_case(self.word()))?;
        let next = self.text_after(1);
        let grouped = next.eq_ignore_ascii_case("by") || next.eq_ignore_ascii_case("without");
        let called = *self.kind_after(usize::from(grouped) + 1) == TokenKind::ParenOpen;
        called.then_some(*op)
    }

    fn aggregation(&mut self, op: &'static str) -> Parsed<Expr> {
        let op_span = self.advance();
        let before = self.grouping("by", "without")?;
        let mut args = self.args()?;
        let grouping = if before.is_some() { before } else { self.grouping("by", "without")? };
        let span = op_span.start..self.last_end();
        let wanted = if super::functions::takes_parameter(op) { 2 } else { 1 };
        let found = args.len();
        match args.pop() {
            Some(expr) if found == wanted => {
                let aggregation = Aggregation { op, op_span, grouping, param: args.pop(), expr };
                self.node(Kind::Aggregation(Box::new(aggregation)), span)
            }
            _ => {
                let plural = if wanted == 1 { "" } else { "s" };
                let message = format!("`{op}` takes {wanted} argument{plural}, not {found}");
                Err(Fault { message, span })
            }
        }
    }

    /// `keep (labels)` or `drop (labels)`, if it is there.
    pub(super) fn grouping(&mut self, keep: &str, drop: &str) -> Parsed<Option<Grouping>> {
        let excludes = self.is_keyword(drop);
        if !excludes && !self.is_keyword(keep) {
            return Ok(None);
        }
        let start = self.advance().start;
        let labels = self.labels()?;
        Ok(Some(Grouping { excludes, labels, span: start..self.last_end() }))
    }

    pub(super) fn labels(&mut self) -> Parsed<Vec<Name>> {
        let open = self.expect(&TokenKind::ParenOpen, "`(` and labels")?;
        let mut labels = Vec::new();
        while self.eat(&TokenKind::ParenClose).is_none() {
            if *self.kind() == TokenKind::End {
                self.close(&open, &TokenKind::ParenClose, "`)`")?;
            }
            labels.push(self.label()?);
            if self.eat(&TokenKind::Comma).is_none() && *self.kind() != TokenKind::ParenClose {
                self.close(&open, &TokenKind::ParenClose, "`,` or `)`")?;
            }
        }
        Ok(labels)
    }

    fn label(&mut self) -> Parsed<Name> {
        // The only keyword that Prometheus does not take for a label is `without`.
        let reserved = literal::number(self.word()).is_some() || self.is_keyword("without");
        match self.kind() {
            TokenKind::Word | TokenKind::Metric if !reserved => {
                Ok(Name { text: self.word().to_owned(), quoted: false, span: self.advance() })
            }
            TokenKind::Text => {
                let name = self.text("a label")?;
                if name.text.is_empty() {
                    return Err(Fault { message: "a label needs a name".to_owned(), span: name.span });
                }
                Ok(name)
            }
            _ => Err(self.unexpected("a label")),
        }
    }

    fn named_selector(&mut self) -> Parsed<Expr> {
        let text = self.word().to_owned();
        let span = self.advance();
        self.selector(Some(Name { text, quoted: false, span }))
    }

    fn selector(&mut self, name: Option<Name>) -> Parsed<Expr> {
        let start = name.as_ref().map_or(self.span().start, |name| name.span.start);
        let mut selector = Selector {
            name,
            matchers: Vec::new(),
            braces: None,
            range: None,
            modifiers: Modifiers::default(),
            core: start..start,
        };
        if let Some(open) = self.eat(&TokenKind::BraceOpen) {
            self.matchers(&open, &mut selector)?;
            selector.braces = Some(open.start..self.last_end());
        }
        let span = start..self.last_end();
        selector.core = span.clone();
        self.node(Kind::Selector(Box::new(selector)), span)
    }

    fn matchers(&mut self, open: &Bytes, selector: &mut Selector) -> Parsed<()> {
        while self.eat(&TokenKind::BraceClose).is_none() {
            self.matcher(open, selector)?;
            if self.eat(&TokenKind::Comma).is_none() && *self.kind() != TokenKind::BraceClose {
                self.close(open, &TokenKind::BraceClose, "`,` or `}`")?;
            }
        }
        Ok(())
    }

    /// One matcher, or the metric name in quotes.
    fn matcher(&mut self, open: &Bytes, selector: &mut Selector) -> Parsed<()> {
        let label = match self.kind() {
            TokenKind::Word => Name { text: self.word().to_owned(), quoted: false, span: self.advance() },
            TokenKind::Text => self.text("a label")?,
            TokenKind::End => return self.close(open, &TokenKind::BraceClose, "`}`").map(drop),
            _ => return Err(self.unexpected("a label or `}`")),
        };
        let op = match self.kind() {
            TokenKind::Match(op) => *op,
            TokenKind::Comma | TokenKind::BraceClose if label.quoted => return set_name(selector, label),
            TokenKind::End => return self.close(open, &TokenKind::BraceClose, "`}`").map(drop),
            _ => return Err(self.unexpected("`=`, `!=`, `=~` or `!~`")),
        };
        self.advance();
        let value = self.text("a text in quotes")?;
        let span = label.span.start..value.span.end;
        selector.matchers.push(Matcher { label, op, value: value.text, value_span: value.span, span });
        Ok(())
    }
}

fn set_name(selector: &mut Selector, name: Name) -> Parsed<()> {
    let message = match &selector.name {
        Some(first) => format!("this selector already has the metric name `{}`", first.text),
        None if name.text.is_empty() => "a metric name cannot be empty".to_owned(),
        None => {
            selector.name = Some(name);
            return Ok(());
        }
    };
    Err(Fault { message, span: name.span })
}
