//! From a keystroke to the whole frame, in a pseudo-terminal of 120 by 40, for Querist and for any other
//! program.
//!
//! `cargo bench --bench keystroke` measures Querist with a small and a large session;
//! `cargo bench --bench keystroke -- 'vim -u NONE' nano` measures these editors beside it, with the same
//! paragraph.
//! The programs take turns key by key, so that whatever else the machine does meets all of them.
#![allow(clippy::expect_used, reason = "a bench that cannot run says so by panicking")]

mod generate;
mod pty;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use querist::session::{Edit, Field, Item, Origin, Position, Session, Stamp};
use querist::store::{Folder, Holder};

use pty::Program;

/// How many keys are typed into a program before it is started anew: the paragraph must not grow too far.
const KEYS: usize = 500;
/// How often that is done: the slowest of a hundred keys is seldom the same.
const ROUNDS: usize = 3;
/// How often each program is started.
const STARTS: usize = 15;
/// The characters of the paragraph that is typed into.
const PARAGRAPH: usize = 600;
/// How long nothing is done to see whether a program sleeps.
const IDLE: Duration = Duration::from_secs(3);

/// A program under measurement.
struct Subject {
    name: String,
    command: Vec<String>,
    /// What it is given, a copy of its own for each start: what was typed before, and the trace of a killed
    /// editor, stay behind.
    given: Given,
    /// Keys that lead from the start to typing at the beginning of the paragraph.
    to_start: &'static str,
    /// Keys that lead from the start to typing at its end.
    to_end: &'static str,
}

/// What a program is started with, in a folder where copies can be made.
enum Given {
    /// A file with the paragraph.
    Paragraph(tempfile::TempDir),
    /// The folder `prepared` in it, with one review.
    Review(tempfile::TempDir),
}

impl Subject {
    fn start(&self) -> Program {
        let mut command = self.command.clone();
        let (Given::Paragraph(folder) | Given::Review(folder)) = &self.given;
        let own = tempfile::tempdir_in(folder).expect("a folder").keep();
        let path = match &self.given {
            Given::Paragraph(_) => {
                let path = own.join("paragraph.txt");
                std::fs::write(&path, generate::text(PARAGRAPH) + "\n").expect("a file");
                path
            }
            Given::Review(folder) => {
                for file in std::fs::read_dir(folder.path().join("prepared")).expect("a folder").flatten() {
                    std::fs::copy(file.path(), own.join(file.file_name())).expect("a copy");
                }
                own
            }
        };
        command.push(path.display().to_string());
        Program::start(&command)
    }
}

/// Where typing happens.
#[derive(Clone, Copy)]
enum Place {
    Start,
    End,
}

fn main() {
    let mut subjects = vec![
        querist("querist, 11 questions", &generate::session(11, PARAGRAPH)),
        querist("querist, 10,000 questions", &generate::session(10_000, 500)),
    ];
    let others = std::env::args().skip(1).filter(|arg| arg != "--bench");
    subjects.extend(others.map(|line| editor(&line)));

    println!(
        "start to whole frame ({STARTS} starts), resident memory, and what happens in {} s without a key",
        IDLE.as_secs()
    );
    println!("{:<28} {:>10} {:>10} {:>10} {:>14}", "", "median", "longest", "memory", "wake-ups");
    let mut started: Vec<(Vec<Duration>, Option<u64>, Option<u64>)> =
        vec![Default::default(); subjects.len()];
    for n in 0..STARTS {
        for (subject, (times, memory, wakes)) in subjects.iter().zip(&mut started) {
            let mut program = subject.start();
            times.push(program.wait_for_frame().expect("a frame").0);
            if n == 0 {
                *memory = program.memory();
                *wakes = program.wakes_in(IDLE);
            }
        }
    }
    for (subject, (times, memory, wakes)) in subjects.iter().zip(&mut started) {
        times.sort();
        let memory = memory.map_or("?".to_owned(), |bytes| format!("{:.1} MiB", bytes as f64 / 1_048_576.0));
        let wakes = wakes.map_or("?".to_owned(), |count| count.to_string());
        let (median, longest) = (ms(times[times.len() / 2]), ms(times[times.len() - 1]));
        println!("{:<28} {median:>10} {longest:>10} {memory:>10} {wakes:>14}", subject.name);
    }

    // Two Querists in one round would leave their code behind for each other, and not for the others.
    let (small, large) = (&subjects[0], &subjects[1]);
    let beside: Vec<&Subject> = [small].into_iter().chain(&subjects[2..]).collect();
    for group in [beside, vec![small, large]].iter().filter(|group| group.len() > 1) {
        for (place, words) in [(Place::Start, "start"), (Place::End, "end")] {
            println!(
                "\nkeystroke to whole frame, typing at the {words} of a paragraph of {PARAGRAPH} characters \
                 ({ROUNDS} x {KEYS} keys)"
            );
            println!(
                "{:<28} {:>10} {:>10} {:>10} {:>10} {:>14}",
                "", "median", "p90", "p99", "longest", "bytes, median"
            );
            for (subject, keys) in group.iter().zip(type_into(group, place)) {
                print_keys(&subject.name, keys);
            }
        }
    }
}

