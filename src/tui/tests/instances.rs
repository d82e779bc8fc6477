//! Sections that are answered several times, on the screen.

use super::harness::Screen;

/// The interview at the first question of the section that repeats.
fn screen() -> Screen {
    let mut screen = Screen::session_of("environments", 100, 24);
    screen.keys("y<PgDn>").assert_shows("VPN");
    screen
}

#[test]
fn the_first_name_is_for_the_answers_so_far_and_the_next_one_asks_again() {
    let mut screen = screen();
    screen.keys("n<Esc>A").assert_shows("Environment").assert_shows("The first name belongs to");
    screen.keys("Production<Enter>").assert_shows("The answers so far have this name.");
    screen.assert_shows("Access: Production").assert_shows("Production: Is there a VPN?");
    assert_eq!(screen.answer("vpn").choices, ["no"]);
    screen.keys("ATest<Enter>").assert_shows("Test: Is there a VPN?").assert_shows("Access: Test");
    assert_eq!(screen.interview().item().clone(), crate::session::Item::Question("vpn-test".into()));
    screen.keys("y");
    assert_eq!(screen.answer("vpn-test").choices, ["yes"]);
}

#[test]
fn what_is_repeated_is_one_line_in_the_title_of_the_dialog() {
    let source = r#"{"format": 1, "id": "q", "version": "1", "title": "Q", "subject_label": "Service",
        "sections": [{"id": "s", "title": "S", "repeat": "Region\nor\u001b[31m site", "questions": [
            {"id": "a", "title": "A", "text": "A?", "kind": "text"}]}]}"#;
    let mut screen = Screen::with_questionnaire("q", source, 100, 24);
    screen.keys("<Esc>A").assert_shows("Region or").assert_hides("Region␊");
}

#[test]
fn an_instance_is_renamed_and_removed_from_any_of_its_questions_and_undone() {
    let mut screen = screen();
    screen.keys("<Esc>AProduction<Enter>ATest<Enter>y<Esc>r").assert_shows("The name with which its rows");
    screen.keys("<C-u>Lab<Enter>").assert_shows("Lab: Is there a VPN?").assert_shows("Access: Lab");
    screen.keys("d").assert_shows("Removed the instance. Ctrl-Z brings it back.").assert_hides("Access: Lab");
    screen.keys("<C-z>").assert_shows("Access: Lab");
    assert_eq!(screen.answer("vpn-test").choices, ["yes"]);
    screen.keys("<C-z><C-z>").assert_shows("Test: Is there a VPN?");
}

#[test]
fn what_is_not_possible_is_said() {
    let mut screen = screen();
    screen.keys("<Esc>gA").assert_shows("This section is answered only once.");
    screen.keys("d").assert_shows("Only questions that were added to this session");
    screen.keys("jAProduction<Enter>APRODUCTION<Enter>").assert_shows("There is one with this name already.");
    screen
        .keys("ATest<Enter><Esc>kkd")
        .assert_shows("The first one cannot be removed while there are others");
    screen.keys("GA").assert_shows("This section is answered only once.");
}
