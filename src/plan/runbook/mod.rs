//! What people read: the release page and a section for each alert, with every date, sum and query worked out.
//!
//! It is plain data for templates. Prose is the author's own; numbers are the texts of the ladder; nothing is left to compute.

mod alerts;
mod approval;
mod calendar;
mod channels;
mod checks;
mod gates;
mod levels;
mod limits;
mod papers;
mod people;
mod stages;
mod steps;
mod way_back;
mod when;

pub use alerts::{AlertPage, Decider, Likely, Part, Source, Told};
pub use approval::Approval;
pub use calendar::{DateRow, Links};
pub use channels::{ChannelName, LevelChannels};
pub use checks::{Agenda, CheckPlan, Checklist, Look};
pub use gates::{Gate, Query};
pub use limits::{LevelLine, LevelPage, Limits, MetricPage, Observed, Place, Range};
pub use people::{Call, Person};
pub use stages::{StageMetric, StagePage};
pub use steps::{Group, MetricLink, Step};
pub use way_back::WayBack;
pub use when::When;

use super::{Draft, Group as RuleGroup, names};
use crate::ladder::Level;
use crate::spec::calendar::{Base, Calendar};
use crate::spec::timing;
use serde::Serialize;

/// The pages of one release.
#[derive(Debug, Serialize)]
pub struct Runbook {
    /// The release's id.
    pub id: String,
    /// Whether anything depends on the stage signal.
    pub staged: bool,
    /// When the release starts, where that is known: a date and a time in ISO 8601.
    pub starts: Option<String>,
    /// Where else to look.
    pub links: Links,
    /// Everything that has a date, in order; nothing where dates are unknown.
    pub dates: Vec<DateRow>,
    /// The stages, in order.
    pub stages: Vec<StagePage>,
    /// What publishes that the release is over, where anything depends on it.
    pub publish_done: Option<String>,
    /// The metrics, in the author's order.
    pub metrics: Vec<MetricPage>,
    /// Which of `normal`, `target`, `warn`, `hold` and `rollback` any of them has.
    pub columns: Vec<&'static str>,
    /// The columns of the table of limits that differ somewhere.
    pub columns_elsewhere: Vec<&'static str>,
    /// The alerts, in the order of the rules, each name once.
    pub alerts: Vec<AlertPage>,
    /// The usual way back.
    pub rollback: Option<WayBack>,
    /// The other ways back.
    pub modes: Vec<WayBack>,
    /// What is done when the trouble is over.
    pub afterwards: Vec<Step>,
    /// The longest time from a fault to the message of a rollback alert that the plan promises.
    pub detect_within: Option<String>,
    /// The time that the slowest rollback alert needs, where that is longer than the plan promises.
    pub detect_needs: Option<String>,
    /// Everybody who is named or listed.
    pub people: Vec<Person>,
    /// Who is called when the trouble lasts, in order.
    pub escalation: Vec<Call>,
    /// Whom to call where no escalation says it.
    pub first_call: Option<Person>,
    /// Where the messages of each level go, the harshest first.
    pub channels: Vec<LevelChannels>,
    /// What is ticked before the first stage.
    pub preflight: Vec<Group>,
    /// What is ticked after the last stage.
    pub after: Vec<Group>,
    /// The lists that checks go through, and those that the release itself writes.
    pub checklists: Vec<Checklist>,
    /// The troubles that were thought through.
    pub scenarios: Vec<Scenario>,
    /// The timetable.
    pub timeline: Vec<TimelineRow>,
    /// Who meets when.
    pub meetings: Vec<Meeting>,
    /// When the release is a success.
    pub acceptance: Vec<Acceptance>,
    /// What is reported.
    pub reports: Vec<Report>,
    /// What may go wrong.
    pub risks: Vec<Risk>,
    /// Findings that the author accepts.
    pub waivers: Vec<Waiver>,
    /// Queries that show that the selectors of ratios have ever matched.
    pub preflight_queries: Vec<Query>,
}

/// A trouble that was thought through.
#[derive(Debug, Clone, Serialize)]
pub struct Scenario {
    /// Its id.
    pub id: String,
    /// The anchor of its section.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// The alerts that show it: for each the metric and, where it is one, the level.
    pub alerts: Vec<(MetricLink, Option<String>)>,
    /// What people see.
    pub symptoms: Vec<String>,
    /// How urgent it is.
    pub priority: Option<String>,
    /// Who handles it.
    pub owners: Vec<Person>,
    /// What to find out.
    pub diagnose: Vec<Step>,
    /// What to do.
    pub steps: Vec<Step>,
    /// In which case the release goes back.
    pub rollback_if: Option<String>,
    /// How long it takes to recover.
    pub recovery: Option<String>,
    /// What keeps it from coming again.
    pub prevent: Vec<String>,
    /// What else is to know.
    pub note: Option<String>,
}

/// A line of the timetable.
#[derive(Debug, Serialize)]
pub struct TimelineRow {
    /// When it begins.
    pub at: Option<When>,
    /// The part of the rollout.
    pub phase: Option<String>,
    /// What is done.
    pub what: Option<String>,
    /// The stage that begins: its title and the anchor of its section.
    pub stage: Option<(String, String)>,
    /// Who does it.
    pub owners: Vec<Person>,
    /// How long it takes.
    pub takes: Option<String>,
    /// A command.
    pub run: Option<String>,
    /// What else is to know.
    pub note: Option<String>,
}

