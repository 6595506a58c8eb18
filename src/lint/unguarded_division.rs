//! A query divides by something that can be zero.
//!
//! ## What
//! A division whose divisor is not kept from zero by the query itself, as `(… > 0)` or `clamp_min(…, 1)` would.
//!
//! ## Why
//! With no traffic both parts are zero, and `0 / 0` is a value that is no number. It is neither above nor below
//! anything, so no alert fires; and it is there, so the alert for missing data doesn't either.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   retried_share:
//!     title: Share of retried jobs
//!     unit: ratio
//!     query: sum(rate(jobs_retried_total[5m])) / sum(rate(jobs_total[5m]))
//!     normal:   { max: 5% }
//!     rollback: { above: 20% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   retried_share:
//!     title: Share of retried jobs
//!     unit: ratio
//!     query: sum(rate(jobs_retried_total[5m])) / (sum(rate(jobs_total[5m])) > 0)
//!     normal:   { max: 5% }
//!     rollback: { above: 20% }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::{BinaryOp, Expr, Kind, unguarded_divisions};
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint = Lint::new(
    "unguarded-division",
    Severity::Warning,
    include_str!("unguarded_division.rs"),
    Check::Release(check),
);

/// A longer divisor is not repeated in the advice.
const SHORT: usize = 100;

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for (metric, promql) in shared::promql(spec) {
        let divisions = unguarded_divisions(&promql.expr);
        let Some(first) = divisions.first() else { continue };
        let places = divisions.iter().map(|division| {
            let divisor = &division.binary.right;
            (promql.place(context.sources, divisor.span.clone()), "can be zero".to_owned())
        });
        let finding = LINT
            .finding(format!("the query of `{}` divides by what can be zero", metric.id.value))
            .labels(places)
            .help(help(promql.text(), &first.binary.right));
        sink.push(finding);
    }
}

/// The way out. A comparison with `bool` is 0 where it does not hold, and 1 in place of the value where it does.
fn help(text: &str, right: &Expr) -> String {
    match &right.bare().kind {
        Kind::Binary(comparison) if comparison.bool_span.is_some() => {
            let limit = match comparison.op {
                BinaryOp::Greater => divisor(text, &comparison.right),
                _ => "0".to_owned(),
            };
            format!(
                "leave `bool` out, `/ ({} > {limit})`: with it the divisor is 0 when nothing happens, and 1 otherwise",
                divisor(text, &comparison.left)
            )
        }
        _ => format!("write `/ ({} > 0)`, which has no value when nothing happens", divisor(text, right)),
    }
}

/// The divisor as its author wrote it, on one line.
fn divisor(text: &str, divisor: &Expr) -> String {
    let text = text.get(divisor.bare().span.clone()).unwrap_or("…");
    let line: Vec<_> = text.split_whitespace().collect();
    let line = line.join(" ");
    if line.len() > SHORT || line.contains('#') { "…".to_owned() } else { line }
}
