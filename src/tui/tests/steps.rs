//! Where Ctrl-N and Alt-N go to, and what PgDn and PgUp say at the ends.

use crate::session::Field;

use super::harness::Screen;

fn field(screen: &Screen) -> Field {
    screen.session().position().field
}

#[test]
fn an_open_question_is_reached_at_the_field_that_it_lacks() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    // Yes needs a detail and a link.
    screen.keys("y<PgDn><A-n>").assert_shows("Open: Yes needs a detail and a link.");
    assert_eq!((screen.title(), field(&screen)), ("External TLS", Field::Detail));
    screen.keys("TLS 1.3.<PgDn><A-n>").assert_shows("Open: Yes needs a link.");
    assert_eq!((screen.title(), field(&screen)), ("External TLS", Field::Links));
    screen.paste("https://a.example/tls").keys("<Esc><C-n>").assert_shows("Open: not answered yet.");
    assert_eq!((screen.title(), field(&screen)), ("External certificates", Field::Answer));
}

#[test]
fn a_blank_of_a_model_is_reached_in_the_field_that_has_it() {
    let source = r#"{"format": 1, "id": "q", "version": "1", "title": "Q", "subject_label": "Service",
        "sections": [{"id": "s", "title": "S", "questions": [
            {"id": "a", "title": "A", "text": "A?", "kind": "text", "skeleton": "Enforced by …."},
            {"id": "b", "title": "B", "text": "B?", "kind": "text"}]}]}"#;
    for (value, detail, expected) in [
        ("Well … perhaps", "Enforced by ….", Field::Detail),
        ("Enforced by ….", "Well … perhaps", Field::Answer),
        ("Enforced by ….", "Enforced by ….", Field::Answer),
    ] {
        let mut screen = Screen::with_questionnaire("q", source, 120, 40);
        screen.keys(&format!("{value}<Tab>{detail}<PgDn>b<A-n>")).assert_shows("Open: the model still has");
        assert_eq!((screen.title(), field(&screen)), ("A", expected), "{value}, {detail}");
    }
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

#[test]
fn at_the_last_part_and_at_the_first_question_the_keys_that_lead_on_are_named() {
    for questionnaire in ["saas-security", "rapid-risk"] {
        let mut screen = Screen::session_of(questionnaire, 120, 40);
        let open = "Ctrl-N goes to the next open question, Alt-P previews the page.";
        screen.keys("<PgUp>").assert_shows(&format!("This is the first question. {open}"));
        screen.keys("<Esc>G<Enter><PgDn>").assert_shows(&format!("This is the last one. {open}"));
        // From the outline too, and at the end of a text that is taller than its area.
        screen.keys("<Esc><PgDn>").assert_shows("This is the last one.");
        screen.keys("<Enter>").paste(&"Some words. ".repeat(900)).keys("<PgDn>");
        screen.assert_shows("This is the last one.");
    }
}

#[test]
fn at_the_last_part_of_a_session_in_which_nothing_is_open_only_the_preview_leads_on() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    for _ in 0..11 {
        screen.keys("u<PgDn>");
    }
    screen.keys("<Esc>G<Enter><PgDn>");
    screen.assert_shows("This is the last one, and nothing is open. Alt-P previews the page.");
}
