//! Where commands print: buffered, quiet about closed pipes, coloured where that is wanted.

use crate::diag::terminal::{Style, WIDTH};
use clap::ValueEnum;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

/// The widest text that is easy to read.
const WIDEST: usize = 140;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where a command prints.
pub struct Console {
    /// Results.
    pub out: Box<dyn Write>,
    /// What is no result.
    pub err: Box<dyn Write>,
    /// How findings are shown.
    pub style: Style,
}

impl Console {
    /// The process's own output.
    #[must_use]
    pub fn new(colour: Colour) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colour = match colour {
            Colour::Auto => terminal && !plain,
            Colour::Always => true,
            Colour::Never => false,
        };
        let size = if terminal { terminal_size::terminal_size() } else { None };
        let width = size.map_or(WIDTH, |(width, _)| usize::from(width.0).min(WIDEST));
        Self {
            out: Box::new(Pipe::new(BufWriter::new(stdout.lock()))),
            err: Box::new(Pipe::new(io::stderr())),
            style: Style { colour, width },
        }
    }
}

/// A writer for which a reader that went away is no fault: what is left is dropped, and the exit code stays right.
struct Pipe<W> {
    to: W,
    closed: bool,
}

impl<W: Write> Pipe<W> {
    fn new(to: W) -> Self {
        Self { to, closed: false }
    }

    fn unless_closed<T>(&mut self, result: io::Result<T>, dropped: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(dropped)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.to.write(bytes);
        self.unless_closed(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.to.flush();
        self.unless_closed(result, ())
    }
}
