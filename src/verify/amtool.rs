//! amtool on a configuration, and on the labels of alerts.

use super::process::{self, Stopped};
use super::promtool::{no_answer, own_words};
use super::report::Failure;
use super::tool::Tool;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// The first minor version of 0.x that reads matchers strictly where it is told to.
const STRICT: (u32, u32) = (0, 27);

/// Labels by name.
pub type Labels = BTreeMap<String, String>;

/// Whether Alertmanager takes a configuration, in its strict mode where it has one. Nothing is found where it does.
#[must_use]
pub fn config(tool: &Tool, folder: &Path, file: &str) -> Vec<Failure> {
    let strict = (tool.release >= STRICT).then_some("--enable-feature=utf8-strict-mode");
    let arguments: Vec<&str> = ["check-config"].into_iter().chain(strict).chain([file]).collect();
    match process::run(&tool.path, &arguments, folder, tool.limit) {
        Ok(ran) if ran.success && ran.stdout.contains("SUCCESS") && !ran.stdout.contains("FAILED") => {
            Vec::new()
        }
        Ok(ran) => vec![Failure::whole(own_words(&ran))],
        Err(stopped) => vec![no_answer(&stopped)],
    }
}

/// The receivers of alerts with these labels, as amtool prints them: joined by commas, in the order of the tree. amtool takes
/// one set of labels at a time, so several run at once.
///
/// # Errors
/// For each set, what went wrong.
#[must_use]
pub fn receivers(
    tool: &Tool,
    folder: &Path,
    config: &str,
    labels: &[&Labels],
) -> Vec<Result<String, String>> {
    labels.par_iter().map(|labels| ask(tool, folder, config, labels)).collect()
}

fn ask(tool: &Tool, folder: &Path, config: &str, labels: &Labels) -> Result<String, String> {
    let head = ["config", "routes", "test", "--config.file", config].map(str::to_owned);
    let pairs = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value)));
    let arguments: Vec<String> = head.into_iter().chain(pairs).collect();
    let ran = process::run(&tool.path, &arguments, folder, tool.limit);
    match ran {
        Ok(ran) if ran.success => Ok(ran.stdout.trim_end_matches(['\n', '\r']).to_owned()),
        Ok(ran) => Err(own_words(&ran)),
        Err(stopped) => Err(told(&stopped)),
    }
}

fn told(stopped: &Stopped) -> String {
    format!("no answer: {stopped}")
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
