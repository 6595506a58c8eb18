//! A step can't be undone, and nothing says what to do when it goes wrong.
//!
//! ## What
//! A step before or during the rollout, of a rollback, a scenario or a procedure is marked `irreversible`, and neither it
//! nor the step around it has an `otherwise`, a `note` or a `link`. It is enough, too, that a step of a stage has a
//! rollback mode for that stage, and that a mode's step has the mode's own `approve` or `note`.
//!
//! ## Why
//! After such a step the ordinary way back no longer leads back. Who finds that out afterwards has lost the data; who
//! wrote the plan knew it and can say what is left to do.
//!
//! ## Bad
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     steps:
//!       - { do: Drop the old table, run: ./migrate drop, irreversible: true }
//!     approve: lead
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```
//!
//! ## Good
//! ```yaml
//! stages:
//!   - id: canary-5
//!     traffic: 5%
//!     lasts: 2d
//!     steps:
//!       - do: Drop the old table
//!         run: ./migrate drop
//!         irreversible: true
//!         otherwise: Restore the table from the copy that was made an hour before.
//!     approve: lead
//!   - { id: full, traffic: 100%, lasts: 72h }
//! ```

use super::{Check, Context, Lint};
use crate::diag::{Diagnostic, Severity, Sink};
use crate::spec::Spec;
use crate::spec::rollback::Mode;
use crate::spec::stage::Stage;
use crate::spec::step::Step;

/// The lint.
pub static LINT: Lint = Lint::new(
    "irreversible-without-way",
    Severity::Warning,
    include_str!("irreversible_without_way.rs"),
    Check::Release(check),
);

fn check(spec: &Spec, _: &Context<'_>, sink: &mut Sink) {
    if !spec.whole {
        return;
    }
    for step in lists(spec).into_iter().flatten() {
        judge(step, sink);
    }
}

/// The lists of steps whose surroundings name no way.
fn lists(spec: &Spec) -> Vec<&Vec<Step>> {
    let mut lists: Vec<&Vec<Step>> = spec.procedures.iter().map(|row| &row.value).collect();
    lists.extend(spec.preflight.iter().filter_map(|group| group.items.as_ref()));
    lists.extend(
        spec.stages.iter().filter(|stage| !has_mode(spec, stage)).filter_map(|stage| stage.steps.as_ref()),
    );
    let scenarios = spec.scenarios.iter().map(|row| &row.value);
    lists.extend(scenarios.flat_map(|of| [&of.diagnose, &of.steps]).flatten());
    lists.extend(spec.rollback.iter().flat_map(|of| [&of.steps, &of.verify, &of.afterwards]).flatten());
    let alone = modes(spec).filter(|mode| mode.approve.is_none() && mode.note.is_none());
    lists.extend(alone.flat_map(|mode| [&mode.steps, &mode.verify]).flatten());
    lists
}

fn modes(spec: &Spec) -> impl Iterator<Item = &Mode> {
    spec.rollback.iter().flat_map(|of| of.modes.iter().flat_map(|table| &table.0)).map(|row| &row.value)
}

/// Whether there is a way back that is made for a stage.
fn has_mode(spec: &Spec, stage: &Stage) -> bool {
    modes(spec).any(|mode| mode.stages.iter().flatten().any(|id| id.value == stage.id()))
}

/// Goes into the parts of a step only where the step itself names no way.
fn judge(step: &Step, sink: &mut Sink) {
    let text = &step.0;
    if text.otherwise.is_some() || text.note.is_some() || text.link.is_some() {
        return;
    }
    match &text.irreversible {
        Some(flag) if flag.value => sink.push(finding(step, flag.span)),
        _ => text.items.iter().flatten().for_each(|part| judge(part, sink)),
    }
}

fn finding(step: &Step, place: crate::source::Span) -> Diagnostic {
    LINT.finding(format!("{} can't be undone, and nothing says what to do when it goes wrong", name(step)))
        .label(place, "after this the way back is another one")
        .help("say what is left to do then: `otherwise: …`; or what makes it safe: `note: …`")
}

/// What to call a step in a sentence.
fn name(step: &Step) -> String {
    let text = &step.0;
    let words = [&text.r#do, &text.run, &text.procedure].into_iter().flatten().next();
    let words = words.map(|words| words.value.trim()).filter(|words| words.chars().count() <= 60);
    words.filter(|words| !words.contains('\n')).map_or("a step".to_owned(), |words| format!("`{words}`"))
}
