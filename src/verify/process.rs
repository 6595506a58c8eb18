//! Running one program, without a shell and not for ever. The only place of this program that starts processes.
//!
//! What the program prints goes through pipes that are closed when it is given up: a grandchild that goes on printing is
//! ended by that, and one that is silent is not waited for. The child stays in this process's group, so that Ctrl-C ends both.

use std::ffi::OsStr;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// More output than this is no tool's answer.
const MOST_BYTES: usize = 16 << 20;
/// Go's variable for how far memory may grow before garbage is collected, in percent, unless the user has set it.
const COLLECT_LESS: (&str, &str) = ("GOGC", "400");
const SHORTEST_LOOK: Duration = Duration::from_millis(1);
const LONGEST_LOOK: Duration = Duration::from_millis(20);

/// What a program did that ended by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Whether its exit code is 0.
    pub success: bool,
    /// What it printed on standard output; bytes that are no UTF-8 are replaced.
    pub stdout: String,
    /// What it printed on standard error, likewise.
    pub stderr: String,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// There is no such program.
    Missing,
    /// The system does not run it; its reason.
    Refused(String),
    /// It was ended after this time.
    TooSlow(Duration),
    /// It was ended, since it printed more than 16 MiB.
    TooLoud,
}

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such program"),
            Self::Refused(why) => write!(f, "it cannot be run: {why}"),
            Self::TooSlow(limit) => {
                write!(f, "it was ended after {} s without an answer (--time-limit)", limit.as_secs())
            }
            Self::TooLoud => write!(f, "it was ended, since it printed more than {} MiB", MOST_BYTES >> 20),
        }
    }
}

/// Runs a program in a folder and waits for its end, at most for `limit`; then it is killed. Its standard input is empty.
///
/// # Errors
/// When it can't be started, or does not end by itself.
pub fn run<A: AsRef<OsStr>>(
    program: &Path,
    arguments: &[A],
    folder: &Path,
    limit: Duration,
) -> Result<Ran, Stopped> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    // The tools are Go programs that make much garbage and live briefly: a fifth of promtool's time goes into collecting it.
    if std::env::var_os(COLLECT_LESS.0).is_none() {
        command.env(COLLECT_LESS.0, COLLECT_LESS.1);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Stopped::Missing,
        _ => refused(&error),
    })?;
    let mut watched = Watched { child, end: Instant::now() + limit, limit };
    let (sender, printed) = channel();
    watched.listen(&sender)?;
    drop(sender);
    watched.wait(&printed)
}

fn refused(error: &io::Error) -> Stopped {
    Stopped::Refused(error.to_string())
}

/// What came through one of the two pipes: whether it is that of standard error, and the bytes.
type Printed = (bool, Vec<u8>);

/// A child that does not outlive its keeper.
struct Watched {
    child: Child,
    end: Instant,
    limit: Duration,
}

impl Watched {
    /// Reads both pipes, each in a thread that ends with it; nobody waits for these threads.
    fn listen(&mut self, sender: &Sender<Printed>) -> Result<(), Stopped> {
        let out = self.child.stdout.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>);
        let err = self.child.stderr.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>);
        for (is_err, pipe) in [(false, out), (true, err)] {
            let (pipe, sender) = (pipe.into_iter(), sender.clone());
            let read = move || {
                for pipe in pipe {
                    let mut bytes = Vec::new();
                    // What was read before a fault is all that there is to tell.
                    let _ = pipe.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes);
                    let _ = sender.send((is_err, bytes));
                }
            };
            Builder::new().spawn(read).map_err(|error| refused(&error))?;
        }
        Ok(())
    }

    fn wait(mut self, printed: &Receiver<Printed>) -> Result<Ran, Stopped> {
        let (mut stdout, mut stderr) = (String::new(), String::new());
        let mut look = SHORTEST_LOOK;
        let mut open = true;
        loop {
            if open {
                match printed.recv_timeout(look) {
                    Ok((_, bytes)) if bytes.len() > MOST_BYTES => return Err(Stopped::TooLoud),
                    Ok((true, bytes)) => stderr = String::from_utf8_lossy(&bytes).into_owned(),
                    Ok((false, bytes)) => stdout = String::from_utf8_lossy(&bytes).into_owned(),
                    Err(RecvTimeoutError::Disconnected) => open = false,
                    Err(RecvTimeoutError::Timeout) => {}
                }
            } else {
                std::thread::sleep(look);
            }
            // It has ended when it is gone and both pipes are closed.
            let status = self.child.try_wait().map_err(|error| refused(&error))?;
            if let (Some(status), false) = (status, open) {
                return Ok(Ran { success: status.success(), stdout, stderr });
            }
            if Instant::now() >= self.end {
                return Err(Stopped::TooSlow(self.limit));
            }
            look = (look * 2).min(LONGEST_LOOK);
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // One that has ended needs no killing, and waiting for one that is killed can't fail in a way that matters.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(all(test, unix))]
mod tests;
