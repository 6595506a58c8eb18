//! The labels that every alert carries, and what it tells people in the release's language.

use super::{Broken, Draft, names};
use crate::ladder::{Bound, Level};
use crate::quantity::{DeltaForm, Duration, Number, Unit};
use crate::source::Spanned;
use crate::spec::metric::Metric;
use crate::spec::shape::Text;
use serde::Serialize;

/// What a phrase about an alert can name.
#[derive(Debug, Default, Serialize)]
pub struct Said {
    /// The release's id.
    pub release: String,
    /// The metric's title.
    pub title: String,
    /// Which of the metric's series it is, as Go templates: `region {{ $labels.region }}`; empty where it has one.
    pub which: String,
    /// The level.
    pub level: String,
    /// The level whose duration counts, where that is another.
    pub milder: String,
    /// The value when the alert is raised, as a Go template.
    pub value: String,
    /// The bound as the author wrote it.
    pub bound: String,
    /// The side on which the bound lies: `above` or `below`.
    pub side: String,
    /// How long it has lasted, in words; empty for "at once".
    pub lasts: String,
    /// The stage, where the rule is one stage's.
    pub stage: String,
    /// What to do at this level.
    pub act: String,
    /// What users notice.
    pub impact: String,
}

impl Draft<'_> {
    /// The labels that every alert of the release carries.
    pub(super) fn alert_labels(&self, metric: &str, level: &str, severity: &str) -> Vec<(String, String)> {
        let text = |text: &Option<Text>| text.as_ref().map(|text| plain(&text.value)).unwrap_or_default();
        let release = &self.spec.release;
        [
            ("severity", severity.to_owned()),
            ("level", level.to_owned()),
            ("release", self.release().to_owned()),
            ("service", text(&release.service)),
            ("metric", metric.to_owned()),
            ("team", text(&release.owner)),
        ]
        .into_iter()
        .map(|(label, value)| (label.to_owned(), value))
        .collect()
    }

    /// The word for a level.
    pub(super) fn level_word(&self, level: Level) -> Result<String, Broken> {
        self.say(&format!("level-{}", level.name()), &Said::default())
    }

    /// What can be said of a metric at a level.
    pub(super) fn said(&self, metric: &Metric, level: Level) -> Result<Said, Broken> {
        Ok(Said {
            release: self.release().to_owned(),
            title: plain(&metric.title.value),
            level: self.level_word(level)?,
            which: which(metric),
            value: value_template(metric),
            act: self.say(&format!("act-{}", level.name()), &Said::default())?,
            impact: metric.impact.as_ref().map(|impact| plain(impact.value.trim_end())).unwrap_or_default(),
            ..Said::default()
        })
    }

    /// A duration in words.
    pub(super) fn duration_in_words(&self, duration: &Duration) -> Result<String, Broken> {
        let words = self.phrases.duration(duration.text());
        words.map_err(|fault| Broken::new(self.release(), fault.to_string()))
    }

    /// The annotations of an alert. A link is left out where the project names no address for it.
    pub(super) fn annotations(
        &self,
        alert: &str,
        metric: Option<&Metric>,
        phrase: &str,
        said: &Said,
    ) -> Result<Vec<(&'static str, String)>, Broken> {
        let mut all = vec![
            ("summary", self.say(&format!("summary-{phrase}"), said)?),
            ("description", self.say(&format!("description-{phrase}"), said)?),
        ];
        if let Some(base) = &self.config.runbooks {
            all.push((
                "runbook_url",
                format!("{}/{}", plain(base), names::runbook_link(self.release(), alert)),
            ));
        }
        let panel = metric.and_then(|metric| self.panels.get(&metric.id.value));
        let uid = names::board_uid(self.release());
        if let Some(base) = &self.config.grafana {
            let view = panel.map(|panel| format!("?viewPanel={panel}")).unwrap_or_default();
            all.push(("dashboard_url", format!("{}/d/{uid}{view}", plain(base))));
        }
        if let Some(panel) = panel {
            all.push(("__dashboardUid__", uid));
            all.push(("__panelId__", panel.to_string()));
        }
        Ok(all)
    }

    fn say(&self, phrase: &str, said: &Said) -> Result<String, Broken> {
        self.phrases.say(phrase, said).map_err(|fault| Broken::new(self.release(), fault.to_string()))
    }
}

/// Author's text for a place that Prometheus reads as a Go template: every brace is a plain one there.
pub(super) fn plain(text: &str) -> String {
    text.replace('{', BRACE)
}

/// What Prometheus makes of such a text.
pub(super) fn as_told(text: &str) -> String {
    text.replace(BRACE, "{")
}

/// A brace for a Go template.
const BRACE: &str = "{{ \"{\" }}";

/// A bound with its unit, as the author wrote it.
#[must_use]
pub fn bound_text(metric: &Metric, bound: &Bound) -> String {
    let bare = bound.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    let suffix = match metric.unit {
        _ if !bare => "",
        Unit::Percent => " %",
        Unit::Seconds => " s",
        Unit::Bytes => " B",
        Unit::PerSecond => "/s",
        Unit::PerMinute => "/min",
        Unit::PerHour => "/h",
        Unit::PerDay => "/day",
        Unit::Days => " d",
        Unit::Ratio | Unit::Count | Unit::None => "",
    };
    format!("{}{suffix}", bound.text)
}

/// What tells the series of a metric apart, as Go templates.
fn which(metric: &Metric) -> String {
    let label = |label: &Spanned<String>| format!("{0} {{{{ $labels.{0} }}}}", label.value);
    metric.by.iter().map(label).collect::<Vec<_>>().join(", ")
}

/// The same beside a value that is told: a factor such as `1.25x` is the difference that it makes, `+25%`.
pub(super) fn told_bound(metric: &Metric, bound: &Bound) -> String {
    let is_factor = metric.relative.as_ref().is_some_and(|relative| relative.form == DeltaForm::Factor);
    let percent = bound.value.checked_mul(&Number::from_integer(100));
    match percent.filter(|_| is_factor && bound.text.ends_with(['x', '×'])) {
        Some(percent) if percent.is_negative() => format!("{}%", percent.to_promql()),
        Some(percent) => format!("+{}%", percent.to_promql()),
        None => bound_text(metric, bound),
    }
}

/// The Go template that shows a value with its unit, in the units in which its bounds are written.
fn value_template(metric: &Metric) -> String {
    let number = |suffix: &str| format!("{{{{ printf \"%.4g\" $value }}}}{suffix}");
    let form = metric.relative.as_ref().map(|relative| relative.form);
    match (form, metric.unit) {
        (Some(DeltaForm::Points), Unit::Ratio) => {
            "{{ $value | humanizePercentage | reReplaceAll \"%\" \" pp\" }}".to_owned()
        }
        (Some(DeltaForm::Factor), _) | (_, Unit::Ratio) => "{{ $value | humanizePercentage }}".to_owned(),
        (Some(DeltaForm::Points), _) => number(" pp"),
        (_, Unit::Percent) => number(" %"),
        (_, Unit::Seconds) => "{{ $value | humanizeDuration }}".to_owned(),
        (_, Unit::Bytes) if metric.is_binary() => "{{ $value | humanize1024 }}B".to_owned(),
        (_, Unit::Bytes) => "{{ $value | humanize }}B".to_owned(),
        (_, Unit::PerSecond) => number("/s"),
        (_, Unit::PerMinute) => number("/min"),
        (_, Unit::PerHour) => number("/h"),
        (_, Unit::PerDay) => number("/day"),
        (_, Unit::Days) => number(" d"),
        (_, Unit::Count | Unit::None) => number(""),
    }
}
