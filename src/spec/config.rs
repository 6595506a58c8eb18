//! `relspec.yaml`: what all releases of a project share.

use super::alertmanager::TeamFile;
use super::pace::Pace;
use super::people::Person;
use super::receiver::{self, Channel};
use super::release::Defaults;
use super::scalar::DurationText;
use super::shape::{OneOrMany, Row, Shape, Table, Text, section, words};
use super::step::Step;
use super::structure::Structure;
use crate::diag::{Diagnostic, Severity};
use crate::lint::{self, version_too_old};
use crate::promql::Version;
use crate::quantity::Duration;
use crate::source::{FileId, Sources, Spanned};
use crate::syntax;
use crate::target;
use std::collections::BTreeMap;
use std::sync::LazyLock;

words! {
    /// The severity of a lint in this project.
    pub enum LintLevel {
        /// Not reported.
        Off = "off",
        /// Something that a reader should know.
        Info = "info",
        /// What may be right but is unwise.
        Warning = "warning",
        /// Nothing is built.
        Error = "error",
    }
}

section! {
    /// A team that owns releases.
    pub struct Team {
        /// Its name for people.
        title: Text,
    }
}

section! {
    /// Where the things that artifacts link to are served, each without a trailing slash.
    pub struct Urls {
        /// The folder `generated` as people see it, for example on the repository's web page.
        runbooks: Text,
        /// Grafana.
        grafana: Text,
        /// Prometheus.
        prometheus: Text,
    }
}

section! {
    /// The versions that the artifacts must work with.
    pub struct Versions {
        /// Prometheus (2.42 where nothing is said).
        prometheus: Text,
        /// Alertmanager (0.25 where nothing is said).
        alertmanager: Text,
    }
}

section! {
    /// The server's intervals.
    pub struct Intervals {
        /// How often targets are scraped (15s where nothing is said).
        scrape: DurationText,
        /// How often rules are evaluated (30s where nothing is said).
        evaluation: DurationText,
    }
}

section! {
    /// What all releases of a project share.
    pub struct ConfigText {
        /// The version of the language: 1.
        relspec @required: Text,
        /// The teams that own releases, by id.
        teams: Table<Team>,
        /// What a metric takes where neither it nor its release says anything.
        defaults: Defaults,
        /// Where alerts can go, by id, for all releases.
        channels: Table<Channel>,
        /// The team's own Alertmanager file, into a copy of which the releases' routes, receivers and inhibitions go.
        alertmanager: Text,
        /// Where the things that artifacts link to are served.
        urls: Urls,
        /// The versions that the artifacts must work with.
        versions: Versions,
        /// The server's intervals.
        intervals: Intervals,
        /// What is built; everything where nothing is said.
        targets: OneOrMany<Text>,
        /// The severity of lints in this project, by name.
        lints: Table<Spanned<LintLevel>>,
        /// People whom several releases call, by id.
        people: Table<Person>,
        /// Steps that several releases use, by id.
        procedures: Table<Vec<Step>>,
        /// Lists of steps that checks of several releases go through, by id.
        checklists: Table<Vec<Step>>,
    }
}

/// What all releases of a project share, with a value for everything that has a default.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file it was read from; `None` where the project has none.
    pub file: Option<FileId>,
    /// The teams by id, where the project defines them.
    pub teams: Option<Vec<Row<Team>>>,
    /// What a metric takes where neither it nor its release says anything.
    pub defaults: Option<Defaults>,
    /// The channels that all releases share.
    pub channels: Vec<Row<Channel>>,
    /// Where the team's own Alertmanager file is said to lie.
    pub alertmanager_path: Option<Text>,
    /// The team's own Alertmanager file, where it could be read.
    pub own: Option<TeamFile>,
    /// The web address of the folder `generated`.
    pub runbooks: Option<String>,
    /// Grafana's web address.
    pub grafana: Option<String>,
    /// Prometheus' web address.
    pub prometheus_url: Option<String>,
    /// The Prometheus that rules must work with.
    pub prometheus: Version,
    /// The Alertmanager that routes must work with.
    pub alertmanager: Version,
    /// How often targets are scraped.
    pub scrape: Duration,
    /// How often rules are evaluated.
    pub evaluation: Duration,
    /// How fast time passes: as planned, or faster in a rehearsal.
    pub pace: Pace,
    /// What hears of every alert that no channel takes, in a rehearsal.
    pub listener: Option<Channel>,
    /// What is built; `None` for everything.
    pub targets: Option<Vec<Text>>,
    /// The severities that the project changes; `None` for off.
    pub lints: BTreeMap<String, Option<Severity>>,
    /// People whom several releases call.
    pub people: Vec<Row<Person>>,
    /// Steps that several releases use.
    pub procedures: Vec<Row<Vec<Step>>>,
    /// Lists of steps that checks of several releases go through.
    pub checklists: Vec<Row<Vec<Step>>>,
}

impl Config {
    /// Whether anything is made of the proof of the rules: not where their tests are no target.
    #[must_use]
    pub fn proves(&self) -> bool {
        self.targets.as_ref().is_none_or(|names| names.iter().any(|name| name.value == "rule_tests"))
    }
}

