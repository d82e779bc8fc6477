//! Damage, everywhere: journal and snapshot cut at every byte and flipped at every byte.
//!
//! Reading is tried for every byte. Opening, which mends the files, is tried for every byte if `QUERIST_LONG` is set, and for a
//! part of them otherwise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use proptest::prelude::*;
use querist::questionnaire;
use querist::session::{Edit, Origin, Session, TextRef};
use querist::store::{Folder, Holder};

const EDITS: usize = 30;
/// The snapshot is written after this many edits.
const SAVED: usize = 15;

struct Fixture {
    _dir: tempfile::TempDir,
    folder: Folder,
    id: String,
    journal: Vec<u8>,
    snapshot: Vec<u8>,
    /// The session after each number of edits.
    states: Vec<Session>,
    /// Where each line of the journal ends, its line break included.
    ends: Vec<usize>,
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn me() -> Holder {
    Holder { pid: 1, by: "kim".into(), since: now() }
}

fn edit(session: &Session, n: usize) -> Edit {
    let question = if n % 7 < 4 { "a" } else { "b" }.to_owned();
    match n % 5 {
        0 => {
            let before = session.answer_to(&question).unwrap().choices.clone();
            let after = vec![if n.is_multiple_of(2) { "yes" } else { "no" }.to_owned()];
            Edit::Choose { question, before, after }
        }
        1 => {
            let before = session.answer_to(&question).unwrap().basis;
            Edit::Basis { question, before, after: querist::session::Basis::next(before) }
        }
        _ => {
            let text = TextRef::Detail(question);
            let at = session.text(&text).unwrap().len();
            Edit::Splice { text, at, removed: String::new(), inserted: format!("wörd{n} ") }
        }
    }
}

impl Fixture {
    fn new() -> Self {
        // Thousands of files are written and synced; in memory, where there is such a folder, that is quick.
        let memory = PathBuf::from("/dev/shm");
        let dir = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let folder = Folder::new(dir.path().join("sessions"));
        let questionnaire = questionnaire::load(include_str!("fixtures/mini.json")).unwrap();
        let mut session = Session::new(questionnaire, "Paperboat", now());
        let (id, mut file) = folder.create(&session, me()).unwrap();
        let mut states = vec![session.clone()];
        for n in 0..EDITS {
            let edit = edit(&session, n);
            session.apply(&edit).unwrap();
            file.append(&edit, Origin::Do, now());
            states.push(session.clone());
            if n + 1 == SAVED {
                file.snapshot(&session, now()).unwrap();
            }
        }
        drop(file);
        let path = |extension: &str| folder.path().join(format!("{id}.{extension}"));
        let (journal, snapshot) = (fs::read(path("journal")).unwrap(), fs::read(path("json")).unwrap());
        let ends = journal.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect();
        Self { _dir: dir, folder, id, journal, snapshot, states, ends }
    }

    fn path(&self, extension: &str) -> PathBuf {
        self.folder.path().join(format!("{}.{extension}", self.id))
    }

    fn put(&self, journal: Option<&[u8]>, snapshot: Option<&[u8]>) {
        for (extension, bytes) in [("journal", journal), ("json", snapshot)] {
            match bytes {
                Some(bytes) => fs::write(self.path(extension), bytes).unwrap(),
                None => _ = fs::remove_file(self.path(extension)),
            }
        }
    }

    /// Reads the session; it must be as it was after at least `least` edits, and exactly as it was after as many as it says.
    #[track_caller]
    fn reads(&self, least: usize, what: &str) {
        let loaded = self.folder.read(&self.id).unwrap_or_else(|error| panic!("{what}: {error}")).1;
        let seq = loaded.seq as usize;
        assert!(seq >= least, "{what}: {seq} edits, not {least}");
        assert!(loaded.session == self.states[seq], "{what}: not as it was after {seq} edits");
    }

    /// Opens the session twice: the first time mends, keeps `damaged` beside and says one sentence; the second is silent.
    #[track_caller]
    fn opens(&self, least: usize, damaged: &[u8], what: &str) {
        for entry in fs::read_dir(self.folder.path()).unwrap().flatten() {
            if entry.file_name().to_string_lossy().contains(".damaged-") {
                fs::remove_file(entry.path()).unwrap();
            }
        }
        let first = self.folder.open(&self.id, me()).unwrap_or_else(|error| panic!("{what}: {error}")).1;
        let seq = first.file.seq() as usize;
        assert!(seq >= least && first.session == self.states[seq], "{what}");
        let notice = first.notice.unwrap_or_else(|| panic!("{what}: nothing was said"));
        assert_eq!(notice.matches(". ").count() + 1, 1, "{notice}");
        drop(first.file);
        let entries = fs::read_dir(self.folder.path()).unwrap().flatten();
        let kept: Vec<_> =
            entries.filter(|e| e.file_name().to_string_lossy().contains(".damaged-")).collect();
        assert!(
            kept.iter().any(|e| fs::read(e.path()).unwrap() == damaged),
            "{what}: the damaged file is not kept"
        );
        let second = self.folder.open(&self.id, me()).unwrap().1;
        assert_eq!(second.notice, None, "{what}");
        assert!(second.session == self.states[seq], "{what}");
    }

