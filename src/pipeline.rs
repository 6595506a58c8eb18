//! From texts in memory to findings and artifacts in memory.

use crate::diag::{Diagnostic, Severity, Sink};
use crate::lint;
use crate::output::Stamped;
use crate::plan::{Broken, Plan, ReleasePlan, Rule};
use crate::source::{FileId, Sources};
use crate::spec::{self, Config, Spec, config};
use crate::target;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The texts of a project.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// All texts.
    pub sources: Sources,
    /// `relspec.yaml`, where the project has one.
    pub config_file: Option<FileId>,
    /// The releases, in the order in which their findings are told.
    pub spec_files: Vec<FileId>,
    /// What was found where files could not be read as text; with any error among them nothing is made.
    pub unread: Vec<Diagnostic>,
    /// The day on which waivers may have expired; `None` where no waiver shall expire, so that the same text always
    /// gives the same files.
    pub today: Option<Date>,
}

/// What is known of a project before anything is made from it.
#[derive(Debug)]
pub struct Judgement {
    /// All findings, in the order of files and places.
    pub findings: Vec<Diagnostic>,
    /// What the releases share.
    pub config: Config,
    /// The releases that could be read, also those that are not whole.
    pub specs: Vec<Spec>,
}

/// One file to be, and what it was made for.
#[derive(Debug, Clone)]
pub struct Made {
    /// The release's id.
    pub release: String,
    /// The target's name.
    pub target: &'static str,
    /// Path and text.
    pub file: Stamped,
}

/// What a project compiles to.
#[derive(Debug)]
pub struct Outcome {
    /// All findings, in the order of files and places.
    pub findings: Vec<Diagnostic>,
    /// What the releases share.
    pub config: Config,
    /// The releases that could be read.
    pub specs: Vec<Spec>,
    /// The files, by release and then by target; none where there is an error.
    pub artifacts: Vec<Made>,
    /// How many alerts each release has, by its id; empty where there is an error.
    pub alerts: BTreeMap<String, usize>,
    /// Faults of this program; with any, nothing is made.
    pub broken: Vec<Broken>,
}

/// Reads and lints a project.
#[must_use]
pub fn judge(project: &Project) -> Judgement {
    let sources = &project.sources;
    let mut found = Vec::new();
    let config = match project.config_file {
        Some(file) => config::read(sources, file, &mut found),
        None => Config::default(),
    };
    found.extend(unknown_targets(&config));
    let read = |file: &FileId| {
        let mut found = Vec::new();
        let spec = spec::read(sources, *file, &config, &mut found);
        (spec, found)
    };
    let releases: Vec<_> = project.spec_files.par_iter().map(read).collect();
    let mut sink = Sink::default();
    sink.extend(project.unread.iter().cloned());
    sink.extend(found);
    let mut specs = Vec::new();
    for (spec, found) in releases {
        specs.extend(spec);
        sink.extend(found);
    }
    let context = lint::Context { sources, config: &config };
    lint::run(&specs, &context, &mut sink);
    lint::settle(&specs, project.today, &mut sink);
    sink.apply(&config.lints);
    Judgement { findings: sink.into_sorted(), config, specs }
}

/// Reads and lints a project and makes its files. One error anywhere means that there are none.
#[must_use]
pub fn compile(project: &Project) -> Outcome {
    let Judgement { findings, config, specs } = judge(project);
    let mut outcome = Outcome {
        findings,
        config,
        specs,
        artifacts: Vec::new(),
        alerts: BTreeMap::new(),
        broken: Vec::new(),
    };
    let errors = outcome.findings.iter().any(|finding| finding.severity == Severity::Error);
    let whole =
        outcome.specs.len() == project.spec_files.len() && outcome.specs.iter().all(|spec| spec.whole);
    if errors || !whole {
        return outcome;
    }
    match Plan::new(&outcome.specs, &outcome.config) {
        Ok(plan) => {
            outcome.alerts = alerts(&plan);
            outcome.artifacts = make(&plan, &outcome.config, &project.sources);
        }
        Err(broken) => outcome.broken = broken,
    }
    outcome
}

/// The config can't judge these names itself, since it knows no target.
fn unknown_targets(config: &Config) -> Vec<Diagnostic> {
    let names = config.targets.iter().flatten();
    let unknown = names.filter(|name| target::by_name(&name.value).is_none());
    let known = || target::ALL.iter().map(|target| target.name);
    unknown.map(|name| lint::unknown_reference::unknown("target", name, known())).collect()
}

/// Whether the project wants a target: all of them where it names none.
fn wanted(config: &Config, target: &target::Target) -> bool {
    config.targets.as_ref().is_none_or(|names| names.iter().any(|name| name.value == target.name))
}

fn make(plan: &Plan, config: &Config, sources: &Sources) -> Vec<Made> {
    let of_release = |release: &ReleasePlan| {
        let source = &sources.get(release.file).path;
        let mut made = Vec::new();
        for target in target::ALL.iter().filter(|target| wanted(config, target)) {
            let files = (target.emit)(release).into_iter().map(|artifact| Stamped::new(&artifact, source));
            made.extend(files.map(|file| Made { release: release.id.clone(), target: target.name, file }));
        }
        made
    };
    plan.releases.par_iter().flat_map_iter(of_release).collect()
}

fn alerts(plan: &Plan) -> BTreeMap<String, usize> {
    let count = |release: &ReleasePlan| {
        let rules = release.groups.iter().flat_map(|group| &group.rules);
        rules.filter(|rule| matches!(rule, Rule::Alert(_))).count()
    };
    plan.releases.iter().map(|release| (release.id.clone(), count(release))).collect()
}
