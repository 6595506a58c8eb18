//! Every Markdown page of every project of `tests/cases/ok`, of `specs/` and of some releases made up here: where links
//! lead, what a Markdown reader makes of them, and in which language they are.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

mod content;
mod language;
mod links;
mod markdown;
mod projects;
mod sections;
mod structure;
