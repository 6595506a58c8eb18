//! One build at a time in one output folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::fault::{WriteFault, shown};

/// Where a folder itself cannot be locked (some network file systems, Windows), this file in it is locked instead.
pub(super) const NAME: &str = ".relspec.lock";

const PAUSE: Duration = Duration::from_millis(10);

/// Holds the folder until it is dropped; the system lets go of it too when the process dies.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Waits until no other build works in this folder, which must exist.
pub(super) fn exclusive(out: &Path, patience: Duration) -> Result<Lock, WriteFault> {
    let on_folder = File::open(out).and_then(|folder| wait(folder, File::try_lock, patience));
    let locked = on_folder.or_else(|_| {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(out.join(NAME))?;
        wait(file, File::try_lock, patience)
    });
    match locked {
        Ok(Some(lock)) => Ok(lock),
        Ok(None) => Err(WriteFault::Busy { folder: out.display().to_string() }),
        Err(error) => Err(WriteFault::io("lock", shown(out, ""), error)),
    }
}

/// Waits until no build writes; a reader goes on without the lock when it cannot be had, since it changes nothing.
pub(super) fn shared(out: &Path, patience: Duration) -> Option<Lock> {
    File::open(out).and_then(|folder| wait(folder, File::try_lock_shared, patience)).ok().flatten()
}

/// `None` when the patience runs out.
fn wait(
    file: File,
    take: fn(&File) -> Result<(), TryLockError>,
    patience: Duration,
) -> io::Result<Option<Lock>> {
    let start = Instant::now();
    loop {
        match take(&file) {
            Ok(()) => return Ok(Some(Lock { _file: file })),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if start.elapsed() >= patience => return Ok(None),
            Err(TryLockError::WouldBlock) => sleep(PAUSE),
        }
    }
}
