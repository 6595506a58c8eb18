//! What a reader makes of a page: its blocks, and the text of each.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};

fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.math_dollars = true;
    extension.math_code = true;
    extension.alerts = true;
    extension.multiline_block_quotes = true;
    options
}

/// One block with nothing but text in it: its kinds from the page down, and its text.
pub type Block = (String, String);

/// The blocks of a page, and what stands in a line that is no text.
pub fn read(markdown: &str) -> (Vec<Block>, Vec<String>) {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let (mut blocks, mut marks) = (Vec::new(), Vec::new());
    walk(root, &mut String::new(), &mut blocks, &mut marks);
    (blocks, marks)
}

fn walk<'a>(node: &'a AstNode<'a>, path: &mut String, blocks: &mut Vec<Block>, marks: &mut Vec<String>) {
    let length = path.len();
    path.push('/');
    path.push_str(&kind(node));
    let own = match &node.data.borrow().value {
        NodeValue::CodeBlock(code) => Some(format!("{}:{}", code.info, code.literal)),
        NodeValue::HtmlBlock(html) => Some(html.literal.clone()),
        value if value.contains_inlines() => {
            let mut text = String::new();
            node.children().for_each(|child| inline(child, &mut text, marks));
            Some(text)
        }
        _ => None,
    };
    match own {
        Some(text) => blocks.push((path.clone(), text)),
        None => node.children().for_each(|child| walk(child, path, blocks, marks)),
    }
    path.truncate(length);
}

fn kind<'a>(node: &'a AstNode<'a>) -> String {
    let value = format!("{:?}", node.data.borrow().value);
    value.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
}

fn inline<'a>(node: &'a AstNode<'a>, text: &mut String, marks: &mut Vec<String>) {
    match &node.data.borrow().value {
        NodeValue::Text(part) => text.push_str(part),
        NodeValue::SoftBreak => text.push(' '),
        NodeValue::LineBreak => text.push('\n'),
        NodeValue::HtmlInline(html) if html == "<br>" => text.push('\n'),
        NodeValue::HtmlInline(html) if html == "<span>" || html == "</span>" => {}
        NodeValue::HtmlInline(html) if html == "<code>" => marks.push("Code".to_owned()),
        NodeValue::HtmlInline(html) if html == "</code>" => {}
        NodeValue::Code(code) => {
            marks.push("Code".to_owned());
            text.push_str(&code.literal);
        }
        NodeValue::Link(_) => {
            marks.push("Link".to_owned());
            node.children().for_each(|child| inline(child, text, marks));
        }
        other => marks.push(format!("{other:?}")),
    }
}
