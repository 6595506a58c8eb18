//! Grafana: a board for each release and one of all, as classic dashboards, and what tells Grafana where they lie.

mod dashboard;
mod layout;
mod lint;
mod model;
mod options;
mod panel;
mod provisioning;
mod query;
mod text;

use super::{Emitted, Target, yaml};
use crate::output::{Artifact, Format};
use crate::plan::{Board, Plan, ReleasePlan, names};
use crate::template::Templates;
use provisioning::Provisioning;

/// The target.
pub static TARGET: Target = Target {
    name: "grafana",
    summary: "A dashboard for each release and one of all, with a provisioning file.",
    emit,
    together,
};

fn emit(plan: &ReleasePlan<'_>, _: &Templates) -> Emitted {
    Ok(files(&plan.board, names::board_file(&plan.id)))
}

fn together(plan: &Plan<'_>, _: &Templates) -> Emitted {
    let Some(overview) = &plan.overview else { return Ok(Vec::new()) };
    let mut artifacts = files(overview, names::OVERVIEW_FILE.to_owned());
    let ids = plan.releases.iter().map(|release| release.id.as_str());
    artifacts.push(Artifact {
        path: names::PROVISIONING_FILE.to_owned(),
        format: Format::Yaml,
        body: yaml::to_string(&Provisioning::new(&overview.folder, ids)),
    });
    Ok(artifacts)
}

/// A board, and why some rules of Grafana's linter don't fit it.
fn files(board: &Board, path: String) -> Vec<Artifact> {
    let dashboard = dashboard::dashboard(board);
    // Nothing in a dashboard can fail to be written; if it did, the writer would refuse text without a stamp.
    let mut body = serde_json::to_string_pretty(&dashboard).unwrap_or_default();
    body.push('\n');
    let lint = Artifact {
        path: names::board_lint_file(&path),
        format: Format::Yaml,
        body: yaml::to_string(&lint::exclusions(board, &dashboard)),
    };
    vec![Artifact { path, format: Format::Dashboard, body }, lint]
}
