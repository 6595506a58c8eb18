//! Counters whose growth is uneven inside of a window, and even over the whole of it: late just before its end, and short
//! of its course in the middle.

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

/// How many samples a window must have at least, so that three in its middle are far from both of its ends.
const SAGGING: u64 = 8;

impl Inputs {
    /// Of a window of so many samples whose last one stands before the last `rest - 1`, three in the middle come short of
    /// their counter's steady course. A rate over the whole window compares its ends and stays the same; one over half of it
    /// begins too low. Comes before [`Self::stumble`].
    pub fn sag(&mut self, key: &Key, window: u64, rest: u64) {
        if let Some(track) = self.tracks.get_mut(key) {
            track.sag(window, rest);
        }
    }
}

impl Track {
    #[allow(clippy::cast_precision_loss, reason = "numbers of samples are small")]
    fn sag(&mut self, window: u64, rest: u64) {
        let Some(Run::Line { from, step, samples }) = self.runs.last().cloned() else { return };
        // The window's last sample, its middle, and the sample before the three.
        let middle = samples.checked_sub(rest + window / 2);
        let Some(before) = middle.and_then(|middle| middle.checked_sub(1)).filter(|before| *before > 0)
        else {
            return;
        };
        if step <= 0.0 || rest == 0 || window < SAGGING {
            return;
        }
        let value = |at: u64| from + step * at as f64;
        self.runs.pop();
        self.runs.push(Run::Line { from, step, samples: before });
        self.runs.push(Run::Line { from: value(before) - step * LATE, step, samples: 3 });
        self.runs.push(Run::Line { from: value(before + 3), step, samples: samples - before - 3 });
    }

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
    fn the_middle_of_a_window_sags_and_its_ends_do_not() {
        let given = Given { name: "a".to_owned(), labels: Labels::new(), shape: Shape::Climb(2.0) };
        let sagging = |window| {
            let mut inputs = Inputs::new(1000);
            inputs.phase(14, std::slice::from_ref(&given));
            inputs.sag(&given.key(), window, 2);
            inputs.finish().remove(0).runs
        };
        let line = |from, samples| Run::Line { from, step: 2.0, samples };
        // The window's last sample is the one of number 12; three around number 8 are short.
        assert_eq!(sagging(8), [line(0.0, 7), line(13.0, 3), line(20.0, 4)]);
        assert_eq!(sagging(7), [line(0.0, 14)], "too few samples");
        assert_eq!(sagging(40), [line(0.0, 14)], "it began before the series");
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
