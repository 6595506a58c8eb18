//! The sections `timeline` and `meetings`: what happens when.

use super::point::Point;
use super::scalar::DurationText;
use super::shape::{OneOrMany, Text, section};

section! {
    /// One line of the timetable.
    #[derive(serde::Serialize)]
    pub struct TimelineEntry {
        /// When it begins.
        at @required: Point,
        /// The part of the rollout that it belongs to.
        phase: Text,
        /// What is done.
        r#do: Text,
        /// The stage that begins here, by its id.
        stage: Text,
        /// Who does it, by the id of a person.
        owner: OneOrMany<Text>,
        /// How long it takes.
        takes: DurationText,
        /// A command to copy.
        run: Text,
        /// What else is to know.
        note: Text,
    }
}

section! {
    /// People who meet.
    #[derive(serde::Serialize)]
    pub struct Meeting {
        /// How often: `monday`, `daily`, `2d`.
        every: Text,
        /// At which times.
        at: OneOrMany<Point>,
        /// What it is for.
        r#do @required: Text,
        /// How long it takes.
        takes: DurationText,
        /// From when on.
        from: Text,
        /// Until when: a stage, a point in time or words.
        until: Text,
        /// Who takes part, by the id of a person.
        owner: OneOrMany<Text>,
        /// What else is to know.
        note: Text,
    }
}
