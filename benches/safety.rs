//! What safety costs: the time of a journalled keystroke, and the bytes written for a review.
//!
//! `cargo bench --bench safety`
#![allow(clippy::expect_used, reason = "a bench that cannot run says so by panicking")]

mod generate;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use querist::session::{Edit, History, Origin, Session, TextRef};
use querist::store::{Folder, Holder, SessionFile};

struct Open {
    _dir: tempfile::TempDir,
    session: Session,
    history: History,
    file: SessionFile,
}

fn open(session: Session) -> Open {
    let dir = tempfile::tempdir().expect("a folder");
    let me = Holder { pid: 1, by: "bench".into(), since: Timestamp::UNIX_EPOCH };
    let (_, file) = Folder::new(dir.path().to_owned()).create(&session, me).expect("a review");
    Open { _dir: dir, session, history: History::default(), file }
}

/// Types one character at the end of a question's detail: apply, remember for undo, one write.
fn key(open: &mut Open, question: &str, key: &str) -> Duration {
    let text = TextRef::Detail(question.to_owned());
    let at = open.session.text(&text).map_or(0, str::len);
    let start = Instant::now();
    let edit = Edit::Splice { text, at, removed: String::new(), inserted: key.to_owned() };
    open.session.apply(&edit).expect("it fits");
    open.history.record(&edit, Origin::Do);
    open.file.append(&edit, Origin::Do, Timestamp::UNIX_EPOCH);
    let time = start.elapsed();
    assert_eq!(open.file.failure(), None);
    time
}

fn main() {
    println!("one journalled keystroke (2,000 keys into a detail that grows from 400 characters)");
    println!("{:>10} {:>12} {:>12}", "questions", "median", "p99");
    for count in [1, 11, 100, 1_000, 10_000] {
        let mut open = open(generate::session(count, 400));
        let question = format!("q{}", count / 2);
        let mut times: Vec<Duration> = (0..2_000).map(|_| key(&mut open, &question, "x")).collect();
        times.sort();
        println!("{count:>10} {:>12?} {:>12?}", times[1_000], times[1_980]);
    }

    let mut open = open(generate::session(11, 0));
    let path = open.file.path().to_owned();
    let size = |extension: &str| std::fs::metadata(path.with_extension(extension)).expect("a file").len();
    let (head, text) = (size("journal"), generate::text(400));
    for n in 0..11 {
        for c in text.chars() {
            key(&mut open, &format!("q{n}"), &c.to_string());
        }
    }
    let (records, characters) = (size("journal") - head, 11 * text.len() as u64);
    open.file.snapshot(&open.session, Timestamp::UNIX_EPOCH).expect("a snapshot");
    println!("\nbytes written for 11 details of {} characters, typed key by key", text.len());
    println!("  the text itself            {characters:>10}");
    println!("  journal, start             {head:>10}");
    println!("  journal, {} edits        {records:>10}  ({} a key)", characters, records / characters);
    println!("  snapshot, once on leaving  {:>10}", size("json"));
}
