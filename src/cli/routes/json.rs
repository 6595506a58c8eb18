//! The answer for programs. Its fields are described in the help of the command.

use super::answer::{Answer, LabelSet, Reply};
use crate::cli::Console;
use crate::plan::routing::reach::Configuration;
use crate::spec::alertmanager::Landing;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The version of the format.
const VERSION: u32 = 1;

/// Prints all answers as one object.
///
/// # Errors
/// When the output can't be written.
pub fn print(
    reply: &Reply<'_>,
    configuration: &Configuration,
    config: Option<&str>,
    at: Option<Timestamp>,
    console: &mut Console,
) -> io::Result<()> {
    let answers: Vec<Value> = reply.answers.iter().map(|one| answer(one, configuration, at)).collect();
    let object = json!({
        "version": VERSION,
        "config": config,
        "at": at.map(|at| at.to_string()),
        "notes": reply.notes,
        "answers": answers,
    });
    writeln!(console.out, "{object:#}")
}

fn answer(answer: &Answer<'_>, configuration: &Configuration, at: Option<Timestamp>) -> Value {
    let labels = answer.sets.first().map_or(&[][..], |set| &set.labels);
    let reaches = answer.landings.iter().map(|landing| reach(landing, labels, configuration, at));
    json!({
        "label_sets": answer.sets.iter().map(label_set).collect::<Vec<_>>(),
        "reaches": reaches.collect::<Vec<_>>(),
        "silenced_by": answer.silenced_by,
    })
}

fn label_set(set: &LabelSet<'_>) -> Value {
    json!({
        "alert": set.alert.map(|alert| alert.title()),
        "labels": object(&set.labels),
        "filled_in": set.filled_in,
    })
}

fn reach(
    landing: &Landing<'_>,
    labels: &[(String, String)],
    configuration: &Configuration,
    at: Option<Timestamp>,
) -> Value {
    let [wait, interval, repeat] = landing.waits().map(|time| time.to_prometheus());
    json!({
        "receiver": landing.receiver,
        "path": landing.path(),
        "group": object(&landing.group(labels)),
        "group_wait": wait,
        "group_interval": interval,
        "repeat_interval": repeat,
        "mute_time_intervals": landing.route.mute,
        "active_time_intervals": landing.route.active,
        "muted": at.map(|at| configuration.mutes(landing.route, at)),
    })
}

fn object(labels: &[(String, String)]) -> Value {
    labels.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
}
