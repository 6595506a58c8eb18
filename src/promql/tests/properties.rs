use proptest::prelude::*;

use crate::promql::{Expr, Version};
use crate::promql::{
    MatcherText, labels, parse, quote, ranges, rewrite, selectors, too_new, unguarded_divisions,
};

const SEEDS: [&str; 16] = [
    "sum by (job) (rate(http_total{code=~\"5..\"}[5m] offset 1d)) / sum(rate(http_total[5m])) > 0.01",
    "histogram_quantile(0.99, sum by (le) (rate(x_bucket{a='b',}[5m]))) # comment\n > 1",
    "{\"metric.name\", \"label.name\"=\"v\"} or {__name__=~\"a|b\"}",
    "a * on (x, \"y\") group_left (z) b unless ignoring () c and d",
    "max_over_time(deriv(foo[1h:30s] @ start())[1d:] offset -1h)",
    "topk(5, count_values(\"v\", build_info)) without (a)",
    "label_replace(up, \"a\", \"$1\", \"b\", `(.*)`)",
    "x[2 * (step() + 1m) : max_of(1s, 5)] offset -(1h / 2)",
    "increase(x_total[5m] anchored) + fill_left(-1) fill_right(NaN) b",
    "-1_000 ^ 0x1f % +Inf atan2 1e-3 == bool .5",
    "info(rate(a[5m]), {b=\"c\"})",
    "sum(sum) by (by) + avg{offset=\"on\"} offset 5m",
    "x{ # why\n a=\"b\\n\\\"\\u00e9\", c!~\"\\\\Q[\\\\E\" # because\n}",
    "job:up:sum{} @ 1609746000 </ 3 >/ 2",
    "absent(up{job=\"中文\"}) or vector(0)",
    "clamp_min(y - on () group_right () z, 1)",
];

const PIECES: [&str; 24] = [
    "(", ")", "{", "}", "[", "]", ",", "\"", "'", "`", "\\", "#", "\n", "é", "x", "5m", " offset ", " by ",
    "=~", "-", ":", "@", "sum(", "0",
];

fn mutated() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0_usize..4, prop::sample::select(&PIECES[..]));
    (prop::sample::select(&SEEDS[..]), prop::sample::select(&SEEDS[..]), prop::collection::vec(edit, 0..5))
        .prop_map(|(seed, other, edits)| {
            let mut chars: Vec<char> = seed.chars().collect();
            for (at, cut, piece) in edits {
                let at = at.index(chars.len() + 1);
                let end = (at + cut).min(chars.len());
                let new: Vec<char> =
                    if cut == 3 { other.chars().take(30).collect() } else { piece.chars().collect() };
                chars.splice(at..end, new);
            }
            chars.into_iter().collect()
        })
}

fn spans_are_inside(text: &str, expr: &Expr) {
    for expr in expr.descendants() {
        assert!(text.get(expr.span.clone()).is_some_and(|part| !part.is_empty()), "{text:?} {:?}", expr.span);
        for child in expr.children() {
            assert!(expr.span.start <= child.span.start && child.span.end <= expr.span.end, "{text:?}");
        }
    }
    for selector in selectors(expr) {
        for matcher in &selector.matchers {
            assert!(text.get(matcher.span.clone()).is_some_and(|part| part.contains(matcher.op.symbol())));
        }
    }
}

fn rewriting_reaches_every_selector(text: &str, expr: &Expr, value: &str) {
    let matchers = [MatcherText::equal("added", value)];
    let offset = rewrite(text, expr, &matchers, Some("7d"));
    let moved = offset.is_ok();
    let done = offset.or_else(|_| rewrite(text, expr, &matchers, None)).expect("without an offset");
    let again = parse(&done).unwrap_or_else(|faults| panic!("{text:?} became {done:?}: {faults:?}"));
    assert_eq!(selectors(expr).len(), selectors(&again).len());
    for selector in selectors(&again) {
        assert!(selector.matchers_of("added").any(|matcher| matcher.value == value), "{done:?}");
        let seconds = selector.modifiers.offset.as_ref().and_then(|offset| offset.seconds);
        assert!(!moved || seconds == Some(604_800.0), "{done:?}");
    }
}

fn holds(text: &str, value: &str) {
    match parse(text) {
        Ok(expr) => {
            spans_are_inside(text, &expr);
            rewriting_reaches_every_selector(text, &expr, value);
            let _ = (labels(&expr), ranges(&expr).len(), unguarded_divisions(&expr).len());
            for newer in too_new(&expr, Version::new(2, 42)) {
                assert!(text.get(newer.span.clone()).is_some());
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                let part = text.get(fault.span.clone());
                assert!(
                    part.is_some_and(|part| !part.is_empty() || fault.span.end == text.len()),
                    "{text:?} {fault:?}"
                );
            }
        }
    }
}

#[test]
fn the_seeds_are_valid() {
    for seed in SEEDS {
        assert!(parse(seed).is_ok(), "{seed}: {:?}", parse(seed));
        holds(seed, "v2");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn mutations_never_break_anything(text in mutated(), value in "[a-z\"\\\\\n中]{0,6}") {
        holds(&text, &value);
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,60}") {
        holds(&text, "v2");
    }

    #[test]
    fn any_regular_expression_is_survived(value in "[a-c(){}\\[\\]*+?|^$\\\\QEpPx0-9,&~<:é-]{0,12}") {
        holds(&format!("x{{a=~{}}}", quote(&value)), "v2");
    }

    #[test]
    fn quoted_values_read_back(value in any::<String>()) {
        let text = format!("x{{a={}}}", quote(&value));
        let expr = parse(&text).expect("a valid selector");
        prop_assert_eq!(&selectors(&expr)[0].matchers[0].value, &value);
    }
}
