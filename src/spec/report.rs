//! The section `reports`: what is written down regularly.

use super::point::Point;
use super::shape::{OneOrMany, Text, section};

section! {
    /// A report that is filled in.
    #[derive(serde::Serialize)]
    pub struct Report {
        /// The title for people.
        title: Text,
        /// When it is due.
        at: OneOrMany<Point>,
        /// Who writes it, by the id of a person.
        owner: OneOrMany<Text>,
        /// The metrics that it states, by id.
        metrics: Vec<Text>,
        /// What else it states.
        fields: Vec<Text>,
        /// What else is to know.
        note: Text,
    }
}
