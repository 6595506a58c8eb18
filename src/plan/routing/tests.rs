//! The checks of the routes see each edge that is broken, and the inhibitions silence what they should and nothing else.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use super::{alerts, check, label};
use crate::plan::{Broken, Plan, names};
use crate::source::Sources;
use crate::spec::alertmanager::{self, Matcher};
use crate::spec::{self, Config, Spec};

pub const RELEASE: &str = r#"
relspec: 1
release: { id: shop-v2, title: Shop 2, service: shop, version: 2.0.0, owner: web, alerts: while-running }
scope: { canary: { deployment: shop-canary } }
metrics:
  failed:
    title: Failed
    unit: ratio
    ratio: { bad: 'a_total{ok="no"}', total: a_total }
    warn: { above: 2% }
    hold: { above: 3% }
    rollback: { above: 5% }
  slow:
    title: Slow
    unit: ratio
    ratio: { bad: 'b_total{ok="no"}', total: b_total }
    by: [region]
    warn: { above: 2% }
    rollback: { above: 5% }
    no_data: rollback
  queue:
    title: Queue
    unit: count
    gauge: { metric: queue_length, aggregate: max }
    warn: { above: 200, below: 50 }
    rollback: { above: 500, below: 5 }
  heap:
    title: Heap
    unit: bytes
    query: jvm_memory_used_bytes
    warn: { above: 2GB }
    rollback: { above: 3GB }
stages: [ { id: full, traffic: 100% } ]
notify:
  channels:
    pager: { webhook: { url: "http://pager:8060/call" } }
  routes: { warn: [chat], hold: [pager, chat], rollback: [pager, chat, pager] }
"#;
const PROJECT: &str = "relspec: 1\nchannels:\n  chat: { webhook: { url: \"http://chat:8060/send\" } }\n";
pub const TEAM: &str = "route: { receiver: default, routes: [ { receiver: all, match: { severity: critical } } ] }\n\
                    receivers: [ { name: default }, { name: all } ]\n";

pub fn project(release: &str, team: Option<&str>) -> (Config, Vec<Spec>) {
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let file = sources.add("relspec.yaml", PROJECT);
    let mut config = spec::config::read(&sources, file, &mut findings);
    if let Some(team) = team {
        let file = sources.add("alertmanager.yml", team);
        config.own = alertmanager::read_for_merging(&sources, file, &mut findings);
    }
    let file = sources.add("specs/a.yaml", release);
    let spec = spec::read(&sources, file, &config, &mut findings).expect("a release");
    assert!(findings.is_empty(), "{findings:#?}");
    (config, vec![spec])
}

/// What the checks say of a plan that something was done to.
fn broken(team: Option<&str>, harm: impl Fn(&mut Plan<'_>)) -> Vec<Broken> {
    let (config, specs) = project(RELEASE, team);
    let mut plan = Plan::new(&specs, &config).expect("a sound plan");
    harm(&mut plan);
    let alone = plan.releases.iter().flat_map(check::release).collect::<Vec<_>>();
    alone.into_iter().chain(check::together(&plan)).collect()
}

#[test]
fn a_sound_plan_is_sound() {
    assert_eq!(broken(None, |_| ()), []);
    assert_eq!(broken(Some(TEAM), |_| ()), []);
}

#[test]
fn every_broken_edge_is_noticed() {
    type Harm = fn(&mut Plan<'_>);
    let harms: [(&str, Harm); 11] = [
        ("a route to a receiver that is not there", |plan| plan.releases[0].routing.receivers.truncate(1)),
        ("a route that was forgotten", |plan| drop(plan.releases[0].routing.routes.remove(0))),
        ("no routes at all", |plan| plan.releases[0].routing.routes.clear()),
        ("two receivers of one name", |plan| {
            let first = plan.releases[0].routing.receivers[0].clone();
            plan.releases[0].routing.receivers.push(first);
        }),
        ("a route to the wrong receiver", |plan| {
            plan.releases[0].routing.routes[0].receiver = Some(names::receiver(None, "chat"));
        }),
        ("a route that keeps what others wait for", |plan| {
            plan.releases[0].routing.routes[0].goes_on = false
        }),
        ("a route of another release", |plan| {
            plan.releases[0].routing.routes[0].matchers[0] = Matcher::equal("release", "other");
        }),
        ("a milder level silences a harsher one", |plan| {
            let rule = &mut plan.releases[0].routing.inhibitions[0];
            std::mem::swap(&mut rule.source, &mut rule.target);
        }),
        ("one region silences another", |plan| {
            let rules = &mut plan.releases[0].routing.inhibitions;
            rules.iter_mut().for_each(|rule| rule.equal.retain(|label| label != "region"));
        }),
        ("a label that no alert has", |plan| {
            plan.releases[0].routing.inhibitions[0].equal.push("zone".to_owned())
        }),
        ("one metric silences another, and a lack of data is silenced", |plan| {
            let rules = &mut plan.releases[0].routing.inhibitions;
            rules.iter_mut().for_each(|rule| {
                rule.equal.retain(|label| label == "release");
                rule.target.retain(|one| one.label == "level");
            });
        }),
    ];
    for (what, harm) in harms {
        assert_ne!(broken(None, harm), [], "{what}");
    }
    for (what, harm) in &harms[..7] {
        assert_ne!(broken(Some(TEAM), harm), [], "{what}, merged");
    }
}

/// Alone, nothing stands behind the last route; among the team's own routes one may.
#[test]
fn a_route_that_lets_alerts_go_on_to_the_team_s_own_is_noticed() {
    let harm = |plan: &mut Plan<'_>| {
        plan.releases[0].routing.routes.iter_mut().for_each(|route| route.goes_on = true);
    };
    assert_ne!(broken(Some(TEAM), harm), []);
}

#[test]
fn an_alert_that_loses_its_level_is_noticed() {
    let harm = |plan: &mut Plan<'_>| {
        for rule in plan.releases[0].groups.iter_mut().flat_map(|group| &mut group.rules) {
            if let crate::plan::Rule::Alert(alert) = rule {
                alert.labels.retain(|(name, _)| name != "release");
            }
        }
    };
    // With the team's file such alerts would go to whoever gets the rest.
    assert_ne!(broken(None, harm), []);
    assert_ne!(broken(Some(TEAM), harm), []);
}

