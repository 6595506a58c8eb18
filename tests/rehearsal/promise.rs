//! What the plan promises of each alert, and what was measured.

use relspec::Outcome;
use relspec::ladder::Level;
use relspec::quantity::Duration as Span;
use relspec::spec::Config;
use relspec::spec::timing::{Timing, needs_stage};
use serde_json::Value;
use std::time::Duration;

/// One alert of the rules.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Its name.
    pub name: String,
    /// The labels of its rule.
    pub labels: Value,
    /// No message comes sooner after the fault.
    pub wait: Duration,
    /// The message comes at the latest so long after the fault.
    pub tell: Duration,
}

impl Promise {
    /// Whether the rule has a label of that value.
    pub fn has(&self, label: &str, value: &str) -> bool {
        self.labels[label].as_str() == Some(value)
    }
}

/// How long one alert took.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The release.
    pub release: String,
    /// The alert and what tells it from others of its name.
    pub alert: String,
    /// Promised from the fault to the message.
    pub promised: Duration,
    /// Measured from the fault to the last receiver's message.
    pub took: Duration,
    /// Whether the servers scraped and evaluated in time meanwhile.
    pub kept_up: bool,
}

/// The promises of every alert of every release.
pub fn promises(outcome: &Outcome) -> Vec<Promise> {
    let files = outcome.artifacts.iter().filter(|made| made.file.path().ends_with(".rules.yaml"));
    files
        .flat_map(|made| {
            let document: Value = serde_yaml::from_str(made.file.text()).expect("rules");
            let groups = document["groups"].as_array().cloned().unwrap_or_default();
            groups.into_iter().flat_map(|group| group["rules"].as_array().cloned().unwrap_or_default())
        })
        .filter(|rule| rule["alert"].is_string())
        .map(|rule| promise(outcome, &rule))
        .collect()
}

fn promise(outcome: &Outcome, rule: &Value) -> Promise {
    let labels = rule["labels"].clone();
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let (release, metric, level) =
        (text(&labels["release"]), text(&labels["metric"]), text(&labels["level"]));
    let wait = Span::parse(rule["for"].as_str().unwrap_or("0s")).expect("a duration");
    let level = Level::ALL.into_iter().find(|known| known.name() == level).expect("a level");
    let spec = outcome.specs.iter().find(|spec| spec.id() == release).expect("a release");
    let timing = match spec.metric(&metric) {
        Some(metric) => Timing::of(metric, &wait, &outcome.config).after_the_stage(needs_stage(spec, metric)),
        None => of_the_signal(&wait, &outcome.config),
    };
    let tell = timing.told_at(level, outcome.config.pace).to_tell().expect("a time");
    let length = |span: &Span| Duration::from_millis(span.millis());
    Promise { name: text(&rule["alert"]), labels, wait: length(&wait), tell: length(&tell) }
}

/// The loss of the signal is told five minutes after it was seen last: the stage is remembered for what its `for` leaves of
/// them.
fn of_the_signal(wait: &Span, config: &Config) -> Timing {
    let remembered = config.pace.seconds(5 * 60).millis().saturating_sub(wait.millis());
    Timing {
        scrape: config.scrape.clone(),
        window: Span::from_millis(remembered).expect("a duration"),
        wait: wait.clone(),
        evaluation: config.evaluation.clone(),
        hops: 2,
        grouping: Span::zero(),
    }
}

/// Writes promised and measured times where a person can read them, and onto the test's output.
pub fn report(measured: &[Measured]) {
    let mut text = String::from(
        "promised and measured time from the fault to the message, in seconds of the rehearsal\n",
    );
    for one in measured {
        let (promised, took) = (one.promised.as_secs_f64(), one.took.as_secs_f64());
        let note = if one.kept_up { "" } else { " (not judged: the servers did not keep up)" };
        let line = format!("{promised:8.2} {took:8.2}  {}: {}{note}\n", one.release, one.alert);
        text.push_str(&line);
    }
    eprint!("{text}");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("rehearsal.txt");
    std::fs::write(path, text).expect("a report");
}
