//! Quotients of an expression and itself.

use super::ast::{Binary, BinaryOp, Bytes, Expr, Kind};
use super::query::constant;

/// The dividend and the divisor, where the whole expression is a quotient of something and itself: below parentheses and
/// numbers that it is multiplied with or taken from, and with a guard against zero around either.
#[must_use]
pub fn whole_quotient_of_itself<'a>(text: &str, expr: &'a Expr) -> Option<(&'a Bytes, &'a Bytes)> {
    let Kind::Binary(binary) = &expr.bare().kind else { return None };
    let below = || whole_quotient_of_itself(text, without_number(binary)?);
    if binary.op != BinaryOp::Divide {
        return below();
    }
    let (left, right) = (factor(&binary.left), guarded(&binary.right));
    let same = words(text, guarded(left)) == words(text, right) && !super::selectors(right).is_empty();
    let plain = binary.matching.is_none() && binary.group.is_none();
    if same && plain { Some((&left.span, &right.span)) } else { below() }
}

/// The other operand of a number.
fn without_number(binary: &Binary) -> Option<&Expr> {
    use BinaryOp::{Divide, Multiply, Subtract};
    match (constant(&binary.left), constant(&binary.right)) {
        (Some(_), None) if matches!(binary.op, Multiply | Subtract) => Some(&binary.right),
        (None, Some(_)) if matches!(binary.op, Multiply | Divide) => Some(&binary.left),
        _ => None,
    }
}

/// What a number is multiplied with.
fn factor(expr: &Expr) -> &Expr {
    match &expr.bare().kind {
        Kind::Binary(binary) if binary.op == BinaryOp::Multiply => {
            without_number(binary).map_or(expr, factor)
        }
        _ => expr,
    }
}

/// What a comparison with a number guards, or `clamp_min`.
fn guarded(expr: &Expr) -> &Expr {
    let bare = expr.bare();
    match &bare.kind {
        Kind::Binary(guard) if guard.op.is_comparison() && guard.bool_span.is_none() => {
            if constant(&guard.right).is_some() { guarded(&guard.left) } else { bare }
        }
        Kind::Call(call) if call.name == "clamp_min" => call.args.first().map_or(bare, guarded),
        _ => bare,
    }
}

/// The text of an expression, however its lines are broken.
fn words<'a>(text: &'a str, expr: &Expr) -> Option<Vec<&'a str>> {
    text.get(expr.span.clone()).map(|text| text.split_whitespace().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_divided_by_itself_is_found() {
        let found = |text: &str| {
            whole_quotient_of_itself(text, &crate::promql::parse(text).expect("PromQL")).is_some()
        };
        for text in [
            "x / x",
            "sum(rate(x[5m])) / (sum(rate(x[5m])) > 0)",
            "100 * (sum(x) / clamp_min(sum(x), 1))",
            "100 * sum(x) / sum(x)",
            "1 - sum(x{a='b'}) / sum(x{a='b'})",
        ] {
            assert!(found(text), "{text}");
        }
        for text in [
            "x / y",
            "5 / 5",
            "sum(x{a='b'}) / sum(x)",
            "x / x offset 1h",
            "x / ignoring(a) x",
            "sum(x / x)",
            "y * (x / x)",
            "(x > bool 0) / x",
        ] {
            assert!(!found(text), "{text}");
        }
    }
}
