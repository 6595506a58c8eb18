//! An alert that sends the release back comes later than `detect_within` allows.
//!
//! ## What
//! The longest time from the fault to the message is longer than `rollback.detect_within`, for an alert at the rollback
//! level. It is the sum of one scrape, the window, the `for` or `after_*`, one evaluation for each group that the value
//! passes through (two where the rules need the stage), and the longest time that Alertmanager holds back an alert of that
//! level. Where a level has several conditions, each is an alert of its own, and the slowest counts. A grave fault may be
//! told sooner, since it need not fill the window.
//!
//! ## Why
//! `detect_within` is what the plan promises about its slowest alert. The parts of the sum are written in different places,
//! and each looks harmless there.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5%, for: 30m }
//! rollback:
//!   within: 10m
//!   detect_within: 20m
//!   steps:
//!     - { do: Send all traffic to the old version, run: ./traffic 0, takes: 2m }
//!   verify:
//!     - { do: The old version is healthy, run: ./health stable, takes: 2m }
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   failed_requests:
//!     title: Failed requests
//!     unit: ratio
//!     ratio: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total }
//!     normal:   { max: 1% }
//!     warn:     { above: 2% }
//!     rollback: { above: 5%, for: 12m }
//! rollback:
//!   within: 10m
//!   detect_within: 20m
//!   steps:
//!     - { do: Send all traffic to the old version, run: ./traffic 0, takes: 2m }
//!   verify:
//!     - { do: The old version is healthy, run: ./health stable, takes: 2m }
//! ```

use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::ladder::Level;
use crate::quantity::Duration;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::metric::{Lasts, LevelLimits, Metric};
use crate::spec::scalar::DurationText;
use crate::spec::timing::{self, Timing};
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "detection-too-slow",
    Severity::Warning,
    include_str!("detection_too_slow.rs"),
    Check::Release(check),
);

/// All alerts that wait for one duration in the author's text and need the same time.
struct Slow<'a> {
    timing: Timing,
    wait: Lasts,
    key: &'static str,
    alerts: BTreeMap<Span, &'a Metric>,
}

fn check(spec: &Spec, context: &Context<'_>, sink: &mut Sink) {
    let limit = spec.rollback.as_ref().and_then(|rollback| rollback.detect_within.as_ref());
    let Some(limit) = limit else { return };
    let mut slow: BTreeMap<(Span, u64), Slow<'_>> = BTreeMap::new();
    for metric in spec.metrics.iter().filter(|metric| metric.alerts()) {
        for limits in shared::active(metric).filter_map(|case| case.limits.levels.get(&Level::Rollback)) {
            note(&mut slow, spec, context, metric, limits, limit);
        }
    }
    for ((place, _), slow) in slow {
        sink.extend(finding(place, &slow, limit));
    }
}

fn note<'a>(
    slow: &mut BTreeMap<(Span, u64), Slow<'a>>,
    spec: &Spec,
    context: &Context<'_>,
    metric: &'a Metric,
    limits: &LevelLimits,
    limit: &DurationText,
) {
    for wait in timing::waits(limits) {
        let timing = Timing::of(metric, &wait.duration, context.config)
            .told_at(Level::Rollback, context.config.pace)
            .after_the_stage(timing::needs_stage(spec, metric));
        let Some(needs) = timing.to_tell().filter(|needs| *needs > limit.value) else { continue };
        let place = shared::wait_place(&wait, Level::Rollback, spec, context, limits.span);
        let key = key(limits, &wait);
        let entry = slow.entry((place, needs.millis())).or_insert_with(|| Slow {
            timing,
            wait,
            key,
            alerts: BTreeMap::new(),
        });
        entry.alerts.insert(limits.span, metric);
    }
}

/// The key under which a wait stands.
fn key(limits: &LevelLimits, wait: &Lasts) -> &'static str {
    let after = limits.after.iter().find(|after| Some(after.lasts.span) == wait.written);
    match after.map(|after| after.level) {
        None => "for",
        Some(Level::Warn) => "after_warn",
        Some(Level::Hold | Level::Rollback) => "after_hold",
    }
}

fn finding(place: Span, slow: &Slow<'_>, limit: &DurationText) -> Option<Diagnostic> {
    let needs = slow.timing.to_tell()?;
    let metric = slow.alerts.values().next()?;
    let who = match slow.alerts.len() {
        1 => format!("rollback of `{}` is", metric.id.value),
        many => format!("{many} rollback levels with `{}: {}` are", slow.key, slow.wait.duration.text()),
    };
    let far = slow.alerts.iter().filter(|(span, _)| slow.wait.written.is_none() && **span != place);
    Some(
        LINT.finding(format!(
            "{who} told up to {} after the fault, and `detect_within` is {}",
            needs.to_canonical(),
            limit.text()
        ))
        .label(place, sum(&slow.timing, &needs))
        .label(limit.span, "what the plan allows")
        .labels(far.map(|(span, metric)| (*span, format!("rollback of `{}` takes it", metric.id.value))))
        .help(help(slow, &needs, &limit.value)),
    )
}

/// How the time comes about: `15s scrape + 5m window + 30m wait + 30s evaluation + 1m grouping = 36m45s`.
fn sum(timing: &Timing, needs: &Duration) -> String {
    let mut parts = vec![format!("{} scrape", timing.scrape.to_canonical())];
    if !timing.window.is_zero() {
        parts.push(format!("{} window", timing.window.text()));
    }
    parts.push(format!("{} wait", timing.wait.text()));
    let times = if timing.hops > 1 { format!("{} × ", timing.hops) } else { String::new() };
    parts.push(format!("{times}{} evaluation", timing.evaluation.to_canonical()));
    parts.push(format!("{} grouping", timing.grouping.to_canonical()));
    format!("{} = {}", parts.join(" + "), needs.to_canonical())
}

/// The longest wait that fits, unless it is so short that one burst would fire the alert.
fn help(slow: &Slow<'_>, needs: &Duration, limit: &Duration) -> String {
    let allow = format!("or allow more: `detect_within: {}`", needs.to_canonical());
    let without = needs.checked_sub(&slow.wait.duration).unwrap_or_else(Duration::zero);
    match limit.checked_sub(&without).filter(|rest| *rest > slow.timing.window) {
        Some(rest) => format!("write `{}: {}` or less, {allow}", slow.key, rest.to_canonical()),
        None if slow.timing.window.is_zero() => {
            format!(
                "no `{}` is short enough: without it {} pass already; {allow}",
                slow.key,
                without.to_canonical()
            )
        }
        None => {
            let also = if slow.wait.duration.is_zero() { "" } else { " as well as the wait" };
            format!(
                "shorten the `window`{also}: without a wait {} pass already; {allow}",
                without.to_canonical()
            )
        }
    }
}
