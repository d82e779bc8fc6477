//! The cost of safety: the time of a journaled keystroke, the bytes written for a session, and the time and
//! memory of reading it all again.
//!
//! `cargo bench --bench safety`
#![allow(clippy::expect_used, reason = "a bench that cannot run panics")]

mod generate;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use querist::session::{Edit, Origin, Session, TextRef};
use querist::store::{Folder, Holder, OpenSession};
use querist::workspace::{Library, Query, Workspace};

struct Stored {
    dir: tempfile::TempDir,
    session: OpenSession,
}

fn store(session: Session) -> Stored {
    let dir = tempfile::tempdir().expect("a folder");
    let me = Holder { pid: 1, by: "bench".into(), since: Timestamp::UNIX_EPOCH };
    let session = Folder::new(dir.path().to_owned()).create(session, me).expect("a session");
    Stored { dir, session }
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
    reopen();
    list();
    search();
}

/// Runs the program; returns its time and the most memory that it used, in MB, where the system tells.
fn run(folder: &Path, arguments: &[&str]) -> (Duration, u64) {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_querist"));
    command.arg("--data-dir").arg(folder).args(arguments).stdout(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("a process").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        most = most.max(line.trim().trim_end_matches(" kB").parse().unwrap_or(0));
        std::thread::sleep(Duration::from_micros(200));
    }
    (start.elapsed(), most / 1024)
}

/// A session of 100,000 keystrokes.
fn reopen() {
    let mut stored = store(generate::session(4, 0));
    for n in 0..100_000 {
        type_key(&mut stored.session, &format!("q{}", n / 25_000), &"abcde fg. "[n % 10..=n % 10]);
    }
    let folder = stored.session.path().parent().expect("a folder").to_owned();
    let id = stored.session.id().to_owned();
    drop(stored.session);
    println!("\nreading a session of 100,000 keystrokes without a snapshot of them, three times");
    for _ in 0..3 {
        let (time, memory) = run(&folder, &["export", &id, "--format", "json"]);
        println!("  {time:>10.0?} {memory:>6} MB");
    }
}

/// A folder of 10,000 sessions.
fn list() {
    let stored = store(generate::session(11, 400));
    let (folder, id) = (stored.dir.path(), stored.session.id());
    for n in 0..10_000 {
        for extension in ["json", "journal"] {
            let from = folder.join(format!("{id}.{extension}"));
            std::fs::copy(from, folder.join(format!("s-{n}.{extension}"))).expect("a copy");
        }
    }
    println!("\nlisting 10,000 sessions, three times");
    for _ in 0..3 {
        println!("  {:>10.0?}", run(folder, &["list"]).0);
    }
}

/// Searching 1,000 sessions of 100 answers: reading all of them, then each further search.
fn search() {
    let dir = tempfile::tempdir().expect("a folder");
    let workspace = Workspace::new(dir.path().join("data"), dir.path().to_owned());
    let me = || Holder { pid: 1, by: "bench".into(), since: Timestamp::UNIX_EPOCH };
    for _ in 0..1_000 {
        drop(workspace.sessions.create(generate::session(100, 400), me()).expect("a session"));
    }
    let mut library = Library::default();
    let start = Instant::now();
    library.refresh(&workspace, |_| ()).expect("a folder that can be read");
    println!("\nsearching 1,000 sessions of 100 answers: {:.1?} to read them", start.elapsed());
    for words in ["encryption", "data encryp", "en", "the provider keeps backups of all data"] {
        let query = Query::Words(words.to_owned());
        let mut times: Vec<Duration> = (0..20)
            .map(|_| {
                let start = Instant::now();
                library.refresh(&workspace, |_| ()).expect("a folder that can be read");
                library.search(&query);
                start.elapsed()
            })
            .collect();
        times.sort();
        println!("  {words:40} median {:>8.1?}  maximum {:>8.1?}", times[10], times[19]);
    }
}
