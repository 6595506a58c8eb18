//! The author's own examples.

use super::super::Situation;
use super::asked::Asked;

impl Asked<'_> {
    /// A situation for each example.
    pub fn samples(&self) -> Vec<Situation> {
        Vec::new()
    }
}
