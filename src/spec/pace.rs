//! How fast time passes for what is generated: as in the plan, or so many times faster.

use crate::quantity::Duration;

/// By how much every duration is divided. A plan as it is meant has a pace of 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace(u64);

impl Default for Pace {
    fn default() -> Self {
        Self(1)
    }
}

impl Pace {
    /// So many times faster than the plan; `None` for 0, at which no time would be left.
    #[must_use]
    pub fn faster(times: u64) -> Option<Self> {
        (times > 0).then_some(Self(times))
    }

    /// By how much every duration is divided.
    #[must_use]
    pub fn factor(self) -> u64 {
        self.0
    }

    /// A duration at this pace, to the nearest millisecond, and never none where there was one. At a pace of 1 it keeps
    /// its author's text.
    #[must_use]
    pub fn of(self, duration: &Duration) -> Duration {
        if self.0 == 1 || duration.is_zero() {
            return duration.clone();
        }
        let millis = (duration.millis().saturating_add(self.0 / 2) / self.0).max(1);
        Duration::from_millis(millis).unwrap_or_else(|| duration.clone())
    }

    /// Whole seconds that nobody wrote, at this pace.
    #[must_use]
    pub fn seconds(self, seconds: u64) -> Duration {
        self.of(&Duration::from_seconds(seconds).unwrap_or_else(Duration::zero))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paced(times: u64, text: &str) -> String {
        let duration = Duration::parse(text).expect("a duration");
        Pace::faster(times).expect("a pace").of(&duration).to_prometheus()
    }

    #[test]
    fn durations_are_divided_and_what_is_something_stays_something() {
        let cases = [(60, "15m", "15s"), (60, "90s", "1s500ms"), (7, "10s", "1s429ms"), (1000, "1ms", "1ms")];
        for (times, text, expected) in cases {
            assert_eq!(paced(times, text), expected, "{text} / {times}");
        }
        assert_eq!(paced(60, "0s"), "0s");
        assert_eq!(paced(1, "90m"), "90m", "the author's text");
        assert_eq!(Pace::faster(0), None);
    }
}
