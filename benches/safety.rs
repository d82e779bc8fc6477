//! The cost of safety: the time of a journaled keystroke, and the bytes written for a session.
//!
//! `cargo bench --bench safety`
#![allow(clippy::expect_used, reason = "a bench that cannot run panics")]

mod generate;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use querist::session::{Edit, Origin, Session, TextRef};
use querist::store::{Folder, Holder, OpenSession};

struct Stored {
    _dir: tempfile::TempDir,
    session: OpenSession,
}

fn store(session: Session) -> Stored {
    let dir = tempfile::tempdir().expect("a folder");
    let me = Holder { pid: 1, by: "bench".into(), since: Timestamp::UNIX_EPOCH };
    let session = Folder::new(dir.path().to_owned()).create(session, me).expect("a session");
    Stored { _dir: dir, session }
}

/// Types one character at the end of a question's detail: apply, record for undo, one write.
fn type_key(session: &mut OpenSession, question: &str, key: &str) -> Duration {
    let text = TextRef::Detail(question.to_owned());
    let at = session.session().text(&text).map_or(0, str::len);
    let start = Instant::now();
    let edit = Edit::Splice { text, at, removed: String::new(), inserted: key.to_owned() };
    session.edit(edit, Origin::Do, Timestamp::UNIX_EPOCH).expect("the edit fits");
    let time = start.elapsed();
    assert_eq!(session.failure(), None);
    time
}

fn main() {
    println!("one journaled keystroke (2,000 keys typed into a detail of initially 400 characters)");
    println!("{:>10} {:>12} {:>12}", "questions", "median", "p99");
    for count in [1, 11, 100, 1_000, 10_000] {
        let mut stored = store(generate::session(count, 400));
        let question = format!("q{}", count / 2);
        let mut times: Vec<Duration> =
            (0..2_000).map(|_| type_key(&mut stored.session, &question, "x")).collect();
        times.sort();
        println!("{count:>10} {:>12?} {:>12?}", times[1_000], times[1_980]);
    }

    let mut stored = store(generate::session(11, 0));
    let path = stored.session.path().to_owned();
    let size = |extension: &str| std::fs::metadata(path.with_extension(extension)).expect("a file").len();
    let (head, text) = (size("journal"), generate::text(400));
    for n in 0..11 {
        for c in text.chars() {
            type_key(&mut stored.session, &format!("q{n}"), &c.to_string());
        }
    }
    let (records, characters) = (size("journal") - head, 11 * text.len() as u64);
    stored.session.snapshot(Timestamp::UNIX_EPOCH).expect("a snapshot");
    println!("\nbytes written for 11 details of {} characters, typed key by key", text.len());
    println!("  the text itself            {characters:>10}");
    println!("  journal, first line        {head:>10}");
    println!("  journal, {} edits        {records:>10}  ({} per key)", characters, records / characters);
    println!("  snapshot, once on exit     {:>10}", size("json"));
}
