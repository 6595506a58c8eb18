//! The board of all releases. Each panel shows every release, so that it stays as small when there are many.

use super::super::{Broken, Draft, ReleasePlan, Rule, names};
use super::{Board, Link, Mark, Panel, Query, Row, Series, Show, Values, Variable, now};
use crate::spec::Config;
use crate::template::Phrases;

/// The board of all releases; `None` without any.
///
/// # Errors
/// When a phrase can't be filled in, which is a fault of this program.
pub fn overview(releases: &[ReleasePlan<'_>], config: &Config) -> Result<Option<Board>, Broken> {
    let Some(first) = releases.first() else { return Ok(None) };
    let phrases = Phrases::of(crate::plan::common_language(releases));
    let phrases = phrases.map_err(|fault| Broken::new(names::OVERVIEW_UID, fault.to_string()))?;
    let draft = Draft {
        spec: first.spec,
        config,
        phrases,
        metrics: Vec::new(),
        staged: releases.iter().any(|release| records(release, names::STAGE_START)),
        panels: std::collections::BTreeMap::new(),
    };
    let ids = releases.iter().map(|release| release.id.clone()).collect();
    let alerts = of_each(Series::of_all(names::ALERTS).with("alertstate", "firing"));
    let name = draft.words("board-firing", &[])?;
    Ok(Some(Board {
        uid: names::OVERVIEW_UID.to_owned(),
        title: draft.words("board-overview", &[])?,
        tags: vec![names::BOARD_TAG.to_owned()],
        timezone: None,
        variables: vec![Variable { label: "release".to_owned(), values: Values::Known(ids) }],
        marks: vec![Mark { name, query: alerts.clone().by("alertname"), at_value: false }],
        links: Vec::new(),
        siblings: draft.words("board-siblings", &[])?,
        folder: draft.words("board-folder", &[])?,
        rows: vec![row(&draft, releases, alerts)?],
    }))
}

fn records(release: &ReleasePlan<'_>, series: &str) -> bool {
    let mut rules = release.groups.iter().flat_map(|group| &group.rules);
    rules.any(|rule| matches!(rule, Rule::Recording(one) if one.name == series))
}

/// A series of each release that the reader chooses.
fn of_each(series: Series) -> Query {
    Query { chosen: vec!["release".to_owned()], ..Query::of(series).by("release") }
}

fn row(draft: &Draft<'_>, releases: &[ReleasePlan<'_>], alerts: Query) -> Result<Row, Broken> {
    let mut panels = Vec::new();
    if releases.iter().any(|release| records(release, names::VERDICT)) {
        panels.push(now::verdict(draft, of_each(Series::of_all(names::VERDICT)))?);
    }
    if draft.staged {
        let stage = || of_each(Series::of_all(names::STAGE_START));
        panels.push(now::stage(draft, stage())?);
        panels.push(now::since(draft, stage())?);
    }
    let alerting = |release: &ReleasePlan<'_>| {
        release.groups.iter().any(|group| group.rules.iter().any(|rule| matches!(rule, Rule::Alert(_))))
    };
    if releases.iter().any(alerting) {
        panels.push(now::firing(draft, alerts)?);
    }
    panels.push(boards(draft, releases)?);
    Ok(Row { id: names::ROW_NOW, title: draft.words("board-row-now", &[])?, panels })
}

/// The links to every release's board and plan.
fn boards(draft: &Draft<'_>, releases: &[ReleasePlan<'_>]) -> Result<Panel, Broken> {
    let grafana = draft.config.grafana.as_deref().unwrap_or("");
    let mut links = Vec::new();
    for release in releases {
        let title = release.board.title.clone();
        links.push(Link::new(title, format!("{grafana}/d/{}", release.board.uid)));
        if let Some(base) = &draft.config.runbooks {
            let title = draft.words("board-runbook-of", &[("release", &release.id)])?;
            links.push(Link::new(title, format!("{base}/{}", names::release_page(&release.id))));
        }
    }
    Ok(Panel {
        id: names::PANEL_LINKS,
        title: draft.words("board-links", &[])?,
        about: Vec::new(),
        links,
        show: Show::Text,
    })
}
