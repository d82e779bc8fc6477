//! Damage everywhere: journal and snapshot cut off at every byte, and with every byte flipped.
//!
//! Reading is tried for every byte. Opening, which repairs the files, is tried for every byte if
//! `QUERIST_LONG` is set, otherwise for some of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use proptest::prelude::*;
use querist::questionnaire;
use querist::session::{Edit, Origin, Session, TextRef};
use querist::store::{Folder, Holder};

const EDITS: usize = 30;
/// How many edits the snapshot contains.
const SAVED: usize = 15;

struct Fixture {
    _dir: tempfile::TempDir,
    folder: Folder,
    id: String,
    journal: Vec<u8>,
    snapshot: Vec<u8>,
    /// The session after each number of edits.
    states: Vec<Session>,
    /// The offset after each line of the journal that is not a mark, including its line break.
    ends: Vec<usize>,
    /// The byte ranges of the marks.
    marks: Vec<std::ops::Range<usize>>,
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
        // Thousands of files are written and synced, which is much faster in memory.
        let memory = PathBuf::from("/dev/shm");
        let dir = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let folder = Folder::new(dir.path().join("sessions"));
        let questionnaire = questionnaire::load(include_str!("fixtures/mini.json")).unwrap();
        let mut open = folder.create(Session::new(questionnaire, "Paperboat", now()), me()).unwrap();
        let id = open.id().to_owned();
        let mut states = vec![open.session().clone()];
        for n in 0..EDITS {
            open.edit(edit(open.session(), n), Origin::Do, now()).unwrap();
            states.push(open.session().clone());
            if n + 1 == SAVED {
                open.snapshot(now()).unwrap();
            }
        }
        drop(open);
        let path = |extension: &str| folder.path().join(format!("{id}.{extension}"));
        let (journal, snapshot) = (fs::read(path("journal")).unwrap(), fs::read(path("json")).unwrap());
        let (mut ends, mut marks, mut at) = (Vec::new(), Vec::new(), 0);
        for line in journal.split_inclusive(|byte| *byte == b'\n') {
            match String::from_utf8_lossy(line).contains("\"saved\":") {
                true => marks.push(at..at + line.len()),
                false => ends.push(at + line.len()),
            }
            at += line.len();
        }
        Self { _dir: dir, folder, id, journal, snapshot, states, ends, marks }
    }

    fn path(&self, extension: &str) -> PathBuf {
        self.folder.path().join(format!("{}.{extension}", self.id))
    }

    fn write(&self, journal: Option<&[u8]>, snapshot: Option<&[u8]>) {
        for (extension, bytes) in [("journal", journal), ("json", snapshot)] {
            match bytes {
                Some(bytes) => fs::write(self.path(extension), bytes).unwrap(),
                None => _ = fs::remove_file(self.path(extension)),
            }
        }
    }

    /// Reads the session. It must have at least `least` edits, and equal the session after that number of
    /// edits.
    #[track_caller]
    fn check_read(&self, least: usize, what: &str) {
        let loaded = self.folder.read(&self.id).unwrap_or_else(|error| panic!("{what}: {error}")).1;
        let seq = loaded.seq as usize;
        assert!(seq >= least, "{what}: {seq} edits, expected {least}");
        assert!(loaded.session == self.states[seq], "{what}: not as it was after {seq} edits");
    }

    /// Opens the session twice: the first time repairs the files, keeps `damaged` and reports one sentence;
    /// the second time is silent.
    #[track_caller]
    fn check_open(&self, least: usize, damaged: &[u8], what: &str) {
        for entry in fs::read_dir(self.folder.path()).unwrap().flatten() {
            if entry.file_name().to_string_lossy().contains(".damaged-") {
                fs::remove_file(entry.path()).unwrap();
            }
        }
        let first = self.folder.open(&self.id, me()).unwrap_or_else(|error| panic!("{what}: {error}"));
        let seq = first.session.seq() as usize;
        assert!(seq >= least && *first.session.session() == self.states[seq], "{what}");
        let notice = first.notice.unwrap_or_else(|| panic!("{what}: no notice"));
        assert_eq!(notice.matches(". ").count() + 1, 1, "{notice}");
        drop(first.session);
        let entries = fs::read_dir(self.folder.path()).unwrap().flatten();
        let kept: Vec<_> =
            entries.filter(|e| e.file_name().to_string_lossy().contains(".damaged-")).collect();
        assert!(
            kept.iter().any(|e| fs::read(e.path()).unwrap() == damaged),
            "{what}: the damaged file is not kept"
        );
        let second = self.folder.open(&self.id, me()).unwrap();
        assert_eq!(second.notice, None, "{what}");
        assert!(*second.session.session() == self.states[seq], "{what}");
    }

    /// How many complete records precede byte `at` of the journal; the last one may lack its line break.
    fn records_before(&self, at: usize) -> usize {
        self.ends.iter().filter(|end| **end <= at + 1).count().saturating_sub(1)
    }

    /// Whether byte `at` is a line break of the journal.
    fn is_break(&self, at: usize) -> bool {
        self.journal.get(at) == Some(&b'\n')
    }

    /// Whether byte `at` is in a mark.
    fn is_in_mark(&self, at: usize) -> bool {
        self.marks.iter().any(|mark| mark.contains(&at))
    }
}

