//! Series over time, put together phase by phase.

mod stumble;
mod wave;

pub use wave::Whole;

use super::{Input, Labels};
use std::collections::BTreeMap;

/// A stretch of a series' samples.
#[derive(Debug, Clone, PartialEq)]
pub enum Run {
    /// Values at equal steps; a step of 0 is a constant.
    Line {
        /// The first value.
        from: f64,
        /// What each further one adds.
        step: f64,
        /// How many there are, at least one.
        samples: u64,
    },
    /// Native histograms at equal steps. It is always the last run of its series: promtool 2.53 reads nothing after it.
    Histograms {
        /// How many observations the first one holds.
        from: f64,
        /// How many each further one adds.
        step: f64,
        /// Where they lie.
        spread: Spread,
        /// How many there are, at least one.
        samples: u64,
    },
    /// The series ends here, which takes one sample.
    Stale,
    /// No samples.
    Gap {
        /// How many are missing, at least one.
        samples: u64,
    },
}

/// How a series goes on during a phase.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// It stays at a value.
    Level(f64),
    /// A counter climbs by so much a second.
    Climb(f64),
    /// A native histogram gets so many observations a second.
    Native {
        /// Observations a second.
        rate: f64,
        /// Where they lie.
        spread: Spread,
    },
}

/// Where the observations of a native histogram of schema 0 lie: some in the bucket around zero, the rest in one bucket
/// above it. Inside of the first one every server interpolates alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The upper end of the bucket around zero.
    pub width: f64,
    /// The share of the observations in it.
    pub share: f64,
    /// The index of the other bucket, which reaches up to two to the power of it.
    pub offset: i32,
}

/// A series during a phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// The name.
    pub name: String,
    /// Its labels.
    pub labels: Labels,
    /// How it goes on.
    pub shape: Shape,
}

impl Given {
    /// A series that stays at a value.
    pub fn level(name: impl Into<String>, labels: Labels, value: f64) -> Self {
        Self { name: name.into(), labels, shape: Shape::Level(value) }
    }
}

/// Series that are put together. Counters go on where they were.
pub struct Inputs {
    /// Milliseconds between two samples.
    interval: u64,
    /// How many samples there were.
    at: u64,
    tracks: BTreeMap<Key, Track>,
}

/// What tells a series from all others.
pub type Key = (String, Labels);

#[derive(Default)]
struct Track {
    /// How many series were given before it.
    number: usize,
    runs: Vec<Run>,
    /// How it goes on; `None` while it is not there.
    shape: Option<Shape>,
    /// The last value of a counter, or count of a histogram.
    last: Option<f64>,
    /// Whether the last sample was there.
    alive: bool,
    /// How many samples it has, those that are missing included.
    samples: u64,
}

impl Given {
    /// What tells it from all others.
    pub fn key(&self) -> Key {
        (self.name.clone(), self.labels.clone())
    }

    /// Whether it is the same series and goes on in the same way, but for the last digits.
    pub fn is_like(&self, other: &Self) -> bool {
        let same = match (&self.shape, &other.shape) {
            (Shape::Level(one), Shape::Level(two)) => (one - two).abs() <= 1e-12 * one.abs(),
            (one, two) => one == two,
        };
        same && self.name == other.name && self.labels == other.labels
    }
}

impl Inputs {
    /// None yet; `interval` is the time between two samples in milliseconds.
    pub fn new(interval: u64) -> Self {
        Self { interval, at: 0, tracks: BTreeMap::new() }
    }

    /// Milliseconds from the beginning to the next sample.
    pub fn now(&self) -> u64 {
        self.at * self.interval
    }

    /// Goes on for a number of samples with these series, each given once, and no others.
    pub fn phase(&mut self, samples: u64, given: &[Given]) {
        self.tracks.values_mut().for_each(|track| track.shape = None);
        self.set(given);
        self.advance(samples);
    }

    /// From now on these series go on so, and the others as they did.
    pub fn set(&mut self, given: &[Given]) {
        for one in given {
            let number = self.tracks.len();
            let track = self.tracks.entry(one.key()).or_insert_with(|| Track { number, ..Track::default() });
            track.shape = Some(one.shape.clone());
        }
    }

    /// From now on this series is not there; gives how it went on.
    pub fn remove(&mut self, key: &Key) -> Option<Shape> {
        self.tracks.get_mut(key)?.shape.take()
    }

    /// Goes on for a number of samples.
    pub fn advance(&mut self, samples: u64) {
        if samples == 0 {
            return;
        }
        let begins = self.at;
        self.at += samples;
        for track in self.tracks.values_mut() {
            match track.shape.clone() {
                Some(shape) => {
                    track.gap(begins - track.samples);
                    track.go_on(samples, &shape, self.interval);
                }
                None => track.end(),
            }
        }
    }

    /// The series from the beginning, in the order in which they were first given.
    pub fn finish(self) -> Vec<Input> {
        let inputs = self.tracks.into_iter().filter(|(_, track)| !track.runs.is_empty());
        let mut inputs: Vec<((String, Labels), Track)> = inputs.collect();
        inputs.sort_by_key(|(_, track)| track.number);
        let inputs = inputs.into_iter();
        inputs.map(|((name, labels), track)| Input { name, labels, runs: track.runs }).collect()
    }
}

impl Track {
    fn gap(&mut self, samples: u64) {
        if samples == 0 {
            return;
        }
        self.samples += samples;
        match self.runs.last_mut() {
            Some(Run::Gap { samples: before }) => *before += samples,
            _ => self.runs.push(Run::Gap { samples }),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers of samples are small")]
    fn go_on(&mut self, samples: u64, shape: &Shape, interval: u64) {
        let seconds = interval as f64 / 1000.0;
        let more = samples.saturating_sub(1) as f64;
        match shape {
            Shape::Level(value) => self.line(*value, 0.0, samples),
            Shape::Climb(rate) => {
                let step = rate * seconds;
                let from = self.last.map_or(0.0, |last| last + step);
                self.last = Some(from + step * more);
                self.line(from, step, samples);
            }
            Shape::Native { rate, spread } => {
                let step = rate * seconds;
                let from = self.last.map_or(step, |last| last + step);
                self.last = Some(from + step * more);
                self.histograms(from, step, *spread, samples);
            }
        }
        self.samples += samples;
        self.alive = true;
    }

    /// A line; one that only goes on is not a new one.
    #[allow(clippy::float_cmp, reason = "the same constant and not one near it")]
    fn line(&mut self, from: f64, step: f64, samples: u64) {
        if let Some(Run::Line { from: before, step: 0.0, samples: so_far }) = self.runs.last_mut()
            && step == 0.0
            && *before == from
        {
            *so_far += samples;
            return;
        }
        self.runs.push(Run::Line { from, step, samples });
    }

    /// Histograms; those that only go on are not new ones.
    #[allow(clippy::float_cmp, reason = "the same step and not one near it")]
    fn histograms(&mut self, from: f64, step: f64, spread: Spread, samples: u64) {
        if let Some(Run::Histograms { step: before, spread: where_before, samples: so_far, .. }) =
            self.runs.last_mut()
            && *before == step
            && *where_before == spread
        {
            *so_far += samples;
            return;
        }
        self.runs.push(Run::Histograms { from, step, spread, samples });
    }

    /// What was there before and is no longer given ends with the first sample that it lacks. Histograms just have no
    /// more samples.
    fn end(&mut self) {
        if self.alive {
            self.alive = false;
            if matches!(self.runs.last(), Some(Run::Histograms { .. })) {
                return;
            }
            self.runs.push(Run::Stale);
            self.samples += 1;
        }
    }
}