/// Which alert silences which, each with some region.
fn silences(region: &str, other: &str) -> Vec<String> {
    let (config, specs) = project(RELEASE, None);
    let plan = Plan::new(&specs, &config).expect("a sound plan");
    let release = &plan.releases[0];
    let with = |region: &str| {
        let all = alerts(&release.groups).map(|alert| {
            let mut labels = check::labels(alert);
            if label(&labels, "metric") == "slow" {
                labels.push(("region".to_owned(), region.to_owned()));
            }
            labels
        });
        all.collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for (firing, silent) in
        with(region).iter().flat_map(|one| with(other).into_iter().map(move |two| (one, two)))
    {
        if release.routing.inhibitions.iter().any(|rule| rule.silences(firing, &silent)) {
            let name = |labels: &[(String, String)]| {
                format!("{}{}", label(labels, "alertname"), label(labels, "side"))
            };
            found.push(format!("{} > {}", name(firing), name(&silent)));
        }
    }
    found
}

#[test]
fn harsher_levels_silence_milder_ones_of_the_same_fault_and_nothing_else() {
    let of_one_series = [
        "FailedHold > FailedWarn",
        "FailedRollback > FailedWarn",
        "FailedRollback > FailedHold",
        "QueueRollbackabove > QueueWarnabove",
        "QueueRollbackbelow > QueueWarnbelow",
    ];
    let mut wanted: Vec<&str> = of_one_series.to_vec();
    wanted.push("SlowRollback > SlowWarn");
    wanted.sort_unstable();
    let sorted = |mut found: Vec<String>| {
        found.sort_unstable();
        found
    };
    assert_eq!(sorted(silences("eu", "eu")), wanted);
    // Another region is another fault, and what has no region is as before. A query without `by` takes no part.
    let mut wanted = of_one_series.to_vec();
    wanted.sort_unstable();
    assert_eq!(sorted(silences("eu", "us")), wanted);
}

#[test]
fn without_channels_the_default_receiver_gets_all_or_the_team_s_own_routes_do() {
    let bare = RELEASE.split("notify:").next().expect("a release");
    for (team, receiver) in [(None, names::DEFAULT_RECEIVER), (Some(TEAM), "all")] {
        let (config, specs) = project(bare, team);
        let plan = Plan::new(&specs, &config).expect("a sound plan");
        let routing = &plan.releases[0].routing;
        assert!(routing.routes.is_empty() && routing.receivers.is_empty());
        let tree = config.own.as_ref().map_or_else(|| routing.alone(), |team| routing.merged(team));
        let critical =
            alerts(&plan.releases[0].groups).find(|alert| alert.name == "FailedRollback").expect("an alert");
        let landings = tree.resolve(&check::labels(critical));
        assert_eq!(landings.iter().map(|landing| landing.receiver).collect::<Vec<_>>(), [receiver]);
    }
}
