//! Pictures of the runbook: the levels of each metric, and the stages with their gates.

pub mod flow;
pub mod ladder;
