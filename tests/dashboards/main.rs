//! Every board of every project of `tests/cases/ok`, of `specs/` and of some releases made up here: what Grafana's own
//! linter asks for, and what holds between boards, rules and ladders.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests; a panic is how they fail")]

mod edges;
mod projects;
mod rules;
mod sizes;
mod stability;
mod thresholds;
