//! What the parts cost, at 11, 300 and 10,000 questions with details of 500 characters.
//!
//! `cargo bench --bench core`
#![allow(clippy::expect_used, reason = "a bench that cannot run says so by panicking")]

mod generate;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jiff::Timestamp;
use querist::report::{Extras, document, fields, import, json, markdown};
use querist::session::{Answer, Edit, Origin, Session, Stamp, TextRef, diff, matrix, previous_of};
use querist::store::{Folder, Holder, OpenSession, Summary, merge_versions, session_in};
use querist::tui::Offscreen;

const SIZES: [usize; 3] = [11, 300, 10_000];
const DETAIL: usize = 500;
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn main() {
    divan::main();
}

fn session(count: usize) -> Session {
    generate::session(count, DETAIL)
}

fn middle(session: &Session) -> String {
    format!("q{}", session.len() / 2)
}

/// A character typed at the end of the detail of the question in the middle, and what takes it back.
fn keystroke(session: &Session) -> [Edit; 2] {
    let text = TextRef::Detail(middle(session));
    let at = session.text(&text).map_or(0, str::len);
    let splice = |removed: &str, inserted: &str| Edit::Splice {
        text: text.clone(),
        at,
        removed: removed.to_owned(),
        inserted: inserted.to_owned(),
    };
    [splice("", "x"), splice("x", "")]
}

struct Stored {
    folder: Folder,
    id: String,
    open: OpenSession,
    _dir: tempfile::TempDir,
}

fn stored(session: &Session) -> Stored {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path().to_owned());
    let me = Holder { pid: 1, by: "bench".into(), since: NOW };
    let open = folder.create(session.clone(), me).expect("a review");
    Stored { folder, id: open.id().to_owned(), open, _dir: dir }
}

/// A character typed and taken back: two edits.
#[divan::bench(args = SIZES)]
fn apply_two_edits(bencher: Bencher<'_, '_>, count: usize) {
    let mut session = session(count);
    let edits = keystroke(&session);
    bencher.bench_local(|| {
        for edit in &edits {
            session.apply(edit, &Stamp { by: String::new(), at: Timestamp::UNIX_EPOCH }).expect("it fits");
        }
    });
}

/// An answer that two other questions hang on, changed and changed back.
#[divan::bench(args = SIZES)]
fn conditions_two_edits(bencher: Bencher<'_, '_>, count: usize) {
    let mut session = session(count);
    let question = format!("q{}", count / 2 / 5 * 5 + 3);
    let choose = |before: &[&str], after: &[&str]| {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        Edit::Choose { question: question.clone(), before: ids(before), after: ids(after) }
    };
    let edits = [choose(&["yes"], &[]), choose(&[], &["yes"])];
    bencher.bench_local(|| {
        for edit in &edits {
            session.apply(edit, &Stamp { by: String::new(), at: Timestamp::UNIX_EPOCH }).expect("it fits");
        }
    });
}

/// One edit handed to the operating system.
#[divan::bench(args = SIZES)]
fn journal_append(bencher: Bencher<'_, '_>, count: usize) {
    let session = session(count);
    let mut stored = stored(&session);
    let edits = keystroke(&session);
    let mut edits = edits.iter().cycle();
    bencher.bench_local(|| stored.open.edit(edits.next().expect("a cycle").clone(), Origin::Do, NOW));
}

/// A review read: its start and 1,000 keystrokes after it.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn replay(bencher: Bencher<'_, '_>, count: usize) {
    let session = session(count);
    let mut stored = stored(&session);
    for edit in keystroke(&session).iter().cycle().take(1_000) {
        stored.open.edit(edit.clone(), Origin::Do, NOW).expect("it fits");
    }
    bencher.bench_local(|| stored.folder.read(&stored.id).expect("a review"));
}

/// A snapshot written whole and synced.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn snapshot(bencher: Bencher<'_, '_>, count: usize) {
    let session = session(count);
    let mut stored = stored(&session);
    bencher.bench_local(|| stored.open.snapshot(NOW).expect("a snapshot"));
}

/// Words that stand nowhere, looked for in all questions, answers, details and notes.
#[divan::bench(args = SIZES, sample_count = 20)]
fn find(bencher: Bencher<'_, '_>, count: usize) {
    let session = session(count);
    bencher
        .bench_local(|| (0..session.len()).filter(|&n| session.search(n, "seven hosts").is_some()).count());
}

fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

/// The interview with its cursor in the detail of the question in the middle.
fn interview(count: usize) -> Offscreen {
    let mut session = session(count);
    let before = session.position().clone();
    let mut after = before.clone();
    after.item = querist::session::Item::Question(middle(&session));
    after.field = querist::session::Field::Detail;
    session
        .apply(&Edit::Go { before, after }, &Stamp { by: String::new(), at: Timestamp::UNIX_EPOCH })
        .expect("it fits");
    let mut screen = Offscreen::new(session, 120, 40);
    screen.draw();
    screen
}

/// A character typed into a detail, drawn, deleted, drawn.
#[divan::bench(args = SIZES)]
fn view_interview_two_keys(bencher: Bencher<'_, '_>, count: usize) {
    let mut screen = interview(count);
    bencher.bench_local(|| {
        screen.key(key(KeyCode::Char('x')));
        black_box(screen.draw());
        screen.key(key(KeyCode::Backspace));
        black_box(screen.draw());
    });
}

/// The next question, and back.
#[divan::bench(args = SIZES)]
fn view_next_question_and_back(bencher: Bencher<'_, '_>, count: usize) {
    let mut screen = interview(count);
    bencher.bench_local(|| {
        screen.key(key(KeyCode::PageDown));
        black_box(screen.draw());
        screen.key(key(KeyCode::PageUp));
        black_box(screen.draw());
    });
}

/// The overview opened, drawn, scrolled, drawn, closed.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn view_overview(bencher: Bencher<'_, '_>, count: usize) {
    let mut screen = interview(count);
    bencher.bench_local(|| {
        screen.key(KeyEvent::new(KeyCode::Char('o'), KeyModifiers::ALT));
        black_box(screen.draw());
        screen.key(key(KeyCode::PageDown));
        black_box(screen.draw());
        screen.key(key(KeyCode::Esc));
    });
}

/// The preview opened, drawn, scrolled, drawn, closed.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn view_preview(bencher: Bencher<'_, '_>, count: usize) {
    let mut screen = interview(count);
    bencher.bench_local(|| {
        screen.key(KeyEvent::new(KeyCode::Char('p'), KeyModifiers::ALT));
        black_box(screen.draw());
        screen.key(key(KeyCode::PageDown));
        black_box(screen.draw());
        screen.key(key(KeyCode::Esc));
    });
}

/// A scroll by one row in the preview, drawn.
#[divan::bench(args = SIZES)]
fn view_preview_scroll(bencher: Bencher<'_, '_>, count: usize) {
    let mut screen = interview(count);
    screen.key(KeyEvent::new(KeyCode::Char('p'), KeyModifiers::ALT));
    bencher.bench_local(|| {
        screen.key(key(KeyCode::Down));
        black_box(screen.draw());
    });
}

/// So many reviews listed: the last one gone to, drawn, the first one gone to, drawn.
#[divan::bench(args = SIZES)]
fn view_home(bencher: Bencher<'_, '_>, count: usize) {
    let progress = session(11).progress();
    let review = |n: usize| Summary {
        id: format!("service-{n}"),
        subject: format!("Service {n}"),
        questionnaire: "Generated".to_owned(),
        progress,
        changed: NOW,
        reviewed: NOW,
        problem: None,
    };
    let mut screen = Offscreen::home((0..count).map(review).collect(), 120, 40);
    bencher.bench_local(|| {
        screen.key(key(KeyCode::End));
        black_box(screen.draw());
        screen.key(key(KeyCode::Home));
        black_box(screen.draw());
    });
}

/// The help opened, drawn, scrolled, drawn, closed, drawn.
#[divan::bench(args = SIZES)]
fn view_help(bencher: Bencher<'_, '_>, count: usize) {
    let mut screen = interview(count);
    bencher.bench_local(|| {
        for code in [KeyCode::F(1), KeyCode::Down, KeyCode::Esc] {
            screen.key(key(code));
            black_box(screen.draw());
        }
    });
}

/// The palette opened, drawn, a letter typed, drawn, closed, drawn.
#[divan::bench(args = SIZES)]
fn view_palette(bencher: Bencher<'_, '_>, count: usize) {
    let mut screen = interview(count);
    bencher.bench_local(|| {
        screen.key(KeyEvent::new(KeyCode::Char('p'), KeyModifiers::CONTROL));
        black_box(screen.draw());
        for code in [KeyCode::Char('e'), KeyCode::Esc] {
            screen.key(key(code));
            black_box(screen.draw());
        }
    });
}

