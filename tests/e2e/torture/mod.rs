//! A session under attack: random keys, kills, and changes of its files by other programs, round after round.
//! Everything that was shown must be in the session, in another answer, or in the undo history.
//!
//! `files` attacks the store, hundreds of rounds a second; `screen` attacks the program in a terminal. A few
//! rounds by default; a thousand and more if `QUERIST_LONG` is set; for an hour if `QUERIST_MINUTES` is 60.

mod files;
mod screen;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use querist::store::{Folder, Holder};

use super::random::Random;

fn me(by: &str) -> Holder {
    Holder { pid: std::process::id(), by: by.into(), since: now() }
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// Replaces the journal of an open session, cuts it, removes it, or removes its lock.
fn damage(journal: &Path, which: u64, random: &mut Random) {
    match which {
        0 => {
            fs::copy(journal, journal.with_extension("copy")).unwrap();
            fs::rename(journal.with_extension("copy"), journal).unwrap();
        }
        1 => {
            let file = fs::OpenOptions::new().write(true).open(journal).unwrap();
            let length = file.metadata().unwrap().len();
            file.set_len(random.below(length + 1)).unwrap();
        }
        2 => fs::remove_file(journal).unwrap(),
        _ => {
            let id = journal.file_stem().unwrap().to_string_lossy();
            let _ = fs::remove_file(journal.with_file_name(format!(".{id}.lock")));
        }
    }
}

/// The words in a session and in everything that undo leads to. The session's files stay as they are.
fn words(folder: &Path, id: &str) -> HashSet<String> {
    let copy = tempfile::tempdir().unwrap();
    for extension in ["json", "journal"] {
        let name = format!("{id}.{extension}");
        fs::copy(folder.join(&name), copy.path().join(&name)).unwrap();
    }
    let mut open = Folder::new(copy.path().to_owned()).open(id, me("ann")).unwrap().session;
    let mut words = HashSet::new();
    loop {
        let json = serde_json::to_string(open.session()).unwrap().replace("\\n", " ");
        words.extend(json.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        if open.undo(now()).unwrap().is_none() {
            return words;
        }
    }
}
