//! A built project in a folder of its own, and tools that only pretend.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub const RULES: &str = "a/prometheus/a.rules.yaml";
pub const TESTS: &str = "a/prometheus/a.rules.test.yaml";
pub const CONFIG: &str = "alertmanager/alertmanager.yml";
pub const ROUTES: &str = "alertmanager/routes.test.yaml";
const FILES: [&str; 5] = [RULES, TESTS, CONFIG, ROUTES, "a/alertmanager/a.yaml"];

/// The folder has a blank, a letter of another script and the signs of a pattern in its name.
pub struct Sandbox(pub PathBuf);

impl Sandbox {
    /// What a build of `tests/verify/project` would have left.
    pub fn new(name: &str) -> Self {
        let sandbox = Self::empty(name);
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify/project");
        for file in FILES {
            sandbox.write(file, &fs::read_to_string(project.join(file)).expect("a file"));
        }
        sandbox.owns(&FILES);
        sandbox
    }

    pub fn empty(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verify").join(format!("{name} [团]*"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    pub fn owns(&self, files: &[&str]) {
        let lines: String = files.iter().map(|file| format!("    \"{file}\",\n")).collect();
        let text = format!(
            "{{\n  \"generator\": \"relspec\",\n  \"owns\": [\n{lines}    \"manifest.json\"\n  ]\n}}\n"
        );
        self.write("manifest.json", &text);
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.0.join("generated").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join("generated").join(path)).expect("a text")
    }

    /// Replaces a text wherever it stands.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, &text.replace(from, to));
    }

    /// A tool that says its version and then does what the script says.
    pub fn tool(&self, name: &str, version: &str, script: &str) -> PathBuf {
        let path = self.0.join("bin").join(format!("{name}-{version}"));
        fs::create_dir_all(self.0.join("bin")).expect("a folder");
        let kind = name.split('-').next().expect("a name");
        let text = format!(
            "#!/bin/sh\nif [ \"$1\" = --version ]; then echo \"{kind}, version {version} (x)\"; exit 0; fi\n{script}\n"
        );
        fs::write(&path, text).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("executable");
        path
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relspec"));
        command.current_dir(&self.0).arg("test").args(args).env_remove("NO_COLOR");
        command
    }

    /// `relspec test` on the files as they are.
    pub fn test(&self, args: &[&str]) -> Ended {
        let args = [&["--no-check"], args].concat();
        Ended(self.command(&args).output().expect("relspec"), args.join(" "))
    }
}

pub struct Ended(pub Output, pub String);

impl Ended {
    pub fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("UTF-8")
    }

    fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("UTF-8")
    }

    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        let found = self.0.status.code();
        assert_eq!(found, Some(code), "relspec test {}\n{}{}", self.1, self.out(), self.err());
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.out().contains(text), "no {text:?} in: relspec test {}\n{}", self.1, self.out());
        self
    }

    #[track_caller]
    pub fn never_says(self, text: &str) -> Self {
        assert!(!self.out().contains(text), "{text:?} in: relspec test {}\n{}", self.1, self.out());
        self
    }

    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.err().contains(text), "no {text:?} in: relspec test {}\n{}", self.1, self.err());
        self
    }
}

/// Each tool to ask, as options: the one on the path and those that an environment variable names.
pub fn tools(kind: &str, variable: &str) -> Vec<String> {
    let more = std::env::var_os(variable).unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty());
    let all = std::iter::once(PathBuf::from(kind)).chain(more);
    all.flat_map(|path| [format!("--{kind}"), path.display().to_string()]).collect()
}
