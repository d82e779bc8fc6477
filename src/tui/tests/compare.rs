//! Comparing sessions: two in full, many side by side.

use crossterm::event::{MouseButton, MouseEventKind};

use crate::report::symbol;
use crate::tui::app::Screen as Shown;

use super::again::again;
use super::harness::Screen;

/// Four services with a few answers each, on the home screen.
pub fn services(width: u16, height: u16) -> Screen {
    let mut screen = Screen::home(width, height);
    for (subject, keys) in
        [("Paperboat", "y<C-n>u<C-n>n"), ("Kite", "y"), ("Raft", "y<PgDn>p"), ("Canoe", "n")]
    {
        let (questionnaire, subject) = ("saas-security".to_owned(), subject.to_owned());
        screen.effects(vec![crate::tui::effect::Effect::Create { questionnaire, subject }]);
        screen.keys(keys).keys("<A-h>");
    }
    screen
}

/// A re-review in which one answer changed, compared with what it continues.
pub fn compared(width: u16, height: u16) -> Screen {
    let mut screen = again();
    screen.resize(width, height);
    screen.keys("<lt>n<Enter> Not anymore.<Esc><A-c>");
    screen
}

#[test]
fn a_re_review_is_compared_with_the_earlier_session() {
    let mut screen = compared(120, 34);
    screen.assert_shows("Compare · Paperboat").assert_shows("External TLS").assert_shows("Yes → No");
    screen.keys("<Esc>").assert_shows("Does the SaaS provider protect external data");
    screen.keys("<A-c><Enter>").assert_shows("1 · External TLS");
}

#[test]
fn a_session_that_continues_none_has_nothing_to_compare_with() {
    let mut screen = Screen::session_of("saas-security", 100, 30);
    screen.keys("<A-c>").assert_shows("This session does not continue an earlier one.");
}

#[test]
fn changes_are_stepped_through_shown_side_by_side_and_written() {
    let mut screen = compared(120, 34);
    let count =
        |screen: &Screen| screen.text().matches("removed").count() + screen.text().matches(" → ").count();
    assert!(count(&screen) > 1, "{}", screen.text());
    screen.keys("<Tab>").assert_shows(" │ ");
    screen.keys("s").assert_shows("Everything");
    screen.keys("ssG").keys("e<C-u>changes.md<Enter>").assert_shows("Wrote ");
    let written = std::fs::read_to_string(screen.dir.path().join("changes.md")).unwrap();
    assert!(written.contains("| External TLS | Yes | No |"), "{written}");
}

#[test]
fn two_marked_sessions_are_compared_in_full() {
    let mut screen = services(120, 34);
    screen.keys("gm").assert_shows("1 session is marked").assert_shows("* Canoe");
    screen.keys("GD").assert_shows("Compare · Canoe").assert_shows("-> Paperboat");
    screen.keys("<Esc>").assert_shows("Querist · sessions");
}

#[test]
fn without_marks_the_newest_sessions_are_shown_side_by_side() {
    let mut screen = services(120, 34);
    screen.keys("D").assert_shows("SaaS security · 4 services").assert_shows("not good");
    screen.assert_shows("Canoe: External TLS · No");
    screen.keys("l").assert_shows("Kite: External TLS · Yes");
    screen.keys("d").assert_shows("Compare · Canoe");
    screen.keys("<Esc>").keys("D").keys("f").assert_shows("differences only");
    screen.keys("lll<Enter>").assert_shows("Raft · SaaS security").assert_shows("1 · External TLS");
}

#[test]
fn every_cell_has_the_symbol_that_the_outline_of_its_session_has() {
    let mut screen = services(140, 40);
    screen.keys("D");
    let Shown::Matrix(matrix) = &screen.app.screen else { panic!("{}", screen.text()) };
    let matrix = matrix.matrix.clone();
    for (at, column) in matrix.columns.iter().enumerate() {
        let open = crate::tui::effect::Effect::Open { id: column.id.clone(), question: None };
        screen.effects(vec![open]);
        screen.app.settle();
        for row in &matrix.rows {
            let cell = &row.cells[at];
            screen.assert_shows(&format!("{} {}", symbol(cell), row.title));
        }
    }
}

#[test]
fn a_click_selects_an_answer_and_a_second_one_goes_there() {
    let mut screen = services(120, 34);
    screen.keys("D");
    let (x, _) = screen.place("Kite");
    let (_, y) = screen.place("External certificates");
    let down = MouseEventKind::Down(MouseButton::Left);
    screen.mouse(down, x, y).assert_shows("Kite: External certificates · not answered yet");
    screen.later(2).mouse(down, x, y).assert_shows("2 · External certificates");
}

#[test]
fn a_comparison_of_services_is_written_in_the_format_of_its_name() {
    let mut screen = services(120, 34);
    screen.keys("Dc<C-u>all.html<Enter>").assert_shows("Wrote ");
    let written = std::fs::read_to_string(screen.dir.path().join("all.html")).unwrap();
    assert!(written.starts_with("<!DOCTYPE html>"), "{written}");
    screen.keys("c<C-u>nowhere/all.csv<Enter>").assert_shows("nowhere");
}

#[test]
fn comparisons_fit_on_small_and_large_screens() {
    for (width, height) in [(60, 16), (120, 34)] {
        let mut two = compared(width, height);
        two.keys("n");
        insta::assert_snapshot!(format!("compare_at_{width}_by_{height}"), two.text());
        let mut many = services(width, height);
        many.keys("D");
        insta::assert_snapshot!(format!("matrix_at_{width}_by_{height}"), many.text());
    }
}
