//! What Alertmanager reads, from 0.25 on.

use crate::plan::routing::{Receiver, Routing};
use crate::spec::alertmanager::{Inhibition, Matcher, Route};
use serde_json::{Map, Value, json};

/// The three parts of a configuration that are ours.
#[derive(serde::Serialize)]
pub struct Document {
    /// The root route, or `null` where there is another one.
    pub route: Value,
    /// The receivers.
    pub receivers: Vec<Value>,
    /// The rules of inhibition.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inhibit_rules: Vec<Value>,
}

impl Document {
    /// A configuration that stands alone.
    #[must_use]
    pub fn alone(routing: &Routing<'_>) -> Self {
        Self {
            route: route(&routing.alone()),
            receivers: routing.receivers_alone().iter().map(receiver).collect(),
            inhibit_rules: routing.inhibitions.iter().map(inhibition).collect(),
        }
    }

    /// What is added to another configuration.
    #[must_use]
    pub fn added(routing: &Routing<'_>) -> Self {
        Self {
            route: Value::Null,
            receivers: routing.receivers.iter().map(receiver).collect(),
            inhibit_rules: routing.inhibitions.iter().map(inhibition).collect(),
        }
        .with_routes(routing)
    }

    fn with_routes(self, routing: &Routing<'_>) -> Self {
        Self { route: routing.routes.iter().map(route).collect(), ..self }
    }
}

fn route(route: &Route) -> Value {
    let mut map = Map::new();
    let mut add = |key: &str, value: Value| drop(map.insert(key.to_owned(), value));
    if !route.matchers.is_empty() {
        add("matchers", texts(&route.matchers));
    }
    if let Some(receiver) = &route.receiver {
        add("receiver", json!(receiver));
    }
    if route.goes_on {
        add("continue", json!(true));
    }
    if let Some(labels) = &route.group_by {
        add("group_by", json!(labels));
    }
    let waits = &route.waits;
    let times = [
        ("group_wait", &waits.wait),
        ("group_interval", &waits.interval),
        ("repeat_interval", &waits.repeat),
    ];
    for (key, time) in times {
        if let Some(time) = time {
            add(key, json!(time.to_prometheus()));
        }
    }
    if !route.routes.is_empty() {
        add("routes", route.routes.iter().map(self::route).collect());
    }
    Value::Object(map)
}

fn receiver(receiver: &Receiver<'_>) -> Value {
    let mut map = Map::new();
    map.insert("name".to_owned(), json!(receiver.name));
    if let Some(channel) = receiver.channel {
        map.insert(channel.key(), json!([channel.fields]));
    }
    Value::Object(map)
}

fn inhibition(rule: &Inhibition) -> Value {
    json!({
        "source_matchers": texts(&rule.source),
        "target_matchers": texts(&rule.target),
        "equal": rule.equal,
    })
}

fn texts(matchers: &[Matcher]) -> Value {
    matchers.iter().map(|matcher| Value::from(matcher.text())).collect()
}
