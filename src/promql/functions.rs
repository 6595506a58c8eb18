//! What functions there are: their arguments, and the versions that have them.

use super::ast::ValueType;
use super::ast::ValueType::{InstantVector as V, RangeVector as M, Scalar as S, String as T};
use super::version::Version;

/// Which versions of Prometheus understand something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Availability {
    /// The first version that has it without a flag; `None` when no version has.
    pub(super) stable: Option<Version>,
    /// The flag that it stands or stood behind, and the first version with that flag.
    pub(super) flag: Option<(&'static str, Version)>,
    /// The first version that no longer has it.
    pub(super) removed: Option<Version>,
}

/// Everything that was there before version numbers matter here.
pub(super) const ALWAYS: Version = Version::new(0, 0);

const FLAG: &str = "promql-experimental-functions";

impl Availability {
    pub(super) const fn since(major: u16, minor: u16) -> Self {
        Self { stable: Some(Version::new(major, minor)), flag: None, removed: None }
    }

    pub(super) const fn behind(flag: &'static str, major: u16, minor: u16) -> Self {
        Self { stable: None, flag: Some((flag, Version::new(major, minor))), removed: None }
    }

    pub(super) const fn and_since(mut self, major: u16, minor: u16) -> Self {
        self.stable = Some(Version::new(major, minor));
        self
    }
}

/// A function of the language.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    /// The types of the arguments; the last one repeats.
    args: &'static [ValueType],
    /// How many arguments it needs at least.
    pub(super) least: usize,
    /// How many it takes at most; `None` without a limit.
    pub(super) most: Option<usize>,
    pub(super) returns: ValueType,
    pub(super) availability: Availability,
}

impl Function {
    pub(super) fn arg_type(&self, at: usize) -> Option<ValueType> {
        self.args.get(at).or(self.args.last()).copied()
    }

    const fn between(mut self, least: usize, most: Option<usize>) -> Self {
        self.least = least;
        self.most = most;
        self
    }

    const fn since(mut self, major: u16, minor: u16) -> Self {
        self.availability = self.availability.and_since(major, minor);
        self
    }

    const fn flagged(mut self, major: u16, minor: u16) -> Self {
        self.availability = Availability::behind(FLAG, major, minor);
        self
    }

    const fn removed(mut self, major: u16, minor: u16) -> Self {
        self.availability.removed = Some(Version::new(major, minor));
        self
    }
}

const fn f(name: &'static str, args: &'static [ValueType], returns: ValueType) -> Function {
    let availability = Availability { stable: Some(ALWAYS), flag: None, removed: None };
    Function { name, args, least: args.len(), most: Some(args.len()), returns, availability }
}

/// The function of that name; names are case-sensitive.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.binary_search_by(|function| function.name.cmp(name)).ok().and_then(|at| FUNCTIONS.get(at))
}

/// The known name that `name` most likely stands for, among functions and aggregations.
pub(super) fn similar(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    if lower.len() > 40 {
        return None;
    }
    let known = FUNCTIONS.iter().map(|function| function.name).chain(AGGREGATIONS);
    known
        .map(|candidate| (distance(&lower, candidate), candidate))
        .min_by_key(|(distance, candidate)| (*distance, !candidate.starts_with(&lower)))
        .filter(|(distance, candidate)| *distance <= 2 && *distance < candidate.len())
        .map(|(_, candidate)| candidate)
}

