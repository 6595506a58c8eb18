//! The command line as a script sees it: what is printed, and the exit code.

#![allow(clippy::unwrap_used, reason = "helpers of tests; a panic is how they fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const SPEC: &str = "specs/my-service-v1.yaml";
const RULES: &str = "generated/my-service-v1/prometheus/my-service-v1.rules.yaml";

/// A folder of its own for one test.
struct Project(PathBuf);

impl Project {
    fn empty(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }

    /// What `relspec init` writes.
    fn new(name: &str) -> Self {
        let project = Self::empty(name);
        project.run(&["init"]).ends(0);
        project
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relspec"));
        command.current_dir(&self.0).args(args).env_remove("NO_COLOR");
        command
    }

    fn run(&self, args: &[&str]) -> Ended {
        Ended(self.command(args).output().unwrap(), args.join(" "))
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.0.join(path), text).unwrap();
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, &text.replace(from, to));
    }

    /// A second release, made from the first one.
    fn add_release(&self, id: &str) {
        let text = self.read(SPEC).replace("my-service", "other").replace("other-v1", id);
        self.write(&format!("specs/{id}.yaml"), &text);
    }
}

struct Ended(Output, String);

impl Ended {
    fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    #[track_caller]
    fn ends(self, code: i32) -> Self {
        let found = self.0.status.code();
        assert_eq!(found, Some(code), "relspec {}\n{}{}", self.1, self.out(), self.err());
        self
    }

    #[track_caller]
    fn says(self, text: &str) -> Self {
        assert!(self.out().contains(text), "no {text:?} in: relspec {}\n{}", self.1, self.out());
        self
    }

    #[track_caller]
    fn complains(self, text: &str) -> Self {
        assert!(self.err().contains(text), "no {text:?} in: relspec {}\n{}", self.1, self.err());
        self
    }
}

#[test]
fn a_first_project_builds_without_a_finding() {
    let project = Project::new("init");
    project.run(&["lint", "--deny", "infos"]).ends(0).says("1 release, 2 metrics: nothing found");
    project.run(&["build", "--deny", "infos"]).ends(0).says("built 1 release: 2 metrics, ");
    project.run(&["init"]).ends(3).complains("is there already");
    assert!(project.read(".gitattributes").contains("linguist-generated"));
}

#[test]
fn a_check_follows_a_build() {
    let project = Project::new("check");
    project.run(&["build", "--check"]).ends(1).says("+++ generated/manifest.json");
    assert!(!project.0.join("generated").exists(), "--check writes nothing");
    project.run(&["build"]).ends(0).says("new)");
    project.run(&["build"]).ends(0).says(" unchanged)");
    project.run(&["build", "--check"]).ends(0).says("generated/ is up to date: 1 release, ");
    project.edit(SPEC, "rollback: { above: 2% }", "rollback: { above: 3% }");
    project.run(&["build", "--check"]).ends(1).says("+").says("0.03").says("generated/ is not up to date");
    project.run(&["build"]).ends(0).says(" changed");
}

#[test]
fn an_edit_by_hand_is_kept_unless_forced() {
    let project = Project::new("edited");
    project.run(&["build"]).ends(0);
    let written = project.read(RULES);
    project.write(RULES, &format!("{written}# by hand\n"));
    project.run(&["build", "--check"]).ends(1).says("was edited by hand");
    project.run(&["build"]).ends(3).complains("was edited by hand");
    assert!(project.read(RULES).ends_with("# by hand\n"));
    project.run(&["build", "--force"]).ends(0).says("1 changed");
    assert_eq!(project.read(RULES), written);
}

#[test]
fn an_error_anywhere_writes_nothing() {
    let project = Project::new("error");
    project.add_release("other-v1");
    project.edit("specs/other-v1.yaml", "hold:     { above: 1% }", "hold:     { above: 5% }");
    project.run(&["build"]).ends(1).says("threshold-order").says("1 error: nothing was written");
    project.run(&["build", SPEC]).ends(1);
    assert!(!project.0.join("generated").exists());
}

