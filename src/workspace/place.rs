//! Where the user's things are, who is at work, and when.

use std::path::PathBuf;

use jiff::{Timestamp, Unit};

use crate::store::{Folder, Holder};

/// Where the user's things are.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder of sessions.
    pub sessions: Folder,
    /// The folder of pages as they were before a report was written onto them.
    pub replaced: PathBuf,
    /// The folder of the user's own questionnaires.
    pub questionnaires: PathBuf,
}

impl Workspace {
    /// The workspace whose sessions are in `data` and whose questionnaires are in `config`.
    pub fn new(data: PathBuf, config: PathBuf) -> Self {
        let replaced = data.join("replaced");
        Self { sessions: Folder::new(data), replaced, questionnaires: config.join("questionnaires") }
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
