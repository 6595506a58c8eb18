use proptest::prelude::*;

use super::super::{Duration, DurationProblem};

#[test]
fn durations_are_prometheus_own() {
    let cases: &[(&str, u64, &str, &str)] = &[
        ("5m", 300_000, "5m", "5m"),
        ("90m", 5_400_000, "90m", "1h30m"),
        ("1h30m", 5_400_000, "1h30m", "1h30m"),
        ("24h", 86_400_000, "24h", "1d"),
        ("7d", 604_800_000, "7d", "1w"),
        ("8d", 691_200_000, "8d", "8d"),
        ("1y", 31_536_000_000, "1y", "1y"),
        ("0s", 0, "0s", "0s"),
        ("0", 0, "0s", "0s"),
        (" 500ms ", 500, "500ms", "500ms"),
        ("1w2d3h4m5s6ms", 788_645_006, "1w2d3h4m5s6ms", "9d3h4m5s6ms"),
        ("007m", 420_000, "007m", "7m"),
    ];
    for (text, millis, prometheus, canonical) in cases {
        let duration = Duration::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(duration.millis(), *millis, "{text}");
        assert_eq!(duration.to_prometheus(), *prometheus, "{text}");
        assert_eq!(duration.to_canonical(), *canonical, "{text}");
        assert_eq!(duration.text(), text.trim());
    }
}

#[test]
fn what_is_no_duration_gets_what_was_meant() {
    use DurationProblem::*;
    let cases: &[(&str, DurationProblem, &str)] = &[
        ("", Empty, ""),
        ("10", NoUnit, ""),
        ("30m1h", Order, "1h30m"),
        ("1m1m", Order, "2m"),
        ("1s 2m", Order, "2m1s"),
        ("1.5h", Fraction, "1h30m"),
        ("1,5h", Fraction, "1h30m"),
        ("1.5 hours", Fraction, "1h30m"),
        ("0.5ms", Fraction, ""),
        ("1h 30m", Space, "1h30m"),
        ("5 m", Space, "5m"),
        ("5 minutes", Word, "5m"),
        ("10 min", Word, "10m"),
        ("7天", Word, "7d"),
        ("1 hour 30 minutes", Word, "1h30m"),
        ("1小时30分钟", Word, "1h30m"),
        ("-5m", Sign, "5m"),
        ("+24h", Sign, "24h"),
        ("5M", Capital, "5m"),
        ("1H30M", Capital, "1h30m"),
        ("５m", FullWidth, "5m"),
        ("500us", TooShort, ""),
        ("5000us", TooShort, "5ms"),
        ("300y", TooLong, ""),
        ("99999999999999999999s", TooLong, ""),
        ("soon", Other, ""),
        ("5 parsec", Other, ""),
        ("m5", Other, ""),
        ("h", Other, ""),
        ("T+1h", Other, ""),
    ];
    for (text, problem, instead) in cases {
        let Err(fault) = Duration::parse(text) else { panic!("{text} was accepted") };
        assert_eq!((fault.problem, fault.instead.as_deref().unwrap_or("")), (*problem, *instead), "{text}");
        assert!(!fault.message().is_empty() && !fault.help().is_empty());
    }
}

#[test]
fn length_alone_decides_equality_and_order() {
    let parse = |text| Duration::parse(text).expect("a duration");
    assert_eq!(parse("90m"), parse("1h30m"));
    assert!(parse("59m") < parse("1h") && parse("1d") > parse("23h"));
    assert_eq!(
        parse("1h").checked_add(&parse("30m")).map(|sum| sum.to_prometheus()),
        Some("1h30m".to_owned())
    );
    assert_eq!(parse("1h").checked_sub(&parse("2h")), None);
    assert_eq!(parse("15s").checked_mul(4), Duration::from_seconds(60));
    assert_eq!(parse("292y").checked_mul(2), None);
    assert_eq!(parse("1500ms").seconds().to_promql(), "1.5");
    assert!(Duration::zero().is_zero());
}

proptest! {
    #[test]
    fn canonical_text_is_equally_long(millis in 0_u64..9_223_372_036_854) {
        let duration = Duration::from_millis(millis).expect("short enough");
        let again = Duration::parse(&duration.to_canonical()).expect("sound");
        prop_assert_eq!(again.millis(), millis);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,24}", near in "[-+0-9., ywdhmsuµMH天５]{0,14}") {
        for text in [text, near] {
            if let Err(fault) = Duration::parse(&text) {
                prop_assert!(!fault.message().is_empty() && !fault.help().is_empty());
                if let Some(instead) = fault.instead {
                    prop_assert!(Duration::parse(&instead).is_ok(), "{} -> {}", text, instead);
                }
            }
        }
    }
}
