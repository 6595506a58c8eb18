//! relspec compiles one release spec into what a release needs to be watched.

pub mod diag;
pub mod promql;
pub mod source;
pub mod syntax;
