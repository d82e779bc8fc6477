//! The promises of the store, each with a test. A kill while typing is tested with the real program, in
//! `e2e`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use querist::questionnaire::{self, BUILT_IN};
use querist::session::{Edit, Origin, Session, Stamp, TextRef};
use querist::store::{
    Author, EditError, Folder, Holder, Me, OpenSession, Opened, Operation, ReadOnly, StoreError,
};

fn me() -> Holder {
    Holder { pid: std::process::id(), by: "kim".into(), since: now() }
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// Text inserted into the detail of the first question.
fn insertion(at: usize, text: &str) -> Edit {
    let (text, inserted) = (TextRef::Detail("external-tls".into()), text.to_owned());
    Edit::Splice { text, at, removed: String::new(), inserted }
}

struct Fixture {
    _dir: tempfile::TempDir,
    folder: Folder,
    id: String,
}

impl Fixture {
    /// A session with thirty edits, closed without a final snapshot, as after a `kill -9`.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().join("sessions"));
        let mut open = folder.create(session("Paperboat"), me()).unwrap();
        for at in 0..30 {
            type_letter(&mut open, at);
        }
        Self { _dir: dir, folder, id: open.id().to_owned() }
    }

    fn path(&self, extension: &str) -> PathBuf {
        self.folder.path().join(format!("{}.{extension}", self.id))
    }

    fn open(&self) -> Opened {
        self.folder.open(&self.id, me()).unwrap()
    }

    /// Opens the session without damage to report.
    #[track_caller]
    fn resume(&self) -> OpenSession {
        let opened = self.open();
        assert_eq!(opened.notice, None);
        opened.session
    }

    /// How many files were kept because they were damaged.
    fn damaged_files(&self) -> usize {
        self.files_with(".damaged-")
    }

    /// How many files have a name that contains `part`.
    fn files_with(&self, part: &str) -> usize {
        let names = fs::read_dir(self.folder.path()).unwrap().flatten();
        names.filter(|entry| entry.file_name().to_string_lossy().contains(part)).count()
    }
}

fn session(subject: &str) -> Session {
    Session::new(questionnaire::load(BUILT_IN[0].1).unwrap(), subject, now())
}

/// Types a letter at the end of the detail of the first question.
fn type_letter(open: &mut OpenSession, at: usize) {
    let letter = char::from(b'a' + (at % 26) as u8).to_string();
    open.edit(insertion(at, &letter), Origin::Do, now()).unwrap();
    assert_eq!(open.failure(), None);
}

fn detail(open: &OpenSession) -> &str {
    &open.session().answer_to("external-tls").unwrap().detail
}

/// The detail after all edits of the fixture.
const ALL: &str = "abcdefghijklmnopqrstuvwxyzabcd";

#[test]
fn an_edit_is_on_disk_as_soon_as_edit_returns() {
    let fixture = Fixture::new();
    assert_eq!(detail(&fixture.resume()), ALL);
}

#[test]
fn resuming_restores_cursor_and_undo_history_silently() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    assert_eq!(open.session().position().cursor, 30);
    assert!(open.undo(now()).unwrap().is_some());
    assert_eq!(detail(&open), "");
    drop(open);
    let mut open = fixture.resume();
    assert_eq!(open.undo(now()), Ok(None));
    assert!(open.redo(now()).unwrap().is_some());
    assert_eq!(detail(&open), ALL);
}

#[test]
fn an_edit_that_does_not_fit_is_neither_made_nor_stored() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    let result = open.edit(insertion(1000, "x"), Origin::Do, now());
    assert!(matches!(result, Err(EditError::Mismatch(_))), "{result:?}");
    assert_eq!(open.seq(), 30);
    drop(open);
    assert_eq!(fixture.resume().seq(), 30);
}

#[test]
fn a_session_in_memory_takes_edits_and_stores_nothing() {
    let mut open = OpenSession::in_memory("boat", session("Boat"));
    type_letter(&mut open, 0);
    assert!(!open.is_snapshot_current());
    open.snapshot(now()).unwrap();
    open.retry(now());
    open.sync_soon();
    assert!(open.is_snapshot_current() && open.read_only().is_none());
    assert_eq!((open.id(), open.seq(), detail(&open)), ("boat", 1, "a"));
    assert!(!open.path().exists());
    assert!(open.undo(now()).unwrap().is_some());
    assert_eq!(detail(&open), "");
}

