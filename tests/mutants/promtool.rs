//! promtool, run on one test file after another until one fails.

use crate::bench::RULES;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, PipeReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

const MISSING: &str = "promtool is missing: run \"make test\", or apt-get install prometheus";

/// After this long a run counts as one that never ends.
pub const LIMIT: Duration = Duration::from_secs(300);

/// What came of running test files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    /// The place of the first file that failed.
    Failed(usize),
    /// The rules are none.
    Refused,
    TimedOut,
}

/// A promtool and what it can do.
#[derive(Debug, Clone)]
pub struct Promtool {
    path: PathBuf,
    version: (u32, u32),
}

impl Promtool {
    /// The one on the path, and each that `RELSPEC_PROMTOOLS` names.
    pub fn all() -> Vec<Self> {
        let more = std::env::var_os("RELSPEC_PROMTOOLS").unwrap_or_default();
        let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty());
        std::iter::once(PathBuf::from("promtool")).chain(more.collect::<Vec<_>>()).map(Self::at).collect()
    }

    fn at(path: PathBuf) -> Self {
        let output = Command::new(&path).arg("--version").output();
        let output = output.unwrap_or_else(|fault| panic!("{}: {fault}; {MISSING}", path.display()));
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        let numbers = said.split("version ").nth(1).unwrap_or_default();
        let mut numbers = numbers.split(['.', '+', ' ']).map(|number| number.parse().unwrap_or(0));
        Self { path, version: (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) }
    }

    /// Whether series of native histograms can be written in its tests.
    pub fn knows_native_histograms(&self) -> bool {
        self.version >= (2, 53)
    }

    /// Whether it takes the rules of a file without a complaint.
    pub fn accepts(&self, rules: &Path) -> bool {
        let output = Command::new(&self.path)
            .args(["check", "rules", "--lint=all", "--lint-fatal"])
            .arg(rules)
            .output();
        let output = output.expect("promtool ran a moment ago");
        // The versions disagree on the exit code of a lint; the word is the same.
        output.status.success()
            && !String::from_utf8_lossy(&output.stderr).contains("FAILED")
            && !String::from_utf8_lossy(&output.stdout).contains("FAILED")
    }

    /// Runs the test files of a folder in this order and ends at the first that fails.
    pub fn test(&self, folder: &Path, files: &[String]) -> Outcome {
        if files.is_empty() {
            return Outcome::Passed;
        }
        // A promtool that can't remove its own storage fast enough breaks down, which says nothing about the rules.
        let mut said = String::new();
        for _ in 0..5 {
            match self.once(folder, files) {
                Ok(outcome) => return outcome,
                Err(words) => said = words,
            }
        }
        panic!("promtool breaks down again and again:\n{said}")
    }

    /// What came of it, or all that promtool printed where it broke down.
    fn once(&self, folder: &Path, files: &[String]) -> Result<Outcome, String> {
        let scratch = folder.join("scratch");
        std::fs::create_dir_all(&scratch).expect("a folder of this run's own");
        let (mut child, lines) = self.start(folder, &scratch, files);
        let outcome = follow(&mut child, &lines, Instant::now() + LIMIT);
        // What a promtool that is ended leaves behind.
        std::fs::remove_dir_all(&scratch).expect("a folder of this run's own");
        outcome
    }

    fn start(&self, folder: &Path, scratch: &Path, files: &[String]) -> (Child, Receiver<String>) {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let mut command = Command::new(&self.path);
        command.args(["test", "rules"]).args(files.iter().map(OsStr::new));
        // One thread and little garbage collection: the other core has a promtool of its own.
        command.current_dir(folder).env("TMPDIR", scratch).env("GOMAXPROCS", "1").env("GOGC", "400");
        command.stdin(Stdio::null()).stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        let child =
            command.spawn().unwrap_or_else(|fault| panic!("{}: {fault}; {MISSING}", self.path.display()));
        (child, lines(reader))
    }
}

/// What a process prints, line by line, read beside it so that waiting can end.
fn lines(reader: PipeReader) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(reader).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

fn follow(child: &mut Child, lines: &Receiver<String>, end: Instant) -> Result<Outcome, String> {
    // Some versions name a file before they judge it and others do not; all say when one has passed.
    let mut passed = 0;
    let mut failed = false;
    let mut all = String::new();
    let outcome = loop {
        let line = match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => break Outcome::TimedOut,
            Err(RecvTimeoutError::Disconnected) => {
                let status = child.wait().expect("a child of ours");
                return if status.success() { Ok(Outcome::Passed) } else { Err(all) };
            }
        };
        if line.trim() == "SUCCESS" {
            passed += 1;
        } else if line.contains(RULES) {
            break Outcome::Refused;
        } else if failed && !line.trim().is_empty() {
            break Outcome::Failed(passed);
        }
        failed |= line.trim() == "FAILED:";
        all.push_str(&line);
        all.push('\n');
    };
    child.kill().and_then(|()| child.wait()).expect("a child of ours");
    Ok(outcome)
}
