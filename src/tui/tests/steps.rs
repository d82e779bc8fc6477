//! Where Ctrl-N and Alt-N go to.

use crate::session::Field;

use super::harness::Screen;

fn field(screen: &Screen) -> Field {
    screen.session().position().field
}

#[test]
fn an_open_question_is_reached_at_the_field_that_it_lacks() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    // Yes needs a detail and a link.
    screen.keys("y<PgDn><A-n>").assert_shows("Open: Yes needs a detail; Yes needs a link.");
    assert_eq!((screen.title(), field(&screen)), ("External TLS", Field::Detail));
    screen.keys("TLS 1.3.<PgDn><A-n>").assert_shows("Open: Yes needs a link.");
    assert_eq!((screen.title(), field(&screen)), ("External TLS", Field::Links));
    screen.paste("https://a.example/tls").keys("<Esc><C-n>").assert_shows("Open: not answered yet.");
    assert_eq!((screen.title(), field(&screen)), ("External certificates", Field::Answer));
}

#[test]
fn a_question_that_is_only_flagged_is_reached_at_its_answer() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("u!ask Kim<Enter><Tab><PgDn><A-n>").assert_shows("Open: flagged: ask Kim.");
    assert_eq!((screen.title(), field(&screen)), ("External TLS", Field::Answer));
}

#[test]
fn a_question_without_an_answer_is_reached_at_its_answer_even_if_a_detail_is_there() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>TLS 1.3.<PgDn><A-n>").assert_shows("Open: not answered yet.");
    assert_eq!((screen.title(), field(&screen)), ("External TLS", Field::Answer));
}
