//! Where the messages of each level go.

use super::Pages;
use crate::ladder::Level;
use serde::Serialize;

/// Where the alerts of a level are sent.
#[derive(Debug, Serialize)]
pub struct LevelChannels {
    /// `warn`, `hold` or `rollback`.
    pub level: &'static str,
    /// The channels; none where the release says nothing of this level.
    pub channels: Vec<ChannelName>,
}

/// A channel by its names.
#[derive(Debug, Serialize)]
pub struct ChannelName {
    /// The author's id.
    pub id: String,
    /// Alertmanager's kind of receiver.
    pub kind: Option<&'static str>,
}

impl Pages<'_> {
    /// The channels of the levels that the alerts can have, the harshest first.
    pub fn channels(&self) -> Vec<LevelChannels> {
        let spec = self.draft.spec;
        let possible = spec.alert_levels();
        let levels = Level::ALL.into_iter().rev().filter(|level| possible.contains(level));
        let of_level = |level: Level| {
            let told = spec.told(level, self.draft.config).into_iter();
            let channels = told.map(|channel| ChannelName {
                id: channel.row.key.value.clone(),
                kind: channel.row.value.kind.map(|kind| kind.name),
            });
            LevelChannels { level: level.name(), channels: channels.collect() }
        };
        levels.map(of_level).filter(|told| !told.channels.is_empty()).collect()
    }
}
