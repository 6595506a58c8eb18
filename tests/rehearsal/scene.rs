//! One release on the stage: what its script can turn, and what it can see.

use crate::exporter::Feed;
use crate::listener::Told;
use crate::promise::Measured;
use crate::setting::Setting;
use crate::{SLACK, wait_for};
use serde_json::Value;
use std::cell::RefCell;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

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
    measured: RefCell<Vec<Measured>>,
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

    /// The verdict is this at every look for some time.
    pub fn verdict_stays(&self, expected: Option<f64>, time: Duration) {
        let start = Instant::now();
        while start.elapsed() < time {
            assert_eq!(self.verdict(), expected, "{}: {:?}", self.release, self.raised());
            std::thread::sleep(Duration::from_millis(200));
        }
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

    /// Whether anybody was told since then that an alert fires, or has ended.
    pub fn is_told(&self, since: Instant, alert: &str, firing: bool) -> bool {
        !self.heard(since, alert, &[], firing).is_empty()
    }

    /// Waits until an alert has reached each of these channels, and no other; it came neither before its `for` nor later
    /// than promised. Gives the moment of the last message.
    pub fn told(&self, fault: Instant, alert: &str, telling: Telling<'_>, channels: &[&str]) -> Instant {
        let at = channels.iter().map(|channel| {
            let receiver = self.receiver(channel);
            let what = format!("{}: {alert} {telling:?} reaches {receiver}", self.release);
            let found = wait_for(&what, || {
                self.heard(fault, alert, telling, true).into_iter().find(|told| told.receiver == receiver)
            });
            assert_eq!(found.group["release"], self.release.as_str(), "{alert} is grouped by release");
            assert_eq!(found.group["level"], found.labels["level"], "{alert} is grouped by level");
            found.at
        });
        let at = at.max().expect("a channel");
        for told in self.heard(fault, alert, telling, true) {
            let known = channels.iter().any(|channel| self.receiver(channel) == told.receiver);
            assert!(known, "{alert} reached {} as well", told.receiver);
        }
        // The windows from which the values of that moment are made count as well.
        let range = (fault.elapsed().as_secs_f64() + WINDOW).min(now() - self.began);
        self.judge(alert, telling, at.duration_since(fault), self.kept_up(range));
        at
    }

    /// Whether Prometheus has scraped the release and evaluated its rules in time in the last seconds, as the plan supposes.
    pub fn kept_up(&self, range: f64) -> bool {
        let number = |query: String| {
            let found = self.setting.prometheus(|prometheus| prometheus.ask(&query));
            found.first().and_then(|sample| sample["value"][1].as_str()?.parse::<f64>().ok()).unwrap_or(0.0)
        };
        let millis = (range * 1000.0).round();
        let scraped = number(format!("sum_over_time(up{{job=\"{}\"}}[{millis}ms])", self.release));
        let verdict = format!("release:verdict{{release=\"{}\"}}", self.release);
        let evaluated = number(format!("count_over_time({verdict}[{millis}ms])"));
        let missing = |count: f64, every: Duration| range / every.as_secs_f64() - count;
        // The ends of the range may cut off one each.
        missing(scraped, self.setting.scrape) < 3.0 && missing(evaluated, self.setting.evaluation) < 3.0
    }

    /// Holds what was measured against what is promised.
    fn judge(&self, alert: &str, telling: Telling<'_>, took: Duration, kept_up: bool) {
        let named = self.setting.promises.iter();
        let named: Vec<_> =
            named.filter(|rule| rule.name == alert && rule.has("release", &self.release)).collect();
        // A label that no rule of the name sets comes from the series.
        let from_series = |label: &str| named.iter().all(|rule| rule.labels[label].is_null());
        let mut rules = named
            .iter()
            .filter(|rule| telling.iter().all(|(label, value)| rule.has(label, value) || from_series(label)));
        let rule = rules.next().unwrap_or_else(|| panic!("there is no rule {alert} {telling:?}"));
        let alert = format!("{alert} {telling:?}");
        // A sample bears the time at which its scrape began, and may have been taken up to a scrape later.
        let soon = kept_up && took + self.setting.scrape < rule.wait;
        assert!(!soon, "{alert} came after {took:?}, before its `for` of {:?}", rule.wait);
        let late = kept_up && took > rule.tell + SLACK;
        assert!(!late, "{alert} came after {took:?}, promised were {:?}", rule.tell);
        let (release, promised) = (self.release.clone(), rule.tell);
        self.measured.borrow_mut().push(Measured { release, alert, promised, took, kept_up });
    }

    /// Waits until these channels were told that an alert has ended.
    pub fn ended(&self, since: Instant, alert: &str, telling: Telling<'_>, channels: &[&str]) {
        for receiver in channels.iter().map(|channel| self.receiver(channel)) {
            let what = format!("{}: the end of {alert} reaches {receiver}", self.release);
            wait_for(&what, || {
                self.heard(since, alert, telling, false).into_iter().find(|told| told.receiver == receiver)
            });
        }
    }

    /// Nobody was told of an alert since then.
    pub fn untold(&self, since: Instant, alert: &str, telling: Telling<'_>) {
        let heard = self.heard(since, alert, telling, true);
        assert!(heard.is_empty(), "{}: {heard:?}", self.release);
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

    fn heard(&self, since: Instant, alert: &str, telling: Telling<'_>, firing: bool) -> Vec<Told> {
        let mut told = self.setting.listener.since(since);
        told.retain(|told| told.firing == firing && self.is(&told.labels, alert, telling));
        told
    }

    fn is(&self, labels: &Value, alert: &str, telling: Telling<'_>) -> bool {
        labels["alertname"] == alert
            && labels["release"] == self.release.as_str()
            && telling.iter().all(|(label, value)| labels[*label] == *value)
    }

    /// The receiver of a channel of the release; a name in brackets is the receiver's own.
    fn receiver(&self, channel: &str) -> String {
        if channel == DEFAULT { channel.to_owned() } else { format!("relspec/{}/{channel}", self.release) }
    }
}

/// The longest window of what is judged, in seconds of the rehearsal.
const WINDOW: f64 = 10.0;

/// The receiver of what no channel takes.
pub const DEFAULT: &str = "relspec-default";

fn is_inhibited(alert: &Value) -> bool {
    alert["status"]["inhibitedBy"].as_array().is_some_and(|by| !by.is_empty())
}

/// The time in Unix seconds.
pub fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64())
}
