//! The parts that many kinds of receivers share: how a web server is reached.

use super::table::Takes::{Address, Any, File, Flag, Labels, List, Secret, Section, Text};
use super::table::{Field, Part, f, newer};

const fn part(name: &'static str, fields: &'static [Field]) -> Part {
    Part { name, fields, one_of: &[], at_most_one_of: &[] }
}

/// TLS, without keys written out.
#[rustfmt::skip]
pub static TLS: Part = part("tls_config", &[
    f("ca_file", File), f("cert_file", File), f("key_file", File), f("server_name", Text),
    f("insecure_skip_verify", Flag), f("min_version", Text), f("max_version", Text), newer(28, "ca", Text),
    newer(28, "cert", Text), newer(28, "key", Secret("key_file")),
]);

#[rustfmt::skip]
static BASIC: Part = part("basic_auth", &[
    f("username", Text), newer(28, "username_file", File), f("password", Secret("password_file")),
    f("password_file", File),
]);

#[rustfmt::skip]
static AUTHORIZATION: Part = part("authorization", &[
    f("type", Text), f("credentials", Secret("credentials_file")), f("credentials_file", File),
]);

#[rustfmt::skip]
static OAUTH2: Part = Part { one_of: &[&["client_id"], &["token_url"]], ..part("oauth2", &[
    f("client_id", Text), f("client_secret", Secret("client_secret_file")), f("client_secret_file", File),
    f("scopes", List), f("token_url", Address), f("endpoint_params", Labels), f("tls_config", Section(&TLS)),
    f("proxy_url", Address), newer(28, "no_proxy", Text), newer(28, "proxy_from_environment", Flag),
]) };

/// The client's side of HTTP.
#[rustfmt::skip]
pub static HTTP: Part = Part {
    name: "http_config",
    fields: &[
        f("basic_auth", Section(&BASIC)), f("authorization", Section(&AUTHORIZATION)), f("oauth2", Section(&OAUTH2)),
        f("bearer_token", Secret("bearer_token_file")), f("bearer_token_file", File), f("enable_http2", Flag),
        f("follow_redirects", Flag), f("proxy_url", Address), newer(28, "no_proxy", Text),
        newer(28, "proxy_from_environment", Flag), newer(28, "http_headers", Any),
        f("tls_config", Section(&TLS)),
    ],
    one_of: &[],
    at_most_one_of: &[&["basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file"]],
};

/// Amazon's signature; without keys written out it takes those of the machine.
#[rustfmt::skip]
pub static SIGV4: Part = part("sigv4", &[
    f("region", Text), f("access_key", Secret("profile")), f("secret_key", Secret("profile")), f("profile", Text),
    f("role_arn", Text), newer(28, "use_fips_sts_endpoint", Flag), newer(33, "external_id", Text),
]);
