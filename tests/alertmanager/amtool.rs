//! Running amtool.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// One amtool, and the minor version of Alertmanager 0.x that it belongs to.
pub struct Amtool {
    path: PathBuf,
    pub minor: u16,
}

/// The amtool on the path, and those that `RELSPEC_AMTOOLS` names.
pub fn amtools() -> Vec<Amtool> {
    let more = std::env::var_os("RELSPEC_AMTOOLS").unwrap_or_default();
    let more = std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()).collect::<Vec<_>>();
    std::iter::once(PathBuf::from("amtool")).chain(more).map(Amtool::new).collect()
}

impl Amtool {
    fn new(path: PathBuf) -> Self {
        let output = run(&path, &["--version".to_owned()]);
        // Older ones print the version on standard error.
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text);
        let version = text.split("version 0.").nth(1).unwrap_or_else(|| panic!("{}: {text}", path.display()));
        let minor = version.split('.').next().expect("a minor version").parse().expect("a number");
        Self { path, minor }
    }

    /// `amtool check-config`, strictly where it can.
    pub fn check(&self, files: &[PathBuf]) -> Result<(), String> {
        let strict = (self.minor >= 27).then(|| "--enable-feature=utf8-strict-mode".to_owned());
        let files = files.iter().map(|file| file.display().to_string());
        let arguments: Vec<String> =
            std::iter::once("check-config".to_owned()).chain(strict).chain(files).collect();
        let output = run(&self.path, &arguments);
        if output.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    }

    /// Fails where it refuses any of them.
    pub fn accepts(&self, files: &[PathBuf]) {
        if let Err(fault) = self.check(files) {
            panic!("{}:\n{fault}", self.path.display());
        }
    }

    /// The receivers of an alert with these labels.
    pub fn receivers(&self, file: &Path, labels: &[(String, String)]) -> Vec<String> {
        let escaped = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let labels = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value)));
        let head = ["config", "routes", "test", "--config.file"].map(str::to_owned);
        let file = file.display().to_string();
        let arguments: Vec<String> = head.into_iter().chain([file]).chain(labels).collect();
        let output = run(&self.path, &arguments);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
        text.trim().split(',').map(str::to_owned).collect()
    }
}

fn run(path: &Path, arguments: &[String]) -> Output {
    Command::new(path).args(arguments).output().unwrap_or_else(|fault| {
        panic!(
            "{} can't be run ({fault}): run `make test`, or apt-get install prometheus-alertmanager",
            path.display()
        )
    })
}