/// The page of a review.
#[divan::bench(args = SIZES, sample_count = 20)]
fn export_page(bencher: Bencher<'_, '_>, count: usize) {
    let session = session(count);
    let page = || markdown(&document(&session, NOW, Extras::default()));
    bencher.counter(BytesCount::of_str(&page())).bench_local(page);
}

/// The JSON of a review.
#[divan::bench(args = SIZES, sample_count = 20)]
fn export_json(bencher: Bencher<'_, '_>, count: usize) {
    let session = session(count);
    let report = || json(&document(&session, NOW, Extras::default()));
    bencher.counter(BytesCount::of_str(&report())).bench_local(report);
}

/// A page read back.
#[divan::bench(args = SIZES, sample_count = 20)]
fn import_page(bencher: Bencher<'_, '_>, count: usize) {
    let session = session(count);
    bench_import(bencher, count, &markdown(&document(&session, NOW, Extras::default())));
}

/// A page read back whose questions are written otherwise, so that each is looked up.
#[divan::bench(args = SIZES, sample_count = 20)]
fn import_page_of_others(bencher: Bencher<'_, '_>, count: usize) {
    let session = session(count);
    let page = markdown(&document(&session, NOW, Extras::default()));
    bench_import(bencher, count, &page.replace("| Does the provider", "| DOES the provider"));
}

fn bench_import(bencher: Bencher<'_, '_>, count: usize, page: &str) {
    let questionnaire = generate::questionnaire(count);
    bencher.counter(BytesCount::of_str(page)).with_inputs(|| questionnaire.clone()).bench_local_values(
        |questionnaire| import(page, questionnaire, "page", NOW).map(drop).expect("a page"),
    );
}

/// Two sessions of 300 questions with details of 4 KB, of which each has another word in the middle.
#[divan::bench]
fn diff_300_details_of_4_kb(bencher: Bencher<'_, '_>) {
    let old = generate::session(300, 4_096);
    let mut new = old.clone();
    for n in 0..300 {
        let text = TextRef::Detail(format!("q{n}"));
        let edit = Edit::Splice { text, at: 2_000, removed: String::new(), inserted: " indeed ".to_owned() };
        new.apply(&edit, &Stamp { by: String::new(), at: NOW }).expect("it fits");
    }
    let before = previous_of(&old, "old", new.questionnaire());
    bencher.bench_local(|| black_box(diff(&before, &new)));
}

/// Opening a session from its snapshot and journal.
#[divan::bench(args = SIZES)]
fn open(bencher: Bencher<'_, '_>, count: usize) {
    let stored = stored(&session(count));
    bencher.bench_local(|| black_box(stored.folder.read(&stored.id).expect("a session")));
}

/// Opening a session that continues one of the same size and has no answers of its own yet.
#[divan::bench(args = SIZES)]
fn open_begun_again(bencher: Bencher<'_, '_>, count: usize) {
    let earlier = session(count);
    let again = Session::continued(&earlier, "old", earlier.questionnaire().clone(), "Generated", NOW);
    let stored = stored(&again);
    bencher.bench_local(|| black_box(stored.folder.read(&stored.id).expect("a session")));
}

/// Opening a session that continues one of the same size, whose answers it has beside its own.
#[divan::bench(args = SIZES)]
fn open_again(bencher: Bencher<'_, '_>, count: usize) {
    let earlier = session(count);
    let again = Session::continued(&earlier, "old", earlier.questionnaire().clone(), "Generated", NOW);
    let mut edits = Vec::new();
    for index in 0..again.len() {
        edits.extend(again.carry_over_edit(index));
    }
    let mut again = again;
    again.apply(&Edit::All(edits), &Stamp { by: String::new(), at: NOW }).expect("it fits");
    let stored = stored(&again);
    bencher.bench_local(|| black_box(stored.folder.read(&stored.id).expect("a session")));
}

