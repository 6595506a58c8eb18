//! What must exist: every series, alert and verdict of every release, neutral to the tools that show them.
//!
//! Names come from [`names`], numbers from the ladder, words from the phrases; a target prints what is here and
//! decides nothing.

mod alerts;
mod annotations;
pub mod board;
pub mod check;
mod expr;
mod guard;
mod measured;
pub mod names;
mod no_data;
mod off;
pub mod proof;
mod recordings;
pub mod routing;
pub mod runbook;
mod signal;
pub mod variants;
mod verdict;

pub use annotations::bound_text;
pub use board::Board;
pub use check::Broken;
pub use expr::Series;
pub use measured::{MetricPlan, Role};

use crate::ladder::{Level, Side};
use crate::quantity::{Duration, Number};
use crate::source::FileId;
use crate::spec::release::Language;
use crate::spec::{Config, Spec};
use crate::template::{Phrases, Templates};

/// Everything that a build makes, one part for each release.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The releases, by id.
    pub releases: Vec<ReleasePlan<'a>>,
    /// The board of all releases, where there is any.
    pub overview: Option<Board>,
    /// What they share.
    pub config: &'a Config,
}

/// What one release needs.
#[derive(Debug)]
pub struct ReleasePlan<'a> {
    /// The release's id.
    pub id: String,
    /// What the author wrote, for its prose: targets print it and compute nothing from it.
    pub spec: &'a Spec,
    /// What the project's releases share.
    pub config: &'a Config,
    /// The file that it comes from.
    pub file: FileId,
    /// How often its rules are evaluated.
    pub interval: Duration,
    /// Groups of rules in the order in which they depend on each other; every rule reads only what stands before
    /// it or in a group before its own.
    pub groups: Vec<Group>,
    /// What people read.
    pub runbook: runbook::Runbook,
    /// What people look at.
    pub board: Board,
    /// Who is told of its alerts, and what silences what.
    pub routing: routing::Routing<'a>,
    /// What proves its rules.
    pub proof: proof::Proof,
}

/// Rules that are evaluated together, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Unique among the release's groups.
    pub name: String,
    /// The rules, in order.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Records a series.
    Recording(Recording),
    /// Raises an alert.
    Alert(Alert),
}

/// A recorded series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The series' name.
    pub name: String,
    /// What is recorded.
    pub expr: String,
    /// The labels that it is given.
    pub labels: Vec<(&'static str, String)>,
}

/// An alert. Its name and labels are unique in its release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// The name.
    pub name: String,
    /// When it is raised.
    pub expr: String,
    /// How long that must last.
    pub lasts: Duration,
    /// How long it goes on after that is over, where it does; never zero.
    pub keep: Option<Duration>,
    /// The labels that it is given.
    pub labels: Vec<(String, String)>,
    /// What it tells people.
    pub annotations: Vec<(&'static str, String)>,
    /// Which part of the law it tells; `None` for a lack of data and a lost signal.
    pub raised: Option<Box<Raised>>,
}

/// The part of the law that an alert tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The metric.
    pub metric: String,
    /// The level.
    pub level: Level,
    /// The side of normal.
    pub side: Side,
    /// The milder level that must have lasted, where it waits for one.
    pub after: Option<Level>,
    /// The bound, in the metric's unit.
    pub bound: Number,
    /// Where it holds.
    pub place: variants::Place,
}

impl<'a> Plan<'a> {
    /// Plans releases that are whole, with the built-in phrases.
    ///
    /// # Errors
    /// When a phrase can't be filled in or a reference dangles: faults of this program, not of the author.
    pub fn new(specs: &'a [Spec], config: &'a Config) -> Result<Self, Vec<Broken>> {
        Self::with(specs, config, &Templates::default())
    }

