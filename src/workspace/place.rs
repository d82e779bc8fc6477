//! The folders of the user, and the time.

use std::path::PathBuf;

use jiff::{Timestamp, Unit};

use crate::store::Folder;

/// The folders of the user.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder of active sessions.
    pub sessions: Folder,
    /// The folder of archived sessions.
    pub archive: Folder,
    /// The folder of deleted sessions. It is never emptied automatically.
    pub trash: Folder,
    /// The folder of previous versions of files that were overwritten by a report.
    pub replaced: PathBuf,
    /// The folder of the program's own state, see [`Remembered`](super::Remembered).
    pub state: PathBuf,
    /// The folder of settings, themes and the user's own questionnaires.
    pub config: PathBuf,
    /// The folder of the user's own questionnaires.
    pub questionnaires: PathBuf,
}

/// Which folder a session is in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shelf {
    /// The folder of active sessions.
    #[default]
    Active,
    /// The archive.
    Archive,
    /// The trash. Its sessions can be restored.
    Trash,
}

impl Workspace {
    /// A workspace with its sessions in `data`, and its settings and questionnaires in `config`.
    pub fn new(data: PathBuf, config: PathBuf) -> Self {
        let replaced = data.join("replaced");
        let state = data.join("state");
        let (archive, trash) = (Folder::new(data.join("archive")), Folder::new(data.join("trash")));
        Self {
            sessions: Folder::new(data),
            archive,
            trash,
            replaced,
            state,
            questionnaires: config.join("questionnaires"),
            config,
        }
    }

    /// The folder of a shelf.
    pub fn shelf(&self, shelf: Shelf) -> &Folder {
        match shelf {
            Shelf::Active => &self.sessions,
            Shelf::Archive => &self.archive,
            Shelf::Trash => &self.trash,
        }
    }
}

/// The current time, rounded to milliseconds as in files and on pages.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now)
}
