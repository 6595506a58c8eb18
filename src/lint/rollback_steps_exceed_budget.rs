//! The steps of a way back, with their verification, take longer than the time that the plan gives it.
//!
//! ## What
//! The times (`takes`) of the steps and of `verify` add up to more than `within`, for `rollback` itself or for one of its
//! `modes`; a mode without a `verify` of its own uses the common one. In a scenario the steps add up to more than `recovery`.
//! A step that applies only in some case counts; a step without a time counts as none.
//!
//! ## Why
//! `within` is what people rely on when they decide to go back. A sum that is too long on paper is longer at night.
//!
//! ## Bad
//! ```yaml
//! rollback:
//!   within: 10m
//!   steps:
//!     - { do: Send all traffic to the old version, run: ./traffic 0, takes: 1m }
//!     - { do: Restore the database, run: ./restore, takes: 8m, if: Data is damaged }
//!   verify:
//!     - { do: The old version is healthy, run: ./health stable, takes: 2m }
//! ```
//!
//! ## Good
//! ```yaml
//! rollback:
//!   within: 10m
//!   steps:
//!     - { do: Send all traffic to the old version, run: ./traffic 0, takes: 1m }
//!     - { do: Restore the database, run: ./restore, takes: 6m, if: Data is damaged }
//!   verify:
//!     - { do: The old version is healthy, run: ./health stable, takes: 2m }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::spec::Spec;
use crate::spec::budget::Budget;
use crate::spec::rollback::Rollback;
use crate::spec::scalar::DurationText;
use crate::spec::step::Step;

/// The lint.
pub static LINT: Lint = Lint::new(
    "rollback-steps-exceed-budget",
    Severity::Warning,
    include_str!("rollback_steps_exceed_budget.rs"),
    Check::Release(check),
);

/// Steps, and the time that they may take.
struct Way<'a> {
    /// What they are, in words.
    who: String,
    steps: &'a [Step],
    verify: &'a [Step],
    limit: &'a DurationText,
    /// The key of the limit.
    key: &'static str,
}

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    let ways = spec.rollback.iter().flat_map(ways_back).chain(scenarios(spec));
    sink.extend(ways.filter_map(|way| finding(spec, &way)));
}

/// The common way back and the modes. One that has no steps of its own says nothing about its time.
fn ways_back(rollback: &Rollback) -> Vec<Way<'_>> {
    let common = rollback.verify.as_deref().unwrap_or_default();
    let main = rollback.within.as_ref().zip(rollback.steps.as_deref());
    let main = main.map(|(limit, steps)| Way {
        who: "the way back".to_owned(),
        steps,
        verify: common,
        limit,
        key: "within",
    });
    let modes = rollback.modes.iter().flat_map(|table| &table.0).filter_map(|row| {
        Some(Way {
            who: format!("the way back `{}`", row.key.value),
            steps: row.value.steps.as_deref()?,
            verify: row.value.verify.as_deref().unwrap_or(common),
            limit: row.value.within.as_ref()?,
            key: "within",
        })
    });
    main.into_iter().chain(modes).collect()
}

fn scenarios(spec: &Spec) -> impl Iterator<Item = Way<'_>> {
    spec.scenarios.iter().filter_map(|row| {
        Some(Way {
            who: format!("scenario `{}`", row.key.value),
            steps: row.value.steps.as_deref()?,
            verify: &[],
            limit: row.value.recovery.as_ref()?,
            key: "recovery",
        })
    })
}

fn finding(spec: &Spec, way: &Way<'_>) -> Option<Diagnostic> {
    let (steps, verify) = (Budget::of(spec, way.steps), Budget::of(spec, way.verify));
    let both = steps.and(&verify);
    if both.total <= way.limit.value {
        return None;
    }
    let over = both.total.checked_sub(&way.limit.value)?.to_canonical();
    let (total, limit) = (both.total.to_canonical(), way.limit.text());
    Some(
        LINT.finding(format!("{} takes {total}, and `{}` is {limit}", way.who, way.key))
            .label(way.limit.span, sum(&steps, &verify))
            .labels(both.times.iter().map(|(span, time)| (*span, time.text().to_owned())))
            .help(format!(
                "make the steps {over} shorter, or write `{}: {total}`{}",
                way.key,
                untimed(&both)
            )),
    )
}

/// How the time comes about: `9m steps + 2m verification = 11m`.
fn sum(steps: &Budget, verify: &Budget) -> String {
    let (of, checks) = (steps.total.to_canonical(), verify.total.to_canonical());
    if verify.total.is_zero() {
        return format!("{of} of steps");
    }
    format!("{of} steps + {checks} verification = {}", steps.and(verify).total.to_canonical())
}

/// What the sum leaves out.
fn untimed(both: &Budget) -> String {
    match both.untimed {
        0 => String::new(),
        1 => "; 1 more step does not say how long it takes".to_owned(),
        many => format!("; {many} more steps do not say how long they take"),
    }
}
