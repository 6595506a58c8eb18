//! The levels of a metric as a picture: one bar from the smallest values to the greatest, cut at every bound.
//!
//! The picture is schematic, and says so: bounds stand in order and equally far apart, whatever lies between them, so that
//! `0.1 %` and `50 %` fit into one picture. Where limits differ by stage or label, each kind is a bar of its own, and equal
//! values stand below each other.

mod axis;
mod bar;
mod rows;
mod style;
mod svg;
#[cfg(test)]
mod tests;
mod width;
mod words;

use crate::spec::Spec;
use crate::spec::metric::Metric;
use crate::template::{Phrases, TemplateFault};

/// A picture, and the same in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The SVG file.
    pub svg: String,
    /// What is to be seen, in one line of plain text.
    pub words: String,
}

/// The picture of a metric's levels; `None` for a metric that has no bound anywhere.
///
/// # Errors
/// When a phrase can't be filled in.
pub fn draw(spec: &Spec, metric: &Metric, phrases: &Phrases) -> Result<Option<Picture>, TemplateFault> {
    if metric.cases.iter().all(|case| case.limits.ladder.direction().is_none()) {
        return Ok(None);
    }
    let rows = rows::of(metric);
    let say = words::Say { spec, metric, phrases };
    let words = say.all(&rows)?;
    let bars = rows.iter().map(|row| say.bar(row, rows.len() > 1)).collect::<Result<Vec<_>, _>>()?;
    let card = svg::Card {
        title: metric.title.value.clone(),
        below: say.below_title()?,
        words: words.clone(),
        bars,
    };
    Ok(Some(Picture { svg: card.draw(), words }))
}
