//! A session under attack: random edits, kills, and changes of its files by other programs, round after
//! round. Everything that was ever typed must be in the session, in another answer, or in the undo history.
//!
//! A few rounds by default, 1,000 if `QUERIST_LONG` is set.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use querist::questionnaire;
use querist::session::{Edit, Origin, Session, TextRef};
use querist::store::{Folder, Holder, OpenSession};

/// A reproducible random number generator (SplitMix64, Steele et al. 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

struct Torture {
    dir: tempfile::TempDir,
    id: String,
    random: Random,
    /// Everything that was typed, here or by a colleague, as unique words.
    typed: Vec<String>,
    /// Earlier snapshots, as git has them.
    commits: Vec<Vec<u8>>,
}

fn me(by: &str) -> Holder {
    Holder { pid: std::process::id(), by: by.into(), since: now() }
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

impl Torture {
    fn folder(&self) -> Folder {
        Folder::new(self.dir.path().join("ours"))
    }

    fn path(&self, extension: &str) -> PathBuf {
        self.folder().path().join(format!("{}.{extension}", self.id))
    }

    fn open(&self) -> OpenSession {
        let open = self.folder().open(&self.id, me("ann")).unwrap().session;
        assert!(open.read_only().is_none());
        open
    }

    /// Types a sentence with a word that occurs nowhere else.
    fn type_into(&mut self, open: &mut OpenSession) {
        let word = format!("w{}", self.typed.len());
        let text = match self.random.below(4) {
            0 => TextRef::Introduction,
            1 => TextRef::Note("b".into()),
            n => TextRef::Detail(if n == 2 { "a" } else { "b" }.into()),
        };
        let at = open.session().text(&text).unwrap().len();
        let edit = Edit::Splice { text, at, removed: String::new(), inserted: format!("It is {word}. ") };
        open.edit(edit, Origin::Do, now()).unwrap();
        self.typed.push(word);
    }

    /// A colleague edits a copy of the snapshot and sends it back.
    fn colleague(&mut self) -> Vec<u8> {
        let theirs = Folder::new(self.dir.path().join(format!("theirs-{}", self.typed.len())));
        fs::create_dir_all(theirs.path()).unwrap();
        fs::copy(self.path("json"), theirs.path().join(format!("{}.json", self.id))).unwrap();
        let mut open = theirs.open(&self.id, me("kim")).unwrap().session;
        for _ in 0..=self.random.below(3) {
            self.type_into(&mut open);
        }
        open.snapshot(now()).unwrap();
        fs::read(open.path()).unwrap()
    }

    /// Does something to the files of the open session.
    fn attack(&mut self, open: &mut OpenSession) {
        let journal = self.path("journal");
        match self.random.below(8) {
            0 => {
                fs::copy(&journal, journal.with_extension("copy")).unwrap();
                fs::rename(journal.with_extension("copy"), &journal).unwrap();
            }
            1 => {
                let file = fs::OpenOptions::new().write(true).open(&journal).unwrap();
                let length = file.metadata().unwrap().len();
                file.set_len(self.random.below(length + 1)).unwrap();
            }
            2 => fs::remove_file(&journal).unwrap(),
            3 => drop(fs::remove_file(self.folder().path().join(format!(".{}.lock", self.id)))),
            4 => {
                open.snapshot(now()).unwrap();
                let theirs = self.colleague();
                fs::write(self.path("json"), theirs).unwrap();
            }
            5 if !self.commits.is_empty() => {
                // What a colleague wrote and git replaces before Querist looks, Querist never had.
                open.look(now());
                let which = self.random.below(self.commits.len() as u64) as usize;
                fs::write(self.path("json"), &self.commits[which]).unwrap();
            }
            6 => open.snapshot(now()).unwrap(),
            _ => open.look(now()),
        }
    }

    /// The words in a session and in everything that undo leads to.
    fn words(&self) -> HashSet<String> {
        let copy = Folder::new(self.dir.path().join("copy"));
        let _ = fs::remove_dir_all(copy.path());
        fs::create_dir(copy.path()).unwrap();
        for extension in ["json", "journal"] {
            fs::copy(self.path(extension), copy.path().join(format!("{}.{extension}", self.id))).unwrap();
        }
        let mut open = copy.open(&self.id, me("ann")).unwrap().session;
        let mut words = HashSet::new();
        loop {
            let json = serde_json::to_string(open.session()).unwrap();
            words.extend(json.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
            if open.undo(now()).unwrap().is_none() {
                return words;
            }
        }
    }
}

fn copy_of_session(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_default()
}

#[test]
fn everything_that_was_typed_survives_kills_and_changes_by_other_programs() {
    let rounds = if std::env::var_os("QUERIST_LONG").is_some() { 1_000 } else { 40 };
    let mut rounds_left = rounds;
    for seed in 0.. {
        if rounds_left == 0 {
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let questionnaire = questionnaire::load(include_str!("fixtures/mini.json")).unwrap();
        let folder = Folder::new(dir.path().join("ours"));
        let session = Session::new(questionnaire, "Boat", now());
        let id = folder.create(session, me("ann")).unwrap().id().to_owned();
        let (typed, commits) = (Vec::new(), Vec::new());
        let mut torture = Torture { dir, id, random: Random(seed), typed, commits };
        for round in 0..20.min(rounds_left) {
            let mut open = torture.open();
            for _ in 0..4 {
                torture.type_into(&mut open);
                if torture.random.below(3) == 0 {
                    torture.attack(&mut open);
                    torture.type_into(&mut open);
                }
            }
            if torture.random.below(2) == 0 {
                open.snapshot(now()).unwrap();
                torture.commits.push(copy_of_session(&torture.path("json")));
            }
            assert_eq!(open.failure(), None);
            // As after a kill: nothing is written when an open session is dropped.
            drop(open);
            drop(torture.open());
            let words = torture.words();
            for word in &torture.typed {
                assert!(words.contains(word), "seed {seed}, round {round}: {word} is lost");
            }
            rounds_left -= 1;
        }
    }
}