/// Whether opening is tried for this byte too.
fn tries_opening(at: usize) -> bool {
    at % 16 == 3 || std::env::var_os("QUERIST_LONG").is_some()
}

#[test]
fn a_journal_cut_at_any_byte_keeps_every_complete_record_before_the_cut() {
    let f = Fixture::new();
    for at in 0..f.journal.len() {
        let (cut, whole) = (&f.journal[..at], f.records_before(at));
        f.write(Some(cut), Some(&f.snapshot));
        f.check_read(whole.max(SAVED), &format!("cut at {at}"));
        if tries_opening(at) && (at == 0 || !f.is_break(at - 1)) && !f.is_break(at) {
            f.check_open(whole.max(SAVED), cut, &format!("cut at {at}"));
        }
        if at >= f.ends[0] {
            f.write(Some(cut), None);
            f.check_read(whole, &format!("cut at {at}, no snapshot"));
        }
    }
}

#[test]
fn a_journal_with_any_byte_flipped_keeps_every_record_before_it() {
    let f = Fixture::new();
    let mut journal = f.journal.clone();
    for at in 0..journal.len() {
        let whole = if f.is_break(at) || f.is_in_mark(at) { EDITS } else { f.records_before(at) };
        // The line that is damaged. A lost line break joins two lines that are still readable. If the
        // snapshot contains the damaged record, neither that record nor those after it are lost.
        let hit = f.ends.iter().filter(|end| **end <= at).count();
        let least = if hit <= SAVED || f.is_in_mark(at) { EDITS } else { whole.max(SAVED) };
        for bit in [0x01, 0x20, 0x80] {
            journal[at] ^= bit;
            f.write(Some(&journal), Some(&f.snapshot));
            f.check_read(least, &format!("byte {at} flipped by {bit}"));
            if bit == 1 && tries_opening(at) {
                f.check_open(least, &journal, &format!("byte {at} flipped"));
            }
            if at >= f.ends[0] {
                f.write(Some(&journal), None);
                f.check_read(whole, &format!("byte {at} flipped by {bit}, no snapshot"));
            }
            journal[at] = f.journal[at];
        }
    }
}

#[test]
fn a_snapshot_cut_at_any_byte_costs_nothing_if_its_journal_is_intact() {
    let f = Fixture::new();
    // Without its last line break, the file is complete.
    for at in 0..f.snapshot.len() - 1 {
        f.write(Some(&f.journal), Some(&f.snapshot[..at]));
        f.check_read(EDITS, &format!("cut at {at}"));
        if tries_opening(at) {
            f.check_open(EDITS, &f.snapshot[..at], &format!("cut at {at}"));
        }
    }
}

