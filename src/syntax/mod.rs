//! Text to a tree in which every key and value has its place. The only user of the YAML parser.

mod block_text;
mod explain;
mod flow_text;
mod json;
mod node;
mod parse;
mod scan;
#[cfg(test)]
mod tests;
mod text_map;
mod tree;
mod words;

pub use crate::source::MAX_BYTES;
pub use node::{Entry, Kind, Node, Scalar, Style};
pub use parse::{MAX_DEPTH, MAX_NODES, parse, parse_made, parse_merging};
pub use text_map::span_within;
