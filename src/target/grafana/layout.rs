//! Where each panel stands: from left to right, and a new line where the next does not fit.

use super::model::GridPos;
use crate::plan::board::{Panel, Query, Show};

/// The width of the grid.
const WIDTH: u32 = 24;

/// The place of the next panel.
#[derive(Default)]
pub struct Cursor {
    x: u32,
    y: u32,
    /// The height of the line so far.
    line: u32,
}

impl Cursor {
    /// The place of a row's heading.
    pub fn heading(&mut self) -> GridPos {
        self.end_line();
        self.y += 1;
        GridPos { x: 0, y: self.y - 1, w: WIDTH, h: 1 }
    }

    /// The place of a panel.
    pub fn panel(&mut self, panel: &Panel) -> GridPos {
        let (mut w, h) = size(panel);
        if self.x + w > WIDTH {
            self.end_line();
        }
        // A table takes what the panels before it leave.
        if matches!(panel.show, Show::Table { .. }) {
            w = WIDTH - self.x;
        }
        let place = GridPos { x: self.x, y: self.y, w, h };
        self.x += w;
        self.line = self.line.max(h);
        place
    }

    fn end_line(&mut self) {
        self.y += self.line;
        (self.x, self.line) = (0, 0);
    }
}

/// Width and height. A panel that shows several releases takes more room than one that shows a single value.
fn size(panel: &Panel) -> (u32, u32) {
    let several = |query: &Query| query.labels.iter().any(|label| label == "release");
    match &panel.show {
        Show::Lines { .. } => (12, 9),
        Show::Verdict { query, .. } | Show::Label { query, .. } | Show::Age { query, .. } => {
            if several(query) { (8, 9) } else { (4, 6) }
        }
        Show::Table { query, .. } => {
            if several(query) {
                (WIDTH, 8)
            } else {
                (12, 6)
            }
        }
        Show::Text => (WIDTH, 6),
    }
}