    /// The same with a project's own phrases.
    ///
    /// # Errors
    /// The same.
    pub fn with(specs: &'a [Spec], config: &'a Config, templates: &Templates) -> Result<Self, Vec<Broken>> {
        let mut releases = Vec::new();
        let mut broken = Vec::new();
        for spec in specs {
            match ReleasePlan::new(spec, config, templates) {
                Ok(release) => {
                    broken.extend(check::release(&release));
                    releases.push(release);
                }
                Err(fault) => broken.push(fault),
            }
        }
        releases.sort_by(|a, b| a.id.cmp(&b.id));
        let overview = board::overview(&releases, config).map_err(|fault| vec![fault])?;
        let plan = Self { releases, overview, config };
        broken.extend(check::together(&plan));
        broken.extend(routing::check::together(&plan));
        if broken.is_empty() { Ok(plan) } else { Err(broken) }
    }
}

/// The language of what all releases share: their common one, or English where they differ.
#[must_use]
pub fn common_language(releases: &[ReleasePlan<'_>]) -> Language {
    let mut languages = releases.iter().map(|plan| plan.spec.release.language.unwrap_or(Language::En));
    let first = languages.next().unwrap_or(Language::En);
    if languages.all(|other| other == first) { first } else { Language::En }
}

/// What the parts of a release's plan are made from.
pub(crate) struct Draft<'a> {
    pub spec: &'a Spec,
    pub config: &'a Config,
    pub phrases: &'a Phrases,
    pub metrics: Vec<MetricPlan<'a>>,
    /// Whether anything needs the stage signal.
    pub staged: bool,
    pub panels: std::collections::BTreeMap<String, u32>,
}

impl<'a> ReleasePlan<'a> {
    fn new(spec: &'a Spec, config: &'a Config, templates: &Templates) -> Result<Self, Broken> {
        let language = spec.release.language.unwrap_or(Language::En);
        let phrases = templates.phrases(language);
        let phrases = phrases.map_err(|fault| Broken::new(spec.id(), fault.to_string()))?;
        let draft = Draft {
            spec,
            config,
            phrases,
            metrics: MetricPlan::all(spec),
            staged: signal::is_needed(spec),
            panels: names::panels(spec.metrics.iter().map(|metric| metric.id.as_str())),
        };
        let mut groups = Vec::new();
        if draft.staged {
            groups.push(signal::group(&draft)?);
        }
        for metric in &draft.metrics {
            let group = draft.metric_group(metric)?;
            if !group.rules.is_empty() {
                groups.push(group);
            }
        }
        groups.extend(verdict::group(&draft));
        let interval = config.evaluation.clone();
        let runbook = runbook::of(&draft, &groups);
        let board = board::of_release(&draft, &groups)?;
        let routing = routing::Routing::of(spec, config, &groups);
        let proof = if config.proves() { proof::of(&draft, &groups)? } else { proof::Proof::default() };
        Ok(Self {
            id: spec.id().to_owned(),
            spec,
            config,
            file: spec.file,
            interval,
            groups,
            runbook,
            board,
            routing,
            proof,
        })
    }
}

impl Draft<'_> {
    /// The recordings of a metric, then all alerts that read them.
    fn metric_group(&self, metric: &MetricPlan<'_>) -> Result<Group, Broken> {
        let recordings = recordings::of(self, metric).into_iter().map(Rule::Recording);
        let mut rules: Vec<Rule> = recordings.collect();
        if metric.metric.alerts() {
            rules.extend(alerts::of(self, metric)?.into_iter().map(Rule::Alert));
            rules.extend(no_data::of(self, metric)?.map(Rule::Alert));
        }
        Ok(Group { name: names::group(self.spec.id(), metric.id()), rules })
    }

    /// How long what was seen counts as known: a day, at the pace of the release.
    pub(crate) fn day(&self) -> String {
        self.config.pace.seconds(24 * 60 * 60).to_canonical()
    }

    pub(crate) fn release(&self) -> &str {
        self.spec.id()
    }
}
