//! Pages are read as they are meant: check boxes, tables, code and headings are what they look like.

use super::markdown::{Page, Part, read};
use super::projects::{FULL, all, compiled};

/// Every release page and index of every project.
fn pages() -> Vec<(String, String, Page)> {
    let mut pages = Vec::new();
    for built in all() {
        for (path, text) in built.pages().filter(|(path, _)| path.ends_with("README.md")) {
            pages.push((format!("{}: {path}", built.name), text.to_owned(), read(text)));
        }
    }
    pages
}

#[test]
fn every_box_is_a_list_item() {
    let mut boxes = 0;
    for (place, text, page) in pages() {
        let mut code = false;
        let written = text.lines().filter(|line| {
            let line = line.trim_start();
            code ^= line.starts_with("```");
            !code && mark(line).is_some_and(|rest| rest.starts_with("[ ] ") || rest.starts_with("[x] "))
        });
        let written = written.count();
        let read = page.parts.iter().filter(|part| matches!(part, Part::Item(true, _))).count();
        assert_eq!(written, read, "{place}");
        boxes += read;
        for part in &page.parts {
            if let Part::Item(_, text) | Part::Paragraph(text) = part {
                assert!(!text.starts_with("[ ]") && !text.starts_with("[]"), "{place}: {text}");
                assert!(!text.trim().is_empty(), "{place}: an empty line");
            }
        }
    }
    assert!(boxes > 200, "only {boxes} boxes");
}

/// What follows the mark of a list item, with or without a number before it.
fn mark(line: &str) -> Option<&str> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let line = if digits > 0 { line[digits..].strip_prefix(". ")? } else { line };
    line.strip_prefix("- ")
}

#[test]
fn tables_are_tables() {
    for (place, text, page) in pages() {
        for part in &page.parts {
            match part {
                Part::Paragraph(text) => assert!(!text.contains("| ---"), "{place}: {text}"),
                Part::Table(rows) => {
                    assert!(rows.len() > 1, "{place}: a table without a row: {rows:?}");
                    let wide = rows[0].len();
                    assert!(rows.iter().all(|row| row.len() == wide), "{place}: {rows:?}");
                    for column in 0..wide {
                        let filled = rows.iter().skip(1).any(|row| !row[column].trim().is_empty());
                        let form = rows[0].len() == 2;
                        let index = !place.contains("/runbook/");
                        assert!(filled || form || index, "{place}: nothing below {}", rows[0][column]);
                    }
                }
                _ => {}
            }
        }
        // A reader fills rows that are too short, so the bars are counted too.
        let rows = text.lines().filter(|line| line.starts_with("| "));
        assert!(rows.clone().all(|row| row.ends_with('|')), "{place}");
    }
}

#[test]
fn details_are_closed_and_code_names_its_language() {
    for (place, text, page) in pages() {
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count(), "{place}");
        for part in &page.parts {
            if let Part::Code(language, code) = part {
                let known = ["sh", "text", "promql", "mermaid"];
                assert!(known.contains(&language.as_str()), "{place}: `{language}`: {code}");
                assert!(!code.trim().is_empty(), "{place}");
            }
        }
    }
}

#[test]
fn a_page_has_one_title_and_no_level_is_left_out() {
    for (place, text, page) in pages() {
        let mut last = 0;
        let mut titles = 0;
        for part in &page.parts {
            let Part::Heading(level, title) = part else { continue };
            assert!(!title.is_empty(), "{place}");
            assert!(*level <= last + 1, "{place}: {title}");
            titles += u32::from(*level == 1);
            last = *level;
        }
        assert_eq!(titles, 1, "{place}");
        assert!(!text.contains("\n\n\n") || text.contains("```"), "{place}: blank lines");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{place}: the end");
    }
}

#[test]
fn no_heading_is_empty() {
    for (place, _, page) in pages() {
        let index = !place.contains("/runbook/");
        for (at, part) in page.parts.iter().enumerate() {
            let Part::Heading(level, title) = part else { continue };
            let empty = match page.parts.get(at + 1) {
                None => !index,
                Some(Part::Heading(next, _)) => next <= level,
                Some(_) => false,
            };
            assert!(!empty, "{place}: nothing below {title}");
        }
    }
}

#[test]
fn what_to_do_when_something_is_wrong_comes_first() {
    let page = read(compiled(FULL).release_page());
    let first: Vec<&Part> = page.parts.iter().filter(|part| !matches!(part, Part::Html(_))).take(3).collect();
    assert!(matches!(first[0], Part::Heading(1, _)), "{first:?}");
    assert!(matches!(first[1], Part::Alert(kind) if kind == "Caution"), "{first:?}");
    let Part::Paragraph(words) = first[2] else { panic!("{first:?}") };
    let wanted = "Something is wrong? Roll back: 3 steps, about 6 minutes. Call Operator on duty (page), after 10 minutes \
                  Decided on the day (phone, if: The cause is not known).";
    assert_eq!(words, wanted);
}
