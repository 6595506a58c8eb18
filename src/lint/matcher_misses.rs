//! A matcher matches something else than it seems to.
//!
//! ## What
//! `=` or `!=` with a pattern (`code="5.."`, `method="GET|PUT"`); `=~` or `!~` with a `^` or `$` at one end of a plain text; an
//! `le` that is no number; or a value with a blank at one of its ends.
//!
//! ## Why
//! `=` compares the text as it stands. A pattern is matched against the whole value: `^5` matches 5 and not 500. Such a matcher
//! takes no series at all, or with `!=` and `!~` every one, and Prometheus says nothing about it: there are no failures for
//! ever.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code="5.."}', total: http_requests_total }
//!     min_events: 200
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     min_events: 200
//!     normal:   { max: 1% }
//!     rollback: { above: 5% }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Severity, Sink};
use crate::promql::{self, MatchOp, Matcher, quote};
use crate::spec::Spec;

/// The lint.
pub static LINT: Lint =
    Lint::new("matcher-misses", Severity::Warning, include_str!("matcher_misses.rs"), Check::Release(check));

/// Labels whose values are often patterns themselves, of a router.
const ROUTES: [&str; 12] = [
    "route",
    "path",
    "handler",
    "uri",
    "url",
    "pattern",
    "endpoint",
    "view",
    "regex",
    "expression",
    "rule",
    "template",
];

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    for (metric, promql) in shared::promql(spec) {
        let selectors = promql::selectors(&promql.expr);
        for matcher in selectors.into_iter().flat_map(|selector| &selector.matchers) {
            let Some((label, help)) = fault(matcher) else { continue };
            sink.push(
                LINT.finding(format!(
                    "a matcher on `{}` in `{}` matches something else than it seems to",
                    matcher.label.text, metric.id.value
                ))
                .label(promql.place(context.sources, matcher.span.clone()), label)
                .help(help),
            );
        }
    }
}

/// What a matcher does in truth, and the way out.
fn fault(matcher: &Matcher) -> Option<(String, String)> {
    let (label, value) = (&matcher.label.text, &matcher.value);
    let is_text = matches!(matcher.op, MatchOp::Equal | MatchOp::NotEqual);
    let trimmed = value.trim();
    if trimmed != value && !trimmed.is_empty() {
        let help = format!("write `{label}{}{}`", matcher.op.symbol(), quote(trimmed));
        return Some(("its value begins or ends with a blank".to_owned(), help));
    }
    if is_text && label == "le" && !value.is_empty() && value.parse::<f64>().is_err() {
        let help =
            "write the bound as the series has it: a number in the unit of the histogram, such as `0.4`";
        return Some(("a bound of a bucket is a number".to_owned(), help.to_owned()));
    }
    if is_text && is_pattern(label, value) {
        let op = if matcher.op == MatchOp::Equal { "=~" } else { "!~" };
        return Some((
            "compares the text as it stands".to_owned(),
            format!("write `{label}{op}{}`", quote(value)),
        ));
    }
    let plain = half_anchored(value).filter(|_| !is_text)?;
    let open = if value.starts_with('^') { format!("{plain}.*") } else { format!(".*{plain}") };
    let help = format!(
        "write `{label}{}{}`, since a pattern is matched against the whole value",
        matcher.op.symbol(),
        quote(&open)
    );
    Some((format!("matches `{plain}` alone"), help))
}

/// Whether a text is a pattern beyond doubt.
fn is_pattern(label: &str, value: &str) -> bool {
    if value.starts_with(['/', '^']) || ROUTES.iter().any(|route| label.ends_with(route)) {
        return false;
    }
    let any = [".*", ".+", "[0-9]", "\\d"].iter().any(|part| value.contains(part));
    let digits = value.strip_suffix("..").is_some_and(|first| matches!(first, "1" | "2" | "3" | "4" | "5"));
    let bare = value.strip_prefix('(').and_then(|value| value.strip_suffix(')')).unwrap_or(value);
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    any || digits || (bare.contains('|') && bare.split('|').all(word))
}

/// The plain text behind `^` or before `$`, where only one of the two stands.
fn half_anchored(pattern: &str) -> Option<&str> {
    let plain = match (pattern.strip_prefix('^'), pattern.strip_suffix('$')) {
        (Some(rest), None) | (None, Some(rest)) => rest,
        _ => return None,
    };
    let literal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | ':');
    (!plain.is_empty() && plain.chars().all(literal)).then_some(plain)
}
