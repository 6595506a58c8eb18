//! Files that are not what the specs say are not tested.

use crate::sandbox::{Ended, Sandbox};
use std::process::Command;

const SPEC: &str = "specs/my-service-v1.yaml";

fn relspec(sandbox: &Sandbox, args: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relspec"));
    Ended(command.current_dir(&sandbox.0).args(args).output().expect("relspec"), args.join(" "))
}

fn edit(sandbox: &Sandbox, path: &str, from: &str, to: &str) {
    let path = sandbox.0.join(path);
    let text = std::fs::read_to_string(&path).expect("a text");
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replace(from, to)).expect("written");
}

#[test]
fn stale_and_edited_files_are_told_and_not_tested() {
    let sandbox = Sandbox::empty("stale");
    relspec(&sandbox, &["init"]).ends(0);
    relspec(&sandbox, &["test"])
        .ends(1)
        .says("generated/manifest.json is missing")
        .says("so nothing was tested");
    relspec(&sandbox, &["test", "--no-check"]).ends(3).complains("it has no manifest.json");
    relspec(&sandbox, &["build"]).ends(0);
    relspec(&sandbox, &["test"]).ends(0).says("my-service-v1: ").never_says("not run");
    edit(&sandbox, SPEC, "rollback: { above: 2% }", "rollback: { above: 3% }");
    let rules = "generated/my-service-v1/prometheus/my-service-v1.rules.yaml";
    let told = format!("{rules} is not what the specs say\n");
    relspec(&sandbox, &["test"])
        .ends(1)
        .says(&told)
        .says("generated/ is not up to date")
        .never_says("promtool");
    let json = relspec(&sandbox, &["test", "--json"]).ends(1).out();
    let json: serde_json::Value = serde_json::from_str(&json).expect("one object");
    assert_eq!((&json["ok"], &json["generated"]["state"]), (&false.into(), &"differs".into()));
    assert!(json["generated"]["differs"].as_array().expect("paths").contains(&rules.into()), "{json}");
    relspec(&sandbox, &["build"]).ends(0);
    edit(&sandbox, rules, "for: ", "for:  ");
    relspec(&sandbox, &["test"]).ends(1).says("was edited by hand");
}

#[test]
fn specs_that_do_not_build_are_told() {
    let sandbox = Sandbox::empty("errors");
    relspec(&sandbox, &["test"]).ends(3).complains("no release found");
    relspec(&sandbox, &["init"]).ends(0);
    edit(&sandbox, SPEC, "rollback: { above: 2% }", "rollback: { above: 0.1% }");
    relspec(&sandbox, &["test"]).ends(1).complains("threshold-order").says("1 error: nothing was tested\n");
    let json = relspec(&sandbox, &["test", "--json"]).ends(1).complains("threshold-order").out();
    assert!(json.contains("\"state\": \"does_not_build\""), "{json}");
}
