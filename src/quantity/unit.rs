//! The units that a metric can be measured in.

/// What a metric's values count; every threshold of the metric is converted to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A share from 0 to 1; may be written as `0.5%`.
    Ratio,
    /// A share that the query itself yields as 0 to 100; `0.5%` is 0.5.
    Percent,
    /// A length of time, in seconds.
    Seconds,
    /// A size, in bytes.
    Bytes,
    /// How many.
    Count,
    /// How many in each second.
    PerSecond,
    /// How many in each minute.
    PerMinute,
    /// How many in each hour.
    PerHour,
    /// How many in each day.
    PerDay,
    /// A length of time, in days of 24 hours.
    Days,
    /// A bare number without a unit; the only one that may be negative.
    None,
}

/// What kind of thing a unit measures; only quantities of one dimension can be converted into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// A part of a whole: `ratio` and `percent`.
    Share,
    /// A length of time: `seconds` and `days`.
    Time,
    /// An amount of data: `bytes`.
    Size,
    /// A number of things: `count`.
    Count,
    /// A number of things in some time: `per_second` to `per_day`.
    Rate,
    /// A bare number: `none`.
    Number,
}

impl Dimension {
    /// A quantity of this dimension in words, with its article.
    #[must_use]
    pub fn described(self) -> &'static str {
        match self {
            Self::Share => "a percentage",
            Self::Time => "a length of time",
            Self::Size => "a size",
            Self::Count => "a number of things",
            Self::Rate => "a rate",
            Self::Number => "a bare number",
        }
    }

    /// The units of this dimension, quoted, for a sentence.
    #[must_use]
    pub fn units(self) -> &'static str {
        match self {
            Self::Share => "`ratio` or `percent`",
            Self::Time => "`seconds` or `days`",
            Self::Size => "`bytes`",
            Self::Count => "`count`",
            Self::Rate => "`per_second`, `per_minute`, `per_hour` or `per_day`",
            Self::Number => "`none`",
        }
    }
}

impl Unit {
    /// Every unit, in the order in which the reference lists them.
    pub const ALL: [Self; 11] = [
        Self::Ratio,
        Self::Percent,
        Self::Seconds,
        Self::Bytes,
        Self::Count,
        Self::PerSecond,
        Self::PerMinute,
        Self::PerHour,
        Self::PerDay,
        Self::Days,
        Self::None,
    ];

    /// The unit that a spec calls `name`; `None` when there is no such unit.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// Its name in a spec.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Percent => "percent",
            Self::Seconds => "seconds",
            Self::Bytes => "bytes",
            Self::Count => "count",
            Self::PerSecond => "per_second",
            Self::PerMinute => "per_minute",
            Self::PerHour => "per_hour",
            Self::PerDay => "per_day",
            Self::Days => "days",
            Self::None => "none",
        }
    }

    /// What it measures.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        match self {
            Self::Ratio | Self::Percent => Dimension::Share,
            Self::Seconds | Self::Days => Dimension::Time,
            Self::Bytes => Dimension::Size,
            Self::Count => Dimension::Count,
            Self::PerSecond | Self::PerMinute | Self::PerHour | Self::PerDay => Dimension::Rate,
            Self::None => Dimension::Number,
        }
    }

    /// What a value in this unit is, in words for the reference.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Ratio => "a share of a whole, from 0 to 1; `%` may be written",
            Self::Percent => "a share of a whole that the query itself yields as 0 to 100",
            Self::Seconds => "a length of time, in seconds",
            Self::Bytes => "a size, in bytes; `GB` counts in thousands, `GiB` in 1024s",
            Self::Count => "how many",
            Self::PerSecond => "how many in each second",
            Self::PerMinute => "how many in each minute",
            Self::PerHour => "how many in each hour",
            Self::PerDay => "how many in each day",
            Self::Days => "a length of time, in days of 24 hours",
            Self::None => "a bare number, which may be negative",
        }
    }

    /// Values that fit it, quoted, for a sentence.
    #[must_use]
    pub fn examples(self) -> &'static str {
        match self {
            Self::Ratio => "`0.5%` or `0.005`",
            Self::Percent => "`0.5%` or `80%`",
            Self::Seconds => "`200ms`, `2.5s` or `3m`",
            Self::Bytes => "`512MiB` or `3GB`",
            Self::Count => "`5` or `200`",
            Self::PerSecond => "`15/s` or `15`",
            Self::PerMinute => "`15/min` or `15`",
            Self::PerHour => "`15/hour` or `15`",
            Self::PerDay => "`15/day` or `15`",
            Self::Days => "`30d` or `36h`",
            Self::None => "`0.75` or `12`",
        }
    }

    /// Values that fit it on a metric with `relative_to`, quoted, for a sentence.
    #[must_use]
    pub fn delta_examples(self) -> &'static str {
        match self.dimension() {
            Dimension::Share => "`+5%` (of the reference), `2x` or `+0.5pp` (percentage points)",
            Dimension::Time => "`+15%`, `2x` or `+100ms`",
            Dimension::Size => "`+15%`, `2x` or `+3GB`",
            Dimension::Rate => "`-15%`, `0.5x` or `-20/day`",
            Dimension::Count | Dimension::Number => "`+15%`, `2x` or `+5`",
        }
    }
}
