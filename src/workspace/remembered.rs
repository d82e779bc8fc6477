//! State that the program keeps between runs, apart from the sessions.
//!
//! It contains none of the reviewer's work: if it cannot be read, it is reset.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::{StoreError, make_folder, read_own_text, remove_temporary_files, write_whole};

use super::place::Workspace;

/// The maximum size of the file, in bytes.
const MAX_REMEMBERED: u64 = 10_000_000;

/// What the names of folders begin with into which pages are saved.
pub const PAGE_FOLDER: &str = "page-";

/// State that is kept between runs.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// Whether the tour has been shown.
    pub tour_shown: bool,
    /// The last path to which each session was exported, by the session's id.
    pub exported: BTreeMap<String, String>,
}

impl Workspace {
    /// Reads the remembered state.
    pub fn remembered(&self) -> Remembered {
        let source = read_own_text(&self.remembered_path(), MAX_REMEMBERED).unwrap_or_default();
        serde_json::from_str(&source).unwrap_or_default()
    }

    /// Changes the remembered state.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn remember(&self, change: impl FnOnce(&mut Remembered)) -> Result<(), StoreError> {
        let before = self.remembered();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Ok(());
        }
        make_folder(&self.state)?;
        // Serializing plain data with string keys into memory cannot fail.
        let json = serde_json::to_string_pretty(&after).unwrap_or_default() + "\n";
        write_whole(&self.remembered_path(), json.as_bytes(), true)
    }

    /// Removes what processes left behind that were killed while they exported a report, edited a text or
    /// saved a page. A text from an editor goes to the trash.
    pub fn remove_leftovers(&self) {
        for path in self.remembered().exported.values() {
            remove_temporary_files(Path::new(path));
        }
        remove_temporary_files(&self.remembered_path());
        let Ok(_editing) = self.editing(false) else { return };
        for entry in std::fs::read_dir(&self.state).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if name.to_string_lossy().starts_with(PAGE_FOLDER) {
                let _ = std::fs::remove_dir_all(entry.path());
            }
            if name.to_string_lossy().starts_with("edit-") && make_folder(self.trash.path()).is_ok() {
                // If it cannot be moved now, it is at the next start.
                let _ = std::fs::rename(entry.path(), self.trash.path().join(name));
            }
        }
    }

    /// A lock that is held while a text is in an editor or a page is being saved (`shared`), or while nobody
    /// does that.
    ///
    /// # Errors
    /// If it cannot be acquired.
    pub fn editing(&self, shared: bool) -> std::io::Result<File> {
        let path = self.state.join(".editing.lock");
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        if shared {
            file.lock_shared()?;
        } else {
            file.try_lock()?;
        }
        Ok(file)
    }

    fn remembered_path(&self) -> PathBuf {
        self.state.join("remembered.json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembered_state_survives_a_restart_and_a_broken_file_is_reset() {
        let dir = tempfile::tempdir().unwrap();
        let workspace = || Workspace::new(dir.path().join("data"), dir.path().join("config"));
        assert_eq!(workspace().remembered(), Remembered::default());
        workspace().remember(|all| all.tour_shown = true).unwrap();
        workspace().remember(|all| drop(all.exported.insert("a".into(), "/wiki/a.md".into()))).unwrap();
        let remembered = workspace().remembered();
        assert!(remembered.tour_shown);
        assert_eq!(remembered.exported["a"], "/wiki/a.md");
        assert!(workspace().sessions.ids().unwrap().is_empty());
        std::fs::write(workspace().remembered_path(), "{").unwrap();
        assert_eq!(workspace().remembered(), Remembered::default());
    }
}
