//! Everything that has a date, in one list, and where else to look.

use super::when::{When, iso};
use super::{Pages, maybe, text};
use crate::plan::names;
use crate::spec::calendar::Base;
use serde::Serialize;

/// Something that has a date.
#[derive(Debug, Serialize)]
pub struct DateRow {
    /// When, in ISO 8601.
    pub at: String,
    /// Whether it is the whole day.
    pub whole_day: bool,
    /// `stage` (one begins), `end` (the last one is over), `group` (something is ticked), `report` or `deadline` (of a way
    /// back).
    pub kind: &'static str,
    /// Its title; none for the end.
    pub title: Option<String>,
    /// The anchor of its section.
    pub anchor: Option<String>,
}

/// Where else to look; each only where it is made.
#[derive(Debug, Default, Serialize)]
pub struct Links {
    /// The release's board in Grafana, or its file relative to the release page.
    pub board: Option<String>,
    /// The file of the rules, relative to the release page.
    pub rules: Option<String>,
    /// The same two for the page about all releases.
    pub index_board: Option<String>,
    /// The file of the rules for the page about all releases.
    pub index_rules: Option<String>,
}

impl Pages<'_> {
    /// Everything that has a date, in order; nothing where dates are unknown.
    pub fn dates(&self) -> Vec<DateRow> {
        if !self.calendar.is_dated() {
            return Vec::new();
        }
        let mut rows: Vec<DateRow> = self.stage_dates();
        let spec = self.draft.spec;
        let groups = spec.preflight.iter().map(|group| (group, Base::Release));
        for (group, base) in groups.chain(spec.after.iter().map(|group| (group, Base::End))) {
            let title = group.group.as_ref().map(text);
            rows.extend(group.at.iter().filter_map(|at| row("group", title.clone(), &self.when(at, base))));
        }
        for report in &spec.reports {
            let title = maybe(&report.value.title).unwrap_or_else(|| report.key.value.clone());
            let whens = self.whens(&report.value.at, Base::Release);
            rows.extend(whens.iter().filter_map(|when| row("report", Some(title.clone()), when)));
        }
        for mode in self.modes() {
            let title = mode.title.or(mode.id);
            rows.extend(mode.by.iter().filter_map(|when| row("deadline", title.clone(), when)));
        }
        rows.sort_by(|a, b| a.at.cmp(&b.at));
        rows
    }

    fn stage_dates(&self) -> Vec<DateRow> {
        let stages = self.draft.spec.stages.iter().zip(self.calendar.stages());
        let begins = stages.filter_map(|(stage, time)| {
            Some(DateRow {
                at: iso(time.from?),
                whole_day: false,
                kind: "stage",
                title: Some(self.stage_title(stage.id())),
                anchor: Some(names::stage_anchor(stage.id())),
            })
        });
        let end = self.calendar.stages().last().and_then(|time| time.to).map(|at| DateRow {
            at: iso(at),
            whole_day: false,
            kind: "end",
            title: None,
            anchor: None,
        });
        begins.chain(end).collect()
    }

    /// Where else to look. What the project does not build is no place to look at.
    pub fn links(&self) -> Links {
        let (config, release) = (self.draft.config, self.draft.release());
        let made = |name: &str| {
            config.targets.as_ref().is_none_or(|targets| targets.iter().any(|target| target.value == name))
        };
        let grafana = config.grafana.as_ref().map(|base| format!("{base}/d/{}", names::board_uid(release)));
        let board = |file: String| made("grafana").then(|| grafana.clone().unwrap_or(file));
        let rules = |file: String| made("prometheus").then_some(file);
        Links {
            board: board(format!("../../{}", names::board_file(release))),
            rules: rules(format!("../../{}", names::rules_file(release))),
            index_board: board(names::board_file(release)),
            index_rules: rules(names::rules_file(release)),
        }
    }
}

fn row(kind: &'static str, title: Option<String>, when: &When) -> Option<DateRow> {
    Some(DateRow { at: when.date.clone()?, whole_day: when.whole_day, kind, title, anchor: None })
}
