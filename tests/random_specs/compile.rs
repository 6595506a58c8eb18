//! The program's own way from text to files, without a file system.

use relspec::diag::{Diagnostic, Severity, Sink};
use relspec::lint::{self, Context};
use relspec::output::Artifact;
use relspec::plan::proof::Labels;
use relspec::plan::{Broken, Plan};
use relspec::source::{Sources, Span, Spanned};
use relspec::spec::{self, Config};
use relspec::target;
use relspec::template::Templates;
use std::collections::BTreeSet;

/// What the program says about some texts.
pub struct Outcome {
    pub sources: Sources,
    pub findings: Vec<Diagnostic>,
    /// The files, where nothing speaks against them.
    pub built: Option<Result<Vec<Artifact>, Vec<Broken>>>,
    /// The alerts of which it is said that no test shows them firing.
    pub unshown: BTreeSet<Labels>,
}

impl Outcome {
    pub fn errors(&self) -> Vec<&Diagnostic> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).collect()
    }

    /// The names of the errors, each once.
    pub fn error_names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.errors().iter().map(|finding| finding.lint).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The files.
    ///
    /// # Errors
    /// Why there are none, in words.
    pub fn artifacts(&self) -> Result<&[Artifact], String> {
        match &self.built {
            Some(Ok(artifacts)) => Ok(artifacts),
            Some(Err(broken)) => Err(format!("broken plan: {broken:?}")),
            None => Err(format!("errors: {:#?}", self.errors())),
        }
    }
}

/// What the releases of a project share. Random limits lie anywhere, also where no value can be.
pub fn config() -> Config {
    let anywhere = ["threshold-out-of-reach", "masked-by-min-events"];
    Config {
        lints: anywhere.map(|lint| (lint.to_owned(), Some(Severity::Info))).into(),
        runbooks: Some("https://example.org/{{ run }}books".to_owned()),
        grafana: Some("https://grafana.example.org".to_owned()),
        ..Config::default()
    }
}

pub fn compile(texts: &[&str]) -> Outcome {
    // Thousands of releases are made: the tests of their rules are another test's matter.
    let mut config = config();
    let mut sources = Sources::default();
    let span = Span { file: sources.add("relspec.yaml", ""), start: 0, end: 0 };
    config.targets = Some(vec![Spanned::new("prometheus".to_owned(), span)]);
    compile_with(texts, &config)
}

pub fn compile_with(texts: &[&str], config: &Config) -> Outcome {
    let mut sources = Sources::default();
    let files: Vec<_> =
        texts.iter().enumerate().map(|(n, text)| sources.add(format!("specs/{n}.yaml"), *text)).collect();
    let mut findings = Vec::new();
    let specs: Vec<_> =
        files.iter().filter_map(|file| spec::read(&sources, *file, config, &mut findings)).collect();
    let mut sink = Sink::default();
    sink.extend(findings);
    lint::run(&specs, &Context { sources: &sources, config }, &mut sink);
    sink.apply(&config.lints);
    let sound = !sink.has_errors() && specs.len() == texts.len();
    let findings = sink.into_sorted();
    let mut unshown = BTreeSet::new();
    let built = sound.then(|| {
        let plan = Plan::new(&specs, config)?;
        let releases = plan.releases.iter();
        let gaps = releases.clone().flat_map(|release| &release.proof.unproven);
        unshown = gaps.flat_map(|gap| &gap.alerts).cloned().collect();
        Ok(releases
            .flat_map(|release| {
                target::ALL.iter().map(move |target| (target.emit)(release, &Templates::default()))
            })
            .filter_map(Result::ok)
            .flatten()
            .collect())
    });
    Outcome { sources, findings, built, unshown }
}
