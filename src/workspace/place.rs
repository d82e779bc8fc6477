//! Where the user's things are, who is at work, and when.

use std::path::PathBuf;

use jiff::{Timestamp, Unit};

use crate::store::{Folder, Holder};

/// Where the user's things are.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder of sessions.
    pub sessions: Folder,
    /// The folder of sessions that are put aside.
    pub archive: Folder,
    /// The folder of sessions that were deleted; nothing empties it.
    pub trash: Folder,
    /// The folder of pages as they were before a report was written onto them.
    pub replaced: PathBuf,
    /// The folder of what the program remembers from one start to the next.
    pub state: PathBuf,
    /// The folder of settings, themes and the user's own questionnaires.
    pub config: PathBuf,
    /// The folder of the user's own questionnaires.
    pub questionnaires: PathBuf,
}

/// Where a session is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shelf {
    /// Among those that are worked on.
    #[default]
    Desk,
    /// Put aside.
    Archive,
    /// Deleted; it can be taken out again.
    Trash,
}

impl Workspace {
    /// The workspace whose sessions are in `data` and whose questionnaires are in `config`.
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
            Shelf::Desk => &self.sessions,
            Shelf::Archive => &self.archive,
            Shelf::Trash => &self.trash,
        }
    }

    /// Who is at work in this process, for locks and journals.
    pub fn me() -> Holder {
        let by = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let by = by.filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned());
        Holder { pid: std::process::id(), by, since: now() }
    }
}

/// The time, to the millisecond: what files and pages show.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now)
}
