//! What other programs do to the files of a session: git, sync clients, editors. Nothing that anybody wrote
//! is lost, and every change can be undone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use proptest::prelude::*;
use querist::questionnaire;
use querist::session::{Answer, Edit, Entries, FieldValue, Origin, Reason, Session, TextRef};
use querist::store::{Folder, Holder, OpenSession, Opened};

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn me(by: &str) -> Holder {
    Holder { pid: std::process::id(), by: by.into(), since: now() }
}

struct Fixture {
    dir: tempfile::TempDir,
    folder: Folder,
    id: String,
}

impl Fixture {
    /// A session by Ann whose answer to `a` is Yes with a detail, with a current snapshot.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().join("reviews"));
        let questionnaire = questionnaire::load(include_str!("fixtures/mini.json")).unwrap();
        let mut open = folder.create(Session::new(questionnaire, "Boat", now()), me("ann")).unwrap();
        choose(&mut open, "a", "yes");
        write(&mut open, "a", "It is encrypted. It is audited.");
        open.snapshot(now()).unwrap();
        let id = open.id().to_owned();
        Self { dir, folder, id }
    }

    fn path(&self, extension: &str) -> PathBuf {
        self.folder.path().join(format!("{}.{extension}", self.id))
    }

    fn open(&self) -> Opened {
        self.folder.open(&self.id, me("ann")).unwrap()
    }

    /// The snapshot that Kim has after `change`, in a clone of the folder.
    fn by_kim(&self, change: impl FnOnce(&mut OpenSession)) -> Vec<u8> {
        let clone = Folder::new(self.dir.path().join("clone"));
        let _ = fs::remove_dir_all(clone.path());
        fs::create_dir(clone.path()).unwrap();
        fs::copy(self.path("json"), clone.path().join(format!("{}.json", self.id))).unwrap();
        let mut open = clone.open(&self.id, me("Kim <kim@example.org>")).unwrap().session;
        change(&mut open);
        open.snapshot(now()).unwrap();
        fs::read(open.path()).unwrap()
    }

    fn git(&self, args: &[&str]) -> bool {
        let args = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"].iter().chain(args);
        let output = Command::new("git").current_dir(self.folder.path()).args(args).output().unwrap();
        output.status.success()
    }

    fn kept_as(&self, why: &str) -> usize {
        let names = fs::read_dir(self.folder.path()).unwrap().flatten();
        names.filter(|entry| entry.file_name().to_string_lossy().contains(why)).count()
    }
}

fn choose(open: &mut OpenSession, id: &str, choice: &str) {
    let before = open.session().answer_to(id).unwrap().choices.clone();
    let edit = Edit::Choose { question: id.into(), before, after: vec![choice.into()] };
    open.edit(edit, Origin::Do, now()).unwrap();
}

fn write(open: &mut OpenSession, id: &str, detail: &str) {
    let text = TextRef::Detail(id.into());
    let removed = open.session().text(&text).unwrap().to_owned();
    let edit = Edit::Splice { text, at: 0, removed, inserted: detail.into() };
    open.edit(edit, Origin::Do, now()).unwrap();
}

fn detail<'a>(open: &'a OpenSession, id: &str) -> &'a str {
    &open.session().answer_to(id).unwrap().detail
}

/// Edits that are in the journal, but not in the snapshot, as after a kill.
fn edit_and_kill(fixture: &Fixture, change: impl FnOnce(&mut OpenSession)) -> Session {
    let mut open = fixture.open().session;
    change(&mut open);
    open.session().clone()
}

