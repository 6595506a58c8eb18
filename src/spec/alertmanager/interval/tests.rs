//! Parts of intervals, and points in time.

use super::*;
use crate::source::{Sources, Spanned};

fn contains(part: &str, at: &str) -> Option<bool> {
    let mut sources = Sources::default();
    let file = sources.add("a.yml", format!("time_intervals:\n  - {part}\n"));
    let node = crate::syntax::parse(&sources, file, &mut Vec::new()).expect("YAML");
    let name = Spanned::new("a".to_owned(), node.span);
    let interval = Interval::read(name, &node).ok()?;
    Some(interval.contains(at.parse().expect(at)))
}

#[test]
fn every_part_of_an_interval_restricts_it() {
    for (part, at, wanted) in [
        ("{}", "2026-03-02T09:00:00Z", true),
        ("{ times: [ { start_time: '09:00', end_time: '17:00' } ] }", "2026-03-02T09:00:00Z", true),
        ("{ times: [ { start_time: '09:00', end_time: '17:00' } ] }", "2026-03-02T16:59:59Z", true),
        ("{ times: [ { start_time: '09:00', end_time: '17:00' } ] }", "2026-03-02T17:00:00Z", false),
        ("{ times: [ { start_time: '09:00', end_time: '24:00' } ] }", "2026-03-02T23:59:59Z", true),
        ("{ times: [] }", "2026-03-02T09:00:00Z", false),
        ("{ weekdays: [ 'Monday:Friday' ] }", "2026-03-02T09:00:00Z", true),
        ("{ weekdays: [ saturday, sunday ] }", "2026-03-02T09:00:00Z", false),
        ("{ weekdays: [ saturday, sunday ] }", "2026-03-01T09:00:00Z", true),
        // In Berlin it is Monday already.
        ("{ weekdays: [ monday ], location: Europe/Berlin }", "2026-03-01T23:30:00Z", true),
        ("{ days_of_month: [ '-1' ] }", "2026-02-28T09:00:00Z", true),
        ("{ days_of_month: [ '-1' ] }", "2026-02-27T09:00:00Z", false),
        ("{ days_of_month: [ '30:31' ] }", "2026-02-28T09:00:00Z", false),
        ("{ days_of_month: [ '25:31' ] }", "2026-02-28T09:00:00Z", true),
        ("{ days_of_month: [ '-5:-3' ] }", "2026-02-26T09:00:00Z", true),
        ("{ months: [ 'january:march', '5' ] }", "2026-05-02T09:00:00Z", true),
        ("{ months: [ 'january:march', '5' ] }", "2026-04-02T09:00:00Z", false),
        ("{ years: [ '2024:2026' ], months: [ march ] }", "2026-03-02T09:00:00Z", true),
        ("{ years: [ '2024:2025' ], months: [ march ] }", "2026-03-02T09:00:00Z", false),
    ] {
        assert_eq!(contains(part, at), Some(wanted), "{part} at {at}");
    }
}

#[test]
fn what_is_no_interval_is_refused() {
    for part in [
        "{ times: [ { start_time: '17:00', end_time: '09:00' } ] }",
        "{ times: [ { start_time: '9:00', end_time: '17:00' } ] }",
        "{ times: [ { start_time: '09:00' } ] }",
        "{ times: [ { start_time: '09:00', end_time: '24:30' } ] }",
        "{ weekdays: [ mon ] }",
        "{ months: [ brumaire ] }",
        "{ location: Nowhere/Here }",
    ] {
        assert_eq!(contains(part, "2026-03-02T09:00:00Z"), None, "{part}");
    }
}
