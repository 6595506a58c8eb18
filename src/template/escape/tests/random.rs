//! Whatever an author writes, the page keeps its blocks and the reader gets the text.

use super::super::{cell_of_text, clean, code, code_cell, fence, inline, label, paragraphs, url};
use super::markdown::read;
use proptest::prelude::*;

/// Pieces of markup, put together at random.
const PIECES: [&str; 69] = [
    "a",
    "word",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "```",
    "~",
    "~~",
    "~~~",
    "|",
    "||",
    "\\",
    "[",
    "]",
    "[x](y)",
    "![",
    "(",
    ")",
    "<",
    ">",
    "<b>",
    "</p>",
    "<!--",
    "-->",
    "&",
    "&amp;",
    "&#42;",
    "&copy",
    ";",
    "#",
    "## ",
    "- ",
    "+ ",
    "1. ",
    "2)",
    "---",
    "===",
    ":-:",
    "--|--",
    "[^1]",
    "^",
    "[ ] ",
    "$",
    "$$",
    "$`",
    ":smile:",
    ":up:",
    "https://example.com/a_b?c=1&d=2",
    "www.example.com",
    "a@example.com",
    "!",
    "订单",
    "。",
    "\u{202e}",
    "\u{a0}",
    "\u{3000}",
    "\u{200b}",
    "{{ x }}",
    "\u{2028}",
    "\u{7}",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// Signs that an address cannot hold are written by number there, and a line has no blank of any kind at its ends.
fn normal(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\u{a0}', '\u{3000}']).filter(|word| !word.is_empty()).collect();
    words.join(" ").replace('\\', "%5C").replace('|', "%7C").replace(';', "%3B")
}

/// One page with a text in each place where prose can stand.
fn page(text: &str, quote: &str, cell: &str) -> String {
    format!(
        "# {text}\n\nbefore {text} after\n\n{text}\n\n- {text}\n- [ ] {text}\n  1. {text}\n\n| a | b |\n| --- | --- |\n\
         | {cell} | {text} |\n\n> {quote}\n\nend\n"
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn prose_stays_prose(text in hostile()) {
        let wanted = clean::one_line(&text);
        prop_assume!(!wanted.is_empty());
        let written = inline(&text);
        let (blocks, marks) = read(&page(&written, &inline(&text), &cell_of_text(&text)));
        let (plain, _) = read(&page("x", "x", "x"));
        let kinds = |blocks: &[(String, String)]| blocks.iter().map(|(kind, _)| kind.clone()).collect::<Vec<_>>();
        prop_assert_eq!(kinds(&blocks), kinds(&plain), "{}", written);
        prop_assert!(marks.iter().all(|mark| mark == "Link" || mark == "Code"), "{:?} in {}", marks, written);
        for ((_, got), (_, plain)) in blocks.iter().zip(&plain) {
            let expected = match plain.as_str() {
                "x" => wanted.clone(),
                "before x after" => format!("before {wanted} after"),
                other => other.to_owned(),
            };
            prop_assert_eq!(normal(&got.replace('\n', " ")), normal(&expected), "{}", written);
        }
    }

    #[test]
    fn paragraphs_keep_their_lines(text in hostile(), prefix in proptest::sample::select(vec!["", "> ", "  "])) {
        let begins = match prefix { "> " => "> ", "  " => "- ", _ => "" };
        let (blocks, marks) = read(&format!("{begins}{}\n", paragraphs(&text, prefix)));
        prop_assert!(marks.iter().all(|mark| mark == "Link" || mark == "Code"), "{:?}", marks);
        let got: String = blocks.iter().map(|(_, text)| format!("{text}\n")).collect();
        let lines = clean::prose(&text);
        let lines = lines.lines().map(clean::one_line).filter(|line| !line.is_empty());
        let wanted: String = lines.map(|line| line + "\n").collect();
        prop_assert_eq!(normal(&got), normal(&wanted));
        prop_assert!(blocks.iter().all(|(kind, _)| kind.ends_with("/Paragraph")), "{:?}", blocks);
    }

    #[test]
    fn the_text_of_a_link_has_no_link_in_it(text in hostile(), address in hostile()) {
        let wanted = clean::one_line(&text);
        prop_assume!(!wanted.is_empty() && !wanted.contains('@'));
        let (blocks, marks) = read(&format!("[{}]({})\n", label(&text), url(&address)));
        prop_assert_eq!(marks.iter().filter(|mark| *mark == "Link").count(), 1, "{}", label(&text));
        prop_assert_eq!(&blocks[0].1, &wanted);
        prop_assert_eq!(blocks.len(), 1);
        let (_, marks) = read(&format!("a ![{}]({}) b\n", label(&text), url(&address)));
        prop_assert!(marks.len() == 1 && marks[0].starts_with("Image"), "{:?} of {}", marks, label(&text));
    }

    #[test]
    fn code_is_shown_as_it_is(text in hostile()) {
        let wanted = clean::code(text.trim_end_matches(['\n', '\r'])).replace('\n', " ");
        prop_assume!(!wanted.is_empty());
        let span = code(&text);
        let (blocks, marks) = read(&format!("x {span} y\n\n| a | b |\n| --- | --- |\n| x {} y | z |\n", code_cell(&text)));
        prop_assert_eq!(blocks.len(), 5, "{}", span);
        // An address in code that had to be written with numbers is a link there, as it is in prose.
        prop_assert_eq!(marks.iter().filter(|mark| *mark == "Code").count(), 2, "{}", span);
        prop_assert!(marks.iter().all(|mark| mark == "Link" || mark == "Code"), "{:?}", marks);
        prop_assert_eq!(&blocks[0].1, &format!("x {wanted} y"));
        prop_assert_eq!(&blocks[3].1, &format!("x {wanted} y"));
    }

    #[test]
    fn a_fence_holds_everything(text in hostile(), indent in proptest::sample::select(vec!["", "   "])) {
        let begins = if indent.is_empty() { "" } else { "1. " };
        let (blocks, _) = read(&format!("{begins}{}\n", fence(&text, "sh", indent)));
        prop_assert_eq!(blocks.len(), 1);
        let wanted = clean::code(&text);
        let lines = |text: &str| {
            let text = text.trim_end_matches('\n').replace('\0', "\u{fffd}");
            let text: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
            text.trim_end_matches('\n').to_owned()
        };
        let got = blocks[0].1.strip_prefix("sh:").unwrap_or("no fence");
        prop_assert_eq!(lines(got), lines(&wanted));
    }
}
