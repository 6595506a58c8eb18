//! An Alertmanager file, read with places: its tree of routes, its receivers, its inhibitions and its time intervals; and
//! what Alertmanager does with them.
//!
//! It is read by the parser that reads releases, since findings point into it and since it is edited as text at that
//! parser's places: a second reader could see another tree than the one that is edited. What is no business of a release
//! (templates, the values of receivers) is not judged; `amtool check-config` does that.

pub mod inhibition;
pub mod interval;
pub mod matcher;
mod read;
mod refused;
pub mod route;

pub use inhibition::Inhibition;
pub use interval::Interval;
pub use matcher::Matcher;
pub use read::{read, read_for_merging};
pub use route::{Labels, Landing, Route, Waits};

use super::shape::Text;
use crate::source::FileId;
use crate::syntax::Node;

/// An Alertmanager file, mostly the team's own. It has a root route.
#[derive(Debug, Clone)]
pub struct TeamFile {
    /// The file.
    pub file: FileId,
    /// Its path as people see it.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its tree, aliases and merge keys replaced by what they stand for.
    pub root: Node,
    /// The root route.
    pub route: Route,
    /// The names of its receivers.
    pub receivers: Vec<Text>,
    /// Its rules of inhibition.
    pub inhibitions: Vec<Inhibition>,
    /// Its time intervals.
    pub intervals: Vec<Interval>,
}
