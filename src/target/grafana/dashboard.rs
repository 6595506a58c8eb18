//! A board as a dashboard.

use super::layout::Cursor;
use super::model::{Annotations, Dashboard, Element, Link, Row, Templating, TimeRange};
use super::{panel, query, text};
use crate::plan::board::{self, Board};
use crate::plan::names;

/// The dashboard of a board.
pub fn dashboard(board: &Board) -> Dashboard {
    let mut cursor = Cursor::default();
    let mut panels = Vec::new();
    for row in &board.rows {
        panels.push(Element::Row(Row {
            id: row.id,
            kind: "row",
            title: text::title(&row.title),
            collapsed: false,
            grid_pos: cursor.heading(),
            panels: [],
        }));
        let placed = row.panels.iter().map(|one| (one, cursor.panel(one)));
        panels.extend(placed.map(|(one, place)| Element::Panel(Box::new(panel::panel(one, place)))));
    }
    Dashboard {
        uid: board.uid.clone(),
        title: text::title(&board.title),
        tags: board.tags.clone(),
        timezone: board.timezone.clone().unwrap_or_else(|| "browser".to_owned()),
        editable: false,
        graph_tooltip: 1,
        refresh: "1m",
        time: TimeRange { from: "now-6h", to: "now" },
        schema_version: 42,
        links: board.links.iter().map(link).chain([siblings(&board.siblings)]).collect(),
        templating: Templating { list: query::variables(&board.variables) },
        annotations: Annotations { list: board.marks.iter().map(query::annotation).collect() },
        panels,
    }
}

/// A link to a page.
pub fn link(link: &board::Link) -> Link {
    Link {
        title: text::title(&link.title),
        kind: "link",
        url: Some(text::url(&link.url)),
        icon: "doc",
        tooltip: String::new(),
        tags: Vec::new(),
        as_dropdown: false,
        target_blank: true,
        include_vars: false,
        keep_time: false,
    }
}

/// The list of all boards of releases.
fn siblings(title: &str) -> Link {
    Link {
        title: text::title(title),
        kind: "dashboards",
        url: None,
        icon: "external link",
        tooltip: String::new(),
        tags: vec![names::BOARD_TAG.to_owned()],
        as_dropdown: true,
        target_blank: false,
        include_vars: false,
        keep_time: true,
    }
}
