use super::read;
use crate::promql::{MAX_TEXT, labels, parse, quantiles_without_le, ranges, selectors, unguarded_divisions};

#[test]
fn deep_and_long_texts_give_one_clear_fault() {
    let nested = "nested at most";
    let many = 30_000;
    for (text, part) in [
        ("(".repeat(many), nested),
        ("-".repeat(many), nested),
        ("abs(".repeat(many / 4), nested),
        ("sum(".repeat(many / 4), nested),
        ("x[(".to_owned() + &"(".repeat(many), nested),
        ("x[".to_owned() + &"-".repeat(many), nested),
        ("1^".repeat(many) + "1", nested),
        ("1+".repeat(many) + "1", "operators in a row"),
        ("x".to_owned() + &"[5m:]".repeat(many / 5), "operators in a row"),
        ("(".repeat(100_000), "at most"),
        ("1+".repeat(50_000) + "1", "at most"),
    ] {
        let faults = parse(&text).expect_err("too deep");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].message.contains(part), "{}: {}", &text[..20], faults[0].message);
    }
}

#[test]
fn the_highest_trees_are_safe_to_walk() {
    let chain = "1+".repeat(390) + "x";
    let nested = "(".repeat(98) + "x" + &")".repeat(98);
    for text in [chain, nested, "-".repeat(98) + "x"] {
        let expr = read(&text);
        assert_eq!(selectors(&expr).len(), 1);
        assert_eq!(unguarded_divisions(&expr).len(), 0);
        let _ = labels(&expr);
        drop(expr.clone());
    }
}

#[test]
fn long_chains_stay_cheap() {
    for link in [" > -1", " + y", " or y", " and y", " * on () y", " / y"] {
        let text = format!("histogram_quantile(1, sum(x_bucket) / (y{}))", link.repeat(390));
        let expr = read(&text);
        assert!(!unguarded_divisions(&expr).is_empty());
        assert_eq!(quantiles_without_le(&expr).len(), 1);
        assert_eq!(ranges(&expr).len(), 0);
    }
}

#[test]
fn the_longest_text_is_read() {
    let text = format!("x{}", " ".repeat(MAX_TEXT - 1));
    read(&text);
    assert!(parse(&(text + " ")).is_err());
}

#[test]
fn odd_bytes_do_not_matter() {
    for text in [
        "\u{feff}x",
        "é",
        "x{é=\"\"}",
        "\"\\",
        "'\\é'",
        "x[é]",
        "1é",
        "x @ é",
        "\0",
        "0x",
        "0xé",
        "#",
        "[",
        "{é",
    ] {
        if let Err(faults) = parse(text) {
            assert!(
                faults.iter().all(|fault| text.get(fault.span.clone()).is_some()),
                "{text:?}: {faults:?}"
            );
        }
    }
}
