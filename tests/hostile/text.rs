//! Texts that try to become something else than text, and the spec that holds them.

use proptest::prelude::*;

const RELEASE: &str = include_str!("release.yaml");

/// Pieces of markup of every kind of file, put together at random.
pub const PIECES: [&str; 92] = [
    "a",
    "word",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "|",
    "||",
    "`",
    "``",
    "```",
    "```sh\n",
    "~~~",
    "*",
    "**",
    "_",
    "__",
    "\\",
    "\\|",
    "[x](y)",
    "[^x]",
    "^",
    "![x](y)",
    "[",
    "]",
    "\"]",
    "\"",
    "'",
    "(",
    ")",
    "<b>",
    "</script>",
    "<script>",
    "</details>",
    "<details>",
    "</text>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#34;",
    "&",
    ";",
    "{{ x }}",
    "{{",
    "}}",
    "{% if x %}",
    "%}",
    "{# x #}",
    "${var}",
    "$var",
    "[[var]]",
    "$$",
    "{{ $labels.job }}",
    "# ",
    "## ",
    "- ",
    "- [ ] ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "---",
    "\n---\n",
    "===",
    ":::",
    "%%{init}%%",
    "-->|x|",
    "subgraph",
    "end\n",
    "click a",
    ": ",
    " #",
    "!!str",
    "&a",
    "*a",
    "? ",
    "@all",
    "<!channel>",
    ":smile:",
    ":up:",
    "https://example.com/a_b?c=1|2",
    "javascript:alert(1)",
    "\u{202e}",
    "\u{a0}",
    "\u{3000}",
    "\u{200f}",
    "🐢",
    "👩‍🚀",
    "订单。",
];

/// Text without the characters that YAML forbids.
pub fn hostile() -> impl Strategy<Value = String> {
    let long = proptest::sample::select(vec!["supercalifragilistic".repeat(20), "非常长".repeat(80)]);
    let piece = prop_oneof![
        16 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        3 => any::<char>().prop_filter("YAML forbids it", |c| allowed(*c)).prop_map(String::from),
        1 => long,
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn allowed(c: char) -> bool {
    c != '\0' && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// How many texts the release has.
pub fn places() -> usize {
    RELEASE.matches("\"§").count()
}

/// The release with a text in each place, and its words in a language. What is written is told by its place.
pub fn release(language: &str, texts: impl Fn(usize, &str) -> String) -> String {
    let mut parts = RELEASE.split("\"§");
    let mut release = parts.next().unwrap_or_default().to_owned();
    for (place, part) in parts.enumerate() {
        let (own, after) = part.split_once('"').expect("a closing quote");
        // YAML ends a key without a mark of its own after 1024 characters.
        let text = texts(place, own);
        let is_long_key = after.starts_with(':') && text.chars().count() > 90;
        let cut = || mark(place) + &text.chars().take(80).collect::<String>();
        release.push_str(&quoted(&if is_long_key { cut() } else { text.clone() }));
        release.push_str(after);
    }
    release.replace("LANGUAGE", language)
}

/// The word by which a place is known in whatever is made of it.
pub fn mark(place: usize) -> String {
    format!("qz{place}qz")
}

/// A double-quoted scalar.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            ' '..='~' => quoted.push(c),
            _ => quoted.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    quoted + "\""
}
