//! Texts that somebody might write, and their YAML.

use crate::tape::Tape;

const TITLES: &[&str] = &[
    "Failed requests",
    "P95 latency \"as seen\" by 'users'",
    "{{ $value }} and {{ .Labels.x }}",
    "{{",
    "}} {{ range }} {{ end",
    "costs $5, $x and ${y} `code` \\ \\n",
    "two\nlines\n",
    "\n\nlines before, and  two  blanks  ",
    "错误率：每分钟的失败请求（高）",
    "🚀 launched 👩‍👩‍👧 \u{1F1E9}\u{1F1EA}",
    "right \u{202e}to left\u{202c} and zero\u{200b}width\u{feff}",
    "tab\there, # no comment, key: value",
    "- a list? [x], {y: z}, *a, &b, !c, |, >, %d, @e",
    "yes",
    "null",
    "1e3",
    "~",
    "<b>&amp;</b> %s %d %!v",
    " ",
    "{{ template \"x\" }}{{ define \"y\" }}",
];

const LABEL_VALUES: &[&str] = &[
    "eu",
    "us-east-1",
    "a\"b",
    "back\\slash",
    "{{ $x }}",
    "{{",
    "$labels",
    "华东",
    "two\nlines",
    "a.b|c*(d)[e]+?",
    "🌍",
    "it's",
    "yes",
    "0",
    "with, comma: and #hash",
];

const MATCHERS: &[&str] = &[
    "thumbnailer-canary",
    "=~thumbnailer-.*|x",
    "!=old",
    "!~a|b.+",
    "==x",
    "a\"b{{ }}\n华",
    "=~(?i)eu-[0-9]+\\.x",
];

pub fn title(tape: &mut Tape<'_>) -> String {
    match tape.below(TITLES.len() + 2) {
        n if n < TITLES.len() => TITLES[n].to_owned(),
        n if n == TITLES.len() => "very long and then some ".repeat(tape.below(90)) + "end",
        _ => "长".repeat(tape.below(900)) + "{",
    }
}

pub fn label_value(tape: &mut Tape<'_>) -> String {
    match tape.below(LABEL_VALUES.len() + 1) {
        n if n < LABEL_VALUES.len() => LABEL_VALUES[n].to_owned(),
        _ => "long".repeat(1 + tape.below(60)),
    }
}

pub fn matcher(tape: &mut Tape<'_>) -> String {
    MATCHERS[tape.below(MATCHERS.len())].to_owned()
}

/// As YAML in double quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            ' '..='~' | '\u{a1}'..='\u{1fff}' | '\u{3000}'..='\u{d7ff}' | '\u{1f300}'..='\u{1faff}' => {
                out.push(c)
            }
            c => out.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// As YAML, plain where it is a simple word or quantity.
pub fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '/' | '+' | '-' | '_');
    let sound = text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'));
    if sound && text.chars().all(plain) { text.to_owned() } else { quoted(text) }
}