#[test]
fn an_older_snapshot_that_git_checks_out_is_taken_over_and_can_be_undone() {
    let fixture = Fixture::new();
    let older = fs::read(fixture.path("json")).unwrap();
    let mut open = fixture.open().session;
    write(&mut open, "a", "Changed since.");
    open.snapshot(now()).unwrap();
    drop(open);
    fs::write(fixture.path("json"), &older).unwrap();
    let Opened { session: mut open, notice } = fixture.open();
    assert_eq!(detail(&open, "a"), "It is encrypted. It is audited.");
    assert!(notice.unwrap().starts_with("Updated 1 answer or part from the file."), "one sentence");
    open.undo(now()).unwrap();
    assert_eq!(detail(&open, "a"), "Changed since.");
    drop(open);
    assert_eq!(fixture.open().notice, None);
}

#[test]
fn a_colleague_s_snapshot_is_merged_with_edits_that_are_only_in_the_journal() {
    let fixture = Fixture::new();
    let theirs = fixture.by_kim(|open| {
        write(open, "a", "It is encrypted. It is audited every year.");
        choose(open, "b", "no");
    });
    edit_and_kill(&fixture, |open| write(open, "a", "It is encrypted with TLS 1.3. It is audited."));
    fs::write(fixture.path("json"), theirs).unwrap();
    let Opened { session: open, notice } = fixture.open();
    assert_eq!(detail(&open, "a"), "It is encrypted with TLS 1.3. It is audited every year.");
    assert_eq!(open.session().answer_to("b").unwrap().choices, ["no"]);
    assert_eq!(notice.unwrap(), "Updated 2 answers or parts from the file. Ctrl-Z undoes this.");
    assert_eq!(open.session().changed()["b"].by, "Kim <kim@example.org>");
    assert_eq!(fixture.kept_as("damaged"), 0);
}

#[test]
fn two_different_answers_are_both_kept_and_the_question_is_open() {
    let fixture = Fixture::new();
    let theirs = fixture.by_kim(|open| {
        choose(open, "a", "no");
        write(open, "a", "It is not encrypted. It is audited.");
    });
    edit_and_kill(&fixture, |open| {
        write(open, "a", "It is encrypted, as tested. It is audited.");
        let edit = Edit::Splice {
            text: TextRef::Qualifier("a".into()),
            at: 0,
            removed: String::new(),
            inserted: "in part".into(),
        };
        open.edit(edit, Origin::Do, now()).unwrap();
    });
    fs::write(fixture.path("json"), theirs).unwrap();
    let Opened { session: open, notice } = fixture.open();
    assert!(notice.unwrap().contains("you and Kim differ on 2"));
    let index = open.session().index_of("a").unwrap();
    assert_eq!(open.session().reasons(index)[0], Reason::TwoAnswers("Kim".into()));
    assert!(open.session().is_open(index));
    let others: Vec<_> = open.session().entries().conflicts.iter().filter_map(|c| c.other.clone()).collect();
    assert!(others.contains(&FieldValue::Text("It is not encrypted. It is audited.".into())));
    assert!(
        others.iter().any(|value| matches!(value, FieldValue::Verdict { choices, .. } if choices == &["no"]))
    );
    assert_eq!(detail(&open, "a"), "It is encrypted, as tested. It is audited.");
}

#[test]
fn a_snapshot_with_conflict_markers_is_merged_and_kept() {
    for with_base in [false, true] {
        let fixture = Fixture::new();
        let base = fs::read_to_string(fixture.path("json")).unwrap();
        let theirs = String::from_utf8(fixture.by_kim(|open| choose(open, "b", "no"))).unwrap();
        edit_and_kill(&fixture, |open| write(open, "a", "Ours."));
        let ours = base.clone();
        let middle = if with_base { format!("||||||| base\n{base}") } else { String::new() };
        let marked = format!("<<<<<<< HEAD\n{ours}{middle}=======\n{theirs}>>>>>>> kim\n");
        fs::write(fixture.path("json"), marked).unwrap();
        let Opened { session: open, notice } = fixture.open();
        assert_eq!(detail(&open, "a"), "Ours.");
        assert_eq!(open.session().answer_to("b").unwrap().choices, ["no"]);
        assert!(notice.is_some());
        assert_eq!((fixture.kept_as(".json.before-"), fixture.kept_as("damaged")), (1, 0));
        drop(open);
        assert_eq!(fixture.open().notice, None, "the snapshot is valid again");
    }
}

