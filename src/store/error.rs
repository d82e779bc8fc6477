//! What can go wrong with files, told to the person who has to do something about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be read or stored.
#[derive(Debug)]
pub enum StoreError {
    /// The operating system refused.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried, as in "cannot read".
        action: &'static str,
        /// Its answer.
        source: io::Error,
    },
    /// The file is not what it should be.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The line, from 1; 0 if no place can be named.
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
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The file is a symbolic link or no regular file.
    NotAFile {
        /// The file.
        path: PathBuf,
    },
    /// There is no such session.
    NotFound {
        /// What was asked for.
        name: String,
        /// The folder in which it was looked for.
        folder: PathBuf,
    },
    /// More than one session begins like that.
    Ambiguous {
        /// What was asked for.
        name: String,
        /// The sessions.
        candidates: Vec<String>,
    },
}

impl StoreError {
    /// For `map_err`: an I/O error with its file and what was tried.
    pub(super) fn io(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, action, source }
    }

    /// Whether it was the storing that failed, rather than the reading.
    pub fn is_storing(&self) -> bool {
        matches!(self, Self::Io { action, .. } if *action != "cannot read")
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, action, source } => write!(f, "{action} {}: {}", path.display(), plain(source)),
            Self::Unreadable { path, line: 0, message, .. } => write!(f, "{}: {message}", path.display()),
            Self::Unreadable { path, line, column, message } => {
                write!(f, "{}:{line}:{column}: {message}", path.display())
            }
            Self::Newer { path, version } => write!(
                f,
                "{} was written by a newer Querist (format {version}; this one reads format 1)",
                path.display()
            ),
            Self::TooLarge { path, size, limit } => write!(
                f,
                "{} is too large: {} MB, at most {} MB are read",
                path.display(),
                size / 1_000_000,
                limit / 1_000_000
            ),
            Self::NotAFile { path } => write!(f, "{} is a link or no ordinary file", path.display()),
            Self::NotFound { name, folder } => write!(f, "no session \"{name}\" in {}", folder.display()),
            Self::Ambiguous { name, candidates } => {
                write!(f, "\"{name}\" could be any of: {}", candidates.join(", "))
            }
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// An I/O error in the words that a reviewer needs; the operating system's own otherwise.
pub(super) fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::QuotaExceeded => "your quota on this disk is used up".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::ResourceBusy => "another Querist has it open".to_owned(),
        io::ErrorKind::FileTooLarge => "the file would be larger than the system allows".to_owned(),
        _ => error.to_string(),
    }
}
