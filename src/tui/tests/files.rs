//! Files that serve as evidence, in the list of links.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::session::EvidenceFile;
use crate::tui::app::Input;
use crate::tui::effect::{Effect, FileEffect};

use super::harness::Screen;

/// A question whose list of links has the focus.
fn links() -> Screen {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Tab><Tab>");
    screen
}

fn entries(screen: &Screen) -> &[EvidenceFile] {
    &screen.session().entries().evidence
}

fn stored(screen: &Screen) -> PathBuf {
    let id = screen.app.current().unwrap().open.id();
    screen.workspace.sessions.path().join(format!("{id}.evidence"))
}

/// A file in the folder that the program was started in.
fn file(screen: &Screen, name: &str, content: &str) {
    fs::write(screen.dir.path().join(name), content).unwrap();
}

/// Waits until the page is saved or not.
fn wait(screen: &mut Screen) {
    let start = Instant::now();
    loop {
        if let Some(outcome) = screen.found() {
            screen.input(Input::Done(outcome));
            screen.app.settle();
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{}", screen.text());
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn set_save_page(screen: &Screen, command: &str) {
    let settings = format!("{{\"author\": \"Kim <kim@example.org>\", \"save_page\": {command}}}");
    fs::write(screen.workspace.settings_path(), settings).unwrap();
}

#[test]
fn a_file_is_attached_by_its_path_which_is_completed_and_undo_leaves_only_the_file() {
    let mut screen = links();
    file(&screen, "pen-test.pdf", "abc");
    screen.keys("+").assert_shows("Attach a file");
    screen.keys("nowhere<Enter>").assert_shows("it does not exist");
    screen.keys("<C-u>pen<Tab><Enter>").assert_shows("File attached.");
    screen.assert_shows("1 pen-test.pdf · 3 bytes · 2026-11-22");
    assert_eq!(entries(&screen).len(), 1);
    screen.keys("+pen-test.pdf<Enter>").assert_shows("This file is attached already.");
    screen.keys("<Esc><C-z>");
    assert!(screen.answer("external-tls").links.is_empty());
    assert_eq!(entries(&screen), [] as [EvidenceFile; 0]);
    assert!(stored(&screen).join("ba7816bf-pen-test.pdf").exists());
    screen.keys("<C-y>").assert_shows("1 pen-test.pdf · 3 bytes");
}

#[test]
fn a_file_that_is_missing_is_marked_and_attaching_it_again_brings_it_back() {
    let mut screen = links();
    file(&screen, "a.txt", "abc");
    screen.keys("+a.txt<Enter>l<C-u>Report<Enter>").assert_shows("1 Report · a.txt · 3 bytes");
    fs::remove_dir_all(stored(&screen)).unwrap();
    let mut screen = screen.killed_and_started_again();
    screen.assert_shows("! Report · a.txt · missing");
    screen.keys("<Enter>").assert_shows("The file is missing: a.txt. Attach it again with +.");
    screen.keys("e").assert_shows("This is a file, which has no address.");
    screen.keys("+a.txt<Enter>").assert_shows("This file is attached already.");
    screen.keys("<Esc>").assert_shows("1 Report · a.txt · 3 bytes");
}

#[test]
fn only_documents_and_pictures_are_opened() {
    let mut screen = links();
    file(&screen, "setup.exe", "abc");
    screen.keys("+setup.exe<Enter>");
    screen.keys("<Enter>").assert_shows("Only documents and pictures are opened");
    fs::write(stored(&screen).join("ba7816bf-setup.exe"), "abd").unwrap();
    screen.keys("<Enter>").assert_shows("The file has changed since it was attached");
}

#[test]
fn nothing_is_attached_without_a_setting_for_saving_or_without_a_web_page() {
    let mut screen = links();
    screen.keys("S").assert_shows("There is no link yet.");
    screen.paste("https://a.example/sso").keys("<Enter>S");
    screen.assert_shows("Set save_page in the settings");
    set_save_page(&screen, r#"["sh", "-c", "true"]"#);
    screen.keys("S").assert_shows("it has no {file}");
    set_save_page(&screen, r#"["/nowhere/monolith", "{file}"]"#);
    screen.keys("S").assert_shows("/nowhere/monolith cannot be started");
    screen.paste("mailto:a@b.example").keys("<Enter>S").assert_shows("Only the pages of http and https");
}

#[test]
#[cfg(unix)]
fn a_page_is_saved_beside_the_screen_and_attached_as_saved_by_the_reviewer() {
    let mut screen = links();
    screen.paste("https://a.example/sso-options?x={file}").keys("<Enter>");
    set_save_page(&screen, r#"["sh", "-c", "printf '%s' \"$1\" > \"$2\"", "sh", "{url}", "{file}"]"#);
    screen.keys("S").assert_shows("Saving the page of a.example");
    wait(&mut screen);
    screen.assert_shows("2 Sso options (saved page) · sso-options.html · ");
    screen.assert_shows("https://a.example/sso-options?x={file}, as saved by Kim");
    let entry = entries(&screen)[0].clone();
    let content = fs::read_to_string(stored(&screen).join(entry.stored_name().unwrap())).unwrap();
    assert_eq!(content, "https://a.example/sso-options?x={file}");
    assert_eq!(entry.day.unwrap().to_string(), "2026-11-22");
    set_save_page(&screen, r#"["sh", "-c", "echo newer > \"$1\"", "sh", "{file}"]"#);
    screen.keys("kS");
    wait(&mut screen);
    assert_eq!((entries(&screen).len(), screen.answer("external-tls").links.len()), (2, 2));
}

#[test]
#[cfg(unix)]
fn why_a_page_was_not_saved_is_said_in_one_sentence() {
    let mut screen = links();
    screen.paste("https://a.example").keys("<Enter>");
    for (command, said) in [
        (r#"["sh", "-c", "echo first >&2; echo no host >&2; exit 1", "{file}"]"#, "with an error: no host"),
        (r#"["sh", "-c", "exit 1", "{file}"]"#, "The page was not saved: sh ended with an error."),
        (r#"["sh", "-c", "true", "{file}"]"#, "sh wrote no file."),
        (r#"["sh", "-c", "head -c 26000000 /dev/zero > \"$0\"", "{file}"]"#, "the limit is 25 MB"),
    ] {
        set_save_page(&screen, command);
        screen.keys("S");
        wait(&mut screen);
        screen.assert_shows(said);
    }
    assert_eq!(entries(&screen), [] as [EvidenceFile; 0]);
}

#[test]
#[cfg(unix)]
fn a_page_that_is_there_after_its_session_was_closed_is_not_attached_to_another_one() {
    let mut screen = links();
    screen.paste("https://a.example").keys("<Enter>");
    set_save_page(&screen, r#"["sh", "-c", "echo page > \"$0\"", "{file}"]"#);
    screen.keys("S").keys("<Esc><Esc>");
    wait(&mut screen);
    screen.assert_shows("Not attached: the session");
}

#[test]
fn a_dialog_for_a_file_names_the_answer_that_it_was_opened_for() {
    let mut screen = links();
    file(&screen, "a.txt", "abc");
    screen.keys("+a.txt");
    let effects = screen.effects_of(Input::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
    let Some(Effect::File(FileEffect::Attach { place, .. })) = effects.last() else { panic!("{effects:?}") };
    assert_eq!(place.question, "external-tls");
}

#[test]
fn a_copy_of_a_session_and_one_that_continues_it_have_its_files() {
    let mut screen = links();
    file(&screen, "a.txt", "abc");
    screen.keys("+a.txt<Enter>");
    let id = screen.app.current().unwrap().open.id().to_owned();
    screen.effects(vec![Effect::Close, Effect::Duplicate { id: id.clone() }]);
    screen.effects(vec![Effect::ReviewAgain { id }]);
    let sessions = screen.workspace.sessions.clone();
    let ids = sessions.ids().unwrap();
    assert_eq!(ids.len(), 3, "{ids:?}");
    for id in ids {
        assert_eq!(sessions.evidence(&id).unwrap().names(), ["ba7816bf-a.txt".to_owned()].into(), "{id}");
    }
}
