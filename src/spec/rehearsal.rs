//! A rehearsal: the same release in less time, with everything that it tells going to one listener.
//!
//! What a server reads becomes shorter, in one place: here for what the author wrote, and through [`Config::pace`] for the
//! times that are generated. Thresholds stay, and so do rates: five errors an hour are still five errors an hour. What
//! only pages show (the length of a stage, the time of a way back) stays as well, since a rehearsal writes no page.

use super::metric::{Condition, Measurement, Metric, Promql, Reference};
use super::pace::Pace;
use super::receiver::{Channel, table};
use super::{Config, Spec};
use crate::promql;
use crate::quantity::Duration;
use crate::source::Span;
use crate::syntax::Kind;
use serde_json::{Map, Value};

/// How a release is rehearsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// How much faster time passes.
    pub pace: Pace,
    /// The web address that every channel leads to. The names of the receivers stay, so that the listener sees who
    /// would have been told.
    pub listener: String,
}

impl Rehearsal {
    /// Makes a judged project one that is rehearsed. The team's own Alertmanager file is left out, since its receivers
    /// lead to people.
    pub fn apply(&self, specs: &mut [Spec], config: &mut Config) {
        config.pace = self.pace;
        config.own = None;
        self.shorten(&mut config.scrape);
        self.shorten(&mut config.evaluation);
        for channel in config.channels.iter_mut() {
            channel.value = self.channel(channel.value.span);
        }
        config.listener = specs.first().map(|spec| self.channel(Span { file: spec.file, start: 0, end: 0 }));
        for spec in specs {
            let channels = spec.notify.iter_mut().filter_map(|notify| notify.channels.as_mut());
            for channel in channels.flat_map(|table| &mut table.0) {
                channel.value = self.channel(channel.value.span);
            }
            spec.metrics.iter_mut().for_each(|metric| self.metric(metric));
        }
    }

    fn channel(&self, span: Span) -> Channel {
        let mut fields = Map::new();
        fields.insert("url".to_owned(), Value::from(self.listener.as_str()));
        // The listener hears of ends as well, whatever the channel would have told.
        fields.insert("send_resolved".to_owned(), Value::from(true));
        let kind = table::KINDS.iter().find(|kind| kind.name == "webhook");
        Channel { kind, span, fields, newer: Vec::new() }
    }

    fn shorten(&self, duration: &mut Duration) {
        *duration = self.pace.of(duration);
    }

    fn metric(&self, metric: &mut Metric) {
        self.shorten(&mut metric.window.duration);
        self.shorten(&mut metric.no_data.after.duration);
        if let Some(relative) = &mut metric.relative
            && let Reference::Offset(offset) = &mut relative.reference
        {
            self.shorten(&mut offset.value);
        }
        match &mut metric.measurement {
            Measurement::Increase { over, .. } => self.shorten(&mut over.value),
            Measurement::Query(query) => self.query(query),
            _ => {}
        }
        if let Some(condition) = &mut metric.only_when {
            self.query(condition);
        }
        let levels = metric.cases.iter_mut().flat_map(|case| case.limits.levels.values_mut());
        for level in levels {
            let conditions = level.conditions.iter_mut();
            let conditions = conditions.map(|Condition { lasts, keep, .. }| (&mut lasts.duration, keep));
            let after = level.after.iter_mut().map(|after| (&mut after.lasts.value, &mut after.keep));
            for (lasts, keep) in conditions.chain(after) {
                self.shorten(lasts);
                keep.iter_mut().for_each(|keep| self.shorten(&mut keep.value));
            }
        }
    }

    /// The author's PromQL with shorter ranges, steps and offsets. Numbers that mean seconds can't be told from others
    /// and stay.
    fn query(&self, query: &mut Promql) {
        let write = |seconds: f64| {
            let length = super::timing::from_seconds(seconds.abs()).unwrap_or_else(Duration::zero);
            format!("{}{}", if seconds < 0.0 { "-" } else { "" }, self.pace.of(&length).to_prometheus())
        };
        let text = promql::replace_lengths(query.text(), &query.expr, &write);
        let Ok(expr) = promql::parse(&text) else { return };
        query.expr = expr;
        if let Kind::Scalar(scalar) = &mut query.written.node.kind {
            scalar.text = text;
        }
    }
}
