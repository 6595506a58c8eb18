//! How Alertmanager holds alerts back before it tells people. The routes and the time to detect take it from here.

use super::pace::Pace;
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
    /// How fast all of them pass.
    pace: Pace,
}

impl Grouping {
    /// That of a level. What is critical is told within a minute, whatever else is going on.
    #[must_use]
    pub fn of(level: Level) -> Self {
        let (wait, interval, repeat) = match level {
            Level::Rollback => (10, 60, 3600),
            Level::Hold => (30, 60, 4 * 3600),
            Level::Warn => (60, 300, 12 * 3600),
        };
        Self { wait, interval, repeat, pace: Pace::default() }
    }

    /// The same at another pace.
    #[must_use]
    pub fn at(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// How long a first alert waits for others.
    #[must_use]
    pub fn wait(self) -> Duration {
        self.pace.seconds(self.wait)
    }

    /// How long a changed group waits.
    #[must_use]
    pub fn interval(self) -> Duration {
        self.pace.seconds(self.interval)
    }

    /// How long until an unchanged group is told again.
    #[must_use]
    pub fn repeat(self) -> Duration {
        self.pace.seconds(self.repeat)
    }

    /// The longest that an alert is held back: the wait of a first one, or the interval of one that joins a group.
    #[must_use]
    pub fn longest(self) -> Duration {
        self.pace.seconds(self.wait.max(self.interval))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::timing::Timing;

    fn seconds(seconds: u64) -> Duration {
        Pace::default().seconds(seconds)
    }

    /// An alert at `rollback` is told a minute after it fires at the latest, and the time to tell counts it.
    #[test]
    fn the_time_to_tell_has_the_grouping_of_the_level() {
        let timing = Timing {
            scrape: seconds(15),
            window: seconds(300),
            wait: seconds(600),
            evaluation: seconds(30),
            hops: 1,
            grouping: Duration::zero(),
        };
        let told =
            |level| timing.clone().told_at(level, Pace::default()).to_tell().map(|time| time.millis() / 1000);
        assert_eq!(Level::ALL.map(told), [Some(945 + 300), Some(945 + 60), Some(945 + 60)]);
    }

    #[test]
    fn harsher_levels_are_told_sooner_and_repeats_are_multiples() {
        for level in Level::ALL {
            let of = Grouping::of(level);
            assert_eq!(of.repeat % of.interval, 0, "{level:?}");
        }
        let longest = Level::ALL.map(|level| Grouping::of(level).longest().millis());
        assert!(longest[0] > longest[1] && longest[1] >= longest[2], "{longest:?}");
        assert!(longest[2] <= 60_000, "a rollback is told within a minute");
    }
}