#[test]
fn a_part_is_built_and_the_rest_stays() {
    let project = Project::new("part");
    project.add_release("other-v1");
    project.run(&["build"]).ends(0).says("built 2 releases: 4 metrics");
    let both = project.read("generated/manifest.json");
    project.edit(SPEC, "rollback: { above: 2% }", "rollback: { above: 3% }");
    project.edit("specs/other-v1.yaml", "rollback: { above: 2% }", "rollback: { above: 4% }");
    project.run(&["build", SPEC]).ends(0).says("built 1 release: 2 metrics");
    assert_eq!(project.read("generated/manifest.json"), both);
    assert!(project.read(RULES).contains("0.03"));
    assert!(!project.read("generated/other-v1/prometheus/other-v1.rules.yaml").contains("0.04"));
    project.run(&["build", "--check", SPEC]).ends(0);
    project.run(&["build", "--check"]).ends(1);
    project.run(&["build", "specs/none.yaml"]).ends(3).complains("is no release of this project");
    fs::remove_file(project.0.join("specs/other-v1.yaml")).unwrap();
    project.run(&["build", SPEC]).ends(0);
    assert!(project.0.join("generated/other-v1").exists(), "a part removes nothing of others");
    project.run(&["build"]).ends(0).says(" removed)");
    assert!(!project.0.join("generated/other-v1").exists());
}

#[test]
fn all_findings_of_all_files_come_in_one_run() {
    let project = Project::new("order");
    project.write("specs/a.yaml", "relspec: 1\nrelease: { id: a, 标题: 订单服务, titel: x }\n");
    project.write("specs/b.yaml", "relspec: 1\n\tmetrics: 1\n");
    project.edit(SPEC, "rollback: { above: 2% }", "rollback: { above: 0.7% }");
    let out = project.run(&["lint"]).ends(1).out();
    let places = ["specs/a.yaml:2:19", "specs/b.yaml:2:", "specs/my-service-v1.yaml:"];
    let found: Vec<_> =
        places.iter().map(|place| out.find(place).unwrap_or_else(|| panic!("{place}\n{out}"))).collect();
    assert!(found.is_sorted(), "{found:?}\n{out}");
    // A column counts characters: eighteen bytes of Chinese are six columns.
    assert!(out.contains("specs/a.yaml:2:29"), "{out}");
}

#[test]
fn what_can_not_be_read_ends_with_its_own_code() {
    let project = Project::new("unread");
    project.run(&["lint", "specs/none.yaml"]).ends(3).complains("no such file or folder: specs/none.yaml");
    fs::write(project.0.join("specs/c.yaml"), b"\xff\xfe\x00").unwrap();
    project.run(&["lint"]).ends(3).says("specs/c.yaml: ").says("UTF-16");
    project.run(&["build"]).ends(3);
    let empty = Project::empty("none");
    empty.run(&["build"]).ends(3).complains("no release found").complains("relspec init");
    fs::create_dir(empty.0.join("specs")).unwrap();
    empty.run(&["lint"]).ends(3).complains("no release found");
    empty.run(&["--project", "nowhere", "lint"]).ends(3).complains("nowhere");
}

#[test]
fn machines_get_nothing_but_findings() {
    let project = Project::new("formats");
    project.edit(SPEC, "owner: my-team", "ownr: my-team");
    let json = project.run(&["lint", "--format", "json"]).ends(1).complains("1 release").out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["summary"]["errors"], 1);
    assert_eq!(json["findings"][0]["places"][0]["column"], 3);
    let sarif = project.run(&["build", "--format", "sarif"]).ends(1).out();
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["runs"][0]["columnKind"], "unicodeCodePoints");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "unknown-key");
    project.run(&["lint", "--format", "github"]).ends(1).says("::error file=specs/my-service-v1.yaml,line=");
}

#[test]
fn lints_explain_themselves() {
    let project = Project::empty("explain");
    project.run(&["explain", "threshold-order"]).ends(0).says("# threshold-order").says("## Bad");
    project.run(&["explain", "treshold-order"]).ends(2).complains("did you mean `threshold-order`?");
    project.run(&["explain"]).ends(2);
    project.run(&["explain", "--all"]).ends(0).says("## threshold-order").says("### Bad");
    project.run(&["list", "lints"]).ends(0).says("threshold-order ").says("error !");
    let json = project.run(&["list", "targets", "--format", "json"]).ends(0).out();
    assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap()[0]["name"].is_string());
}

