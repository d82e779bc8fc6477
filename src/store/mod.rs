//! Sessions on disk: a snapshot and a journal each, in one folder, with one writer at a time.
//!
//! The design's promises hold here: an edit is handed to the operating system before it is shown
//! ([`SessionFile::append`]), synced soon after (`sync`), and nothing that is damaged costs more than itself
//! (`recover`).

mod error;
mod files;
mod folder;
mod journal;
mod lock;
mod recover;
mod session_file;
mod snapshot;
mod sync;

pub use error::StoreError;
pub use files::{make_folder, read_text, write_whole};
pub use folder::{Folder, Summary, is_id};
pub use lock::Holder;
pub use recover::Loaded;
pub use session_file::{Opened, SessionFile};
