//! From texts in memory to findings and artifacts in memory.

use crate::diag::{Diagnostic, Severity, Sink};
use crate::lint;
use crate::output::Stamped;
use crate::plan::proof::Unproven;
use crate::plan::{Broken, Plan, ReleasePlan, Rule};
use crate::rehearsal;
use crate::source::{FileId, Sources};
use crate::spec::rehearsal::Rehearsal;
use crate::spec::{self, Config, Spec, alertmanager, config};
use crate::target::{self, Target};
use crate::template::{TemplateFault, Templates};
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
    /// The team's own Alertmanager file, where `relspec.yaml` names one and it could be read.
    pub alertmanager_file: Option<FileId>,
    /// The releases, in the order in which their findings are told.
    pub spec_files: Vec<FileId>,
    /// The project's own templates, which replace built-in ones.
    pub template_files: Vec<FileId>,
    /// What was found where files could not be read as text; with any error among them nothing is made.
    pub unread: Vec<Diagnostic>,
    /// The day on which waivers may have expired; `None` where no waiver shall expire, so that the same text always
    /// gives the same files.
    pub today: Option<Date>,
    /// How the releases are rehearsed; `None` where they are built as they are meant.
    pub rehearsal: Option<Rehearsal>,
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
    /// The built-in templates and phrases, and the project's own instead of them.
    pub templates: Templates,
}

/// One file to be, and what it was made for.
#[derive(Debug, Clone)]
pub struct Made {
    /// The release's id; `None` for a file about all of them.
    pub release: Option<String>,
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
    /// What the tests of each release leave out, by its id; empty where there is an error.
    pub unproven: BTreeMap<String, Vec<Unproven>>,
    /// Faults of this program; with any, nothing is made.
    pub broken: Vec<Broken>,
}

/// Reads and lints a project.
#[must_use]
pub fn judge(project: &Project) -> Judgement {
    let sources = &project.sources;
    let mut found = Vec::new();
    let mut config = match project.config_file {
        Some(file) => config::read(sources, file, &mut found),
        None => Config::default(),
    };
    config.own =
        project.alertmanager_file.and_then(|file| alertmanager::read_for_merging(sources, file, &mut found));
    found.extend(unknown_targets(&config));
    let templates = Templates::new(sources, &project.template_files, &mut found);
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
    Judgement { findings: sink.into_sorted(), config, specs, templates }
}

/// Reads and lints a project and makes its files. One error anywhere means that there are none.
#[must_use]
pub fn compile(project: &Project) -> Outcome {
    let Judgement { findings, config, specs, templates } = judge(project);
    let mut outcome = Outcome {
        findings,
        config,
        specs,
        artifacts: Vec::new(),
        alerts: BTreeMap::new(),
        unproven: BTreeMap::new(),
        broken: Vec::new(),
    };
    let errors = outcome.findings.iter().any(|finding| finding.severity == Severity::Error);
    let whole =
        outcome.specs.len() == project.spec_files.len() && outcome.specs.iter().all(|spec| spec.whole);
    if errors || !whole {
        return outcome;
    }
    if let Some(rehearsal) = &project.rehearsal {
        // What the author wrote has been judged at its own pace.
        rehearsal.apply(&mut outcome.specs, &mut outcome.config);
    }
    match Plan::with(&outcome.specs, &outcome.config, &templates) {
        Ok(plan) => {
            let counted = alerts(&plan);
            let releases = plan.releases.iter();
            let unproven = releases.map(|of| (of.id.clone(), of.proof.unproven.clone())).collect();
            match make(&plan, &templates, project) {
                Ok(made) => {
                    outcome.broken = target::alertmanager::check(&plan, made.iter().map(|made| &made.file));
                    if outcome.broken.is_empty() {
                        (outcome.artifacts, outcome.alerts) = (made, counted);
                        outcome.unproven = unproven;
                    }
                }
                Err(Faults { findings, broken }) => {
                    outcome.findings.extend(findings);
                    outcome.broken = broken;
                }
            }
        }
        Err(broken) => outcome.broken = broken,
    }
    outcome
}

