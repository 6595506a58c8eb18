use std::cmp::Ordering;

use proptest::prelude::*;

use super::super::{Number, NumberFault};
use super::number;

#[test]
fn decimal_text_is_kept_exactly() {
    let cases = [
        ("0.1", (1, 10), "0.1"),
        ("0.001", (1, 1000), "0.001"),
        ("200", (200, 1), "200"),
        ("-0.05", (-1, 20), "-0.05"),
        ("+5", (5, 1), "5"),
        (".5", (1, 2), "0.5"),
        ("007", (7, 1), "7"),
        ("1.500", (3, 2), "1.5"),
        ("1e6", (1_000_000, 1), "1000000"),
        ("2.5E-3", (1, 400), "0.0025"),
        ("-0", (0, 1), "0"),
        ("0e18", (0, 1), "0"),
        ("0.30000000000000000", (3, 10), "0.3"),
        ("123456789012345678", (123_456_789_012_345_678, 1), "123456789012345678"),
    ];
    for (text, fraction, promql) in cases {
        let value = number(text);
        assert_eq!(value.as_fraction(), fraction, "{text}");
        assert_eq!(value.to_promql(), promql, "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "", "-", "+", ".", "5.", "1.2.3", "1e", "1e+", "e5", "--5", "1_0", "1,5", "0x10", "NaN", "Inf", " 5",
        "٣",
    ] {
        assert_eq!(Number::parse(text), Err(NumberFault::NotANumber), "{text:?}");
    }
    for text in ["1234567890123456789", "0.1234567890123456789", "0.0000000000000000001"] {
        assert_eq!(Number::parse(text), Err(NumberFault::TooManyDigits), "{text:?}");
    }
    for text in ["1e19", "1e-19", "1e99999999999"] {
        assert_eq!(Number::parse(text), Err(NumberFault::ExponentTooLarge), "{text:?}");
    }
}

#[test]
fn endless_decimals_become_a_division() {
    let day = Number::from_fraction(1, 86_400).expect("a number");
    assert_eq!(day.to_promql(), "(1 / 86400)");
    assert_eq!(day.negated().to_promql(), "(-1 / 86400)");
    assert_eq!(day.to_decimal(), None);
}

#[test]
fn arithmetic_is_exact_or_none() {
    let third = Number::from_fraction(1, 3).expect("a number");
    assert_eq!(third.checked_mul(&number("3")), Some(Number::ONE));
    assert_eq!(third.checked_add(&Number::from_fraction(1, 6).expect("a number")), Some(number("0.5")));
    assert_eq!(number("0.3").checked_sub(&number("0.1")), Some(number("0.2")));
    assert_eq!(number("1").checked_div(&number("-4")), Some(number("-0.25")));
    assert_eq!(number("1").checked_div(&Number::ZERO), None);
    let huge = Number::from_fraction(i128::MAX, 1).expect("a number");
    assert_eq!(huge.checked_add(&Number::ONE), None);
    assert_eq!(huge.checked_mul(&number("2")), None);
    assert_eq!(huge.checked_mul(&huge.checked_div(&number("7")).expect("fits")), None);
    assert_eq!(Number::from_fraction(i128::MIN, 1), None);
    assert_eq!(Number::from_fraction(i128::MIN, i128::MIN), Some(Number::ONE));
    assert_eq!(Number::from_fraction(1, 0), None);
}

#[test]
fn huge_neighbours_are_still_told_apart() {
    let a = Number::from_fraction(i128::MAX, i128::MAX - 1).expect("a number");
    let b = Number::from_fraction(i128::MAX - 1, i128::MAX - 2).expect("a number");
    assert_eq!(a.cmp(&b), Ordering::Less);
    assert_eq!(b.cmp(&a), Ordering::Greater);
    assert_eq!(a.negated().cmp(&b.negated()), Ordering::Greater);
    assert_eq!(a.negated().cmp(&a), Ordering::Less);
}

#[test]
#[allow(clippy::float_cmp)]
fn the_nearest_float_is_the_one_that_the_text_means() {
    for text in ["0.1", "0.30000000000000004", "123456789012345678", "1e-18", "-2.5", "9007199254740993"] {
        assert_eq!(number(text).to_f64(), text.parse::<f64>().expect("a float"), "{text}");
    }
}

proptest! {
    #[test]
    fn text_round_trips(whole in 0_u64..1_000_000_000, fraction in "[0-9]{0,8}[1-9]", negative: bool) {
        let sign = if negative { "-" } else { "" };
        let text = format!("{sign}{whole}.{fraction}");
        prop_assert_eq!(number(&text).to_promql(), text.clone());
        prop_assert_eq!(number(&format!("{text}e0")), number(&text));
    }

    #[test]
    fn order_agrees_with_multiplying_crosswise(a: i32, b in 1..i32::MAX, c: i32, d in 1..i32::MAX) {
        let left = Number::from_fraction(a.into(), b.into()).expect("a number");
        let right = Number::from_fraction(c.into(), d.into()).expect("a number");
        let expected = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
        prop_assert_eq!(left.cmp(&right), expected);
        prop_assert_eq!(right.cmp(&left), expected.reverse());
        prop_assert_eq!(left == right, expected == Ordering::Equal);
    }

    #[test]
    fn small_and_near_fractions_are_ordered(a in -20_i128..20, b in 1_i128..20, c in -20_i128..20, d in 1_i128..20) {
        let left = Number::from_fraction(a, b).expect("a number");
        let right = Number::from_fraction(c, d).expect("a number");
        prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        let difference = left.checked_sub(&right).expect("small");
        prop_assert_eq!(difference.is_negative(), left < right);
        prop_assert_eq!(right.checked_add(&difference), Some(left));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,24}", digits in "[-+0-9.eE]{0,44}") {
        let _ = Number::parse(&text);
        if let Ok(value) = Number::parse(&digits) {
            prop_assert_eq!(value.to_promql().starts_with('-'), value.is_negative());
        }
    }
}
