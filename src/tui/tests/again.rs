//! Reviewing a subject again.

use crate::session::{Answer, Session};
use crate::tui::effect::Effect;

use super::harness::Screen;
use super::screens::worked;

/// A session that continues one in which five questions have answers: two good ones, two unknown, one
/// partial.
pub fn again() -> Screen {
    let mut screen = worked();
    screen.keys("<A-h>R");
    screen
}

fn answer<'s>(screen: &'s Screen, id: &str) -> &'s Answer {
    session(screen).answer_to(id).unwrap()
}

fn session(screen: &Screen) -> &Session {
    screen.app.current().unwrap().session()
}

#[test]
fn a_session_is_continued_from_home_with_its_answers_beside_the_new_ones() {
    let mut screen = again();
    assert!(screen.text().contains("11 unchanged"), "{}", screen.text());
    assert!(screen.text().contains("Before · ") && screen.text().contains("HTTPS only, TLS 1.2 and 1.3"));
    assert!((0..session(&screen).len()).all(|index| session(&screen).answer(index).is_empty()));
    screen.keys("<Tab><BackTab>");
    assert!(screen.text().contains("< take over the earlier answer"), "{}", screen.text());
}

#[test]
fn a_question_that_is_the_same_takes_two_keys() {
    let mut screen = again();
    let done = |screen: &Screen| session(screen).progress().done;
    let before = done(&screen);
    screen.keys("<lt>");
    assert!(answer(&screen, "external-tls").detail.starts_with("HTTPS only"));
    screen.keys("<C-n>");
    assert_eq!((before, done(&screen)), (0, 1));
    assert!(screen.text().contains("2 · External certificates"), "{}", screen.text());
}

#[test]
fn one_key_takes_over_what_was_good_in_a_section_and_looking_at_it_marks_it_as_read() {
    let mut screen = again();
    screen.keys("<Esc><lt>");
    assert!(screen.text().contains("2 answers in \"Data in transit\" taken over"), "{}", screen.text());
    let marks = |screen: &Screen| screen.text().matches('«').count();
    assert!(answer(&screen, "external-certificates").unread.0);
    assert_eq!(marks(&screen), 2);
    screen.keys("<Enter>");
    assert_eq!(marks(&screen), 1, "the selected question has the focus now");
    screen.keys("<PgDn>");
    assert_eq!(marks(&screen), 0);
    screen.keys("<C-z>");
    assert!(answer(&screen, "external-tls").is_empty(), "one step, and reading is none");
}

#[test]
fn what_was_not_good_is_named_and_has_to_be_chosen_again() {
    let mut screen = again();
    screen.keys("<C-g>5<Enter><lt>");
    assert!(screen.text().contains("it was Partial: choose again."), "{}", screen.text());
    assert!(answer(&screen, "api-authentication").choices.is_empty());
}

#[test]
fn an_answer_that_is_there_is_replaced_only_if_the_reviewer_says_so() {
    let mut screen = again();
    screen.keys("n<Enter>Mine.<A-t>");
    assert!(screen.text().contains("Replace?"), "{}", screen.text());
    screen.keys("<Esc>");
    assert_eq!(answer(&screen, "external-tls").detail, "Mine.");
    screen.keys("<A-t>y");
    assert_eq!(answer(&screen, "external-tls").choices, ["yes"]);
    screen.keys("<C-z>");
    assert_eq!(answer(&screen, "external-tls").choices, ["no"]);
}

#[test]
fn the_earlier_answer_has_a_pane_where_there_is_room_and_takes_the_place_of_the_help_elsewhere() {
    let mut screen = again();
    let shows = |screen: &Screen| screen.text().contains("Before · ");
    assert!(shows(&screen));
    screen.keys("<A-v>");
    assert!(!shows(&screen));
    screen.keys("<A-v>").resize(80, 24);
    assert!(!shows(&screen) && screen.text().contains("What to look for"));
    screen.keys("<A-v>");
    assert!(shows(&screen) && !screen.text().contains("What to look for"));
}

#[test]
fn the_screen_at_every_size() {
    for (width, height) in [(60, 16), (80, 24), (120, 40), (200, 60)] {
        let mut screen = again();
        screen.keys("<lt><C-g>5<Enter><lt>").resize(width, height);
        if width < 110 {
            screen.keys("<A-v>");
        }
        let today = jiff::Zoned::now().date().to_string();
        let text = screen.text().replace(&today, "2026-11-22");
        insta::assert_snapshot!(format!("again_at_{width}_by_{height}"), text);
    }
}

#[test]
fn a_session_that_continues_none_says_so() {
    let mut screen = worked();
    screen.keys("<A-t>");
    assert!(screen.text().contains("does not continue an earlier one"), "{}", screen.text());
}

