use proptest::prelude::*;

use super::super::{Delta, Quantity, QuantityFault, Unit};

#[test]
fn every_accepted_form_has_its_exact_value() {
    let cases: &[(Unit, &str, &str)] = &[
        (Unit::Ratio, "0.5%", "0.005"),
        (Unit::Ratio, "0.5 %", "0.005"),
        (Unit::Ratio, "0.1%", "0.001"),
        (Unit::Ratio, "1e-3", "0.001"),
        (Unit::Ratio, " 0.02 ", "0.02"),
        (Unit::Ratio, "0", "0"),
        (Unit::Percent, "1%", "1"),
        (Unit::Percent, "0.5", "0.5"),
        (Unit::Seconds, "500us", "0.0005"),
        (Unit::Seconds, "500µs", "0.0005"),
        (Unit::Seconds, "500μs", "0.0005"),
        (Unit::Seconds, "10ns", "0.00000001"),
        (Unit::Seconds, "200ms", "0.2"),
        (Unit::Seconds, "200 ms", "0.2"),
        (Unit::Seconds, "2.5s", "2.5"),
        (Unit::Seconds, "3m", "180"),
        (Unit::Seconds, "1h30m", "5400"),
        (Unit::Seconds, "1h 30m", "5400"),
        (Unit::Seconds, "1d", "86400"),
        (Unit::Seconds, "1w", "604800"),
        (Unit::Seconds, "1.5h", "5400"),
        (Unit::Days, "30d", "30"),
        (Unit::Days, "36h", "1.5"),
        (Unit::Days, "2w", "14"),
        (Unit::Days, "30", "30"),
        (Unit::Days, "1s", "(1 / 86400)"),
        (Unit::Bytes, "3GB", "3000000000"),
        (Unit::Bytes, "3GiB", "3221225472"),
        (Unit::Bytes, "1kB", "1000"),
        (Unit::Bytes, "1KB", "1000"),
        (Unit::Bytes, "1KiB", "1024"),
        (Unit::Bytes, "1.5MB", "1500000"),
        (Unit::Bytes, "1 MiB", "1048576"),
        (Unit::Bytes, "2TB", "2000000000000"),
        (Unit::Bytes, "2TiB", "2199023255552"),
        (Unit::Bytes, "512B", "512"),
        (Unit::Bytes, "1e9", "1000000000"),
        (Unit::Count, "5", "5"),
        (Unit::PerDay, "15/day", "15"),
        (Unit::PerDay, "100/d", "100"),
        (Unit::PerDay, "15/h", "360"),
        (Unit::PerDay, "1/week", "(1 / 7)"),
        (Unit::PerHour, "15/hour", "15"),
        (Unit::PerHour, "24/day", "1"),
        (Unit::PerHour, "2000", "2000"),
        (Unit::PerMinute, "15/min", "15"),
        (Unit::PerMinute, "2 / s", "120"),
        (Unit::PerSecond, "15/s", "15"),
        (Unit::PerSecond, "15/sec", "15"),
        (Unit::PerSecond, "1/day", "(1 / 86400)"),
        (Unit::None, "0.75", "0.75"),
        (Unit::None, "-5", "-5"),
    ];
    for (unit, text, value) in cases {
        let quantity = Quantity::parse(text, *unit).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(quantity.value.to_promql(), *value, "{text} in {}", unit.name());
        assert_eq!(quantity.text, text.trim());
    }
}

#[test]
fn what_is_no_quantity_gets_the_text_that_was_meant() {
    let cases: &[(Unit, &str, &str)] = &[
        (Unit::Ratio, "> 1%", "1%"),
        (Unit::Ratio, ">=1%", "1%"),
        (Unit::Ratio, "≤ 0.5 %", "0.5 %"),
        (Unit::Ratio, "1,5", "1.5"),
        (Unit::Ratio, "0,5%", "0.5%"),
        (Unit::Count, "1.000,5", "1000.5"),
        (Unit::Count, "1,000.5", "1000.5"),
        (Unit::Count, "1,000,000", "1000000"),
        (Unit::Ratio, "5 percent", "5%"),
        (Unit::Ratio, "5 Percent", "5%"),
        (Unit::Ratio, "5‰", "0.5%"),
        (Unit::Ratio, "~5%", "5%"),
        (Unit::Ratio, "约5%", "5%"),
        (Unit::Ratio, "５%", "5%"),
        (Unit::Ratio, "5％", "5%"),
        (Unit::Count, "1_000", "1000"),
        (Unit::Count, "1 000", "1000"),
        (Unit::Count, "1'000", "1000"),
        (Unit::Count, "10k", "10000"),
        (Unit::Count, "1.5M", "1500000"),
        (Unit::Count, "5万", "50000"),
        (Unit::Count, "5 errors", "5"),
        (Unit::Count, "3次", "3"),
        (Unit::Seconds, "5 minutes", "5m"),
        (Unit::Seconds, "3min", "3m"),
        (Unit::Seconds, "200MS", "200ms"),
        (Unit::Seconds, "200毫秒", "200ms"),
        (Unit::Seconds, "5M", "5m"),
        (Unit::Days, "7天", "7d"),
        (Unit::Bytes, "3gb", "3GB"),
        (Unit::Bytes, "3 G", "3GB"),
        (Unit::Bytes, "512Mi", "512MiB"),
        (Unit::PerDay, "15 per day", "15/day"),
        (Unit::PerSecond, "15 rps", "15/s"),
        (Unit::None, "−5", "-5"),
    ];
    for (unit, text, wanted) in cases {
        let instead = repair(text, *unit);
        assert_eq!(instead.as_deref(), Some(*wanted), "{text}");
        assert!(Quantity::parse(wanted, *unit).is_ok(), "{text}: {wanted}");
    }
}

