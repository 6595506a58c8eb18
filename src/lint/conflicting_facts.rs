//! One fact has two values.
//!
//! ## What
//! Releases of one version of one service are about the same thing. What they both state must be the same:
//! `rollback.within` and `detect_within`, a line of `release.facts`, the length or the traffic of a stage, a measured
//! value (`observed`) of one measurement, the number or address of a person, a line of `contacts`. A measured value is
//! also compared within one release. And a release that only watches (`strategy: watch`) does not start before those that
//! roll the same version out.
//!
//! ## Why
//! Somebody reads one of the two and believes it. Which one is right is easily found out now and not at all at night.
//!
//! ## Bad
//! ```yaml
//! # file: specs/rollout.yaml
//! release: { id: shop-v2, title: Shop 2, service: shop, version: 2.0.0, owner: web }
//! rollback: { within: 15m }
//! # file: specs/watch.yaml
//! release: { id: shop-v2-week, title: The week after Shop 2, service: shop, version: 2.0.0, owner: web }
//! rollback: { within: 30m }
//! ```
//!
//! ## Good
//! ```yaml
//! # file: specs/rollout.yaml
//! release: { id: shop-v2, title: Shop 2, service: shop, version: 2.0.0, owner: web }
//! rollback: { within: 15m }
//! # file: specs/watch.yaml
//! release: { id: shop-v2-week, title: The week after Shop 2, service: shop, version: 2.0.0, owner: web }
//! rollback: { within: 15m }
//! ```

mod watch;

use super::missing_contact::is_open;
use super::{Check, Context, Lint, shared};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::stage::Stage;
use std::collections::BTreeMap;

/// The lint.
pub static LINT: Lint = Lint::new(
    "conflicting-facts",
    Severity::Warning,
    include_str!("conflicting_facts.rs"),
    Check::Project(check),
);

/// Something that a release states.
struct Fact {
    /// What tells it from other facts.
    key: String,
    /// What to call it.
    name: String,
    /// The same for all texts that mean the same.
    value: String,
    /// As it was written.
    text: String,
    span: Span,
}

fn check(specs: &[Spec], _: &Context<'_>, sink: &mut Sink) {
    let mut known: BTreeMap<(&str, &str, String), Vec<Fact>> = BTreeMap::new();
    // What could not be read may be the other half of a fact, or the same id twice.
    for spec in specs.iter().filter(|spec| spec.whole) {
        let (Some(service), Some(version)) = (&spec.release.service, &spec.release.version) else { continue };
        for fact in facts(spec) {
            let key = (service.as_str(), version.as_str(), fact.key.clone());
            known.entry(key).or_default().push(fact);
        }
    }
    for ((service, version, _), stated) in &known {
        sink.extend(finding(&format!("{service} {version}"), stated));
    }
    sink.extend(watch::too_early(specs));
}

/// One finding for all values of a fact; the place to go to is where it was first said otherwise.
fn finding(about: &str, stated: &[Fact]) -> Option<Diagnostic> {
    let first = stated.first()?;
    let other = stated.iter().find(|fact| fact.value != first.value)?;
    let short = |fact: &&Fact| fact.text.chars().count() <= LONGEST && !fact.text.contains('\n');
    let values = if [first, other].iter().all(short) {
        format!("{} here and {} elsewhere", other.text.trim(), first.text.trim())
    } else {
        "one thing here and another elsewhere".to_owned()
    };
    let rest = stated.iter().filter(|fact| fact.span != other.span);
    let place = |fact: &Fact| if fact.value == other.value { "says the same" } else { "says otherwise" };
    Some(
        LINT.finding(format!("{} is {values}, and both are about {about}", first.name))
            .label(other.span, "one of these is wrong")
            .labels(rest.map(|fact| (fact.span, place(fact).to_owned())))
            .help("find out which is right and write it everywhere; if the two are not the same fact, name them apart"),
    )
}

/// The longest value that is told in the sentence itself.
const LONGEST: usize = 40;

