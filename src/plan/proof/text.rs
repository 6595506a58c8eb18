//! Annotations as Prometheus fills them in: the few template forms that this program writes, for a known value
//! and known labels.
//!
//! Source of the number formats: Prometheus `template/template.go`, and Go's `%.4g`.

use super::Labels;

/// An annotation with the value and the labels filled in; `None` for a form that this program does not write. A label that is
/// not there is empty; `None` too where the labels are not known and one is named.
#[must_use]
pub fn filled(template: &str, value: f64, labels: Option<&Labels>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (form, behind) = after.split_once("}}")?;
        out.push_str(before);
        out.push_str(&action(form.trim(), value, labels)?);
        rest = behind;
    }
    out.push_str(rest);
    Some(out)
}

fn action(form: &str, value: f64, labels: Option<&Labels>) -> Option<String> {
    if let Some(label) = form.strip_prefix("$labels.") {
        return labels.map(|labels| labels.get(label).cloned().unwrap_or_default());
    }
    match form {
        "\"{\"" => Some("{".to_owned()),
        "printf \"%.4g\" $value" => Some(four_digits(value)),
        "$value | humanizePercentage" => Some(format!("{}%", four_digits(value * 100.0))),
        "$value | humanizePercentage | reReplaceAll \"%\" \" pp\"" => {
            Some(format!("{} pp", four_digits(value * 100.0)))
        }
        "$value | humanizeDuration" => Some(duration(value)),
        "$value | humanize1024" => Some(binary(value)),
        "$value | humanize" => Some(decimal(value)),
        _ => None,
    }
}

/// Go's `%.4g`: four significant digits without trailing zeros, with an exponent below 1e-4 and from 1e4.
fn four_digits(value: f64) -> String {
    let text = format!("{value:.3e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..4).contains(&exponent) {
        let places = usize::try_from(3 - exponent).unwrap_or(0);
        return trimmed(&format!("{value:.places$}")).to_owned();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", trimmed(mantissa), exponent.abs())
}

fn trimmed(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

#[allow(clippy::cast_possible_truncation, reason = "whole seconds, as Prometheus cuts them off")]
fn duration(value: f64) -> String {
    if value == 0.0 {
        return "0s".to_owned();
    }
    let (sign, size) = if value < 0.0 { ("-", -value) } else { ("", value) };
    if size < 1.0 {
        let (scaled, prefix) = small(value);
        return format!("{}{prefix}s", four_digits(scaled));
    }
    let whole = size as i64;
    let (seconds, minutes) = (whole % 60, whole / 60 % 60);
    let (hours, days) = (whole / 3600 % 24, whole / 86400);
    if days != 0 {
        format!("{sign}{days}d {hours}h {minutes}m {seconds}s")
    } else if hours != 0 {
        format!("{sign}{hours}h {minutes}m {seconds}s")
    } else if minutes != 0 {
        format!("{sign}{minutes}m {seconds}s")
    } else {
        format!("{sign}{}s", four_digits(size))
    }
}

/// A value below 1, scaled up, and the prefix that says by how much.
fn small(mut value: f64) -> (f64, &'static str) {
    let mut prefix = "";
    for next in ["m", "u", "n", "p", "f", "a", "z", "y"] {
        if value.abs() >= 1.0 {
            break;
        }
        prefix = next;
        value *= 1000.0;
    }
    (value, prefix)
}

fn decimal(mut value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return four_digits(value);
    }
    if value.abs() < 1.0 {
        let (scaled, prefix) = small(value);
        return format!("{}{prefix}", four_digits(scaled));
    }
    let mut prefix = "";
    for next in ["k", "M", "G", "T", "P", "E", "Z", "Y"] {
        if value.abs() < 1000.0 {
            break;
        }
        prefix = next;
        value /= 1000.0;
    }
    format!("{}{prefix}", four_digits(value))
}

fn binary(mut value: f64) -> String {
    let mut prefix = "";
    for next in ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"] {
        if value.abs() < 1024.0 {
            break;
        }
        prefix = next;
        value /= 1024.0;
    }
    format!("{}{prefix}", four_digits(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, value: f64) -> Option<String> {
        let labels = [("region".to_owned(), "eu {{ x }}".to_owned())].into();
        super::filled(template, value, Some(&labels))
    }

    #[test]
    fn numbers_are_written_as_go_writes_them() {
        for (value, text) in [
            (0.0, "0"),
            (5.0, "5"),
            (0.5005, "0.5005"),
            (12345.0, "1.234e+04"),
            (100_000.0, "1e+05"),
            (9999.96, "1e+04"),
            (0.000_05, "5e-05"),
            (-1.25, "-1.25"),
            (1000.0, "1000"),
        ] {
            assert_eq!(four_digits(value), text, "{value}");
        }
    }

    #[test]
    fn durations_are_written_as_prometheus_writes_them() {
        for (value, text) in [
            (0.0, "0s"),
            (0.250_25, "250.2ms"),
            (12.5, "12.5s"),
            (60.06, "1m 0s"),
            (3_725.0, "1h 2m 5s"),
            (90_061.0, "1d 1h 1m 1s"),
            (-0.01, "-10ms"),
        ] {
            assert_eq!(duration(value), text, "{value}");
        }
    }

    #[test]
    fn an_annotation_is_filled_in() {
        let text =
            filled("{{ \"{\" }}a}: {{ $value | humanizePercentage }}, {{ $value | humanize1024 }}B", 0.5);
        assert_eq!(text.as_deref(), Some("{a}: 50%, 0.5B"));
        assert_eq!(filled("{{ $externalURL }}", 1.0), None);
    }

    #[test]
    fn labels_are_filled_in() {
        let text =
            filled("region {{ $labels.region }}, zone {{ $labels.zone }}: {{ $value | humanize }}B", 1.5e9);
        assert_eq!(text.as_deref(), Some("region eu {{ x }}, zone : 1.5GB"));
    }

    #[test]
    fn numbers_are_scaled_as_prometheus_scales_them() {
        for (value, text) in
            [(0.0, "0"), (999.0, "999"), (1000.0, "1k"), (1_234_567.0, "1.235M"), (0.25, "250m")]
        {
            assert_eq!(decimal(value), text, "{value}");
        }
        let points = "{{ $value | humanizePercentage | reReplaceAll \"%\" \" pp\" }}";
        assert_eq!(filled(points, -0.004).as_deref(), Some("-0.4 pp"));
    }
}