#[test]
fn a_project_can_start_from_a_built_in_template() {
    let project = Project::new("template");
    project
        .run(&["list", "templates"])
        .ends(0)
        .says("runbook/release/people.md ")
        .says("phrases/zh-CN.yaml ");
    let json = project.run(&["list", "templates", "--format", "json"]).ends(0).out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    project.run(&["build"]).ends(0);
    // Each is printed as it is: a project that replaces all of them by themselves gets the same pages.
    for one in json.as_array().unwrap() {
        let name = one["name"].as_str().unwrap();
        let path = project.0.join("templates").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, project.run(&["template", name]).ends(0).out()).unwrap();
    }
    project.run(&["build", "--check"]).ends(0);
    let page = "templates/runbook/release/people.md";
    project.edit(page, "# {{ say(\"h-people\") }}", "# Whom to call");
    project.run(&["build"]).ends(0).says("1 changed");
    assert!(project.read("generated/my-service-v1/runbook/README.md").contains("## Whom to call"));
    project.run(&["template", page]).ends(0).says("h-people");
    project.run(&["template", "runbook/peopel.md"]).ends(2).complains("`relspec list templates`");
    project.run(&["template", "runbook/stps.md"]).ends(2).complains("did you mean `runbook/steps.md`?");
}

#[test]
fn a_stage_is_told_in_exposition_format() {
    let project = Project::new("stage");
    project.edit(SPEC, "timezone: Etc/UTC", "timezone: Asia/Shanghai");
    let line = "release_stage_start_time_seconds{release=\"my-service-v1\",stage=\"canary-5\"} 1772413200\n";
    for at in ["2026-03-02T09:00", "2026-03-02T01:00:00Z", "1772413200"] {
        project.run(&["stage", "my-service-v1", "canary-5", "--at", at]).ends(0).says(line);
    }
    project.run(&["stage", "my-service-v1", "done"]).ends(0).says("# TYPE ").says("stage=\"done\"");
    project.run(&["stage", "my-service-v1", "canary"]).ends(2).complains("did you mean `canary-5`?");
    project.run(&["stage", "my-servce-v1", "done"]).ends(2).complains("did you mean `my-service-v1`?");
    project.run(&["stage", "my-service-v1", "done", "--at", "soon"]).ends(2).complains("no point in time");
}

#[test]
fn schemas_are_json() {
    let project = Project::empty("schema");
    for of in [&["schema"][..], &["schema", "release"], &["schema", "config"]] {
        let text = project.run(of).ends(0).out();
        assert!(serde_json::from_str::<serde_json::Value>(&text).unwrap()["$schema"].is_string());
    }
}

#[test]
fn a_wrong_command_line_is_told_apart() {
    let project = Project::empty("usage");
    project.run(&["buidl"]).ends(2).complains("build");
    project.run(&["build", "--target", "nothing"]).ends(2).complains("prometheus");
    project.run(&["build", "--check", "--force"]).ends(2);
    project.run(&[]).ends(2);
    project.run(&["--help"]).ends(0).says("Exit codes:");
    project.run(&["--version"]).ends(0).says("relspec ");
    for command in ["build", "lint", "explain", "list", "stage", "template", "init", "schema"] {
        project.run(&[command, "--help"]).ends(0).says("Usage: relspec");
    }
}

#[test]
fn colours_are_for_terminals() {
    let project = Project::new("colours");
    project.edit(SPEC, "owner: my-team", "ownr: my-team");
    assert!(!project.run(&["lint"]).ends(1).out().contains('\u{1b}'));
    assert!(project.run(&["lint", "--color", "always"]).ends(1).out().contains('\u{1b}'));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let project = Project::new("pipe");
    project.edit(SPEC, "owner: my-team", "ownr: my-team");
    for (args, code) in
        [(&["list", "lints"][..], 0), (&["explain", "--all"], 0), (&["--help"], 0), (&["lint"], 1)]
    {
        let mut child = project.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(code), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let project = Project::empty("full");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = project.command(&["explain", "--all"]).stdout(full).output().unwrap();
    assert_eq!(ended.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("cannot write the output"));
}
