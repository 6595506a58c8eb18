//! The boards: what people look at while a release runs, row by row, neutral to the tool that draws it.
//!
//! Every panel of a metric reads the series that its alerts read, and its steps are the metric's ladder.

mod about;
mod metric;
mod now;
mod overview;
mod release;
mod steps;

pub use overview::overview;
pub(crate) use release::of_release;
pub use steps::{Step, steps};

use super::expr::Series;
use crate::quantity::{Number, Unit};

/// One page of panels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Its name in links; no two boards share it.
    pub uid: String,
    /// The title for people.
    pub title: String,
    /// Words by which it is found.
    pub tags: Vec<String>,
    /// The zone of its clock, by its IANA name; that of the reader where there is none.
    pub timezone: Option<String>,
    /// What a reader can restrict the panels to.
    pub variables: Vec<Variable>,
    /// What is drawn across all panels.
    pub marks: Vec<Mark>,
    /// Where to read on.
    pub links: Vec<Link>,
    /// The word for all boards of releases.
    pub siblings: String,
    /// The folder in which boards of releases are kept.
    pub folder: String,
    /// The rows, in order; none is empty.
    pub rows: Vec<Row>,
}

/// Panels under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Unique on the board, among rows and panels.
    pub id: u32,
    /// The heading.
    pub title: String,
    /// The panels, in order.
    pub panels: Vec<Panel>,
}

/// One panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// Unique on the board, and the same in every build.
    pub id: u32,
    /// The heading.
    pub title: String,
    /// What a reader must know, one statement each, as plain text.
    pub about: Vec<String>,
    /// Where to read on.
    pub links: Vec<Link>,
    /// What is drawn.
    pub show: Show,
}

/// What a panel draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Show {
    /// Values over time, with the ladder behind them.
    Lines {
        /// The lines.
        lines: Vec<Query>,
        /// The unit of the values.
        unit: Unit,
        /// Whether sizes are shown in powers of 1024.
        binary: bool,
        /// The ladder, the smallest value first.
        steps: Vec<Step>,
    },
    /// The verdict now, in words.
    Verdict {
        /// The verdict.
        query: Query,
        /// The word for 0, 1 and 2, and for no verdict at all.
        words: [String; 4],
    },
    /// The labels of a series that is there now.
    Label {
        /// The series.
        query: Query,
        /// The word for no series.
        none: String,
    },
    /// How long ago the time was that a series holds.
    Age {
        /// A time in Unix seconds.
        query: Query,
        /// The word for no series.
        none: String,
    },
    /// A table of the series that are there now, one column for each label.
    Table {
        /// The series.
        query: Query,
        /// The word for none.
        none: String,
    },
    /// Only words and links.
    Text,
}

/// What is asked for, and what the answer is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What is read.
    pub reads: Reads,
    /// The name for people; may be empty.
    pub name: String,
    /// The labels that tell its series apart.
    pub labels: Vec<String>,
    /// The labels that the board's variables restrict.
    pub chosen: Vec<String>,
}

/// What a query reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reads {
    /// A recorded series, or `ALERTS`.
    Series(Series),
    /// A number that does not change, such as a promise.
    Constant(Number),
}

/// A label whose values a reader can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The label.
    pub label: String,
    /// Where the values come from.
    pub values: Values,
}

/// The values of a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// Known from the plan.
    Known(Vec<String>),
    /// Those of these series.
    Seen(Series),
}

/// Something that is drawn across all panels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The name for people.
    pub name: String,
    /// The series, with the label that is shown.
    pub query: Query,
    /// Whether it is drawn at the time that the series holds, and not as long as the series is there.
    pub at_value: bool,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub title: String,
    /// The address.
    pub url: String,
    /// The alert whose section in the runbook it leads to.
    pub alert: Option<String>,
}

impl Link {
    /// A link to anything but an alert's section.
    fn new(title: String, url: String) -> Self {
        Self { title, url, alert: None }
    }
}

impl Board {
    /// Every panel, in order.
    pub fn panels(&self) -> impl Iterator<Item = &Panel> {
        self.rows.iter().flat_map(|row| &row.panels)
    }
}

impl Show {
    /// Everything that it asks for.
    #[must_use]
    pub fn queries(&self) -> &[Query] {
        match self {
            Self::Lines { lines, .. } => lines,
            Self::Verdict { query, .. }
            | Self::Label { query, .. }
            | Self::Age { query, .. }
            | Self::Table { query, .. } => std::slice::from_ref(query),
            Self::Text => &[],
        }
    }
}

impl Query {
    /// A series without a name of its own, which no variable restricts.
    fn of(series: Series) -> Self {
        Self { reads: Reads::Series(series), name: String::new(), labels: Vec::new(), chosen: Vec::new() }
    }

    /// The same, told apart by a label.
    fn by(mut self, label: &str) -> Self {
        self.labels.push(label.to_owned());
        self
    }
}
