//! How Alertmanager holds alerts back before it tells people. The routes and the time to detect take it from here.

use crate::ladder::Level;
use crate::quantity::Duration;

/// How a level's alerts are grouped in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grouping {
    /// How long a first alert waits for others, in seconds.
    wait: u64,
    /// How long a changed group waits, in seconds.
    interval: u64,
    /// How long until an unchanged group is told again, in seconds; a multiple of the interval, since Alertmanager
    /// rounds up to one.
    repeat: u64,
}

impl Grouping {
    /// That of a level. A rollback is told within a minute, whatever else is going on.
    #[must_use]
    pub const fn of(level: Level) -> Self {
        match level {
            Level::Rollback => Self { wait: 10, interval: 60, repeat: 3600 },
            Level::Hold => Self { wait: 30, interval: 300, repeat: 4 * 3600 },
            Level::Warn => Self { wait: 60, interval: 600, repeat: 12 * 3600 },
        }
    }

    /// How long a first alert waits for others.
    #[must_use]
    pub fn wait(self) -> Duration {
        seconds(self.wait)
    }

    /// How long a changed group waits.
    #[must_use]
    pub fn interval(self) -> Duration {
        seconds(self.interval)
    }

    /// How long until an unchanged group is told again.
    #[must_use]
    pub fn repeat(self) -> Duration {
        seconds(self.repeat)
    }

    /// The longest that an alert is held back: the wait of a first one, or the interval of one that joins a group.
    #[must_use]
    pub fn longest(self) -> Duration {
        seconds(self.wait.max(self.interval))
    }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_seconds(seconds).unwrap_or_else(Duration::zero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harsher_levels_are_told_sooner_and_repeats_are_multiples() {
        for level in Level::ALL {
            let of = Grouping::of(level);
            assert_eq!(of.repeat % of.interval, 0, "{level:?}");
        }
        let longest = Level::ALL.map(|level| Grouping::of(level).longest().millis());
        assert!(longest[0] > longest[1] && longest[1] > longest[2], "{longest:?}");
        assert!(longest[2] <= 60_000, "a rollback is told within a minute");
    }
}