fn print_keys(name: &str, mut keys: Vec<(Duration, usize)>) {
    keys.sort();
    let at = |share: usize| keys[(keys.len() * share / 100).min(keys.len() - 1)].0;
    let mut bytes: Vec<usize> = keys.iter().map(|(_, bytes)| *bytes).collect();
    bytes.sort_unstable();
    let [median, p90, p99, longest] = [50, 90, 99, 100].map(|share| ms(at(share)));
    println!("{name:<28} {median:>10} {p90:>10} {p99:>10} {longest:>10} {:>14}", bytes[bytes.len() / 2]);
}

/// Types into all programs in turn; gives, for each, the time and the bytes of each key.
fn type_into(subjects: &[&Subject], place: Place) -> Vec<Vec<(Duration, usize)>> {
    let mut times = vec![Vec::with_capacity(ROUNDS * KEYS); subjects.len()];
    (0..ROUNDS).for_each(|_| one_round(subjects, place, &mut times));
    times
}

fn one_round(subjects: &[&Subject], place: Place, times: &mut [Vec<(Duration, usize)>]) {
    let mut programs: Vec<Program> = subjects.iter().map(|subject| subject.start()).collect();
    for (program, subject) in programs.iter_mut().zip(subjects) {
        program.wait_for_frame().expect("a frame");
        let way = match place {
            Place::Start => subject.to_start,
            Place::End => subject.to_end,
        };
        if !way.is_empty() {
            program.send(way);
            program.wait_for_frame();
        }
    }
    // Words of five letters, so that what is typed wraps as what is written does.
    for (n, key) in "typed ".chars().cycle().take(KEYS + 20).enumerate() {
        for turn in 0..programs.len() {
            // Another begins each time, so that none has a place in the row.
            let at = (turn + n) % programs.len();
            programs[at].send(key.encode_utf8(&mut [0; 4]));
            // The first keys warm caches up. A blank typed over a blank may draw nothing at all.
            times[at].extend(programs[at].wait_for_frame().filter(|_| n >= 20));
        }
    }
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}

/// Querist with a review whose cursor stands at the start of a detail.
fn querist(name: &str, session: &Session) -> Subject {
    let dir = tempfile::tempdir().expect("a folder");
    let mut session = session.clone();
    let folder = Folder::new(dir.path().join("prepared"));
    let me = Holder { pid: 1, by: "bench".into(), since: Timestamp::UNIX_EPOCH };
    let middle = format!("q{}", session.len() / 2);
    let text = querist::session::TextRef::Detail(middle.clone());
    let removed = session.text(&text).expect("a detail").to_owned();
    let paragraph = Edit::Splice { text, at: 0, removed, inserted: generate::text(PARAGRAPH) };
    session.apply(&paragraph, &Stamp { by: String::new(), at: Timestamp::UNIX_EPOCH }).expect("it fits");
    let mut open = folder.create(session, me).expect("a review");
    let id = open.id().to_owned();
    let before = open.session().position().clone();
    let after = Position { item: Item::Question(middle), field: Field::Detail, cursor: 0, link: 0 };
    let go = Edit::Go { before, after };
    open.edit(go, Origin::Do, Timestamp::UNIX_EPOCH).expect("it fits");
    open.snapshot(Timestamp::UNIX_EPOCH).expect("a snapshot");
    drop(open);
    let command = [env!("CARGO_BIN_EXE_querist"), "open", &id, "--data-dir"].map(str::to_owned).to_vec();
    // Ctrl-Home and Ctrl-End.
    Subject {
        name: name.to_owned(),
        command,
        given: Given::Review(dir),
        to_start: "\x1b[1;5H",
        to_end: "\x1b[1;5F",
    }
}

/// Another program, with a file that has the same paragraph.
fn editor(line: &str) -> Subject {
    let command: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    let program = Path::new(&command[0]).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (to_start, to_end) = match program.as_str() {
        "vi" | "vim" | "nvim" => ("i", "A"),
        "nano" => ("", "\x05"),
        _ => ("", "\x1b[F"),
    };
    let given = Given::Paragraph(tempfile::tempdir().expect("a folder"));
    Subject { name: line.to_owned(), command, given, to_start, to_end }
}