#[test]
fn a_snapshot_replaces_the_old_one_atomically_and_is_private() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    open.snapshot(now()).unwrap();
    assert!(open.is_snapshot_current());
    drop(open);
    fs::remove_file(fixture.path("journal")).unwrap();
    assert_eq!(detail(&fixture.resume()), ALL);
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
    assert_eq!(detail(&opened.session), ALL);
    assert_eq!(opened.notice.unwrap(), "The session file was missing: it was restored from the journal.");
    assert!(fixture.path("json").exists());
    drop(opened.session);
    fixture.resume();
}

#[test]
fn a_torn_last_record_is_cut_off_kept_and_reported_once() {
    let fixture = Fixture::new();
    let bytes = fs::read(fixture.path("journal")).unwrap();
    fs::write(fixture.path("journal"), &bytes[..bytes.len() - 10]).unwrap();
    let Opened { session: mut open, notice } = fixture.open();
    assert_eq!(detail(&open), &ALL[..29]);
    assert!(notice.is_some());
    assert_eq!(fixture.damaged_files(), 1);
    let whole = bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    assert_eq!(fs::read(fixture.path("journal")).unwrap(), &bytes[..whole], "nothing else is changed");
    type_letter(&mut open, 29);
    drop(open);
    assert_eq!(detail(&fixture.resume()), ALL);
}

#[test]
fn damage_in_the_middle_costs_nothing_before_it() {
    let fixture = Fixture::new();
    let mut bytes = fs::read(fixture.path("journal")).unwrap();
    let lines: Vec<usize> =
        bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at).collect();
    // The first two lines are the start and the mark of the first snapshot.
    bytes[lines[21] + 30] ^= 1;
    fs::write(fixture.path("journal"), &bytes).unwrap();
    let Opened { session: open, notice } = fixture.open();
    assert_eq!(detail(&open), &ALL[..20]);
    assert!(notice.unwrap().contains("the damaged file was kept"));
    assert_eq!(fixture.damaged_files(), 1);
    drop(open);
    fixture.resume();
}

#[test]
fn a_damaged_snapshot_is_restored_from_the_journal() {
    let fixture = Fixture::new();
    for damage in
        ["", "{\"format\": \"querist-session\"", "not json", "{\"format\":\"querist-session\",\"version\":9}"]
    {
        fs::write(fixture.path("json"), damage).unwrap();
        let opened = fixture.open();
        assert_eq!(detail(&opened.session), ALL);
        assert!(opened.notice.is_some(), "{damage}");
    }
    assert_eq!(fixture.damaged_files(), 4);
}

#[test]
fn a_snapshot_changed_by_hand_without_its_journal_is_read_as_it_is() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    open.snapshot(now()).unwrap();
    drop(open);
    fs::remove_file(fixture.path("journal")).unwrap();
    let text = fs::read_to_string(fixture.path("json")).unwrap().replace("\"Paperboat\"", "\"Paper boat\"");
    fs::write(fixture.path("json"), text).unwrap();
    let opened = fixture.open();
    assert_eq!(opened.session.session().subject(), "Paper boat");
    assert!(opened.notice.unwrap().contains("changed outside"));
}

#[test]
fn a_second_querist_opens_a_session_read_only_and_knows_who_has_it_open() {
    let fixture = Fixture::new();
    let first = fixture.resume();
    assert!(first.read_only().is_none());
    let second = fixture.resume();
    let Some(ReadOnly::Held(Some(holder))) = second.read_only() else { panic!("not read-only") };
    assert_eq!((holder.by.as_str(), holder.pid), ("kim", std::process::id()));
    drop(first);
    assert!(fixture.resume().read_only().is_none());
}

#[test]
fn a_read_only_session_can_be_moved_around_in_but_not_changed_or_stored() {
    let fixture = Fixture::new();
    let first = fixture.resume();
    let files = ["json", "journal"].map(|extension| fs::read(fixture.path(extension)).unwrap());
    let mut second = fixture.resume();
    assert_eq!(second.edit(insertion(30, "e"), Origin::Do, now()), Err(EditError::ReadOnly));
    assert_eq!(second.undo(now()), Err(EditError::ReadOnly));
    let before = second.session().position().clone();
    let after = querist::session::Position::start_of(querist::session::Item::Introduction);
    second.edit(Edit::Go { before, after: after.clone() }, Origin::Do, now()).unwrap();
    assert_eq!(*second.session().position(), after);
    second.snapshot(now()).unwrap();
    assert_eq!((detail(&second), second.seq()), (ALL, 30));
    drop((first, second));
    assert_eq!(files, ["json", "journal"].map(|extension| fs::read(fixture.path(extension)).unwrap()));
}

