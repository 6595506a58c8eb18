//! A release's alerts reach nobody but the default receiver of the team's own Alertmanager file.
//!
//! ## What
//! The release says nothing about channels, and no route of the team's own file takes its alerts, so that they end at the
//! root route. A level of several that goes to no channel is found by `unrouted-level`.
//!
//! ## Why
//! The default receiver is mostly a mailbox for what nobody claimed. A rollback that ends there wakes nobody.
//!
//! ## Bad
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route:
//!   receiver: mailbox
//!   routes:
//!     - { receiver: pager, matchers: [ 'team="database"' ] }
//! receivers:
//!   - name: mailbox
//!   - name: pager
//! ```
//!
//! ## Good
//! ```yaml
//! # file: relspec.yaml
//! alertmanager: alertmanager.yml
//! # file: alertmanager.yml
//! route:
//!   receiver: mailbox
//!   routes:
//!     - { receiver: pager, matchers: [ 'team="database"' ] }
//!     - { receiver: pager, matchers: [ 'level=~"warn|hold|rollback"' ] }
//! receivers:
//!   - name: mailbox
//!   - name: pager
//! ```

use super::shared::inhibited::{Alert, alerts};
use super::{Check, Context, Lint};
use crate::diag::{Severity, Sink};
use crate::spec::Spec;
use crate::spec::alertmanager::TeamFile;

/// The lint.
pub static LINT: Lint = Lint::new(
    "only-default-receiver",
    Severity::Info,
    include_str!("only_default_receiver.rs"),
    Check::Project(check),
);

fn check(specs: &[Spec], context: &Context<'_>, sink: &mut Sink) {
    // Where there is one receiver for everything, all is as it is meant.
    let Some(team) = context.config.own.as_ref().filter(|team| !team.route.routes.is_empty()) else { return };
    for spec in specs.iter().filter(|spec| spec.whole && !spec.says_where(context.config)) {
        let all = alerts(spec);
        let unclaimed = all.iter().filter(|alert| ends_at_root(team, alert)).count();
        let Some(id) = spec.release.id.as_ref().filter(|_| unclaimed > 0) else { continue };
        let receiver = team.route.receiver.as_deref().unwrap_or_default();
        let how_many =
            if unclaimed == all.len() { "all".to_owned() } else { format!("{unclaimed} of {}", all.len()) };
        let finding = LINT
            .finding(format!(
                "only the default receiver `{receiver}` is told of {how_many} alerts of `{}`",
                spec.id()
            ))
            .label(id.0.span, "says nothing about channels")
            .labels(team.route.span.map(|span| (span, "no route below takes them".to_owned())))
            .help("name channels under `notify`, or add a route for `release` or `level` to the team's file");
        sink.push(finding);
    }
}

fn ends_at_root(team: &TeamFile, alert: &Alert) -> bool {
    team.route.resolve(alert).iter().all(|landing| landing.way.len() == 1)
}
