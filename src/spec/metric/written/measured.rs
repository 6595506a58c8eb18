//! The measurements as their author wrote them.

use crate::source::Spanned;
use crate::spec::scalar::{DurationText, PromqlText};
use crate::spec::shape::{Text, section, words};

words! {
    /// How a gauge's series become one.
    pub enum Aggregate {
        /// The mean.
        Avg = "avg",
        /// The largest.
        Max = "max",
        /// The smallest.
        Min = "min",
        /// The sum.
        Sum = "sum",
    }
}

section! {
    /// Bad (or good) events among all events, from two counters.
    pub struct Ratio {
        /// The counter of bad events.
        bad: PromqlText,
        /// The counter of good events, where those are counted.
        good: PromqlText,
        /// The counter of all events.
        total @required: PromqlText,
    }
}

section! {
    /// A quantile of a histogram.
    pub struct Quantile {
        /// Which quantile, between 0 and 1.
        q @required: Text,
        /// The histogram's name, without `_bucket`.
        histogram @required: PromqlText,
        /// The upper bounds of its classic buckets, so that a threshold outside them is found.
        buckets: Vec<Text>,
        /// A native histogram, which has no fixed buckets.
        native: Spanned<bool>,
    }
}

section! {
    /// The mean of a histogram or summary: its sum by its count.
    pub struct Mean {
        /// The name, without `_sum` and `_count`.
        histogram @required: PromqlText,
    }
}

section! {
    /// How fast a counter grows.
    pub struct Rate {
        /// The counter.
        counter @required: PromqlText,
    }
}

section! {
    /// By how much a counter grew over a time.
    pub struct Increase {
        /// The counter.
        counter @required: PromqlText,
        /// The time.
        over @required: DurationText,
    }
}

section! {
    /// A value that goes up and down.
    pub struct Gauge {
        /// The series.
        metric @required: PromqlText,
        /// How its series become one.
        aggregate @required: Aggregate,
    }
}
