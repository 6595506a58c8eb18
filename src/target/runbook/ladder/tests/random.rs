//! Random ladders: nothing lies over anything else, and every zone is what the ladder says of its values.

use super::{check, gauge, nudged, picture, zones};
use crate::ladder::Place;
use crate::spec::release::Language;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// How an author may write a bound of this value.
fn written(value: i64, form: u8) -> String {
    match form {
        0 => value.to_string(),
        1 => format!("{value}.000000000000"),
        _ => format!("{value}.0"),
    }
}

/// Lines of a metric in order, from values that grow outward.
fn lines(above: &[i64], below: &[i64], parts: &[usize], forms: u8, target: Option<i64>) -> Vec<String> {
    let keys = ["normal", "warn", "hold", "rollback"];
    let mut lines = vec!["unit: none".to_owned()];
    for (n, key) in keys.into_iter().enumerate() {
        let (low, high) = if n == 0 { ("min", "max") } else { ("below", "above") };
        let bound = |name: &str, values: &[i64]| {
            parts
                .iter()
                .position(|part| *part == n)
                .and_then(|at| values.get(at))
                .map(|value| format!("{name}: {}", written(*value, forms)))
        };
        let bounds: Vec<_> = [bound(low, below), bound(high, above)].into_iter().flatten().collect();
        if !bounds.is_empty() {
            lines.push(format!("{key}: {{ {} }}", bounds.join(", ")));
        }
    }
    lines.extend(target.map(|target| format!("target: {{ max: {target} }}")));
    lines
}

fn growing() -> impl Strategy<Value = Vec<i64>> {
    proptest::collection::btree_set(1_i64..100_000_000, 4)
        .prop_map(|set: BTreeSet<i64>| set.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_zone_is_what_the_ladder_says(
        above in growing(),
        below in growing(),
        sides in 0..3_u8,
        forms in 0..3_u8,
        parts in proptest::sample::subsequence(vec![0_usize, 1, 2, 3], 1..=4),
        target in proptest::option::of(1_i64..100_000_000),
        chinese in any::<bool>(),
    ) {
        prop_assume!(parts.iter().any(|part| *part > 0));
        let below: Vec<i64> = below.iter().map(|value| -value).collect();
        let (above, below) = match sides { 0 => (above, Vec::new()), 1 => (Vec::new(), below), _ => (above, below) };
        let lines = lines(&above, &below, &parts, forms, target.filter(|_| sides != 1));
        let spec = gauge(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let picture = picture(&spec, if chinese { Language::ZhCn } else { Language::En });
        check(&picture);
        let limits = spec.metrics[0].base().unwrap();
        let mut wanted = Vec::new();
        for zone in limits.ladder.zones() {
            let value = match (zone.from, zone.to) {
                (Some(from), _) => nudged(&from.value, 1),
                (None, Some(to)) => nudged(&to.value, -1),
                (None, None) => crate::quantity::Number::ZERO,
            };
            wanted.push(match limits.ladder.place(&value) {
                Place::Level(level) => level.name(),
                Place::Normal if !limits.ladder.normal().is_unbounded() => "normal",
                Place::Normal | Place::Short => "short",
            });
        }
        let drawn = zones(&picture.svg);
        let drawn: Vec<&str> = drawn[0].iter().map(|zone| zone.0.as_str()).collect();
        prop_assert_eq!(drawn, wanted);
    }
}