#[test]
fn a_snapshot_that_git_lists_as_unmerged_is_merged_from_all_of_its_versions() {
    let fixture = Fixture::new();
    fs::write(fixture.folder.path().join(".gitignore"), "*.journal*\n.*.lock\n").unwrap();
    // Without this, git would write conflict markers into the file.
    fs::write(fixture.folder.path().join(".gitattributes"), "*.json -merge\n").unwrap();
    assert!(fixture.git(&["init", "-q", "-b", "main"]) && fixture.git(&["add", "."]));
    assert!(fixture.git(&["commit", "-qm", "one"]) && fixture.git(&["checkout", "-qb", "kim"]));
    let theirs = fixture.by_kim(|open| choose(open, "b", "no"));
    fs::write(fixture.path("json"), theirs).unwrap();
    assert!(fixture.git(&["commit", "-qam", "kim"]) && fixture.git(&["checkout", "-q", "main"]));
    let mut open = fixture.open().session;
    write(&mut open, "a", "Ours.");
    open.snapshot(now()).unwrap();
    drop(open);
    assert!(fixture.git(&["commit", "-qam", "ours"]));
    assert!(!fixture.git(&["merge", "-q", "kim"]), "git cannot merge it");
    let Opened { session: open, notice } = fixture.open();
    assert_eq!(
        (detail(&open, "a"), open.session().answer_to("b").unwrap().choices.as_slice()),
        ("Ours.", &["no".to_owned()][..])
    );
    assert!(notice.is_some());
    drop(open);
    assert!(fixture.git(&["commit", "-qm", "merged"]), "nothing is unmerged any more");
    assert_eq!(fixture.open().notice, None);
}

#[test]
fn what_was_edited_since_a_commit_is_kept_when_git_leaves_conflict_markers() {
    let fixture = Fixture::new();
    fs::write(fixture.folder.path().join(".gitignore"), "*.journal*\n.*.lock\n").unwrap();
    assert!(fixture.git(&["init", "-q", "-b", "main"]) && fixture.git(&["add", "."]));
    assert!(fixture.git(&["commit", "-qm", "one"]) && fixture.git(&["checkout", "-qb", "kim"]));
    let theirs = fixture.by_kim(|open| choose(open, "b", "no"));
    fs::write(fixture.path("json"), theirs).unwrap();
    assert!(fixture.git(&["commit", "-qam", "kim"]) && fixture.git(&["checkout", "-q", "main"]));
    let mut open = fixture.open().session;
    write(&mut open, "a", "Ours.");
    open.snapshot(now()).unwrap();
    drop(open);
    assert!(fixture.git(&["commit", "-qam", "ours"]));
    edit_and_kill(&fixture, |open| write(open, "a", "Ours, and more."));
    assert!(!fixture.git(&["merge", "-q", "kim"]), "git cannot merge it");
    assert!(fs::read_to_string(fixture.path("json")).unwrap().contains("<<<<<<<"));
    let Opened { session: open, notice } = fixture.open();
    assert_eq!(detail(&open, "a"), "Ours, and more.");
    assert_eq!(open.session().answer_to("b").unwrap().choices, ["no"]);
    assert!(open.session().entries().conflicts.is_empty());
    assert_eq!(notice.unwrap(), "Updated 1 answer or part from the file. Ctrl-Z undoes this.");
}

#[test]
fn a_snapshot_that_was_removed_in_git_is_not_listed_and_not_created_again() {
    let fixture = Fixture::new();
    assert!(fixture.git(&["init", "-q"]));
    fs::remove_file(fixture.path("json")).unwrap();
    assert!(fixture.folder.list().unwrap().is_empty());
    let error = fixture.folder.open(&fixture.id, me("ann")).err().unwrap();
    assert!(error.to_string().ends_with("was removed in git"), "{error}");
    assert!(!fixture.path("json").exists());
    fixture.folder.restore(&fixture.id, me("ann")).unwrap();
    assert_eq!(detail(&fixture.open().session, "a"), "It is encrypted. It is audited.");
}

