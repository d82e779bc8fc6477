//! The promises of the store, each with a test. What a kill in mid-typing costs is tested with the real program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use querist::questionnaire::{self, BUILT_IN};
use querist::session::{Edit, Origin, Session, TextRef};
use querist::store::{Folder, Holder, Opened, SessionFile, StoreError};

fn me() -> Holder {
    Holder { pid: std::process::id(), by: "kim".into(), since: now() }
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn typed(at: usize, text: &str) -> Edit {
    let (text, inserted) = (TextRef::Detail("external-tls".into()), text.to_owned());
    Edit::Splice { text, at, removed: String::new(), inserted }
}

struct Fixture {
    _dir: tempfile::TempDir,
    folder: Folder,
    id: String,
}

impl Fixture {
    /// A session with thirty edits, closed without a snapshot after them: as after a `kill -9`.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().join("sessions"));
        let questionnaire = questionnaire::load(BUILT_IN[0].1).unwrap();
        let mut session = Session::new(questionnaire, "Paperboat", now());
        let (id, mut file) = folder.create(&session, me()).unwrap();
        for at in 0..30 {
            append(&mut session, &mut file, at);
        }
        Self { _dir: dir, folder, id }
    }

    fn path(&self, extension: &str) -> PathBuf {
        self.folder.path().join(format!("{}.{extension}", self.id))
    }

    fn open(&self) -> Opened {
        self.folder.open(&self.id, me()).unwrap().1
    }

    /// The files kept beside because they were damaged.
    fn kept(&self) -> usize {
        let names = fs::read_dir(self.folder.path()).unwrap().flatten();
        names.filter(|entry| entry.file_name().to_string_lossy().contains(".damaged-")).count()
    }
}

fn append(session: &mut Session, file: &mut SessionFile, at: usize) {
    let edit = typed(at, &char::from(b'a' + (at % 26) as u8).to_string());
    session.apply(&edit).unwrap();
    file.append(&edit, Origin::Do, now());
    assert_eq!(file.failure(), None);
}

fn detail(session: &Session) -> &str {
    &session.answer_to("external-tls").unwrap().detail
}

const WHOLE: &str = "abcdefghijklmnopqrstuvwxyzabcd";

#[test]
fn an_edit_is_on_disk_as_soon_as_append_returns() {
    let fixture = Fixture::new();
    let opened = fixture.open();
    assert_eq!(detail(&opened.session), WHOLE);
    assert_eq!(opened.notice, None);
}

#[test]
fn resuming_is_silent_and_brings_back_cursor_and_undo() {
    let fixture = Fixture::new();
    let opened = fixture.open();
    assert_eq!(opened.session.position().cursor, 30);
    let undo = opened.history.undo().unwrap();
    let mut session = opened.session;
    session.apply(&undo).unwrap();
    assert_eq!(detail(&session), "");
}

#[test]
fn a_snapshot_replaces_the_old_one_whole_and_is_private() {
    let fixture = Fixture::new();
    let Opened { session, mut file, .. } = fixture.open();
    file.snapshot(&session, now()).unwrap();
    assert!(file.is_snapshot_current());
    drop(file);
    fs::remove_file(fixture.path("journal")).unwrap();
    assert_eq!(detail(&fixture.open().session), WHOLE);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(fixture.folder.path()), 0o700);
        for entry in fs::read_dir(fixture.folder.path()).unwrap().flatten() {
            assert_eq!(mode(&entry.path()), 0o600, "{:?}", entry.path());
        }
    }
    #[cfg(not(unix))]
    let _ = Path::new("");
}

#[test]
fn a_journal_alone_is_the_whole_session() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.path("json")).unwrap();
    let opened = fixture.open();
    assert_eq!(detail(&opened.session), WHOLE);
    assert_eq!(opened.notice, None);
    assert!(fixture.path("json").exists());
}

#[test]
fn a_torn_last_record_is_cut_kept_beside_and_told_once() {
    let fixture = Fixture::new();
    let bytes = fs::read(fixture.path("journal")).unwrap();
    fs::write(fixture.path("journal"), &bytes[..bytes.len() - 10]).unwrap();
    let opened = fixture.open();
    assert_eq!(detail(&opened.session), &WHOLE[..29]);
    assert!(opened.notice.is_some());
    assert_eq!(fixture.kept(), 1);
    let Opened { mut session, mut file, .. } = opened;
    append(&mut session, &mut file, 29);
    drop(file);
    let again = fixture.open();
    assert_eq!(again.notice, None);
    assert_eq!(detail(&again.session), WHOLE);
}