#[test]
fn typing_continues_while_the_folder_is_gone_and_is_stored_once_it_is_back() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    let away = fixture.folder.path().with_file_name("away");
    fs::rename(fixture.folder.path(), &away).unwrap();
    open.edit(insertion(30, "e"), Origin::Do, now()).unwrap();
    assert!(open.failure().unwrap().contains("gone"));
    open.retry(now());
    assert!(open.failure().is_some());
    let elsewhere = away.join("copy.json");
    open.save_elsewhere(&elsewhere).unwrap();
    assert!(open.save_elsewhere(&elsewhere).is_err(), "nothing is overwritten");
    fs::rename(&away, fixture.folder.path()).unwrap();
    open.retry(now());
    assert_eq!(open.failure(), None);
    assert_eq!(fixture.files_with(".before-"), 0, "the journal that came back is ours");
    drop(open);
    assert_eq!(detail(&fixture.resume()), format!("{ALL}e"));
}

#[test]
fn files_created_in_place_of_lost_ones_contain_the_whole_session() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    fs::remove_dir_all(fixture.folder.path()).unwrap();
    open.edit(rename(), Origin::Do, now()).unwrap();
    fs::create_dir(fixture.folder.path()).unwrap();
    open.retry(now());
    assert_eq!(open.failure(), None);
    drop(open);
    let open = fixture.resume();
    assert_eq!((detail(&open), open.session().subject()), (ALL, "Boat"));
}

fn rename() -> Edit {
    Edit::Subject { before: "Paperboat".into(), after: "Boat".into() }
}

#[test]
fn sessions_are_found_by_id_unique_prefix_and_path_only() {
    let fixture = Fixture::new();
    assert!(fixture.id.starts_with("paperboat-saas-security-2026-11-22"), "{}", fixture.id);
    assert!(fixture.folder.read("paper").is_ok());
    assert!(fixture.folder.read(fixture.path("json").to_str().unwrap()).is_ok());
    assert!(matches!(fixture.folder.read("nothing"), Err(StoreError::NotFound { .. })));
    let second = fixture.folder.create(session("Paperboat"), me()).unwrap();
    assert_eq!(second.id(), format!("{}-2", fixture.id));
    assert!(matches!(fixture.folder.read("paper"), Err(StoreError::Ambiguous { .. })));
    assert!(fixture.folder.read(&fixture.id).is_ok());
}

#[test]
fn a_subject_with_dots_and_slashes_cannot_leave_the_folder() {
    let fixture = Fixture::new();
    let open = fixture.folder.create(session("../../x\u{1b}[2J"), me()).unwrap();
    assert!(open.id().starts_with("x-2j-saas-security"), "{}", open.id());
}

#[test]
fn an_io_error_names_the_operation_and_has_a_source() {
    use std::error::Error;
    let fixture = Fixture::new();
    let missing = fixture.folder.read("nowhere/x.json").unwrap_err();
    assert!(matches!(missing, StoreError::Io { operation: Operation::Read, .. }), "{missing:?}");
    assert_eq!(missing.to_string(), "cannot read nowhere/x.json: it does not exist");
    assert!(!missing.is_storing() && missing.source().is_some());
    let unwritable = fixture.resume().save_elsewhere(Path::new("nowhere/x.json")).unwrap_err();
    assert!(matches!(unwritable, StoreError::Io { operation: Operation::Write, .. }), "{unwritable:?}");
    assert!(unwritable.is_storing());
}

