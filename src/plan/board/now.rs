//! The first row: whether to go on, where the release is, what fires, and where to read on.

use super::super::{Broken, Draft, Group, Rule, names, signal};
use super::{Link, Mark, Panel, Query, Row, Series, Show};

/// The row. Without alerts there is no verdict, and without the stage signal no stage.
pub(super) fn row(draft: &Draft<'_>, groups: &[Group]) -> Result<Row, Broken> {
    let rules = || groups.iter().flat_map(|group| &group.rules);
    let mut panels = Vec::new();
    if rules().any(|rule| matches!(rule, Rule::Recording(one) if one.name == names::VERDICT)) {
        panels.push(verdict(draft, Query::of(Series::new(names::VERDICT, draft.release())))?);
    }
    if draft.staged {
        let stage = || Query::of(signal::stage(draft.release()));
        panels.push(self::stage(draft, stage())?);
        panels.push(since(draft, stage())?);
    }
    if rules().any(|rule| matches!(rule, Rule::Alert(_))) {
        panels.push(firing(draft, Query::of(alerts(draft)))?);
    }
    panels.push(read_on(draft)?);
    Ok(Row { id: names::ROW_NOW, title: draft.words("board-row-now", &[])?, panels })
}

/// The firing alerts of the release.
fn alerts(draft: &Draft<'_>) -> Series {
    Series::new(names::ALERTS, draft.release()).with("alertstate", "firing")
}

/// The panel of the verdict, of one release or of all.
pub(super) fn verdict(draft: &Draft<'_>, query: Query) -> Result<Panel, Broken> {
    let word = |which: &str| draft.words(&format!("board-verdict-{which}"), &[]);
    let words = [word("0")?, word("1")?, word("2")?, word("none")?];
    panel(draft, names::PANEL_VERDICT, "verdict", Show::Verdict { query, words })
}

/// The panel of the stage.
pub(super) fn stage(draft: &Draft<'_>, query: Query) -> Result<Panel, Broken> {
    let none = draft.words("board-no-stage", &[])?;
    panel(draft, names::PANEL_STAGE, "stage", Show::Label { query: query.by("stage"), none })
}

/// The panel of the time in the stage.
pub(super) fn since(draft: &Draft<'_>, query: Query) -> Result<Panel, Broken> {
    let none = draft.words("board-no-stage", &[])?;
    panel(draft, names::PANEL_SINCE, "since", Show::Age { query, none })
}

/// The panel of the firing alerts.
pub(super) fn firing(draft: &Draft<'_>, query: Query) -> Result<Panel, Broken> {
    let none = draft.words("board-no-alerts", &[])?;
    panel(draft, names::PANEL_FIRING, "firing", Show::Table { query, none })
}

fn panel(draft: &Draft<'_>, id: u32, what: &str, show: Show) -> Result<Panel, Broken> {
    Ok(Panel {
        id,
        title: draft.words(&format!("board-{what}"), &[])?,
        about: vec![draft.words(&format!("board-about-{what}"), &[])?],
        links: Vec::new(),
        show,
    })
}

/// What is released, by whom, and the links.
fn read_on(draft: &Draft<'_>) -> Result<Panel, Broken> {
    let release = &draft.spec.release;
    let text = |text: &Option<crate::spec::shape::Text>| {
        text.as_ref().map(|text| text.value.trim_end().to_owned()).unwrap_or_default()
    };
    let (service, version, owner) = (text(&release.service), text(&release.version), text(&release.owner));
    let with = [("service", service.as_str()), ("version", version.as_str()), ("owner", owner.as_str())];
    let mut about = vec![draft.words("board-release", &with)?];
    about.extend(release.summary.as_ref().map(|summary| summary.value.trim_end().to_owned()));
    let metrics = draft.spec.metrics.iter().filter(|metric| !metric.is_measured());
    let by_hand: Vec<&str> = metrics.map(|metric| metric.title.value.as_str()).collect();
    if !by_hand.is_empty() {
        let separator = draft.words("board-comma", &[])?;
        about.push(draft.words("board-by-hand", &[("metrics", &by_hand.join(&separator))])?);
    }
    Ok(Panel {
        id: names::PANEL_LINKS,
        title: draft.words("board-links", &[])?,
        about,
        links: links(draft)?,
        show: Show::Text,
    })
}

/// The release's plan, and Prometheus' own page of rules, where the project names their addresses.
pub(super) fn links(draft: &Draft<'_>) -> Result<Vec<Link>, Broken> {
    let mut links = Vec::new();
    if let Some(base) = &draft.config.runbooks {
        let url = format!("{base}/{}", names::release_page(draft.release()));
        links.push(Link::new(draft.words("board-runbook", &[])?, url));
    }
    if let Some(base) = &draft.config.prometheus_url {
        links.push(Link::new(draft.words("board-rules", &[])?, format!("{base}/alerts")));
    }
    Ok(links)
}

/// The firing alerts as long as they fire, and the beginning of each stage.
pub(super) fn marks(draft: &Draft<'_>) -> Result<Vec<Mark>, Broken> {
    let name = draft.words("board-firing", &[])?;
    let query = Query::of(alerts(draft)).by("alertname");
    let mut marks = vec![Mark { name, query, at_value: false }];
    if draft.staged {
        let query = Query::of(signal::stage(draft.release())).by("stage");
        marks.push(Mark { name: draft.words("board-stage-began", &[])?, query, at_value: true });
    }
    Ok(marks)
}
