//! A random release as a value.

use crate::limits::Maker;
use crate::measure::{Around, Measured};
use crate::model::{Metric, Release, Where};
use crate::oracle;
use crate::tape::Tape;
use crate::text::{label_value, matcher, quoted, title};

/// A release. With `disturbed` its numbers may be out of order; without, they are in order.
pub fn release(cells: &[u32], disturbed: bool) -> Release {
    let tape = &mut Tape::new(cells);
    let scope = !tape.one_in(5);
    let around = Around { scope, baseline: scope && tape.one_in(2) };
    let stages: Vec<String> =
        ["canary-5", "half", "full"][3 - (1 + tape.below(3))..].iter().map(|id| (*id).to_owned()).collect();
    let mut release = Release {
        id: tape.pick(&["shop-v3", "a", "x-1-2-3"]).to_owned(),
        lines: header(tape),
        scope: Vec::new(),
        metrics: Vec::new(),
        stages,
        audience: false,
    };
    if around.scope {
        release.scope.push(format!("canary: {{ deployment: {} }}", quoted(&matcher(tape))));
        if around.baseline {
            release.scope.push(format!("baseline: {{ deployment: {}, tier: web }}", quoted(&matcher(tape))));
        }
    }
    let faults = if disturbed { tape.pick(&[0, 1, 3, 4, 5]) } else { 0 };
    let count = 1 + tape.below(3);
    for n in 0..count {
        let metric = metric(n, &release, &around, if n == 0 { faults } else { 0 }, tape);
        release.metrics.push(metric);
    }
    // What grows with traffic wants a share at every stage.
    let grows =
        release.metrics.iter().any(|metric| metric.lines.iter().any(|line| line == "extensive: true"));
    release.audience = !grows && tape.one_in(4);
    release
}

/// The minutes that a level lasts where neither it nor the release says anything.
pub const DEFAULT_FOR: u32 = 10;

fn header(tape: &mut Tape<'_>) -> Vec<String> {
    let mut lines = vec![
        format!("title: {}", quoted(&title(tape))),
        format!("service: {}", quoted(&title(tape))),
        "version: 3.0.0".to_owned(),
        format!("owner: {}", quoted(&title(tape))),
    ];
    if tape.one_in(3) {
        lines.push("language: zh-CN".to_owned());
    }
    if tape.one_in(4) {
        lines.push("alerts: while-running".to_owned());
    }
    if tape.one_in(4) {
        lines.push("defaults: { window: 15m }".to_owned());
    }
    lines
}

fn metric(n: usize, release: &Release, around: &Around, faults: usize, tape: &mut Tape<'_>) -> Metric {
    let id = ["failed_requests", "p95", "a_metric_with_a_name_that_is_far_too_long_for_an_alert_9"][n];
    let earlier = release.metrics.iter().find(|metric| !metric.lines[0].starts_with("same_as"));
    let own_scope =
        |metric: &&Metric| around.scope && metric.lines.iter().any(|line| line.starts_with("scope:"));
    let earlier = earlier.filter(|metric| !metric.lines[0].starts_with("manual") && !own_scope(metric));
    let earlier = earlier.map(|metric| {
        let counts = !["gauge", "query"].iter().any(|kind| metric.lines[0].starts_with(kind));
        (metric.id.as_str(), metric.unit, counts)
    });
    let Measured { unit, says_unit, form, lines, mut by, counts_events } =
        Measured::any(around, earlier, tape);
    if let Some(id) = lines[0].strip_prefix("same_as: ") {
        by = release
            .metrics
            .iter()
            .find(|metric| metric.id == id)
            .map(|metric| metric.by.clone())
            .unwrap_or_default();
    }
    let maker = Maker::new(unit, form, tape);
    let limits = maker.in_order(tape);
    let mut metric = Metric {
        id: id.to_owned(),
        title: title(tape),
        unit,
        says_unit,
        lines,
        by,
        limits,
        wheres: Vec::new(),
    };
    if tape.one_in(3) {
        metric.limits.target = maker.target(&metric.limits, tape);
    }
    if counts_events && tape.one_in(3) {
        metric.limits.min_events = Some(tape.pick(&[200, 1, 1_000_000]));
    }
    for _ in 0..faults {
        maker.disturb(&mut metric.limits, tape);
    }
    let entries = if tape.one_in(2) { 1 + tape.below(3) } else { 0 };
    for _ in 0..entries {
        add_where(&mut metric, &maker, &release.stages, counts_events, tape);
    }
    settle(&mut metric, &release.stages, faults > 0);
    metric
}

fn add_where(metric: &mut Metric, maker: &Maker, stages: &[String], events: bool, tape: &mut Tape<'_>) {
    let mut entry = Where::default();
    let by_label = !metric.by.is_empty() && tape.one_in(2);
    if by_label {
        let label = tape.pick(&metric.by);
        let others = metric.by.iter().filter(|other| **other != label);
        for other in others {
            entry.labels.extend(tape.one_in(2).then(|| (other.clone(), label_value(tape))));
        }
        entry.labels.insert(0, (label, label_value(tape)));
    }
    if !by_label || tape.one_in(2) {
        entry.stage = Some(tape.pick(stages));
    }
    maker.replaced(&mut entry, &metric.limits.clone(), tape);
    if !events {
        entry.limits.min_events = None;
    }
    let limits = &entry.limits;
    let says = entry.off || limits.normal.is_some() || limits.levels.iter().any(Option::is_some);
    if (says || limits.min_events.is_some()) && !metric.wheres.iter().any(|other| tie(other, &entry)) {
        metric.wheres.push(entry);
    }
}

/// Whether two entries could set one key at one place with neither the more specific.
fn tie(one: &Where, two: &Where) -> bool {
    let weight = |entry: &Where| usize::from(entry.stage.is_some()) + entry.labels.len();
    let apart_by_stage = one.stage.is_some() && two.stage.is_some() && one.stage != two.stage;
    let apart_by_label =
        one.labels.iter().any(|(l, v)| two.labels.iter().any(|(label, value)| l == label && v != value));
    let (a, b) = (&one.limits, &two.limits);
    let shared = (a.normal.is_some() && b.normal.is_some())
        || (a.min_events.is_some() && b.min_events.is_some())
        || (0..3).any(|n| a.levels[n].is_some() && b.levels[n].is_some());
    weight(one) == weight(two) && (shared || (one.off && two.off)) && !apart_by_stage && !apart_by_label
}

/// Takes away what makes a metric wrong for another reason than its order; without faults, what makes it out of order.
fn settle(metric: &mut Metric, stages: &[String], faulty: bool) {
    let plain = |metric: &Metric| {
        let all = oracle::everywhere(metric, stages);
        all.iter().all(|limits| oracle::is_plain(limits, DEFAULT_FOR))
            && (faulty || oracle::judge_metric(metric, stages).is_sound())
    };
    if !plain(metric) {
        metric.wheres.retain(|entry| entry.off);
    }
    if !plain(metric) {
        metric.limits.target = None;
    }
    if !plain(metric) {
        for condition in metric.limits.levels.iter_mut().flatten().flat_map(|level| level.conditions_mut()) {
            condition.after = [None, None];
            condition.judge |= condition.bounds.is_empty();
            if condition.bounds.is_empty() {
                condition.lasts = None;
                condition.keep = None;
            }
        }
    }
    if !plain(metric) {
        // Only the shape that the language leaves open is left: a range that says what is meant closes it.
        metric.limits.levels = [None, None, None];
    }
}
