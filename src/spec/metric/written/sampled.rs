//! Examples of a query as their author wrote them.

use crate::spec::shape::{Table, Text, section};

section! {
    /// Series, and what a query makes of them once they have gone on for long enough.
    pub struct SampleText {
        /// The series, each with its labels; those of the release's scope may be left out. A number is a value that stays,
        /// a number in some time (`50/s`, `3/min`) is how fast a counter grows.
        series @required: Table<Text>,
        /// The value that the query then gives, in the metric's unit.
        gives @required: Text,
        /// The labels of that value, each of `by`.
        by: Table<Text>,
    }
}
