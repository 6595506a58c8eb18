//! Alertmanager: the routes, receivers and inhibitions of each release alone, and those of all releases in one file, which
//! is a copy of the team's own with ours added where the project names one; and whom each alert reaches there.

mod document;
mod insert;
mod items;
mod merge;
pub mod route_tests;
#[cfg(test)]
mod tests;

use super::{Emitted, Target, yaml};
use crate::output::{Artifact, Format, Stamped};
use crate::plan::routing::Routing;
use crate::plan::{Broken, Plan, ReleasePlan, names};
use crate::source::Sources;
use crate::syntax;
use crate::template::Templates;
use document::Document;
use route_tests::RouteTests;

/// The target.
pub static TARGET: Target = Target {
    name: "alertmanager",
    summary: "Routes, receivers and inhibitions: of each release, and of all in one file or in a copy of the team's own; and tests of them.",
    emit,
    together,
};

fn emit(plan: &ReleasePlan<'_>, _: &Templates) -> Emitted {
    let body = yaml::to_string(&Document::alone(&plan.routing));
    Ok(vec![artifact(names::alertmanager_part(&plan.id), body)])
}

fn together(plan: &Plan<'_>, _: &Templates) -> Emitted {
    let routing = all(plan);
    let body = match &plan.config.own {
        Some(team) => merge::text(team, &Document::added(&routing)),
        None => yaml::to_string(&Document::alone(&routing)),
    };
    let tests = yaml::to_string(&RouteTests::of(plan));
    Ok(vec![
        artifact(names::ALERTMANAGER_FILE.to_owned(), body),
        artifact(names::ROUTE_TESTS_FILE.to_owned(), tests),
    ])
}

fn all<'a>(plan: &'a Plan<'_>) -> Routing<'a> {
    Routing::together(plan.releases.iter().map(|release| &release.routing))
}

fn artifact(path: String, body: String) -> Artifact {
    Artifact { path, format: Format::Yaml, body }
}

/// Reads the merged file once more before anything is written: it was edited as text, and what the text means must be
/// the team's own file with what is ours and nothing else. Files of other kinds are left alone.
#[must_use]
pub fn check<'a>(plan: &Plan<'_>, mut files: impl Iterator<Item = &'a Stamped>) -> Vec<Broken> {
    let Some(team) = &plan.config.own else { return Vec::new() };
    let Some(merged) = files.find(|file| file.path() == names::ALERTMANAGER_FILE) else { return Vec::new() };
    let mut sources = Sources::default();
    let file = sources.add(merged.path(), merged.text());
    let read = syntax::parse_merging(&sources, file, &mut Vec::new()).map(|root| root.to_json());
    let expected = merge::expected(team, &Document::added(&all(plan)));
    if read.is_some_and(|read| merge::same(&read, &expected)) {
        return Vec::new();
    }
    let what = format!("{} with the releases added does not read as expected", team.path);
    vec![Broken::new("all", what)]
}