#[test]
fn damage_in_the_middle_costs_nothing_that_stands_before_it() {
    let fixture = Fixture::new();
    let mut bytes = fs::read(fixture.path("journal")).unwrap();
    let lines: Vec<usize> =
        bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at).collect();
    bytes[lines[20] + 30] ^= 1;
    fs::write(fixture.path("journal"), &bytes).unwrap();
    let opened = fixture.open();
    assert_eq!(detail(&opened.session), &WHOLE[..20]);
    assert!(opened.notice.unwrap().contains("kept beside"));
    assert_eq!(fixture.kept(), 1);
    drop(opened.file);
    assert_eq!(fixture.open().notice, None);
}

#[test]
fn a_damaged_snapshot_is_made_again_from_the_journal() {
    let fixture = Fixture::new();
    for damage in
        ["", "{\"format\": \"querist-session\"", "not json", "{\"format\":\"querist-session\",\"version\":9}"]
    {
        fs::write(fixture.path("json"), damage).unwrap();
        let opened = fixture.open();
        assert_eq!(detail(&opened.session), WHOLE);
        assert!(opened.notice.is_some(), "{damage}");
    }
    assert_eq!(fixture.kept(), 4);
}

#[test]
fn a_snapshot_changed_by_hand_and_mailed_without_its_journal_is_read_as_it_is() {
    let fixture = Fixture::new();
    let Opened { session, mut file, .. } = fixture.open();
    file.snapshot(&session, now()).unwrap();
    drop(file);
    fs::remove_file(fixture.path("journal")).unwrap();
    let text = fs::read_to_string(fixture.path("json")).unwrap().replace("\"Paperboat\"", "\"Paper boat\"");
    fs::write(fixture.path("json"), text).unwrap();
    let opened = fixture.open();
    assert_eq!(opened.session.subject(), "Paper boat");
    assert!(opened.notice.unwrap().contains("changed outside"));
}

#[test]
fn a_second_querist_reads_only_and_knows_who_writes() {
    let fixture = Fixture::new();
    let first = fixture.open();
    assert!(first.file.read_only().is_none());
    let second = fixture.open();
    let holder = second.file.read_only().expect("read-only").expect("a holder");
    assert_eq!((holder.by.as_str(), holder.pid), ("kim", std::process::id()));
    drop(first);
    assert!(fixture.open().file.read_only().is_none());
}

#[test]
fn typing_goes_on_when_the_folder_goes_and_is_stored_when_it_is_back() {
    let fixture = Fixture::new();
    let Opened { mut session, mut file, .. } = fixture.open();
    let away = fixture.folder.path().with_file_name("away");
    fs::rename(fixture.folder.path(), &away).unwrap();
    let edit = typed(30, "e");
    session.apply(&edit).unwrap();
    file.append(&edit, Origin::Do, now());
    assert!(file.failure().unwrap().contains("gone"));
    file.retry(&session, now());
    assert!(file.failure().is_some());
    let elsewhere = away.join("copy.json");
    file.save_elsewhere(&elsewhere, &session, now()).unwrap();
    assert!(file.save_elsewhere(&elsewhere, &session, now()).is_err(), "nothing is overwritten");
    fs::rename(&away, fixture.folder.path()).unwrap();
    file.retry(&session, now());
    assert_eq!(file.failure(), None);
    drop(file);
    assert_eq!(detail(&fixture.open().session), format!("{WHOLE}e"));
}

#[test]
fn files_made_in_place_of_a_lost_folder_hold_the_whole_session() {
    let fixture = Fixture::new();
    let Opened { session, mut file, .. } = fixture.open();
    fs::remove_dir_all(fixture.folder.path()).unwrap();
    file.append(&Edit::Subject { before: "Paperboat".into(), after: "Boat".into() }, Origin::Do, now());
    fs::create_dir(fixture.folder.path()).unwrap();
    file.retry(&session, now());
    assert_eq!(file.failure(), None);
    drop(file);
    assert_eq!(detail(&fixture.open().session), WHOLE);
}

#[test]
fn sessions_are_found_by_id_unique_prefix_and_path_and_nothing_else() {
    let fixture = Fixture::new();
    assert!(fixture.id.starts_with("paperboat-saas-security-2026-11-22"), "{}", fixture.id);
    assert!(fixture.folder.read("paper").is_ok());
    assert!(fixture.folder.read(fixture.path("json").to_str().unwrap()).is_ok());
    assert!(matches!(fixture.folder.read("nothing"), Err(StoreError::NotFound { .. })));
    let questionnaire = questionnaire::load(BUILT_IN[0].1).unwrap();
    let (second, _file) =
        fixture.folder.create(&Session::new(questionnaire, "Paperboat", now()), me()).unwrap();
    assert_eq!(second, format!("{}-2", fixture.id));
    assert!(matches!(fixture.folder.read("paper"), Err(StoreError::Ambiguous { .. })));
    assert!(fixture.folder.read(&fixture.id).is_ok());
}

