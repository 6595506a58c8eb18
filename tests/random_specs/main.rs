//! Properties that hold for every release, tried on random ones.

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
mod render;
mod rules;
mod runner;
mod tape;
mod text;
mod units;
mod yaml;
