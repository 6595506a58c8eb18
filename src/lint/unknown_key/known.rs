//! Keys that people write from habit, and keys that are reserved.

/// Keys of a metric that are reserved for later versions of the language.
const RESERVED: [&str; 3] = ["burn", "instances", "count"];

/// What people write, and what they mean by it where the second is known.
const SYNONYMS: [(&str, &str); 56] = [
    ("threshold", "above"),
    ("limit", "above"),
    ("gt", "above"),
    ("over", "above"),
    ("max", "above"),
    ("lt", "below"),
    ("under", "below"),
    ("min", "below"),
    ("above", "max"),
    ("below", "min"),
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

/// Whether a key of a metric or of one of its levels is reserved.
pub(super) fn is_reserved(path: &str, name: &str) -> bool {
    path.starts_with("/metrics/") && RESERVED.contains(&name)
}

/// The key that somebody means who has written others from habit.
pub(super) fn synonym<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = name.to_lowercase().replace('-', "_");
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
        assert_eq!(synonym("above", &range), Some("max"));
        assert_eq!(synonym("threshold", &range), None);
        assert_eq!(synonym("Critical", &["warn", "hold", "rollback"]), Some("rollback"));
    }

    #[test]
    fn knows_the_places_of_reserved_keys() {
        assert!(is_reserved("/metrics/errors/rollback", "burn"));
        assert!(!is_reserved("/release", "count"));
    }
}
