//! Text to a tree in which every key and value has its place. The only user of the YAML parser.

mod node;

pub use node::{Entry, Kind, Node, Scalar, Style};