#[test]
fn a_snapshot_with_any_byte_flipped_costs_nothing_that_undo_does_not_bring_back() {
    let f = Fixture::new();
    let mut snapshot = f.snapshot.clone();
    for at in 0..snapshot.len() {
        snapshot[at] ^= 0x01;
        f.write(Some(&f.journal), Some(&snapshot));
        f.folder.read(&f.id).unwrap_or_else(|error| panic!("byte {at} flipped: {error}"));
        if tries_opening(at) {
            let mut open = f.folder.open(&f.id, me()).unwrap().session;
            // What can still be read is a change by somebody else, as one step.
            if *open.session() != f.states[EDITS] {
                open.undo(now()).unwrap();
            }
            assert!(*open.session() == f.states[EDITS], "byte {at} flipped");
        }
        snapshot[at] = f.snapshot[at];
    }
}

#[test]
fn a_damaged_file_alone_is_read_or_refused_with_a_position_and_left_unchanged() {
    let f = Fixture::new();
    let mut snapshot = f.snapshot.clone();
    for at in 0..snapshot.len() {
        snapshot[at] ^= 0x04;
        f.write(None, Some(&snapshot));
        let _ = f.folder.read(&f.id);
        f.write(None, Some(&f.snapshot[..at]));
        let Err(error) = f.folder.read(&f.id) else {
            assert_eq!(at, f.snapshot.len() - 1, "only the last line break may be missing");
            continue;
        };
        assert!(error.to_string().contains(".json:"), "{error}");
        assert_eq!(fs::read(f.path("json")).unwrap(), &f.snapshot[..at]);
        snapshot[at] = f.snapshot[at];
    }
    for at in 0..f.ends[0] - 1 {
        f.write(Some(&f.journal[..at]), None);
        assert!(f.folder.open(&f.id, me()).is_err(), "cut at {at}");
        assert_eq!(fs::read(f.path("journal")).unwrap(), &f.journal[..at]);
    }
}

#[test]
fn a_journal_older_or_newer_than_its_snapshot_is_read_to_the_newest_state() {
    let f = Fixture::new();
    let newest = {
        f.folder.open(&f.id, me()).unwrap().session.snapshot(now()).unwrap();
        fs::read(f.path("json")).unwrap()
    };
    // Older: the journal ends before the snapshot. Further edits continue from the snapshot.
    f.write(Some(&f.journal[..f.ends[10]]), Some(&newest));
    f.check_read(EDITS, "an older journal");
    let mut open = f.folder.open(&f.id, me()).unwrap().session;
    open.edit(edit(open.session(), 2), Origin::Do, now()).unwrap();
    let session = open.session().clone();
    drop(open);
    assert!(f.folder.read(&f.id).unwrap().1.session == session);
    fs::remove_file(f.path("json")).unwrap();
    assert!(f.folder.read(&f.id).unwrap().1.session == session, "the journal alone is complete again");
    // Newer: an earlier snapshot was restored from a backup. The journal has the edits since.
    f.write(Some(&f.journal), Some(&f.snapshot));
    f.check_read(EDITS, "a newer journal");
}

#[test]
fn temporary_files_of_an_unfinished_snapshot_are_removed_at_the_next_start() {
    let f = Fixture::new();
    let leftover = f.folder.path().join(format!(".{}.json.tmp-abc123", f.id));
    let other = f.folder.path().join(".other.json.tmp-abc123");
    fs::write(&leftover, "{\"half\":").unwrap();
    fs::write(&other, "").unwrap();
    let opened = f.folder.open(&f.id, me()).unwrap();
    assert!(*opened.session.session() == f.states[EDITS] && opened.notice.is_none());
    assert!(!leftover.exists() && other.exists());
}

#[test]
fn undo_reaches_back_beyond_repaired_damage_as_far_as_the_records_do() {
    let f = Fixture::new();
    let cut = &f.journal[..f.journal.len() - 5];
    f.write(Some(cut), Some(&f.snapshot));
    let mut open = f.folder.open(&f.id, me()).unwrap().session;
    while open.undo(now()).unwrap().is_some() {}
    assert!(*open.session() == f.states[0]);
}

