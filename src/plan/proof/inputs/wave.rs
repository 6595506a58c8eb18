//! Gauges that go up and down inside of a window, so that what is made of the whole of it is told from what is made of a
//! part.

use super::super::Run;
use super::{Inputs, Key, Track};

/// What a query makes of all values within a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// Their average.
    Average,
    /// The greatest.
    Greatest,
    /// The smallest.
    Smallest,
}

impl Whole {
    /// What a function over time makes; `None` for those that are not known here.
    pub fn of(function: &str) -> Option<Self> {
        match function {
            "avg_over_time" => Some(Self::Average),
            "max_over_time" => Some(Self::Greatest),
            "min_over_time" => Some(Self::Smallest),
            _ => None,
        }
    }

    /// The values of the first and the second half of a window for a value of the whole.
    fn halves(self, value: f64) -> [f64; 2] {
        let part = value.abs() / 2.0;
        match self {
            Self::Average => [value + part, value - part],
            Self::Greatest => [value, value - part],
            Self::Smallest => [value, value + part],
        }
    }
}

impl Inputs {
    /// In a window of so many samples whose last one stands before the last `rest - 1`, a steady series has one value in the
    /// first half and another one in the second; of the whole window the same is made as before, whether it holds the
    /// sample at its very beginning or not.
    pub fn wave(&mut self, key: &Key, whole: Whole, window: u64, rest: u64) {
        if let Some(track) = self.tracks.get_mut(key) {
            track.wave(whole, window, rest);
        }
    }
}

impl Track {
    fn wave(&mut self, whole: Whole, window: u64, rest: u64) {
        let Some(Run::Line { from, step: 0.0, samples }) = self.runs.last().cloned() else { return };
        let Some(after) = rest.checked_sub(1) else { return };
        // The sample with which a closed window begins keeps the value.
        let Some(before) = samples.checked_sub(after + window).filter(|before| *before > 0) else { return };
        let half = window / 2;
        if from == 0.0 || half == 0 {
            return;
        }
        let [first, second] = whole.halves(from);
        self.runs.pop();
        for (value, samples) in
            [(from, before), (first, half), (from, window % 2), (second, half), (from, after)]
        {
            if samples > 0 {
                self.runs.push(Run::Line { from: value, step: 0.0, samples });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Given, Shape};
    use super::*;
    use crate::plan::proof::Labels;

    fn runs(value: f64, whole: Whole, window: u64) -> Vec<(f64, u64)> {
        let given = Given { name: "a".to_owned(), labels: Labels::new(), shape: Shape::Level(value) };
        let mut inputs = Inputs::new(1000);
        inputs.phase(10, std::slice::from_ref(&given));
        inputs.wave(&given.key(), whole, window, 2);
        let runs = inputs.finish().remove(0).runs;
        let line = |run: &Run| match run {
            Run::Line { from, samples, .. } => (*from, *samples),
            other => panic!("{other:?}"),
        };
        runs.iter().map(line).collect()
    }

    #[test]
    fn the_halves_of_a_window_differ_and_the_whole_stays_the_same() {
        assert_eq!(runs(4.0, Whole::Average, 6), [(4.0, 3), (6.0, 3), (2.0, 3), (4.0, 1)]);
        assert_eq!(runs(4.0, Whole::Average, 5), [(4.0, 4), (6.0, 2), (4.0, 1), (2.0, 2), (4.0, 1)]);
        assert_eq!(runs(4.0, Whole::Greatest, 4), [(4.0, 5), (4.0, 2), (2.0, 2), (4.0, 1)]);
        assert_eq!(runs(-4.0, Whole::Smallest, 4), [(-4.0, 5), (-4.0, 2), (-2.0, 2), (-4.0, 1)]);
    }

    #[test]
    fn what_is_zero_or_too_short_stays_as_it_is() {
        assert_eq!(runs(0.0, Whole::Average, 4), [(0.0, 10)]);
        assert_eq!(runs(4.0, Whole::Average, 1), [(4.0, 10)]);
        assert_eq!(runs(4.0, Whole::Average, 9), [(4.0, 10)]);
    }
}
