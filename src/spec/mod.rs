//! The language: one file for each section. A tree goes in; a typed [`Spec`] with every place comes out.

pub mod alertmanager;
pub mod allow;
pub mod config;
pub mod grouping;
pub mod matcher;
pub mod metric;
pub mod notify;
pub mod receiver;
pub mod reference;
pub mod release;
pub mod scalar;
pub mod scope;
pub mod shape;
pub mod stage;
pub mod structure;
pub mod timing;

pub use config::Config;

use crate::diag::{Diagnostic, Waiver};
use crate::lint;
use crate::source::{FileId, Sources, Span};
use crate::syntax::{self, Node};
use metric::Metric;
use metric::written::MetricText;
use shape::{AtLeastOne, Shape, Table, Text, section};
use std::sync::LazyLock;
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

    /// The stage with that id.
    #[must_use]
    pub fn stage(&self, id: &str) -> Option<&stage::Stage> {
        self.stages.iter().find(|stage| stage.id() == id)
    }
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
    let text = ReleaseFile::read(&root, findings)?;
    // Without a release there is nothing to build, and the rest is judged all the same.
    let release = text.release.unwrap_or_else(|| release::Release::blank(root.span));
    let stages = text.stages.map(|stages| stages.0).unwrap_or_default();
    findings.extend(stage::duplicates(&stages));
    let metrics = text.metrics.map(|table| table.0.0).unwrap_or_default();
    let surroundings = metric::Surroundings {
        sources,
        config,
        release: &release,
        scope: text.scope.as_ref(),
        stages: &stages,
    };
    let metrics = metric::resolve(&metrics, &surroundings, findings);
    drop_consequences(findings);
    let channels = text.notify.iter().flat_map(|notify| notify.channels.iter().flat_map(|table| &table.0));
    findings.extend(channels.filter_map(|row| lint::wrong_type::bad_channel_id(&row.key)));
    let allow = text.allow.unwrap_or_default().into_iter().filter_map(|allow| allow.waiver(&root)).collect();
    let errors = findings[before..].iter().any(|finding| finding.severity == crate::diag::Severity::Error);
    Some(Spec {
        file,
        release,
        scope: text.scope,
        metrics,
        stages,
        notify: text.notify,
        allow,
        whole: !errors,
    })
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
