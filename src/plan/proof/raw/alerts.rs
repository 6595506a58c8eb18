//! Which alerts the bad value raises.

use super::recorded::Asked;
use super::setup::{Mood, Raw};
use super::values;
use crate::ladder::Side;
use crate::plan::expr::{Series, times};
use crate::plan::proof::Labels;
use crate::plan::proof::law::{Raise, raises};
use crate::plan::{Broken, names};
use crate::promql;
use crate::quantity::Duration;
use crate::spec::metric::Measurement;

/// The longest time over which the rules read a series, in milliseconds.
const DAY: u64 = 86_400_000;

/// promtool reads at most 10,000 samples in one evaluation of a rule; a rule reads a few series.
const MOST_SAMPLES: u64 = 6_000;

impl Raw<'_> {
    /// The ways in which the bad value raises the harshest level; none where alerts wait for a condition of the author's, or
    /// for longer than promtool can read samples as near to each other as the window needs them.
    ///
    /// # Errors
    /// When there is no rule for one.
    pub fn raises(&self) -> Result<Vec<Raise<'_>>, Broken> {
        let (Some(level), None) = (self.values.raises, &self.metric.metric.only_when) else {
            return Ok(Vec::new());
        };
        let judged = values::judged(self.metric.metric, self.values.bad, self.values.theirs, self.share);
        let mut raises = raises(self.proving, self.metric, self.case)?;
        raises.retain(|raise| {
            let bound = raise.bound.value.to_f64();
            raise.level == level && raise.after.is_none() && values::outside(raise.side, judged, bound)
        });
        let longest = raises.iter().map(|raise| raise.lasts.millis()).max().unwrap_or(0);
        let sample = self.finer_scene(self.window + longest).pace.sample.max(1);
        if longest.min(DAY) / sample > MOST_SAMPLES {
            raises.clear();
        }
        Ok(raises)
    }

    /// Which alerts of the harshest level must fire; none of them while the value is calm.
    pub fn firing(&self, raises: &[Raise<'_>], mood: Mood) -> Option<Asked> {
        let level = raises.first()?.level.name();
        let mut kept =
            vec!["alertname".to_owned(), "release".to_owned(), "metric".to_owned(), "level".to_owned()];
        kept.extend(self.metric.by());
        let query = format!(
            "group by ({}) (ALERTS{{release={},metric={},level=\"{level}\",alertstate=\"firing\"}})",
            kept.join(", "),
            promql::quote(self.release()),
            promql::quote(self.metric.id())
        );
        let mut samples: Vec<(Labels, f64)> = Vec::new();
        for raise in raises.iter().filter(|_| mood == Mood::Bad) {
            let mut labels = self.by.first().cloned().unwrap_or_default();
            let mut add = |label: &str, value: &str| labels.insert(label.to_owned(), value.to_owned());
            add("alertname", &raise.alert.name);
            add("release", self.release());
            add("metric", self.metric.id());
            add("level", level);
            if !samples.iter().any(|(other, _)| *other == labels) {
                samples.push((labels, 1.0));
            }
        }
        Some((query, samples))
    }

    /// The alerts that the bad value raises in the same evaluation in which it is recorded: after the second one, when
    /// a share, a quantile or a mean is whole and enough events have been counted.
    ///
    /// # Errors
    /// When there is no rule for one.
    pub fn raised_with_it(&self, every: u64) -> Result<Option<Asked>, Broken> {
        let at_once = matches!(
            self.metric.source.measurement,
            Measurement::Ratio { .. } | Measurement::Quantile { .. } | Measurement::Mean { .. }
        );
        #[allow(clippy::cast_precision_loss, reason = "numbers of events and times are small")]
        let enough = self
            .case
            .limits
            .min_events
            .as_ref()
            .is_none_or(|least| self.events * every as f64 / 1000.0 >= 1.2 * least.value as f64);
        if self.metric.metric.only_when.is_some() || !at_once || !enough || self.metric.offset().is_some() {
            return Ok(None);
        }
        let judged = values::judged(self.metric.metric, self.values.bad, self.values.theirs, self.share);
        let mut names: Vec<&str> = Vec::new();
        for raise in raises(self.proving, self.metric, self.case)? {
            let reached = values::outside(raise.side, judged, raise.bound.value.to_f64());
            if reached && raise.after.is_none() && !names.contains(&raise.alert.name.as_str()) {
                names.push(&raise.alert.name);
            }
        }
        let query = format!(
            "group by (alertname) (ALERTS{{release={},metric={},because!~\"after-.*\"}})",
            promql::quote(self.release()),
            promql::quote(self.metric.id())
        );
        let named = |name: &str| Labels::from([("alertname".to_owned(), name.to_owned())]);
        Ok(Some((query, names.into_iter().map(|name| (named(name), 1.0)).collect())))
    }

    /// A value beyond the bound, with enough events, at any evaluation up to this one without its alert: an alert reads what
    /// was recorded in the same evaluation.
    pub fn never_late(&self, raises: &[Raise<'_>], at: u64, every: u64) -> Option<Asked> {
        let raise = raises.first()?;
        let time = |millis| Duration::from_millis(millis).map(|of| of.to_prometheus());
        let (range, step) = (time(at).filter(|_| at > 0)?, time(every)?);
        let kept = self.by.first().cloned().unwrap_or_default();
        let narrow =
            |series: Series| kept.iter().fold(series, |series, (label, value)| series.with(label, value));
        let sign = match raise.side {
            Side::Above => ">",
            Side::Below => "<",
        };
        let on = [vec!["release".to_owned()], self.metric.by()].concat().join(", ");
        let mut beyond =
            format!("{} {sign} {}", narrow(self.metric.value()).selector(), raise.bound.value.to_promql());
        if let (Some(least), Some(factor)) = (raise.least, self.metric.events_factor()) {
            for series in self.metric.events() {
                let events = times(&narrow(series).selector(), &factor);
                beyond = format!("{beyond} and on ({on}) {events} >= {least}");
            }
        }
        let query = format!(
            "count_over_time(({beyond} unless on ({on}) ALERTS{{release={},metric={},alertname={}}})[{range}:{step}])",
            promql::quote(self.release()),
            promql::quote(self.metric.id()),
            promql::quote(&raise.alert.name)
        );
        Some((query, Vec::new()))
    }

    /// An alert without the value that it reads: a level is raised and ends in the same evaluation as its value. Where any
    /// alert goes on after that, only those that are pending end so.
    pub fn raised_by_nothing(&self) -> Asked {
        let keeps = self.metric.metric.cases.iter().any(|case| case.limits.longest_keep().is_some());
        let pending = if keeps { ",alertstate=\"pending\"" } else { "" };
        let on = [vec!["release".to_owned()], self.metric.by()].concat().join(", ");
        let query = format!(
            "ALERTS{{release={},metric={},alertname!={}{pending}}} unless on ({on}) {}",
            promql::quote(self.release()),
            promql::quote(self.metric.id()),
            promql::quote(&names::no_data_alert(self.metric.id())),
            self.metric.value().selector()
        );
        (query, Vec::new())
    }
}