#[test]
fn a_pull_while_a_session_is_open_is_taken_over_at_the_next_look_and_before_a_snapshot() {
    for looks in [true, false] {
        let fixture = Fixture::new();
        let theirs = fixture.by_kim(|open| choose(open, "b", "no"));
        let mut open = fixture.open().session;
        write(&mut open, "a", "Typed meanwhile.");
        fs::write(fixture.path("json"), theirs).unwrap();
        if looks {
            open.look(now());
        } else {
            open.snapshot(now()).unwrap();
        }
        assert_eq!(open.session().answer_to("b").unwrap().choices, ["no"]);
        assert_eq!(detail(&open, "a"), "Typed meanwhile.");
        assert!(open.take_notice().unwrap().starts_with("Updated 1 answer"));
        assert_eq!(open.take_notice(), None, "it is reported once");
        open.undo(now()).unwrap();
        assert!(open.session().answer_to("b").unwrap().is_empty());
    }
}

#[test]
fn a_journal_that_was_replaced_cut_or_removed_while_open_costs_nothing() {
    let replace = |path: &Path| {
        fs::copy(path, path.with_extension("x")).unwrap();
        fs::rename(path.with_extension("x"), path).unwrap();
    };
    let cut = |path: &Path| {
        let file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(file.metadata().unwrap().len() - 100).unwrap();
    };
    let extend =
        |path: &Path| fs::write(path, [fs::read(path).unwrap(), b"junk\n".to_vec()].concat()).unwrap();
    let remove = |path: &Path| fs::remove_file(path).unwrap();
    type Change<'a> = (&'a str, &'a dyn Fn(&Path));
    let changes: [Change<'_>; 4] =
        [("replaced", &replace), ("cut", &cut), ("extended", &extend), ("removed", &remove)];
    for (what, change) in changes {
        for with_lock in [false, true] {
            let fixture = Fixture::new();
            let mut open = fixture.open().session;
            write(&mut open, "a", "before");
            change(&fixture.path("journal"));
            if with_lock {
                fs::remove_file(fixture.folder.path().join(format!(".{}.lock", fixture.id))).unwrap();
            }
            write(&mut open, "a", "before and after");
            assert_eq!(open.failure(), None, "{what}");
            let session = open.session().clone();
            // As after a kill: the destructors of an open session write nothing.
            drop(open);
            let Opened { session: mut again, notice } = fixture.open();
            assert_eq!(notice, None, "{what}");
            assert_eq!(*again.session(), session, "{what}");
            again.undo(now()).unwrap();
            assert_eq!(detail(&again, "a"), "before", "{what}: undo reaches back");
        }
    }
}

#[test]
fn what_another_querist_wrote_into_a_replaced_journal_is_taken_over() {
    let fixture = Fixture::new();
    let other = Folder::new(fixture.dir.path().join("synced"));
    fs::create_dir(other.path()).unwrap();
    let mut open = fixture.open().session;
    write(&mut open, "a", "Ours.");
    for extension in ["json", "journal"] {
        fs::copy(fixture.path(extension), other.path().join(format!("{}.{extension}", fixture.id))).unwrap();
    }
    let mut theirs = other.open(&fixture.id, me("kim")).unwrap().session;
    choose(&mut theirs, "b", "no");
    drop(theirs);
    fs::rename(other.path().join(format!("{}.journal", fixture.id)), fixture.path("journal")).unwrap();
    write(&mut open, "a", "Ours, continued.");
    assert_eq!(open.session().answer_to("b").unwrap().choices, ["no"]);
    assert_eq!(detail(&open, "a"), "Ours, continued.");
    assert_eq!(fixture.kept_as(".journal.before-"), 1);
}

#[test]
fn the_reviewer_stays_where_they_are_when_a_change_comes_in() {
    let fixture = Fixture::new();
    let theirs = fixture.by_kim(|open| {
        write(open, "a", "Kim says: It is encrypted. It is audited.");
        write(open, "b", "Elsewhere.");
    });
    let mut open = fixture.open().session;
    let (before, after) = (open.session().position().clone(), TextRef::Detail("a".into()).position(16));
    open.edit(Edit::Go { before, after }, Origin::Do, now()).unwrap();
    fs::write(fixture.path("json"), theirs).unwrap();
    open.look(now());
    assert_eq!(detail(&open, "b"), "Elsewhere.");
    assert_eq!(*open.session().position(), TextRef::Detail("a".into()).position(26));
}

#[test]
fn a_snapshot_is_written_only_if_its_content_changes() {
    let fixture = Fixture::new();
    let before = fs::read(fixture.path("json")).unwrap();
    let mut open = fixture.open().session;
    let position = open.session().position().clone();
    let text = TextRef::Detail("a".into());
    let after = text.position(5);
    open.edit(Edit::Go { before: position, after: after.clone() }, Origin::Do, now()).unwrap();
    open.snapshot(now()).unwrap();
    drop(open);
    assert_eq!(fs::read(fixture.path("json")).unwrap(), before);
    assert_eq!(*fixture.open().session.session().position(), after, "the position is in the journal");
    assert!(!String::from_utf8(before).unwrap().contains("\"position\""));
}

#[test]
fn a_second_window_takes_over_once_the_first_is_gone() {
    let fixture = Fixture::new();
    let mut first = fixture.open().session;
    let mut second = fixture.open().session;
    write(&mut first, "a", "Written in the first window.");
    second.look(now());
    assert!(second.read_only().is_some());
    assert_eq!(detail(&second, "a"), "Written in the first window.");
    drop(first);
    second.look(now());
    assert!(second.read_only().is_none());
    assert_eq!(second.take_notice().unwrap(), "The other window is gone: you can edit here now.");
    choose(&mut second, "b", "no");
    assert_eq!(second.failure(), None);
}

#[test]
fn a_hard_link_in_place_of_the_lock_or_the_journal_is_not_written_through() {
    let fixture = Fixture::new();
    let lock = fixture.folder.path().join(format!(".{}.lock", fixture.id));
    let other = fixture.dir.path().join("other");
    fs::write(&other, "mine").unwrap();
    fs::remove_file(&lock).unwrap();
    fs::hard_link(&other, &lock).unwrap();
    assert!(fixture.open().session.read_only().is_some());
    assert_eq!(fs::read_to_string(&other).unwrap(), "mine");
    fs::remove_file(&lock).unwrap();
    let copy = fixture.dir.path().join("copy.journal");
    fs::hard_link(fixture.path("journal"), &copy).unwrap();
    let before = fs::read(&copy).unwrap();
    choose(&mut fixture.open().session, "b", "no");
    assert_eq!(fs::read(&copy).unwrap(), before);
    assert_eq!(fixture.open().session.session().answer_to("b").unwrap().choices, ["no"]);
}

#[test]
fn no_lock_is_left_beside_a_file_that_is_not_a_session() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("package.json");
    fs::write(&file, "{\"name\": \"x\"}").unwrap();
    let folder = Folder::new(dir.path().join("reviews"));
    assert!(folder.open(file.to_str().unwrap(), me("ann")).is_err());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
#[cfg(unix)]
fn files_that_others_can_read_are_made_private_and_this_is_reported_once() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(fixture.path("json"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(fixture.folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    assert!(fixture.open().notice.unwrap().contains("now only you can"));
    assert_eq!((mode(&fixture.path("json")), mode(fixture.folder.path())), (0o600, 0o755));
    assert_eq!(fixture.open().notice, None);
}

/// Every text in a session: answers, parts of the page, and the other sides of conflicts.
fn texts(session: &Session) -> Vec<String> {
    let answers = (0..session.len()).map(|index| session.answer(index));
    let orphans = session.orphans().iter().map(|(_, answer)| answer);
    let of_answer = |answer: &Answer| [answer.detail.clone(), answer.note.clone(), answer.value.clone()];
    let mut texts: Vec<String> = answers.chain(orphans).flat_map(of_answer).collect();
    texts.extend([session.introduction().to_owned(), session.subject().to_owned()]);
    let Entries { conflicts, .. } = session.entries();
    for value in conflicts.iter().filter_map(|conflict| conflict.other.as_ref()) {
        match value {
            FieldValue::Text(text) => texts.push(text.clone()),
            FieldValue::Verdict { value, .. } => texts.push(value.clone()),
            FieldValue::Basis(_) => {}
        }
    }
    texts
}

fn change(open: &mut OpenSession, (kind, text): &(u8, String)) {
    let text_ref = match kind % 5 {
        0 => TextRef::Detail("a".into()),
        1 => TextRef::Note("a".into()),
        2 => TextRef::Introduction,
        3 => TextRef::Note("b".into()),
        _ => return choose(open, "b", if text.len() % 2 == 0 { "yes" } else { "no" }),
    };
    let at = open.session().text(&text_ref).unwrap().len();
    let edit = Edit::Splice { text: text_ref, at, removed: String::new(), inserted: text.clone() };
    open.edit(edit, Origin::Do, now()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_written_on_either_side_is_still_there_and_undo_restores_ours(
        ours in prop::collection::vec((any::<u8>(), "[A-Z][a-z]{1,5}\\. "), 0..5),
        saved in prop::collection::vec((any::<u8>(), "[A-Z][a-z]{1,5}\\. "), 0..3),
        theirs in prop::collection::vec((any::<u8>(), "[A-Z][a-z]{1,5}\\. "), 0..5),
    ) {
        let fixture = Fixture::new();
        let theirs = fixture.by_kim(|open| theirs.iter().for_each(|edit| change(open, edit)));
        let their_session = {
            let other = Folder::new(fixture.dir.path().join("clone"));
            other.read(&fixture.id).unwrap().1.session
        };
        let our_session = edit_and_kill(&fixture, |open| {
            saved.iter().for_each(|edit| change(open, edit));
            open.snapshot(now()).unwrap();
            ours.iter().for_each(|edit| change(open, edit));
        });
        fs::write(fixture.path("json"), theirs).unwrap();
        let mut open = fixture.open().session;
        let merged = texts(open.session()).join("\n");
        for text in texts(&their_session) {
            for sentence in text.split_inclusive(". ") {
                prop_assert!(merged.contains(sentence), "{sentence:?} is not in {merged:?}");
            }
        }
        if *open.session() != our_session {
            open.undo(now()).unwrap();
        }
        prop_assert_eq!(open.session(), &our_session);
    }
}

#[test]
fn a_changed_snapshot_is_taken_over_even_while_ours_cannot_be_written() {
    let fixture = Fixture::new();
    let mut open = fixture.open().session;
    let theirs = fixture.by_kim(|open| choose(open, "a", "no"));
    let lock = fixture.folder.path().join(format!(".{}.lock", fixture.id));
    for path in [lock, fixture.path("journal")] {
        fs::remove_file(path).unwrap();
    }
    let other = fixture.open().session;
    assert_eq!(other.read_only(), None);
    fs::write(fixture.path("json"), theirs).unwrap();
    write(&mut open, "a", "Ours. ");
    assert!(open.failure().is_some(), "another program has the session");
    open.retry(now());
    drop(other);
    open.retry(now());
    assert_eq!(open.failure(), None);
    open.snapshot(now()).unwrap();
    drop(open);
    let session = fixture.open().session;
    assert_eq!(session.session().answer_to("a").unwrap().choices, ["no"]);
    assert!(session.session().answer_to("a").unwrap().detail.contains("Ours. "));
}
