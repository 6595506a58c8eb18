//! relspec compiles one release spec into what a release needs to be watched.

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
