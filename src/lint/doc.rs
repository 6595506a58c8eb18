//! The pages of the lints. A page is the `//!` lines at the top of a lint's own file, so that it stands beside the check.

use super::Lint;

/// The whole page, as Markdown, beginning with the sentence that says what the lint finds.
#[must_use]
pub fn page(lint: &Lint) -> String {
    let lines = lint.source.lines().map_while(|line| line.strip_prefix("//!"));
    let mut page: String =
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n");
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// The first paragraph as one line: what the lint finds.
#[must_use]
pub fn summary(lint: &Lint) -> String {
    let page = page(lint);
    page.lines().take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" ")
}

/// The page with its title and facts, as it is printed and published. Headings begin at `level`.
#[must_use]
pub fn titled(lint: &Lint, level: usize) -> String {
    let deeper = "#".repeat(level.saturating_sub(1));
    let mut in_code = false;
    let mut text = format!("{} {}\n\n{}\n\n", "#".repeat(level), lint.name, facts(lint));
    for line in page(lint).lines() {
        in_code ^= line.trim_start().starts_with("```");
        if line.starts_with('#') && !in_code {
            text.push_str(&deeper);
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

fn facts(lint: &Lint) -> String {
    let waiver = if lint.waivable {
        "`allow` waives it at one place, and `lints` in `relspec.yaml` changes its severity"
    } else {
        "always: what it finds can't be right, so nothing waives or lowers it"
    };
    format!("*{}; {waiver}.*", lint.severity.name())
}
