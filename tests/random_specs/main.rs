//! Properties that hold for every release, tried on random ones.

mod compile;
mod generate;
mod limits;
mod measure;
mod model;
mod oracle;
mod order;
mod promtool;
mod rules;
mod render;
mod runner;
mod tape;
mod text;
mod units;
