//! Every alert as Alertmanager gets it: whom it reaches in a configuration, and which others silence it.

mod raised;
mod silencers;
#[cfg(test)]
mod tests;

pub use raised::{Raised, raised};
pub use silencers::Silencers;

use super::Routing;
use crate::plan::Plan;
use crate::promql::MatchOp;
use crate::spec::alertmanager::{Inhibition, Interval, Landing, Matcher, Route, TeamFile};
use jiff::Timestamp;
use rayon::prelude::*;

/// What Alertmanager does with alerts.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// The root of the routes.
    pub route: Route,
    /// What silences what.
    pub inhibitions: Vec<Inhibition>,
    /// When routes tell nobody.
    pub intervals: Vec<Interval>,
}

impl Configuration {
    /// That of all releases, with the team's own where they are merged.
    #[must_use]
    pub fn of(plan: &Plan<'_>) -> Self {
        let ours = Routing::together(plan.releases.iter().map(|release| &release.routing));
        let Some(team) = &plan.config.own else {
            return Self { route: ours.alone(), inhibitions: ours.inhibitions, intervals: Vec::new() };
        };
        let inhibitions = team.inhibitions.iter().cloned().chain(ours.inhibitions.iter().cloned()).collect();
        Self { route: ours.merged(team), inhibitions, intervals: team.intervals.clone() }
    }

    /// Whether a route tells nobody at a point in time: in an interval that mutes it, or outside of all in which it is
    /// active. What is above it has no say in that. An interval that is not there is never.
    #[must_use]
    pub fn mutes(&self, route: &Route, at: Timestamp) -> bool {
        let within = |name: &String| {
            self.intervals.iter().any(|interval| interval.name.value == *name && interval.contains(at))
        };
        route.mute.iter().any(within) || !(route.active.is_empty() || route.active.iter().any(within))
    }

    /// That of a file as it is.
    #[must_use]
    pub fn of_file(file: &TeamFile) -> Self {
        let (route, inhibitions) = (file.route.clone(), file.inhibitions.clone());
        Self { route, inhibitions, intervals: file.intervals.clone() }
    }
}

/// For every alert of the plan: whom it reaches and what silences it, in the configuration of all releases.
pub fn each<T: Send>(
    plan: &Plan<'_>,
    of: impl Fn(&Raised<'_>, &[Landing<'_>], &[&Raised<'_>]) -> T + Sync,
) -> Vec<T> {
    let (configuration, raised) = (Configuration::of(plan), raised(plan));
    let silencers = Silencers::new(&configuration.inhibitions, &raised);
    let releases: Vec<&[Raised<'_>]> = raised.chunk_by(|one, two| one.release == two.release).collect();
    let of_release = |all: &[Raised<'_>]| -> Vec<T> {
        let route = narrowed(&configuration.route, all.first().map_or("", |raised| raised.release));
        let one =
            |raised: &Raised<'_>| of(raised, &route.resolve(&raised.labels), &silencers.of(&raised.labels));
        all.iter().map(one).collect()
    };
    releases.into_par_iter().flat_map_iter(of_release).collect()
}

/// A root without the routes of other releases, of which there may be many; alerts of this release land as in the whole.
#[must_use]
pub fn narrowed(root: &Route, release: &str) -> Route {
    let foreign = |route: &&Route| fixed_release(&route.matchers).is_none_or(|of| of == release);
    let routes = root.routes.iter().filter(foreign).cloned().collect();
    Route { routes, ..root.without_routes() }
}

/// The one release that matchers want, where they want one.
fn fixed_release(matchers: &[Matcher]) -> Option<&str> {
    let fixed = |matcher: &&Matcher| matcher.label == "release" && matcher.op == MatchOp::Equal;
    matchers.iter().find(fixed).map(|matcher| matcher.value.as_str())
}
