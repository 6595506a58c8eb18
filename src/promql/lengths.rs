//! Every length of time in an expression, written anew in the author's text.

use super::ast::{Expr, Kind, Length};

/// `text` with `write` in the place of every length of time in `expr`, which must have been parsed from `text`: ranges,
/// steps of subqueries and offsets. `write` is given seconds, negative ones for an offset into the future. A length that
/// only the server knows (`step()`) stays as it is.
#[must_use]
pub fn replace_lengths(text: &str, expr: &Expr, write: &dyn Fn(f64) -> String) -> String {
    let mut lengths: Vec<&Length> = expr.descendants().flat_map(of).collect();
    lengths.sort_by_key(|length| length.span.start);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for length in lengths {
        let Some(seconds) = length.seconds else { continue };
        out.push_str(text.get(from..length.span.start).unwrap_or(""));
        out.push_str(&write(seconds));
        from = length.span.end;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}

/// The lengths of an expression itself, without those of its operands.
fn of(expr: &Expr) -> Vec<&Length> {
    match &expr.kind {
        Kind::Selector(selector) => {
            let range = selector.range.as_ref().map(|window| &window.length);
            range.into_iter().chain(&selector.modifiers.offset).collect()
        }
        Kind::Subquery(subquery) => {
            std::iter::once(&subquery.range).chain(&subquery.step).chain(&subquery.modifiers.offset).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::replace_lengths;
    use crate::promql::parse;

    fn halved(text: &str) -> String {
        let expr = parse(text).expect("PromQL");
        replace_lengths(text, &expr, &|seconds| format!("{}s", seconds / 2.0))
    }

    #[test]
    fn ranges_steps_and_offsets_are_written_anew_and_nothing_else() {
        let cases = [
            ("rate(a_total[5m])", "rate(a_total[150s])"),
            ("a offset 1h + b offset -10s", "a offset 1800s + b offset -5s"),
            (
                "max_over_time(rate(a_total[1m])[1h:2m] offset 1d)",
                "max_over_time(rate(a_total[30s])[1800s:60s] offset 43200s)",
            ),
            ("a_5m{window=\"5m\"} > 300 # [5m]", "a_5m{window=\"5m\"} > 300 # [5m]"),
            ("rate(a_total[2 * (1m + 1m)]) - time() % 60", "rate(a_total[120s]) - time() % 60"),
            ("sum_over_time(a[step()])", "sum_over_time(a[step()])"),
        ];
        for (text, expected) in cases {
            assert_eq!(halved(text), expected);
        }
    }
}
