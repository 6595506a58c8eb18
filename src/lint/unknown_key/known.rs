//! Keys that people write from habit, and keys that are reserved.

/// Keys of a metric that are reserved for later versions of the language.
const RESERVED: [&str; 3] = ["burn", "instances", "count"];

/// What people write, and what they mean by it where the second is known.
const SYNONYMS: [(&str, &str); 54] = [
    ("threshold", "above"),
    ("limit", "above"),
    ("gt", "above"),
    ("over", "above"),
    ("max", "above"),
    ("lt", "below"),
    ("under", "below"),
    ("min", "below"),
    ("warning", "warn"),
    ("alert", "warn"),
    ("critical", "rollback"),
    ("crit", "rollback"),
    ("page", "rollback"),
    ("abort", "rollback"),
    ("pause", "hold"),
    ("stop", "hold"),
    ("baseline", "normal"),
    ("expected", "normal"),
    ("usual", "normal"),
    ("slo", "target"),
    ("objective", "target"),
    ("sla", "target"),
    ("expr", "query"),
    ("expression", "query"),
    ("promql", "query"),
    ("name", "title"),
    ("label", "title"),
    ("description", "summary"),
    ("description", "impact"),
    ("team", "owner"),
    ("duration", "for"),
    ("duration", "lasts"),
    ("length", "lasts"),
    ("weight", "traffic"),
    ("percent", "traffic"),
    ("percentage", "traffic"),
    ("group_by", "by"),
    ("labels", "by"),
    ("overrides", "where"),
    ("stable", "baseline"),
    ("control", "baseline"),
    ("new", "canary"),
    ("errors", "bad"),
    ("success", "good"),
    ("all", "total"),
    ("series", "metric"),
    ("series", "counter"),
    ("percentile", "q"),
    ("why", "reason"),
    ("greater_than", "above"),
    ("more_than", "above"),
    ("exceeds", "above"),
    ("less_than", "below"),
    ("tz", "timezone"),
];

/// What people write in a range for a value that is normal: above 95 % is a smallest value, below 2 s a largest one.
const IN_RANGE: [(&str, &str); 12] = [
    ("above", "min"),
    ("over", "min"),
    ("gt", "min"),
    ("greater_than", "min"),
    ("more_than", "min"),
    ("at_least", "min"),
    ("below", "max"),
    ("under", "max"),
    ("lt", "max"),
    ("less_than", "max"),
    ("at_most", "max"),
    ("up_to", "max"),
];

/// Whether a key of a metric or of one of its levels is reserved.
pub(super) fn is_reserved(path: &str, name: &str) -> bool {
    path.starts_with("/metrics/") && RESERVED.contains(&name)
}

/// The end of a range that somebody means who compares; `None` where `known` is no range.
pub(super) fn end_of_range(name: &str, known: &[&str]) -> Option<&'static str> {
    let name = folded(name);
    let range = ["min", "max"].iter().all(|end| known.contains(end));
    IN_RANGE.iter().filter(|_| range).find(|(written, _)| *written == name).map(|(_, meant)| *meant)
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// The key that somebody means who has written others from habit.
pub(super) fn synonym<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = folded(name);
    let meant = SYNONYMS.iter().filter(|(written, _)| *written == name);
    meant.filter_map(|(_, meant)| known.iter().copied().find(|known| known == meant)).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_habits_where_they_apply() {
        let level = ["above", "below", "for", "judge"];
        let range = ["min", "max"];
        assert_eq!(synonym("threshold", &level), Some("above"));
        assert_eq!(synonym("max", &level), Some("above"));
        assert_eq!(end_of_range("below", &range), Some("max"));
        assert_eq!(end_of_range("greater-than", &range), Some("min"));
        assert_eq!(end_of_range("below", &level), None);
        assert_eq!(synonym("threshold", &range), None);
        assert_eq!(synonym("Critical", &["warn", "hold", "rollback"]), Some("rollback"));
    }

    #[test]
    fn knows_the_places_of_reserved_keys() {
        assert!(is_reserved("/metrics/errors/rollback", "burn"));
        assert!(!is_reserved("/release", "count"));
    }
}
