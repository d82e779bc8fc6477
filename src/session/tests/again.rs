//! Tests of sessions that continue an earlier one.

use std::collections::BTreeMap;

use super::*;
use crate::questionnaire::{Kind, Tone};
use crate::session::{Match, possible_match};

/// The questionnaire of these tests, by its built-in ids.
fn saas() -> Questionnaire {
    load(BUILT_IN[0].1).unwrap()
}

fn question<'q>(questionnaire: &'q mut Questionnaire, id: &str) -> &'q mut Question {
    let questions = questionnaire.sections.iter_mut().flat_map(|section| &mut section.questions);
    questions.into_iter().find(|question| question.id == id).unwrap()
}

fn apply(session: &mut Session, edit: &Edit) {
    session.apply(edit, &stamp()).unwrap();
}

fn write(session: &mut Session, text: TextRef, words: &str) {
    let removed = session.text(&text).unwrap().to_owned();
    apply(session, &Edit::Splice { text, at: 0, removed, inserted: words.into() });
}

/// Last year's session: each question has this choice, a detail, a link, a note and a basis.
fn earlier(choice: &str) -> Session {
    let mut s = session(0);
    for index in 0..s.len() {
        let question = s.question(index).id.clone();
        let link =
            Link { url: "https://a.example".into(), retrieved: "2025-11-02".into(), ..Link::default() };
        let after = Answer {
            choices: vec![choice.into()],
            qualifier: "all plans".into(),
            detail: "As documented.".into(),
            links: vec![link],
            basis: Some(Basis::DocumentRead),
            note: "ask again".into(),
            ..Answer::default()
        };
        apply(&mut s, &Edit::Answer { question, before: Box::default(), after: Box::new(after) });
    }
    s
}

/// A session a year later, with this questionnaire.
fn again(earlier: &Session, questionnaire: Questionnaire) -> Session {
    Session::continued(earlier, "old", questionnaire, "Example", NOW)
}

