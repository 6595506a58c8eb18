//! Which alerts there are, and that looking in the right places finds what trying everything finds.

#![allow(clippy::expect_used, reason = "helpers of tests; a panic is how they fail")]

use super::super::tests::{RELEASE, TEAM, project};
use super::*;

const WHERE: &str = r#"
  uploads:
    title: Uploads
    unit: ratio
    ratio: { bad: 'c_total{ok="no"}', total: c_total }
    by: [region, kind]
    warn: { above: 2% }
    rollback: { above: 5% }
    where:
      - { region: eu, rollback: { above: 4% } }
      - { stage: full, rollback: { above: 3% } }
      - { region: eu, stage: full, rollback: { above: 3% } }
stages:"#;

fn titles(of: &str, release: &str) -> Vec<String> {
    let (config, specs) = project(release, None);
    let plan = Plan::new(&specs, &config).expect("a sound plan");
    raised(&plan).iter().filter(|raised| raised.name == of).map(Raised::title).collect()
}

#[test]
fn each_rule_is_there_with_the_values_that_are_named_and_one_that_is_not() {
    let release = RELEASE.replace("\nstages:", WHERE);
    let sorted = |mut titles: Vec<String>| {
        titles.sort();
        titles
    };
    assert_eq!(titles("FailedWarn", &release), ["shop-v2: FailedWarn"]);
    assert_eq!(titles("QueueWarn", &release), ["shop-v2: QueueWarn above", "shop-v2: QueueWarn below"]);
    let of = |parts: &[&str]| -> Vec<String> {
        parts.iter().map(|part| format!("shop-v2: Uploads{part}")).collect()
    };
    // The warning has one rule for all regions; the rollback has rules of its own for the stage and for one region.
    assert_eq!(
        sorted(titles("UploadsWarn", &release)),
        of(&["Warn region eu, kind other", "Warn region other, kind other"])
    );
    let rollbacks = [" at full, region eu", " at full, region other", " region eu", " region other"];
    let rollbacks = rollbacks.map(|place| format!("Rollback{place}, kind other"));
    let rollbacks: Vec<&str> = rollbacks.iter().map(String::as_str).collect();
    assert_eq!(sorted(titles("UploadsRollback", &release)), of(&rollbacks));
}

#[test]
fn what_is_found_by_release_and_by_equal_labels_is_what_all_pairs_give() {
    let (config, mut specs) = project(RELEASE, Some(TEAM));
    let other = RELEASE.replace("shop-v2", "shop-v3");
    specs.extend(project(&other, Some(TEAM)).1);
    let plan = Plan::new(&specs, &config).expect("a sound plan");
    let (configuration, raised) = (Configuration::of(&plan), raised(&plan));
    let mut rules = configuration.inhibitions.clone();
    // A rule of nobody's release, as a team may have.
    rules.push(Inhibition {
        source: vec![Matcher::equal("severity", "critical")],
        target: vec![Matcher::equal("level", "warn")],
        equal: vec!["metric".to_owned(), "zone".to_owned()],
        span: None,
    });
    let silencers = Silencers::new(&rules, &raised);
    let mut found = 0;
    for one in &raised {
        let silences =
            |other: &&Raised<'_>| rules.iter().any(|rule| rule.silences(&other.labels, &one.labels));
        let all: Vec<&Raised<'_>> = raised.iter().filter(silences).collect();
        assert_eq!(silencers.of(&one.labels), all, "{}", one.title());
        found += all.len();
        let narrow = narrowed(&configuration.route, one.release);
        let paths = |root: &Route| root.resolve(&one.labels).iter().map(Landing::path).collect::<Vec<_>>();
        assert_eq!(paths(&narrow), paths(&configuration.route), "{}", one.title());
        assert!(narrow.routes.len() < configuration.route.routes.len());
    }
    assert!(found > 20, "{found}");
}
