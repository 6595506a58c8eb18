//! The file can't be read as YAML 1.2, or uses a part of YAML that has no meaning here.
//!
//! ## What
//! What YAML itself does not allow (an open quote or bracket, a tab that indents a line, a value with a colon of its own),
//! and what it allows but nobody should meet in a release: a second document in the file, a merge key (`<<`), a tag,
//! aliases that grow to more than 200,000 values, more than 64 levels, a file of more than 1 MiB or without UTF-8.
//!
//! ## Why
//! What follows such a place is read differently than it looks, or not at all. Nothing is guessed.
//!
//! ## Bad
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: "Queue length
//!     unit: count
//! ```
//!
//! ## Good
//! ```yaml
//! metrics:
//!   queue_length:
//!     title: "Queue length"
//!     unit: count
//!     gauge: { metric: queue_length, aggregate: max }
//!     normal:   { max: 100 }
//!     warn:     { above: 200 }
//!     rollback: { above: 500 }
//! ```

use super::{Check, Lint};

/// The lint. What it says is said in `syntax`, next to the parser whose faults it puts into words.
pub static LINT: Lint = Lint::law("yaml-syntax", include_str!("yaml_syntax.rs"), Check::Reading);
