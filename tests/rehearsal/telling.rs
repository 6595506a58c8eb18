//! What people are told of a release, and when, against what the plan promises.

use crate::listener::Told;
use crate::promise::Measured;
use crate::scene::{Scene, Telling, now};
use crate::{SLACK, wait_for};
use std::time::{Duration, Instant};

/// The longest window of what is judged, in seconds of the rehearsal.
const WINDOW: f64 = 10.0;

/// The receiver of what no channel takes.
pub const DEFAULT: &str = "relspec-default";

impl Scene<'_> {
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
        // A sample bears the time at which its scrape began, and may have been taken up to its timeout later, which is a
        // scrape. Another one is left to a machine that is busy between the two.
        let soon = kept_up && took + 2 * self.setting.scrape < rule.wait;
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

    /// Whether anybody was told since then that an alert fires, or has ended.
    pub fn is_told(&self, since: Instant, alert: &str, firing: bool) -> bool {
        !self.heard(since, alert, &[], firing).is_empty()
    }

    fn heard(&self, since: Instant, alert: &str, telling: Telling<'_>, firing: bool) -> Vec<Told> {
        let mut told = self.setting.listener.since(since);
        told.retain(|told| told.firing == firing && self.is(&told.labels, alert, telling));
        told
    }

    /// The receiver of a channel of the release; a name in brackets is the receiver's own.
    fn receiver(&self, channel: &str) -> String {
        if channel == DEFAULT { channel.to_owned() } else { format!("relspec/{}/{channel}", self.release) }
    }
}
