//! Sessions on disk: one folder, with a snapshot and a journal per session and one writer at a time.
//!
//! An edit is passed to the operating system before it is shown ([`OpenSession::edit`]) and synced soon after
//! (`sync`). Damage to a file costs no more than the damaged part (`recover`).

mod author;
mod copies;
mod error;
mod evidence;
mod files;
mod folder;
mod forget;
mod git;
mod journal;
mod journal_file;
mod lines;
mod lock;
mod open_session;
mod paths;
mod recover;
mod repair;
mod restart;
mod session_file;
mod snapshot;
mod sync;
mod versions;
mod writer;

pub use author::{Author, Me};
pub use copies::copy_of;
pub use error::{Operation, StoreError};
pub use evidence::{EvidenceContent, EvidenceFolder, MAX_EVIDENCE};
pub use files::{
    MAX_FILE, make_folder, read_bytes, read_own_text, read_text, remove_temporary_files, write_whole,
};
pub use folder::{Folder, Summary, is_id};
pub use forget::FormerWords;
pub use git::{Stages, is_in_work_tree, run_git, stages};
pub use lock::{Holder, UNKNOWN_USER};
pub use open_session::{EditError, OpenSession, Opened};
pub use recover::Loaded;
pub use session_file::{ReadOnly, SessionFile};
pub use versions::{MergedVersions, NotMergeable, merge_versions, session_in};