#[test]
fn a_reworded_question_shows_what_is_gone_and_new_in_it() {
    let mut screen = again();
    let before = screen.app.current().unwrap().session().questionnaire().clone();
    let mut after = before;
    after.sections[0].questions[0].text = "Does the SaaS provider encrypt external data?".into();
    let (id, workspace) = (screen.app.current().unwrap().open.id().to_owned(), screen.workspace.clone());
    screen.keys("<A-h>");
    let earlier = workspace.earlier(&id, "2026-11-22T12:00:00Z".parse().unwrap()).unwrap();
    let created = screen.app.now;
    let session = Session::continued(&earlier.session, &id, after, "Reworded", created);
    let id = workspace.sessions.create(session, workspace.me()).unwrap().id().to_owned();
    screen.effects(vec![Effect::Open { id, question: None }]);
    let text = screen.text();
    assert!(text.contains("reworded") && text.contains("{+encrypt+}") && text.contains("~│"), "{text}");
}

#[test]
fn the_filter_shows_what_is_not_the_same_as_before() {
    let mut screen = again();
    screen.keys("<Esc>fff");
    assert!(screen.text().contains("Questions: reworded or new") && screen.text().contains("None. Esc"));
    let mut screen = worked();
    screen.keys("<Esc>fff");
    assert!(!screen.text().contains("reworded or new"), "it continues none");
}

#[test]
fn all_links_of_an_answer_are_read_again_with_one_key_that_can_be_undone() {
    let mut screen = again();
    screen.keys("<C-g>7<Enter><lt>");
    let dates = |screen: &Screen| -> Vec<String> {
        let evidence = answer(screen, "multi-factor-authentication").evidence();
        evidence.iter().map(|link| link.retrieved.to_owned()).collect()
    };
    screen.paste("https://second.example");
    let before = dates(&screen);
    screen.later(40 * 86_400);
    screen.keys("<Tab><Tab>R");
    assert!(
        !before.is_empty() && dates(&screen).iter().all(|date| date == "2027-01-01"),
        "{:?}",
        dates(&screen)
    );
    screen.keys("<C-z>");
    assert_eq!(dates(&screen), before);
}

#[test]
fn questions_that_are_no_longer_asked_are_listed_in_the_overview_with_what_they_may_be_now() {
    let mut screen = Screen::home(120, 40);
    let folder = screen.workspace.questionnaires.clone();
    std::fs::create_dir_all(&folder).unwrap();
    let write = |version: &str, questions: &str| {
        let text = format!(
            r#"{{"format": 1, "id": "own", "version": "{version}", "title": "Own", "subject_label": "Service",
                "answer_sets": {{"a": {{"choices": [{{"id": "yes", "label": "Yes", "tone": "good"}}]}}}},
                "sections": [{{"id": "s", "title": "S", "questions": [{questions}]}}]}}"#
        );
        std::fs::write(folder.join("own.json"), text).unwrap();
    };
    let question = |id: &str, title: &str, text: &str| {
        format!(r#"{{"id": "{id}", "title": "{title}", "text": "{text}", "answer_set": "a"}}"#)
    };
    let stays = question("stays", "Stays", "Does it stay?");
    let fax = question("fax", "Fax", "Is there a fax machine in the office of the provider?");
    let telex = question("telex", "Telex", "Is there a telex?");
    write("1", &[stays.clone(), fax, telex].join(","));
    let create = Effect::Create { questionnaire: "own".into(), subject: "Boat".into() };
    screen.effects(vec![create]);
    screen.keys("y<C-n>y<C-n>y<A-h>");
    let machine = question("machine", "Machine", "Is there a fax machine in an office of the provider?");
    write("2", &[stays, machine].join(","));
    screen.keys("R<A-o>G").assert_shows("1 unchanged, 1 new, 2 no longer asked");
    screen.assert_shows("Fax: Yes  possibly 2 Machine").assert_shows("Telex: Yes");
    screen.keys("<Enter>").assert_shows("2 · Machine");
    screen.keys("<A-m>").assert_shows("Is there a fax machine in the office").assert_shows("Yes");
    screen.keys("<Enter>").assert_shows("Matched. ").assert_shows("The question is reworded:");
    screen.keys("<A-m>").assert_shows("has its earlier answer already");
    screen.keys("<A-o>").assert_shows("1 unchanged, 1 reworded, 1 no longer asked");
    screen.keys("<A-h><Enter><C-z>");
    assert_eq!(session(&screen).previous().unwrap().gone().count(), 2, "undone after a restart too");
}

#[test]
fn the_header_says_how_the_questions_compare_with_the_earlier_ones_where_there_is_room() {
    let mut screen = again();
    screen.resize(200, 60).assert_shows("re-review of ").assert_shows("11 unchanged");
    screen.resize(80, 24);
    assert!(!screen.text().lines().next().unwrap().contains("unchanged"), "{}", screen.text());
}

#[test]
fn the_earlier_answer_marks_evidence_that_is_old_now() {
    let mut screen = again();
    screen.later(500 * 86_400);
    screen.keys("<C-g>7<Enter>").assert_shows("days  ! old");
}
