//! The keys of an Alertmanager file, up to Alertmanager 0.33.

use crate::spec::receiver::table::{Field, KINDS};

/// Of the file.
pub const FILE: &[&str] = &[
    "global",
    "templates",
    "route",
    "inhibit_rules",
    "receivers",
    "mute_time_intervals",
    "time_intervals",
    "tracing",
    "event_recorder",
];
/// Of `global`.
#[rustfmt::skip]
pub const GLOBAL: &[&str] = &[
    "resolve_timeout", "http_config", "smtp_from", "smtp_hello",
    "smtp_smarthost", "smtp_auth_username", "smtp_auth_password", "smtp_auth_password_file",
    "smtp_auth_secret", "smtp_auth_secret_file", "smtp_auth_identity", "smtp_require_tls",
    "smtp_tls_config", "smtp_force_implicit_tls", "slack_api_url", "slack_api_url_file",
    "slack_app_token", "slack_app_token_file", "slack_app_url", "pagerduty_url",
    "opsgenie_api_url", "opsgenie_api_key", "opsgenie_api_key_file", "wechat_api_url",
    "wechat_api_secret", "wechat_api_secret_file", "wechat_api_corp_id", "victorops_api_url",
    "victorops_api_key", "victorops_api_key_file", "telegram_api_url", "telegram_bot_token",
    "telegram_bot_token_file", "webex_api_url", "jira_api_url", "rocketchat_api_url",
    "rocketchat_token", "rocketchat_token_file", "rocketchat_token_id", "rocketchat_token_id_file",
    "mattermost_webhook_url", "mattermost_webhook_url_file",
];
/// What must stand in an item of a receiver's list: one of the keys in the middle, unless `global` has one of the last.
pub const NEEDED: &[(&str, &[&str], &[&str])] = &[
    ("webhook_configs", &["url", "url_file"], &[]),
    ("email_configs", &["to"], &[]),
    ("email_configs", &["from"], &["smtp_from"]),
    ("email_configs", &["smarthost"], &["smtp_smarthost"]),
    ("slack_configs", &["api_url", "api_url_file", "app_token", "app_token_file"], SLACK),
    ("opsgenie_configs", &["api_key", "api_key_file"], &["opsgenie_api_key", "opsgenie_api_key_file"]),
    ("pagerduty_configs", &["routing_key", "routing_key_file", "service_key", "service_key_file"], &[]),
    ("victorops_configs", &["routing_key"], &[]),
    ("victorops_configs", &["api_key", "api_key_file"], &["victorops_api_key", "victorops_api_key_file"]),
    ("pushover_configs", &["user_key", "user_key_file"], &[]),
    ("pushover_configs", &["token", "token_file"], &[]),
    ("sns_configs", &["topic_arn", "target_arn", "phone_number"], &[]),
    ("telegram_configs", &["chat_id", "chat_id_file"], &[]),
    ("discord_configs", &["webhook_url", "webhook_url_file"], &[]),
    ("msteams_configs", &["webhook_url", "webhook_url_file"], &[]),
    ("msteamsv2_configs", &["webhook_url", "webhook_url_file"], &[]),
    ("webex_configs", &["room_id"], &[]),
    ("incidentio_configs", &["url", "url_file"], &[]),
    ("jira_configs", &["project"], &[]),
    ("jira_configs", &["issue_type"], &[]),
];
const SLACK: &[&str] = &["slack_api_url", "slack_api_url_file", "slack_app_token", "slack_app_token_file"];
/// Of a route.
pub const ROUTE: &[&str] = &[
    "receiver",
    "group_by",
    "match",
    "match_re",
    "matchers",
    "mute_time_intervals",
    "active_time_intervals",
    "continue",
    "routes",
    "group_wait",
    "group_interval",
    "repeat_interval",
];
/// Of a rule of inhibition.
pub const INHIBITION: &[&str] = &[
    "name",
    "source_match",
    "source_match_re",
    "source_matchers",
    "target_match",
    "target_match_re",
    "target_matchers",
    "equal",
];
/// Of a time interval.
pub const INTERVAL: &[&str] = &["name", "time_intervals"];
/// Of a part of a time interval.
pub const PART: &[&str] = &["times", "weekdays", "days_of_month", "months", "years", "location"];
/// Those of a part that take lists.
pub const LISTS: &[&str] = &["times", "weekdays", "days_of_month", "months", "years"];
/// Of a time of the day.
pub const TIMES: &[&str] = &["start_time", "end_time"];

/// Of a receiver.
pub fn receiver() -> Vec<String> {
    let kinds = KINDS.iter().map(|kind| format!("{}_configs", kind.name));
    ["name", "labels"].into_iter().map(str::to_owned).chain(kinds).collect()
}

/// Of an item of a receiver's list, such as `slack_configs`.
pub fn fields(key: &str) -> Option<Vec<&'static str>> {
    let name = key.strip_suffix("_configs")?;
    let kind = KINDS.iter().find(|kind| kind.name == name)?;
    Some(kind.part.fields.iter().map(|field: &Field| field.name).collect())
}
