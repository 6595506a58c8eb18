//! What happens to a metric one phase after another, and what must be seen at each moment.

use super::feed::{Events, value_labels};
use super::law::Raise;
use super::setting::Setting;
use super::{Given, Inputs, Labels, Proving, Seen, Situation, Told, text};
use crate::ladder::Level;
use crate::plan::names::VERDICT;
use crate::plan::{Alert, Broken};
use crate::promql;
use crate::quantity::{Duration, Number};

/// A stretch of time in which nothing changes.
pub struct Phase<'a, 's> {
    /// The stage, and what the law says there.
    pub setting: &'s Setting<'a>,
    /// How many evaluations it takes.
    pub evaluations: u64,
    /// The value for every set of labels.
    pub value: Number,
    /// How many events there are in a window.
    pub events: Events,
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

/// An alert that may be raised in the course of a situation, for one set of label values.
struct Watched<'a> {
    alert: &'a Alert,
    by: &'a Labels,
    lasts: u64,
    keep: u64,
    level: Level,
    waits: bool,
}

/// The course of one situation: at least one phase.
pub struct Course<'a, 's> {
    pub proving: &'a Proving<'a>,
    pub phases: Vec<Phase<'a, 's>>,
    /// What stands beside it from beginning to end.
    pub beside: Vec<Given>,
}

impl<'a, 's> Course<'a, 's> {
    fn phase(&self, at: u64) -> Option<&Phase<'a, 's>> {
        let mut end = 0;
        self.phases.iter().find(|phase| {
            end += phase.evaluations;
            at < end
        })
    }

    /// Whether there were enough events: within the time that the level takes, since a momentary dip does not count.
    fn enough(&self, raise: &Raise<'_>, lasts: u64, at: u64) -> bool {
        let Some(least) = raise.least else { return true };
        let first = at.saturating_sub(lasts.saturating_sub(1));
        let enough =
            |at| self.phase(at).is_some_and(|phase| phase.setting.enough(least, &phase.value, phase.events));
        (first..=at).rev().any(enough)
    }

    fn holds(&self, watched: &Watched<'_>, at: u64) -> bool {
        let Some(phase) = self.phase(at) else { return false };
        let parts = phase.setting.parts.iter().filter(|part| part.by == *watched.by);
        let mut raises = parts.flat_map(|part| &part.raises);
        raises.any(|raise| {
            std::ptr::eq(raise.alert, watched.alert)
                && raise.reached(&phase.value)
                && self.enough(raise, watched.lasts, at)
        })
    }

    /// The state of an alert at an evaluation, the first being 0.
    fn state(&self, watched: &Watched<'_>, at: u64) -> Option<State> {
        match (self.fires(watched, at), self.holds(watched, at)) {
            (true, _) => Some(State::Firing),
            (false, holds) => holds.then_some(State::Pending),
        }
    }

    /// Whether people are told of an alert: once it has held for long enough, and then until it has not held for as long
    /// as it is kept.
    fn fires(&self, watched: &Watched<'_>, at: u64) -> bool {
        let holds = self.holds(watched, at);
        let same = (0..=at).rev().take_while(|at| self.holds(watched, *at) == holds).count() as u64;
        if holds && same > watched.lasts {
            return true;
        }
        let kept = watched.keep > 0 && (holds || same <= watched.keep);
        kept && at.checked_sub(same).is_some_and(|before| self.fires(watched, before))
    }

    fn watched(&self) -> Vec<Watched<'s>>
    where
        'a: 's,
    {
        let mut all: Vec<Watched<'s>> = Vec::new();
        for phase in &self.phases {
            for part in &phase.setting.parts {
                for raise in &part.raises {
                    let known = |of: &Watched<'_>| std::ptr::eq(of.alert, raise.alert) && *of.by == part.by;
                    if !all.iter().any(known) {
                        let lasts = self.proving.evaluations(raise.lasts);
                        let keep = raise.keep.map_or(0, |keep| self.proving.evaluations(keep));
                        let (level, waits) = (raise.level, raise.after.is_some());
                        all.push(Watched { alert: raise.alert, by: &part.by, lasts, keep, level, waits });
                    }
                }
            }
        }
        all
    }

    /// Every raised alert of the metric at an evaluation.
    fn raised(&self, at: u64) -> Vec<(Watched<'s>, State)> {
        let watched = self.watched().into_iter();
        watched
            .filter_map(|watched| Some((self.state(&watched, at)?, watched)).map(|(s, w)| (w, s)))
            .collect()
    }

    fn labels(&self, watched: &Watched<'_>) -> Labels {
        let Some(first) = self.phases.first() else { return Labels::new() };
        let mut labels = value_labels(first.setting.metric, first.setting.release(), watched.by);
        labels.extend(labels_of(watched.alert));
        labels
    }

