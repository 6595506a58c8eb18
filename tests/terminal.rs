//! What a finding looks like on a terminal, whatever text it speaks of.

#![allow(clippy::unwrap_used, reason = "helpers of tests; a panic is how they fail")]

use relspec::diag::terminal::{Style, one, render};
use relspec::diag::{Diagnostic, Severity};
use relspec::source::{FileId, Sources, Span};
use std::time::{Duration, Instant};

fn finding(message: &str) -> Diagnostic {
    Diagnostic {
        lint: "threshold-order",
        severity: Severity::Error,
        message: message.to_owned(),
        labels: Vec::new(),
        help: None,
    }
}

/// The span of a text in a file.
fn at(sources: &Sources, file: FileId, text: &str) -> Span {
    let start = sources.get(file).text.find(text).unwrap();
    Span::new(file, start..start + text.len())
}

fn shown(finding: &Diagnostic, sources: &Sources) -> String {
    one(finding, sources, Style::default())
}

#[test]
fn columns_count_characters() {
    let mut sources = Sources::default();
    let file = sources.add("specs/订单.yaml", "标题: 订单服务, 流量: 150\n");
    let text = shown(&finding("太大").label(at(&sources, file, "150"), "too big"), &sources);
    assert!(text.starts_with("error: threshold-order\n\n  × 太大\n"), "{text}");
    assert!(text.contains("[specs/订单.yaml:1:15]"), "{text}");
}

#[test]
fn labels_in_several_files_are_all_shown() {
    let mut sources = Sources::default();
    let a = sources.add("specs/a.yaml", "one: 1\ntwo: 2\nthree: 3\n");
    let b = sources.add("specs/b.yaml", "x: 0\n".repeat(40) + "four: 4\n");
    let finding =
        finding("they differ").label(at(&sources, b, "four: 4"), "here").label(at(&sources, a, "2"), "there");
    let text = shown(&finding.help("make them equal"), &sources);
    for part in ["[specs/b.yaml:41:1]", "41 │ four: 4", "here", "[specs/a.yaml:2:6]", " 2 │ two: 2", "there"]
    {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    assert!(text.find("b.yaml").unwrap() < text.find("a.yaml").unwrap(), "{text}");
    assert!(text.contains("help: make them equal"), "{text}");
}

#[test]
fn lines_far_apart_are_not_joined() {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", "first: 1\n".to_owned() + &"k: v\n".repeat(90) + "last: 2\n");
    let finding =
        finding("far").label(at(&sources, file, "first"), "a").label(at(&sources, file, "last"), "b");
    let text = shown(&finding, &sources);
    assert!(text.contains("[a.yaml:92:1]") && text.lines().count() < 20, "{text}");
}

#[test]
fn a_long_line_is_cut_around_its_label() {
    let mut sources = Sources::default();
    let long = "订".repeat(1_700_000);
    let file = sources.add("a.yaml", format!("k: {long}HERE{long}\nnext: {long}\n"));
    let began = Instant::now();
    let text = shown(&finding("long").label(at(&sources, file, "HERE"), "this"), &sources);
    assert!(began.elapsed() < Duration::from_secs(5));
    assert!(text.contains("HERE") && text.contains('…'), "{text}");
    assert!(text.contains("[a.yaml:1:1700004]"), "{text}");
    assert!(text.len() < 4000, "{}", text.len());
}

#[test]
fn nothing_in_a_text_commands_the_terminal() {
    let mut sources = Sources::default();
    let file = sources.add("a\u{1b}[2J.yaml", "k: \u{1b}[31mred\u{202e}\u{9b} \u{7}END\r\n");
    let finding = finding("\u{1b}]0;title\u{7}").label(at(&sources, file, "END"), "\u{1b}[1m");
    let text = shown(&finding.help("\u{8}"), &sources);
    assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{text:?}");
    assert!(text.contains("END"), "{text}");
}

#[test]
fn a_file_without_text_is_named() {
    let mut sources = Sources::default();
    let file = sources.add("specs/c.yaml", "");
    let text = shown(&finding("this file is a pipe").label(Span::new(file, 0..0), "this file"), &sources);
    assert!(text.contains("specs/c.yaml: this file is a pipe"), "{text}");
    assert!(!text.contains('│'), "{text}");
}

#[test]
fn a_place_at_the_end_of_a_file_is_shown() {
    let mut sources = Sources::default();
    for (text, end) in [("k: v\n", 5), ("k: v", 4), ("k: v\r\n", 6), ("\n", 1)] {
        let file = sources.add("end.yaml", text);
        let text = shown(&finding("ends").label(Span::new(file, end..end), "here"), &sources);
        assert!(text.contains("end.yaml:") && text.contains("here"), "{text}");
    }
}

#[test]
fn a_label_over_many_lines_is_shown_at_its_first() {
    let mut sources = Sources::default();
    let body = "a:\n".to_owned() + &"  k: v\n".repeat(500);
    let file = sources.add("a.yaml", body.clone());
    let text = shown(&finding("all").label(Span::new(file, 0..body.len()), "all of it"), &sources);
    assert!(text.contains("all of it") && text.lines().count() < 12, "{text}");
}

#[test]
fn many_places_and_many_findings_are_counted() {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", "k: v\n".repeat(300));
    let places = (0..300).map(|n| (Span::new(file, n * 5..n * 5 + 1), "here".to_owned()));
    let text = shown(&finding("many").labels(places), &sources);
    assert!(text.contains("and 288 more places"), "{text}");
    let mild = |n: usize| Diagnostic { severity: Severity::Info, ..finding(&format!("info {n}")) };
    let mut findings: Vec<_> = (0..300).map(mild).collect();
    findings.push(finding("the only error"));
    let mut out = Vec::new();
    render(&findings, &sources, Style::default(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("the only error") && out.contains("and 101 more"), "{out}");
}
