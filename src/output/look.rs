//! What stands at a path, found without following a link in the output folder.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::paths;

/// What stands at a path, without following a link.
pub(super) enum Found {
    Nothing,
    /// A folder above it is a link.
    BehindLink(String),
    /// A folder above it is a file.
    BehindFile(String),
    Link,
    Folder,
    File(Vec<u8>),
    /// A pipe, a socket or a device; reading it could wait for ever.
    Other,
    Unreadable(String),
}

/// Looks at a path from the output folder down. A fault to read is an answer too, so that the look goes on.
pub(super) fn look(out: &Path, path: &str) -> Found {
    let above: Vec<&str> = paths::folders(path).collect();
    for folder in above.into_iter().rev() {
        match fs::symlink_metadata(out.join(folder)) {
            Ok(data) if data.is_symlink() => return Found::BehindLink(folder.to_owned()),
            Ok(data) if data.is_dir() => {}
            Ok(_) => return Found::BehindFile(folder.to_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => return Found::Nothing,
            Err(error) => return Found::Unreadable(error.to_string()),
        }
    }
    let full = out.join(path);
    match fs::symlink_metadata(&full) {
        Ok(data) if data.is_symlink() => Found::Link,
        Ok(data) if data.is_dir() => Found::Folder,
        Ok(data) if data.is_file() => match fs::read(&full) {
            Ok(bytes) => Found::File(bytes),
            Err(error) => Found::Unreadable(error.to_string()),
        },
        Ok(_) => Found::Other,
        Err(error) if error.kind() == ErrorKind::NotFound => Found::Nothing,
        Err(error) => Found::Unreadable(error.to_string()),
    }
}
