//! Alertmanager's templates in the texts of a channel, read as Go's `text/template` reads them: only as far as it takes to
//! see what fails whenever a message is made. Asked of amtool 0.25, 0.28 and 0.33.

mod action;
#[cfg(test)]
mod tests;

use crate::diag::Diagnostic;
use crate::lint::bad_notification_template as lint;
use crate::syntax::{Entry, Node};
use action::{Dot, Word, words};

/// Every text in a value.
pub fn judge(node: &Node, findings: &mut Vec<Diagnostic>) {
    if let Some(fault) = node.as_text().and_then(fault) {
        findings.push(lint::finding(&fault, node.span));
    }
    node.items().iter().for_each(|item| judge(item, findings));
    let values = node.entries().iter().map(|Entry { value, .. }| value);
    values.for_each(|value| judge(value, findings));
}

/// What fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// `{{` without `}}`.
    Unclosed,
    /// `end` or `else` that belongs to nothing.
    Lone(String),
    /// A block without `end`.
    Open(String),
    /// A function that no Alertmanager has.
    Function(String),
    /// A field that the message does not have.
    OfMessage(String),
    /// A field that an alert does not have.
    OfAlert(String),
}

/// A block that waits for its `end`.
struct Block {
    keyword: String,
    /// What the dot and `$` are outside of it.
    outside: (Dot, Dot),
}

/// Where a text has been read to.
struct Place {
    blocks: Vec<Block>,
    /// What the dot is, and what `$` is.
    here: (Dot, Dot),
}

/// The first fault of a text.
fn fault(text: &str) -> Option<Fault> {
    let mut place = Place { blocks: Vec::new(), here: (Dot::Message, Dot::Message) };
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let Some((all, after)) = words(rest.get(at + 2..).unwrap_or_default()) else {
            return Some(Fault::Unclosed);
        };
        rest = after;
        let faulty = all.iter().find_map(|word| word.fault(place.here)).or_else(|| place.step(&all));
        if faulty.is_some() {
            return faulty;
        }
    }
    place.blocks.pop().map(|block| Fault::Open(block.keyword))
}

impl Place {
    /// Goes into a block or out of one, as an action says.
    fn step(&mut self, action: &[Word]) -> Option<Fault> {
        let Some(Word::Name(keyword)) = action.first() else { return None };
        let outside = self.here;
        match keyword.as_str() {
            "if" => {}
            "with" => self.here.0 = Dot::Unknown,
            "range" => self.here.0 = action::ranged(action, outside),
            "define" | "block" => self.here = (Dot::Unknown, Dot::Unknown),
            "else" => {
                match self.blocks.last() {
                    Some(block) => self.here = block.outside,
                    None => return Some(Fault::Lone(keyword.clone())),
                }
                // `else with …` gives the dot a new meaning as well.
                if matches!(action.get(1), Some(Word::Name(next)) if next == "with") {
                    self.here.0 = Dot::Unknown;
                }
                return None;
            }
            "end" => {
                match self.blocks.pop() {
                    Some(block) => self.here = block.outside,
                    None => return Some(Fault::Lone(keyword.clone())),
                }
                return None;
            }
            _ => return None,
        }
        self.blocks.push(Block { keyword: keyword.clone(), outside });
        None
    }
}
