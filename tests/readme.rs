//! The examples of the documents: each is run as it stands, and what the program prints is compared byte for byte.
//!
//! A comment before a fenced block says what the block is. `file: PATH` is a file of the example's project, `append: PATH`
//! goes to the end of one, `section: PATH` takes the place of the section that begins with the same line, `run` is commands after `$ ` with their output below, `run: exit N` the same for commands that
//! fail, `setup: COMMAND` is run out of the reader's sight. Other blocks are not touched. `UPDATE=1` writes the outputs.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// A document and the project that its examples work in.
struct Example {
    project: tempfile::TempDir,
    document: &'static str,
    /// The document with what the program printed.
    told: String,
    commands: usize,
}

#[test]
fn readme() {
    check("README.md");
}

#[test]
fn tutorial() {
    check("docs/tutorial.md");
}

#[test]
fn templates() {
    check("docs/templates.md");
}

#[test]
fn alertmanager() {
    check("docs/alertmanager.md");
}

#[test]
fn grafana() {
    check("docs/grafana.md");
}

#[test]
fn runbook() {
    check("docs/runbook.md");
}

#[test]
fn stage_signal() {
    check("docs/stage-signal.md");
}

#[test]
fn rehearsal() {
    check("docs/rehearsal.md");
}

fn check(document: &'static str) {
    let path = Path::new(REPOSITORY).join(document);
    let text = std::fs::read_to_string(&path).expect("a document");
    let project = tempfile::tempdir().expect("a folder");
    let mut example = Example { project, document, told: String::new(), commands: 0 };
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let _ = writeln!(example.told, "{line}");
        let Some(directive) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) else {
            continue;
        };
        if let Some(command) = directive.strip_prefix("setup: ") {
            example.run(command, 0);
            continue;
        }
        if !["file: ", "append: ", "section: ", "run"].iter().any(|known| directive.starts_with(known)) {
            continue;
        }
        let fence = lines.next().filter(|fence| fence.starts_with("```"));
        let fence = fence.unwrap_or_else(|| panic!("{document}: no block behind `{directive}`"));
        let _ = writeln!(example.told, "{fence}");
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        example.block(directive, &block);
        example.told.push_str("```\n");
    }
    assert!(example.commands > 0, "{document} has no command that is run");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &example.told).expect("the document can be written");
    } else if example.told != text {
        panic!("{document} does not show what the program prints:\n{}", difference(&text, &example.told));
    }
}

impl Example {
    fn block(&mut self, directive: &str, block: &[&str]) {
        let mut text = block.join("\n");
        text.push('\n');
        if let Some(path) = directive.strip_prefix("file: ") {
            self.write(path, text.clone());
        } else if let Some(path) = directive.strip_prefix("append: ") {
            let old =
                std::fs::read_to_string(self.project.path().join(path)).expect("the file is there already");
            self.write(path, old + &text);
        } else if let Some(path) = directive.strip_prefix("section: ") {
            let old =
                std::fs::read_to_string(self.project.path().join(path)).expect("the file is there already");
            self.write(path, with_section(&old, &text));
        } else if let Some(rest) = directive.strip_prefix("run") {
            let exit = rest.strip_prefix(": exit ").map_or(0, |code| code.parse().expect("an exit code"));
            return self.commands(block, exit);
        } else {
            panic!("{}: there is no directive `{directive}`", self.document);
        }
        self.told.push_str(&text);
    }

    /// Commands after `$ `, each with its output; a command without the mark is one of a block without outputs.
    fn commands(&mut self, block: &[&str], exit: i32) {
        let shown = block.iter().any(|line| line.starts_with("$ "));
        for line in block {
            let command = if shown { line.strip_prefix("$ ") } else { Some(*line) };
            let Some(command) = command else { continue };
            let _ = writeln!(self.told, "{line}");
            let output = self.run(command, exit);
            if shown {
                self.told.push_str(&output);
            }
        }
    }

    fn write(&self, path: &str, text: String) {
        let path: PathBuf = self.project.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }

    /// What a command prints, both streams as a terminal shows them.
    fn run(&mut self, command: &str, exit: i32) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_relspec")).parent().expect("a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1; {command}")])
            .current_dir(self.project.path())
            .env("PATH", format!("{}:{path}", program.display()))
            .env("REPOSITORY", REPOSITORY)
            .env("NO_COLOR", "1")
            .output()
            .expect("sh can be run");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.status.code(), Some(exit), "{}: `{command}` printed:\n{text}", self.document);
        self.commands += 1;
        text
    }
}

/// A YAML text with one of its sections replaced, and the blank lines behind it kept.
fn with_section(old: &str, section: &str) -> String {
    let first = section.lines().next().expect("a section has a first line");
    let start = old.find(&format!("\n{first}\n")).expect("the file has that section") + 1;
    let end = old[start..].find("\n\n").map_or(old.len(), |gap| start + gap + 1);
    format!("{}{section}{}", &old[..start], &old[end..])
}

fn difference(old: &str, new: &str) -> String {
    similar::TextDiff::from_lines(old, new).unified_diff().header("written", "printed").to_string()
}
