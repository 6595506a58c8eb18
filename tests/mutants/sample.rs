//! A part of all mutants that has something of every release and every operator, always the same.

use crate::operators::Mutant;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The places of `count` mutants: one of each operator and release, then a second one, and so on.
pub fn sample(mutants: &[(usize, &Mutant)], count: usize) -> Vec<usize> {
    let mut kinds: BTreeMap<(&str, usize), Vec<(u64, usize)>> = BTreeMap::new();
    for (at, (release, mutant)) in mutants.iter().enumerate() {
        let mut hasher = DefaultHasher::new();
        (release, mutant.group, mutant.rule, mutant.operator, &mutant.shown).hash(&mut hasher);
        kinds.entry((mutant.operator, *release)).or_default().push((hasher.finish(), at));
    }
    kinds.values_mut().for_each(|kind| kind.sort_unstable());
    // The kinds take turns, and where the turns end in the middle of a round, chance says who is left out.
    let mut turns: Vec<(usize, u64, usize)> = Vec::new();
    for kind in kinds.values() {
        turns.extend(kind.iter().enumerate().map(|(round, (chance, at))| (round, *chance, *at)));
    }
    turns.sort_unstable();
    let mut chosen: Vec<usize> = turns.into_iter().take(count).map(|(_, _, at)| at).collect();
    chosen.sort_unstable();
    chosen
}
