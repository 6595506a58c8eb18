//! Every release that builds gives rules that promtool accepts, and YAML that is read as what was written.

use relspec::output::{Artifact, Format};
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use crate::compile::compile;
use crate::generate::release;
use crate::promtool;
use crate::render::render;
use crate::runner::run;

/// How many files promtool is given at once.
const BATCH: usize = 400;

#[test]
fn what_is_built_is_accepted_by_promtool() {
    let tools = promtool::all();
    let folder = tempfile::tempdir().expect("a folder");
    let built: RefCell<Vec<(PathBuf, String)>> = RefCell::default();
    run(2_000, |cells| {
        let text = render(&release(cells, false));
        let outcome = compile(&[&text]);
        let artifacts = outcome.artifacts().map_err(|why| format!("{why}\n{text}"))?;
        // JSON is YAML; pages and pictures are neither.
        let data = |artifact: &&Artifact| !matches!(artifact.format, Format::Markdown | Format::Svg);
        for artifact in artifacts.iter().filter(data) {
            serde_yaml::from_str::<serde_json::Value>(&artifact.body)
                .map_err(|fault| format!("{}: {fault}\n{text}\n{}", artifact.path, artifact.body))?;
        }
        let rules = artifacts.iter().find(|artifact| artifact.path.ends_with(".rules.yaml"));
        let rules = rules.ok_or_else(|| format!("no rule file\n{text}"))?;
        let path = folder.path().join(format!("{}.yaml", built.borrow().len()));
        fs::write(&path, &rules.body).map_err(|fault| fault.to_string())?;
        built.borrow_mut().push((path, text));
        Ok(())
    });
    for batch in built.borrow().chunks(BATCH) {
        for tool in &tools {
            accepted(tool, batch);
        }
    }
}

/// Panics with the first release of the batch that the tool refuses.
fn accepted(tool: &Path, batch: &[(PathBuf, String)]) {
    let paths = |part: &[(PathBuf, String)]| part.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    if promtool::refusal(tool, &paths(batch)).is_none() {
        return;
    }
    let refused =
        batch.iter().filter_map(|one| Some((promtool::refusal(tool, std::slice::from_ref(&one.0))?, one)));
    let all: Vec<_> = refused.collect();
    match all.iter().min_by_key(|(_, (_, text))| text.len()) {
        Some((why, (path, text))) => {
            let rules = fs::read_to_string(path).unwrap_or_default();
            panic!("{} of {} files are refused; {why}\n{text}\n{rules}", all.len(), batch.len())
        }
        None => panic!("{}", promtool::refusal(tool, &paths(batch)).unwrap_or_default()),
    }
}
