//! One of the two series that each value is made from.

use super::setup::{Mood, Raw};
use crate::plan::measured::Role;
use crate::plan::proof::inputs::Key;

impl Raw<'_> {
    /// The first of the two series of everything that is measured at present. What happens to it alone changes shares and
    /// quantiles too, which would stay the same if all series changed alike.
    pub fn halves(&self, mood: Mood) -> Vec<Key> {
        self.halves_of(self.roles(), mood)
    }

    /// The same of versions that no bound is held against: whatever their values were in between raises nothing.
    pub fn unjudged_halves(&self, mood: Mood) -> Vec<Key> {
        let judged = |role: &Role| *role == self.metric.main_role() || self.metric.metric.relative.is_some();
        self.halves_of(self.roles().filter(|role| !judged(role)), mood)
    }

    fn halves_of(&self, roles: impl Iterator<Item = Role>, mood: Mood) -> Vec<Key> {
        let spare = self.takers.spare;
        let mut keys = Vec::new();
        for role in roles {
            for (at, by) in self.by.iter().enumerate() {
                let series = self.feed(role, by).series(self.value(role, at, mood), self.events);
                let all = series.unwrap_or_default();
                keys.extend(
                    all.iter()
                        .filter(|one| one.labels.get(spare).is_some_and(|of| of == "a"))
                        .map(|one| one.key()),
                );
            }
        }
        keys
    }
}