#[test]
fn every_format_version_has_a_fixture_that_opens() {
    let f = Fixture::new();
    let version = |bytes: &[u8]| -> u64 {
        let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<serde_json::Value>();
        values.next().unwrap().unwrap()["version"].as_u64().unwrap()
    };
    assert_eq!(version(&f.journal), version(&f.snapshot), "both files have the same version");
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
            make_private(dir.path());
            let opened = Folder::new(dir.path().to_owned()).open("session", me()).unwrap();
            let is_restored = opened.notice.as_ref().is_some_and(|notice| notice.contains("missing"));
            assert_eq!(opened.notice.is_some(), is_restored, "{what} of version {version}");
            assert_eq!(is_restored, !files.contains(&"json"), "{what} of version {version}");
            let session = opened.session.session();
            let answer = session.answer_to("a").unwrap();
            assert_eq!(
                (answer.choices.as_slice(), answer.detail.as_str()),
                (&["yes".to_owned()][..], "See | this.")
            );
            assert_eq!((answer.note.as_str(), answer.flag.as_deref()), ("mine", Some("ask Kim")));
            assert_eq!(
                (answer.links[0].url.as_str(), answer.links[0].label.as_str()),
                ("https://a.example", "A")
            );
            assert_eq!(session.answer_to("b").unwrap().qualifier, "in part");
            assert_eq!(session.answer_to("n").unwrap().value, "7");
            assert_eq!(
                opened.session.history().undo().is_some(),
                files.contains(&"journal"),
                "{what} of version {version}"
            );
        }
    }
}

#[test]
fn a_session_in_an_older_format_is_continued_in_the_newest() {
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1");
    let dir = tempfile::tempdir().unwrap();
    let path = |extension: &str| dir.path().join(format!("session.{extension}"));
    for extension in ["json", "journal"] {
        fs::copy(fixture.join(format!("session.{extension}")), path(extension)).unwrap();
    }
    make_private(dir.path());
    let folder = Folder::new(dir.path().to_owned());
    let mut open = folder.open("session", me()).unwrap().session;
    let text = TextRef::Note("a".into());
    let at = open.session().text(&text).unwrap().len();
    let edit = Edit::Splice { text, at, removed: String::new(), inserted: ", too".into() };
    open.edit(edit, Origin::Do, now()).unwrap();
    let session = open.session().clone();
    drop(open);
    let read = |extension: &str| fs::read_to_string(path(extension)).unwrap();
    assert!(read("json").contains("\"version\": 2,"));
    assert!(read("journal").starts_with("{\"format\":\"querist-journal\",\"version\":2,"));
    let opened = folder.open("session", me()).unwrap();
    assert_eq!(opened.notice, None);
    assert!(*opened.session.session() == session);
}

/// Gives all files in a folder the permissions that Querist gives them.
fn make_private(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(folder).unwrap().flatten() {
        fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o600)).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_in_either_file_are_read_or_refused_and_a_session_that_opened_opens_again_silently(
        places in prop::collection::vec(
            (any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 0..6)),
            0..5,
        ),
        replacement in prop::option::of(prop::collection::vec(any::<u8>(), 0..400)),
        in_journal in any::<bool>(),
        other_is_there in any::<bool>(),
    ) {
        let f = Fixture::new();
        let intact = if in_journal { &f.journal } else { &f.snapshot };
        let mut bytes = replacement.unwrap_or_else(|| intact.clone());
        for (place, new) in places {
            let at = place.index(bytes.len() + 1);
            let end = (at + new.len()).min(bytes.len());
            bytes.splice(at..end, new);
        }
        match in_journal {
            true => f.write(Some(&bytes), other_is_there.then_some(&f.snapshot[..])),
            false => f.write(other_is_there.then_some(&f.journal[..]), Some(&bytes)),
        }
        if let Ok(first) = f.folder.open(&f.id, me()) {
            let session = first.session.session().clone();
            drop(first.session);
            let second = f.folder.open(&f.id, me()).unwrap();
            prop_assert_eq!(second.notice, None);
            prop_assert!(*second.session.session() == session);
        } else {
            prop_assert!(!other_is_there, "the other file is intact, and yet it does not open");
        }
    }
}
