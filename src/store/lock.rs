//! One writer per session: a lock on a file next to the session's, which the operating system releases when
//! the process ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::text;

use super::files::{self, Identity};

/// Who has a session open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Process id.
    pub pid: u32,
    /// Name of the user, or [`UNKNOWN_USER`].
    pub by: String,
    /// When the session was opened.
    pub since: Timestamp,
}

/// The name of a user that the system does not tell.
pub const UNKNOWN_USER: &str = "unknown";

impl Holder {
    /// Who it is, for messages: `kim, process 7`, or `process 7` if the name is not known.
    pub fn described(&self) -> String {
        let by = text::one_line(&self.by);
        let name = if by.is_empty() || by == UNKNOWN_USER { String::new() } else { format!("{by}, ") };
        format!("{name}process {}", self.pid)
    }
}

/// The outcome of trying to acquire a lock.
#[derive(Debug)]
pub(super) enum Lock {
    /// The lock was acquired. It is held until the value is dropped.
    Acquired(LockFile),
    /// Another process holds it: who, if known.
    Held(Option<Holder>),
}

/// A lock that is held.
#[derive(Debug)]
pub(super) struct LockFile {
    file: File,
    identity: Identity,
}

impl LockFile {
    /// Whether `path` still names the file that is locked.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        self.identity.is_at(path)
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        // Closing the file is not enough while a child process that is just being started still has a copy of
        // it.
        let _ = self.file.unlock();
    }
}

/// Acquires the lock at `path`, creating its file if necessary.
pub(super) fn acquire(path: &Path, me: &Holder) -> io::Result<Lock> {
    lock(open(path, OpenOptions::new().create(true).truncate(false))?, me)
}

/// Acquires the lock at `path`, whose file must not exist yet: if it does, another process is creating a
/// session of the same name.
pub(super) fn acquire_new(path: &Path, me: &Holder) -> io::Result<Lock> {
    match open(path, OpenOptions::new().create_new(true)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Lock::Held(None)),
        opened => lock(opened?, me),
    }
}

/// Whether another process holds the lock at `path`.
pub(super) fn is_held(path: &Path) -> bool {
    let Ok(file) = open(path, &mut OpenOptions::new()) else { return false };
    // Dropping the file releases the lock again.
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    // A link could point to any file of the user, whose content would be overwritten.
    if std::fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return Err(io::Error::other("its lock file is a symbolic link or not a regular file"));
    }
    options.read(true).write(true);
    files::private(options);
    let file = options.open(path)?;
    // Writing to a file with another name would overwrite that one too.
    if files::has_other_names(&file.metadata()?) {
        return Err(io::Error::other("its lock file is a hard link to another file"));
    }
    Ok(file)
}

fn lock(mut file: File, me: &Holder) -> io::Result<Lock> {
    match file.try_lock() {
        Ok(()) => {
            // The content only tells others who holds the lock, so a failure to write it does not matter.
            let text = serde_json::to_string(me).unwrap_or_default() + "\n";
            let _ =
                file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(text.as_bytes()));
            let identity = Identity::of(&file.metadata()?);
            Ok(Lock::Acquired(LockFile { file, identity }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let holder = file
                .take(10_000)
                .read_to_string(&mut text)
                .ok()
                .and_then(|_| serde_json::from_str(&text).ok());
            Ok(Lock::Held(holder))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> Holder {
        Holder { pid: 7, by: "kim".into(), since: Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn a_holder_whose_name_is_not_known_is_described_by_its_process() {
        assert_eq!(me().described(), "kim, process 7");
        let unknown = Holder { by: UNKNOWN_USER.into(), ..me() };
        assert_eq!(unknown.described(), "process 7");
    }

    #[test]
    fn a_lock_is_held_until_it_is_released_and_tells_others_by_whom() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".boat.lock");
        assert!(!is_held(&path));
        let Lock::Acquired(lock) = acquire(&path, &me()).unwrap() else { panic!("it is held") };
        assert!(is_held(&path) && lock.is_at(&path));
        let Lock::Held(holder) = acquire(&path, &me()).unwrap() else { panic!("it is not held") };
        assert_eq!(holder, Some(me()));
        drop(lock);
        assert!(!is_held(&path) && path.exists());
    }

    #[test]
    fn the_lock_of_a_new_session_is_one_that_nobody_has_created_yet() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".boat.lock");
        assert!(matches!(acquire_new(&path, &me()), Ok(Lock::Acquired(_))));
        assert!(matches!(acquire_new(&path, &me()), Ok(Lock::Held(None))));
        let error = acquire_new(&dir.path().join("missing/.boat.lock"), &me()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
