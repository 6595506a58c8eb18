//! What surrounds the stages: scenarios, the timetable, meetings, acceptance, reports and risks.

use super::gates::Standing;
use super::{
    Acceptance, Meeting, Pages, Report, Risk, Scenario, TimelineRow, Waiver, length, maybe, text, texts,
};
use crate::plan::names;
use crate::quantity::Duration;
use crate::spec::calendar::Base;
use crate::spec::scenario::Scenario as Written;
use crate::spec::shape::Row;

impl Pages<'_> {
    /// A scenario with everything worked out.
    pub fn scenario(&self, row: &Row<Written>) -> Scenario {
        let written = &row.value;
        let signs = || written.when.iter().flat_map(|when| &when.0);
        let alerts = signs().filter_map(|sign| {
            let link = self.metric_link(&sign.0.metric.as_ref()?.value)?;
            Some((link, sign.0.level.as_ref().map(|level| level.value.name().to_owned())))
        });
        Scenario {
            id: row.key.value.clone(),
            anchor: names::scenario_anchor(&row.key.value),
            title: maybe(&written.title).unwrap_or_else(|| row.key.value.clone()),
            alerts: alerts.collect(),
            symptoms: signs().filter_map(|sign| maybe(&sign.0.symptom)).collect(),
            priority: maybe(&written.priority),
            owners: self.owners(&written.owner),
            diagnose: self.steps(written.diagnose.as_deref(), Base::Begun),
            steps: self.steps(written.steps.as_deref(), Base::Begun),
            rollback_if: maybe(&written.rollback_if),
            recovery: length(&written.recovery),
            prevent: texts(&written.prevent),
            note: maybe(&written.note),
        }
    }

    /// The timetable, in the author's order.
    pub fn timeline(&self) -> Vec<TimelineRow> {
        let entries = self.draft.spec.timeline.iter().zip(self.calendar.timeline(self.draft.spec));
        entries
            .map(|(entry, instant)| TimelineRow {
                at: entry.at.as_ref().map(|point| self.at(point, instant)),
                phase: maybe(&entry.phase),
                what: maybe(&entry.r#do),
                stage: entry
                    .stage
                    .as_ref()
                    .map(|id| (self.stage_title(&id.value), names::stage_anchor(&id.value))),
                owners: self.owners(&entry.owner),
                takes: length(&entry.takes),
                run: maybe(&entry.run),
                note: maybe(&entry.note),
            })
            .collect()
    }

    /// Who meets when.
    pub fn meetings(&self) -> Vec<Meeting> {
        let until = |id: &crate::spec::shape::Text| match self.draft.spec.stage(&id.value) {
            Some(_) => self.stage_title(&id.value),
            None => text(id),
        };
        let meetings = self.draft.spec.meetings.iter();
        meetings
            .map(|meeting| Meeting {
                every_lasts: maybe(&meeting.every).filter(|every| Duration::parse(every).is_ok()),
                every: maybe(&meeting.every),
                at: self.whens(&meeting.at, Base::Release),
                what: meeting.r#do.as_ref().map(text).unwrap_or_default(),
                takes: length(&meeting.takes),
                from: meeting.from.as_ref().map(until),
                until: meeting.until.as_ref().map(until),
                owners: self.owners(&meeting.owner),
                note: maybe(&meeting.note),
            })
            .collect()
    }

    /// When the release is a success.
    pub fn acceptance(&self) -> Vec<Acceptance> {
        let standing = Standing { stage: None, since: None };
        let group = |row: &Row<Vec<crate::spec::condition::Condition>>| Acceptance {
            group: row.key.value.clone(),
            conditions: self.gates(Some(&row.value), standing),
        };
        self.draft.spec.acceptance.iter().map(group).collect()
    }

    /// What is reported.
    pub fn reports(&self) -> Vec<Report> {
        let report = |row: &Row<crate::spec::report::Report>| Report {
            title: maybe(&row.value.title).unwrap_or_else(|| row.key.value.clone()),
            at: self.whens(&row.value.at, Base::Release),
            owners: self.owners(&row.value.owner),
            metrics: row
                .value
                .metrics
                .iter()
                .flatten()
                .filter_map(|id| self.metric_link(&id.value))
                .collect(),
            fields: texts(&row.value.fields),
            note: maybe(&row.value.note),
        };
        self.draft.spec.reports.iter().map(report).collect()
    }

    /// What the author accepts.
    pub fn waivers(&self) -> Vec<Waiver> {
        let waivers = self.draft.spec.allow.iter();
        waivers
            .map(|waiver| Waiver {
                lint: waiver.lint.value.clone(),
                at: waiver.at.value.clone(),
                reason: text(&waiver.reason),
                until: waiver.until.as_ref().map(|day| day.value.to_string()),
            })
            .collect()
    }

    /// What may go wrong.
    pub fn risks(&self) -> Vec<Risk> {
        let risks = self.draft.spec.risks.iter();
        risks
            .map(|entry| Risk {
                risk: entry.risk.as_ref().map(text).unwrap_or_default(),
                likelihood: entry.likelihood.as_ref().map(|degree| degree.value.name()),
                impact: entry.impact.as_ref().map(|degree| degree.value.name()),
                answer: maybe(&entry.answer),
                owners: self.owners(&entry.owner),
            })
            .collect()
    }
}
