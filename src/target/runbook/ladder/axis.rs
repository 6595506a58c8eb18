//! Where the values of one or several bars stand: in order, equally far apart.

use super::style::{GAP, PAD, SMALL, TEXT};
use super::svg::Bar;
use super::width::width;
use crate::quantity::Number;

/// The most values on one axis; bars that have more of them together get an axis each.
const MOST: usize = 10;
/// The least distance of two values.
const STEP: u32 = 56;

/// The places of values from left to right, in pixels.
#[derive(Debug, Clone)]
pub struct Axis {
    values: Vec<Number>,
    end: u32,
    step: u32,
}

impl Axis {
    /// An axis for each bar; the same for all of them where it stays short.
    #[must_use]
    pub fn of(bars: &[Bar]) -> Vec<Self> {
        let all: Vec<&Bar> = bars.iter().collect();
        let together = Self::over(&all);
        if together.values.len() <= MOST {
            return vec![together; bars.len()];
        }
        bars.iter().map(|bar| Self::over(&[bar])).collect()
    }

    fn over(bars: &[&Bar]) -> Self {
        let mut values: Vec<Number> = bars.iter().flat_map(|bar| bar.values()).collect();
        values.sort();
        values.dedup();
        let labels = bars.iter().flat_map(|bar| bar.labels());
        let label = labels.map(|text| width(text, SMALL)).max().unwrap_or(0);
        let words = bars.iter().flat_map(|bar| &bar.zones).map(|zone| width(&zone.word, TEXT));
        let word = words.max().unwrap_or(0) + GAP;
        let step = (label + GAP).max(word).max(STEP);
        Self { values, end: word.max(label.div_ceil(2) + GAP), step }
    }

    /// How wide it is.
    #[must_use]
    pub fn width(&self) -> u32 {
        let steps = u32::try_from(self.values.len().saturating_sub(1)).unwrap_or(0);
        self.end * 2 + self.step * steps
    }

    /// Where a value stands; without one, the end on that side.
    #[must_use]
    pub fn from(&self, value: Option<&Number>) -> u32 {
        value.map_or(PAD, |value| self.at(value))
    }

    /// The same for the other end.
    #[must_use]
    pub fn to(&self, value: Option<&Number>) -> u32 {
        value.map_or(PAD + self.width(), |value| self.at(value))
    }

    /// Where a value stands.
    #[must_use]
    pub fn at(&self, value: &Number) -> u32 {
        let before = self.values.partition_point(|other| other < value);
        PAD + self.end + self.step * u32::try_from(before).unwrap_or(0)
    }
}
