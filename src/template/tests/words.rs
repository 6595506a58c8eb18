//! The same value in each language.

use crate::spec::release::Language;
use crate::template::{Phrases, words};

fn both(of: fn(&Phrases, &str) -> Result<String, minijinja::Error>, text: &str) -> (String, String) {
    let say = |language| of(Phrases::of(language).unwrap(), text).unwrap();
    (say(Language::En), say(Language::ZhCn))
}

fn pair(en: &str, zh: &str) -> (String, String) {
    (en.to_owned(), zh.to_owned())
}

#[test]
fn durations_keep_the_authors_units() {
    assert_eq!(both(words::duration, "2d"), pair("2 days", "2 天"));
    assert_eq!(both(words::duration, "1h30m"), pair("1 hour 30 minutes", "1 小时 30 分钟"));
    assert_eq!(both(words::duration, "90m"), pair("90 minutes", "90 分钟"));
    assert_eq!(both(words::duration, "0"), pair("0 seconds", "0 秒"));
    assert_eq!(both(words::brief, "1d12h"), pair("1 d 12 h", "1 天 12 小时"));
    assert_eq!(both(words::brief, "250ms"), pair("250 ms", "250 毫秒"));
    assert!(words::duration(Phrases::of(Language::En).unwrap(), "soon").is_err());
}

#[test]
fn days_and_times_stand_in_the_order_of_the_language() {
    let at = "2026-03-02T09:05";
    assert_eq!(both(words::moment, at), pair("Mon 2 Mar 2026, 09:05", "2026 年 3 月 2 日（周一）09:05"));
    assert_eq!(both(words::moment_short, at), pair("Mon 2 Mar 09:05", "3 月 2 日（周一）09:05"));
    assert_eq!(both(words::day, "2026-12-27"), pair("Sun 27 Dec 2026", "2026 年 12 月 27 日（周日）"));
    assert!(words::moment(Phrases::of(Language::En).unwrap(), "tomorrow").is_err());
}

#[test]
fn quantities_keep_their_number() {
    for (text, en, zh) in [
        ("0.2%", "0.2%", "0.2%"),
        ("250ms", "250 ms", "250 ms"),
        ("+0.5pp", "+0.5 pp", "+0.5 pp"),
        ("512MiB", "512 MiB", "512 MiB"),
        ("15/min", "15/min", "15/min"),
        ("2x", "2x", "2x"),
        ("200", "200", "200"),
        ("3 GB", "3 GB", "3 GB"),
        ("1m30s", "1m30s", "1m30s"),
        ("-1.5", "-1.5", "-1.5"),
        ("many", "many", "many"),
    ] {
        assert_eq!(both(words::quantity, text), pair(en, zh), "{text}");
    }
}