/// People who meet.
#[derive(Debug, Serialize)]
pub struct Meeting {
    /// How often, in the author's words.
    pub every: Option<String>,
    /// The same where it is a duration.
    pub every_lasts: Option<String>,
    /// At which times.
    pub at: Vec<When>,
    /// What it is for.
    pub what: String,
    /// How long it takes.
    pub takes: Option<String>,
    /// From when on.
    pub from: Option<String>,
    /// Until when; the title of a stage where it names one.
    pub until: Option<String>,
    /// Who takes part.
    pub owners: Vec<Person>,
    /// What else is to know.
    pub note: Option<String>,
}

/// Conditions of success that belong together.
#[derive(Debug, Serialize)]
pub struct Acceptance {
    /// What they have in common.
    pub group: String,
    /// The conditions.
    pub conditions: Vec<Gate>,
}

/// A report that is filled in.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// When it is due.
    pub at: Vec<When>,
    /// Who writes it.
    pub owners: Vec<Person>,
    /// The metrics that it states.
    pub metrics: Vec<MetricLink>,
    /// What else it states.
    pub fields: Vec<String>,
    /// What else is to know.
    pub note: Option<String>,
}

/// Something that may go wrong.
#[derive(Debug, Serialize)]
pub struct Risk {
    /// What.
    pub risk: String,
    /// How likely: `low`, `medium`, `high`.
    pub likelihood: Option<&'static str>,
    /// How bad: `low`, `medium`, `high`.
    pub impact: Option<&'static str>,
    /// What is done about it.
    pub answer: Option<String>,
    /// Who sees to it.
    pub owners: Vec<Person>,
}

impl Runbook {
    /// Every query that it prints.
    #[must_use]
    pub fn queries(&self) -> Vec<&Query> {
        let stages = self.stages.iter().flat_map(|stage| {
            [&stage.start_when, &stage.advance, &stage.hold, &stage.rollback].into_iter().flatten()
        });
        let gates = stages.chain(self.acceptance.iter().flat_map(|group| &group.conditions));
        let alerts = self.alerts.iter().flat_map(AlertPage::queries);
        gates.flat_map(Gate::all_queries).chain(&self.preflight_queries).chain(alerts).collect()
    }
}

/// A finding that the author accepts.
#[derive(Debug, Serialize)]
pub struct Waiver {
    /// The lint.
    pub lint: String,
    /// The place, as a path of keys.
    pub at: String,
    /// Why it is right here.
    pub reason: String,
    /// The last day on which that holds, in ISO 8601.
    pub until: Option<String>,
}

/// What the parts of a runbook are made from.
pub(super) struct Pages<'a> {
    pub draft: &'a Draft<'a>,
    pub calendar: Calendar,
}

/// The pages of a release whose rules are known.
pub(super) fn of(draft: &Draft<'_>, groups: &[RuleGroup]) -> Runbook {
    let spec = draft.spec;
    let pages = Pages { draft, calendar: Calendar::new(spec) };
    let rollback = spec.rollback.as_ref();
    let metrics: Vec<MetricPage> = spec.metrics.iter().map(|metric| pages.metric(metric)).collect();
    Runbook {
        id: spec.id().to_owned(),
        staged: draft.staged,
        starts: pages.calendar.start().map(when::iso),
        links: pages.links(),
        dates: pages.dates(),
        stages: pages.stages(),
        publish_done: pages.publish(names::DONE),
        columns_elsewhere: levels::columns_elsewhere(&metrics),
        columns: levels::columns(
            metrics.iter().flat_map(|page| std::iter::once(&page.limits).chain(&page.elsewhere)),
        ),
        metrics,
        alerts: pages.alerts(groups),
        rollback: pages.way_back(),
        modes: pages.modes(),
        afterwards: pages.steps(rollback.and_then(|of| of.afterwards.as_deref()), Base::Back),
        detect_within: rollback.and_then(|of| length(&of.detect_within)),
        detect_needs: detect_needs(draft),
        people: pages.everybody(),
        escalation: pages.escalation(),
        first_call: pages.first_call(),
        channels: pages.channels(),
        preflight: spec.preflight.iter().map(|group| pages.group(group, Base::Release)).collect(),
        after: spec.after.iter().map(|group| pages.group(group, Base::End)).collect(),
        checklists: pages.checklists(),
        scenarios: spec.scenarios.iter().map(|row| pages.scenario(row)).collect(),
        timeline: pages.timeline(),
        meetings: pages.meetings(),
        acceptance: pages.acceptance(),
        reports: pages.reports(),
        risks: pages.risks(),
        waivers: pages.waivers(),
        preflight_queries: pages.preflight_queries(),
    }
}

/// The time that the slowest rollback alert needs, where it breaks the promise.
fn detect_needs(draft: &Draft<'_>) -> Option<String> {
    let promise = draft.spec.rollback.as_ref()?.detect_within.as_ref()?;
    let needs = timing::slowest(draft.spec, Level::Rollback, draft.config)?;
    (needs > promise.value).then(|| needs.to_canonical())
}

/// The author's text without the line break at its end.
fn text(text: &crate::spec::shape::Text) -> String {
    text.value.trim_end().to_owned()
}

/// The author's text, where there is one.
fn maybe(written: &Option<crate::spec::shape::Text>) -> Option<String> {
    written.as_ref().map(text)
}

/// Every text of a list.
fn texts(written: &Option<Vec<crate::spec::shape::Text>>) -> Vec<String> {
    written.iter().flatten().map(text).collect()
}

/// A duration as its author wrote it.
fn length(written: &Option<crate::spec::scalar::DurationText>) -> Option<String> {
    written.as_ref().map(|length| length.text().to_owned())
}
