//! A build that is killed at any moment leaves every file whole, and builds at once leave one consistent result.

#![allow(clippy::expect_used, reason = "helpers of tests; a panic is how they fail")]

use relspec::output::{Intact, is_intact};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often a build is killed.
const KILLS: u32 = 60;

/// A project with one release of many metrics, and a limit that differs from build to build.
struct Project {
    root: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder for the project");
        std::fs::create_dir(root.path().join("specs")).expect("specs");
        Self { root }
    }

    /// Writes the specs of a turn: odd turns have a release more, and every turn has other numbers.
    fn write(&self, turn: u32) {
        let specs = self.root.path().join("specs");
        std::fs::write(specs.join("one.yaml"), spec("one", 40, turn)).expect("one");
        let two = specs.join("two.yaml");
        if turn % 2 == 1 {
            std::fs::write(two, spec("two", 20, turn)).expect("two");
        } else {
            drop(std::fs::remove_file(two));
        }
    }

    fn build(&self, check: bool) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relspec"));
        command.arg("build").current_dir(self.root.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if check {
            command.arg("--check");
        }
        command
    }

    fn run(&self, check: bool) {
        let output = self.build(check).output().expect("the program runs");
        assert!(
            output.status.success(),
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// How long a build of that turn takes; the first one of all is slower than those that follow.
    fn time_of_a_build(&self, turn: u32) -> Duration {
        self.write(turn);
        let began = Instant::now();
        self.run(false);
        began.elapsed()
    }

    fn files(&self) -> Vec<PathBuf> {
        files_under(&self.root.path().join("generated"))
    }
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}

fn spec(id: &str, metrics: u32, turn: u32) -> String {
    let mut text = format!(
        "relspec: 1\nrelease: {{ id: {id}, title: Turn {turn}, service: shop, version: '{turn}', owner: shop }}\n\
         scope:\n  canary: {{ track: canary }}\nmetrics:\n"
    );
    for n in 0..metrics {
        text.push_str(&format!(
            "  errors_{n}:\n    title: Errors {n}\n    unit: ratio\n    min_events: 1000\n    \
             ratio: {{ bad: 'requests_{n}_total{{code=\"500\"}}', total: requests_{n}_total }}\n    \
             normal: {{ max: 1% }}\n    warn: {{ above: {}% }}\n    rollback: {{ above: 9% }}\n",
            2 + turn % 5
        ));
    }
    text.push_str("stages:\n  - { id: full, traffic: 100%, lasts: 2d }\n");
    text
}

fn assert_whole(project: &Project, turn: u32) {
    for file in project.files() {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".tmp") || name == "manifest.json" {
            continue;
        }
        let bytes = std::fs::read(&file).expect("a generated file");
        assert_eq!(is_intact(&bytes), Intact::Ours, "turn {turn}: {}", file.display());
    }
}

fn end(mut child: Child) -> bool {
    let running = child.try_wait().expect("a child to wait for").is_none();
    drop(child.kill());
    drop(child.wait());
    running
}

#[test]
fn a_killed_build_leaves_every_file_whole() {
    let project = Project::new();
    let whole = (0..3).map(|turn| project.time_of_a_build(turn)).min().unwrap_or_default();
    let mut killed = 0;
    for turn in 1..=KILLS {
        project.write(turn);
        let child = project.build(false).spawn().expect("the program starts");
        // Spread over the whole time that a build takes, a little beyond its end.
        std::thread::sleep(Duration::from_nanos(
            u64::try_from(whole.as_nanos()).unwrap_or(0) * u64::from(turn) * 11 / u64::from(KILLS * 10),
        ));
        killed += u32::from(end(child));
        assert_whole(&project, turn);
    }
    assert!(killed >= KILLS / 10, "only {killed} of {KILLS} builds were still running when they were killed");
    project.write(KILLS + 1);
    project.run(false);
    project.run(true);
    assert!(project.files().iter().all(|file| !file.to_string_lossy().ends_with(".tmp")), "leftovers");
}

#[test]
fn builds_at_once_leave_one_consistent_result() {
    let project = Project::new();
    for turn in 1..=5 {
        project.write(turn);
        let builds: Vec<Child> =
            (0..3).map(|_| project.build(false).spawn().expect("the program starts")).collect();
        for build in builds {
            let output = build.wait_with_output().expect("the program ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        project.run(true);
        assert_whole(&project, turn);
    }
}