#[test]
fn what_only_the_author_can_mend_is_explained() {
    let cases: &[(Unit, &str)] = &[
        (Unit::Ratio, "＞1%"),
        (Unit::None, ""),
        (Unit::None, "NaN"),
        (Unit::None, "+Inf"),
        (Unit::Ratio, "±5%"),
        (Unit::Ratio, "10-20"),
        (Unit::Ratio, "10%–20%"),
        (Unit::Ratio, "1 to 2%"),
        (Unit::Count, "1,500"),
        (Unit::Seconds, "30m1h"),
        (Unit::Seconds, "1.5h30m"),
        (Unit::Seconds, "fast"),
        (Unit::Seconds, "5 parsec"),
        (Unit::Count, "1.2.3"),
        (Unit::Count, "12345678901234567890"),
        (Unit::Count, "1e30"),
        (Unit::Ratio, "-5"),
        (Unit::Count, "-5"),
        (Unit::Seconds, "-5"),
    ];
    for (unit, text) in cases {
        assert_eq!(repair(text, *unit), None, "{text}");
    }
}

/// The repair that the fault of a text offers.
fn repair(text: &str, unit: Unit) -> Option<String> {
    let Err(fault) = Quantity::parse(text, unit) else { panic!("{text} was accepted") };
    assert!(!fault.help().is_empty() && !fault.message().ends_with(": "), "{text}");
    match fault {
        QuantityFault::NotAQuantity { instead, .. } => instead,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn another_dimension_is_told_from_nonsense() {
    let cases: &[(Unit, &str)] = &[
        (Unit::Ratio, "200ms"),
        (Unit::Ratio, "3GB"),
        (Unit::Seconds, "5%"),
        (Unit::Seconds, "3GB"),
        (Unit::Seconds, "15/day"),
        (Unit::Bytes, "5s"),
        (Unit::Count, "5%"),
        (Unit::PerDay, "36h"),
        (Unit::None, "1%"),
        (Unit::Ratio, "-200ms"),
    ];
    for (unit, text) in cases {
        let fault = Quantity::parse(text, *unit);
        assert!(matches!(fault, Err(QuantityFault::WrongDimension { .. })), "{text}: {fault:?}");
    }
}

#[test]
fn absolute_bounds_take_no_sign_and_no_x() {
    let texts = [
        (Unit::Ratio, "+5%"),
        (Unit::Ratio, "-5%"),
        (Unit::Ratio, "-5pp"),
        (Unit::Ratio, "5pp"),
        (Unit::Seconds, "2x"),
        (Unit::Seconds, "+100ms"),
        (Unit::Seconds, "-100ms"),
        (Unit::Count, "+5"),
        (Unit::None, "+5"),
        (Unit::None, "1.5×"),
    ];
    for (unit, text) in texts {
        let fault = Quantity::parse(text, unit);
        assert!(matches!(fault, Err(QuantityFault::Signed { .. })), "{text}: {fault:?}");
    }
}

#[test]
fn faults_speak_to_newcomers() {
    let said = |text: &str, unit| {
        let fault = Quantity::parse(text, unit).expect_err("a fault");
        format!("{}; {}", fault.message(), fault.help())
    };
    assert_eq!(
        said("200ms", Unit::Ratio),
        "`200ms` is a length of time, but the unit of this metric is `ratio`; write a value such as `0.5%` or \
         `0.005`; or, if `200ms` is right, give the metric the unit `seconds` or `days`"
    );
    assert_eq!(
        said("> 1%", Unit::Ratio),
        "`> 1%` is not a quantity: the key (`above`, `below`, `min` or `max`) already says on which side; write `1%`"
    );
    assert_eq!(
        said("", Unit::Seconds),
        "a value is missing here; write a value such as `200ms`, `2.5s` or `3m`"
    );
    assert_eq!(
        said("5 parsec", Unit::Seconds),
        "`5 parsec` is not a quantity: `parsec` is no known unit; this metric is in `seconds`; write a value such \
         as `200ms`, `2.5s` or `3m`"
    );
    assert_eq!(
        said("1,500", Unit::Count),
        "`1,500` is not a quantity: its comma can be read in two ways; write `1500` if it groups thousands and \
         `1.500` if it is the decimal point"
    );
}

#[test]
fn units_are_found_by_name() {
    for unit in Unit::ALL {
        assert_eq!(Unit::parse(unit.name()), Some(unit));
        assert!(!unit.meaning().is_empty());
        for example in unit.examples().split('`').skip(1).step_by(2) {
            assert!(Quantity::parse(example, unit).is_ok(), "{example} in {}", unit.name());
        }
        for example in unit.delta_examples().split('`').skip(1).step_by(2) {
            assert!(Delta::parse(example, unit).is_ok(), "{example} in {}", unit.name());
        }
    }
    assert_eq!(Unit::parse("Ratio"), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,24}", near in "[-+0-9.,eE %xpµmshdwyKMGiB/~<>_ ５％。、]{0,12}") {
        for unit in Unit::ALL {
            for text in [&text, &near] {
                if let Err(fault) = Quantity::parse(text, unit) {
                    prop_assert!(!fault.message().is_empty() && !fault.help().is_empty());
                }
                if let Err(fault) = Delta::parse(text, unit) {
                    prop_assert!(!fault.message().is_empty() && !fault.help().is_empty());
                }
            }
        }
    }
}