#[test]
fn a_session_that_is_open_cannot_be_moved_to_another_folder() {
    let fixture = Fixture::new();
    let other = Folder::new(fixture.folder.path().with_file_name("archive"));
    let open = fixture.resume();
    let error = fixture.folder.move_to(&fixture.id, &other, &me()).unwrap_err();
    assert!(matches!(error, StoreError::Io { operation: Operation::Move, .. }), "{error:?}");
    assert!(error.to_string().ends_with("another Querist has it open"), "{error}");
    drop(open);
    let id = fixture.folder.move_to(&fixture.id, &other, &me()).unwrap();
    assert_eq!((id.as_str(), fixture.folder.ids().unwrap()), (fixture.id.as_str(), Vec::new()));
    assert_eq!(detail(&other.open(&id, me()).unwrap().session), ALL);
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_in_the_folder_is_not_followed() {
    let fixture = Fixture::new();
    let outside = fixture.folder.path().with_file_name("outside.json");
    fs::rename(fixture.path("json"), &outside).unwrap();
    std::os::unix::fs::symlink(&outside, fixture.path("json")).unwrap();
    assert!(matches!(fixture.folder.open(&fixture.id, me()), Err(StoreError::NotAFile { .. })));
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_in_place_of_the_lock_is_not_written_through() {
    let fixture = Fixture::new();
    let outside = fixture.folder.path().with_file_name("outside.txt");
    fs::write(&outside, "mine").unwrap();
    let lock = fixture.folder.path().join(format!(".{}.lock", fixture.id));
    fs::remove_file(&lock).unwrap();
    std::os::unix::fs::symlink(&outside, &lock).unwrap();
    let open = fixture.resume();
    let Some(ReadOnly::Failed(reason)) = open.read_only() else { panic!("not read-only") };
    assert!(reason.contains("symbolic link"), "{reason}");
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
}

#[test]
fn a_newer_format_is_refused_with_a_clear_message() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.path("journal")).unwrap();
    let text =
        fs::read_to_string(fixture.path("json")).unwrap().replace("\"version\": 2,", "\"version\": 9,");
    fs::write(fixture.path("json"), text).unwrap();
    let error = fixture.folder.open(&fixture.id, me()).err().unwrap();
    assert!(error.to_string().contains("newer Querist"), "{error}");
}

#[test]
fn a_snapshot_whose_next_edit_would_have_no_number_is_refused() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.path("journal")).unwrap();
    let text = fs::read_to_string(fixture.path("json")).unwrap();
    let with_seq = |seq: u64| {
        let seq = format!("\"seq\": {seq},");
        fs::write(fixture.path("json"), text.replacen("\"seq\": 0,", &seq, 1)).unwrap();
        fixture.folder.read(&fixture.id).is_ok()
    };
    assert!(with_seq((1 << 52) - 1) && !with_seq(1 << 52));
}

#[test]
fn a_window_that_takes_over_knows_that_something_changed() {
    let fixture = Fixture::new();
    let first = fixture.resume();
    let mut second = fixture.resume();
    let before = second.changes();
    drop(first);
    second.look(now());
    assert!(second.read_only().is_none() && second.changes() != before);
}

#[test]
fn undo_reaches_back_beyond_the_snapshot_that_a_session_is_resumed_from() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    open.snapshot(now()).unwrap();
    drop(open);
    let mut open = fixture.resume();
    while open.undo(now()).unwrap().is_some() {}
    assert_eq!(detail(&open), "");
}

#[test]
fn a_long_journal_is_set_aside_when_a_snapshot_is_written() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    insert_and_remove_a_long_text(&mut open, 45);
    open.snapshot(now()).unwrap();
    type_letter(&mut open, 30);
    let session = open.session().clone();
    drop(open);
    assert!(fs::metadata(fixture.path("journal")).unwrap().len() < 1_000_000);
    assert_eq!(fixture.files_with(".journal.before-"), 1);
    assert_eq!(*fixture.resume().session(), session);
}

#[test]
fn a_journal_of_a_few_megabytes_is_continued_and_can_be_opened_again() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    insert_and_remove_a_long_text(&mut open, 5);
    open.snapshot(now()).unwrap();
    drop(open);
    assert!(fs::metadata(fixture.path("journal")).unwrap().len() > 2_000_000);
    assert_eq!(fixture.files_with(".before-"), 0);
    assert_eq!(detail(&fixture.resume()), ALL);
}

/// Makes the journal 400,000 bytes longer, this many times.
fn insert_and_remove_a_long_text(open: &mut OpenSession, times: usize) {
    let long = "x".repeat(200_000);
    for _ in 0..times {
        for (removed, inserted) in [(String::new(), long.clone()), (long.clone(), String::new())] {
            let edit = Edit::Splice { text: TextRef::Introduction, at: 0, removed, inserted };
            open.edit(edit, Origin::Do, now()).unwrap();
        }
    }
}

