//! The section `risks`: what may go wrong, and the answer to it.

use super::shape::{OneOrMany, Text, section, words};
use crate::source::Spanned;

words! {
    /// How likely or how bad something is.
    pub enum Degree {
        /// Little.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// Much.
        High = "high",
    }
}

section! {
    /// Something that may go wrong, and the answer to it.
    #[derive(serde::Serialize)]
    pub struct RiskEntry {
        /// What may go wrong.
        risk @required: Text,
        /// How likely it is.
        likelihood: Spanned<Degree>,
        /// How bad it would be.
        impact: Spanned<Degree>,
        /// What is done about it.
        answer: Text,
        /// Who sees to it, by the id of a person.
        owner: OneOrMany<Text>,
    }
}