/// How many letters must be added, removed or replaced to get from `a` to `b`.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, x) in a.bytes().enumerate() {
        let (mut diagonal, mut left) = (line, line + 1);
        let mut next = Vec::with_capacity(row.len());
        next.push(left);
        for (up, y) in row.iter().skip(1).zip(b.bytes()) {
            left = (diagonal + usize::from(x != y)).min(up + 1).min(left + 1);
            diagonal = *up;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// The aggregations, in lower case; unlike functions they may be written in any case.
pub(super) const AGGREGATIONS: [&str; 14] = [
    "avg",
    "bottomk",
    "count",
    "count_values",
    "group",
    "limit_ratio",
    "limitk",
    "max",
    "min",
    "quantile",
    "stddev",
    "stdvar",
    "sum",
    "topk",
];

/// Whether an aggregation has a parameter before the vector.
pub(super) fn takes_parameter(op: &str) -> bool {
    keeps_series(op) || matches!(op, "quantile" | "count_values")
}

/// Whether an aggregation picks series and leaves their labels alone.
pub(super) fn keeps_series(op: &str) -> bool {
    matches!(op, "topk" | "bottomk" | "limitk" | "limit_ratio")
}

/// Which versions have an aggregation.
pub(super) fn aggregation(op: &str) -> Availability {
    if op.starts_with("limit") { Availability::behind(FLAG, 2, 54) } else { Availability::since(0, 0) }
}

/// Sorted by name.
static FUNCTIONS: [Function; 91] = [
    f("abs", &[V], V),
    f("absent", &[V], V),
    f("absent_over_time", &[M], V),
    f("acos", &[V], V),
    f("acosh", &[V], V),
    f("asin", &[V], V),
    f("asinh", &[V], V),
    f("atan", &[V], V),
    f("atanh", &[V], V),
    f("avg_over_time", &[M], V),
    f("ceil", &[V], V),
    f("changes", &[M], V),
    f("clamp", &[V, S, S], V),
    f("clamp_max", &[V, S], V),
    f("clamp_min", &[V, S], V),
    f("cos", &[V], V),
    f("cosh", &[V], V),
    f("count_over_time", &[M], V),
    f("day_of_month", &[V], V).between(0, Some(1)),
    f("day_of_week", &[V], V).between(0, Some(1)),
    f("day_of_year", &[V], V).between(0, Some(1)),
    f("days_in_month", &[V], V).between(0, Some(1)),
    f("deg", &[V], V),
    f("delta", &[M], V),
    f("deriv", &[M], V),
    f("double_exponential_smoothing", &[M, S, S], V).flagged(3, 0),
    f("end", &[], S).flagged(3, 12),
    f("exp", &[V], V),
    f("first_over_time", &[M], V).flagged(3, 7).since(3, 14),
    f("floor", &[V], V),
    f("histogram_avg", &[V], V).since(2, 51),
    f("histogram_count", &[V], V),
    f("histogram_fraction", &[S, S, V], V),
    f("histogram_quantile", &[S, V], V),
    f("histogram_quantiles", &[V, T, S, S], V).between(3, Some(12)).flagged(3, 11),
    f("histogram_stddev", &[V], V).since(2, 47),
    f("histogram_stdvar", &[V], V).since(2, 47),
    f("histogram_sum", &[V], V),
    f("holt_winters", &[M, S, S], V).removed(3, 0),
    f("hour", &[V], V).between(0, Some(1)),
    f("idelta", &[M], V),
    f("increase", &[M], V),
    f("info", &[V, V], V).between(1, Some(2)).flagged(2, 55),
    f("irate", &[M], V),
    f("label_join", &[V, T, T, T], V).between(3, None),
    f("label_replace", &[V, T, T, T, T], V),
    f("last_over_time", &[M], V),
    f("ln", &[V], V),
    f("log10", &[V], V),
    f("log2", &[V], V),
    f("mad_over_time", &[M], V).flagged(2, 49),
    f("max_of", &[S, S], S).flagged(3, 13),
    f("max_over_time", &[M], V),
    f("min_of", &[S, S], S).flagged(3, 13),
    f("min_over_time", &[M], V),
    f("minute", &[V], V).between(0, Some(1)),
    f("month", &[V], V).between(0, Some(1)),
    f("pi", &[], S),
    f("predict_linear", &[M, S], V),
    f("present_over_time", &[M], V),
    f("quantile_over_time", &[S, M], V),
    f("rad", &[V], V),
    f("range", &[], S).flagged(3, 12),
    f("rate", &[M], V),
    f("resets", &[M], V),
    f("round", &[V, S], V).between(1, Some(2)),
    f("scalar", &[V], S),
    f("sgn", &[V], V),
    f("sin", &[V], V),
    f("sinh", &[V], V),
    f("sort", &[V], V),
    f("sort_by_label", &[V, T], V).between(1, None).flagged(2, 49),
    f("sort_by_label_desc", &[V, T], V).between(1, None).flagged(2, 49),
    f("sort_desc", &[V], V),
    f("sqrt", &[V], V),
    f("start", &[], S).flagged(3, 12),
    f("start_timestamp", &[V], V).flagged(3, 14),
    f("stddev_over_time", &[M], V),
    f("stdvar_over_time", &[M], V),
    f("step", &[], S).flagged(3, 12),
    f("sum_over_time", &[M], V),
    f("tan", &[V], V),
    f("tanh", &[V], V),
    f("time", &[], S),
    f("timestamp", &[V], V),
    f("ts_of_first_over_time", &[M], V).flagged(3, 7),
    f("ts_of_last_over_time", &[M], V).flagged(3, 5),
    f("ts_of_max_over_time", &[M], V).flagged(3, 5),
    f("ts_of_min_over_time", &[M], V).flagged(3, 5),
    f("vector", &[S], V),
    f("year", &[V], V).between(0, Some(1)),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(FUNCTIONS.is_sorted_by(|a, b| a.name < b.name));
        assert!(FUNCTIONS.iter().all(|function| find(function.name).is_some()));
    }

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(similar("RATE"), Some("rate"));
        assert_eq!(similar("histogram_quantil"), Some("histogram_quantile"));
        assert_eq!(similar("summ"), Some("sum"));
        assert_eq!(similar("completely_different"), None);
    }
}
