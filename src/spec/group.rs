//! The sections `preflight` and `after`: groups of things to tick before and after the release.

use super::point::Point;
use super::shape::{OneOrMany, Text, section};
use super::step::Step;

section! {
    /// Things to tick that belong together, before or after the release.
    #[derive(serde::Serialize)]
    pub struct Group {
        /// What they have in common.
        group @required: Text,
        /// When they are due.
        at: Point,
        /// Who ticks them, by the id of a person.
        owner: OneOrMany<Text>,
        /// The things to tick.
        items @required: Vec<Step>,
    }
}
