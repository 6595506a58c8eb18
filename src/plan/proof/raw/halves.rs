//! One of the two series that each value is made from.

use super::setup::{Mood, Raw};
use crate::plan::proof::inputs::Key;

impl Raw<'_> {
    /// The first of the two series of everything that is measured at present. What happens to it alone changes shares and
    /// quantiles too, which would stay the same if all series changed alike.
    pub fn halves(&self, mood: Mood) -> Vec<Key> {
        let spare = self.takers.spare;
        let mut keys = Vec::new();
        for role in self.roles() {
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
