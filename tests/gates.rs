//! The queries beside the conditions of a stage, as promtool evaluates them.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use relspec::{Project, compile};
use std::process::Command;

const SPEC: &str = r#"relspec: 1
release: { id: example, title: Example, service: shop, version: 2.0.0, owner: web }
scope: { canary: { track: canary } }
metrics:
  queue:
    title: Queue
    unit: count
    gauge: { metric: queue_length, aggregate: max }
    by: [region]
    normal: { max: 100 }
    rollback: { above: 500 }
    where: [ { region: us, normal: { max: 200 } } ]
stages:
  - id: canary-5
    traffic: 5%
    lasts: 1d
    approve: lead
    advance:
      - { metric: queue, within: normal, over: 1h }
      - { metric: queue, average: 120, over: 1h }
      - { metric: queue, latest: 150 }
  - { id: full, traffic: 100%, lasts: 2d }
"#;

/// The queries of the page, in its order.
fn queries() -> Vec<String> {
    let mut project = Project::default();
    let file = project.sources.add("specs/example.yaml", SPEC);
    project.spec_files.push(file);
    let outcome = compile(&project);
    let page = outcome.artifacts.iter().find(|made| made.file.path() == "example/runbook/README.md");
    let page = page.unwrap_or_else(|| panic!("{:?}", outcome.findings)).file.text().to_owned();
    let blocks = page.split("```promql\n").skip(1);
    let text = |block: &str| {
        let (query, _) = block.split_once("```").expect("the end of the block");
        query.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned()
    };
    blocks.map(text).filter(|query| query.contains("release:queue")).collect()
}

/// For each query the regions for which it has a value after an hour with these values.
fn shown(queries: &[String], values: &[(&str, &str)]) -> Vec<usize> {
    let folder = tempfile::tempdir().expect("a folder");
    let series: String = values
        .iter()
        .map(|(region, values)| {
            format!("      - series: 'release:queue:max{{release=\"example\",metric=\"queue\",region=\"{region}\"}}'\n        values: '{values}'\n")
        })
        .collect();
    let counts = |query: &String| {
        // Of each query so many values as are asked for, from none up.
        (0..=values.len()).find(|count| {
            let asked = format!("count(\n{query}\n) or vector(0)").replace('\n', "\n          ");
            let test = format!(
                "evaluation_interval: 30s\ntests:\n  - interval: 30s\n    input_series:\n{series}    promql_expr_test:\n      - expr: |-\n          {asked}\n        \
                 eval_time: 1h\n        exp_samples: [ {{ labels: '{{}}', value: {count} }} ]\n"
            );
            std::fs::write(folder.path().join("test.yaml"), test).expect("written");
            let mut promtool = Command::new("promtool");
            promtool.args(["test", "rules", "test.yaml"]).current_dir(folder.path());
            let output = promtool.output().expect("promtool; install it with `make tools`");
            let said = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
            assert!(!said.contains("parse error"), "{said}");
            output.status.success()
        })
    };
    queries.iter().map(|query| counts(query).expect("as many values as regions at most")).collect()
}

#[test]
fn a_condition_of_a_metric_with_labels_holds_for_all_of_their_values_or_for_none() {
    let queries = queries();
    assert_eq!(queries.len(), 3, "{queries:#?}");
    let good = [("eu", "90+0x120"), ("us", "110+0x120")];
    assert_eq!(shown(&queries, &good), [2, 2, 2]);
    // One region is beyond its own range for a while, another beyond all.
    assert_eq!(shown(&queries, &[("eu", "110+0x60 90+0x60"), ("us", "110+0x120")]), [0, 2, 2]);
    assert_eq!(shown(&queries, &[("eu", "90+0x120"), ("us", "190+0x120")]), [2, 0, 0]);
    // One has values since a few minutes only.
    assert_eq!(shown(&queries, &[("eu", "90+0x120"), ("us", "_x100 110+0x20")]), [0, 0, 2]);
}