#[test]
fn files_that_another_querist_recreated_and_has_open_are_not_overwritten() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    let files: Vec<_> =
        ["json", "journal"].map(|e| (fixture.path(e), fs::read(fixture.path(e)).unwrap())).into();
    fs::remove_dir_all(fixture.folder.path()).unwrap();
    fs::create_dir(fixture.folder.path()).unwrap();
    for (path, bytes) in files {
        fs::write(path, bytes).unwrap();
    }
    let other = fixture.open().session;
    assert!(other.read_only().is_none());
    open.edit(rename(), Origin::Do, now()).unwrap();
    open.retry(now());
    assert_eq!(open.failure(), Some("another Querist has this session open now"));
}

#[test]
fn a_snapshot_that_lacks_edits_after_a_kill_is_not_current() {
    let fixture = Fixture::new();
    assert!(!fixture.resume().is_snapshot_current());
}

#[test]
fn a_position_that_does_not_exist_is_replaced_by_the_start() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.path("journal")).unwrap();
    let text = fs::read_to_string(fixture.path("json")).unwrap();
    let position = r#""position": {"item": {"section": 9}, "field": "detail"}, "answers": {"#;
    let broken = text.replacen("\"answers\": {", position, 1);
    fs::write(fixture.path("json"), broken).unwrap();
    let open = fixture.open().session;
    assert_eq!(open.session().position().item, querist::session::Item::Question("external-tls".into()));
}

#[test]
fn a_damaged_file_is_kept_under_its_name_with_the_time() {
    let fixture = Fixture::new();
    fs::write(fixture.path("json"), "not json").unwrap();
    fixture.open();
    let kept = fixture.path("json.damaged-20261122T100000");
    assert_eq!(fs::read_to_string(kept).unwrap(), "not json");
}

#[test]
fn only_the_window_that_can_repair_a_damaged_file_reports_it() {
    let fixture = Fixture::new();
    let first = fixture.resume();
    fs::write(fixture.path("json"), "not json").unwrap();
    let second = fixture.resume();
    assert!(second.read_only().is_some());
    assert_eq!((detail(&second), fixture.damaged_files()), (ALL, 0));
    drop((first, second));
    assert!(fixture.open().notice.is_some());
    assert_eq!(fixture.damaged_files(), 1);
}

#[test]
fn the_author_of_an_edit_need_not_be_the_user_who_has_the_session_open() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::new(dir.path().join("sessions"));
    let ann = || Me { holder: me(), author: Author::known("Ann <ann@example.org>") };
    let by = |open: &OpenSession| open.session().changed()["external-tls"].by.clone();
    let mut open = folder.create(session("Boat"), ann()).unwrap();
    type_letter(&mut open, 0);
    assert_eq!(by(&open), "Ann <ann@example.org>");
    let id = open.id().to_owned();
    drop(open);
    let mut open = folder.open(&id, me()).unwrap().session;
    assert_eq!(by(&open), "Ann <ann@example.org>");
    type_letter(&mut open, 1);
    assert_eq!(by(&open), "kim");
    open.set_author(Author::known("Bob"));
    type_letter(&mut open, 2);
    assert_eq!(by(&open), "Bob");
}

#[test]
fn an_edit_that_is_not_made_says_why() {
    use std::error::Error;
    let fixture = Fixture::new();
    let mut first = fixture.resume();
    let mismatch = first.edit(insertion(1000, "x"), Origin::Do, now()).unwrap_err();
    let mismatch_says = "the edit does not match the session";
    assert_eq!(mismatch.to_string(), mismatch_says);
    assert_eq!(mismatch.source().unwrap().to_string(), mismatch_says);
    let read_only = fixture.resume().edit(insertion(30, "e"), Origin::Do, now()).unwrap_err();
    assert_eq!(read_only.to_string(), "the session is open read-only");
    assert!(read_only.source().is_none());
}

#[test]
fn who_made_an_edit_is_known_after_a_restart() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    open.set_author(Author::known("ann"));
    open.edit(rename(), Origin::Do, now()).unwrap();
    drop(open);
    let open = fixture.resume();
    let changed = open.session().changed();
    assert_eq!((changed["external-tls"].by.as_str(), changed["page/subject"].by.as_str()), ("kim", "ann"));
}

