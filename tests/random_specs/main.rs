//! Properties that hold for every release, tried on random ones.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test fails by a panic")]

mod bytes;
mod compile;
mod generate;
mod limits;
mod measure;
mod model;
mod mutations;
mod oracle;
mod order;
mod promtool;
mod proofs;
mod render;
mod rules;
mod runner;
mod tape;
mod text;
mod units;
mod yaml;
