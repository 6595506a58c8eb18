//! `relspec.yaml`: what all releases of a project share.

use super::release::Defaults;
use super::scalar::DurationText;
use super::shape::{OneOrMany, Table, Text, section, words};
use crate::source::Spanned;

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
    }
}
