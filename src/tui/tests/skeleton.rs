//! The model of a detail, and what is shown besides the guidance.

use crate::session::Field;
use crate::tui::effect::Effect;

use super::harness::Screen;

const QUESTIONNAIRE: &str = r#"{"format": 1, "id": "models", "version": "1", "title": "Models",
    "subject_label": "Service",
    "tags": {"mfa": {"title": "Sign-in", "controls": {"CSA CCM 4.0": ["IAM-14"]}}},
    "sections": [{"id": "s", "title": "S", "questions": [
        {"id": "a", "title": "A", "text": "A?", "kind": "text", "ask": "Do you offer A?",
         "skeleton": "Enforced for … by ….", "tags": ["mfa", "other"]},
        {"id": "b", "title": "B", "text": "B?", "kind": "text"},
        {"id": "n", "title": "N", "text": "N?", "kind": "number", "skeleton": "Counted on …."}]}]}"#;

fn screen() -> Screen {
    let mut screen = Screen::home(120, 30);
    let folder = &screen.workspace.questionnaires;
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("models.json"), QUESTIONNAIRE).unwrap();
    screen.effects(vec![Effect::Create { questionnaire: "models".into(), subject: "Boat".into() }]);
    screen
}

#[test]
fn the_model_is_inserted_into_an_empty_detail_with_its_first_blank_selected() {
    let mut screen = screen();
    screen.keys("<Tab>").assert_shows("Alt-K inserts a model");
    screen.keys("<A-k>");
    assert_eq!(screen.answer("a").detail, "Enforced for … by ….");
    assert_eq!(screen.session().position().field, Field::Detail);
    screen.assert_shows("Fill in each …");
    screen.keys("admins");
    assert_eq!(screen.answer("a").detail, "Enforced for admins by ….");
}

#[test]
fn the_model_is_inserted_into_the_empty_answer_of_a_question_that_is_answered_by_a_text() {
    // With the focus on the answer, and on the evidence.
    for keys in ["<A-k>", "<Tab><Tab><A-k>"] {
        let mut screen = screen();
        screen.keys(keys);
        assert_eq!(screen.answer("a").value, "Enforced for … by ….");
        assert_eq!(screen.answer("a").detail, "");
        assert_eq!(screen.session().position().field, Field::Answer);
        screen.keys("admins");
        assert_eq!(screen.answer("a").value, "Enforced for admins by ….");
    }
}

#[test]
fn the_model_goes_into_the_detail_from_elsewhere_and_of_a_question_that_is_answered_by_a_number() {
    let mut screen = screen();
    screen.keys("SSO<Tab><Tab><A-k>");
    assert_eq!(screen.answer("a").value, "SSO");
    assert_eq!(screen.answer("a").detail, "Enforced for … by ….");
    assert_eq!(screen.session().position().field, Field::Detail);
    screen.keys("<PgDn><PgDn><A-k>");
    assert_eq!(
        (screen.answer("n").value.as_str(), screen.answer("n").detail.as_str()),
        ("", "Counted on ….")
    );
}

#[test]
fn the_same_key_selects_the_next_blank_and_after_the_last_one_the_first() {
    let mut screen = screen();
    screen.keys("<A-k><A-k>").assert_shows("2 … to fill in. Alt-K goes to the next one.");
    screen.keys("SSO");
    assert_eq!(screen.answer("a").value, "Enforced for … by SSO.");
    screen.keys("<A-k>").assert_shows("The last … to fill in.");
    screen.keys("admins");
    assert_eq!(screen.answer("a").value, "Enforced for admins by SSO.");
    // A text that the reviewer wrote can have blanks too, also without a model, and from another field.
    screen.keys("<PgDn><Enter>One …, two …<Tab><A-k>1<A-k>2");
    assert_eq!(screen.answer("b").detail, "One 1, two 2");
}

#[test]
fn one_undo_removes_the_model() {
    let mut screen = screen();
    screen.keys("<Enter><A-k><C-z>");
    assert_eq!(screen.answer("a").detail, "");
    screen.keys("<C-y>");
    assert_eq!(screen.answer("a").detail, "Enforced for … by ….");
}

#[test]
fn a_text_without_blanks_and_a_question_without_a_model_stay_as_they_are() {
    let mut screen = screen();
    screen.keys("<Enter>By SSO.<A-k>").assert_shows("No … is left in the detail.");
    assert_eq!(screen.answer("a").detail, "By SSO.");
    screen.keys("<PgDn><A-k>").assert_shows("The questionnaire has no model for this question.");
    assert_eq!(screen.answer("b"), &crate::session::Answer::default());
}

#[test]
fn what_to_ask_and_the_controls_of_known_tags_follow_the_guidance() {
    let screen = screen();
    screen.assert_shows("To ask: Do you offer A?");
    screen.assert_shows("Topic: Sign-in (CSA CCM 4.0 IAM-14)");
    screen.assert_hides("other");
}
