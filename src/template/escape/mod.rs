//! Author's text made safe for the place where it lands: nothing in it becomes markup there, and all of it is shown.

mod clean;
mod code;
mod mermaid;
mod prose;
#[cfg(test)]
mod tests;
mod url;
mod xml;

pub use code::{cell, cell_of_text, code, code_cell, fence};
pub use mermaid::mermaid;
pub use prose::{inline, label, paragraphs};
pub use url::url;
pub use xml::xml;
