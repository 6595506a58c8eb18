use super::*;
use crate::source::Sources;
use crate::spec::Config;

fn spec(rest: &str) -> Spec {
    let text = format!(
        "relspec: 1\nrelease: {{ id: a, title: A, service: a, version: 1.0.0, owner: a{rest}\nmetrics:\n  m: {{ title: M, unit: count, manual: Count., normal: {{ max: 1 }} }}\n"
    );
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let mut findings = Vec::new();
    let spec = crate::spec::read(&sources, file, &Config::default(), &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    spec.unwrap_or_else(|| panic!("no spec"))
}

const STARTS: &str = ", starts: 2026-03-06T09:00 }";
const STAGES: &str = "
stages:
  - id: one
    lasts: { min: 2d, max: 3d }
    checks:
      - { every: 12h, from: 0h, to: 1d, do: Look }
      - { at: [\"08:00\", \"20:00\"], from: day 1, to: day 2, do: Look }
      - { at: \"08:00\", do: Look }
  - { id: two, lasts: 4h }
  - { id: three }";

fn at(text: &str) -> DateTime {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

fn resolve(calendar: &Calendar, text: &str, base: Base) -> Option<Instant> {
    calendar.resolve(&PointKind::parse(text)?, base)
}

#[test]
fn stages_follow_one_another_as_early_as_they_may() {
    let calendar = Calendar::new(&spec(&format!("{STARTS}{STAGES}")));
    let times = calendar.stages();
    assert_eq!(times[0].from, Some(at("2026-03-06T09:00")));
    assert_eq!(times[0].at_most, Some(at("2026-03-09T09:00")));
    assert_eq!(times[1].from, Some(at("2026-03-08T09:00")));
    assert_eq!(times[2].from, Some(at("2026-03-08T13:00")));
    assert_eq!(times[2].to, None);
}

#[test]
fn points_are_counted_from_what_they_belong_to() {
    let calendar = Calendar::new(&spec(&format!("{STARTS}{STAGES}")));
    let when = |text, base| resolve(&calendar, text, base).map(|instant| instant.at);
    assert_eq!(when("+4h", Base::Stage(1)), Some(at("2026-03-08T13:00")));
    assert_eq!(when("T-30m", Base::Stage(1)), Some(at("2026-03-06T08:30")));
    assert_eq!(when("D-7", Base::Release), Some(at("2026-02-27T00:00")));
    assert_eq!(when("day 2 10:00", Base::Stage(0)), Some(at("2026-03-07T10:00")));
    assert_eq!(when("09:30", Base::Stage(1)), Some(at("2026-03-08T09:30")));
    // 6 March 2026 is a Friday.
    assert_eq!(when("+2 workdays", Base::Release), Some(at("2026-03-10T00:00")));
    assert_eq!(when("+1h", Base::End), None);
    let day = resolve(&calendar, "day 2", Base::Stage(0)).map(Instant::end);
    assert_eq!(day, Some(at("2026-03-08T00:00")));
}

#[test]
fn checks_are_made_within_their_range() {
    let spec = spec(&format!("{STARTS}{STAGES}"));
    let calendar = Calendar::new(&spec);
    let times = |n: usize| {
        let checks: Vec<_> = spec.checks().map(|(_, check)| check).collect();
        calendar.times(checks[n], 0)
    };
    assert_eq!(times(0), [at("2026-03-06T09:00"), at("2026-03-06T21:00"), at("2026-03-07T09:00")]);
    assert_eq!(times(1), [at("2026-03-06T20:00"), at("2026-03-07T08:00"), at("2026-03-07T20:00")]);
    assert_eq!(times(2), [at("2026-03-07T08:00"), at("2026-03-08T08:00"), at("2026-03-09T08:00")]);
}

#[test]
fn two_clock_times_hold_on_each_day() {
    let checks = "
stages:
  - id: one
    lasts: 2d
    checks:
      - { every: 2h, from: \"01:00\", to: \"04:00\", do: Look }
      - { every: 1h, from: \"23:00\", to: \"00:30\", do: Look }
      - { at: [\"08:00\", \"12:00\"], from: \"08:00\", to: \"10:00\", do: Look }";
    let spec = spec(&format!("{STARTS}{checks}"));
    let calendar = Calendar::new(&spec);
    let checks: Vec<_> = spec.checks().map(|(_, check)| check).collect();
    let times = |n: usize| calendar.times(checks[n], 0);
    let each = ["2026-03-07T01:00", "2026-03-07T03:00", "2026-03-08T01:00", "2026-03-08T03:00"];
    assert_eq!(times(0), each.map(at));
    assert_eq!(
        times(1),
        ["2026-03-06T23:00", "2026-03-07T00:00", "2026-03-07T23:00", "2026-03-08T00:00"].map(at)
    );
    assert_eq!(times(2), ["2026-03-07T08:00", "2026-03-08T08:00"].map(at));
}

#[test]
fn without_a_start_only_distances_are_known() {
    let calendar = Calendar::new(&spec(&format!(" }}{STAGES}")));
    assert_eq!(calendar.start(), None);
    let since = |text, base| resolve(&calendar, text, base).map(|instant| calendar.since_start(instant.at));
    assert_eq!(since("+1h", Base::Stage(1)), Some(49 * 3_600_000));
    assert_eq!(since("day 2", Base::Stage(0)), Some(24 * 3_600_000));
    assert_eq!(since("09:00", Base::Stage(0)), None);
    assert_eq!(since("2026-03-06T09:00", Base::Stage(0)), None);
    assert_eq!(since("+2 workdays", Base::Release), None);
}

#[test]
fn a_timetable_goes_on_past_midnight() {
    let timeline = "\ntimeline:\n  - { at: \"22:00\" }\n  - { at: \"23:30\" }\n  - { at: \"01:00\" }\n  - { at: \"00:30\" }";
    let spec = spec(&format!(" }}{STAGES}{timeline}"));
    let calendar = Calendar::new(&spec);
    let minutes: Vec<_> = calendar
        .timeline(&spec)
        .into_iter()
        .map(|at| at.map(|at| calendar.since_start(at.at) / 60_000))
        .collect();
    assert_eq!(minutes, [Some(0), Some(90), Some(180), Some(150)]);
}
