//! Series over time, put together phase by phase.

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
    /// Native histograms at equal steps.
    Histograms {
        /// How many observations the first one holds in each bucket.
        from: f64,
        /// How many each further one adds to each bucket.
        step: f64,
        /// The buckets, as [`Shape::Native`] has them.
        buckets: Vec<f64>,
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
    /// A native histogram of schema 0 gets so many observations a second; `buckets` are the shares of the buckets from
    /// bucket 0 (values up to 1) upwards.
    Native {
        /// Observations a second.
        rate: f64,
        /// The share of each bucket.
        buckets: Vec<f64>,
    },
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
    tracks: BTreeMap<(String, Labels), Track>,
}

#[derive(Default)]
struct Track {
    runs: Vec<Run>,
    /// The last value of a counter, or count of a histogram.
    last: Option<f64>,
    /// Whether the last phase had it.
    alive: bool,
    /// How many samples it has.
    samples: u64,
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
        if samples == 0 {
            return;
        }
        for one in given {
            let track = self.tracks.entry((one.name.clone(), one.labels.clone())).or_default();
            track.gap(self.at - track.samples);
            track.go_on(samples, &one.shape, self.interval);
        }
        self.at += samples;
        for track in self.tracks.values_mut() {
            track.end(self.at);
        }
    }

    /// The series from the beginning.
    pub fn finish(self) -> Vec<Input> {
        let inputs = self.tracks.into_iter();
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
            Shape::Native { rate, buckets } => {
                let step = rate * seconds;
                let from = self.last.map_or(step, |last| last + step);
                self.last = Some(from + step * more);
                self.runs.push(Run::Histograms { from, step, buckets: buckets.clone(), samples });
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

    /// What was there before and is no longer given ends with the first sample that it lacks.
    fn end(&mut self, at: u64) {
        if self.samples < at && self.alive {
            self.alive = false;
            self.runs.push(Run::Stale);
            self.samples += 1;
        }
    }
}
