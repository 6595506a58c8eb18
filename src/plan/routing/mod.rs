//! Who is told of each alert, and which alerts are silent while harsher ones fire.
//!
//! Each release has a route for each level and channel, matched by its `release` and `level`, and receivers named after
//! the channels. A route stands by itself: alerts of a level without a channel, and of a release that says nothing about
//! channels, go on to whatever stands behind: the default receiver, or the team's own routes where its file is merged.
//!
//! [`inhibitions`] says what silences what; [`check`] holds the whole tree against every alert of the plan; [`reach`] says
//! whom each alert reaches.

pub mod check;
pub mod inhibitions;
pub mod reach;
#[cfg(test)]
mod tests;

use super::{Group, Rule, names};
use crate::ladder::Level;
use crate::spec::alertmanager::{Inhibition, Matcher, Route, TeamFile, Waits};
use crate::spec::grouping::Grouping;
use crate::spec::pace::Pace;
use crate::spec::receiver::Channel;
use crate::spec::{Config, Spec};

/// Routes, receivers and inhibitions: of one release, or of all together.
#[derive(Debug, Clone)]
pub struct Routing<'a> {
    /// The routes, in order; none lies below another.
    pub routes: Vec<Route>,
    /// The receivers that the routes name, each once.
    pub receivers: Vec<Receiver<'a>>,
    /// What silences what.
    pub inhibitions: Vec<Inhibition>,
    /// How fast the waits of the routes pass.
    pub pace: Pace,
    /// What the default receiver sends to: nothing but in a rehearsal.
    pub listener: Option<&'a Channel>,
}

/// A receiver.
#[derive(Debug, Clone)]
pub struct Receiver<'a> {
    /// The name, unique among those of the plan.
    pub name: String,
    /// What is sent there; `None` for the default receiver, which sends nothing.
    pub channel: Option<&'a Channel>,
}

impl<'a> Routing<'a> {
    /// Those of one release, with `groups` as its rules.
    #[must_use]
    pub fn of(spec: &'a Spec, config: &'a Config, groups: &[Group]) -> Self {
        let mut routing = Self {
            inhibitions: inhibitions::of(spec, groups),
            ..Self::empty(config.pace, config.listener.as_ref())
        };
        for level in levels(groups) {
            let channels = spec.told(level, config);
            for (at, channel) in channels.iter().enumerate() {
                let name = names::receiver((!channel.shared).then(|| spec.id()), &channel.row.key.value);
                let goes_on = at + 1 < channels.len();
                let waits = waits(level, config.pace);
                routing.routes.push(Route { waits, ..route(spec.id(), level, &name, goes_on) });
                routing.receive(Receiver { name, channel: Some(&channel.row.value) });
            }
        }
        routing
    }

    /// Those of several releases, one after another.
    #[must_use]
    pub fn together<'b>(parts: impl Iterator<Item = &'b Self>) -> Self
    where
        'a: 'b,
    {
        let mut all = Self::empty(Pace::default(), None);
        for part in parts {
            (all.pace, all.listener) = (part.pace, part.listener);
            all.routes.extend(part.routes.iter().cloned());
            all.inhibitions.extend(part.inhibitions.iter().cloned());
            part.receivers.iter().for_each(|receiver| all.receive(receiver.clone()));
        }
        all
    }

    fn empty(pace: Pace, listener: Option<&'a Channel>) -> Self {
        let (routes, receivers, inhibitions) = (Vec::new(), Vec::new(), Vec::new());
        Self { routes, receivers, inhibitions, pace, listener }
    }

    fn receive(&mut self, receiver: Receiver<'a>) {
        if !self.receivers.iter().any(|known| known.name == receiver.name) {
            self.receivers.push(receiver);
        }
    }

    /// The tree of a file of our own: what no route takes goes to the default receiver.
    #[must_use]
    pub fn alone(&self) -> Route {
        Route {
            receiver: Some(names::DEFAULT_RECEIVER.to_owned()),
            group_by: Some(group_by()),
            waits: waits(Level::Rollback, self.pace),
            routes: self.routes.clone(),
            ..Route::default()
        }
    }

    /// The receivers of a file of our own: the default one and those of the channels.
    #[must_use]
    pub fn receivers_alone(&self) -> Vec<Receiver<'a>> {
        let default = Receiver { name: names::DEFAULT_RECEIVER.to_owned(), channel: self.listener };
        std::iter::once(default).chain(self.receivers.iter().cloned()).collect()
    }

    /// The tree of the team's own file with our routes before its own: behind a route for all critical alerts they would
    /// get none.
    #[must_use]
    pub fn merged(&self, team: &TeamFile) -> Route {
        let routes = self.routes.iter().chain(&team.route.routes).cloned().collect();
        Route { routes, ..team.route.clone() }
    }
}

/// The levels of a release's alerts, the harshest first.
fn levels(groups: &[Group]) -> Vec<Level> {
    let has = |level: &Level| alerts(groups).any(|alert| label(&alert.labels, "level") == level.name());
    Level::ALL.into_iter().rev().filter(has).collect()
}

fn route(release: &str, level: Level, receiver: &str, goes_on: bool) -> Route {
    Route {
        receiver: Some(receiver.to_owned()),
        matchers: vec![Matcher::equal("release", release), Matcher::equal("level", level.name())],
        goes_on,
        group_by: Some(group_by()),
        ..Route::default()
    }
}

fn group_by() -> Vec<String> {
    ["release", "level"].map(str::to_owned).to_vec()
}

fn waits(level: Level, pace: Pace) -> Waits {
    let grouping = Grouping::of(level).at(pace);
    Waits {
        wait: Some(grouping.wait()),
        interval: Some(grouping.interval()),
        repeat: Some(grouping.repeat()),
    }
}

pub(super) use crate::spec::alertmanager::route::value as label;

/// Every alert of a release's groups.
pub(super) fn alerts(groups: &[Group]) -> impl Iterator<Item = &super::Alert> {
    groups.iter().flat_map(|group| &group.rules).filter_map(|rule| match rule {
        Rule::Alert(alert) => Some(alert),
        Rule::Recording(_) => None,
    })
}
