//! The bar of a kind of limits, with its labels.

use super::rows::Row;
use super::svg::{Bar, Edge, Piece};
use super::words::Say;
use crate::ladder::{Bound, Place, Zone};
use crate::plan::bound_text;
use crate::spec::metric::Limits;
use crate::template::TemplateFault;

impl Say<'_> {
    /// The bar of a row, with its labels.
    pub fn bar(&self, row: &Row<'_>, headed: bool) -> Result<Bar, TemplateFault> {
        let head = if headed { self.head(row)? } else { String::new() };
        let limits = row.limits;
        if limits.off.is_some() {
            return Ok(Bar { head, remarks: vec![self.say("ladder-off", &[])?], ..Bar::default() });
        }
        let zones = limits.ladder.zones();
        let edges = zones.iter().filter_map(|zone| zone.from).map(|bound| self.edge(limits, bound));
        let edges = edges.collect::<Result<_, _>>()?;
        let target = limits.target.as_ref().map(|target| &target.range);
        let ends = target.into_iter().flat_map(|range| range.min.iter().chain(&range.max));
        let marks = ends.map(|bound| self.mark(bound)).collect::<Result<_, _>>()?;
        let mut remarks = Vec::new();
        for (level, written) in &limits.levels {
            for after in self.after(written)? {
                remarks.push(self.with_level(*level, &after)?);
            }
        }
        let zones = zones.iter().map(|zone| self.piece(limits, zone)).collect::<Result<_, _>>()?;
        Ok(Bar { head, zones, edges, marks, remarks })
    }

    fn piece(&self, limits: &Limits, zone: &Zone<'_>) -> Result<Piece, TemplateFault> {
        let value = |bound: Option<&Bound>| bound.map(|bound| bound.value);
        let (class, word) = match zone.place {
            Place::Level(level) => (level.name(), self.level_word(level)?),
            Place::Normal if !limits.ladder.normal().is_unbounded() => {
                ("normal", self.say("ladder-normal-word", &[])?)
            }
            Place::Normal | Place::Short => ("short", String::new()),
        };
        Ok(Piece { from: value(zone.from), to: value(zone.to), class, word })
    }

    /// A bound with the durations that belong to it.
    fn edge(&self, limits: &Limits, bound: &Bound) -> Result<Edge, TemplateFault> {
        let mut lasts = Vec::new();
        for condition in limits.levels.values().flat_map(|level| &level.conditions) {
            let own = condition.above.iter().chain(&condition.below);
            let here = own.into_iter().any(|own| own.value == bound.value);
            if let (true, Some(duration)) = (here, self.metric.waits(condition)) {
                lasts.push(match duration.is_zero() {
                    true => self.say("ladder-at-once", &[])?,
                    false => self.say("ladder-lasts", &[("lasts", &self.phrases.brief(duration.text())?)])?,
                });
            }
        }
        lasts.dedup();
        Ok(Edge { value: bound.value, text: bound_text(self.metric, bound), lasts: lasts.join(" / ") })
    }

    fn mark(&self, bound: &Bound) -> Result<Edge, TemplateFault> {
        let text = self.say("ladder-target-word", &[("bound", &bound_text(self.metric, bound))])?;
        Ok(Edge { value: bound.value, text, lasts: String::new() })
    }
}
