//! What came of a run: a table of operators, one of releases, and every mutant that was not caught.

use crate::judge::Verdict;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One mutant and what became of it.
pub struct Line {
    pub release: String,
    pub group: String,
    pub rule: String,
    pub operator: &'static str,
    pub shown: String,
    pub verdict: Verdict,
    /// The entry of `equivalent.yaml` that speaks of it.
    pub listed: Option<usize>,
}

impl Line {
    /// Whether the tests let it pass and nothing says why.
    pub fn is_gap(&self) -> bool {
        matches!(self.verdict, Verdict::Survived | Verdict::TimedOut) && self.listed.is_none()
    }
}

/// How many there are of each verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub all: usize,
    pub caught: usize,
    pub refused: usize,
    pub listed: usize,
    pub survived: usize,
    pub timed_out: usize,
}

impl Count {
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let mut count = Self::default();
        for line in lines {
            count.all += 1;
            match (&line.verdict, line.listed) {
                (Verdict::Caught(_), _) => count.caught += 1,
                (Verdict::Refused, _) => count.refused += 1,
                (Verdict::Survived, Some(_)) => count.listed += 1,
                (Verdict::Survived, None) => count.survived += 1,
                (Verdict::TimedOut, _) => count.timed_out += 1,
            }
        }
        count
    }

    /// Caught and refused among those that change something, in percent.
    pub fn score(self) -> f64 {
        percent(self.caught + self.refused, self.all - self.listed)
    }

    /// The same among all.
    pub fn strict(self) -> f64 {
        percent(self.caught + self.refused, self.all)
    }
}

#[allow(clippy::cast_precision_loss, reason = "some thousands")]
fn percent(part: usize, all: usize) -> f64 {
    if all == 0 { 100.0 } else { part as f64 * 100.0 / all as f64 }
}

/// The report as text.
pub fn report(lines: &[Line], reasons: &[&str], complete: bool) -> String {
    let mut text = String::new();
    table(&mut text, "operator", lines, |line| line.operator);
    table(&mut text, "release", lines, |line| line.release.as_str());
    section(&mut text, "Not caught, and nothing says why:", lines.iter().filter(|line| line.is_gap()));
    for (at, why) in reasons.iter().enumerate() {
        let of = lines.iter().filter(|line| line.listed == Some(at) && line.verdict == Verdict::Survived);
        let of: Vec<&Line> = of.collect();
        if of.is_empty() && complete {
            let _ = writeln!(text, "\nNo survivor is one of these any more, so the entry can go: {why}");
        }
        section(&mut text, &format!("Changes nothing: {why}"), of.into_iter());
    }
    let count = Count::of(lines);
    let _ = writeln!(
        text,
        "\n{} mutants: {} caught by a test, {} refused by promtool, {} change nothing, {} not caught, {} without an end.\n\
         Score: {:.2} % of those that change something, {:.2} % of all.",
        count.all,
        count.caught,
        count.refused,
        count.listed,
        count.survived,
        count.timed_out,
        count.score(),
        count.strict()
    );
    text
}

fn table<'a>(text: &mut String, title: &str, lines: &'a [Line], key: fn(&'a Line) -> &'a str) {
    let mut order: Vec<&str> = Vec::new();
    let mut rows: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        let row = rows.entry(key(line)).or_default();
        if row.is_empty() {
            order.push(key(line));
        }
        row.push(line);
    }
    let _ = writeln!(
        text,
        "\n{title:<38} {:>6} {:>6} {:>7} {:>6} {:>8} {:>9} {:>7}",
        "all", "caught", "refused", "listed", "survived", "timed out", "score"
    );
    for name in order {
        let count = Count::of(rows[name].iter().copied());
        let _ = writeln!(
            text,
            "{name:<38} {:>6} {:>6} {:>7} {:>6} {:>8} {:>9} {:>6.1}%",
            count.all,
            count.caught,
            count.refused,
            count.listed,
            count.survived,
            count.timed_out,
            count.score()
        );
    }
}

fn section<'a>(text: &mut String, title: &str, lines: impl Iterator<Item = &'a Line>) {
    for (at, line) in lines.enumerate() {
        if at == 0 {
            let _ = writeln!(text, "\n{title}");
        }
        let end = if line.verdict == Verdict::TimedOut { " (no end)" } else { "" };
        let Line { release, group, rule, operator, shown, .. } = line;
        let _ = writeln!(text, "  {release} / {group} / {rule}: {operator}: {shown}{end}");
    }
}
