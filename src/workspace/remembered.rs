//! What the program remembers from one start to the next, beside the reviews themselves.
//!
//! Nothing in it is the reviewer's work: where it cannot be read it is begun anew, where it cannot be written it is forgotten.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::store::{StoreError, make_folder, read_text, write_whole};

use super::place::Workspace;

/// The most that is read of the file, in bytes.
const MAX_REMEMBERED: u64 = 10_000_000;

/// What is remembered.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// Whether the tour was shown.
    pub tour_shown: bool,
    /// Where the page of a review was exported to last, by the review's id.
    pub exported: BTreeMap<String, String>,
}

impl Workspace {
    /// What was remembered.
    pub fn remembered(&self) -> Remembered {
        let source = read_text(&self.remembered_path(), MAX_REMEMBERED).unwrap_or_default();
        serde_json::from_str(&source).unwrap_or_default()
    }

    /// Changes what is remembered.
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
        // Serialising plain data with string keys into memory has no way to fail.
        let json = serde_json::to_string_pretty(&after).unwrap_or_default() + "\n";
        write_whole(&self.remembered_path(), json.as_bytes(), true)
    }

    fn remembered_path(&self) -> PathBuf {
        self.state.join("remembered.json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_there_at_the_next_start_and_a_broken_file_is_begun_anew() {
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
