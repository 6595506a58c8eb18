//! The language: one file for each section. A tree goes in; a typed [`Spec`] with every place comes out.

pub mod alertmanager;
pub mod allow;
pub mod budget;
pub mod calendar;
pub mod check;
pub mod condition;
pub mod config;
pub mod deliverable;
pub mod group;
pub mod grouping;
mod known;
pub mod matcher;
pub mod metric;
pub mod notify;
pub mod pace;
pub mod people;
pub mod point;
pub mod receiver;
pub mod reference;
pub mod rehearsal;
pub mod release;
pub mod report;
pub mod risk;
pub mod rollback;
pub mod scalar;
pub mod scenario;
pub mod scope;
pub mod shape;
pub mod stage;
pub mod step;
pub mod structure;
pub mod timeline;
pub mod timing;
pub mod walk;

pub use config::Config;

use crate::diag::{Diagnostic, Severity, Waiver};
use crate::lint;
use crate::source::{FileId, Sources, Span};
use crate::syntax::{self, Node};
use condition::Condition;
use metric::Metric;
use metric::written::MetricText;
use shape::{AtLeastOne, Row, Shape, Table, Text, section};
use std::sync::LazyLock;
use step::Step;
use structure::Structure;

section! {
    /// A release: what is watched, when it is too much, and in which steps it is rolled out.
    pub struct ReleaseFile {
        /// The version of the language: 1.
        relspec @required: Text,
        /// What is released, by whom, and what holds for all of it.
        release @required: release::Release,
        /// Which series belong to the new version, and which to the one that it replaces.
        scope: scope::Scope,
        /// What is measured, by id.
        metrics @required: AtLeastOne<Table<MetricText>>,
        /// The steps of the rollout, in order.
        stages @required: AtLeastOne<Vec<stage::Stage>>,
        /// Lists of steps that checks go through, by id.
        checklists: Table<Vec<Step>>,
        /// What is ticked before the first stage.
        preflight: Vec<group::Group>,
        /// Steps that are written once and used in several places, by id.
        procedures: Table<Vec<Step>>,
        /// The way back to the old version.
        rollback: rollback::Rollback,
        /// Troubles that were thought through beforehand, by id.
        scenarios: Table<scenario::Scenario>,
        /// Who is called and who decides, by id.
        people: Table<people::Person>,
        /// Where else to ask, by name.
        contacts: Table<Text>,
        /// Who is called when the trouble lasts.
        escalation: Vec<people::Escalation>,
        /// The timetable.
        timeline: Vec<timeline::TimelineEntry>,
        /// Who meets when.
        meetings: Vec<timeline::Meeting>,
        /// When the release is a success, in groups.
        acceptance: Table<Vec<Condition>>,
        /// What is ticked after the last stage.
        after: Vec<group::Group>,
        /// What is reported, by id.
        reports: Table<report::Report>,
        /// What may go wrong, and the answers.
        risks: Vec<risk::RiskEntry>,
        /// What the release leaves behind, in groups.
        deliverables: Table<Vec<deliverable::Deliverable>>,
        /// What else the reader should keep in mind.
        notes: Vec<Text>,
        /// Who is told at which level.
        notify: notify::Notify,
        /// Findings that the author accepts.
        allow: Vec<allow::Allow>,
    }
}