/// Merging two copies of a session in which each reviewer has changed every second detail, as git's driver
/// does it: three files in, one out.
#[divan::bench(args = [300, 10_000])]
fn merge_versions_of_two_reviewers(bencher: Bencher<'_, '_>, count: usize) {
    let base = session(count);
    let changed = |first: usize, word: &str| {
        let mut copy = base.clone();
        for index in (first..copy.len()).step_by(2) {
            let text = TextRef::Detail(copy.question(index).id.clone());
            let edit = Edit::Splice { text, at: 0, removed: String::new(), inserted: format!("{word}. ") };
            copy.apply(&edit, &Stamp { by: word.to_owned(), at: NOW }).expect("it fits");
        }
        snapshot_of(&copy)
    };
    let files = [snapshot_of(&base), changed(0, "Ann"), changed(1, "Kim")];
    bencher.bench_local(|| black_box(merge_versions(&files[0], &files[1], &files[2]).expect("a session")));
}

/// Taking in a copy of a session that has another detail for each question: as many conflicts as questions.
#[divan::bench(args = [300, 10_000], sample_count = 10)]
fn take_in_a_copy_that_differs_everywhere(bencher: Bencher<'_, '_>, count: usize) {
    let copy = generate::session(count, DETAIL / 2);
    bencher.with_inputs(|| stored(&session(count))).bench_local_values(|mut stored| {
        stored.open.bring_in(&copy, NOW).expect("a session that can be changed");
        stored
    });
}

/// The text of a session for `git log -p`, which asks for it once for each version.
#[divan::bench(args = [300])]
fn textconv(bencher: Bencher<'_, '_>, count: usize) {
    let file = snapshot_of(&session(count));
    bencher.bench_local(|| black_box(fields(&session_in(&file).expect("a session"))));
}

/// The snapshot of a session as bytes.
fn snapshot_of(session: &Session) -> Vec<u8> {
    let stored = stored(session);
    std::fs::read(stored.folder.file(&stored.id).expect("a file")).expect("a snapshot")
}

/// A frame of 300 questions and 50 services, after a step to the next answer.
#[divan::bench]
fn draw_a_matrix_of_300_questions_and_50_services(bencher: Bencher<'_, '_>) {
    let sessions: Vec<(String, Session)> =
        (0..50).map(|n| (format!("service-{n}"), generate::session(300, 40))).collect();
    let columns: Vec<(&str, &Session)> =
        sessions.iter().map(|(id, session)| (id.as_str(), session)).collect();
    let mut screen = Offscreen::matrix(matrix(&columns, jiff::civil::date(2026, 11, 28), 365), 200, 60);
    bencher.bench_local(|| {
        screen.key(KeyEvent::from(KeyCode::Down));
        black_box(screen.draw())
    });
}

/// A questionnaire of 2,000 questions in a workbook of about 1 MB, with texts in other columns.
fn spreadsheet() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in (0..).zip(["ID", "Question", "Answer", "Comment", "Guidance"]) {
        sheet.write_string(0, column, heading).expect("a cell");
    }
    let mut seed = 7u32;
    for row in 1..=2_000 {
        sheet.write_string(row, 0, format!("A-{row}")).expect("a cell");
        sheet.write_string(row, 1, format!("Is the thing with the number {row} done?")).expect("a cell");
        let word = |_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            format!("{seed:x} ")
        };
        sheet.write_string(row, 4, (0..90).map(word).collect::<String>()).expect("a cell");
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// Reading a workbook of 1 MB as a questionnaire.
#[divan::bench]
fn read_workbook(bencher: Bencher<'_, '_>) {
    let bytes = spreadsheet();
    let options = querist::formats::Options::default();
    bencher.bench_local(|| black_box(querist::formats::read(&bytes, "form", &options).expect("questions")));
}

/// Filling in that workbook: 2,000 answers with details.
#[divan::bench]
fn fill_in_workbook(bencher: Bencher<'_, '_>) {
    let bytes = spreadsheet();
    let read = querist::formats::read(&bytes, "form", &querist::formats::Options::default());
    let mut session = Session::new(read.expect("questions").1.questionnaire, "Generated", NOW);
    for index in 0..session.len() {
        let question = session.question(index).id.clone();
        let after = Answer { value: "Yes".into(), detail: "As documented.".into(), ..Answer::default() };
        let edit = Edit::Answer { question, before: Box::default(), after: Box::new(after) };
        session.apply(&edit, &Stamp { by: String::new(), at: NOW }).expect("it fits");
    }
    let options = querist::formats::IntoOptions::default();
    bencher.bench_local(|| black_box(querist::formats::fill(&bytes, &session, options).expect("a file")));
}
