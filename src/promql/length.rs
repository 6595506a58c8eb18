//! Lengths of time, which newer versions can calculate: `[5m]`, `[300]`, `[2 * step()]`, `offset -(1h / 2)`.

use super::Fault;
use super::ast::{BinaryOp, Length, LengthForm};
use super::literal::LONGEST;
use super::parser::{Parsed, Parser};
use super::token::TokenKind;

const EXPECTED: &str = "a duration such as `5m`";
const PRODUCT: u8 = 2;

impl Parser<'_> {
    /// The length after `offset`: operators after it only belong to it inside parentheses.
    pub(super) fn offset_length(&mut self) -> Parsed<Length> {
        let start = self.span().start;
        let Some(minus) = self.eat_sign() else { return self.length_operand() };
        let length = self.length_operand()?;
        Ok(signed(length, minus, start))
    }

    /// A length between brackets whose operators all bind at least as strongly as `minimum`.
    pub(super) fn length(&mut self, minimum: u8) -> Parsed<Length> {
        self.nested(|parser| {
            let mut left = parser.length_unary()?;
            while let Some((op, strength)) = parser.length_op().filter(|(_, strength)| *strength >= minimum) {
                let sign = parser.advance();
                let right = parser.length(if op == BinaryOp::Power { strength } else { strength + 1 })?;
                if right.seconds == Some(0.0) && matches!(op, BinaryOp::Divide | BinaryOp::Modulo) {
                    return Err(Fault { message: "this divides by zero".to_owned(), span: sign });
                }
                left = combined(&left, op, &right);
            }
            Ok(left)
        })
    }

    fn length_op(&self) -> Option<(BinaryOp, u8)> {
        let TokenKind::Operator(op) = self.kind() else { return None };
        let strength = match op {
            BinaryOp::Add | BinaryOp::Subtract => 1,
            BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => PRODUCT,
            BinaryOp::Power => 3,
            _ => return None,
        };
        Some((*op, strength))
    }

    fn length_unary(&mut self) -> Parsed<Length> {
        let start = self.span().start;
        let Some(minus) = self.eat_sign() else { return self.length_operand() };
        let mut operand = self.length(PRODUCT + 1)?;
        operand.form = operand.form.max(LengthForm::Signed);
        Ok(signed(operand, minus, start))
    }

    fn length_operand(&mut self) -> Parsed<Length> {
        let span = self.span();
        match self.kind() {
            TokenKind::ParenOpen => {
                let open = self.advance();
                let inner = self.length(0)?;
                let close = self.close(&open, &TokenKind::ParenClose, "an operator or `)`")?;
                let form = inner.form.max(LengthForm::Arithmetic);
                Ok(Length { seconds: inner.seconds, form, span: open.start..close.end })
            }
            TokenKind::Word if *self.kind_after(1) == TokenKind::ParenOpen => self.length_call(),
            TokenKind::Number | TokenKind::Duration => {
                let plain = *self.kind() == TokenKind::Duration;
                let seconds = self.number(EXPECTED)?.value;
                if !seconds.is_finite() || seconds > LONGEST {
                    return Err(Fault { message: "this length of time is too large".to_owned(), span });
                }
                let form = if plain { LengthForm::Duration } else { LengthForm::Number };
                Ok(Length { seconds: Some(seconds), form, span })
            }
            _ => Err(self.unexpected(EXPECTED)),
        }
    }

    fn length_call(&mut self) -> Parsed<Length> {
        let bounds: Option<fn(f64, f64) -> f64> = match self.word().to_ascii_lowercase().as_str() {
            "step" | "range" => None,
            "min_of" => Some(f64::min),
            "max_of" => Some(f64::max),
            _ => return Err(self.unexpected("a duration, `step()` or `range()`")),
        };
        let step = self.is_keyword("step");
        let start = self.advance().start;
        let open = self.advance();
        let (mut seconds, mut form) = (None, if step { LengthForm::Step } else { LengthForm::QueryRange });
        if let Some(pick) = bounds {
            let left = self.length(0)?;
            self.expect(&TokenKind::Comma, "`,`")?;
            let right = self.length(0)?;
            seconds = left.seconds.zip(right.seconds).map(|(left, right)| pick(left, right));
            form = LengthForm::Bounded;
        }
        let close = self.close(&open, &TokenKind::ParenClose, "`)`")?;
        Ok(Length { seconds, form, span: start..close.end })
    }
}

/// A sign before a plain length is as old as `offset`; before anything else it is arithmetic anyway.
fn signed(length: Length, minus: bool, start: usize) -> Length {
    let seconds = length.seconds.map(|seconds| if minus { -seconds } else { seconds });
    Length { seconds, form: length.form, span: start..length.span.end }
}

fn combined(left: &Length, op: BinaryOp, right: &Length) -> Length {
    let calculate = |(left, right): (f64, f64)| match op {
        BinaryOp::Add => left + right,
        BinaryOp::Subtract => left - right,
        BinaryOp::Multiply => left * right,
        BinaryOp::Divide => left / right,
        BinaryOp::Modulo => left % right,
        _ => left.powf(right),
    };
    Length {
        seconds: left.seconds.zip(right.seconds).map(calculate),
        form: left.form.max(right.form).max(LengthForm::Arithmetic),
        span: left.span.start..right.span.end,
    }
}
