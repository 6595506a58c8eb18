//! Text for the places of a board. Grafana fills in `$name`, `${name}` and `[[name]]` nearly everywhere, and reads
//! descriptions as Markdown; an author's text is to stand there as it is.

use crate::plan::board::Link;

/// An invisible character that no line breaks at: it parts what Grafana would read together.
const APART: char = '\u{2060}';

/// One line for a title.
pub fn title(text: &str) -> String {
    let mut line = String::new();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        line.push(c);
        let next = chars.peek().copied().unwrap_or(' ');
        if (c == '$' && (next.is_ascii_alphabetic() || matches!(next, '_' | '{')))
            || (c == '[' && next == '[')
        {
            line.push(APART);
        }
    }
    line
}

/// One line for the name of a series, in which `{{label}}` is filled in as well.
pub fn legend(name: &str, labels: &[String]) -> String {
    let name = title(name).replace("{{", &format!("{{{APART}{{"));
    let labels = labels.iter().map(|label| format!("{{{{{label}}}}}"));
    let parts: Vec<String> = std::iter::once(name).filter(|name| !name.is_empty()).chain(labels).collect();
    parts.join(" ")
}

/// One line of Markdown that shows the text as it is.
pub fn markdown(text: &str) -> String {
    let mut line = String::new();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A number with a dot would begin a list.
    let number = words.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0);
    for (at, c) in words.char_indices() {
        match c {
            '$' => line.push_str("&#36;"),
            '&' => line.push_str("&amp;"),
            '<' => line.push_str("&lt;"),
            '>' => line.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => line.extend(['\\', c]),
            '-' | '+' | '=' if at == 0 => line.extend(['\\', c]),
            '.' | ')' if Some(at) == number => line.extend(['\\', c]),
            _ => line.push(c),
        }
    }
    line
}

/// An address in which nothing is filled in.
pub fn url(url: &str) -> String {
    let mut address = String::new();
    for c in url.chars() {
        match c {
            '$' => address.push_str("%24"),
            '[' => address.push_str("%5B"),
            ']' => address.push_str("%5D"),
            '(' => address.push_str("%28"),
            ')' => address.push_str("%29"),
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            c if c.is_whitespace() => address.push_str("%20"),
            c => address.push(c),
        }
    }
    address
}

/// Statements and links as a list in Markdown.
pub fn list(about: &[String], links: &[Link]) -> String {
    let said = about.iter().map(|line| format!("- {}", markdown(line)));
    let links = links.iter().map(|link| format!("- [{}]({})", markdown(&link.title), url(&link.url)));
    said.chain(links).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grafana_would_fill_in_stays_text() {
        for text in ["$region", "${region}", "[[region]]", "a $__all b"] {
            let shown = title(text);
            assert!(
                !shown.contains("$r")
                    && !shown.contains("${")
                    && !shown.contains("[[")
                    && !shown.contains("$_")
            );
            assert_eq!(shown.replace(APART, ""), text);
            let marked = markdown(text);
            assert!(!marked.contains('$') && !marked.contains("[["), "{marked}");
        }
        assert_eq!(title("costs $5 [a] {{x}}"), "costs $5 [a] {{x}}");
        assert_eq!(legend("{{x}}", &["region".to_owned()]), format!("{{{APART}{{x}}}} {{{{region}}}}"));
        assert_eq!(url("https://a/$x/[[y]]"), "https://a/%24x/%5B%5By%5D%5D");
    }

    #[test]
    fn markdown_shows_the_text() {
        assert_eq!(markdown("a\n\n# b  *c* <script> &amp;"), "a \\# b \\*c\\* &lt;script&gt; &amp;amp;");
        assert_eq!(markdown("1. one"), "1\\. one");
        assert_eq!(markdown("- one"), "\\- one");
        assert_eq!(markdown("99.9% of 5"), "99\\.9% of 5");
        assert_eq!(markdown("up 1.5"), "up 1.5");
    }
}
