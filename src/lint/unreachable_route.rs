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
//!     - { receiver: pager, matchers: [ 'severity="page"' ] }
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
//!     - { receiver: pager, matchers: [ 'severity="page"' ] }
//!     - { receiver: pager, matchers: [ 'severity="critical"', 'team="web"' ] }
//!     - { receiver: default, matchers: [ 'severity=~"critical|warning"' ] }
//! receivers:
//!   - name: default
//!   - name: pager
//! ```

use super::shared::routes::{Fate, visit};
use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
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
    let Some(team) = &context.config.own else { return };
    for visited in visit(&team.route) {
        match (visited.route.span, visited.fate) {
            (Some(place), Fate::Never(one, two)) => sink.push(never(place, one, two)),
            (Some(place), Fate::Shadowed(before)) => sink.push(shadowed(place, before)),
            _ => {}
        }
    }
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
