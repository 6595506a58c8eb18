//! What a build for a rehearsal makes, and how it says so.
//!
//! It makes what servers read and no page, since a page is for people whose time does not pass faster. Each file says in
//! its first line what it is, and a notice lies beside them, by which a build knows the folder of a rehearsal.

use crate::output::{Artifact, Format};
use crate::spec::rehearsal::Rehearsal;

/// The targets whose files a server reads.
pub const TARGETS: [&str; 2] = ["prometheus", "alertmanager"];

/// What the notice counts as where files are told apart by their target.
pub const NAME: &str = "rehearsal";

/// The notice in the folder of a rehearsal.
pub const NOTICE: &str = "REHEARSAL.md";

/// What a file is said to come from.
pub fn source(from: &str, rehearsal: Option<&Rehearsal>) -> String {
    match rehearsal {
        None => from.to_owned(),
        Some(rehearsal) => {
            format!("{from} FOR A REHEARSAL ({} times faster; not for production)", rehearsal.pace.factor())
        }
    }
}

/// The notice.
pub fn notice(rehearsal: &Rehearsal) -> Artifact {
    let (factor, listener) = (rehearsal.pace.factor(), &rehearsal.listener);
    let body = format!(
        "# A rehearsal, not for production\n\n\
         In these files every duration is divided by {factor}, and every channel leads to <{listener}>. Thresholds are \
         those of the plan.\n\n\
         A server that reads them alerts after seconds and tells nobody. What production needs is made by \
         `relspec build` without `--rehearse`.\n"
    );
    Artifact { path: NOTICE.to_owned(), format: Format::Markdown, body }
}