    /// How many records stand whole before byte `at` of the journal, the last one with or without its line break.
    fn records_before(&self, at: usize) -> usize {
        self.ends.iter().filter(|end| **end <= at + 1).count().saturating_sub(1)
    }

    /// Whether byte `at` is a line break of the journal.
    fn is_break(&self, at: usize) -> bool {
        self.ends.contains(&(at + 1))
    }
}

/// Whether opening is tried for this byte, too.
fn opens_here(at: usize) -> bool {
    at % 16 == 3 || std::env::var_os("QUERIST_LONG").is_some()
}

#[test]
fn a_journal_cut_at_any_byte_keeps_every_whole_record_before_the_cut() {
    let f = Fixture::new();
    for at in 0..f.journal.len() {
        let (cut, whole) = (&f.journal[..at], f.records_before(at));
        f.put(Some(cut), Some(&f.snapshot));
        f.reads(whole.max(SAVED), &format!("cut at {at}"));
        if opens_here(at) && !f.ends.contains(&at) && !f.is_break(at) {
            f.opens(whole.max(SAVED), cut, &format!("cut at {at}"));
        }
        if at >= f.ends[0] {
            f.put(Some(cut), None);
            f.reads(whole, &format!("cut at {at}, no snapshot"));
        }
    }
}

#[test]
fn a_journal_with_any_byte_flipped_keeps_every_record_before_it() {
    let f = Fixture::new();
    let mut journal = f.journal.clone();
    for at in 0..journal.len() {
        let whole = if f.is_break(at) { EDITS } else { f.records_before(at) };
        // The line that is hit; a line break lost joins two lines that are whole. What the snapshot has does not need
        // the record that is damaged, nor do those after it.
        let hit = f.ends.iter().filter(|end| **end <= at).count();
        let least = if hit <= SAVED { EDITS } else { whole.max(SAVED) };
        for bit in [0x01, 0x20, 0x80] {
            journal[at] ^= bit;
            f.put(Some(&journal), Some(&f.snapshot));
            f.reads(least, &format!("byte {at} flipped by {bit}"));
            if bit == 1 && opens_here(at) {
                f.opens(least, &journal, &format!("byte {at} flipped"));
            }
            if at >= f.ends[0] {
                f.put(Some(&journal), None);
                f.reads(whole, &format!("byte {at} flipped by {bit}, no snapshot"));
            }
            journal[at] = f.journal[at];
        }
    }
}

#[test]
fn a_snapshot_cut_or_flipped_at_any_byte_costs_nothing_beside_its_journal() {
    let f = Fixture::new();
    let mut snapshot = f.snapshot.clone();
    for at in 0..snapshot.len() {
        f.put(Some(&f.journal), Some(&f.snapshot[..at]));
        f.reads(EDITS, &format!("cut at {at}"));
        if opens_here(at) {
            f.opens(EDITS, &f.snapshot[..at], &format!("cut at {at}"));
        }
        snapshot[at] ^= 0x01;
        f.put(Some(&f.journal), Some(&snapshot));
        f.reads(EDITS, &format!("byte {at} flipped"));
        if opens_here(at) {
            f.opens(EDITS, &snapshot, &format!("byte {at} flipped"));
        }
        snapshot[at] = f.snapshot[at];
    }
}

#[test]
fn a_damaged_file_alone_is_read_or_refused_with_its_place_and_left_alone() {
    let f = Fixture::new();
    let mut snapshot = f.snapshot.clone();
    for at in 0..snapshot.len() {
        snapshot[at] ^= 0x04;
        f.put(None, Some(&snapshot));
        let _ = f.folder.read(&f.id);
        f.put(None, Some(&f.snapshot[..at]));
        let Err(error) = f.folder.read(&f.id) else {
            assert_eq!(at, f.snapshot.len() - 1, "only the last line break may be missing");
            continue;
        };
        assert!(error.to_string().contains(".json:"), "{error}");
        assert_eq!(fs::read(f.path("json")).unwrap(), &f.snapshot[..at]);
        snapshot[at] = f.snapshot[at];
    }
    for at in 0..f.ends[0] - 1 {
        f.put(Some(&f.journal[..at]), None);
        assert!(f.folder.open(&f.id, me()).is_err(), "cut at {at}");
        assert_eq!(fs::read(f.path("journal")).unwrap(), &f.journal[..at]);
    }
}

#[test]
fn a_journal_older_or_newer_than_its_snapshot_is_read_to_the_newest_state() {
    let f = Fixture::new();
    let newest = {
        let opened = f.folder.open(&f.id, me()).unwrap().1;
        let mut file = opened.file;
        file.snapshot(&opened.session, now()).unwrap();
        fs::read(f.path("json")).unwrap()
    };
    // Older: the journal ends before the snapshot. What comes after goes on from the snapshot.
    f.put(Some(&f.journal[..f.ends[10]]), Some(&newest));
    f.reads(EDITS, "an older journal");
    let opened = f.folder.open(&f.id, me()).unwrap().1;
    let (mut session, mut file) = (opened.session, opened.file);
    let edit = edit(&session, 2);
    session.apply(&edit).unwrap();
    file.append(&edit, Origin::Do, now());
    drop(file);
    assert!(f.folder.read(&f.id).unwrap().1.session == session);
    fs::remove_file(f.path("json")).unwrap();
    assert!(f.folder.read(&f.id).unwrap().1.session == session, "the journal alone is whole again");
    // Newer: the snapshot of an earlier day was put back. The journal has what came after.
    f.put(Some(&f.journal), Some(&f.snapshot));
    f.reads(EDITS, "a newer journal");
}

#[test]
fn what_an_unfinished_snapshot_left_behind_goes_at_the_next_start() {
    let f = Fixture::new();
    let left = f.folder.path().join(format!(".{}.json.tmp-abc123", f.id));
    let other = f.folder.path().join(".other.json.tmp-abc123");
    fs::write(&left, "{\"half\":").unwrap();
    fs::write(&other, "").unwrap();
    let opened = f.folder.open(&f.id, me()).unwrap().1;
    assert!(opened.session == f.states[EDITS] && opened.notice.is_none());
    assert!(!left.exists() && other.exists());
}

#[test]
fn undo_reaches_back_over_damage_that_was_mended_as_far_as_the_records_do() {
    let f = Fixture::new();
    let cut = &f.journal[..f.journal.len() - 5];
    f.put(Some(cut), Some(&f.snapshot));
    let opened = f.folder.open(&f.id, me()).unwrap().1;
    let (mut session, mut history) = (opened.session, opened.history);
    while let Some(edit) = history.undo() {
        session.apply(&edit).unwrap();
        history.record(&edit, Origin::Undo);
    }
    assert!(session == f.states[0]);
}

#[test]
fn every_format_version_has_a_fixture_that_opens() {
    let f = Fixture::new();
    let version = |bytes: &[u8]| -> u64 {
        let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<serde_json::Value>();
        values.next().unwrap().unwrap()["version"].as_u64().unwrap()
    };
    assert_eq!(version(&f.journal), version(&f.snapshot), "one version for both files");
    for version in 1..=version(&f.journal) {
        let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/v{version}"));
        for (files, what) in
            [(&["json", "journal"][..], "both"), (&["json"], "snapshot"), (&["journal"], "journal")]
        {
            let dir = tempfile::tempdir().unwrap();
            for file in files {
                fs::copy(fixture.join(format!("session.{file}")), dir.path().join(format!("session.{file}")))
                    .unwrap_or_else(|error| panic!("format version {version} has no fixture: {error}"));
            }
            let opened = Folder::new(dir.path().to_owned()).open("session", me()).unwrap().1;
            assert_eq!(opened.notice, None, "{what} of version {version}");
            let answer = opened.session.answer_to("a").unwrap();
            assert_eq!(
                (answer.choices.as_slice(), answer.detail.as_str()),
                (&["yes".to_owned()][..], "See | this.")
            );
            assert_eq!((answer.note.as_str(), answer.flag.as_deref()), ("mine", Some("ask Kim")));
            assert_eq!(
                (answer.links[0].url.as_str(), answer.links[0].label.as_str()),
                ("https://a.example", "A")
            );
            assert_eq!(opened.session.answer_to("b").unwrap().qualifier, "in part");
            assert_eq!(opened.session.answer_to("n").unwrap().value, "7");
            assert_eq!(
                opened.history.undo().is_some(),
                files.contains(&"journal"),
                "{what} of version {version}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_either_file_are_read_or_refused_and_what_opens_opens_again_silently(
        places in prop::collection::vec((any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 0..6)), 0..5),
        whole in prop::option::of(prop::collection::vec(any::<u8>(), 0..400)),
        in_journal in any::<bool>(),
        other_is_there in any::<bool>(),
    ) {
        let f = Fixture::new();
        let mut bytes = whole.unwrap_or_else(|| if in_journal { f.journal.clone() } else { f.snapshot.clone() });
        for (place, new) in places {
            let at = place.index(bytes.len() + 1);
            let end = (at + new.len()).min(bytes.len());
            bytes.splice(at..end, new);
        }
        match in_journal {
            true => f.put(Some(&bytes), other_is_there.then_some(&f.snapshot[..])),
            false => f.put(other_is_there.then_some(&f.journal[..]), Some(&bytes)),
        }
        if let Ok((_, first)) = f.folder.open(&f.id, me()) {
            drop(first.file);
            let (_, second) = f.folder.open(&f.id, me()).unwrap();
            prop_assert_eq!(second.notice, None);
            prop_assert!(second.session == first.session);
        } else {
            prop_assert!(!other_is_there, "the other file is whole, and yet it does not open");
        }
    }
}
