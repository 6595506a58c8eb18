//! relspec compiles one release spec into what a release needs to be watched.

pub mod diag;
pub mod output;
pub mod source;
pub mod syntax;
