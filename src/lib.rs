//! relspec compiles one release spec into what a release needs to be watched.

pub mod diag;
pub mod ladder;
pub mod quantity;
pub mod source;
pub mod syntax;
