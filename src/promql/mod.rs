//! `PromQL`: reading, checking against a version, asking questions, and rewriting without losing the author's text.
//!
//! The newest known grammar is read; what an older Prometheus lacks is found afterwards with [`too_new`]. Every
//! place is a range of bytes of the expression's own text.

mod always;
mod anchored;
mod ast;
mod counters;
mod example;
mod functions;
mod gate;
mod histograms;
mod labels;
mod length;
mod lengths;
mod lexer;
mod literal;
pub mod measure;
mod parser;
mod postfix;
mod primary;
mod query;
mod quotient;
mod regex;
mod rewrite;
mod sides;
pub mod solve;
mod texts;
mod token;
mod types;
mod version;
mod walk;

#[cfg(test)]
mod tests;

pub use always::{Always, always};
pub use anchored::anchored;
pub use ast::*;
pub use counters::gauges_of_counters;
pub use example::{Judge, found, judges};
pub use gate::{Newer, too_new};
pub use histograms::{
    OddQuantile, QuantileOf, names_buckets, quantiles_out_of_range, quantiles_without_buckets,
    selects_all_buckets, series, sums_of_buckets,
};
pub use labels::{LabelSet, labels};
pub use lengths::replace_lengths;
pub use literal::quote;
pub use parser::{MAX_HEIGHT, MAX_TEXT, parse, parse_generated};
pub use query::{
    Division, QuantileWithoutLe, RangeUse, RateOf, RateOfAggregate, quantiles_without_le, ranges,
    rates_of_aggregates, rates_of_non_counters, unguarded_divisions, whole_absence, whole_comparison,
};
pub use quotient::whole_quotient_of_itself;
pub use regex::check_regex;
pub use rewrite::{MatcherText, add_matchers, add_offset, rewrite};
pub use sides::{Unpaired, unpaired_sides};
pub(crate) use texts::{alternatives, texts};
pub use version::{NotAVersion, Version};
pub use walk::selectors;

/// Something wrong in an expression, said in words that need no knowledge of the grammar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong and what was expected, without a full stop.
    pub message: String,
    /// Where; empty only at the end of the text.
    pub span: Bytes,
}
