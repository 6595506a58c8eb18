//! One release on the stage: what its script can turn, and what it can see.

use crate::exporter::Feed;
use crate::promise::Measured;
use crate::setting::Setting;
use crate::wait_for;
use serde_json::Value;
use std::cell::RefCell;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// For how many seconds a failed scrape can be seen in what is recorded.
const LATELY: u64 = 5;

/// Labels that tell an alert from others of its name.
pub type Telling<'a> = &'a [(&'a str, &'a str)];

/// One release.
pub struct Scene<'a> {
    /// The servers.
    pub setting: &'a Setting,
    /// The release's id.
    pub release: String,
    /// Its series.
    pub feed: Feed,
    /// When it began, in Unix seconds.
    pub began: f64,
    pub(crate) measured: RefCell<Vec<Measured>>,
}

impl<'a> Scene<'a> {
    /// The scene of a release.
    pub fn of(setting: &'a Setting, release: &str) -> Self {
        let feed = setting.exporter.of(release);
        Self { setting, release: release.to_owned(), feed, began: now(), measured: RefCell::default() }
    }

    /// What was measured so far.
    pub fn measured(self) -> Vec<Measured> {
        self.measured.into_inner()
    }

    /// The verdict; `None` where there is none.
    pub fn verdict(&self) -> Option<f64> {
        let query = format!("release:verdict{{release=\"{}\"}}", self.release);
        let found = self.setting.prometheus(|prometheus| prometheus.ask(&query));
        found.first()?["value"][1].as_str()?.parse().ok()
    }

    /// Waits until the verdict is this.
    pub fn verdict_becomes(&self, expected: Option<f64>) {
        let mut last = None;
        wait_for(
            &format!("{}: the verdict {expected:?} (alerts: {:?})", self.release, self.raised()),
            || {
                last = self.verdict();
                (last == expected).then_some(())
            },
        );
    }

    /// Waits until the verdict is 0 and no alert fires or is pending. A warning that is pending leaves the verdict alone, and
    /// one is where a rate's window has just begun: what goes wrong from then on would not wait for all of its `for`.
    pub fn all_is_well(&self) {
        self.verdict_becomes(Some(0.0));
        wait_for(&format!("{}: nothing is raised", self.release), || self.raised().is_empty().then_some(()));
    }

    /// The verdict is this at every look for some time. One scrape that fails ends the series of gauges, and with it what
    /// the plan promises, until the next: a look just after that is not judged, and the verdict must come back.
    pub fn verdict_stays(&self, expected: Option<f64>, time: Duration) {
        let start = Instant::now();
        while start.elapsed() < time {
            let verdict = self.verdict();
            if verdict != expected {
                let raised = self.raised();
                assert!(self.lost_a_scrape(), "{}: {verdict:?}, not {expected:?}: {raised:?}", self.release);
                eprintln!("{}: a look at the verdict is not judged, since a scrape failed", self.release);
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        self.verdict_becomes(expected);
    }

    /// Whether a scrape of the release has failed within the last seconds.
    fn lost_a_scrape(&self) -> bool {
        let query = format!("min_over_time(up{{job=\"{}\"}}[{}s]) == 0", self.release, LATELY);
        !self.setting.prometheus(|prometheus| prometheus.ask(&query)).is_empty()
    }

    /// The alerts that Prometheus raises for the release, each with its state, and since when.
    pub fn raised(&self) -> Vec<String> {
        let alerts = self.setting.prometheus(|prometheus| prometheus.alerts());
        let ours = alerts.iter().filter(|alert| alert["labels"]["release"] == self.release.as_str());
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        ours.map(|alert| {
            format!(
                "{} {} {}",
                text(&alert["labels"]["alertname"]),
                text(&alert["state"]),
                text(&alert["activeAt"])
            )
        })
        .collect()
    }

    /// Waits until Prometheus has recorded a stage.
    pub fn stage_becomes(&self, stage: &str) {
        let query =
            format!("release:stage:start_time_seconds{{release=\"{}\",stage=\"{stage}\"}}", self.release);
        wait_for(&format!("{}: the stage {stage}", self.release), || {
            self.setting.prometheus(|prometheus| prometheus.ask(&query)).into_iter().next()
        });
    }

    /// Waits until an alert is pending, or fires; gives since when it is active, as RFC 3339 in UTC.
    pub fn state_becomes(&self, alert: &str, state: &str) -> String {
        wait_for(&format!("{}: {alert} is {state}", self.release), || {
            let begins = format!("{alert} {state} ");
            self.raised().into_iter().find_map(|raised| raised.strip_prefix(&begins).map(str::to_owned))
        })
    }

    /// Waits until Alertmanager has an alert that others silence.
    pub fn silenced(&self, alert: &str, telling: Telling<'_>) {
        wait_for(&format!("{}: {alert} {telling:?} is inhibited", self.release), || {
            self.known(alert, telling).iter().any(is_inhibited).then_some(())
        });
    }

    /// Waits until Alertmanager has an alert, which no other silences.
    pub fn aloud(&self, alert: &str, telling: Telling<'_>) {
        let found = wait_for(&format!("{}: {alert} {telling:?} is known", self.release), || {
            self.known(alert, telling).into_iter().next()
        });
        assert!(!is_inhibited(&found), "{found}");
    }

    fn known(&self, alert: &str, telling: Telling<'_>) -> Vec<Value> {
        let mut alerts = self.setting.alertmanager.alerts();
        alerts.retain(|known| self.is(&known["labels"], alert, telling));
        alerts
    }

    pub(crate) fn is(&self, labels: &Value, alert: &str, telling: Telling<'_>) -> bool {
        labels["alertname"] == alert
            && labels["release"] == self.release.as_str()
            && telling.iter().all(|(label, value)| labels[*label] == *value)
    }
}

fn is_inhibited(alert: &Value) -> bool {
    alert["status"]["inhibitedBy"].as_array().is_some_and(|by| !by.is_empty())
}

/// The time in Unix seconds.
pub fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64())
}
