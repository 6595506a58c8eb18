//! Counters whose growth is uneven inside of a window, and even over the whole of it.

use super::super::Run;
use super::{Inputs, Key, Track};

/// How much of a step a counter is late.
const LATE: f64 = 0.5;

impl Inputs {
    /// Of the samples so far, the one before the last `rest` comes short of its counter's steady course by a part of a
    /// step, which the next one makes good. A rate over a whole window compares its ends and stays the same, whether the
    /// window holds its beginning or not; one of its last two samples does not. What does not climb stays as it is.
    pub fn stumble(&mut self, keys: &[Key], rest: u64) {
        for key in keys {
            if let Some(track) = self.tracks.get_mut(key) {
                track.stumble(rest);
            }
        }
    }
}

impl Track {
    #[allow(clippy::cast_precision_loss, reason = "numbers of samples are small")]
    fn stumble(&mut self, rest: u64) {
        let Some(Run::Line { from, step, samples }) = self.runs.last().cloned() else { return };
        let Some(before) = samples.checked_sub(rest + 1).filter(|before| *before > 0 && rest > 0) else {
            return;
        };
        if step <= 0.0 {
            return;
        }
        let value = |at: u64| from + step * at as f64;
        self.runs.pop();
        self.runs.push(Run::Line { from, step, samples: before });
        self.runs.push(Run::Line { from: value(before) - step * LATE, step: 0.0, samples: 1 });
        self.runs.push(Run::Line { from: value(before + 1), step, samples: rest });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Given, Shape};
    use super::*;
    use crate::plan::proof::Labels;

    fn runs(shape: Shape, samples: u64, rest: u64) -> Vec<Run> {
        let given = Given { name: "a".to_owned(), labels: Labels::new(), shape };
        let mut inputs = Inputs::new(1000);
        inputs.phase(samples, std::slice::from_ref(&given));
        inputs.stumble(&[given.key()], rest);
        inputs.finish().remove(0).runs
    }

    #[test]
    fn one_sample_is_late_and_all_others_are_not() {
        let line = |from, step, samples| Run::Line { from, step, samples };
        assert_eq!(runs(Shape::Climb(2.0), 8, 2), [line(0.0, 2.0, 5), line(9.0, 0.0, 1), line(12.0, 2.0, 2)]);
    }

    #[test]
    fn what_stands_or_is_too_short_stays_as_it_is() {
        for (shape, samples, rest) in [
            (Shape::Climb(0.0), 8, 2),
            (Shape::Level(3.0), 8, 2),
            (Shape::Climb(2.0), 3, 2),
            (Shape::Climb(2.0), 8, 0),
        ] {
            assert_eq!(runs(shape.clone(), samples, rest).len(), 1, "{shape:?} {samples} {rest}");
        }
    }
}
