//! The alerts of releases as rules of inhibition see them, before anything is planned.

use crate::ladder::Level;
use crate::plan::names;
use crate::spec::Spec;
use crate::spec::alertmanager::Inhibition;
use crate::spec::alertmanager::route::{all_match, value};
use crate::spec::metric::Metric;

/// The labels of one alert that may fire.
pub type Alert = Vec<(String, String)>;

/// Every alert that a release can raise, as far as its labels are known before it fires.
pub fn alerts(spec: &Spec) -> Vec<Alert> {
    let text = |text: &Option<crate::spec::shape::Text>| {
        text.as_ref().map_or("", |text| text.value.as_str()).to_owned()
    };
    let of = |metric: &Metric, name: String, level: Level| -> Alert {
        let severity = if level == Level::Warn { "warning" } else { "critical" };
        let labels = [
            ("alertname", name),
            ("severity", severity.to_owned()),
            ("level", level.name().to_owned()),
            ("release", spec.id().to_owned()),
            ("service", text(&spec.release.service)),
            ("metric", metric.id.value.clone()),
            ("team", text(&spec.release.owner)),
        ];
        let labels = labels.map(|(label, value)| (label.to_owned(), value)).into_iter();
        // The values are not known, only that there are some.
        labels.chain(metric.by.iter().map(|label| (label.value.clone(), "any".to_owned()))).collect()
    };
    let metrics = spec.metrics.iter().filter(|metric| metric.alerts());
    let all = metrics.flat_map(|metric| {
        let level = |level: Level| metric.cases.iter().any(|case| case.limits.levels.contains_key(&level));
        let levels = Level::ALL.into_iter().filter(move |one| level(*one));
        let numbered = levels.map(move |level| of(metric, names::alert(&metric.id.value, level), level));
        let no_data = metric.no_data.level.level();
        numbered.chain(no_data.map(|level| of(metric, names::no_data_alert(&metric.id.value), level)))
    });
    all.collect()
}

/// An alert that a rule silences though nothing that it carries must be the same.
pub fn loosely<'a>(rule: &Inhibition, alerts: &'a [Alert]) -> Option<&'a Alert> {
    alerts.iter().find(|alert| all_match(&rule.target, alert) && is_loose(rule, alert))
}

/// Whether nothing that the alert carries must be the same. A matcher of the source for the release ties it as well.
fn is_loose(rule: &Inhibition, alert: &Alert) -> bool {
    let tied = rule.equal.iter().any(|label| !value(alert, label).is_empty());
    let release = value(alert, "release");
    let own =
        rule.source.iter().any(|one| one.label == "release" && one.matches(release) && !one.matches(""));
    !tied && !own
}
