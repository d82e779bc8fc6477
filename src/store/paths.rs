//! The paths of a session's files.

use std::path::{Path, PathBuf};

use super::files;

/// The files of one session, which are all in one folder, with a folder for those that serve as evidence.
#[derive(Debug, Clone)]
pub(super) struct Paths {
    /// `<id>.json`
    pub snapshot: PathBuf,
    /// `<id>.journal`
    pub journal: PathBuf,
    /// `.<id>.lock`
    pub lock: PathBuf,
    /// `<id>.evidence`, a folder
    pub evidence: PathBuf,
}

impl Paths {
    /// The paths for the session `id` in `folder`.
    pub(super) fn new(folder: &Path, id: &str) -> Self {
        Self {
            snapshot: folder.join(format!("{id}.json")),
            journal: folder.join(format!("{id}.journal")),
            lock: folder.join(format!(".{id}.lock")),
            evidence: folder.join(format!("{id}.evidence")),
        }
    }

    /// Removes the lock file.
    pub(super) fn remove_lock(&self) {
        let _ = std::fs::remove_file(&self.lock);
    }

    /// Whether a session or what is left of one has these paths.
    pub(super) fn are_used(&self) -> bool {
        [&self.snapshot, &self.journal, &self.evidence].iter().any(|path| path.symlink_metadata().is_ok())
    }

    /// Removes all files: of a session that could not be created.
    pub(super) fn remove(&self) {
        for path in [&self.snapshot, &self.journal, &self.lock] {
            let _ = std::fs::remove_file(path);
        }
    }

    /// Removes temporary files left by a process that was killed while writing; the journal has their
    /// content.
    pub(super) fn remove_leftovers(&self) {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let prefixes = [&self.snapshot, &self.journal].map(|path| format!(".{}.tmp-", name(path)));
        let entries = std::fs::read_dir(files::parent(&self.snapshot)).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            if prefixes.iter().any(|prefix| name.starts_with(prefix.as_str())) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}
