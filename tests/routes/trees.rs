//! Random trees of routes: amtool names the same receivers in the same order.
//!
//! One call of amtool is about one set of labels. A configuration therefore holds many trees, each below a route that lets
//! every alert go on to the next, with receivers of its own: one call tells where the labels land in all of them.

use super::random::{self, Random, rounds};
use super::{Program, programs, read, run};
use rayon::prelude::*;
use relspec::spec::alertmanager::{Matcher, matcher};
use serde_json::{Value, json};
use std::path::Path;

const TREES: usize = 25;
const LABEL_SETS: usize = 5;

#[test]
fn random_trees_lead_where_amtool_says() {
    let batches = rounds(120);
    for amtool in programs(&["amtool"], "RELSPEC_AMTOOLS") {
        let folder = tempfile::tempdir().expect("a folder");
        let landed: usize =
            (0..batches).into_par_iter().map(|batch| hold(&amtool, batch, folder.path())).sum();
        let asked = batches * TREES * LABEL_SETS;
        println!(
            "amtool 0.{}: {} trees, {LABEL_SETS} label sets each, {asked} answers agree, {landed} landings",
            amtool.minor,
            batches * TREES
        );
        assert!(landed > asked + asked / 20, "alerts hardly ever reach several receivers: {landed}");
    }
}

/// How many landings of one batch agree, which are all.
fn hold(amtool: &Program, batch: usize, folder: &Path) -> usize {
    let mut random = Random::new(u64::try_from(batch).expect("small"));
    let utf8 = amtool.minor >= 27;
    let config = config(&mut random, utf8);
    let path = folder.join(format!("{batch}.json"));
    std::fs::write(&path, config.to_string()).expect("written");
    let team = read(&config).expect("a sound configuration");
    let mut landed = 0;
    for _ in 0..LABEL_SETS {
        let labels = random::labels(&mut random, utf8);
        let ours: Vec<&str> = team.route.resolve(&labels).iter().map(|landing| landing.receiver).collect();
        let theirs = receivers(amtool, &path, &labels);
        if ours != theirs {
            let of = |all: &[&str]| {
                all.iter().map(|name| name.split('/').next().map(str::to_owned)).collect::<Vec<_>>()
            };
            let theirs: Vec<&str> = theirs.iter().map(String::as_str).collect();
            let (mine, other) = (of(&ours), of(&theirs));
            let at = ours.iter().zip(&theirs).position(|(one, two)| one != two).unwrap_or(0);
            let tree = other.get(at).or(mine.get(at)).cloned().flatten().unwrap_or_default();
            let number: usize = tree.parse().unwrap_or(0);
            panic!(
                "0.{}: {labels:?}\nours   {ours:?}\ntheirs {theirs:?}\n{:#}",
                amtool.minor, config["route"]["routes"][number]
            );
        }
        landed += ours.len();
    }
    landed
}

/// The receivers of an alert with these labels, as amtool tells them.
pub fn receivers(amtool: &Program, file: &Path, labels: &[(String, String)]) -> Vec<String> {
    let labels = labels.iter().map(|(name, value)| Matcher::equal(name, value).text());
    let head = ["config", "routes", "test", "--config.file"].map(str::to_owned);
    let arguments: Vec<String> = head.into_iter().chain([file.display().to_string()]).chain(labels).collect();
    let output = run(&amtool.path, &arguments);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    // Warnings of later versions stand on lines above.
    text.lines().last().expect("an answer").split(',').map(str::to_owned).collect()
}

fn config(random: &mut Random, utf8: bool) -> Value {
    let mut receivers = vec![json!({ "name": "root" })];
    let routes: Vec<Value> = (0..TREES)
        .map(|tree| {
            let names: Vec<String> = (0..4).map(|n| format!("{tree}/{n}")).collect();
            receivers.extend(names.iter().map(|name| json!({ "name": name })));
            let mut root = route(random, utf8, &names, 3);
            // A root takes every alert, and here lets it go on to the next tree.
            ["match", "match_re", "matchers"]
                .iter()
                .for_each(|key| drop(root.as_object_mut().map(|map| map.remove(*key))));
            (root["continue"], root["receiver"]) = (json!(true), json!(names[0]));
            root
        })
        .collect();
    json!({ "route": { "receiver": "root", "routes": routes }, "receivers": receivers })
}

/// A route of any kind with up to three routes below it, down to a depth.
fn route(random: &mut Random, utf8: bool, receivers: &[String], depth: usize) -> Value {
    let mut route = json!({});
    // One name for several routes is as common as none.
    if random.below(3) > 0 {
        route["receiver"] = json!(receivers[random.below(receivers.len())]);
    }
    matchers(random, utf8, &mut route);
    if random.once_in(2) {
        route["continue"] = json!(true);
    }
    if random.once_in(4) {
        route["group_by"] = random.pick(&[&json!([]), &json!(["a"]), &json!(["..."])]).clone();
    }
    let below = if depth == 0 { 0 } else { random.below(4) };
    if below > 0 {
        route["routes"] = (0..below).map(|_| self::route(random, utf8, receivers, depth - 1)).collect();
    }
    route
}

fn matchers(random: &mut Random, utf8: bool, route: &mut Value) {
    match random.below(8) {
        0 => {}
        // Every odd text that is a matcher for both parsers is one that both read alike.
        6 if utf8 => route["matchers"] = json!([odd(random)]),
        1 => route["match"] = json!({ (random.pick(&random::NAMES)): random::value(random) }),
        2 => route["match_re"] = json!({ (random.pick(&random::NAMES)): random::pattern(random) }),
        3 => {
            let both = [random::matcher(random, utf8), random::matcher(random, utf8)].join(", ");
            route["matchers"] = json!([if random.once_in(2) { format!("{{{both}}}") } else { both }]);
        }
        4 => {
            route["match"] = json!({ (random.pick(&random::NAMES)): random::value(random) });
            route["matchers"] = json!([random::matcher(random, utf8)]);
        }
        5 => route["matchers"] = json!([random::matcher(random, utf8), random::matcher(random, utf8)]),
        _ => route["matchers"] = json!([random::matcher(random, utf8)]),
    }
}

/// A text of odd pieces that is a matcher.
fn odd(random: &mut Random) -> String {
    let mut text = random::text(random);
    while matcher::parse(&text).is_err() {
        text = random::text(random);
    }
    text
}
