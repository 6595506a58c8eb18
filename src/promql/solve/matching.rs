//! Which samples of two vectors belong together.

use super::super::ast::{Binary, BinaryOp, Name};
use super::NAME;
use super::binary::{drops_name, pair, unnamed};
use super::eval::{Known, Sample, clash};
use super::world::Labels;
use std::collections::{BTreeMap, BTreeSet};

/// `and`, `or` and `unless`.
pub(super) fn sets(binary: &Binary, left: Vec<Sample>, right: Vec<Sample>) -> Vec<Sample> {
    let keys =
        |samples: &[Sample]| samples.iter().map(|one| key(binary, &one.labels)).collect::<BTreeSet<_>>();
    let (ours, theirs) = (keys(&left), keys(&right));
    match binary.op {
        BinaryOp::And => left.into_iter().filter(|one| theirs.contains(&key(binary, &one.labels))).collect(),
        BinaryOp::Unless => {
            left.into_iter().filter(|one| !theirs.contains(&key(binary, &one.labels))).collect()
        }
        _ => {
            let more = right.into_iter().filter(|one| !ours.contains(&key(binary, &one.labels)));
            let mut all = left;
            all.extend(more);
            all
        }
    }
}

/// Arithmetic and comparisons, one with one or many with one.
pub(super) fn pairs(binary: &Binary, left: Vec<Sample>, right: Vec<Sample>) -> Known<Vec<Sample>> {
    let turned = binary.group.as_ref().is_some_and(|group| !group.left);
    let (many, one) = if turned { (right, left) } else { (left, right) };
    let mut partners = BTreeMap::new();
    for sample in one {
        if partners.insert(key(binary, &sample.labels), sample).is_some() {
            return clash("pairs one series with several");
        }
    }
    let mut found: BTreeMap<Labels, f64> = BTreeMap::new();
    let mut paired = BTreeSet::new();
    for sample in many {
        let key = key(binary, &sample.labels);
        let Some(partner) = partners.get(&key) else { continue };
        let (a, b) = if turned { (partner.value, sample.value) } else { (sample.value, partner.value) };
        let Some(value) = pair(binary, a, b)? else { continue };
        if binary.group.is_none() && !paired.insert(key) {
            return clash("pairs one series with several");
        }
        if found.insert(labels(binary, sample.labels, &partner.labels), value).is_some() {
            return clash("has two results with the same labels");
        }
    }
    Ok(found.into_iter().map(|(labels, value)| Sample { labels, value }).collect())
}

/// The labels by which samples belong together.
fn key(binary: &Binary, labels: &Labels) -> Labels {
    let Some(matching) = &binary.matching else { return unnamed(labels.clone()) };
    if matching.excludes {
        return without(unnamed(labels.clone()), &matching.labels);
    }
    only(labels, &matching.labels)
}

/// The labels of a result, made from the side that may have several.
fn labels(binary: &Binary, many: Labels, one: &Labels) -> Labels {
    let many = if drops_name(binary) { unnamed(many) } else { many };
    let Some(group) = &binary.group else {
        return match &binary.matching {
            None => many,
            Some(matching) if matching.excludes => without(many, &matching.labels),
            Some(matching) => only(&many, &matching.labels),
        };
    };
    group.include.iter().fold(many, |mut labels, name| {
        match one.get(&name.text) {
            Some(value) => labels.insert(name.text.clone(), value.clone()),
            None => labels.remove(&name.text),
        };
        labels
    })
}

/// The labels that are listed.
pub(super) fn only(labels: &Labels, listed: &[Name]) -> Labels {
    let named = listed.iter().filter_map(|name| Some((name.text.clone(), labels.get(&name.text)?.clone())));
    named.collect()
}

/// All but the listed labels.
pub(super) fn without(mut labels: Labels, listed: &[Name]) -> Labels {
    for name in listed {
        labels.remove(&name.text);
    }
    labels
}

/// The labels that an aggregation keeps.
pub(super) fn grouped(labels: Labels, excludes: bool, listed: &[Name]) -> Labels {
    if excludes {
        let mut labels = without(labels, listed);
        labels.remove(NAME);
        return labels;
    }
    only(&labels, listed)
}
