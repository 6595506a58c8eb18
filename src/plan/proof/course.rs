//! What happens to a metric one phase after another, and what must be seen at each moment.

use super::law::Raise;
use super::setting::{Setting, value_labels};
use super::{Given, Inputs, Labels, Seen, Situation, Told, text};
use crate::ladder::Level;
use crate::plan::names::VERDICT;
use crate::plan::{Alert, Broken};
use crate::promql;
use crate::quantity::{Duration, Number};

/// A stretch of time in which nothing changes.
pub struct Phase {
    /// How many evaluations it takes.
    pub evaluations: u64,
    /// The value for every set of labels.
    pub value: Number,
    /// What counts the events.
    pub events: f64,
    /// Whether that is enough.
    pub enough: bool,
}

/// How far an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its condition holds, not yet for long enough.
    Pending,
    /// People are told.
    Firing,
}

impl State {
    /// The label `alertstate`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Firing => "firing",
        }
    }
}

/// The course of one situation.
pub struct Course<'a, 's> {
    pub setting: &'s Setting<'a>,
    pub phases: Vec<Phase>,
    /// What stands beside it from beginning to end.
    pub beside: Vec<Given>,
}

impl<'a> Course<'a, '_> {
    /// The state of what a raise tells at an evaluation, the first being 0.
    fn state(&self, raise: &Raise<'a>, at: u64) -> Option<State> {
        let mut since = None;
        let mut first = 0;
        for phase in &self.phases {
            if first > at {
                break;
            }
            let enough = phase.enough || raise.least.is_none();
            if !(enough && raise.reached(&phase.value)) {
                since = None;
            } else if since.is_none() {
                since = Some(first);
            }
            first += phase.evaluations;
        }
        let lasts = self.setting.proving.evaluations(raise.lasts);
        since.map(|since| if at - since >= lasts { State::Firing } else { State::Pending })
    }

    /// Every alert of the metric at an evaluation, with its labels.
    fn alerts(&self, at: u64) -> Vec<(&'a Alert, State, Labels)> {
        let mut found = Vec::new();
        for part in &self.setting.parts {
            for raise in &part.raises {
                let Some(state) = self.state(raise, at) else { continue };
                let mut labels = value_labels(self.setting.metric, self.setting.release(), &part.by);
                labels.extend(raise.alert.labels.iter().cloned());
                labels.insert("alertname".to_owned(), raise.alert.name.clone());
                found.push((raise.alert, state, labels));
            }
        }
        found
    }

    /// All alerts of the metric, and the verdict where they decide it.
    pub fn seen(&self, at: u64) -> Vec<Seen> {
        let alerts = self.alerts(at);
        let samples = alerts.iter().map(|(_, state, labels)| {
            let mut labels = labels.clone();
            labels.insert("__name__".to_owned(), "ALERTS".to_owned());
            labels.insert("alertstate".to_owned(), state.name().to_owned());
            (labels, 1.0)
        });
        let setting = self.setting;
        let matchers = [("release", setting.release()), ("metric", setting.metric.id())];
        let matchers: Vec<String> =
            matchers.iter().map(|(label, value)| format!("{label}={}", promql::quote(value))).collect();
        let query = format!("ALERTS{{{}}}", matchers.join(","));
        let mut seen = vec![Seen { at: self.millis(at), query, samples: samples.collect() }];
        seen.extend(self.verdict(at, &alerts));
        seen
    }

    fn verdict(&self, at: u64, alerts: &[(&Alert, State, Labels)]) -> Option<Seen> {
        if !self.setting.alone() {
            return None;
        }
        let counts = |(alert, state, _): &(&Alert, State, Labels)| {
            let raised = alert.raised.as_ref()?;
            match (state, raised.level) {
                (State::Firing, Level::Rollback) => Some(2.0),
                (State::Firing, _) => Some(1.0),
                (State::Pending, Level::Warn) => None,
                (State::Pending, _) => raised.after.is_none().then_some(1.0),
            }
        };
        let verdict = alerts.iter().filter_map(counts).fold(0.0, f64::max);
        (verdict > 0.0).then(|| verdict_is(self.setting.release(), self.millis(at), Some(verdict)))
    }

    /// What people are told of an alert at an evaluation.
    ///
    /// # Errors
    /// When an annotation has a form that can't be filled in.
    pub fn told(&self, alert: &Alert, at: u64) -> Result<Told, Broken> {
        let value = self.value(at);
        let firing = self.alerts(at).into_iter();
        let firing = firing.filter(|(of, state, _)| of.name == alert.name && *state == State::Firing);
        let told = firing.map(|(of, _, labels)| Ok((without_name(labels), annotations(of, value)?)));
        Ok(Told {
            at: self.millis(at),
            alert: alert.name.clone(),
            alerts: told.collect::<Result<_, Broken>>()?,
        })
    }

    fn value(&self, at: u64) -> f64 {
        let mut first = 0;
        for phase in &self.phases {
            first += phase.evaluations;
            if at < first {
                return phase.value.to_f64();
            }
        }
        f64::NAN
    }

    fn millis(&self, at: u64) -> u64 {
        at * self.setting.proving.every
    }

    /// The situation, with what must be seen at some evaluations.
    pub fn situation(&self, name: String, moments: &[u64], told: Vec<Told>) -> Situation {
        let every = self.setting.proving.every;
        let mut inputs = Inputs::new(every);
        for phase in &self.phases {
            let mut given = self.setting.given(&phase.value, phase.events);
            given.extend(self.beside.iter().cloned());
            inputs.phase(phase.evaluations, &given);
        }
        Situation {
            name,
            interval: Duration::from_millis(every).unwrap_or_else(Duration::zero),
            inputs: inputs.finish(),
            seen: moments.iter().flat_map(|at| self.seen(*at)).collect(),
            told,
            native: false,
        }
    }
}

/// `alertname` is no label to promtool's `exp_labels`.
fn without_name(mut labels: Labels) -> Labels {
    labels.remove("alertname");
    labels
}

/// The annotations of an alert for a value.
///
/// # Errors
/// When one has a form that can't be filled in.
pub fn annotations(alert: &Alert, value: f64) -> Result<Vec<(String, String)>, Broken> {
    let fill = |(name, template): &(&'static str, String)| {
        let filled = text::filled(template, value);
        let fault = || Broken::new(&alert.name, format!("{name} can't be filled in: {template}"));
        Ok(((*name).to_owned(), filled.ok_or_else(fault)?))
    };
    alert.annotations.iter().map(fill).collect()
}

/// What the verdict is at a moment; `None` for none at all.
pub fn verdict_is(release: &str, at: u64, value: Option<f64>) -> Seen {
    let labels = [("__name__", VERDICT), ("release", release)];
    let labels: Labels = labels.map(|(label, value)| (label.to_owned(), value.to_owned())).into();
    Seen {
        at,
        query: format!("{VERDICT}{{release={}}}", promql::quote(release)),
        samples: value.map(|value| (labels, value)).into_iter().collect(),
    }
}
