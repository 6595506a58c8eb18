//! Running one program, without a shell and not for ever. The only place of this program that starts processes.
//!
//! What the program prints goes into nameless files and not through pipes, so that nothing waits for a pipe that some
//! grandchild holds open. The child stays in this process's group: Ctrl-C ends both.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// More output than this is no tool's answer.
const MOST_BYTES: u64 = 16 << 20;
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
    /// It was ended, or not read, since it printed more than 16 MiB.
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
    let refused = |error: io::Error| Stopped::Refused(error.to_string());
    let (mut out, mut err) = (tempfile::tempfile().map_err(refused)?, tempfile::tempfile().map_err(refused)?);
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command.stdout(out.try_clone().map_err(refused)?).stderr(err.try_clone().map_err(refused)?);
    let child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Stopped::Missing,
        _ => refused(error),
    })?;
    let status = Watched { child, ended: false }.wait(limit, [&out, &err])?;
    Ok(Ran {
        success: status.success(),
        stdout: text(&mut out).map_err(refused)?,
        stderr: text(&mut err).map_err(refused)?,
    })
}

/// A child that does not outlive its keeper.
struct Watched {
    child: Child,
    ended: bool,
}

impl Watched {
    fn wait(mut self, limit: Duration, files: [&File; 2]) -> Result<ExitStatus, Stopped> {
        let start = Instant::now();
        let mut look = SHORTEST_LOOK;
        loop {
            let ended = self.child.try_wait().map_err(|error| Stopped::Refused(error.to_string()))?;
            if files.iter().any(|file| file.metadata().is_ok_and(|data| data.len() > MOST_BYTES)) {
                return Err(Stopped::TooLoud);
            }
            if let Some(status) = ended {
                self.ended = true;
                return Ok(status);
            }
            if start.elapsed() >= limit {
                return Err(Stopped::TooSlow(limit));
            }
            sleep(look);
            look = (look * 2).min(LONGEST_LOOK);
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if !self.ended {
            // A child that ended meanwhile needs no killing, and waiting for it can't fail in a way that matters.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn text(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limit: u64) -> Result<Ran, Stopped> {
        run(Path::new("sh"), &["-c", script], Path::new("/"), Duration::from_millis(limit))
    }

    #[test]
    fn tells_what_was_printed_and_how_it_ended() {
        let ran = shell("pwd; echo 错 >&2; cat; exit 3", 10_000).expect("an end");
        assert_eq!(ran, Ran { success: false, stdout: "/\n".to_owned(), stderr: "错\n".to_owned() });
        assert!(shell("true", 10_000).expect("an end").success);
    }

    #[test]
    fn nothing_waits_for_what_hangs_or_never_falls_silent() {
        let start = Instant::now();
        assert_eq!(shell("sleep 5 & sleep 5", 100), Err(Stopped::TooSlow(Duration::from_millis(100))));
        assert_eq!(shell("yes", 60_000), Err(Stopped::TooLoud));
        assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    }

    #[test]
    fn a_child_is_gone_when_its_time_is_over() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let script = format!("echo $$ > {}; exec sleep 60", file.path().display());
        assert!(shell(&script, 300).is_err());
        let id = std::fs::read_to_string(file.path()).expect("its id");
        let alive = run(Path::new("kill"), &["-0", id.trim()], Path::new("/"), Duration::from_secs(5));
        assert!(!alive.expect("kill").success, "{id} is still there");
    }

    #[test]
    fn what_is_not_there_is_missing() {
        let none = run(Path::new("/no/such/tool"), &["x"], Path::new("/"), Duration::from_secs(1));
        assert_eq!(none, Err(Stopped::Missing));
        let folder = run(Path::new("/"), &["x"], Path::new("/"), Duration::from_secs(1));
        assert!(matches!(folder, Err(Stopped::Refused(_))), "{folder:?}");
    }
}