/// Why no files could be made.
#[derive(Default)]
struct Faults {
    /// Faults of the project's own templates.
    findings: Vec<Diagnostic>,
    /// Faults of this program.
    broken: Vec<Broken>,
}

impl Faults {
    fn add(&mut self, release: &Option<String>, fault: TemplateFault) {
        match fault {
            // Each release tells the same of a template that is wrong for all of them.
            TemplateFault::Own(finding) if self.findings.contains(&finding) => {}
            TemplateFault::Own(finding) => self.findings.push(*finding),
            TemplateFault::BuiltIn(what) => {
                self.broken.push(Broken::new(release.as_deref().unwrap_or("(all)"), what));
            }
        }
    }
}

/// The config can't judge these names itself, since it knows no target.
fn unknown_targets(config: &Config) -> Vec<Diagnostic> {
    let names = config.targets.iter().flatten();
    let unknown = names.filter(|name| target::by_name(&name.value).is_none());
    let known = || target::ALL.iter().map(|target| target.name);
    unknown.map(|name| lint::unknown_reference::unknown("target", name, known())).collect()
}

/// Whether the project wants a target: all of them where it names none.
fn wanted(config: &Config, target: &Target) -> bool {
    config.targets.as_ref().is_none_or(|names| names.iter().any(|name| name.value == target.name))
}

/// Every file, by release and then by target, those about all releases last.
fn make(plan: &Plan<'_>, templates: &Templates, project: &Project) -> Result<Vec<Made>, Faults> {
    let rehearsed = project.rehearsal.as_ref();
    let chosen = |target: &&'static Target| {
        wanted(plan.config, target) && (rehearsed.is_none() || rehearsal::TARGETS.contains(&target.name))
    };
    let targets: Vec<_> = target::ALL.iter().copied().filter(chosen).collect();
    let of_release = |release: &ReleasePlan<'_>| {
        let source = rehearsal::source(&project.sources.get(release.file).path, rehearsed);
        let id = Some(release.id.clone());
        let emitted = targets.iter().map(|target| (*target, (target.emit)(release, templates)));
        emitted.map(|(target, emitted)| stamped(id.clone(), target, emitted, &source)).collect()
    };
    let mut parts: Vec<Part> =
        plan.releases.par_iter().flat_map_iter(|release| -> Vec<_> { of_release(release) }).collect();
    let source = rehearsal::source("all releases", rehearsed);
    let all = targets.iter().map(|target| stamped(None, target, (target.together)(plan, templates), &source));
    parts.extend(all);
    let (mut made, mut faults) = (Vec::new(), Faults::default());
    for (release, part) in parts {
        match part {
            Ok(files) => made.extend(files),
            Err(fault) => faults.add(&release, fault),
        }
    }
    made.extend(rehearsed.map(|rehearsal| Made {
        release: None,
        target: rehearsal::NAME,
        file: Stamped::new(&rehearsal::notice(rehearsal), &source),
    }));
    if faults.findings.is_empty() && faults.broken.is_empty() { Ok(made) } else { Err(faults) }
}

/// What one target makes for a release, or for all of them.
type Part = (Option<String>, Result<Vec<Made>, TemplateFault>);

fn stamped(release: Option<String>, target: &'static Target, emitted: target::Emitted, source: &str) -> Part {
    let made = |artifact| Made {
        release: release.clone(),
        target: target.name,
        file: Stamped::new(&artifact, source),
    };
    let files = emitted.map(|files| files.into_iter().map(made).collect());
    (release, files)
}

fn alerts(plan: &Plan<'_>) -> BTreeMap<String, usize> {
    let count = |release: &ReleasePlan<'_>| {
        let rules = release.groups.iter().flat_map(|group| &group.rules);
        rules.filter(|rule| matches!(rule, Rule::Alert(_))).count()
    };
    plan.releases.iter().map(|release| (release.id.clone(), count(release))).collect()
}
