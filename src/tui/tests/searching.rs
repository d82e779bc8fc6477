//! Searching every session, and using earlier answers again.

use crate::session::Basis;
use crate::tui::app::Input;
use crate::tui::effect::Effect;

use super::harness::Screen;

/// Two sessions with a detail each; the second one is open.
fn two(width: u16, height: u16) -> Screen {
    let mut screen = Screen::home(width, height);
    for (subject, keys) in [("Kite", "y<Enter>All hosts use wolfSSL since 2024.<Esc>"), ("Raft", "")] {
        let (questionnaire, subject) = ("saas-security".to_owned(), subject.to_owned());
        screen.effects(vec![Effect::Create { questionnaire, subject }]);
        if !keys.is_empty() {
            screen.keys(keys).keys("<Tab><Tab>").paste("https://kite.example/tls").keys("<Enter><A-h>");
        }
    }
    screen
}

/// Waits for the result of the search.
fn searched(screen: &mut Screen) -> &mut Screen {
    while screen.is_searching() {
        if let Some(outcome) = screen.found() {
            screen.input(Input::Done(outcome));
        }
        std::thread::yield_now();
    }
    screen.app.settle();
    screen
}

#[test]
fn words_of_any_session_are_found_and_enter_goes_there() {
    let mut screen = two(100, 30);
    screen.keys("<A-s>wolf");
    searched(&mut screen).assert_shows("Kite · External TLS").assert_shows("All hosts use wolfSSL");
    screen.keys("<Enter>").assert_shows("Kite · SaaS security").assert_shows("1 · External TLS");
    screen.keys("<A-h>F");
    screen.assert_shows("Search all sessions");
    screen.keys("wolfssl nowhere");
    searched(&mut screen).assert_shows("Kite · External TLS");
    screen.keys("<C-u>zzz");
    searched(&mut screen).assert_shows("Nothing was found in any session.");
}

#[test]
fn a_question_that_nobody_has_answered_is_found_and_says_so() {
    let mut screen = two(100, 30);
    screen.keys("<A-s>incident");
    let text = searched(&mut screen).text();
    let (_, after) = text.split_once("not answered").expect("a result");
    assert!(!after.lines().next().unwrap().contains('·'), "{text}");
}

#[test]
fn a_result_in_the_open_session_is_a_jump_within_it() {
    let mut screen = two(100, 30);
    screen.keys("<PgDn>n<Enter>Certificates expired.<A-s>expired");
    searched(&mut screen).assert_shows("Raft · External certificates");
    screen.keys("<Enter>").assert_shows("2 · External certificates");
}

#[test]
fn a_similar_answer_gives_words_and_links_as_claimed_and_never_the_choice() {
    let mut screen = two(100, 30);
    screen.keys("<A-i>");
    searched(&mut screen).assert_shows("Similar").assert_shows("Kite · External TLS").assert_shows("wolfSSL");
    screen.keys("<Enter>").assert_shows("Words and links added, as claimed.");
    let session = screen.app.current().unwrap().session();
    let answer = session.answer_to("external-tls").unwrap().clone();
    assert_eq!(answer.detail, "All hosts use wolfSSL since 2024.");
    assert_eq!(
        (answer.links[0].url.as_str(), answer.basis),
        ("https://kite.example/tls", Some(Basis::Claimed))
    );
    assert_eq!(answer.links[0].retrieved, "2026-11-22", "the old date");
    assert!(answer.choices.is_empty());
    screen.keys("<A-i>");
    searched(&mut screen).keys("<Enter>").assert_shows("All of it is here already.");
    screen.keys("<C-z>");
    assert!(screen.app.current().unwrap().session().answer_to("external-tls").unwrap().is_empty());
}

#[test]
fn searching_fits_on_a_small_screen() {
    let mut screen = two(60, 16);
    screen.keys("<A-s>wolfssl");
    insta::assert_snapshot!("search_at_60_by_16", searched(&mut screen).text());
}
