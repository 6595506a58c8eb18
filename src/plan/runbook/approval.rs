//! Who lets a stage begin, and what tells the rules that it has begun.

use super::Pages;
use super::people::Person;
use crate::spec::people::Approval as Written;
use serde::Serialize;

/// Who must approve.
#[derive(Debug, Clone, Serialize)]
pub struct Approval {
    /// Whether all of them must.
    pub all: bool,
    /// How many of them it takes.
    pub at_least: usize,
    /// The people.
    pub people: Vec<Person>,
}

impl Pages<'_> {
    /// The command that publishes a stage; none where nothing depends on it.
    pub fn publish(&self, stage: &str) -> Option<String> {
        let release = self.draft.release();
        self.draft.staged.then(|| {
            format!(
                "relspec stage {release} {stage} |\n  curl --fail --silent --show-error --data-binary @- \\\n    \
                 \"$PUSHGATEWAY/metrics/job/relspec/release/{release}\""
            )
        })
    }

    /// Who must approve.
    pub fn approval(&self, approval: &Written) -> Approval {
        Approval {
            all: approval.all,
            at_least: approval.at_least,
            people: approval.people.iter().map(|id| self.person(&id.value)).collect(),
        }
    }
}
