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
        {"id": "b", "title": "B", "text": "B?", "kind": "text"}]}]}"#;

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
    screen.assert_shows("Alt-K inserts a model");
    screen.keys("<A-k>");
    assert_eq!(screen.answer("a").detail, "Enforced for … by ….");
    assert_eq!(screen.session().position().field, Field::Detail);
    screen.assert_shows("Fill in each …");
    screen.keys("admins");
    assert_eq!(screen.answer("a").detail, "Enforced for admins by ….");
}

#[test]
fn one_undo_removes_the_model() {
    let mut screen = screen();
    screen.keys("<A-k><C-z>");
    assert_eq!(screen.answer("a").detail, "");
    screen.keys("<C-y>");
    assert_eq!(screen.answer("a").detail, "Enforced for … by ….");
}

#[test]
fn a_detail_with_text_and_a_question_without_a_model_stay_as_they_are() {
    let mut screen = screen();
    screen.keys("<A-k><A-k>").assert_shows("into an empty detail only");
    assert_eq!(screen.answer("a").detail, "Enforced for … by ….");
    screen.keys("<PgDn><A-k>").assert_shows("no model of this detail");
    assert_eq!(screen.answer("b").detail, "");
}

#[test]
fn what_to_ask_and_the_controls_of_known_tags_follow_the_guidance() {
    let screen = screen();
    screen.assert_shows("Ask the provider: Do you offer A?");
    screen.assert_shows("Topic: Sign-in (CSA CCM 4.0 IAM-14)");
    screen.assert_hides("other");
}
