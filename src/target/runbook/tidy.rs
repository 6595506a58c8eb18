//! Blank lines and line ends of a page, so that templates need not count them.

/// The page with no blank line at its ends, never two in a row, no blanks at line ends and one in each empty cell. Code blocks stay as they are.
#[must_use]
pub fn tidy(page: &str) -> String {
    let mut tidy = String::with_capacity(page.len());
    let mut fence: Option<&str> = None;
    let mut blank = true;
    for line in page.lines() {
        let ticks = line.trim_start().trim_start_matches("> ").trim_start();
        let run = &ticks[..ticks.len() - ticks.trim_start_matches('`').len()];
        let inside = fence.is_some();
        match fence {
            Some(open) if ticks.trim_end() == open => fence = None,
            None if run.len() >= 3 => fence = Some(run),
            _ => {}
        }
        let line = if inside { line.to_owned() } else { empty_cells(line.trim_end()) };
        if line.is_empty() && blank && !inside {
            continue;
        }
        blank = line.is_empty() && !inside;
        tidy.push_str(&line);
        tidy.push('\n');
    }
    let end = tidy.trim_end_matches('\n').len();
    tidy.truncate(end);
    tidy.push('\n');
    tidy
}

/// A row of a table with one blank in each empty cell.
fn empty_cells(line: &str) -> String {
    let mut line = line.to_owned();
    while line.starts_with('|') && line.contains("|  |") {
        line = line.replace("|  |", "| |");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_are_never_two_but_in_code() {
        let page = "\n\n# A  \n\n\n- b\n\n  ```sh\n  one\n\n\n  two  \n  ```\n\n\n\nend\n\n";
        assert_eq!(tidy(page), "# A\n\n- b\n\n  ```sh\n  one\n\n\n  two  \n  ```\n\nend\n");
    }

    #[test]
    fn an_empty_cell_is_one_blank_wide() {
        assert_eq!(tidy("| a |  |  |\n| `\\|  \\|` |  |\n"), "| a | | |\n| `\\|  \\|` | |\n");
    }

    #[test]
    fn a_longer_fence_holds_a_shorter_one() {
        let page = "````\n```\n\n\n```\n````\n\n\nend";
        assert_eq!(tidy(page), "````\n```\n\n\n```\n````\n\nend\n");
    }
}