/// One release, as far as it could be read. Everything in it is checked: no later stage checks it again.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The file it was read from.
    pub file: FileId,
    /// What is released.
    pub release: release::Release,
    /// Which series belong to whom.
    pub scope: Option<scope::Scope>,
    /// What is measured, in the author's order.
    pub metrics: Vec<Metric>,
    /// The rollout, in order.
    pub stages: Vec<stage::Stage>,
    /// Lists of steps that checks go through; the release's own first, then the project's.
    pub checklists: Vec<Row<Vec<Step>>>,
    /// What is ticked before the first stage.
    pub preflight: Vec<group::Group>,
    /// Steps that are used in several places; the release's own first, then the project's.
    pub procedures: Vec<Row<Vec<Step>>>,
    /// The way back.
    pub rollback: Option<rollback::Rollback>,
    /// Troubles that were thought through beforehand.
    pub scenarios: Vec<Row<scenario::Scenario>>,
    /// Who is called and who decides; the release's own first, then the project's.
    pub people: Vec<Row<people::Person>>,
    /// Where else to ask.
    pub contacts: Vec<Row<Text>>,
    /// Who is called when the trouble lasts.
    pub escalation: Vec<people::Escalation>,
    /// The timetable.
    pub timeline: Vec<timeline::TimelineEntry>,
    /// Who meets when.
    pub meetings: Vec<timeline::Meeting>,
    /// When the release is a success, in groups.
    pub acceptance: Vec<Row<Vec<Condition>>>,
    /// What is ticked after the last stage.
    pub after: Vec<group::Group>,
    /// What is reported.
    pub reports: Vec<Row<report::Report>>,
    /// What may go wrong, and the answers.
    pub risks: Vec<risk::RiskEntry>,
    /// What the release leaves behind, in groups.
    pub deliverables: Vec<Row<Vec<deliverable::Deliverable>>>,
    /// What else the reader should keep in mind.
    pub notes: Vec<Text>,
    /// Who is told at which level.
    pub notify: Option<notify::Notify>,
    /// What the author accepts.
    pub allow: Vec<Waiver>,
    /// Whether all of it could be read; a spec that is not whole is linted as far as it goes and not built.
    pub whole: bool,
}

impl Spec {
    /// The release's id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.release.id.as_ref().map_or("", |id| id.0.as_str())
    }

    /// The metric with that id.
    #[must_use]
    pub fn metric(&self, id: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.id.value == id)
    }

    /// The steps of the procedure with that id.
    #[must_use]
    pub fn procedure(&self, id: &str) -> Option<&[Step]> {
        row(&self.procedures, id).map(Vec::as_slice)
    }

    /// The steps of the checklist with that id.
    #[must_use]
    pub fn checklist(&self, id: &str) -> Option<&[Step]> {
        row(&self.checklists, id).map(Vec::as_slice)
    }

    /// The person with that id.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&people::Person> {
        row(&self.people, id)
    }

    /// The scenario with that id.
    #[must_use]
    pub fn scenario(&self, id: &str) -> Option<&scenario::Scenario> {
        row(&self.scenarios, id)
    }

    /// The stage with that id.
    #[must_use]
    pub fn stage(&self, id: &str) -> Option<&stage::Stage> {
        self.stages.iter().find(|stage| stage.id() == id)
    }
}

fn row<'a, T>(rows: &'a [Row<T>], id: &str) -> Option<&'a T> {
    rows.iter().find(|row| row.key.value == id).map(|row| &row.value)
}

/// The structure of a release file.
pub static RELEASE: LazyLock<Structure> = LazyLock::new(|| Structure::new(release_schema()));

/// The JSON Schema of a release file.
#[must_use]
pub fn release_schema() -> serde_json::Value {
    structure::schema_of::<ReleaseFile>("relspec-release-1", "relspec release spec")
}

