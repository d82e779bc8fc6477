//! Killed at a random instant: whatever the last frame showed is stored.
//!
//! A few rounds by default, 200 if `QUERIST_LONG` is set, or for `QUERIST_MINUTES`.

use std::path::Path;
use std::time::Duration;

use querist::session::Session;
use querist::store::Folder;

use super::random::{Random, seeds};
use super::terminal::{Terminal, querist};

/// The number of the last edit, as shown by the header.
fn shown_edit(screen: &str) -> u64 {
    let number =
        screen.lines().next().and_then(|header| header.rsplit_once("edit ")).map(|(_, number)| number.trim());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn stored(data: &Path, id: &str) -> (u64, Session) {
    let loaded = Folder::new(data.to_owned()).read(id).unwrap().1;
    assert_eq!(loaded.notice, None, "a kill does not damage files");
    (loaded.seq, loaded.session)
}

/// Does one of the things that reviewers do.
fn act(t: &mut Terminal, random: &mut Random, typed: &mut u64) {
    match random.below(12) {
        0 => _ = t.send("\x1b[6~"),
        1 => _ = t.send("\x1a"),
        2 => _ = t.send("\x1b\r").send("y").send("\r"),
        3 => _ = t.send("\r").paste(&format!("pasted {typed}\nsecond line ")),
        4 => _ = t.send("\x17"),
        _ => {
            *typed += 1;
            // Slow typing too: programs that save on a timer would lose it.
            let slow = random.below(4) == 0;
            for key in format!("w{typed} ").chars() {
                t.send(&key.to_string());
                if slow {
                    std::thread::sleep(Duration::from_millis(random.below(25)));
                }
            }
        }
    }
}

fn round(seed: u64, signal: &str) {
    let mut random = Random(seed);
    let dir = tempfile::tempdir().unwrap();
    let id = querist(dir.path(), &["new", "saas-security", "--subject", "Paperboat", "--no-open"]).stdout;
    let id = String::from_utf8(id).unwrap().trim().to_owned();
    let mut typed = 0;
    for _ in 0..2 {
        let mut t = Terminal::start(dir.path(), &["open", &id], 120, 40, &[]);
        t.wait_for("edit ").send("\r");
        for _ in 0..1 + random.below(30) {
            act(&mut t, &mut random, &mut typed);
        }
        // After a random delay, the program has handled some of these keys.
        std::thread::sleep(Duration::from_micros(random.below(30_000)));
        t.signal(signal);
        t.ended();
        let shown = shown_edit(&t.last_screen());
        let (seq, session) = stored(dir.path(), &id);
        assert!(seq >= shown, "seed {seed}, {signal}: {shown} edits were shown, {seq} are stored");
        let again = Terminal::start(dir.path(), &["open", &id], 120, 40, &[]).quit_at_once();
        assert_eq!(again, format!("edit {seq}"), "seed {seed}, {signal}");
        assert!(stored(dir.path(), &id).1 == session, "seed {seed}, {signal}: resuming changed the session");
    }
}

#[test]
fn a_kill_at_a_random_instant_loses_nothing_that_was_shown() {
    for seed in seeds(6, 200) {
        round(seed, "KILL");
    }
}

#[test]
fn closing_the_terminal_or_terminating_the_program_loses_nothing_that_was_shown() {
    for seed in seeds(4, 200) {
        round(1000 + seed, if seed % 2 == 0 { "TERM" } else { "HUP" });
    }
}

#[test]
fn every_word_that_was_shown_is_stored_when_a_growing_text_is_cut_short_by_a_kill() {
    for seed in seeds(4, 200) {
        let mut random = Random(2000 + seed);
        let dir = tempfile::tempdir().unwrap();
        let mut t =
            Terminal::start(dir.path(), &["new", "saas-security", "--subject", "Paperboat"], 120, 40, &[]);
        t.wait_for("1 · External TLS").send("\r");
        let words: Vec<String> = (0..200).map(|n| format!("word{n}")).collect();
        for word in &words[..20 + random.below(180) as usize] {
            t.send(word).send(" ");
        }
        t.wait_for("word");
        std::thread::sleep(Duration::from_micros(random.below(20_000)));
        t.signal("KILL");
        t.ended();
        let screen = t.last_screen();
        let Some(last) = words.iter().rposition(|word| screen.contains(&format!("{word} "))) else {
            continue;
        };
        let (_, session) = stored(dir.path(), "paper");
        let detail = &session.answer_to("external-tls").unwrap().detail;
        assert!(
            detail.starts_with(&words[..=last].join(" ")),
            "seed {seed}: words up to {last} were shown:\n{detail}"
        );
    }
}

#[test]
fn a_panic_restores_the_terminal_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let env = [("QUERIST_PANIC_AT_EDIT", "12")];
    let mut t =
        Terminal::start(dir.path(), &["new", "saas-security", "--subject", "Paperboat"], 120, 40, &env);
    t.wait_for("1 · External TLS").send("\rabcdefghijklmnop");
    assert_ne!(t.ended(), 0);
    assert!(!t.has_alternate_screen());
    let (seq, session) = stored(dir.path(), "paper");
    assert!(seq >= 12);
    let detail = &session.answer_to("external-tls").unwrap().detail;
    assert!("abcdefghijklmnop".starts_with(detail.as_str()) && detail.len() >= 11, "{detail}");
}
