mod faults;
mod limits;
mod map;
mod places;
mod properties;

use super::{Node, parse};
use crate::diag::Diagnostic;
use crate::source::Sources;

/// A text, its tree and what was said about it.
struct Read {
    sources: Sources,
    tree: Option<Node>,
    findings: Vec<Diagnostic>,
}

fn read(text: &str) -> Read {
    let mut sources = Sources::default();
    let file = sources.add("specs/a.yaml", text);
    let mut findings = Vec::new();
    let tree = parse(&sources, file, &mut findings);
    Read { sources, tree, findings }
}

impl Read {
    fn sound(self) -> (Sources, Node) {
        assert!(self.findings.is_empty(), "{:?}", self.findings);
        (self.sources, self.tree.expect("a tree"))
    }

    /// Each finding as `message | label text at each place`.
    fn told(&self) -> Vec<String> {
        let places = |finding: &Diagnostic| {
            let shown = finding.labels.iter().map(|label| format!("<{}>", self.sources.text(label.span)));
            shown.collect::<String>()
        };
        self.findings.iter().map(|finding| format!("{} {}", finding.message, places(finding))).collect()
    }
}
