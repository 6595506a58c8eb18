//! Properties that hold for every release, tried on random ones.

mod bytes;
mod compile;
mod generate;
mod limits;
mod measure;
mod model;
mod oracle;
mod mutations;
mod order;
mod promtool;
mod rules;
mod render;
mod runner;
mod tape;
mod text;
mod units;
mod yaml;
