//! What becomes of alerts at each route of an Alertmanager file.

use crate::spec::alertmanager::{Matcher, Route};

/// What becomes of alerts at a route.
pub enum Fate<'a> {
    /// It keeps some.
    Keeps,
    /// It takes some, and a route below it takes all of them.
    Passes,
    /// No alert has both.
    Never(&'a Matcher, &'a Matcher),
    /// An earlier route beside it takes all that it would take.
    Shadowed(&'a Route),
}

/// A route, the receiver that alerts have there, and what becomes of them.
pub struct Visited<'a> {
    pub route: &'a Route,
    pub receiver: &'a str,
    pub fate: Fate<'a>,
}

/// Every route of a tree to which alerts may come, and the first of each branch to which none do.
pub fn visit(root: &Route) -> Vec<Visited<'_>> {
    let mut visited = Vec::new();
    below(root, root.receiver.as_deref().unwrap_or_default(), &[], Fate::Keeps, &mut visited);
    visited
}

/// Judges a route to which alerts come as `fate` says; `above` are the matchers of all routes on the way to it.
fn below<'a>(
    route: &'a Route,
    receiver: &'a str,
    above: &[&'a Matcher],
    fate: Fate<'a>,
    visited: &mut Vec<Visited<'a>>,
) {
    let here: Vec<&Matcher> = above.iter().copied().chain(&route.matchers).collect();
    if !matches!(fate, Fate::Keeps) {
        return visited.push(Visited { route, receiver, fate });
    }
    let passes = route.routes.iter().any(|child| takes_all(child, &here));
    visited.push(Visited { route, receiver, fate: if passes { Fate::Passes } else { Fate::Keeps } });
    for (at, child) in route.routes.iter().enumerate() {
        let all: Vec<&Matcher> = here.iter().copied().chain(&child.matchers).collect();
        let before = route.routes.iter().take(at).find(|before| !before.goes_on && takes_all(before, &all));
        let fate = match (contradiction(&all), before) {
            (Some((one, two)), _) => Fate::Never(one, two),
            (None, Some(before)) => Fate::Shadowed(before),
            (None, None) => Fate::Keeps,
        };
        below(child, child.receiver.as_deref().unwrap_or(receiver), &here, fate, visited);
    }
}

/// Whether a route takes every alert that has all of these.
fn takes_all(route: &Route, all: &[&Matcher]) -> bool {
    implied(&route.matchers, all)
}

/// Whether whatever has all of these has what the others want too.
pub fn implied(wanted: &[Matcher], all: &[&Matcher]) -> bool {
    wanted.iter().all(|wanted| all.iter().any(|matcher| matcher.implies(wanted)))
}

/// Two matchers of which no alert has both.
fn contradiction<'a>(all: &[&'a Matcher]) -> Option<(&'a Matcher, &'a Matcher)> {
    all.iter().copied().find_map(|one| {
        let values = one.values()?;
        let against =
            |two: &&&Matcher| two.label == one.label && !values.iter().any(|value| two.matches(value));
        all.iter().find(against).map(|two| (one, *two))
    })
}
