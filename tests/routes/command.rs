//! `relspec routes` as people and scripts see it. The documents show more of it, byte for byte.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const SPEC: &str = "relspec: 1
release: { id: shop-v2, title: Shop, service: shop, version: 2.0.0, owner: web }
scope: { canary: { deployment: canary } }
metrics:
  failed:
    title: Failed
    unit: ratio
    ratio: { bad: 'a_total{ok=\"no\"}', total: a_total }
    by: [region]
    warn: { above: 2% }
    rollback: { above: 5% }
    where: [ { region: eu, rollback: { above: 4% } } ]
stages: [ { id: full, traffic: 100% } ]
notify:
  channels: { chat: { webhook: { url: \"http://chat:8060/\" } } }
  routes: { warn: chat, hold: chat, rollback: chat }
";
const OTHER: &str = "route:
  receiver: all
  routes:
    - { receiver: web, matchers: [ team=web ], mute_time_intervals: [ nights ] }
receivers: [ { name: all }, { name: web } ]
time_intervals:
  - { name: nights, time_intervals: [ { times: [ { start_time: '20:00', end_time: '24:00' } ] } ] }
";

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}

fn routes(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relspec"));
    command.current_dir(folder).arg("routes").args(arguments).output().expect("relspec can be run")
}

/// What is printed with an exit code, both streams.
fn told(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = routes(folder, arguments);
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
    text
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = routes(folder, &[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{arguments:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn labels_of_a_known_alert_are_filled_in_unless_they_are_given() {
    let folder = project(&[("specs/shop.yaml", SPEC)]);
    let both = json(folder.path(), &["alertname=FailedRollback"]);
    let answer = &both["answers"][0];
    assert_eq!(both["answers"].as_array().map(Vec::len), Some(1), "{both:#}");
    let alerts: Vec<&str> = answer["label_sets"]
        .as_array()
        .expect("sets")
        .iter()
        .map(|set| set["alert"].as_str().expect("a title"))
        .collect();
    assert_eq!(alerts, ["shop-v2: FailedRollback region other", "shop-v2: FailedRollback region eu"]);
    assert_eq!(answer["reaches"][0]["receiver"], "relspec/shop-v2/chat");
    assert_eq!(answer["reaches"][0]["path"][0], "{release=\"shop-v2\", level=\"rollback\"}");
    assert_eq!(answer["reaches"][0]["group"]["level"], "rollback");
    let one = json(folder.path(), &["alertname=FailedWarn", "region=us"]);
    let set = &one["answers"][0]["label_sets"][0];
    assert_eq!(
        (&set["labels"]["region"], &set["labels"]["release"]),
        (&Value::from("us"), &Value::from("shop-v2"))
    );
    assert!(
        set["filled_in"].as_array().is_some_and(|names| names.iter().all(|name| name != "region")),
        "{set}"
    );
    assert_eq!(one["answers"][0]["silenced_by"][0]["alertname"], "FailedRollback", "{one:#}");
    let sets = |all: &Value| all["answers"][0]["label_sets"].as_array().map(Vec::len);
    assert_eq!(sets(&one), Some(1), "{one:#}");
    let eu = json(folder.path(), &["alertname=FailedWarn", "region=eu"]);
    assert_eq!(eu["answers"][0]["silenced_by"][0]["alertname"], "FailedRollback", "{eu:#}");
    assert_eq!(
        (sets(&eu), eu["answers"][0]["silenced_by"].as_array().map(Vec::len)),
        (Some(1), Some(1)),
        "{eu:#}"
    );
    let bare = json(folder.path(), &["alertname=FailedRollback", "--as-is"]);
    assert_eq!(bare["answers"][0]["reaches"][0]["receiver"], "relspec-default");
}

#[test]
fn another_alert_of_a_known_name_is_told_apart() {
    let folder = project(&[("specs/shop.yaml", SPEC)]);
    let text = told(folder.path(), &["alertname=FailedWarn", "level=hold"], 0);
    assert!(text.contains("so that this is another alert"), "{text}");
    let text = told(folder.path(), &["alertname=FaildWarn"], 0);
    assert!(text.contains("note: no release of the project raises FaildWarn"), "{text}");
}

#[test]
fn a_file_is_asked_with_and_without_a_project_and_at_a_time() {
    let folder = project(&[("am.yml", OTHER)]);
    let ask = |at: &str| {
        json(folder.path(), &["--config", "am.yml", "team=web", "--at", at])["answers"][0]["reaches"][0]["muted"].clone()
    };
    assert_eq!(
        (ask("2026-03-02T19:59:59Z"), ask("2026-03-02T20:00:00Z")),
        (Value::from(false), Value::from(true))
    );
    let text = told(folder.path(), &["--config", "am.yml", "team=web"], 0);
    assert!(text.contains("muted    in nights") && !text.contains("silenced"), "{text}");
    // Specs that do not build hide nothing of the file.
    let folder = project(&[("am.yml", OTHER), ("specs/shop.yaml", &SPEC.replace("5%", "1%"))]);
    let text = told(folder.path(), &["--config", "am.yml", "team=web"], 0);
    assert!(text.contains("1. web") && text.contains("note: the specs have errors"), "{text}");
    let text = told(folder.path(), &["team=web"], 1);
    assert!(text.contains("threshold-order") && text.contains("no routes to follow"), "{text}");
}

#[test]
fn a_wrong_command_line_and_files_that_cannot_be_read_are_told_apart() {
    let folder = project(&[
        ("am.yml", OTHER),
        ("bad.yml", "route:\n  receiver: all\n  routes:\n    - matchers: [ a ]\n"),
    ]);
    let config = |file: &'static str, label: &'static str| ["--config", file, label];
    assert!(told(folder.path(), &config("am.yml", "team"), 2).contains("write `team=VALUE`"));
    assert!(told(folder.path(), &config("am.yml", "team=~web"), 2).contains("it is a matcher"));
    assert!(told(folder.path(), &config("none.yml", "team=web"), 3).contains("there is no such file"));
    let text = told(folder.path(), &config("bad.yml", "team=web"), 1);
    assert!(text.contains("bad.yml:4:19") && text.contains("is no matcher"), "{text}");
    assert!(told(folder.path(), &["team=web"], 3).contains("no release found"));
}

#[test]
fn without_labels_the_routes_are_judged() {
    let folder = project(&[("am.yml", OTHER), ("specs/shop.yaml", SPEC)]);
    let text = told(folder.path(), &["--config", "am.yml"], 0);
    assert!(
        text.contains("1 route, 0 inhibitions, 6 alerts of the project") && text.contains("nothing found"),
        "{text}"
    );
    let unreachable = OTHER.replace("routes:\n", "routes:\n    - { receiver: all }\n");
    std::fs::write(folder.path().join("am.yml"), unreachable).expect("written");
    let text = told(folder.path(), &["--config", "am.yml"], 0);
    assert!(text.contains("unreachable-route") && text.contains("1 warning"), "{text}");
    told(folder.path(), &["--config", "am.yml", "--deny", "warnings"], 1);
    let bare = project(&[("specs/shop.yaml", SPEC.split("notify:").next().expect("a release"))]);
    let text = told(bare.path(), &[], 0);
    assert!(text.contains("reach only the default receiver `relspec-default`, which tells nobody"), "{text}");
}

#[test]
fn labels_without_a_name_are_taken_as_they_stand_and_told_so() {
    let folder = project(&[("relspec.yaml", "relspec: 1\n"), ("specs/shop-v2.yaml", SPEC)]);
    let text = told(folder.path(), &["level=rollback"], 0);
    let note = "note: taken as it stands; 2 alerts of the project have these labels and others: name one with `alertname=FailedRollback`";
    assert!(text.contains(note), "{text}");
    let text = told(folder.path(), &["level=rollback", "owner=nobody"], 0);
    assert!(!text.contains("note:"), "{text}");
}