#[test]
fn a_copy_is_brought_in_as_one_step_but_not_into_a_read_only_session() {
    let fixture = Fixture::new();
    let mut open = fixture.resume();
    let mut copy = open.session().clone();
    copy.apply(&rename(), &Stamp { by: "ann".into(), at: now() }).unwrap();
    assert_eq!(fixture.resume().bring_in(&copy, now()), Err(EditError::ReadOnly));
    let changes = open.changes();
    open.bring_in(&copy, now()).unwrap();
    assert_eq!((open.session().subject(), detail(&open)), ("Boat", ALL));
    assert_ne!(open.changes(), changes);
    assert!(open.undo(now()).unwrap().is_some());
    assert_eq!((open.session().subject(), detail(&open)), ("Paperboat", ALL));
}

#[test]
fn a_session_that_is_read_knows_the_lines_of_its_answers() {
    let fixture = Fixture::new();
    fixture.resume().snapshot(now()).unwrap();
    let text = fs::read_to_string(fixture.path("json")).unwrap();
    let line = text.lines().position(|line| line.trim() == "\"external-tls\": {").unwrap() + 1;
    let loaded = fixture.folder.read(&fixture.id).unwrap().1;
    assert_eq!(loaded.lines()["external-tls"], line);
}

#[test]
fn a_journal_without_its_last_line_break_is_continued_on_a_new_line() {
    let fixture = Fixture::new();
    let bytes = fs::read(fixture.path("journal")).unwrap();
    fs::write(fixture.path("journal"), &bytes[..bytes.len() - 1]).unwrap();
    let mut open = fixture.resume();
    type_letter(&mut open, 30);
    drop(open);
    assert_eq!(detail(&fixture.resume()), format!("{ALL}e"));
    assert_eq!(fixture.damaged_files(), 0);
    assert!(fs::read(fixture.path("journal")).unwrap().starts_with(&bytes));
}

#[test]
fn a_journal_whose_last_line_break_was_overwritten_keeps_its_last_record() {
    let fixture = Fixture::new();
    let mut bytes = fs::read(fixture.path("journal")).unwrap();
    *bytes.last_mut().unwrap() = b'x';
    fs::write(fixture.path("journal"), &bytes).unwrap();
    let Opened { session: open, notice } = fixture.open();
    assert_eq!(detail(&open), ALL);
    assert!(notice.unwrap().contains("the damaged file was kept"));
    assert_eq!(fixture.damaged_files(), 1);
    drop(open);
    assert_eq!(detail(&fixture.resume()), ALL);
}

#[test]
fn an_empty_journal_is_reported_and_kept() {
    let fixture = Fixture::new();
    fixture.resume().snapshot(now()).unwrap();
    fs::write(fixture.path("journal"), "").unwrap();
    let Opened { session: open, notice } = fixture.open();
    assert_eq!(detail(&open), ALL);
    assert!(notice.unwrap().contains("the damaged file was kept"));
    assert_eq!(fixture.damaged_files(), 1);
}

#[test]
fn a_journal_that_lacks_an_old_record_is_replaced_by_one_that_is_whole() {
    let fixture = Fixture::new();
    fixture.resume().snapshot(now()).unwrap();
    let text = fs::read_to_string(fixture.path("journal")).unwrap();
    let without: String =
        text.split_inclusive('\n').filter(|line| !line.starts_with("{\"seq\":5,")).collect();
    assert!(without.len() < text.len());
    fs::write(fixture.path("journal"), without).unwrap();
    drop(fixture.open());
    fs::remove_file(fixture.path("json")).unwrap();
    assert_eq!(detail(&fixture.open().session), ALL);
}

#[test]
fn a_read_only_window_knows_whether_the_other_one_changed_something() {
    let fixture = Fixture::new();
    let mut first = fixture.resume();
    let mut second = fixture.resume();
    second.look(now());
    let before = second.changes();
    second.look(now());
    assert_eq!(second.changes(), before);
    type_letter(&mut first, 30);
    second.look(now());
    assert_ne!(second.changes(), before);
    assert_eq!(detail(&second), format!("{ALL}e"));
}