/// Reads a release. `None` where the file has no tree at all; every fault goes into `findings`.
#[must_use]
pub fn read(
    sources: &Sources,
    file: FileId,
    config: &Config,
    findings: &mut Vec<Diagnostic>,
) -> Option<Spec> {
    let before = findings.len();
    let root = syntax::parse(sources, file, findings)?;
    if let Some(fault) = wrong_version(&root) {
        findings.push(fault);
        return None;
    }
    findings.extend(lint::text_cut_short::by_comments(sources, &root));
    findings.extend(RELEASE.judge(&root, is_cut(&findings[before..])));
    let mut text = ReleaseFile::read(&root, findings)?;
    // Without a release there is nothing to build, and the rest is judged all the same.
    let release = text.release.take().unwrap_or_else(|| release::Release::blank(root.span));
    let stages = text.stages.take().map(|stages| stages.0).unwrap_or_default();
    findings.extend(stage::duplicates(&stages));
    let rows = text.metrics.take().map(|table| table.0.0).unwrap_or_default();
    let surroundings = metric::Surroundings {
        sources,
        config,
        release: &release,
        scope: text.scope.as_ref(),
        stages: &stages,
    };
    let metrics = metric::resolve(&rows, &surroundings, findings);
    drop_consequences(findings);
    lint::text_cut_short::drop_consequences(findings);
    let channels = text.notify.iter().flat_map(|notify| notify.channels.iter().flat_map(|table| &table.0));
    findings.extend(channels.filter_map(|row| lint::wrong_type::bad_channel_id(&row.key)));
    let allow = text.allow.take().unwrap_or_default();
    let allow = allow.into_iter().filter_map(|allow| allow.waiver(&root)).collect();
    let mut spec = assemble(text, config, Core { file, release, metrics, stages, allow });
    known::check(&mut spec, &rows, findings);
    spec.whole = findings[before..].iter().all(|finding| finding.severity != Severity::Error);
    Some(spec)
}

/// What was read with more than its own text.
struct Core {
    file: FileId,
    release: release::Release,
    metrics: Vec<Metric>,
    stages: Vec<stage::Stage>,
    allow: Vec<Waiver>,
}

/// The release with what the project shares; what the release defines itself comes first.
fn assemble(text: ReleaseFile, config: &Config, core: Core) -> Spec {
    Spec {
        file: core.file,
        release: core.release,
        scope: text.scope,
        metrics: core.metrics,
        stages: core.stages,
        checklists: shared(text.checklists, &config.checklists),
        preflight: text.preflight.unwrap_or_default(),
        procedures: shared(text.procedures, &config.procedures),
        rollback: text.rollback,
        scenarios: rows(text.scenarios),
        people: shared(text.people, &config.people),
        contacts: rows(text.contacts),
        escalation: text.escalation.unwrap_or_default(),
        timeline: text.timeline.unwrap_or_default(),
        meetings: text.meetings.unwrap_or_default(),
        acceptance: rows(text.acceptance),
        after: text.after.unwrap_or_default(),
        reports: rows(text.reports),
        risks: text.risks.unwrap_or_default(),
        deliverables: rows(text.deliverables),
        notes: text.notes.unwrap_or_default(),
        notify: text.notify,
        allow: core.allow,
        whole: false,
    }
}

fn rows<T>(table: Option<Table<T>>) -> Vec<Row<T>> {
    table.map(|table| table.0).unwrap_or_default()
}

fn shared<T: Clone>(own: Option<Table<T>>, project: &[Row<T>]) -> Vec<Row<T>> {
    let mut all = rows(own);
    for row in project {
        if all.iter().all(|known| known.key.value != row.key.value) {
            all.push(row.clone());
        }
    }
    all
}

/// A level or range with an unknown key may well lack its bound for that reason; the unknown key tells it all.
fn drop_consequences(findings: &mut Vec<Diagnostic>) {
    let unknown = findings.iter().filter(|finding| finding.lint == lint::unknown_key::LINT.name);
    let slips: Vec<Span> = unknown.filter_map(Diagnostic::place).collect();
    let holds = |place: Span| {
        slips.iter().any(|key| place.file == key.file && place.start < key.start && key.end <= place.end)
    };
    let missing = lint::missing_key::LINT.name;
    findings.retain(|finding| finding.lint != missing || !finding.place().is_some_and(holds));
}

/// Whether the YAML itself has a fault, so that keys may be missing because they were not read.
#[must_use]
pub fn is_cut(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.lint == lint::yaml_syntax::LINT.name)
}

/// A file of another version of the language gets one finding and no others.
fn wrong_version(root: &Node) -> Option<Diagnostic> {
    let version = root.get("relspec")?;
    match version.value.as_text() {
        Some("1") => None,
        text => Some(lint::wrong_type::language_version(text.unwrap_or("nothing"), version.value.span)),
    }
}
