//! How long a condition must hold: `for`, and `keep_firing_for`.

use super::{AtSite, Change, Site, shown};
use crate::duration;
use crate::rules::Rule;

pub const TABLE: [(&str, AtSite); 10] = [
    ("for lost", |site| wait(site, |_, _| None)),
    ("for one interval longer", |site| wait(site, |wait, interval| Some(wait.unwrap_or(0) + interval))),
    ("for one interval shorter", |site| wait(site, |wait, interval| wait?.checked_sub(interval))),
    ("for doubled", |site| wait(site, |wait, _| Some(wait? * 2))),
    ("for halved", |site| wait(site, |wait, _| Some(wait? / 2))),
    ("keep_firing_for lost", |site| keep(site, |_, _| None)),
    ("keep_firing_for one interval longer", |site| keep(site, |keep, interval| Some(keep? + interval))),
    ("keep_firing_for one interval shorter", |site| keep(site, |keep, interval| keep?.checked_sub(interval))),
    ("keep_firing_for doubled", |site| keep(site, |keep, _| Some(keep? * 2))),
    ("keep_firing_for halved", |site| keep(site, |keep, _| Some(keep? / 2))),
];

type Other = fn(Option<u64>, u64) -> Option<u64>;

fn wait(site: &Site, other: Other) -> Vec<Change> {
    changed(site, "for", |rule| &mut rule.wait, other)
}

fn keep(site: &Site, other: Other) -> Vec<Change> {
    changed(site, "keep_firing_for", |rule| &mut rule.keep_firing_for, other)
}

fn changed(site: &Site, key: &str, field: fn(&mut Rule) -> &mut Option<String>, other: Other) -> Vec<Change> {
    if site.rule().alert.is_none() {
        return Vec::new();
    }
    let mut rule = site.rule().clone();
    let place = field(&mut rule);
    let old = place.as_deref().map(duration::seconds);
    // No time at all is the same as no field.
    let new = other(old, duration::seconds(&site.group.interval)).filter(|seconds| *seconds > 0);
    *place = new.map(|seconds| format!("{seconds}s"));
    let text =
        |seconds: Option<u64>| seconds.map_or_else(|| "none".to_owned(), |seconds| format!("{seconds}s"));
    let shown = format!("{key}: {}", shown(&text(old), &text(new)));
    // The same length in other words is no change.
    if new == old { Vec::new() } else { vec![site.replaced(shown, rule)] }
}
