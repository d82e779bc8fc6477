//! The detail, the note, and undo.

use super::harness::Screen;
use crate::tui::app::Input;
use crate::tui::effect::Outcome;
use crossterm::event::{MouseButton, MouseEventKind};

fn detail(screen: &Screen) -> &str {
    &screen.answer("external-tls").detail
}

#[test]
fn what_is_typed_is_on_disk_when_the_program_is_killed() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y<Enter>HTTPS only.<Enter>TLS 1.3");
    let screen = screen.killed_and_started_again();
    assert_eq!(detail(&screen), "HTTPS only.\nTLS 1.3");
    screen.assert_shows("TLS 1.3");
}

#[test]
fn the_cursor_is_where_it_was_after_a_kill() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<PgDn><Enter>abc<Left>");
    let mut screen = screen.killed_and_started_again();
    screen.keys("X");
    assert_eq!(screen.answer("external-certificates").detail, "abXc");
}

#[test]
fn undo_works_by_bursts_of_typing_across_questions_and_a_restart_and_says_what_it_undid() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y<Enter>one and ");
    screen.later(60);
    screen.keys("two").keys("<PgDn>n");
    let mut screen = screen.killed_and_started_again();
    screen.keys("<C-z>").assert_shows("Undone: answer of External certificates");
    screen.keys("<C-z>").assert_shows("Undone: detail of External TLS");
    assert_eq!(detail(&screen), "one and ");
    assert_eq!(screen.title(), "External TLS");
    screen.keys("<C-y>");
    assert_eq!(detail(&screen), "one and two");
    screen.keys("<C-z><C-z><C-z>");
    assert!(screen.answer("external-tls").is_empty());
    screen.keys("<C-z>").assert_shows("Nothing to undo.");
}

#[test]
fn a_paste_of_several_lines_is_one_edit() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>").paste("one\r\ntwo\r\n\r\nthree");
    assert_eq!(detail(&screen), "one\ntwo\n\nthree");
    screen.keys("<C-z>");
    assert_eq!(detail(&screen), "");
}

#[test]
fn ctrl_k_turns_the_word_at_the_cursor_into_a_link() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>see docs<C-k>https://a.example");
    assert_eq!(detail(&screen), "see [docs](https://a.example)");
}

#[test]
fn ctrl_k_turns_the_selected_words_into_a_link() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>the audit log<S-Left><S-Left><S-Left><C-S-Left><C-k>").paste("https://a.example");
    assert_eq!(detail(&screen), "the [audit log](https://a.example)");
}

#[test]
fn a_url_pasted_over_a_selection_turns_it_into_a_link() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>audit log<A-a>").paste("https://a.example");
    assert_eq!(detail(&screen), "[audit log](https://a.example)");
}

#[test]
fn words_are_cut_copied_and_pasted() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>one two<C-S-Left><C-x>");
    assert_eq!(detail(&screen), "one ");
    screen.keys("<C-v><C-v>");
    assert_eq!(detail(&screen), "one twotwo");
    screen.keys("<C-w>");
    assert_eq!(detail(&screen), "one ");
    screen.keys("<C-c>").assert_shows("Nothing is selected. Ctrl-Q quits.");
}

#[test]
fn up_and_down_move_by_rows_on_the_screen() {
    let mut screen = Screen::session_of("saas-security", 60, 16);
    let text = "word ".repeat(20);
    screen.keys("<Enter>").paste(&text).keys("<Up>X");
    let at = detail(&screen).find('X').unwrap();
    assert!(at < text.len() - 5, "X at {at}");
    assert!(detail(&screen)[..at].len() > 20);
}

#[test]
fn a_long_detail_scrolls_with_its_cursor() {
    let mut screen = Screen::session_of("saas-security", 80, 24);
    for n in 0..40 {
        screen.keys(if n == 0 { "<Enter>" } else { "" }).paste(&format!("line {n}\n"));
    }
    screen.keys("end");
    screen.assert_shows("line 39").assert_shows("end");
    assert!(!screen.shows("line 0 "));
    screen.keys("<C-Home>").assert_shows("line 0");
    assert!(!screen.shows("line 39"));
}

#[test]
fn a_click_places_the_cursor_and_a_drag_selects() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>one two three<PgDn><PgUp>");
    let (x, y) = screen.place("two three");
    screen.mouse(MouseEventKind::Down(MouseButton::Left), x, y);
    screen.mouse(MouseEventKind::Drag(MouseButton::Left), x + 3, y);
    screen.keys("2");
    assert_eq!(detail(&screen), "one 2 three");
}

#[test]
fn a_double_click_selects_the_word() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>one two three<PgDn><PgUp>");
    screen.click("wo three").click("wo three").keys("2");
    assert_eq!(detail(&screen), "one 2 three");
}

