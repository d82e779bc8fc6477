//! Who makes the edits of a session.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use super::lock::Holder;

/// The longest wait for a name that is being looked up.
const WAIT: Duration = Duration::from_millis(500);

/// The author of edits, usually `Name <email>`. It may still be looked up when a session is opened; the first
/// edit waits for it.
#[derive(Debug)]
pub struct Author {
    name: String,
    pending: Option<Receiver<String>>,
}

impl Author {
    /// An author who is known.
    pub fn known(name: impl Into<String>) -> Self {
        Self { name: name.into(), pending: None }
    }

    /// An author who is being looked up; `name` if nothing is found soon.
    pub fn looked_up(name: impl Into<String>, pending: Receiver<String>) -> Self {
        Self { name: name.into(), pending: Some(pending) }
    }

    /// The author.
    pub fn name(&mut self) -> &str {
        if let Some(pending) = self.pending.take()
            && let Ok(found) = pending.recv_timeout(WAIT)
        {
            self.name = found;
        }
        &self.name
    }
}

/// Who opens a session: the process, for its lock, and the author of its edits.
#[derive(Debug)]
pub struct Me {
    /// The process.
    pub holder: Holder,
    /// The author.
    pub author: Author,
}

impl From<Holder> for Me {
    fn from(holder: Holder) -> Self {
        Self { author: Author::known(holder.by.clone()), holder }
    }
}