fn matched(session: &Session, id: &str) -> Option<Match> {
    Some(session.before(session.index_of(id)?)?.r#match)
}

/// The answer to `id` after `<`, and the labels of choices that were not taken over.
fn carried(session: &Session, id: &str) -> Option<(Answer, Vec<String>)> {
    let carried = session.carry_over(session.index_of(id)?)?;
    Some((carried.answer, carried.left))
}

const ID: &str = "external-tls";

#[test]
fn nothing_is_taken_over_by_itself() {
    let s = again(&earlier("yes"), saas());
    assert!((0..s.len()).all(|index| s.answer(index).is_empty()));
    assert_eq!(s.previous().unwrap().session, "old");
}

#[test]
fn the_whole_good_answer_to_the_same_question_is_taken_over_with_the_dates_of_its_links() {
    let old = earlier("yes");
    let s = again(&old, saas());
    assert_eq!(matched(&s, ID), Some(Match::Same));
    assert_eq!(carried(&s, ID), Some((old.answer_to(ID).unwrap().clone(), vec![])));
}

#[test]
fn a_bad_partial_or_unknown_choice_has_to_be_made_again() {
    for choice in ["no", "partial", "unknown"] {
        let s = again(&earlier(choice), saas());
        let (answer, left) = carried(&s, ID).unwrap();
        assert!(answer.choices.is_empty() && answer.qualifier.is_empty(), "{choice}");
        assert_eq!((answer.detail.as_str(), left.len()), ("As documented.", 1), "{choice}");
    }
    assert_eq!(carried(&again(&earlier("na"), saas()), ID).unwrap().0.choices, ["na"]);
}

#[test]
fn a_choice_that_was_made_now_stays_if_the_earlier_one_is_not_taken_over() {
    let mut s = again(&earlier("partial"), saas());
    let edit = choose(&s, ID, &["yes"]);
    apply(&mut s, &edit);
    assert_eq!(carried(&s, ID).unwrap().0.choices, ["yes"]);
}

#[test]
fn a_question_in_another_section_is_moved_and_taken_over_completely() {
    let mut questionnaire = saas();
    let moved = questionnaire.sections[0].questions.remove(0);
    questionnaire.sections[1].questions.push(moved);
    let s = again(&earlier("yes"), questionnaire);
    assert_eq!(matched(&s, ID), Some(Match::Moved));
    assert_eq!(carried(&s, ID).unwrap().0.choices, ["yes"]);
}

#[test]
fn a_question_with_another_id_and_the_same_words_is_renamed_and_taken_over_completely() {
    let mut questionnaire = saas();
    let renamed = question(&mut questionnaire, ID);
    renamed.text = renamed.text.to_uppercase();
    renamed.id = "tls".into();
    let s = again(&earlier("yes"), questionnaire);
    assert_eq!((matched(&s, "tls"), s.previous().unwrap().gone().count()), (Some(Match::Renamed), 0));
    assert_eq!(carried(&s, "tls").unwrap().0.choices, ["yes"]);
}

#[test]
fn of_a_reworded_question_only_words_and_links_are_taken_over() {
    let mut questionnaire = saas();
    question(&mut questionnaire, ID).text.push_str(" Everywhere?");
    let s = again(&earlier("yes"), questionnaire);
    assert_eq!(matched(&s, ID), Some(Match::Reworded));
    let (answer, left) = carried(&s, ID).unwrap();
    assert!(answer.choices.is_empty() && answer.basis.is_none() && answer.qualifier.is_empty());
    assert_eq!((answer.detail.as_str(), answer.links.len(), left), ("As documented.", 1, vec!["Yes".into()]));
}

#[test]
fn a_choice_that_is_no_longer_offered_is_named() {
    let mut questionnaire = saas();
    let set = questionnaire.answer_set_of(question(&mut saas(), ID)).unwrap().clone();
    for choices in questionnaire.answer_sets.values_mut().map(|set| &mut set.choices) {
        choices.retain(|choice| choice.id != "partial");
    }
    assert!(set.choices.iter().any(|choice| choice.id == "partial"));
    let s = again(&earlier("partial"), questionnaire);
    assert_eq!(matched(&s, ID), Some(Match::OtherChoices));
    let (answer, left) = carried(&s, ID).unwrap();
    assert!(answer.choices.is_empty() && answer.links.len() == 1 && left.len() == 1);
}

#[test]
fn of_several_choices_those_that_no_longer_exist_are_dropped_and_named() {
    let several = |questionnaire: &mut Questionnaire| question(questionnaire, ID).kind = Kind::MultiChoice;
    let mut old = earlier("yes");
    let (before, mut after) = (old.questionnaire().clone(), old.questionnaire().clone());
    several(&mut after);
    apply(&mut old, &Edit::Questionnaire { before: Box::new(before), after: Box::new(after) });
    let edit = choose(&old, ID, &["yes", "na"]);
    apply(&mut old, &edit);
    let mut questionnaire = saas();
    several(&mut questionnaire);
    for choices in questionnaire.answer_sets.values_mut().map(|set| &mut set.choices) {
        choices.retain(|choice| choice.id != "na");
    }
    let s = again(&old, questionnaire);
    let (answer, left) = carried(&s, ID).unwrap();
    assert_eq!((answer.choices, left), (vec!["yes".to_owned()], vec!["Not applicable".to_owned()]));
}

#[test]
fn nothing_is_taken_over_from_another_kind_of_question() {
    let mut questionnaire = saas();
    question(&mut questionnaire, ID).kind = Kind::Text;
    let s = again(&earlier("yes"), questionnaire);
    assert_eq!((matched(&s, ID), carried(&s, ID)), (Some(Match::OtherKind), None));
}

#[test]
fn nothing_is_taken_over_from_a_question_that_was_not_asked() {
    let mut old = session(1);
    let hidden = (0..old.len()).find(|&index| !old.is_asked(index)).unwrap();
    let question = old.question(hidden).id.clone();
    let after = Box::new(Answer { detail: "Hidden.".into(), ..Answer::default() });
    apply(&mut old, &Edit::Answer { question: question.clone(), before: Box::default(), after });
    let s = again(&old, load(SHOWCASE).unwrap());
    assert_eq!((matched(&s, &question), carried(&s, &question)), (Some(Match::Hidden), None));
}

#[test]
fn a_new_question_has_nothing_before_it_and_an_old_one_is_listed_as_gone_with_a_possible_match() {
    let mut questionnaire = saas();
    let changed = question(&mut questionnaire, ID);
    changed.id = "tls".into();
    changed.text = changed.text.replace("SaaS provider", "SaaS vendor");
    let s = again(&earlier("yes"), questionnaire);
    assert_eq!(matched(&s, "tls"), None);
    let previous = s.previous().unwrap();
    let gone: Vec<_> = previous.gone().collect();
    assert_eq!((gone.len(), gone[0].answer.detail.as_str()), (1, "As documented."));
    assert_eq!(possible_match(previous, gone[0], s.questionnaire()), Some("tls"));
}

#[test]
fn an_earlier_answer_that_is_left_over_is_matched_by_hand_and_can_be_taken_over() {
    let mut questionnaire = saas();
    let changed = question(&mut questionnaire, ID);
    changed.id = "tls".into();
    changed.text = "Is all traffic encrypted?".into();
    let mut s = again(&earlier("yes"), questionnaire);
    let index = s.index_of("tls").unwrap();
    assert_eq!(s.match_edit("internal-encryption", index), None, "it is still asked");
    let edit = s.match_edit(ID, index).unwrap();
    apply(&mut s, &edit);
    assert_eq!((matched(&s, "tls"), s.previous().unwrap().gone().count()), (Some(Match::Reworded), 0));
    assert_eq!(s.before(index).unwrap().answer.detail, "As documented.");
    assert_eq!(s.carry_over(index).unwrap().answer.detail, "As documented.");
    assert_eq!(s.match_edit(ID, index), None, "it has its earlier answer");
    apply(&mut s, &edit.inverse());
    assert_eq!((matched(&s, "tls"), s.previous().unwrap().gone().count()), (None, 1));
}

#[test]
fn a_question_with_the_same_text_that_is_matched_by_hand_counts_as_renamed() {
    let mut questionnaire = saas();
    question(&mut questionnaire, ID).id = "tls".into();
    let mut s = again(&earlier("yes"), questionnaire);
    let index = s.index_of("tls").unwrap();
    let unmatch = Edit::Match { was: ID.into(), before: Some("tls".into()), after: None };
    apply(&mut s, &unmatch);
    let edit = s.match_edit(ID, index).unwrap();
    apply(&mut s, &edit);
    assert_eq!(matched(&s, "tls"), Some(Match::Renamed));
    let wrong = Edit::Match { was: ID.into(), before: None, after: Some("tls".into()) };
    assert!(s.apply(&wrong, &super::stamp()).is_err(), "it belongs to a question already");
    assert!(s.previous().is_some());
}

#[test]
fn changed_help_is_not_rewording() {
    let mut questionnaire = saas();
    question(&mut questionnaire, ID).help = "Other help.".into();
    assert_eq!(matched(&again(&earlier("yes"), questionnaire), ID), Some(Match::Same));
}

#[test]
fn a_section_takes_over_what_is_the_same_and_was_good_as_one_step_that_is_not_read_yet() {
    let mut old = earlier("yes");
    let edit = choose(&old, "internal-encryption", &["no"]);
    apply(&mut old, &edit);
    let mut s = again(&old, saas());
    let edit = choose(&s, ID, &["no"]);
    apply(&mut s, &edit);
    let (edit, count) = s.carry_over_section(0).unwrap();
    apply(&mut s, &edit);
    let asked = (0..s.len()).filter(|&index| s.section_of(index) == 0).count();
    assert_eq!(count, asked - 2, "one was bad, one has an answer");
    assert_eq!(s.answer_to(ID).unwrap().choices, ["no"]);
    assert!(s.answer_to("external-certificates").unwrap().unread.0);
    let read = s.read_edit(s.index_of("external-certificates").unwrap()).unwrap();
    apply(&mut s, &read);
    assert!(!s.answer_to("external-certificates").unwrap().unread.0);
    apply(&mut s, &edit.inverse());
    assert!(s.answer_to("external-certificates").unwrap().is_empty());
}

#[test]
fn texts_of_the_page_are_taken_over_on_request_and_its_own_sections_are_asked_for_again() {
    let mut old = session(0);
    write(&mut old, TextRef::Introduction, "What it is.");
    let section =
        PageSection { heading: "Exit".into(), text: "Export all.".into(), ..PageSection::default() };
    let index = old.sections().len();
    apply(&mut old, &Edit::Section { index, before: None, after: Some(Box::new(section)) });
    let mut s = again(&old, saas());
    assert_eq!((s.introduction(), s.sections()[index].heading.as_str()), ("", "Exit"));
    for item in [Item::Introduction, Item::Section(index)] {
        let edit = s.carry_over_text(&item).unwrap();
        apply(&mut s, &edit);
        assert_eq!(s.carry_over_text(&item), None, "there is nothing left to take over");
    }
    assert_eq!((s.introduction(), s.sections()[index].text.as_str()), ("What it is.", "Export all."));
}

#[test]
fn a_third_session_knows_the_ids_of_all_before_it_and_the_answers_of_the_last() {
    let second = again(&earlier("yes"), saas());
    let third = Session::continued(&second, "second", saas(), "Example", NOW);
    let previous = third.previous().unwrap();
    assert_eq!((previous.session.as_str(), previous.older.as_slice()), ("second", &["old".to_owned()][..]));
    assert!(previous.answers.iter().all(|before| before.answer.is_empty()));
    assert_eq!(third.carry_over(0), None);
}

#[test]
fn only_tones_that_do_not_ask_for_action_are_kept() {
    let kept = |tone| {
        let mut questionnaire = saas();
        for set in questionnaire.answer_sets.values_mut() {
            set.choices.iter_mut().for_each(|choice| choice.tone = tone);
        }
        !carried(&again(&earlier("yes"), questionnaire), ID).unwrap().0.choices.is_empty()
    };
    let all = [Tone::Good, Tone::Neutral, Tone::NotApplicable, Tone::Bad, Tone::Partial, Tone::Unknown];
    assert_eq!(all.map(kept), [true, true, true, false, false, false]);
}

/// An answer whose detail cites a link that was read on this day.
fn citing(day: &str) -> Answer {
    let days = BTreeMap::from([("https://c.example".to_owned(), day.to_owned())]);
    Answer { detail: "See https://c.example".into(), cited: Uncompared(days), ..Answer::default() }
}

/// A session whose answer to the first question is this one.
fn answered(after: Answer) -> Session {
    let mut s = session(0);
    apply(&mut s, &Edit::Answer { question: ID.into(), before: Box::default(), after: Box::new(after) });
    s
}

#[test]
fn what_is_taken_over_keeps_the_days_of_its_citations_and_counts_as_read() {
    let mut reworded = saas();
    question(&mut reworded, ID).text.push_str(" Everywhere?");
    for questionnaire in [saas(), reworded] {
        let old = Answer { choices: vec!["yes".into()], unread: Uncompared(true), ..citing("2025-11-02") };
        let (answer, _) = carried(&again(&answered(old), questionnaire), ID).unwrap();
        assert_eq!((answer.cited.0, answer.unread.0), (citing("2025-11-02").cited.0, false));
    }
}

#[test]
fn an_answer_that_was_taken_over_is_not_offered_again_until_it_differs() {
    let mut s = again(&earlier("yes"), saas());
    assert!(!s.carry_over(0).unwrap().replaces);
    let edit = s.carry_over_edit(0).unwrap();
    apply(&mut s, &edit);
    assert_eq!(s.carry_over(0), None);
    write(&mut s, TextRef::Note(ID.into()), "asked");
    assert!(s.carry_over(0).unwrap().replaces);
}

#[test]
fn a_section_without_a_good_answer_offers_nothing() {
    assert_eq!(again(&earlier("no"), saas()).carry_over_section(0), None);
    let words = again(&answered(citing("2025-11-02")), saas());
    assert!(words.carry_over(0).is_some());
    assert_eq!(words.carry_over_section(0), None);
}

#[test]
fn links_are_read_again_whether_listed_or_only_cited_unless_they_were_read_today() {
    let today = "2026-11-22";
    let days = |answer: Answer| -> Option<Vec<String>> {
        let mut s = answered(answer);
        let edit = s.reread_edit(0, today)?;
        apply(&mut s, &edit);
        Some(s.evidence(0).iter().map(|link| link.retrieved.to_owned()).collect())
    };
    let listing = |day: &str| {
        let link = Link { url: "https://a.example".into(), retrieved: day.into(), ..Link::default() };
        Answer { links: vec![link], ..Answer::default() }
    };
    assert_eq!(days(listing("2025-11-22")), Some(vec![today.to_owned()]));
    assert_eq!(days(citing("2025-11-22")), Some(vec![today.to_owned()]));
    assert_eq!([listing(today), citing(today), Answer::default()].map(days), [None, None, None]);
}

#[test]
fn the_domain_the_properties_and_the_page_are_continued() {
    let page = "# Example\n".to_owned();
    let mut old = Session::imported(saas(), "Example", NOW, vec![], String::new(), vec![], page);
    apply(&mut old, &Edit::Domain { before: String::new(), after: "example.org".into() });
    write(&mut old, TextRef::Properties, "owner: Kim");
    let s = again(&old, saas());
    assert_eq!(
        (s.domain(), s.properties_text(), s.page()),
        ("example.org", "owner: Kim", Some("# Example\n"))
    );
}

#[test]
fn own_questions_are_asked_again_in_their_section_unless_the_questionnaire_asks_them_now() {
    let own = |id: &str, text: &str| Question { id: id.into(), ..Question::added("Own", text) };
    let mut before = saas();
    before.sections[0].questions.push(own("own-pays", "Who pays?"));
    before.sections[1].questions.push(own("own-decides", "Who decides?"));
    before.sections[1].questions.push(own("own-asks", "Who asks?"));
    before.sections[1].questions.push(own("own-knows", "Who knows?"));
    before.sections[2].questions.push(own("own-leaves", "Who leaves?"));
    let mut now = saas();
    now.sections.remove(2);
    let known = [own("own-decides", "Who is in charge?"), own("asks", "WHO asks")];
    now.sections[0].questions.extend(known.map(|known| Question { added: false, ..known }));
    let s = again(&Session::new(before, "Example", NOW), now);
    let added = (0..s.len()).filter(|&index| s.question(index).added);
    let added: Vec<_> = added.map(|index| (s.section_of(index), s.question(index).id.as_str())).collect();
    assert_eq!(added, [(0, "own-pays"), (1, "own-knows")]);
}

#[test]
fn the_comparison_counts_what_has_become_of_the_questions() {
    let mut old = earlier("yes");
    let (before, mut after) = (old.questionnaire().clone(), old.questionnaire().clone());
    let condition = r#"{"question":"external-tls","in":["no"]}"#;
    question(&mut after, "multi-factor-authentication").enable_when =
        Some(serde_json::from_str(condition).unwrap());
    apply(&mut old, &Edit::Questionnaire { before: Box::new(before), after: Box::new(after) });
    let mut now = saas();
    let moved = now.sections[0].questions.remove(1);
    now.sections[1].questions.push(moved);
    question(&mut now, "internal-encryption").id = "encryption".into();
    question(&mut now, "internal-certificates").text.push_str(" Everywhere?");
    let mut few = now.answer_sets["yes-no"].clone();
    few.choices.retain(|choice| choice.id != "yes");
    now.answer_sets.insert("few".into(), few);
    question(&mut now, "api-authentication").answer_set = Some("few".into());
    question(&mut now, "low-privilege-users").kind = Kind::Text;
    let other = question(&mut now, "event-logging");
    (other.id, other.text) = ("office".into(), "Is the office open on Sundays?".into());
    assert_eq!(
        again(&old, now).comparison(),
        "4 unchanged, 1 moved, 1 renamed, 1 reworded, 1 other choices, 1 other kind of answer, \
         1 was not asked, 1 new, 1 no longer asked"
    );
    assert_eq!(again(&earlier("yes"), saas()).comparison(), "11 unchanged");
    assert_eq!(old.comparison(), "");
}

#[test]
fn a_question_with_other_words_or_without_any_is_no_possible_match() {
    let mut questionnaire = saas();
    let other = question(&mut questionnaire, ID);
    (other.id, other.text) = ("office".into(), "Does the office open on Sundays?".into());
    let s = again(&earlier("yes"), questionnaire.clone());
    let previous = s.previous().unwrap();
    let mut gone = previous.gone().next().unwrap().clone();
    assert_eq!(possible_match(previous, &gone, &questionnaire), None);
    gone.was.text = "?".into();
    question(&mut questionnaire, "office").text = "!".into();
    assert_eq!(possible_match(previous, &gone, &questionnaire), None);
}

#[test]
fn an_earlier_session_is_of_the_day_of_its_last_published_change_or_else_of_its_creation() {
    let at = |time: &str| -> Timestamp { time.parse().unwrap() };
    let mut old = Session::new(saas(), "Example", at("2025-03-01T12:00:00Z"));
    let last = |old: &Session| {
        let s = again(old, saas());
        let previous = s.previous().unwrap();
        (previous.day.to_string(), previous.by.clone())
    };
    assert_eq!(last(&old), ("2025-03-01".to_owned(), String::new()));
    for (id, by, time) in
        [(ID, "Ann", "2025-05-02T12:00:00Z"), ("event-logging", "Kim", "2025-04-01T12:00:00Z")]
    {
        let edit = choose(&old, id, &["yes"]);
        old.apply(&edit, &Stamp { by: by.into(), at: at(time) }).unwrap();
    }
    assert_eq!(last(&old), ("2025-05-02".to_owned(), "Ann".to_owned()));
}
