//! What looks like a secret: names of headers and parameters, and web addresses that let whoever knows them in.

/// Hosts whose addresses are secrets: whoever knows one can post there.
const HOOKS: [&str; 12] = [
    "hooks.slack.com",
    "discord.com/api/webhooks",
    "discordapp.com/api/webhooks",
    "oapi.dingtalk.com",
    "open.feishu.cn",
    "open.larksuite.com",
    "qyapi.weixin.qq.com/cgi-bin/webhook",
    ".webhook.office.com",
    "outlook.office.com/webhook",
    ".logic.azure.com",
    "api.telegram.org/bot",
    "chat.googleapis.com",
];
/// Parts of names whose values are secrets.
const NAMES: [&str; 9] =
    ["token", "secret", "password", "passwd", "apikey", "api-key", "api_key", "authorization", "signature"];
/// Parameters whose values are secrets, though their names are too short to look for inside others.
const SHORT: [&str; 5] = ["key", "sig", "sign", "auth", "code"];
/// A part of a path from this length on, of letters and digits mixed, is one that nobody can guess.
const UNGUESSABLE: usize = 20;

/// Whether a header or parameter of this name holds a secret.
#[must_use]
pub fn is_sensitive(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NAMES.iter().any(|part| name.contains(part)) || SHORT.contains(&name.as_str())
}

/// Why a web address is a secret; `None` where it is one that anybody may see.
#[must_use]
pub fn in_address(address: &str) -> Option<&'static str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    if host.contains('@') {
        return Some("it has a user and a password");
    }
    let whole = format!("{}/{path}", host.to_ascii_lowercase());
    if HOOKS.iter().any(|hook| is_hook(&whole, hook)) {
        return Some("whoever knows it can post there");
    }
    let parameters = query.split('#').next().unwrap_or("").split('&');
    if parameters
        .filter_map(|one| one.split_once('='))
        .any(|(name, value)| is_sensitive(name) || is_token(value))
    {
        return Some("it has a token among its parameters");
    }
    path.split('/').any(is_token).then_some("a part of its path looks like a token")
}

fn is_hook(address: &str, hook: &str) -> bool {
    match hook.strip_prefix('.') {
        Some(domain) => address.split('/').next().is_some_and(|host| host.ends_with(&format!(".{domain}"))),
        None => address.starts_with(hook),
    }
}

/// Whether a text in place of a file's name is the secret itself: a web address, or one long word of letters and digits
/// without a folder or an ending.
#[must_use]
pub fn in_place_of_file(text: &str) -> bool {
    if text.starts_with("http://") || text.starts_with("https://") {
        return true;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let long = text.len() >= UNGUESSABLE && digits >= 3;
    let hexadecimal = text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    long && (hexadecimal || text.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A long mix of letters and digits: no word that a person would choose.
fn is_token(text: &str) -> bool {
    let plain =
        text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'=' | b'.' | b'%'));
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let changes =
        text.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit());
    text.len() >= UNGUESSABLE && plain && digits >= 3 && changes.count() >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_secret_addresses_from_others() {
        for secret in [
            "https://hooks.slack.com/services/T0/B0/x",
            "https://bot:hunter2@adapter.example.com/",
            "https://oapi.dingtalk.com/robot/send?access_token=x",
            "https://acme.webhook.office.com/x",
            "https://alerts.example.com/in?key=abc",
            "https://alerts.example.com/hook/9f8a7c6b5d4e3f2a1b0c9d8e",
            "https://alerts.example.com/?to=9f8a7c6b5d4e3f2a1b0c9d8e",
        ] {
            assert!(in_address(secret).is_some(), "{secret}");
        }
        for open in [
            "http://dingtalk-adapter:8060/dingtalk/releases/send",
            "https://adapter.example.com/alertmanager/thumbnailer-v3-0-release-notices",
            "http://10.0.0.7:9000/hook?channel=media",
            "http://localhost:5001/",
            "https://office.com.example.com/webhook",
        ] {
            assert_eq!(in_address(open), None, "{open}");
        }
    }

    #[test]
    fn tells_secrets_in_place_of_files() {
        for secret in ["https://hooks.slack.com/services/T0/B0/x", "0123456789abcdef0123456789abcdef"] {
            assert!(in_place_of_file(secret), "{secret}");
        }
        for file in
            ["/etc/alertmanager/slack", "slack", "pagerduty-routing-key-2024-01", "secrets/k1", "$HOME/x"]
        {
            assert!(!in_place_of_file(file), "{file}");
        }
    }

    #[test]
    fn tells_sensitive_names() {
        assert!(is_sensitive("X-Api-Key") && is_sensitive("Authorization") && is_sensitive("key"));
        assert!(!is_sensitive("Subject") && !is_sensitive("monkey") && !is_sensitive("To"));
    }
}
