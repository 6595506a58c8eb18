//! What promtool says about tests that fail, taken apart.

/// One statement of a test that does not hold, as promtool tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The test's name where promtool says it, which it does for alerts only.
    pub test: Option<String>,
    /// What was asked for.
    pub asked: Asked,
    /// The time, as promtool writes it.
    pub time: String,
    /// What is wrong, over several lines: expected and found, or a fault.
    pub rest: String,
}

/// What a test asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// An alert by its name.
    Alert(String),
    /// An expression.
    Expr(String),
}

/// The statements that do not hold, and the lines that are about none of them.
#[must_use]
pub fn parse(stderr: &str) -> (Vec<Told>, String) {
    let (mut told, mut other): (Vec<Told>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut name = None;
    let mut inside = false;
    for line in stderr.lines().map(str::trim_end) {
        if let Some(rest) = line.strip_prefix("    name: ") {
            name = Some(rest.trim_end_matches(',').to_owned());
            inside = false;
        } else if let Some((asked, time, rest)) = line.strip_prefix("    ").and_then(head) {
            told.push(Told { test: name.take(), asked, time, rest });
            inside = true;
        } else if let (true, Some(last)) = (inside && line.starts_with("        "), told.last_mut()) {
            last.rest.push_str(if last.rest.is_empty() { "" } else { "\n" });
            last.rest.push_str(line.trim_start());
        } else if !line.trim().is_empty() && line.trim() != "FAILED:" {
            other.push(line);
            inside = false;
        }
    }
    (told, other.join("\n"))
}

/// The first line of a statement: `alertname: A, time: 5m, …` or `expr: "up", time: 5m, …`.
fn head(line: &str) -> Option<(Asked, String, String)> {
    let (asked, rest) = if let Some(rest) = line.strip_prefix("alertname: ") {
        let (alert, rest) = rest.split_once(", time: ")?;
        (Asked::Alert(alert.to_owned()), rest)
    } else {
        // The expression may hold the words that follow it, but not outside its quotes.
        let (quoted, rest) = line.strip_prefix("expr: ")?.rsplit_once("\", time: ")?;
        (Asked::Expr(unquoted(&format!("{quoted}\""))), rest)
    };
    let (time, rest) = rest.split_once(',').unwrap_or((rest, ""));
    Some((asked, time.to_owned(), rest.trim().to_owned()))
}

/// A text that Go has quoted; as it is where JSON has no word for some escape of it.
#[must_use]
pub fn unquoted(text: &str) -> String {
    serde_json::from_str(text).unwrap_or_else(|_| text.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "  FAILED:\n    name: up: zero for 5m,\n    alertname: A, time: 5m, \n        exp:[], \n        got:[\n\
            \x20           0:\n              Labels:{alertname=\"A\"}\n            ]\n\
            \x20   expr: \"up{a=\\\"b\\\"} # \\\", time: 1m\\n# 3\", time: 4m,\n        exp: nil\n        got: {} 0E+00\n\
            \x20   expr: \"up{\", time: 4m, err: 1:4: parse error: unexpected end\n\
            group not found: g\n        a line about it\n";

    #[test]
    fn statements_and_everything_else_are_told_apart() {
        let (told, other) = parse(SAID);
        let short: Vec<_> =
            told.iter().map(|t| (t.test.as_deref(), t.time.as_str(), t.rest.as_str())).collect();
        assert_eq!(
            short,
            [
                (Some("up: zero for 5m"), "5m", "exp:[],\ngot:[\n0:\nLabels:{alertname=\"A\"}\n]"),
                (None, "4m", "exp: nil\ngot: {} 0E+00"),
                (None, "4m", "err: 1:4: parse error: unexpected end"),
            ]
        );
        assert_eq!(told[0].asked, Asked::Alert("A".to_owned()));
        assert_eq!(told[1].asked, Asked::Expr("up{a=\"b\"} # \", time: 1m\n# 3".to_owned()));
        assert_eq!(other, "group not found: g\n        a line about it");
    }
}
