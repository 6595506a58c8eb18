//! No text makes the program panic, and every finding lies inside the text.

use std::cell::Cell;

use crate::compile::compile;
use crate::generate::release;
use crate::render::render;
use crate::runner::run;
use crate::tape::Tape;

/// More findings than anybody reads; a text of a few hundred lines must stay below.
const MOST: usize = 400;

/// Fragments that mean something to YAML, to PromQL or to a reader of quantities.
const FRAGMENTS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "#",
    " #",
    "\"",
    "'",
    "&a ",
    "*a",
    "!!x ",
    "|",
    ">",
    "\t",
    "\r",
    "---\n",
    "<<: ",
    "%",
    "\u{feff}",
    "华",
    "🚀",
    "\u{202e}",
    "x",
    "-",
    "+",
    "1e99",
    "1e18",
    "∞",
    "999999999999999999999",
    "0.",
    "5..",
    "/s",
    "\n",
    "\n  ",
    "~",
    "none",
    "\\",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
];

fn boundary(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn mutated(mut text: String, tape: &mut Tape<'_>) -> String {
    for _ in 0..1 + tape.below(4) {
        let at = tape.below(text.len() + 1);
        text = match tape.below(6) {
            0 => text[..boundary(&text, at)].to_owned(),
            1 => {
                let at = boundary(&text, at);
                format!("{}{}{}", &text[..at], tape.pick(FRAGMENTS), &text[at..])
            }
            2 => {
                let mut bytes = text.into_bytes();
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << tape.below(8);
                }
                String::from_utf8_lossy(&bytes).into_owned()
            }
            3 | 4 => {
                let mut lines: Vec<&str> = text.lines().collect();
                let line = tape.below(lines.len());
                if lines.is_empty() {
                    continue;
                }
                if tape.one_in(2) {
                    lines.insert(tape.below(lines.len()), lines[line]);
                } else {
                    lines.remove(line);
                }
                lines.join("\n")
            }
            _ => {
                let (from, to) =
                    (boundary(&text, at), boundary(&text, (at + 1 + tape.below(6)).min(text.len())));
                format!("{}{}", &text[..from], &text[to..])
            }
        };
    }
    text
}

#[test]
fn no_text_makes_it_panic_and_every_finding_has_its_place() {
    let (refused, most) = (Cell::new(0), Cell::new(0));
    run(2_500, |cells| {
        let (numbers, changes) = cells.split_at(cells.len() / 2);
        let text = mutated(render(&release(numbers, false)), &mut Tape::new(changes));
        let outcome = compile(&[&text]);
        if outcome.built.is_none() && outcome.errors().is_empty() {
            return Err(format!("refused without a reason\n{text}"));
        }
        if let Some(Err(broken)) = &outcome.built {
            return Err(format!("a broken plan: {broken:?}\n{text}"));
        }
        refused.set(refused.get() + usize::from(outcome.built.is_none()));
        most.set(most.get().max(outcome.findings.len()));
        if outcome.findings.len() > MOST {
            return Err(format!("{} findings\n{text}", outcome.findings.len()));
        }
        for finding in &outcome.findings {
            let inside = |label: &relspec::diag::Label| text.get(label.span.range()).is_some();
            if finding.labels.is_empty() || !finding.labels.iter().all(inside) || finding.message.is_empty() {
                return Err(format!("a finding without a place in the text: {finding:?}\n{text}"));
            }
        }
        let known = outcome.sources.iter().count();
        if known == 1 { Ok(()) } else { Err(format!("{known} texts\n{text}")) }
    });
    println!("{} texts were refused, with {} findings at most", refused.get(), most.get());
}
