//! Prose in GitHub-flavoured Markdown. Escapes stand only where something would be read as markup, so that the source stays
//! as legible as the author wrote it.

use super::{clean, code};

/// Author's text within a line: line breaks are blanks, web addresses are links.
#[must_use]
pub fn inline(text: &str) -> String {
    escape(&clean::one_line(text), true)
}

/// The same without links, for the text of a link or an image.
#[must_use]
pub fn label(text: &str) -> String {
    escape(&clean::one_line(text), false)
}

/// Author's text as paragraphs, its line breaks kept. `prefix` stands before each line but the first (`> `, or the blanks
/// that make it part of a list).
#[must_use]
pub fn paragraphs(text: &str, prefix: &str) -> String {
    let text = clean::prose(text);
    let mut paragraphs: Vec<Vec<String>> = vec![Vec::new()];
    for line in text.lines().map(inline) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => last.push(line),
            Some(last) if !last.is_empty() => paragraphs.push(Vec::new()),
            _ => {}
        }
    }
    let joined = paragraphs.iter().filter(|lines| !lines.is_empty());
    let joined: Vec<_> = joined.map(|lines| lines.join(&format!("\\\n{prefix}"))).collect();
    joined.join(&format!("\n{}\n{prefix}", prefix.trim_end()))
}

/// What is being escaped.
struct Line<'a> {
    text: &'a str,
    links: bool,
    /// Several dollars can be a formula, also where each of them has a backslash.
    dollar: &'static str,
}

fn escape(text: &str, links: bool) -> String {
    let dollar = if text.matches('$').count() > 1 { "<span>\\$</span>" } else { "\\$" };
    let line = Line { text, links, dollar };
    let mut safe = String::with_capacity(text.len() + 8);
    let mut at = block_mark(text, &mut safe);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let word = line.address(at).or_else(|| line.short_code(at));
        if let Some((length, markdown)) = word {
            safe.push_str(&markdown);
            at += length;
            continue;
        }
        line.character(at, c, &mut safe);
        at += c.len_utf8();
    }
    safe
}

/// What would begin a list, a heading, a quotation, a rule or a table is escaped. Gives the byte up to which it has read.
fn block_mark(text: &str, safe: &mut String) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (mark, rest) = (text.get(digits..digits + 1).unwrap_or_default(), text.get(digits + 1..));
    let ends = rest.is_none_or(|rest| rest.is_empty() || rest.starts_with(' '));
    let line = text.bytes().all(|byte| b"-=: |".contains(&byte));
    let escaped = match mark {
        "." | ")" => (1..=9).contains(&digits) && ends,
        "-" | "+" => digits == 0 && (ends || line),
        "=" | ":" => digits == 0 && line,
        ">" => digits == 0,
        _ => false,
    };
    if !escaped {
        return 0;
    }
    safe.push_str(&text[..digits]);
    safe.push('\\');
    safe.push_str(mark);
    digits + 1
}

impl Line<'_> {
    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn character(&self, at: usize, c: char, safe: &mut String) {
        let (before, rest) = (self.before(at), &self.text[at + c.len_utf8()..]);
        let next = rest.chars().next();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' => true,
            '_' => !(word(before) && word(next)),
            '<' => next.is_none_or(|next| next.is_ascii_alphabetic() || "/!?".contains(next)),
            '&' => is_entity(rest),
            '#' => before.is_none_or(|before| before == ' ' || before == '#'),
            '!' => next.is_none(),
            // `[^` begins the mark of a footnote, also where the bracket is a link's own.
            '^' => before.is_none(),
            '.' => ends_in_www(&self.text[..at]),
            ':' => !self.links && rest.starts_with("//"),
            '$' => return safe.push_str(self.dollar),
            _ => false,
        };
        if escaped {
            safe.push('\\');
        }
        safe.push(c);
    }

    /// A web address that begins here: its length, and the link.
    fn address(&self, at: usize) -> Option<(usize, String)> {
        let rest = &self.text[at..];
        let begins = |scheme: &str| rest.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
        let scheme = ["https://", "http://", "ftp://"].into_iter().find(|scheme| begins(scheme))?;
        if !self.links || self.before(at).is_some_and(|before| before.is_ascii_alphabetic()) {
            return None;
        }
        let part = |c: char| c.is_ascii_graphic() && !"<>\"`".contains(c);
        let run = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let mut address = &rest[..run];
        while let Some(shorter) = without_mark(address) {
            address = shorter;
        }
        let encoded = address.replace('\\', "%5C").replace('|', "%7C").replace(';', "%3B");
        (address.len() > scheme.len()).then(|| (address.len(), format!("<{encoded}>")))
    }

    /// A word with a part between colons, such as the name of a recorded series: `:up:` in it would be shown as a small
    /// picture, which only code is safe from.
    fn short_code(&self, at: usize) -> Option<(usize, String)> {
        let part = |c: char| c.is_ascii_alphanumeric() || "_:+.-".contains(c);
        if self.before(at).is_some_and(part) {
            return None;
        }
        let rest = &self.text[at..];
        let word = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
        let word = word.trim_end_matches('.');
        let named = |part: &str| {
            part.bytes().any(|byte| byte.is_ascii_alphabetic())
                || matches!(part, "100" | "1234" | "+1" | "-1")
        };
        let parts: Vec<&str> = word.split(':').collect();
        let inner = parts.get(1..parts.len().saturating_sub(1)).unwrap_or_default();
        inner.iter().any(|part| named(part)).then(|| (word.len(), code(word)))
    }
}

/// The address without the mark at its end that belongs to the sentence; `None` where there is none.
fn without_mark(address: &str) -> Option<&str> {
    let unbalanced = address.matches(')').count() > address.matches('(').count();
    address
        .strip_suffix(['.', ',', ':', ';', '!', '?', '\'', '*', '_', '~', ']', '}'])
        .or_else(|| address.strip_suffix(')').filter(|_| unbalanced))
}

/// Whether what follows an ampersand would make it a sign.
fn is_entity(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
    end > 0 && rest[end..].starts_with(';')
}

/// Whether a dot after this would begin an address without a scheme.
fn ends_in_www(before: &str) -> bool {
    let www = before.len().checked_sub(3).and_then(|at| before.split_at_checked(at));
    www.is_some_and(|(_, www)| www.eq_ignore_ascii_case("www"))
}
