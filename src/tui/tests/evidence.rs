//! What evidence is, for how long it is good, and where to look for more.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::questionnaire::LinkKind;
use crate::session::{Answer, Origin, Session, Stamp, Target};
use crate::tui::app::Input;
use crate::tui::effect::Effect;

use super::harness::Screen;

fn key(c: char) -> Input {
    Input::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
}

fn session(screen: &Screen) -> &Session {
    screen.app.current().unwrap().session()
}

fn answer<'s>(screen: &'s Screen, id: &str) -> &'s Answer {
    session(screen).answer_to(id).unwrap()
}

/// A question with one link, whose list has the focus.
fn with_link() -> Screen {
    let mut screen = Screen::session_of("saas-security", 120, 30);
    screen.keys("<Tab><Tab>");
    screen.paste("https://a.example/audit");
    screen.keys("<Enter>");
    screen
}

#[test]
fn the_kind_of_a_link_is_stepped_through_and_its_expiry_is_a_date() {
    let mut screen = with_link();
    screen.keys("i");
    assert!(screen.text().contains("Kind: test, good for 90 days"), "{}", screen.text());
    screen.keys("ii");
    assert_eq!(answer(&screen, "external-tls").links[0].kind, Some(LinkKind::Certificate));
    screen.keys("xsoon<Enter>");
    assert!(screen.text().contains("\"soon\" is not a date such as 2026-11-22."), "{}", screen.text());
    screen.keys("x2026-11-21<Enter>");
    assert!(screen.text().contains("certificate · ! until 2026-11-21"), "{}", screen.text());
    screen.keys("x<C-u>-<Enter>");
    assert_eq!(answer(&screen, "external-tls").links[0].expires, "");
    screen.keys("iii");
    assert_eq!(answer(&screen, "external-tls").links[0].kind, None);
    screen.keys("<C-z><C-z><C-z><C-z>");
    assert_eq!(answer(&screen, "external-tls").links[0].expires, "2026-11-21");
}

#[test]
fn a_link_is_kept_to_the_reviewer_and_published_again() {
    let mut screen = with_link();
    screen.keys("I").assert_shows("Internal: this link is evidence, but is not published.");
    screen.assert_shows("2026-11-22 · internal");
    assert!(answer(&screen, "external-tls").links[0].internal);
    screen.keys("I").assert_shows("This link is published.");
    assert!(!answer(&screen, "external-tls").links[0].internal);
    screen.keys("<BackTab>See https://a.example/audit.<Tab>I");
    screen.assert_shows("the detail cites it, so it is published").assert_shows("internal, but the detail");
}

#[test]
fn the_outline_shows_only_questions_with_old_evidence() {
    let mut screen = with_link();
    screen.later(366 * 24 * 60 * 60);
    screen.keys("<Esc>fff");
    assert!(screen.text().contains("Questions: old evidence"), "{}", screen.text());
    assert!(screen.text().contains("External TLS") && !screen.text().contains("Event logging"));
}

#[test]
fn places_to_look_open_in_the_browser_or_are_copied_and_ask_for_the_domain_once() {
    let mut screen = Screen::session_of("saas-security", 60, 16);
    screen.keys("<A-l>");
    assert!(screen.text().contains("Where to look") && screen.text().contains("needs the domain"));
    screen.keys("1");
    screen.keys("nowhere<Enter>");
    assert!(screen.text().contains("\"nowhere\" is not a domain"), "{}", screen.text());
    screen.keys("<A-l>dPaperboat.example<Enter>");
    assert!(screen.text().contains("Domain: paperboat.example"), "{}", screen.text());
    let effects = screen.effects_of(key('1'));
    let Some(Effect::Browse { url }) = effects.last() else { panic!("{effects:?}") };
    assert!(url.contains("paperboat.example"), "{url}");
    let effects = screen.keys("<A-l>j").effects_of(key('c'));
    assert!(matches!(effects.last(), Some(Effect::Copy { .. })), "{effects:?}");
    assert_eq!(session(&screen).domain(), "paperboat.example");
}

#[test]
fn a_question_without_places_to_look_says_so() {
    let mut screen = Screen::session_of("vendor-baseline", 100, 30);
    screen.keys("<A-l>");
    assert!(screen.text().contains("names no place to look"), "{}", screen.text());
}

#[test]
fn a_reply_is_shown_in_full_and_taken_into_the_answer_before_what_was_there_last_year() {
    let mut screen = super::again::again();
    screen.resize(60, 16);
    let made = Stamp { by: "Paperboat".into(), at: screen.app.now };
    let said = "Yes, with TLS 1.3 only; see https://paperboat.example/tls.";
    let reply = session(&screen).reply(Target::Question("external-tls".into()), said, made).unwrap();
    let now = screen.app.now;
    screen.app.current_mut().unwrap().open.edit(reply, Origin::Do, now).unwrap();
    screen.app.is_settled = false;
    screen.keys("<F5>").assert_shows("Reply from Paperboat").assert_shows("Yes, with TLS 1.3 only");
    screen.keys("<lt>").assert_shows("The reply is in the detail, as claimed.");
    let taken = answer(&screen, "external-tls");
    assert_eq!((taken.choices.as_slice(), taken.links.len()), (&["yes".to_owned()][..], 1));
    screen.keys("<lt>").assert_shows("Replace it");
    screen.keys("<Esc><C-z>").assert_shows("Reply from Paperboat");
}
