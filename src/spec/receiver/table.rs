//! Every kind of receiver that Alertmanager has: since when, its fields, and which of them hold secrets.
//!
//! Checked field by field with amtool 0.25, 0.28 and 0.33; the versions between are those of Alertmanager's changelog,
//! or the next one that was tried where the changelog does not say.

use super::sections::{HTTP, SIGV4, TLS};
use Takes::{Address, Any, File, Flag, Labels, List, Number, Secret, Section, Text, Time};

/// What a field takes.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// Text; most of it goes through Alertmanager's templates.
    Text,
    /// A secret, which no artifact may hold; with the field that names a file in its place.
    Secret(&'static str),
    /// The name of a file with a secret.
    File,
    /// A web address that may be one anybody can see.
    Address,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// A duration.
    Time,
    /// Texts by name.
    Labels,
    /// A list of anything.
    List,
    /// Anything.
    Any,
    /// Fields of their own.
    Section(&'static Part),
}

/// Fields that stand together, and which of them must or may stand.
#[derive(Debug)]
pub struct Part {
    /// The name of the mapping.
    pub name: &'static str,
    /// The fields.
    pub fields: &'static [Field],
    /// Of each of these one must be written, and no second one. A secret is listed where a file may take its place.
    pub one_of: &'static [&'static [&'static str]],
    /// Of each of these no second one may be written.
    pub at_most_one_of: &'static [&'static [&'static str]],
}

/// One field of Alertmanager's own.
#[derive(Debug)]
pub struct Field {
    /// The name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// The minor version of Alertmanager 0.x that has it first.
    pub since: u16,
}

/// One kind of receiver.
#[derive(Debug)]
pub struct Kind {
    /// What a channel calls it; Alertmanager's key is this with `_configs`.
    pub name: &'static str,
    /// The minor version of Alertmanager 0.x that has it first.
    pub since: u16,
    /// Its fields.
    pub part: Part,
}

/// A field that every version has from 0.25 on.
pub(super) const fn f(name: &'static str, takes: Takes) -> Field {
    Field { name, takes, since: 25 }
}

/// A field that came later.
pub(super) const fn newer(since: u16, name: &'static str, takes: Takes) -> Field {
    Field { name, takes, since }
}

const RESOLVED: Field = f("send_resolved", Flag);
const HTTP_CONFIG: Field = f("http_config", Section(&HTTP));

type Choices = &'static [&'static [&'static str]];

const fn kind(since: u16, name: &'static str, fields: &'static [Field], one_of: Choices) -> Kind {
    Kind { name, since, part: Part { name, fields, one_of, at_most_one_of: &[] } }
}

const fn excluding(at_most_one_of: Choices, kind: Kind) -> Kind {
    Kind { part: Part { at_most_one_of, ..kind.part }, ..kind }
}

/// Every kind, in the order in which people look for them.
#[rustfmt::skip] // A line for each field would be four pages.
pub static KINDS: &[Kind] = &[
    kind(25, "webhook", &[
        RESOLVED, HTTP_CONFIG, f("url", Address), newer(26, "url_file", File), f("max_alerts", Number),
        newer(28, "timeout", Time), newer(32, "payload", Any),
    ], &[&["url", "url_file"]]),
    kind(25, "email", &[
        RESOLVED, f("to", Text), f("from", Text), f("smarthost", Text), f("hello", Text), f("auth_username", Text),
        f("auth_identity", Text), f("auth_password", Secret("auth_password_file")), f("auth_password_file", File),
        f("auth_secret", Secret("auth_secret_file")), newer(31, "auth_secret_file", File), f("headers", Labels),
        f("html", Text), f("text", Text), f("require_tls", Flag), f("tls_config", Section(&TLS)),
        newer(31, "force_implicit_tls", Flag), newer(30, "threading", Any),
    ], &[&["to"], &["from"], &["smarthost"]]),
    kind(25, "pagerduty", &[
        RESOLVED, HTTP_CONFIG, f("routing_key", Secret("routing_key_file")), f("routing_key_file", File),
        f("service_key", Secret("service_key_file")), f("service_key_file", File), f("url", Address), f("client", Text),
        f("client_url", Text), f("description", Text), f("details", Labels), f("severity", Text), f("class", Text),
        f("component", Text), f("group", Text), f("source", Text), f("images", List), f("links", List),
        newer(30, "timeout", Time),
    ], &[&["routing_key_file", "routing_key", "service_key_file", "service_key"]]),
    // Without `update_message` of 0.32: with it and the address in a file, Alertmanager 0.33 crashes as it reads this.
    kind(25, "slack", &[
        RESOLVED, HTTP_CONFIG, f("api_url", Secret("api_url_file")), f("api_url_file", File), f("channel", Text),
        f("username", Text), f("color", Text), f("title", Text), f("title_link", Text), f("pretext", Text),
        f("text", Text), f("fields", List), f("short_fields", Flag), f("footer", Text), f("fallback", Text),
        f("callback_id", Text), f("icon_emoji", Text), f("icon_url", Text), f("image_url", Text), f("thumb_url", Text),
        f("link_names", Flag), f("mrkdwn_in", List), f("actions", List),
        newer(30, "app_token", Secret("app_token_file")), newer(30, "app_token_file", File),
        newer(30, "app_url", Address), newer(30, "timeout", Time), newer(31, "message_text", Text),
    ], &[&["api_url_file", "api_url", "app_token_file", "app_token"]]),
    kind(25, "opsgenie", &[
        RESOLVED, HTTP_CONFIG, f("api_key", Secret("api_key_file")), f("api_key_file", File), f("api_url", Address),
        f("message", Text), f("description", Text), f("source", Text), f("details", Labels), f("entity", Text),
        f("responders", List), f("actions", Text), f("tags", Text), f("note", Text), f("priority", Text),
        f("update_alerts", Flag),
    ], &[&["api_key_file", "api_key"]]),
    kind(25, "wechat", &[
        RESOLVED, HTTP_CONFIG, f("api_secret", Secret("api_secret_file")), newer(31, "api_secret_file", File),
        f("corp_id", Text), f("agent_id", Text), f("api_url", Address), f("to_user", Text), f("to_party", Text),
        f("to_tag", Text), f("message", Text), f("message_type", Text),
    ], &[&["api_secret_file", "api_secret"], &["corp_id"]]),
    excluding(&[&["html", "monospace"]], kind(25, "pushover", &[
        RESOLVED, HTTP_CONFIG, f("user_key", Secret("user_key_file")), newer(26, "user_key_file", File),
        f("token", Secret("token_file")), newer(26, "token_file", File), f("title", Text), f("message", Text),
        f("url", Text), f("url_title", Text), f("priority", Text), f("sound", Text), f("html", Flag), f("retry", Time),
        f("expire", Time), newer(26, "device", Text), newer(28, "ttl", Time), newer(29, "monospace", Flag),
    ], &[&["user_key_file", "user_key"], &["token_file", "token"]])),
    kind(25, "victorops", &[
        RESOLVED, HTTP_CONFIG, f("api_key", Secret("api_key_file")), f("api_key_file", File), f("routing_key", Text),
        f("api_url", Address), f("message_type", Text), f("state_message", Text), f("entity_display_name", Text),
        f("monitoring_tool", Text), f("custom_fields", Labels),
    ], &[&["api_key_file", "api_key"], &["routing_key"]]),
    kind(25, "sns", &[
        RESOLVED, HTTP_CONFIG, f("topic_arn", Text), f("target_arn", Text), f("phone_number", Text),
        f("sigv4", Section(&SIGV4)), f("api_url", Address), f("subject", Text), f("message", Text),
        f("attributes", Labels), newer(33, "use_aws_http_client", Flag),
    ], &[&["topic_arn", "target_arn", "phone_number"]]),
    kind(25, "telegram", &[
        RESOLVED, HTTP_CONFIG, f("bot_token", Secret("bot_token_file")), newer(26, "bot_token_file", File),
        f("chat_id", Number), newer(31, "chat_id_file", File), newer(28, "message_thread_id", Number),
        f("api_url", Address), f("message", Text), f("parse_mode", Text), f("disable_notifications", Flag),
    ], &[&["bot_token_file", "bot_token"], &["chat_id", "chat_id_file"]]),
    kind(25, "discord", &[
        RESOLVED, HTTP_CONFIG, f("webhook_url", Secret("webhook_url_file")), newer(27, "webhook_url_file", File),
        f("title", Text), f("message", Text), newer(28, "content", Text), newer(28, "username", Text),
        newer(28, "avatar_url", Text),
    ], &[&["webhook_url_file", "webhook_url"]]),
    kind(25, "webex", &[
        RESOLVED, HTTP_CONFIG, f("room_id", Text), f("api_url", Address), f("message", Text),
    ], &[&["room_id"], &["http_config"]]),
    kind(26, "msteams", &[
        RESOLVED, HTTP_CONFIG, newer(26, "webhook_url", Secret("webhook_url_file")),
        newer(27, "webhook_url_file", File), newer(26, "title", Text), newer(27, "summary", Text),
        newer(26, "text", Text),
    ], &[&["webhook_url_file", "webhook_url"]]),
    kind(28, "msteamsv2", &[
        RESOLVED, HTTP_CONFIG, f("webhook_url", Secret("webhook_url_file")), f("webhook_url_file", File),
        f("title", Text), f("text", Text),
    ], &[&["webhook_url_file", "webhook_url"]]),
    kind(28, "jira", &[
        RESOLVED, HTTP_CONFIG, f("api_url", Address), newer(29, "api_type", Text), f("project", Text),
        f("issue_type", Text), f("summary", Text), f("description", Text), f("priority", Text), f("labels", List),
        f("fields", Any), f("reopen_transition", Text), f("resolve_transition", Text), f("wont_fix_resolution", Text),
        f("reopen_duration", Time),
    ], &[&["api_url"], &["project"], &["issue_type"]]),
    kind(28, "rocketchat", &[
        RESOLVED, HTTP_CONFIG, f("token", Secret("token_file")), f("token_file", File),
        f("token_id", Secret("token_id_file")), f("token_id_file", File), f("api_url", Address), f("channel", Text),
        f("color", Text), f("title", Text), f("title_link", Text), f("text", Text), f("fields", List),
        f("short_fields", Flag), f("actions", List), f("emoji", Text), f("icon_url", Text), f("image_url", Text),
        f("thumb_url", Text), f("link_names", Flag),
    ], &[&["token_file", "token"], &["token_id_file", "token_id"]]),
    kind(29, "incidentio", &[
        RESOLVED, HTTP_CONFIG, f("url", Address), f("url_file", File),
        f("alert_source_token", Secret("alert_source_token_file")), f("alert_source_token_file", File),
        f("max_alerts", Number), f("timeout", Time),
    ], &[&["url", "url_file"], &["alert_source_token_file", "alert_source_token"]]),
    kind(30, "mattermost", &[
        RESOLVED, HTTP_CONFIG, f("webhook_url", Secret("webhook_url_file")), f("webhook_url_file", File),
        f("channel", Text), f("username", Text), f("text", Text), f("icon_url", Text), f("icon_emoji", Text),
        f("attachments", List), f("type", Text), f("props", Any), f("priority", Any), newer(32, "fallback", Text),
        newer(32, "color", Text), newer(32, "pretext", Text), newer(32, "author_name", Text),
        newer(32, "author_link", Text), newer(32, "author_icon", Text), newer(32, "title", Text),
        newer(32, "title_link", Text), newer(32, "fields", List), newer(32, "thumb_url", Text),
        newer(32, "footer", Text), newer(32, "footer_icon", Text), newer(32, "image_url", Text),
    ], &[&["webhook_url_file", "webhook_url"]]),
];