/// What a release states that another one may state otherwise.
fn facts(spec: &Spec) -> Vec<Fact> {
    let mut facts = Vec::new();
    for row in spec.release.facts.iter().flat_map(|table| &table.0) {
        let text = row.value.0.iter().map(|text| text.value.trim()).collect::<Vec<_>>().join(", ");
        let span = row.value.0.first().map_or(row.key.span, |text| text.span);
        facts.push(fact(format!("`{}`", row.key.value), ("fact", ""), text.clone(), text, span));
    }
    let rollback = spec.rollback.as_ref();
    let budgets = [
        ("`rollback.within`", rollback.and_then(|rollback| rollback.within.as_ref())),
        ("`rollback.detect_within`", rollback.and_then(|rollback| rollback.detect_within.as_ref())),
    ];
    for (name, budget) in budgets.into_iter().filter_map(|(name, budget)| Some((name, budget?))) {
        let value = budget.value.to_canonical();
        facts.push(fact(name.to_owned(), ("", ""), value, budget.text().to_owned(), budget.span));
    }
    for stage in &spec.stages {
        facts.extend(of_stage(stage));
    }
    facts.extend(observed(spec));
    facts.extend(contacts(spec));
    facts
}

fn fact(name: String, (kind, more): (&str, &str), value: String, text: String, span: Span) -> Fact {
    Fact { key: format!("{kind}|{name}|{more}"), name, value, text, span }
}

fn of_stage(stage: &Stage) -> Vec<Fact> {
    let id = stage.id();
    let lasts = stage.lasts.as_ref().map(|lasts| {
        let (min, max) = (&lasts.min, &lasts.max);
        let value = format!("{} to {}", min.value.to_canonical(), max.value.to_canonical());
        let text = if min.span == max.span {
            min.text().to_owned()
        } else {
            format!("{} to {}", min.text(), max.text())
        };
        fact(format!("the length of stage `{id}`"), ("", ""), value, text, min.span)
    });
    let traffic = stage.traffic.as_ref().map(|share| {
        let value = format!("{:?}", share.value);
        fact(
            format!("the traffic of stage `{id}`"),
            ("", ""),
            value,
            share.text.value.clone(),
            share.text.span,
        )
    });
    lasts.into_iter().chain(traffic).collect()
}

/// Measured values, each told apart by what was measured of which series.
fn observed(spec: &Spec) -> Vec<Fact> {
    let measured = spec.metrics.iter().filter_map(|metric| Some((metric, shared::measures(metric)?)));
    let facts = measured.flat_map(|(metric, measured)| {
        metric.observed.iter().map(move |(name, bound)| {
            let what = format!("{measured} {}", shared::reaches(metric));
            let name = format!("`{}` of `{}`", name.value, metric.id.value);
            (what, name, bound)
        })
    });
    let fact = |(what, name, bound): (String, String, &crate::ladder::Bound)| Fact {
        key: format!("{what}|{}", name.split(" of ").next().unwrap_or_default()),
        value: format!("{:?}", bound.value),
        text: bound.text.clone(),
        span: bound.span,
        name,
    };
    facts.map(fact).collect()
}

/// How people are reached; what is still open is no fact.
fn contacts(spec: &Spec) -> Vec<Fact> {
    let people = spec.people.iter().flat_map(|row| {
        let fields = [("name", &row.value.name), ("phone", &row.value.phone), ("email", &row.value.email)];
        fields.map(|(key, text)| (format!("the {key} of `{}`", row.key.value), text.as_ref()))
    });
    let lines =
        spec.contacts.iter().map(|row| (format!("the contact `{}`", row.key.value), Some(&row.value)));
    let known = people.chain(lines).filter_map(|(name, text)| Some((name, text?)));
    let known = known.filter(|(_, text)| !is_open(&text.value));
    known
        .map(|(name, text)| fact(name, ("", ""), text.value.trim().to_owned(), text.value.clone(), text.span))
        .collect()
}
