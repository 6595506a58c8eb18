//! The section `notify`: who is told at which level.

use super::metric::NoDataLevel;
use super::receiver::Channel;
use super::shape::{OneOrMany, Row, Table, Text, section};
use super::{Config, Spec};
use crate::ladder::Level;
use std::collections::BTreeSet;

section! {
    /// Who is told at which level.
    pub struct Notify {
        /// Where alerts can go, by id; those of `relspec.yaml` can be used as well.
        channels: Table<Channel>,
        /// Which channels each level goes to.
        routes: Routes,
    }
}

section! {
    /// Which channels each level goes to.
    pub struct Routes {
        /// The channels of `warn`.
        warn: OneOrMany<Text>,
        /// The channels of `hold`.
        hold: OneOrMany<Text>,
        /// The channels of `rollback`.
        rollback: OneOrMany<Text>,
    }
}

impl Routes {
    /// The ids of a level's channels, as written.
    #[must_use]
    pub fn of(&self, level: Level) -> &[Text] {
        let ids = match level {
            Level::Warn => &self.warn,
            Level::Hold => &self.hold,
            Level::Rollback => &self.rollback,
        };
        ids.as_ref().map_or(&[], |ids| &ids.0)
    }
}

/// A channel, and whether the release or the project defines it.
#[derive(Debug, Clone, Copy)]
pub struct Defined<'a> {
    /// Its id and what it is.
    pub row: &'a Row<Channel>,
    /// Whether all releases share it.
    pub shared: bool,
}

impl Spec {
    /// The release's own channels.
    #[must_use]
    pub fn channels(&self) -> &[Row<Channel>] {
        self.notify.as_ref().and_then(|notify| notify.channels.as_ref()).map_or(&[], |table| &table.0)
    }

    /// The ids of a level's channels, as written.
    #[must_use]
    pub fn routed(&self, level: Level) -> &[Text] {
        self.notify.as_ref().and_then(|notify| notify.routes.as_ref()).map_or(&[], |routes| routes.of(level))
    }

    /// The channel of that id: the release's own, or the one that all releases share.
    #[must_use]
    pub fn channel<'a>(&'a self, id: &str, config: &'a Config) -> Option<Defined<'a>> {
        let find = |rows: &'a [Row<Channel>], shared| {
            rows.iter().find(|row| row.key.value == id).map(|row| Defined { row, shared })
        };
        find(self.channels(), false).or_else(|| find(&config.channels, true))
    }

    /// The channels of a level, each once; ids that lead nowhere have been reported.
    #[must_use]
    pub fn told<'a>(&'a self, level: Level, config: &'a Config) -> Vec<Defined<'a>> {
        let mut seen = BTreeSet::new();
        let ids = self.routed(level).iter().filter(|id| seen.insert(id.value.as_str()));
        ids.filter_map(|id| self.channel(&id.value, config)).collect()
    }

    /// Whether anything says where alerts go; where nothing does, they go to one default receiver.
    #[must_use]
    pub fn says_where(&self, config: &Config) -> bool {
        self.notify.is_some() || !config.channels.is_empty()
    }

    /// The levels that the release's alerts can have.
    #[must_use]
    pub fn alert_levels(&self) -> BTreeSet<Level> {
        let mut levels = BTreeSet::new();
        for metric in self.metrics.iter().filter(|metric| metric.alerts()) {
            for (level, limits) in metric.cases.iter().flat_map(|case| &case.limits.levels) {
                if !limits.conditions.is_empty() || !limits.after.is_empty() {
                    levels.insert(*level);
                }
            }
            levels.extend(match metric.no_data.level {
                NoDataLevel::Hold => Some(Level::Hold),
                NoDataLevel::Rollback => Some(Level::Rollback),
                NoDataLevel::Ignore => None,
            });
        }
        // The loss of the stage signal is told at `hold`.
        if self.needs_stage() {
            levels.insert(Level::Hold);
        }
        levels
    }
}
