//! The session that is open. It moves from screen to screen.

use std::collections::BTreeSet;
use std::path::Path;

use crate::report::Format;
use crate::session::Session;
use crate::store::{OpenSession, ReadOnly};

/// The open session, and what the program knows about it besides its files.
#[derive(Debug)]
pub struct Current {
    /// The session with its files.
    pub open: OpenSession,
    /// The path that the report was exported to last.
    pub exported: Option<String>,
    /// The names of the files that are stored with it, to know which are missing.
    pub files: BTreeSet<String>,
}

impl Current {
    /// The session.
    pub fn session(&self) -> &Session {
        self.open.session()
    }

    /// The path to export to by default: the one used last if it fits the format, otherwise the id.
    pub fn export_path(&self, format: Format) -> String {
        let extension = format.extension();
        let fits = |path: &&String| Path::new(path.as_str()).extension().is_some_and(|e| e == extension);
        let last = self.exported.as_ref().filter(fits);
        last.cloned().unwrap_or_else(|| format!("{}.{extension}", self.open.id()))
    }

    /// Why the session cannot be changed here, as a phrase: `open in another Querist (kim, process 7, since
    /// 10:15)`.
    pub fn read_only(&self) -> Option<String> {
        Some(match self.open.read_only()? {
            ReadOnly::Failed(reason) => reason.clone(),
            ReadOnly::Held(None) => "open in another Querist".to_owned(),
            ReadOnly::Held(Some(holder)) => {
                let since = holder.since.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M on %Y-%m-%d");
                format!("open in another Querist ({}, since {since})", holder.described())
            }
        })
    }
}
