//! What can go wrong with the output folder, in words that say what to do.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

/// Why a path stands in the way of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The artifact's path is absolute, leads out of the folder, or is a name kept for the manifest or the lock.
    BadPath,
    /// Two artifacts have this path.
    Twice,
    /// Another artifact's path, given here, differs only by case.
    OnlyCase(String),
    /// Another artifact, given here, is a file where this one needs a folder.
    UnderFile(String),
    /// The artifact carries no stamp, so a later build could not tell that it is ours.
    NoStamp,
    /// We made it and someone changed it since.
    Edited,
    /// We made it, someone changed it since, and the build would remove it.
    EditedAndGone,
    /// It is not ours.
    Foreign,
    /// It is a symbolic link where a file belongs.
    LinkedFile,
    /// The folder given here, above it, is a symbolic link.
    LinkedFolder(String),
    /// The file given here stands where a folder is needed.
    NeedsFolder(String),
    /// It is a folder, a pipe or a device where a file belongs.
    NotAFile,
    /// The output folder exists and is not a folder.
    OutputIsNoFolder,
    /// The folder that it goes to is read-only.
    ReadOnly,
    /// It cannot be read; the system's reason is given here.
    Unreadable(String),
}

impl Reason {
    /// Whether `--force` goes ahead all the same. It never goes through a link nor removes a folder.
    #[must_use]
    pub fn yields_to_force(&self) -> bool {
        matches!(self, Self::Edited | Self::EditedAndGone | Self::Foreign | Self::LinkedFile)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::BadPath => {
                "is not a path that an artifact may have (a bug in relspec, or a name in the spec that is no file name)"
            }
            Self::Twice => "would be made by two artifacts; rename one of them in the spec",
            Self::OnlyCase(other) => {
                return write!(f, "differs from {other} only by case; rename one of them in the spec");
            }
            Self::UnderFile(other) => {
                return write!(f, "needs a folder where {other} is a file; rename one of them in the spec");
            }
            Self::NoStamp => "has no place for the stamp (a bug in relspec: JSON must be an object)",
            Self::Edited => "was edited by hand; move the change into the spec, or overwrite it with --force",
            Self::EditedAndGone => {
                "was edited by hand and is no longer generated; move it elsewhere, or remove it with --force"
            }
            Self::Foreign => {
                "was not written by relspec; move it, choose another output folder, or overwrite it with --force"
            }
            Self::LinkedFile => "is a symbolic link; move it, or replace the link with --force",
            Self::LinkedFolder(folder) => {
                return write!(
                    f,
                    "lies behind {folder}, a symbolic link, which is never followed; move the link"
                );
            }
            Self::NeedsFolder(file) => {
                return write!(f, "needs a folder at {file}, which is a file; move that file");
            }
            Self::NotAFile => "must be a file and is something else; move it",
            Self::OutputIsNoFolder => "is not a folder; move it, or choose another output folder",
            Self::ReadOnly => "goes into a read-only folder; make that folder writable",
            Self::Unreadable(why) => return write!(f, "cannot be read ({why}); make it readable or move it"),
        };
        f.write_str(words)
    }
}

/// One thing that stands in the way of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path as the reader knows it, with the output folder (`generated/README.md`).
    pub path: String,
    /// Why, and with it what to do.
    pub reason: Reason,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.reason)
    }
}

/// Why nothing was written, or why writing stopped.
#[derive(Debug)]
pub enum WriteFault {
    /// All that stands in the way, at least one; nothing was written.
    Refused(Vec<Problem>),
    /// Another build has held the folder for too long; nothing was written.
    Busy {
        /// The output folder.
        folder: String,
    },
    /// The system refused an operation. Every file is whole, old or new.
    Io {
        /// What was tried, as in "cannot rename".
        operation: &'static str,
        /// What it was tried on.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
}

impl WriteFault {
    pub(super) fn io(operation: &'static str, path: impl Into<String>, source: io::Error) -> Self {
        Self::Io { operation, path: path.into(), source }
    }
}

impl fmt::Display for WriteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(problems) => {
                f.write_str("nothing was written:")?;
                problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
            }
            Self::Busy { folder } => {
                write!(
                    f,
                    "another build is writing to {folder}; nothing was written, build again when it is done"
                )
            }
            Self::Io { operation, path, source } => {
                write!(
                    f,
                    "cannot {operation} {path}: {source}; every file is whole, so mend this and build again"
                )
            }
        }
    }
}

impl Error for WriteFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Refused(_) | Self::Busy { .. } => None,
        }
    }
}

/// A path as the reader knows it: the output folder as it was given, then the path in it.
pub(super) fn shown(out: &Path, path: &str) -> String {
    let out = out.display().to_string();
    if path.is_empty() { out } else { format!("{}/{path}", out.trim_end_matches('/')) }
}
