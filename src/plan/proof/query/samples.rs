//! The author's own examples.

use super::super::Situation;
use super::asked::{Asked, Example};
use crate::plan::recordings;
use crate::promql::solve::Sample;

impl Asked<'_> {
    /// A situation for each example.
    pub fn samples(&self) -> Vec<Situation> {
        let scope = recordings::matchers(self.metric, self.role);
        let samples = self.metric.metric.samples.iter().enumerate().map(|(at, sample)| {
            let value = sample.gives.value.to_f64();
            let gives = vec![Sample { labels: sample.by.clone(), value }];
            let example = Example { series: sample.series_in(scope), gives, spare: None };
            let name = format!("sample {} gives {}{}", at + 1, sample.gives.text, self.role_words());
            self.situation(&name, &example, &[])
        });
        samples.collect()
    }
}
