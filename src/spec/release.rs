//! The section `release`: what is released, by whom, and what holds for all of it.

use super::scalar::LevelDefaults;
use super::scalar::{DurationText, Moment, Timezone};
use super::shape::{Id, OneOrMany, Table, Text, section, words};

words! {
    /// How the new version comes into service.
    pub enum Strategy {
        /// A share of the traffic goes to the new version.
        Canary = "canary",
        /// Two environments, and the traffic switches between them.
        BlueGreen = "blue-green",
        /// A feature flag or a setting turns it on.
        Flag = "flag",
        /// Instances are replaced one after another.
        Rolling = "rolling",
        /// Nothing is rolled out; what is in service is watched.
        Watch = "watch",
    }
}

words! {
    /// The language of everything that people read.
    pub enum Language {
        /// English.
        En = "en",
        /// Simplified Chinese.
        ZhCn = "zh-CN",
    }
}

words! {
    /// When the alerts may fire.
    pub enum AlertsWhen {
        /// Whenever the series are there.
        Always = "always",
        /// Only while the stage signal says that a stage is running.
        WhileRunning = "while-running",
    }
}

words! {
    /// How risky the release is, in the author's judgement.
    pub enum Risk {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
}

section! {
    /// What a metric takes where it says nothing itself.
    #[derive(serde::Serialize)]
    pub struct Defaults {
        /// How long a level must last before its alert fires; one duration for all levels or one for each.
        r#for: LevelDefaults,
        /// The window of rates, ratios, quantiles and means (5m where nothing is said).
        window: DurationText,
    }
}

section! {
    /// What is released, by whom, and what holds for all of it.
    #[derive(serde::Serialize)]
    pub struct Release {
        /// The id: the name of everything that is generated.
        id @required: Id,
        /// The title for people.
        title @required: Text,
        /// The service that is released; the label `service` of every alert.
        service @required: Text,
        /// The version that is released.
        version @required: Text,
        /// The team that owns the release; the label `team` of every alert.
        owner @required: Text,
        /// How the new version comes into service; a list where a plan combines several.
        strategy: OneOrMany<Strategy>,
        /// The language of everything that people read.
        language: Language,
        /// The zone of all clock times, by its IANA name.
        timezone: Timezone,
        /// When the first stage begins.
        starts: Moment,
        /// How risky it is.
        risk: Risk,
        /// A sentence or two for the reader.
        summary: Text,
        /// What the release is for.
        goals: Vec<Text>,
        /// Free facts for the reader: topology, sizes, settings.
        facts: Table<OneOrMany<Text>>,
        /// What a metric takes where it says nothing itself.
        defaults: Defaults,
        /// When the alerts may fire.
        alerts: AlertsWhen,
    }
}
