//! Tests of the differences of two sessions.

use super::*;
use crate::session::{Diff, FieldDiff, LinkDiff, Part, State, diff, previous_of};

const ID: &str = "external-tls";

fn compared(old: &Session, new: &Session) -> Diff {
    diff(&previous_of(old, "old", new.questionnaire()), new)
}

/// A session whose answer to the first question is this one.
fn with(answer: Answer) -> Session {
    let mut s = session(0);
    let edit = Edit::Answer { question: ID.into(), before: Box::default(), after: Box::new(answer) };
    s.apply(&edit, &stamp()).unwrap();
    s
}

fn link(url: &str, label: &str, retrieved: &str) -> Link {
    Link { url: url.into(), label: label.into(), retrieved: retrieved.into(), ..Link::default() }
}

fn base() -> Answer {
    Answer {
        choices: vec!["yes".into()],
        detail: "Kept for a year in the region.".into(),
        links: vec![link("https://a.example/x/", "Docs", "2025-11-01"), link("https://b.example", "", "")],
        note: "ask".into(),
        ..Answer::default()
    }
}

/// The state of the first question after this change of its answer, and what differs.
fn after(change: impl FnOnce(&mut Answer)) -> (State, Vec<FieldDiff>) {
    let mut answer = base();
    change(&mut answer);
    let diff = compared(&with(base()), &with(answer));
    let item = diff.items.iter().find(|item| item.id == ID).unwrap();
    assert_eq!(diff.count(State::Same), diff.items.len() - usize::from(item.state != State::Same));
    (item.state, item.fields.clone())
}

#[test]
fn an_item_is_in_the_state_of_what_differs_most() {
    let state = |change: &dyn Fn(&mut Answer)| after(|answer| change(answer)).0;
    assert_eq!(state(&|_| {}), State::Same);
    assert_eq!(state(&|answer| answer.note.push('!')), State::Trivia);
    assert_eq!(state(&|answer| answer.flag = Some(String::new() + "x")), State::Trivia);
    assert_eq!(state(&|answer| answer.links[0].retrieved = "2026-11-01".into()), State::Trivia);
    assert_eq!(state(&|answer| answer.links.reverse()), State::Same);
    assert_eq!(state(&|answer| drop(answer.links.pop())), State::Links);
    assert_eq!(state(&|answer| answer.links[1].label = "B".into()), State::Links);
    assert_eq!(state(&|answer| answer.links[1].internal = true), State::Links);
    let internal = || Link { internal: true, ..link("https://c.example", "", "") };
    assert_eq!(state(&|answer| answer.links.push(internal())), State::Trivia);
    assert_eq!(state(&|answer| answer.basis = Some(Basis::Tested)), State::Words);
    assert_eq!(state(&|answer| answer.detail.push_str(" We asked.")), State::Words);
    assert_eq!(state(&|answer| answer.qualifier = "app only".into()), State::Verdict);
    let all = |answer: &mut Answer| {
        *answer = Answer { choices: vec!["no".into()], ..Answer::default() };
    };
    assert_eq!(state(&all), State::Verdict);
}

#[test]
fn links_are_paired_by_address_without_regard_to_case_of_the_host_and_a_final_slash() {
    let (_, fields) = after(|answer| answer.links[0].url = "HTTPS://A.example/x".into());
    assert_eq!(fields, []);
    let (_, fields) = after(|answer| {
        answer.links[0].url = "https://A.EXAMPLE/x".into();
        answer.links[1].url = "https://B.EXAMPLE".into();
    });
    assert_eq!(fields, []);
    let (_, fields) = after(|answer| answer.links[0].url = "https://a.example/X".into());
    let is = |field: &FieldDiff, url: &str| match field {
        FieldDiff::Link(LinkDiff::Added(link) | LinkDiff::Gone(link)) => link.url == url,
        _ => false,
    };
    assert!(is(&fields[0], "https://a.example/X") && is(&fields[1], "https://a.example/x/"), "{fields:?}");
}

