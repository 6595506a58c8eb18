//! The course of one situation: phases of raw series, and looks at what was recorded.

use crate::plan::proof::inputs::Key;
use crate::plan::proof::{Given, Inputs, Labels, Proving, Seen, Shape, Situation};
use crate::quantity::Duration;

/// How many evaluations one span may take before rules are evaluated more rarely.
const MOST: u64 = 120;

/// Times between samples, the longest first, in milliseconds. Where one is longer than a server keeps a value, every
/// evaluation still has samples of its own moment.
const SAMPLES: [u64; 7] = [900_000, 450_000, 300_000, 180_000, 60_000, 30_000, 15_000];

/// How often rules are evaluated and series sampled, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub every: u64,
    pub sample: u64,
}

impl Pace {
    /// The project's own pace, or one with `slow` between evaluations where `span` would take too many. Every window
    /// gets several samples.
    pub fn of(proving: &Proving<'_>, slow: u64, span: u64, window: u64) -> Self {
        let usual = proving.every.max(1);
        let own = Self { every: usual, sample: common(proving.draft.config.scrape.millis().max(1), usual) };
        if span / usual <= MOST || slow <= usual {
            return own;
        }
        let enough = |sample: &u64| slow.is_multiple_of(*sample) && (window == 0 || sample * 4 <= window);
        let sample = SAMPLES.into_iter().find(enough).unwrap_or_else(|| common(own.sample, slow));
        Self { every: slow, sample }
    }

    /// The same with a sample between any two evaluations.
    pub fn finer(self) -> Self {
        let halved = self.sample == self.every && self.every.is_multiple_of(2);
        Self { sample: if halved { self.every / 2 } else { self.sample }, ..self }
    }
}

/// The greatest common divisor.
fn common(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common(b, a % b) }
}

/// A situation in the making.
pub struct Scene<'a> {
    pub pace: Pace,
    inputs: Inputs,
    seen: Vec<Seen>,
    /// The label that tells native histograms of different phases apart.
    spare: &'a str,
    /// The native histograms of the last phase, and its number.
    native: (Vec<Given>, usize),
}

impl<'a> Scene<'a> {
    /// Nothing yet.
    pub fn new(pace: Pace, spare: &'a str) -> Self {
        let inputs = Inputs::new(pace.sample);
        Self { pace, inputs, seen: Vec::new(), spare, native: (Vec::new(), 0) }
    }

    /// Goes on for so many evaluations. Series that are given twice are taken once.
    pub fn run(&mut self, evaluations: u64, given: &[Given]) {
        let mut once: Vec<Given> = Vec::new();
        for one in given {
            if !once.iter().any(|other| other.name == one.name && other.labels == one.labels) {
                once.push(one.clone());
            }
        }
        self.tell_apart(&mut once);
        self.inputs.phase(evaluations * (self.pace.every / self.pace.sample.max(1)), &once);
    }

    /// A native histogram can't change its course: one that does is another series.
    fn tell_apart(&mut self, given: &mut [Given]) {
        let is_native = |one: &&mut Given| matches!(one.shape, Shape::Native { .. });
        let now: Vec<Given> = given.iter_mut().filter(is_native).map(|one| one.clone()).collect();
        if now != self.native.0 {
            self.native = (now, self.native.1 + 1);
        }
        let phase = self.native.1;
        for one in given.iter_mut().filter(is_native) {
            if let Some(value) = one.labels.get_mut(self.spare) {
                value.push_str(&phase.to_string());
            }
        }
    }

    /// Goes on until windows of this length are full, and two evaluations more.
    pub fn fill(&mut self, window: u64, given: &[Given]) {
        self.run(window.div_ceil(self.pace.every) + 2, given);
    }

    /// These counters have grown unevenly just before the last evaluation so far, and evenly over windows of this length.
    pub fn stumble(&mut self, window: u64, keys: &[Key]) {
        let Pace { every, sample } = self.pace;
        // A window of fewer samples may begin with the one that is late, and no evaluation must see it as the last.
        if window >= 3 * sample && sample < every {
            self.inputs.stumble(keys, every / sample.max(1));
        }
    }

    /// These counters come short in the middle of the last window of this length, and have grown evenly over the whole of it.
    /// Comes before [`Self::stumble`].
    pub fn sag(&mut self, window: u64, keys: &[Key]) {
        let Pace { every, sample } = self.pace;
        for key in keys {
            self.inputs.sag(key, window / sample.max(1), every / sample.max(1));
        }
    }

    /// The first moment that is still to come, in milliseconds.
    pub fn now(&self) -> u64 {
        self.inputs.now()
    }

    /// The last evaluation so far.
    pub fn last(&self) -> u64 {
        self.now().saturating_sub(self.pace.every)
    }

    /// What a query must give at a moment.
    pub fn see(&mut self, at: u64, (query, samples): (String, Vec<(Labels, f64)>)) {
        self.seen.push(Seen { at, query, samples });
    }

    /// The situation.
    pub fn finish(self, name: String) -> Situation {
        let native = self.native.1 > 0;
        let time = |millis| Duration::from_millis(millis).unwrap_or_else(Duration::zero);
        Situation {
            name,
            interval: time(self.pace.sample),
            every: time(self.pace.every),
            inputs: self.inputs.finish(),
            seen: self.seen,
            told: Vec::new(),
            native,
        }
    }
}
