//! relspec compiles release specs into Prometheus rules, Grafana dashboards, Alertmanager routes and runbooks, and refuses
//! thresholds out of order.
//!
//! This page is the pipeline. Text goes through five stages, each of which knows those before it and none of those
//! after it:
//!
//! ```text
//! text ──syntax──▶ Node ──spec──▶ Spec ──lint──▶ Spec ──plan──▶ Plan ──target──▶ [Artifact] ──output──▶ files
//! ```
//!
//! - [`source`] holds the texts and says where a byte stands; [`syntax`] turns a text into a tree with places.
//! - [`spec`] turns a tree into a typed release. What it gives is checked: a threshold ladder out of order
//!   ([`ladder`]), a quantity of the wrong dimension ([`quantity`]) or an expression that is no PromQL ([`promql`])
//!   can't be in it.
//! - [`lint`] judges what can be written and is still unwise. [`judge`] goes up to here.
//! - [`plan`] lists all that must exist, neutral to tools; each [`target`] prints the plan for one tool. [`compile`]
//!   goes up to here.
//! - [`output`] turns artifacts into files, all or none. [`cli`] and it touch the file system, and [`source`] where it
//!   reads; the rest works on text in memory.
//!
//! Every stage gives its value and its findings ([`diag`]), and none stops at the first. The order of findings and of
//! artifacts, and every byte of them, depend on the project alone.

pub mod cli;
pub mod diag;
pub mod ladder;
pub mod lint;
pub mod output;
pub mod plan;
pub mod promql;
pub mod quantity;
pub mod source;
pub mod spec;
pub mod syntax;
pub mod target;
pub mod template;
pub mod verify;

mod pipeline;
mod rehearsal;

pub use pipeline::{Judgement, Made, Outcome, Project, compile, judge};