#[test]
fn a_subject_with_dots_and_slashes_stays_in_the_folder() {
    let fixture = Fixture::new();
    let questionnaire = questionnaire::load(BUILT_IN[0].1).unwrap();
    let (id, _file) =
        fixture.folder.create(&Session::new(questionnaire, "../../x\u{1b}[2J", now()), me()).unwrap();
    assert!(id.starts_with("x-2j-saas-security"), "{id}");
}

#[test]
#[cfg(unix)]
fn a_link_in_the_folder_is_not_followed() {
    let fixture = Fixture::new();
    let outside = fixture.folder.path().with_file_name("outside.json");
    fs::rename(fixture.path("json"), &outside).unwrap();
    std::os::unix::fs::symlink(&outside, fixture.path("json")).unwrap();
    assert!(matches!(fixture.folder.open(&fixture.id, me()), Err(StoreError::NotAFile { .. })));
}

#[test]
#[cfg(unix)]
fn a_link_in_place_of_the_lock_is_not_written_through() {
    let fixture = Fixture::new();
    let outside = fixture.folder.path().with_file_name("outside.txt");
    fs::write(&outside, "mine").unwrap();
    let lock = fixture.folder.path().join(format!(".{}.lock", fixture.id));
    fs::remove_file(&lock).unwrap();
    std::os::unix::fs::symlink(&outside, &lock).unwrap();
    assert!(fixture.folder.open(&fixture.id, me()).is_err());
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
}

#[test]
fn a_newer_format_is_refused_with_a_sentence() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.path("journal")).unwrap();
    let text =
        fs::read_to_string(fixture.path("json")).unwrap().replace("\"version\": 1,", "\"version\": 2,");
    fs::write(fixture.path("json"), text).unwrap();
    let error = fixture.folder.open(&fixture.id, me()).err().unwrap();
    assert!(error.to_string().contains("newer Querist"), "{error}");
}

#[test]
fn a_journal_that_has_grown_long_is_kept_beside_when_a_snapshot_is_written() {
    let fixture = Fixture::new();
    let Opened { mut session, mut file, .. } = fixture.open();
    let long = "x".repeat(200_000);
    for _ in 0..45 {
        for (removed, inserted) in [(String::new(), long.clone()), (long.clone(), String::new())] {
            let edit = Edit::Splice { text: TextRef::Introduction, at: 0, removed, inserted };
            session.apply(&edit).unwrap();
            file.append(&edit, Origin::Do, now());
        }
    }
    file.snapshot(&session, now()).unwrap();
    append(&mut session, &mut file, 30);
    drop(file);
    assert!(fs::metadata(fixture.path("journal")).unwrap().len() < 1_000_000);
    let names = fs::read_dir(fixture.folder.path()).unwrap().flatten();
    assert_eq!(names.filter(|e| e.file_name().to_string_lossy().contains(".journal.before-")).count(), 1);
    let opened = fixture.open();
    assert_eq!((opened.notice, &opened.session), (None, &session));
}

#[test]
fn a_session_whose_files_somebody_else_made_anew_and_holds_is_not_written_over() {
    let fixture = Fixture::new();
    let Opened { session, mut file, .. } = fixture.open();
    let files: Vec<_> =
        ["json", "journal"].map(|e| (fixture.path(e), fs::read(fixture.path(e)).unwrap())).into();
    fs::remove_dir_all(fixture.folder.path()).unwrap();
    fs::create_dir(fixture.folder.path()).unwrap();
    for (path, bytes) in files {
        fs::write(path, bytes).unwrap();
    }
    let other = fixture.open();
    assert!(other.file.read_only().is_none());
    file.append(&Edit::Subject { before: "Paperboat".into(), after: "Boat".into() }, Origin::Do, now());
    file.retry(&session, now());
    assert_eq!(file.failure(), Some("another Querist has this session open now"));
}

#[test]
fn a_snapshot_that_is_behind_after_a_kill_is_not_taken_for_current() {
    let fixture = Fixture::new();
    assert!(!fixture.open().file.is_snapshot_current());
}

#[test]
fn a_position_that_the_session_does_not_have_is_its_start() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.path("journal")).unwrap();
    let text = fs::read_to_string(fixture.path("json")).unwrap();
    let at = text.find("\"item\": {").unwrap();
    let end = at + text[at..].find('}').unwrap() + 1;
    let broken = format!("{}\"item\": {{\"section\": 9}}{}", &text[..at], &text[end..]);
    fs::write(fixture.path("json"), broken).unwrap();
    let session = fixture.open().session;
    assert_eq!(session.position().item, querist::session::Item::Question("external-tls".into()));
}
