//! The output folder: what lands in it, and how it stays right.
//!
//! The rest of the program makes artifacts in memory; only this module turns them into files, and it prints nothing.
//!
//! What holds at every moment, also after `kill -9`:
//!
//! - Every file is whole, since it is written to a temporary name in its own folder and then renamed.
//! - Every file says that it is ours, since it carries the digest of its own text ([`is_intact`]). A build that was
//!   killed halfway therefore never looks like an edit by hand.
//! - The manifest lists every file that we made. A build first widens it to all paths of before and after, changes the
//!   files, and narrows it last; what a killed build left behind is thus known to the next one, which removes it.
//!
//! One lock on the output folder keeps two builds apart.

mod check;
mod fault;
mod header;
mod lock;
mod look;
mod manifest;
mod paths;
mod read;
mod steps;
mod survey;
#[cfg(test)]
mod tests;
mod write;

pub use check::{CheckReport, Difference, Kind, check, check_part};
pub use fault::{Problem, Reason, WriteFault};
pub use header::{Intact, is_intact, stamp};
pub use manifest::NAME as MANIFEST;
pub use read::{owned, read};
pub use write::{WriteOptions, Written, write, write_part};

/// Says of a path in the output folder whether it stays although this build does not make it.
pub type Keeps<'a> = &'a dyn Fn(&str) -> bool;

/// How an artifact is written, which decides where its stamp goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// YAML: the stamp is two comment lines at the top.
    Yaml,
    /// JSON whose outermost value is an object: the stamp is its first field, `__relspec`, which Grafana keeps.
    Json,
    /// A Grafana dashboard: the stamp is its first field, `description`, since Grafana's schema knows no other free one.
    Dashboard,
    /// Markdown: the stamp is a comment at the top, which readers do not see.
    Markdown,
    /// SVG: the stamp is a comment at the top, after the XML declaration where there is one.
    Svg,
}

/// One file to be, not yet stamped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Relative to the output folder, separated by `/`, never absolute and without `..`; [`write()`] refuses others.
    pub path: String,
    /// Decides where the stamp goes.
    pub format: Format,
    /// The text without a stamp. For the JSON formats it is an object.
    pub body: String,
}

/// One file as it is written: its path, and its text with the stamp.
///
/// Made only from an [`Artifact`], so text without a stamp reaches no file, save for JSON that is no object, which
/// [`write()`] refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    path: String,
    text: String,
}

impl Stamped {
    /// Stamps an artifact; `source` is the spec it comes from, as the reader would name it (`specs/thumbnailer.yaml`).
    #[must_use]
    pub fn new(artifact: &Artifact, source: &str) -> Self {
        Self { path: artifact.path.clone(), text: stamp(artifact, source) }
    }

    /// The path, relative to the output folder.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text of the file, stamp and all.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}
