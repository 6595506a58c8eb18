//! The section `rollback`: the way back, its steps and its time.

use super::people::Approval;
use super::point::Point;
use super::scalar::DurationText;
use super::shape::{Table, Text, section};
use super::step::Step;

section! {
    /// The way back to the old version.
    #[derive(serde::Serialize)]
    pub struct Rollback {
        /// The time from the decision to a healthy old version.
        within: DurationText,
        /// The time from the fault to the alert, for the slowest of them.
        detect_within: DurationText,
        /// What to do, in order.
        steps: Vec<Step>,
        /// What shows that the old version is healthy.
        verify: Vec<Step>,
        /// Other ways back, by id, each with its own time.
        modes: Table<Mode>,
        /// What is done when the trouble is over.
        afterwards: Vec<Step>,
    }
}

section! {
    /// One of several ways back.
    #[derive(serde::Serialize)]
    pub struct Mode {
        /// The title for people.
        title: Text,
        /// In which case it is the one to take.
        r#if: Text,
        /// The time from the decision to a healthy old version.
        within: DurationText,
        /// The last moment at which it can be taken.
        by: Point,
        /// The stages at which it can be taken; all where nothing is said.
        stages: Vec<Text>,
        /// Who must approve it.
        approve: Approval,
        /// What to do, in order.
        steps: Vec<Step>,
        /// What shows that the old version is healthy.
        verify: Vec<Step>,
        /// What else is to know.
        note: Text,
    }
}
