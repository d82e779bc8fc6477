//! Attacks on the files of the store.

use std::fs;
use std::path::{Path, PathBuf};

use querist::questionnaire;
use querist::session::{Edit, Origin, Session, TextRef};
use querist::store::{Folder, OpenSession};

use super::super::random::{Random, seeds};
use super::{damage, me, now, words};

struct Torture {
    dir: tempfile::TempDir,
    id: String,
    random: Random,
    /// Everything that was typed, here or by a colleague, as unique words.
    typed: Vec<String>,
    /// Earlier snapshots, as git has them.
    commits: Vec<Vec<u8>>,
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
        match self.random.below(8) {
            which @ 0..=3 => damage(&self.path("journal"), which, &mut self.random),
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
}

fn copy_of_session(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_default()
}

#[test]
fn everything_that_was_typed_survives_kills_and_changes_by_other_programs() {
    for seed in seeds(2, 50) {
        let dir = tempfile::tempdir().unwrap();
        let questionnaire = questionnaire::load(include_str!("../../fixtures/mini.json")).unwrap();
        let folder = Folder::new(dir.path().join("ours"));
        let session = Session::new(questionnaire, "Boat", now());
        let id = folder.create(session, me("ann")).unwrap().id().to_owned();
        let (typed, commits) = (Vec::new(), Vec::new());
        let mut torture = Torture { dir, id, random: Random(seed), typed, commits };
        for round in 0..20 {
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
            let words = words(torture.folder().path(), &torture.id);
            for word in &torture.typed {
                assert!(words.contains(word), "seed {seed}, round {round}: {word} is lost");
            }
        }
    }
}
