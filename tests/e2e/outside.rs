//! What comes from outside of the program while a session is open: other windows, signals, replies of the
//! terminal, bursts of input.

use std::process::Command;
use std::time::{Duration, Instant};

use querist::store::Folder;

use super::terminal::{Terminal, querist};

/// A session in a new folder, by its id.
fn session() -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    let output = querist(dir.path(), &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    (dir, String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

fn detail(dir: &tempfile::TempDir, id: &str) -> String {
    let (_, loaded) = Folder::new(dir.path().to_owned()).read(id).unwrap();
    loaded.session.answer_to("external-tls").unwrap().detail.clone()
}

#[test]
fn a_second_window_shows_what_the_first_writes_and_takes_over_when_it_ends() {
    let (dir, id) = session();
    let mut first = Terminal::start(dir.path(), &["open", &id], 100, 30, &[]);
    first.wait_for("1 · External TLS");
    let mut second = Terminal::start(dir.path(), &["open", &id], 100, 30, &[]);
    second.wait_for("read-only");
    first.send("y\rTold by the first.").wait_for("Told by the first.");
    second.wait_for("Told by the first.");
    first.send("\x11");
    first.ended();
    second.wait_for("The other window is gone: you can edit here now.");
    second.send("\r Continued.").wait_for("Continued.");
    assert!(detail(&dir, &id).contains("Continued."));
}

#[test]
fn a_burst_longer_than_any_buffer_without_bracketed_paste_arrives_at_once() {
    let (dir, id) = session();
    let mut t = Terminal::start(dir.path(), &["open", &id], 100, 30, &[]);
    t.wait_for("1 · External TLS").send("y\r");
    t.send(&"k".repeat(100_000)).send("\x11");
    t.ended();
    assert_eq!(detail(&dir, &id).len(), 100_000);
}

#[test]
fn a_paste_that_never_ends_is_shown_and_esc_ends_it() {
    let (dir, id) = session();
    let mut t = Terminal::start(dir.path(), &["open", &id], 100, 30, &[]);
    t.wait_for("1 · External TLS").send("y\r").send("\x1b[200~Pasted \x11 and").wait_for("Esc ends it");
    assert!(detail(&dir, &id).contains("and"), "what has arrived is stored");
    t.send("\x1b").wait_until("the end", |screen| !screen.contains("Esc ends it"));
    t.send(" typed").wait_for("and typed").send("\x11");
    assert_eq!(t.ended(), 0);
}

#[test]
fn sigterm_ends_the_program_even_if_the_terminal_takes_no_output() {
    let (dir, id) = session();
    let mut t = Terminal::start(dir.path(), &["open", &id], 200, 60, &[]);
    t.wait_for("1 · External TLS");
    t.set_deaf(true);
    for size in 0..400 {
        t.resize(180 + size % 20, 60);
    }
    t.send("y\rTyped.");
    t.signal("TERM");
    t.set_deaf(false);
    assert_eq!(t.ended(), 143);
}

#[test]
fn replies_of_the_terminal_are_never_typed() {
    let (dir, id) = session();
    let mut t = Terminal::start(dir.path(), &["open", &id], 100, 30, &[]);
    t.wait_for("1 · External TLS").send("y\rbefore");
    for reply in
        ["\x1b]11;rgb:1e1e/1e1e/1e1e\x07", "\x1b]52;c;aGVsbG8=\x1b\\", "\x1b[?62;22c", "\x1b[>0;276;0c"]
    {
        t.send(reply);
    }
    t.send(" after").wait_for("before after");
    assert_eq!(detail(&dir, &id), "before after");
}

#[test]
fn a_program_that_was_stopped_and_continued_draws_everything_again_and_takes_keys() {
    let (dir, id) = session();
    let mut t = Terminal::start(dir.path(), &["open", &id], 100, 30, &[]);
    t.wait_for("1 · External TLS").send("y\rone").wait_for("one");
    t.signal("TSTP");
    t.wait_until("the plain screen", |screen| !screen.contains("External TLS"));
    let pid = t.pid().to_string();
    let is_stopped = || {
        let ps = Command::new("ps").args(["-o", "state=", "-p", &pid]).output().unwrap();
        String::from_utf8_lossy(&ps.stdout).contains('T')
    };
    let deadline = Instant::now() + Duration::from_secs(30);
    while !is_stopped() {
        assert!(Instant::now() < deadline, "the process does not stop");
    }
    t.signal("CONT");
    t.wait_for("1 · External TLS").send(" two").wait_for("one two");
    assert!(t.has_alternate_screen());
    assert_eq!(detail(&dir, &id), "one two");
}

#[test]
fn no_message_repeats_control_characters_of_names_or_arguments() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("n\x1b]0;x\x07.md");
    std::fs::write(&page, "| Question | Answer |\n|---|---|\n| unknown? | Yes |\n").unwrap();
    let page = page.to_str().unwrap();
    for args in [&["import", page][..], &["open", "\x1b[2J"], &["new", "\x1b[2J"], &["--\x1b[2J"]] {
        let output = querist(dir.path(), args);
        let all = [output.stdout, output.stderr].concat();
        assert!(!all.contains(&0x1b) && !all.contains(&7), "{args:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_is_read_if_it_is_named_as_input_and_nothing_else_waits_for_one() {
    let (dir, id) = session();
    let pipe = dir.path().join("pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = querist(dir.path(), &["export", &id, "--output", pipe.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
}
