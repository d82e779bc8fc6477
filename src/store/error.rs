//! Errors of reading and storing files, worded for the person who has to act on them.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be read or stored.
#[derive(Debug)]
pub enum StoreError {
    /// The operating system reported an error.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The operation that failed.
        operation: Operation,
        /// The error itself.
        source: io::Error,
    },
    /// The content of the file is not valid.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The line, from 1; 0 if the position is unknown.
        line: usize,
        /// The column, from 1, in bytes.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The file was written by a newer version of the program.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format version.
        version: u64,
    },
    /// The file is larger than anything that Querist writes.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// The size limit in bytes.
        limit: u64,
    },
    /// The file is a symbolic link or not a regular file.
    NotAFile {
        /// The file.
        path: PathBuf,
    },
    /// The snapshot was removed in git, and nothing was edited since it was written.
    RemovedInGit {
        /// The snapshot.
        path: PathBuf,
    },
    /// No session has this name.
    NotFound {
        /// The name that was looked up.
        name: String,
        /// The folder that was searched.
        folder: PathBuf,
    },
    /// The name is a prefix of several ids.
    Ambiguous {
        /// The name that was looked up.
        name: String,
        /// The ids that start with it.
        candidates: Vec<String>,
    },
}

/// An operation on a file or folder that can fail; displayed as the verb of "cannot read".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Reading a file or listing a folder.
    Read,
    /// Writing or creating a file.
    Write,
    /// Renaming a file within its folder.
    Rename,
    /// Creating a folder.
    CreateFolder,
    /// Acquiring the lock of a session.
    Lock,
    /// Moving a session to another folder.
    Move,
    /// Removing a file.
    Remove,
}

impl Operation {
    /// For `map_err`: adds the path and the operation to an I/O error.
    pub(super) fn on(self, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
        let path = path.to_owned();
        move |source| StoreError::Io { path, operation: self, source }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Rename => "rename",
            Self::CreateFolder => "create the folder",
            Self::Lock => "lock",
            Self::Move => "move",
            Self::Remove => "remove",
        })
    }
}

impl StoreError {
    /// Whether storing failed, as opposed to reading.
    pub fn is_storing(&self) -> bool {
        match self {
            Self::Io { operation, .. } => match operation {
                Operation::Read => false,
                Operation::Write
                | Operation::Rename
                | Operation::CreateFolder
                | Operation::Lock
                | Operation::Move
                | Operation::Remove => true,
            },
            Self::Unreadable { .. }
            | Self::Newer { .. }
            | Self::TooLarge { .. }
            | Self::NotAFile { .. }
            | Self::RemovedInGit { .. }
            | Self::NotFound { .. }
            | Self::Ambiguous { .. } => false,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, operation, source } => {
                write!(f, "cannot {operation} {}: {}", path.display(), describe(source))
            }
            Self::Unreadable { path, line: 0, message, .. } => write!(f, "{}: {message}", path.display()),
            Self::Unreadable { path, line, column, message } => {
                write!(f, "{}:{line}:{column}: {message}", path.display())
            }
            Self::Newer { path, version } => write!(
                f,
                "{} was written by a newer Querist (format {version}; this version reads formats 1 and 2)",
                path.display()
            ),
            Self::TooLarge { path, size, limit } => write!(
                f,
                "{} is too large: {} MB, the limit is {} MB",
                path.display(),
                size / 1_000_000,
                limit / 1_000_000
            ),
            Self::NotAFile { path } => {
                write!(f, "{} is a symbolic link or not a regular file", path.display())
            }
            Self::RemovedInGit { path } => write!(f, "{} was removed in git", path.display()),
            Self::NotFound { name, folder } => write!(f, "no session \"{name}\" in {}", folder.display()),
            Self::Ambiguous { name, candidates } => {
                write!(f, "\"{name}\" matches several sessions: {}", candidates.join(", "))
            }
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Unreadable { .. }
            | Self::Newer { .. }
            | Self::TooLarge { .. }
            | Self::NotAFile { .. }
            | Self::RemovedInGit { .. }
            | Self::NotFound { .. }
            | Self::Ambiguous { .. } => None,
        }
    }
}

/// The reason for an I/O error in plain words, or in the operating system's own if there are none for it.
pub(super) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::QuotaExceeded => "the disk quota is exceeded".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::ResourceBusy => "another Querist has it open".to_owned(),
        io::ErrorKind::FileTooLarge => "the file would exceed the system's size limit".to_owned(),
        _ => error.to_string(),
    }
}

/// The reason why a session's edits could not be stored, short enough for the header.
pub(super) fn storing_reason(error: &StoreError) -> String {
    match error {
        StoreError::Io { source, .. } => describe_storing(source),
        StoreError::Unreadable { .. }
        | StoreError::Newer { .. }
        | StoreError::TooLarge { .. }
        | StoreError::NotAFile { .. }
        | StoreError::RemovedInGit { .. }
        | StoreError::NotFound { .. }
        | StoreError::Ambiguous { .. } => error.to_string(),
    }
}

/// Like [`describe`], but says what a missing file means while a session is open.
pub(super) fn describe_storing(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "the session's folder or journal is gone".to_owned(),
        _ => describe(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_said_in_plain_words_and_a_missing_file_is_gone_while_a_session_is_open() {
        use io::ErrorKind;
        let gone = "the session's folder or journal is gone";
        for (kind, read, stored) in [
            (ErrorKind::StorageFull, "the disk is full", "the disk is full"),
            (ErrorKind::QuotaExceeded, "the disk quota is exceeded", "the disk quota is exceeded"),
            (ErrorKind::ReadOnlyFilesystem, "the disk is read-only", "the disk is read-only"),
            (ErrorKind::PermissionDenied, "permission denied", "permission denied"),
            (ErrorKind::NotFound, "it does not exist", gone),
            (ErrorKind::ResourceBusy, "another Querist has it open", "another Querist has it open"),
        ] {
            let error = || io::Error::from(kind);
            assert_eq!((describe(&error()).as_str(), describe_storing(&error()).as_str()), (read, stored));
            assert_eq!(storing_reason(&Operation::Write.on(Path::new("x"))(error())), stored);
        }
        let limit = "the file would exceed the system's size limit";
        assert_eq!(describe(&ErrorKind::FileTooLarge.into()), limit);
        assert_eq!(describe_storing(&io::Error::other("what the system says")), "what the system says");
        let other = StoreError::NotAFile { path: "x.json".into() };
        assert_eq!(storing_reason(&other), "x.json is a symbolic link or not a regular file");
    }
}
