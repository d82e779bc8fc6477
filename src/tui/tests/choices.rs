//! Choices that have more rows than there is room for.

use super::harness::Screen;

/// A question with so many choices that half of them are not shown, and the letter of each.
fn screen(kind: &str) -> Screen {
    let words =
        ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett"];
    let choices = words.map(|word| {
        let (key, more) = (&word[..1], "long ".repeat(7));
        format!(r#"{{"id": "{word}", "label": "{word} {more}", "key": "{key}"}}"#)
    });
    let source = format!(
        r#"{{"format": 1, "id": "q", "version": "1", "title": "Q", "subject_label": "Service",
        "answer_sets": {{"all": {{"choices": [{}]}}}},
        "sections": [{{"id": "s", "title": "S", "questions": [
            {{"id": "a", "title": "A", "text": "A?", "kind": "{kind}", "answer_set": "all"}},
            {{"id": "b", "title": "B", "text": "B?", "kind": "text"}}]}}]}}"#,
        choices.join(", ")
    );
    Screen::with_questionnaire("q", &source, 60, 14)
}

#[test]
fn a_choice_that_is_made_by_its_letter_is_shown() {
    for (kind, mark) in [("choice", "●"), ("multi_choice", "■")] {
        let mut screen = screen(kind);
        screen.assert_shows("alpha").assert_hides("juliett");
        screen.keys("j").assert_shows(&format!("{mark} juliett")).assert_hides("alpha");
        screen.keys("a").assert_shows(&format!("{mark} alpha")).assert_hides("juliett");
    }
    let mut screen = screen("choice");
    screen.keys("aj<C-z>").assert_shows("● alpha").assert_hides("juliett");
}

#[test]
fn the_choice_that_is_shown_without_the_focus_is_shown_with_it() {
    let mut screen = screen("choice");
    screen.keys("j<Tab>").assert_shows("● juliett");
    screen.keys("<BackTab>").assert_shows("● juliett");
    screen.keys("<Esc><Enter>").assert_shows("● juliett");
    screen.keys("<PgDn><A-Up>").assert_shows("● juliett");
}

#[test]
fn what_was_scrolled_to_stays_until_a_choice_is_made() {
    let mut screen = screen("choice");
    screen.keys(&format!("j{}", "<Up>".repeat(20))).assert_shows("alpha").assert_hides("juliett");
    screen.keys("<C-Down>").resize(60, 14).assert_shows("alpha");
    screen.keys("<Down>").assert_hides("alpha").assert_shows("bravo").assert_hides("juliett");
    screen.keys("i").assert_shows("● india");
}