    /// All alerts of the metric, and the verdict where they decide it.
    pub fn seen(&self, at: u64) -> Vec<Seen> {
        let Some(first) = self.phases.first() else { return Vec::new() };
        let raised = self.raised(at);
        let samples = raised
            .iter()
            .map(|(watched, state)| (seen_alert(watched.alert, *state, self.labels(watched)), 1.0));
        let setting = first.setting;
        let mut seen = vec![Seen {
            at: self.millis(at),
            query: alerts_of(setting.release(), setting.metric.id()),
            samples: samples.collect(),
        }];
        seen.extend(self.verdict(at, &raised).filter(|_| setting.alone()));
        seen
    }

    fn verdict(&self, at: u64, raised: &[(Watched<'_>, State)]) -> Option<Seen> {
        let setting = self.phase(at)?.setting;
        let verdict = raised.iter().map(|(of, state)| weight(*state, of.level, of.waits)).fold(0.0, f64::max);
        let over = setting.stage.as_deref() == Some(crate::plan::names::DONE);
        (verdict > 0.0 && !over).then(|| verdict_is(setting.release(), self.millis(at), Some(verdict)))
    }

    /// What people are told of an alert at an evaluation.
    ///
    /// # Errors
    /// When an annotation has a form that can't be filled in.
    pub fn told(&self, alert: &Alert, at: u64) -> Result<Told, Broken> {
        let value = self.phase(at).map_or(f64::NAN, |phase| phase.value.to_f64());
        let firing = self.raised(at).into_iter();
        let firing = firing.filter(|(of, state)| of.alert.name == alert.name && *state == State::Firing);
        let told = firing.map(|(of, _)| {
            let labels = self.labels(&of);
            let annotations = annotations(of.alert, value, &labels)?;
            Ok((labels, annotations))
        });
        Ok(Told {
            at: self.millis(at),
            alert: alert.name.clone(),
            alerts: told.collect::<Result<_, Broken>>()?,
        })
    }

    fn millis(&self, at: u64) -> u64 {
        at * self.proving.every
    }

    /// The situation, with what must be seen at some evaluations.
    pub fn situation(&self, name: String, moments: &[u64], told: Vec<Told>) -> Situation {
        let mut inputs = Inputs::new(self.proving.every);
        for phase in &self.phases {
            let mut given = phase.setting.given(&phase.value, phase.events);
            given.extend(self.beside.iter().cloned());
            inputs.phase(phase.evaluations, &given);
        }
        let mut moments = moments.to_vec();
        moments.sort_unstable();
        moments.dedup();
        let seen = moments.iter().flat_map(|at| self.seen(*at)).collect();
        self.proving.situation(name, inputs, seen, told)
    }
}

impl Proving<'_> {
    /// A situation whose series have a sample at every evaluation.
    pub fn situation(&self, name: String, inputs: Inputs, seen: Vec<Seen>, told: Vec<Told>) -> Situation {
        let interval = Duration::from_millis(self.every).unwrap_or_else(Duration::zero);
        let inputs = inputs.finish();
        Situation { name, every: interval.clone(), interval, inputs, seen, told, native: false }
    }
}

/// What an alert makes of the verdict.
pub fn weight(state: State, level: Level, waits: bool) -> f64 {
    match (state, level) {
        (State::Firing, Level::Rollback) => 2.0,
        (State::Firing, _) => 1.0,
        (State::Pending, Level::Warn) => 0.0,
        (State::Pending, _) => f64::from(u8::from(!waits)),
    }
}

/// All alerts of a metric.
pub fn alerts_of(release: &str, metric: &str) -> String {
    format!("ALERTS{{release={},metric={}}}", promql::quote(release), promql::quote(metric))
}

/// An alert as the series `ALERTS` shows it.
pub fn seen_alert(alert: &Alert, state: State, mut labels: Labels) -> Labels {
    labels.insert("__name__".to_owned(), "ALERTS".to_owned());
    labels.insert("alertname".to_owned(), alert.name.clone());
    labels.insert("alertstate".to_owned(), state.name().to_owned());
    labels
}

/// The labels that a rule gives its alert, as Prometheus fills them in.
pub fn labels_of(alert: &Alert) -> Labels {
    let fill = |(label, value): &(String, String)| {
        let value = text::filled(value, f64::NAN, None).unwrap_or_else(|| value.clone());
        (label.clone(), value)
    };
    alert.labels.iter().map(fill).collect()
}

/// The annotations of an alert for a value of the series with these labels.
///
/// # Errors
/// When one has a form that can't be filled in.
pub fn annotations(alert: &Alert, value: f64, labels: &Labels) -> Result<Vec<(String, String)>, Broken> {
    let fill = |(name, template): &(&'static str, String)| {
        let filled = text::filled(template, value, Some(labels));
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
