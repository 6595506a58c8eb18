//! The stage signal: which stage is running, its share of the traffic, and what tells that the signal is lost.

use super::annotations::Said;
use super::expr::{Series, one_of};
use super::names::{self, DONE, SIGNAL_LOST, STAGE_SIGNAL, STAGE_START, TRAFFIC_SHARE};
use super::{Alert, Broken, Draft, Group, Recording, Rule};
use crate::ladder::Level;
use crate::quantity::Duration;
use crate::spec::Spec;
use crate::spec::metric::NoDataLevel;

/// How long the signal must be lost before somebody is told, in seconds; longer where it is remembered longer.
const LOST_FOR: u64 = 300;
/// The stage is remembered at least so long after it was seen last, in seconds, and for at least so many scrapes: one scrape
/// that fails must not begin the wait of every alert of the stage again.
const REMEMBERED: u64 = 120;
const SCRAPES: u64 = 4;

/// Whether anything needs to know the stage. Where nothing does, nothing depends on the signal.
#[must_use]
pub fn is_needed(spec: &Spec) -> bool {
    spec.needs_stage()
}

/// The recorded stage of a release.
#[must_use]
pub fn stage(release: &str) -> Series {
    Series::new(STAGE_START, release)
}

/// The recorded share of the traffic.
#[must_use]
pub fn share(release: &str) -> Series {
    Series::new(TRAFFIC_SHARE, release)
}

/// The recordings of the stage, and the alerts for its loss.
pub fn group(draft: &Draft<'_>) -> Result<Group, Broken> {
    let mut rules = vec![Rule::Recording(current(draft))];
    let extensive = draft.metrics.iter().any(|metric| metric.metric.extensive.is_some());
    rules.extend(traffic(draft).filter(|_| extensive).map(Rule::Recording));
    rules.push(Rule::Alert(vanished(draft)?));
    rules.extend(never_came(draft)?.map(Rule::Alert));
    Ok(Group { name: names::group(draft.release(), "stage"), rules })
}

/// How long the stage counts after the signal was seen last.
pub fn remembered(draft: &Draft<'_>) -> Duration {
    let scrapes = draft.config.scrape.millis().saturating_mul(SCRAPES);
    let least = draft.config.pace.seconds(REMEMBERED);
    Duration::from_millis(scrapes.max(least.millis())).unwrap_or(least)
}

/// How long the signal is lost before somebody is told: at least as long as it is remembered.
pub fn lost_for(draft: &Draft<'_>) -> Duration {
    let (told, remembered) = (draft.config.pace.seconds(LOST_FOR), remembered(draft));
    if remembered.millis() > told.millis() { remembered } else { told }
}

/// The stage that began last: a push leaves the series of earlier stages behind.
fn current(draft: &Draft<'_>) -> Recording {
    let signal = Series::new(STAGE_SIGNAL, draft.release()).over(&remembered(draft).to_prometheus());
    Recording {
        name: STAGE_START.to_owned(),
        expr: format!("topk by (release) (1, max by (release, stage) (last_over_time({signal})))"),
        labels: vec![("release", draft.release().to_owned())],
    }
}

/// The share of the traffic at the current stage; no value where the plan says none.
fn traffic(draft: &Draft<'_>) -> Option<Recording> {
    let shares: Vec<String> = draft
        .spec
        .stages
        .iter()
        .filter_map(|of| {
            let share = of.traffic.as_ref()?.value.to_promql();
            let running = stage(draft.release()).with("stage", of.id()).selector();
            Some(format!("{share} * count by (release) ({running})"))
        })
        .collect();
    (!shares.is_empty()).then(|| Recording {
        name: TRAFFIC_SHARE.to_owned(),
        expr: shares.join("\nor "),
        labels: vec![("release", draft.release().to_owned())],
    })
}

fn vanished(draft: &Draft<'_>) -> Result<Alert, Broken> {
    let signal = || Series::new(STAGE_SIGNAL, draft.release());
    let expr = format!(
        "group by (release) (last_over_time({}))\nunless on (release) {}\nunless on (release) last_over_time({})",
        signal().over(&draft.day()),
        stage(draft.release()).selector(),
        signal().with("stage", DONE).over(&draft.day()),
    );
    let more = lost_for(draft).millis() - remembered(draft).millis();
    let lasts = Duration::from_millis(more).unwrap_or_else(Duration::zero);
    lost(draft, expr, lasts, "vanished", "signal-lost")
}

/// Events (or, where nothing counts events, values) of the new version without any stage for a day.
fn never_came(draft: &Draft<'_>) -> Result<Option<Alert>, Broken> {
    let counted = draft.metrics.iter().find_map(|metric| metric.events().into_iter().next());
    let traffic = match counted {
        Some(series) => format!("{} > 0", series.selector()),
        None => match draft.metrics.first() {
            Some(metric) => metric.series(&metric.operation(), metric.main_role()).selector(),
            None => return Ok(None),
        },
    };
    let signal = Series::new(STAGE_SIGNAL, draft.release()).over(&draft.day());
    let expr = format!("group by (release) ({traffic})\nunless on (release) last_over_time({signal})");
    lost(draft, expr, lost_for(draft), "never-came", "signal-never-came").map(Some)
}

fn lost(
    draft: &Draft<'_>,
    expr: String,
    lasts: Duration,
    because: &str,
    phrase: &str,
) -> Result<Alert, Broken> {
    let mut labels = draft.alert_labels("stage", Level::Hold.name(), NoDataLevel::Hold.severity());
    labels.push(("because".to_owned(), because.to_owned()));
    let said = Said { release: draft.release().to_owned(), ..Said::default() };
    Ok(Alert {
        name: SIGNAL_LOST.to_owned(),
        expr,
        lasts,
        keep: None,
        labels,
        annotations: draft.annotations(SIGNAL_LOST, None, phrase, &said)?,
        raised: None,
    })
}

/// The stages of the plan as a matcher, so that a stage that the plan does not know is an unknown one.
pub fn planned(draft: &Draft<'_>) -> String {
    let ids: Vec<&str> = draft.spec.stages.iter().map(crate::spec::stage::Stage::id).collect();
    stage(draft.release()).matching(one_of("stage", &ids)).selector()
}
