//! The webhook: what Alertmanager told, when, and through which receiver.

use crate::http::Server;
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// One alert of one notification.
#[derive(Debug, Clone)]
pub struct Told {
    /// When it arrived.
    pub at: Instant,
    /// The receiver's name.
    pub receiver: String,
    /// Whether the alert fires, or has ended.
    pub firing: bool,
    /// The labels by which the notification is grouped.
    pub group: Value,
    /// The alert's labels.
    pub labels: Value,
}

/// Everything that was told.
pub struct Listener {
    /// The server that Alertmanager tells.
    pub server: Server,
    told: Arc<Mutex<Vec<Told>>>,
}

impl Listener {
    /// Starts to listen.
    pub fn start() -> Self {
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        let server = Server::start(move |_, body| {
            let notification: Value = serde_json::from_str(body).unwrap_or_default();
            let alerts = notification["alerts"].as_array().cloned().unwrap_or_default();
            let alerts = alerts.into_iter().map(|alert| Told {
                at: Instant::now(),
                receiver: notification["receiver"].as_str().unwrap_or("").to_owned(),
                firing: alert["status"] == "firing",
                group: notification["groupLabels"].clone(),
                labels: alert["labels"].clone(),
            });
            heard.lock().expect("no panic while it is held").extend(alerts);
            String::new()
        });
        Self { server, told }
    }

    /// What was told since then.
    pub fn since(&self, then: Instant) -> Vec<Told> {
        let told = self.told.lock().expect("no panic while it is held");
        told.iter().filter(|told| told.at >= then).cloned().collect()
    }
}
