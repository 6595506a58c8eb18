//! Reading a file that may be anything: a folder, a pipe, another encoding, or far too large.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use super::{FileId, Sources, Span};
use crate::diag::{Diagnostic, Label, Severity};

/// The most bytes that a file may have: 1 MiB.
pub const MAX_BYTES: usize = 1 << 20;

/// Why a file or a folder gave no text. It has no text to point into, so the message carries everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFault {
    /// Where the fault lies, as it was asked for or found.
    pub path: PathBuf,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl ReadFault {
    pub(super) fn new(path: &Path, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { path: path.to_owned(), message: message.into(), help: help.into() }
    }
}

impl Sources {
    /// Reads the file at `path` (below `root` unless absolute) and adds its text, without a byte-order mark.
    /// Never blocks on a pipe or a device, and never reads more than [`MAX_BYTES`].
    ///
    /// # Errors
    /// One finding for a file that is not a regular, readable, small file of UTF-8 text. Its label lies in an empty
    /// text that is added under the file's path, so that every printer can name the file.
    pub fn read(&mut self, root: &Path, path: &Path) -> Result<FileId, Diagnostic> {
        match read_text(&root.join(path)) {
            Ok(text) => Ok(self.add(shown(root, path), text)),
            Err((message, help)) => Err(self.report(root, &ReadFault::new(path, message, help))),
        }
    }

    /// The finding for a fault that left no text.
    pub fn report(&mut self, root: &Path, fault: &ReadFault) -> Diagnostic {
        let file = self.add(shown(root, &fault.path), "");
        Diagnostic {
            lint: "yaml-syntax",
            severity: Severity::Error,
            message: fault.message.clone(),
            labels: vec![Label { span: Span::new(file, 0..0), text: "this file".to_owned() }],
            help: Some(fault.help.clone()),
        }
    }
}

/// The path as people see it: relative to `root` where it lies below it, with `/` between folders.
fn shown(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts = relative.components().filter_map(|part| match part {
        Component::CurDir => None,
        Component::RootDir => Some(String::new()),
        other => Some(other.as_os_str().to_string_lossy().into_owned()),
    });
    let text = parts.collect::<Vec<_>>().join("/");
    if text.is_empty() { ".".to_owned() } else { text }
}

/// What is wrong, and what to do.
pub(super) type Refusal = (String, String);

fn refusal<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Refusal> {
    Err((message.into(), help.into()))
}

fn read_text(path: &Path) -> Result<String, Refusal> {
    let before = fs::metadata(path).or_else(|error| unreachable_file(path, &error))?;
    check_kind(&before)?;
    let file = open(path).or_else(|error| unreachable_file(path, &error))?;
    let opened = file.metadata().or_else(|error| unreachable_file(path, &error))?;
    check_kind(&opened)?;
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    file.take(limit).read_to_end(&mut bytes).or_else(|error| unreachable_file(path, &error))?;
    if bytes.len() > MAX_BYTES {
        return too_large(opened.len());
    }
    decode(bytes)
}

/// A pipe may take the file's place after it was looked at; without blocking, opening it does no harm.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        const NONBLOCK: i32 = match () {
            () if cfg!(any(target_vendor = "apple", target_os = "freebsd")) => 0x4,
            () if cfg!(all(target_os = "linux", not(any(target_arch = "mips", target_arch = "mips64")))) => {
                0o4000
            }
            () => 0,
        };
        options.custom_flags(NONBLOCK);
    }
    options.open(path)
}

pub(super) fn unreachable_file<T>(path: &Path, error: &io::Error) -> Result<T, Refusal> {
    let link = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink());
    match error.kind() {
        ErrorKind::NotFound if link => {
            let target = fs::read_link(path).unwrap_or_default();
            let message = format!("this is a link to `{}`, which does not exist", target.display());
            refusal(message, "restore the file that it points to, or remove the link")
        }
        ErrorKind::NotFound => refusal("there is no such file", "check the path"),
        ErrorKind::PermissionDenied => {
            refusal("this file may not be read: permission denied", "give yourself the right to read it")
        }
        _ if link && fs::metadata(path).is_err() => {
            refusal("this is a link that leads back to itself", "replace the link by the file")
        }
        _ => refusal(format!("this file cannot be read: {error}"), "check the path and the disk"),
    }
}

fn check_kind(meta: &Metadata) -> Result<(), Refusal> {
    let kind = meta.file_type();
    if kind.is_dir() {
        return refusal(
            "this is a folder, not a file",
            "rename the folder, or put `_` before its name to leave it out",
        );
    }
    if !kind.is_file() {
        let what = special(kind);
        return refusal(format!("this is {what}, not a file"), "put a regular file in its place");
    }
    if meta.len() > MAX_BYTES as u64 { too_large(meta.len()) } else { Ok(()) }
}

#[cfg(unix)]
fn special(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match () {
        () if kind.is_fifo() => "a named pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

#[cfg(not(unix))]
fn special(_: fs::FileType) -> &'static str {
    "a device"
}

fn too_large<T>(bytes: u64) -> Result<T, Refusal> {
    refusal(
        format!("this file is too large: {bytes} bytes, and the limit is {MAX_BYTES} (1 MiB)"),
        "describe one release per file, and keep data out of it",
    )
}

fn decode(mut bytes: Vec<u8>) -> Result<String, Refusal> {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || half_nul(&bytes) {
        return refusal("this file is not UTF-8: it looks like UTF-16", "save it as UTF-8");
    }
    let nul = bytes.iter().position(|&byte| byte == 0);
    match String::from_utf8(bytes) {
        Err(error) => not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()),
        Ok(text) => match nul {
            None => Ok(text),
            Some(at) => {
                let place = place(text.as_bytes(), at);
                refusal(
                    format!("this is not a text file: it has a NUL byte at {place}"),
                    "remove that byte, or save the text anew as UTF-8",
                )
            }
        },
    }
}

/// Text of Western letters in UTF-16 without a mark: every second byte is NUL.
fn half_nul(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    let nuls = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    head.len() >= 4 && nuls(0).max(nuls(1)) * 4 >= head.len() && nuls(0).min(nuls(1)) == 0
}

fn not_utf8(bytes: &[u8], at: usize) -> Result<String, Refusal> {
    let guess = if looks_like_gbk(bytes) { "; it may be GBK or Latin-1" } else { "" };
    let place = place(bytes, at);
    refusal(format!("this file is not UTF-8: the first fault is at {place}{guess}"), "save it as UTF-8")
}

fn place(bytes: &[u8], at: usize) -> String {
    let line = bytes[..at].split(|&byte| byte == b'\n').count();
    format!("byte {at}, line {line}")
}

/// Every byte above ASCII starts a pair that GBK allows.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(&lead) = rest.next() {
        if lead < 0x80 {
            continue;
        }
        let paired = matches!(rest.next(), Some(&trail) if (0x40..=0xFE).contains(&trail) && trail != 0x7F);
        if !paired || !(0x81..=0xFE).contains(&lead) {
            return false;
        }
    }
    true
}