#[test]
fn a_reworded_question_differs_in_its_words_and_other_questions_are_new_or_gone() {
    let (old, mut new) = (with(base()), session(0));
    let (before, mut after) = (new.questionnaire().clone(), new.questionnaire().clone());
    after.sections[0].questions[0].id = "other".into();
    after.sections[0].questions[0].text = "Is it something else?".into();
    after.sections[0].questions[1].text.push_str(" Everywhere?");
    let edit = Edit::Questionnaire { before: Box::new(before), after: Box::new(after) };
    new.apply(&edit, &stamp()).unwrap();
    let diff = compared(&old, &new);
    let state = |id: &str| diff.items.iter().find(|item| item.id == id).map(|item| item.state);
    assert_eq!((state("other"), state(ID)), (Some(State::Added), Some(State::Gone)));
    assert_eq!(state("external-certificates"), Some(State::Words));
    let reworded = diff.items.iter().find(|item| item.id == "external-certificates").unwrap();
    assert!(matches!(reworded.fields[0], FieldDiff::Text { part: Part::Question, .. }));
}

#[test]
fn parts_of_the_page_are_compared_by_their_headings_and_those_that_are_gone_come_last() {
    let with = |introduction: &str, sections: &[(&str, &str)]| {
        let section = |(heading, text): &(&str, &str)| PageSection {
            heading: (*heading).to_owned(),
            text: (*text).to_owned(),
            ..PageSection::default()
        };
        let questionnaire = load(BUILT_IN[0].1).unwrap();
        let sections = sections.iter().map(section).collect();
        let page = String::new();
        Session::imported(questionnaire, "Example", NOW, vec![], introduction.into(), sections, page)
    };
    let old = with("It floats.", &[("Exit", "Export."), ("Costs", "Little."), ("Risks", "Few.")]);
    let new = with("It sinks.", &[("Costs", "Much."), ("Risks", "Few."), ("Decision", "No.")]);
    let diff = compared(&old, &new);
    let parts: Vec<_> = diff.items[new.len()..]
        .iter()
        .map(|item| {
            let texts = item.fields.iter().map(|field| match field {
                FieldDiff::Text { part: Part::Detail, old, new, .. } => (old.as_str(), new.as_str()),
                other => panic!("{other:?}"),
            });
            (item.id.as_str(), item.state, texts.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        parts,
        [
            ("introduction", State::Words, vec![("It floats.", "It sinks.")]),
            ("Costs", State::Words, vec![("Little.", "Much.")]),
            ("Risks", State::Same, vec![]),
            ("Decision", State::Words, vec![("", "No.")]),
            ("Exit", State::Words, vec![("Export.", "")]),
        ]
    );
}

#[test]
fn of_questions_that_are_gone_only_those_with_an_answer_are_listed() {
    let mut questionnaire = load(BUILT_IN[0].1).unwrap();
    drop(questionnaire.sections[0].questions.drain(..2));
    let new = Session::new(questionnaire, "Example", NOW);
    let answer = Answer { choices: vec!["yes".into()], ..Answer::default() };
    let diff = compared(&with(answer), &new);
    let gone: Vec<_> = diff.items.iter().filter(|item| item.state == State::Gone).collect();
    assert_eq!((gone.len(), gone[0].id.as_str()), (1, ID));
    assert_eq!(gone[0].fields, [FieldDiff::Choice { old: vec!["Yes".to_owned()], new: vec![] }]);
}

#[test]
fn an_answer_is_the_same_if_its_choices_or_their_labels_are() {
    let state = |id: &str, label: &str| {
        let mut questionnaire = load(BUILT_IN[0].1).unwrap();
        for set in questionnaire.answer_sets.values_mut() {
            (set.choices[0].id, set.choices[0].label) = (id.into(), label.into());
        }
        let mut new = Session::new(questionnaire, "Example", NOW);
        let answer = Answer { choices: vec![id.into()], ..base() };
        let edit = Edit::Answer { question: ID.into(), before: Box::default(), after: Box::new(answer) };
        new.apply(&edit, &stamp()).unwrap();
        let diff = compared(&with(base()), &new);
        diff.items.iter().find(|item| item.id == ID).unwrap().state
    };
    assert_eq!(state("yes", "Certainly"), State::Same);
    assert_eq!(state("certainly", "Yes"), State::Same);
    assert_eq!(state("certainly", "Certainly"), State::Verdict);
}

proptest! {
    #[test]
    fn a_session_does_not_differ_from_itself(seeds in seeds(), which in 0usize..2) {
        let mut s = session(which);
        for seed in &seeds {
            s.apply(&edit_for(&s, seed), &stamp()).unwrap();
        }
        let diff = compared(&s, &s);
        prop_assert_eq!(diff.count(State::Same), diff.items.len(), "{:?}", diff);
    }
}
