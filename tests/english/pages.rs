//! What pages and pictures consist of, whatever their language.

use std::path::Path;

/// The parts of a page in order: headings by their depth, anchors, boxes to tick, rows of tables by their cells, where links
/// lead, and the code that is to be copied. Diagrams count their lines.
pub fn skeleton(page: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let text = line.trim_start();
        if let Some(language) = text.strip_prefix("```") {
            let code: Vec<&str> =
                lines.by_ref().take_while(|line| !line.trim_start().starts_with("```")).collect();
            parts.push(match language {
                "mermaid" => format!("diagram of {} lines", code.len()),
                _ => format!("code {}", code.join("\n")),
            });
            continue;
        }
        parts.extend(of_line(text));
    }
    parts
}

fn of_line(text: &str) -> Vec<String> {
    let depth = text.chars().take_while(|c| *c == '#').count();
    let mut parts = Vec::new();
    if depth > 0 {
        parts.push(format!("heading {depth}"));
    }
    let marker = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | ' '));
    if let Some(done) = ["[ ] ", "[x] "].into_iter().find(|done| marker.starts_with(done)) {
        parts.push(format!("box {done}"));
    }
    if text.starts_with('|') {
        let cells = text.replace("\\|", "").matches('|').count();
        parts.push(format!("row of {cells}"));
    }
    for (mark, end) in [("id=\"", '"'), ("](", ')')] {
        let marked = text.split(mark).skip(1).filter_map(|rest| rest.split_once(end));
        parts.extend(marked.map(|(target, _)| format!("{mark}{target}")));
    }
    parts
}

/// Where two lists of parts differ.
pub fn difference(chinese: &[String], english: &[String]) -> String {
    let (chinese, english) = (chinese.join("\n"), english.join("\n"));
    let difference = similar::TextDiff::from_lines(&chinese, &english);
    difference.unified_diff().header("Chinese", "English").to_string()
}

/// The elements of a drawing in order, each with its class. Texts, and what is as wide as a text, may differ.
pub fn drawing(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).expect("XML");
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    let named = elements.map(|node| (node.tag_name().name(), node.attribute("class").unwrap_or_default()));
    named.map(|(name, class)| format!("{name} {class}")).collect()
}

/// The phrases of English of at least three words that are the same in every page: no value is filled in, and Chinese has others.
pub fn phrases_of_three_words() -> Vec<String> {
    let read = |language: &str| -> serde_json::Map<String, serde_json::Value> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("templates/phrases/{language}.yaml"));
        serde_yaml::from_str(&std::fs::read_to_string(path).expect("phrases")).expect("YAML")
    };
    let (english, chinese) = (read("en"), read("zh-CN"));
    let whole = english.iter().filter_map(|(name, phrase)| {
        let phrase = phrase.as_str().filter(|phrase| !phrase.contains('{'))?;
        let own = phrase.split_whitespace().count() >= 3 && chinese.get(name)?.as_str() != Some(phrase);
        own.then(|| phrase.to_owned())
    });
    whole.collect()
}
