//! What a Markdown reader makes of a page.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};

/// One thing on a page, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading: its level and its text.
    Heading(u8, String),
    /// A list item: whether it has a check box, and the text of its first line.
    Item(bool, String),
    /// A paragraph.
    Paragraph(String),
    /// A code block: its language and its text.
    Code(String, String),
    /// A table: its rows, each with its cells.
    Table(Vec<Vec<String>>),
    /// A quotation with a colour: its kind.
    Alert(String),
    /// HTML of its own, such as `<details>`.
    Html(String),
}

/// A page as it is read.
#[derive(Debug, Default)]
pub struct Page {
    /// Everything on it.
    pub parts: Vec<Part>,
    /// Where its links and pictures lead.
    pub links: Vec<String>,
    /// The names that links can lead to: those written as `<a id="…">`, and the headings as readers name them.
    pub anchors: Vec<String>,
}

/// The page as a reader shows it.
pub fn read(markdown: &str) -> Page {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.math_dollars = true;
    extension.alerts = true;
    let arena = Arena::new();
    let mut page = Page::default();
    block(parse_document(&arena, markdown, &options), &mut page);
    page
}

fn block<'a>(node: &'a AstNode<'a>, page: &mut Page) {
    let part = match &node.data.borrow().value {
        NodeValue::Heading(heading) => {
            let text = inlines(node, page);
            let slug = text.trim().to_lowercase();
            let kept = slug.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
            page.anchors.push(kept.collect::<String>().replace(' ', "-"));
            Some(Part::Heading(heading.level, text.trim().to_owned()))
        }
        NodeValue::Paragraph => Some(Part::Paragraph(inlines(node, page))),
        NodeValue::CodeBlock(code) => Some(Part::Code(code.info.clone(), code.literal.clone())),
        NodeValue::HtmlBlock(html) => Some(Part::Html(html.literal.trim().to_owned())),
        NodeValue::Alert(alert) => Some(Part::Alert(format!("{:?}", alert.alert_type))),
        NodeValue::TaskItem(_) => Some(Part::Item(true, first_line(node))),
        NodeValue::Item(_) => Some(Part::Item(false, first_line(node))),
        NodeValue::Table(_) => {
            let rows = node.children().map(|row| row.children().map(|cell| inlines(cell, page)).collect());
            Some(Part::Table(rows.collect()))
        }
        _ => None,
    };
    let deeper = !matches!(part, Some(Part::Heading(..) | Part::Paragraph(_) | Part::Table(_)));
    page.parts.extend(part);
    if deeper {
        node.children().for_each(|child| block(child, page));
    }
}

fn first_line<'a>(node: &'a AstNode<'a>) -> String {
    node.children().next().map(|child| inlines(child, &mut Page::default())).unwrap_or_default()
}

/// The text below a node; links and anchors go to the page.
fn inlines<'a>(node: &'a AstNode<'a>, page: &mut Page) -> String {
    let mut text = String::new();
    for child in node.children() {
        match &child.data.borrow().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push('\n'),
            NodeValue::Code(code) => text.push_str(&format!("`{}`", code.literal)),
            NodeValue::HtmlInline(html) if html == "<br>" => text.push('\n'),
            NodeValue::HtmlInline(html) => {
                page.anchors.extend(
                    html.strip_prefix("<a id=\"").and_then(|id| Some(id.strip_suffix("\">")?.to_owned())),
                );
            }
            NodeValue::Link(link) | NodeValue::Image(link) => {
                page.links.push(link.url.clone());
                text.push_str(&inlines(child, page));
            }
            _ => text.push_str(&inlines(child, page)),
        }
    }
    text
}
