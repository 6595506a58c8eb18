//! Which alerts the bad value raises.

use super::recorded::Asked;
use super::setup::{Mood, Raw};
use super::values;
use crate::plan::proof::Labels;
use crate::plan::proof::law::{Raise, raises};
use crate::plan::{Broken, names};
use crate::promql;

impl Raw<'_> {
    /// The ways in which the bad value raises the harshest level; none where alerts wait for a condition of the author's.
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

    /// An alert without the value that it reads: a level is raised and ends in the same evaluation as its value.
    pub fn raised_by_nothing(&self) -> Asked {
        let on = [vec!["release".to_owned()], self.metric.by()].concat().join(", ");
        let query = format!(
            "ALERTS{{release={},metric={},alertname!={}}} unless on ({on}) {}",
            promql::quote(self.release()),
            promql::quote(self.metric.id()),
            promql::quote(&names::no_data_alert(self.metric.id())),
            self.metric.value().selector()
        );
        (query, Vec::new())
    }
}
