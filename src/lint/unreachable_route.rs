//! A route of the team's own Alertmanager file gets no alert.
//!
//! ## What
//! An earlier route beside it, without `continue`, takes everything that it would take; or its matchers want two different
//! values of one label.
//!
//! ## Why
//! Alertmanager takes such a file without a word. Whoever the route is for is never told, and the file says otherwise.
//!
//! ## Bad
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route:
//!   receiver: default
//!   routes:
//!     - { receiver: default, matchers: [ 'severity=~"critical|warning"' ] }
//!     - { receiver: pager, matchers: [ 'severity="critical"', 'team="web"' ] }
//! receivers:
//!   - name: default
//!   - name: pager
//! ```
//!
//! ## Good
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route:
//!   receiver: default
//!   routes:
//!     - { receiver: pager, matchers: [ 'severity="critical"', 'team="web"' ] }
//!     - { receiver: default, matchers: [ 'severity=~"critical|warning"' ] }
//! receivers:
//!   - name: default
//!   - name: pager
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::promql::MatchOp;
use crate::source::Span;
use crate::spec::Spec;
use crate::spec::alertmanager::{Matcher, Route};

/// The lint.
pub static LINT: Lint = Lint::new(
    "unreachable-route",
    Severity::Warning,
    include_str!("unreachable_route.rs"),
    Check::Project(check),
);

fn check(_: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    if let Some(team) = &context.config.own {
        below(&team.route, &mut Vec::new(), sink);
    }
}

/// Judges the routes below one; `above` are the matchers of all routes on the way to it.
fn below<'a>(route: &'a Route, above: &mut Vec<&'a Matcher>, sink: &mut Sink) {
    let here = above.len();
    above.extend(&route.matchers);
    for (at, child) in route.routes.iter().enumerate() {
        let all: Vec<&Matcher> = above.iter().copied().chain(&child.matchers).collect();
        let before = route.routes.iter().take(at).find(|before| !before.goes_on && takes_all(before, &all));
        let (Some(place), found) = (child.span, (contradiction(&all), before)) else { continue };
        match found {
            (Some((one, two)), _) => sink.push(never(place, one, two)),
            (None, Some(before)) => sink.push(shadowed(place, before)),
            (None, None) => below(child, above, sink),
        }
    }
    above.truncate(here);
}

/// Whether a route takes every alert that has all of these.
fn takes_all(route: &Route, all: &[&Matcher]) -> bool {
    let implied = |wanted: &Matcher| {
        let same_label = all.iter().filter(|matcher| matcher.label == wanted.label);
        same_label.clone().any(|matcher| *matcher == wanted)
            || same_label
                .clone()
                .any(|matcher| matcher.op == MatchOp::Equal && wanted.matches(&matcher.value))
    };
    route.matchers.iter().all(implied)
}

/// Two matchers of which no alert has both.
fn contradiction<'a>(all: &[&'a Matcher]) -> Option<(&'a Matcher, &'a Matcher)> {
    let fixed = all.iter().filter(|matcher| matcher.op == MatchOp::Equal);
    fixed.copied().find_map(|one| {
        let against = |two: &&&Matcher| two.label == one.label && !two.matches(&one.value);
        all.iter().find(against).map(|two| (one, *two))
    })
}

fn never(place: Span, one: &Matcher, two: &Matcher) -> Diagnostic {
    LINT.finding(format!("no alert has both `{}` and `{}`, so this route gets none", one.text(), two.text()))
        .label(place, "no alert comes here")
        .help("write both values in one matcher (`=~\"one|two\"`), or make it two routes")
}

fn shadowed(place: Span, before: &Route) -> Diagnostic {
    LINT.finding("this route gets no alert: one before it takes all that it would get")
        .label(place, "no alert comes here")
        .labels(before.span.map(|span| (span, "takes them, and does not let them go on".to_owned())))
        .help("put the narrower route first, or `continue: true` into the earlier one")
}
