//! The runbook: the release page, a page with a section for each alert, a picture of each metric's levels, and the index
//! of all releases.

mod flow;
mod gates;
mod ladder;
mod tidy;

use super::{Emitted, Target};
use crate::output::{Artifact, Format};
use crate::plan::runbook::Runbook;
use crate::plan::{Plan, ReleasePlan, common_language, names};
use crate::spec::deliverable::Deliverable;
use crate::spec::release::{Language, Release};
use crate::spec::shape::{Row, Text};
use crate::template::{TemplateFault, Templates};
use serde::Serialize;
use std::collections::BTreeMap;

/// The target.
pub static TARGET: Target = Target {
    name: "runbook",
    summary: "The release plan and a section for each alert, in Markdown, with the levels as pictures.",
    emit,
    together,
};

/// What the templates of a release's pages can name.
#[derive(Serialize)]
struct Scene<'a> {
    /// The section `release` as it is written.
    release: &'a Release,
    /// Where else to ask.
    contacts: &'a [Row<Text>],
    /// What the release leaves behind.
    deliverables: &'a [Row<Vec<Deliverable>>],
    /// What else to keep in mind.
    notes: &'a [Text],
    /// Everything that is worked out.
    page: &'a Runbook,
    /// What each metric's picture shows, in words, by the metric's id.
    ladders: BTreeMap<&'a str, String>,
    /// The stages as a diagram: the text of a Mermaid block.
    flow: String,
}

/// What the template of the index can name.
#[derive(Serialize)]
struct Index<'a> {
    /// Every release of the project.
    releases: Vec<Scene<'a>>,
}

impl<'a> Scene<'a> {
    fn of(plan: &'a ReleasePlan<'_>, ladders: BTreeMap<&'a str, String>, flow: String) -> Self {
        Self {
            release: &plan.spec.release,
            contacts: &plan.spec.contacts,
            deliverables: &plan.spec.deliverables,
            notes: &plan.spec.notes,
            page: &plan.runbook,
            ladders,
            flow,
        }
    }
}

fn emit(plan: &ReleasePlan<'_>, templates: &Templates) -> Emitted {
    let language = language(&plan.spec.release);
    let mut files = Vec::new();
    let mut ladders = BTreeMap::new();
    for metric in &plan.spec.metrics {
        let Some(picture) = ladder::draw(plan.spec, metric, templates.phrases(language)?)? else { continue };
        ladders.insert(metric.id.as_str(), picture.words);
        let path = names::ladder_file(&plan.id, &metric.id.value);
        files.push(Artifact { path, format: Format::Svg, body: picture.svg });
    }
    let flow = gates::of_release(&plan.runbook, templates.phrases(language)?)?;
    let scene = Scene::of(plan, ladders, flow);
    let mut page = |path: String, name: &str| -> Result<(), TemplateFault> {
        let body = tidy::tidy(&templates.render(language, name, &scene)?);
        files.push(Artifact { path, format: Format::Markdown, body });
        Ok(())
    };
    page(names::release_page(&plan.id), "runbook/release.md")?;
    page(names::alerts_page(&plan.id), "runbook/alerts.md")?;
    Ok(files)
}

fn together(plan: &Plan<'_>, templates: &Templates) -> Emitted {
    let scene = |release| Scene::of(release, BTreeMap::new(), String::new());
    let releases = plan.releases.iter().map(scene).collect();
    let body = templates.render(common_language(&plan.releases), "runbook/index.md", &Index { releases })?;
    Ok(vec![Artifact {
        path: names::INDEX_FILE.to_owned(),
        format: Format::Markdown,
        body: tidy::tidy(&body),
    }])
}

fn language(release: &Release) -> Language {
    release.language.unwrap_or(Language::En)
}