impl Default for Config {
    fn default() -> Self {
        let seconds = |seconds| Duration::from_seconds(seconds).unwrap_or_else(Duration::zero);
        Self {
            file: None,
            teams: None,
            defaults: None,
            channels: Vec::new(),
            alertmanager_path: None,
            own: None,
            runbooks: None,
            grafana: None,
            prometheus_url: None,
            prometheus: Version { major: 2, minor: 42 },
            alertmanager: Version { major: 0, minor: 25 },
            scrape: seconds(15),
            evaluation: seconds(30),
            pace: Pace::default(),
            listener: None,
            targets: None,
            lints: BTreeMap::new(),
            people: Vec::new(),
            procedures: Vec::new(),
            checklists: Vec::new(),
        }
    }
}

/// The structure of `relspec.yaml`.
pub static CONFIG: LazyLock<Structure> = LazyLock::new(|| Structure::new(config_schema()));

/// The JSON Schema of `relspec.yaml`.
#[must_use]
pub fn config_schema() -> serde_json::Value {
    super::structure::schema_of::<ConfigText>("relspec-config-1", "relspec project file")
}

/// Reads `relspec.yaml`. Every fault goes into `findings`; what could not be read keeps its default.
#[must_use]
pub fn read(sources: &Sources, file: FileId, findings: &mut Vec<Diagnostic>) -> Config {
    let mut config = Config { file: Some(file), ..Config::default() };
    let Some(root) = syntax::parse(sources, file, findings) else { return config };
    findings.extend(lint::text_cut_short::by_comments(sources, &root));
    findings.extend(CONFIG.judge(&root, super::is_cut(findings)));
    let Some(text) = ConfigText::read(&root, findings) else { return config };
    config.teams = text.teams.map(|table| table.0);
    config.defaults = text.defaults;
    config.channels = text.channels.map(|table| table.0).unwrap_or_default();
    findings.extend(config.channels.iter().filter_map(|row| lint::wrong_type::bad_channel_id(&row.key)));
    config.alertmanager_path = text.alertmanager;
    if let Some(urls) = text.urls {
        for url in [&urls.runbooks, &urls.grafana, &urls.prometheus].into_iter().flatten() {
            let fault = receiver::value::address_fault(&url.value);
            let why = fault.filter(|_| !url.value.is_empty() && !url.value.contains('$'));
            findings.extend(why.map(|why| lint::wrong_type::no_base_address(&url.value, why, url.span)));
        }
        let base = |text: Option<Text>| text.map(|text| text.value.trim_end_matches('/').to_owned());
        config.runbooks = base(urls.runbooks);
        config.grafana = base(urls.grafana);
        config.prometheus_url = base(urls.prometheus);
    }
    if let Some(versions) = text.versions {
        let prometheus = ("Prometheus", version_too_old::PROMETHEUS);
        read_version(versions.prometheus, prometheus, &mut config.prometheus, findings);
        let alertmanager = ("Alertmanager", version_too_old::ALERTMANAGER);
        read_version(versions.alertmanager, alertmanager, &mut config.alertmanager, findings);
    }
    if let Some(intervals) = text.intervals {
        read_interval(intervals.scrape, &mut config.scrape, findings);
        read_interval(intervals.evaluation, &mut config.evaluation, findings);
    }
    config.people = super::rows(text.people);
    config.procedures = super::rows(text.procedures);
    config.checklists = super::rows(text.checklists);
    config.targets = text.targets.map(|targets| targets.0);
    for name in config.targets.iter().flatten().filter(|name| target::by_name(&name.value).is_none()) {
        let names = target::ALL.iter().map(|target| target.name);
        findings.push(lint::unknown_reference::unknown("target", name, names));
    }
    for row in text.lints.into_iter().flat_map(|table| table.0) {
        match lint_level(&row) {
            Ok(level) => drop(config.lints.insert(row.key.value, level)),
            Err(fault) => findings.push(*fault),
        }
    }
    config
}

fn read_version(
    text: Option<Text>,
    (program, oldest): (&str, Version),
    into: &mut Version,
    findings: &mut Vec<Diagnostic>,
) {
    let Some(text) = text else { return };
    match text.value.parse() {
        // What is too new for it is no news then.
        Ok(version) if version < oldest => findings.push(version_too_old::finding(program, &text, oldest)),
        Ok(version) => *into = version,
        Err(_) => findings.push(lint::wrong_type::not_a_version(&text)),
    }
}

fn read_interval(text: Option<DurationText>, into: &mut Duration, findings: &mut Vec<Diagnostic>) {
    let Some(text) = text else { return };
    if text.value.is_zero() {
        findings.push(lint::bad_duration::zero_interval(text.span));
    } else {
        *into = text.value;
    }
}

fn lint_level(row: &Row<Spanned<LintLevel>>) -> Result<Option<Severity>, Box<Diagnostic>> {
    let Some(known) = lint::by_name(&row.key.value) else {
        let names = lint::ALL.iter().map(|lint| lint.name);
        return Err(Box::new(lint::unknown_reference::unknown("lint", &row.key, names)));
    };
    if !known.waivable && row.value.value != LintLevel::Error {
        return Err(Box::new(lint::wrong_type::fixed_severity(&row.key)));
    }
    Ok(match row.value.value {
        LintLevel::Off => None,
        LintLevel::Info => Some(Severity::Info),
        LintLevel::Warning => Some(Severity::Warning),
        LintLevel::Error => Some(Severity::Error),
    })
}
