//! One writer: a lock on a file beside the session's, which the operating system lifts when its process ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::files;

/// Who has a session open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Number of the process.
    pub pid: u32,
    /// Name of the user.
    pub by: String,
    /// Since when.
    pub since: Timestamp,
}

/// What became of taking a lock.
pub(super) enum Taken {
    /// It is ours as long as the file is open.
    Ours(File),
    /// Another process has it; who, if it says so.
    Held(Option<Holder>),
}

/// Makes the lock file at `path` and takes it; `Held` if the file is there already: the name is another's.
pub(super) fn claim(path: &Path, me: &Holder) -> io::Result<Taken> {
    match open(path, OpenOptions::new().create_new(true)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Taken::Held(None)),
        opened => lock(opened?, me),
    }
}

/// Takes the lock at `path`.
pub(super) fn take(path: &Path, me: &Holder) -> io::Result<Taken> {
    lock(open(path, OpenOptions::new().create(true).truncate(false))?, me)
}

fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    // A link would lead out of the folder, and what it leads to would be written.
    if std::fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return Err(io::Error::other("it is a link or no ordinary file"));
    }
    options.read(true).write(true);
    files::private(options);
    options.open(path)
}

fn lock(mut file: File, me: &Holder) -> io::Result<Taken> {
    match file.try_lock() {
        Ok(()) => {
            // Who holds it is only for others to read; the lock itself is what counts.
            let text = serde_json::to_string(me).unwrap_or_default() + "\n";
            let _ =
                file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(text.as_bytes()));
            Ok(Taken::Ours(file))
        }
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let holder = file
                .take(10_000)
                .read_to_string(&mut text)
                .ok()
                .and_then(|_| serde_json::from_str(&text).ok());
            Ok(Taken::Held(holder))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}