#[test]
fn a_text_that_would_be_too_long_is_rejected_and_nothing_is_lost() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>kept").paste(&"x".repeat(300 * 1024)).assert_shows("at most 256 KB");
    assert_eq!(detail(&screen), "kept");
}

#[test]
fn the_text_from_the_editor_is_one_edit() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>one two");
    let before = screen.app.current().unwrap().open.seq();
    screen.input(Input::Done(Outcome::Edited {
        text_ref: crate::session::TextRef::Detail("external-tls".into()),
        text: "one 2 two\n".into(),
    }));
    assert_eq!(screen.app.current().unwrap().open.seq(), before + 1);
    assert_eq!(detail(&screen), "one 2 two");
    screen.keys("<C-z>");
    assert_eq!(detail(&screen), "one two");
}

#[test]
fn the_introduction_and_the_sections_of_the_page_are_written_after_the_questions() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Esc>Gkk<Enter>As CSV.").assert_shows("Exporting data");
    screen.keys("<PgUp>A boat.").assert_shows("Introduction");
    assert_eq!(screen.session().introduction(), "A boat.");
    assert_eq!(screen.session().sections()[0].text, "As CSV.");
}

#[test]
fn wide_and_joined_characters_are_moved_over_and_deleted_as_one() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter>a日本👩‍💻é").assert_shows("a日本");
    let (_, cursor) = screen.draw();
    let end = cursor.unwrap().x;
    screen.keys("<Left><Left>");
    // One letter with its accent, then one person of three characters and two columns.
    assert_eq!(end - screen.draw().1.unwrap().x, 3);
    screen.keys("<Backspace>");
    assert_eq!(detail(&screen), "a日👩‍💻é");
    screen.keys("<Delete>");
    assert_eq!(detail(&screen), "a日é");
}

#[test]
fn no_row_begins_with_a_space_or_a_comma() {
    for width in [60, 71, 80, 97, 120] {
        let mut screen = Screen::session_of("saas-security", width, 40);
        screen.keys("<Enter>").paste(&"Keys, hosts , \"quoted\", (all of them), and more. ".repeat(8));
        let text = screen.text();
        let rows =
            text.lines().skip_while(|line| !line.contains("Detail")).take_while(|l| !l.contains("Evidence"));
        let (column, _) = screen.place("Keys, hosts");
        for row in rows {
            let shown: String = row.chars().skip(column as usize).collect();
            let blank = shown.trim_end_matches('│').trim().is_empty();
            assert!(blank || !shown.starts_with([' ', ',', '.', ')']), "{width}: {row}");
        }
    }
}

#[test]
fn words_and_rows_are_moved_over_and_selected_by_their_keys() {
    let mut screen = Screen::session_of("saas-security", 60, 24);
    screen.keys("<Enter>").paste(&"word ".repeat(20));
    let at = |screen: &Screen| screen.session().position().cursor;
    screen.keys("<C-Home>");
    assert_eq!(at(&screen), 0);
    screen.keys("<C-Right>");
    assert!((4..=5).contains(&at(&screen)));
    screen.keys("<Home><Down>");
    let second_row = at(&screen);
    assert!(second_row > 20 && second_row % 5 == 0, "{second_row}");
    screen.keys("<End><S-Home>X");
    assert_eq!(detail(&screen)[second_row..].find('X'), Some(0));
}

#[test]
fn the_word_keys_of_shells_move_and_delete_words_and_change_nothing_else() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("y<Enter>alpha beta<A-b>X<A-Left><A-f>Y<A-b><A-d>Z");
    assert_eq!(detail(&screen), "alpha Z");
    let answer = screen.answer("external-tls");
    assert_eq!((answer.basis, answer.flag.as_ref()), (None, None));
    assert_eq!(answer.choices, ["yes"]);
}

#[test]
fn ctrl_k_without_a_word_at_the_cursor_asks_for_the_words() {
    let mut screen = Screen::session_of("saas-security", 120, 40);
    screen.keys("<Enter><C-k>").assert_shows("The words of the link.");
    screen.keys("the docs<Enter>https://a.example");
    assert_eq!(detail(&screen), "[the docs](https://a.example)");
}

#[test]
fn page_down_scrolls_a_long_detail_before_it_goes_to_the_next_question() {
    let mut screen = Screen::session_of("saas-security", 80, 24);
    let lines: String = (0..40).map(|n| format!("line {n}\n")).collect();
    screen.keys("<Enter>").paste(&lines).keys("<C-Home><PgDn>");
    assert_eq!(screen.title(), "External TLS");
    assert!(screen.session().position().cursor > 0);
    for _ in 0..20 {
        screen.keys("<PgDn>");
    }
    assert_ne!(screen.title(), "External TLS");
}
