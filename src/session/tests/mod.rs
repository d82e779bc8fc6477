//! Tests of sessions and their edits.

use jiff::Timestamp;

use crate::questionnaire::{BUILT_IN, Limit, Question, Questionnaire, SHOWCASE, Severity, load};
use crate::session::{
    Answer, Basis, Changed, Conflict, Edit, Entry, Field, FieldValue, History, Item, Link, LinkPart, Origin,
    PageSection, Place, Reason, Session, Stamp, TextRef, Uncompared, Unit,
};
use proptest::prelude::*;

mod again;
mod approval;
mod contradictions;
mod diff;
mod instances;
mod merge;

/// The time of all edits here.
const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn stamp() -> Stamp {
    Stamp { by: "Kim <kim@example.org>".into(), at: NOW }
}

/// A session of SaaS security (0) or of the showcase (1).
fn session(which: usize) -> Session {
    Session::new(load([BUILT_IN[0].1, SHOWCASE][which]).unwrap(), "Example", NOW)
}

fn choose(session: &Session, id: &str, choices: &[&str]) -> Edit {
    let before = session.answer_to(id).unwrap().choices.clone();
    Edit::Choose { question: id.into(), before, after: choices.iter().map(|c| (*c).to_owned()).collect() }
}

#[test]
fn a_questionnaire_can_say_what_to_write_in_the_introduction() {
    let place = "This text is published above the table";
    let own = session(1).prompt(&Item::Introduction).into_owned();
    assert!(own.starts_with(&format!("Which product of the vendor was reviewed? {place}")), "{own}");
    let mut questionnaire = load(SHOWCASE).unwrap();
    for (own, expected) in [
        ("What it is", "What it is. This text"),
        ("What it is (see below)", "What it is (see below). This text"),
        ("What it is.", "What it is. This text"),
        ("Write about:", "Write about: This text"),
        ("これは何ですか？", "これは何ですか？ This text"),
    ] {
        questionnaire.report.introduction = own.into();
        let prompt =
            Session::new(questionnaire.clone(), "Example", NOW).prompt(&Item::Introduction).into_owned();
        assert!(prompt.starts_with(expected), "{prompt}");
    }
    questionnaire.report.introduction = "  ".into();
    let default = Session::new(questionnaire, "Example", NOW).prompt(&Item::Introduction).into_owned();
    assert!(default.starts_with("What is it, what is it used for"), "{default}");
    assert!(default.contains(place), "{default}");
}

#[test]
fn a_yes_without_evidence_is_open_until_it_has_what_it_needs() {
    let mut s = session(0);
    s.apply(&choose(&s, "external-tls", &["yes"]), &stamp()).unwrap();
    let reasons: Vec<_> = s.reasons(0).iter().map(Reason::to_string).collect();
    assert_eq!(reasons, ["Yes needs a detail", "Yes needs a link"]);
    assert_eq!((s.progress().done, s.is_open(0)), (0, true));
    let detail = Edit::Splice {
        text: TextRef::Detail("external-tls".into()),
        at: 0,
        removed: String::new(),
        inserted: "See [this](https://a.example).".into(),
    };
    s.apply(&detail, &stamp()).unwrap();
    assert!(s.reasons(0).is_empty());
    assert_eq!(s.progress().done, 1);
    assert_eq!(s.section_progress(0).done, 1);
}

#[test]
fn screening_is_asked_unless_all_data_is_public() {
    let is_asked = |kinds: &[&str]| {
        let mut s = session(1);
        s.apply(&choose(&s, "data-kinds", kinds), &stamp()).unwrap();
        s.is_asked(s.index_of("screening").unwrap())
    };
    assert!(is_asked(&["public", "personal"]));
    assert!(!is_asked(&["public"]));
}

#[test]
fn internal_encryption_is_rarely_published_so_a_yes_needs_no_link() {
    for id in ["internal-encryption", "internal-certificates"] {
        let mut s = session(0);
        s.apply(&choose(&s, id, &["yes"]), &stamp()).unwrap();
        let reasons: Vec<_> = s.reasons(s.index_of(id).unwrap()).iter().map(Reason::to_string).collect();
        assert_eq!(reasons, ["Yes needs a detail"]);
    }
}

#[test]
fn a_value_outside_of_its_range_is_open_and_says_why() {
    let mut questionnaire = load(SHOWCASE).unwrap();
    let questions = questionnaire.sections.iter_mut().flat_map(|section| &mut section.questions);
    for question in questions {
        question.enable_when = None;
        match question.id.as_str() {
            "people" => (question.min, question.integer) = (Some(Limit::Number(1.0)), true),
            "next-review" => question.max = Some(Limit::Date("2030-12-31".into())),
            _ => {}
        }
    }
    let reason = |id: &str, value: &str| {
        let mut s = Session::new(questionnaire.clone(), "Example", NOW);
        let text = TextRef::Value(id.into());
        s.apply(&Edit::Splice { text, at: 0, removed: String::new(), inserted: value.into() }, &stamp())
            .unwrap();
        s.reasons(s.index_of(id).unwrap()).first().map(Reason::to_string).unwrap_or_default()
    };
    assert_eq!(reason("people", "0"), "less than the minimum, 1");
    assert_eq!(reason("people", "1.5"), "not a whole number");
    assert_eq!(reason("people", "1"), "");
    assert_eq!(reason("next-review", "2031-01-01"), "more than the maximum, 2030-12-31");
    assert_eq!(reason("next-review", "2030-12-31"), "");
    assert_eq!(reason("next-review", "0000-12-31"), reason("next-review", "soon"));
}

#[test]
fn a_link_that_cannot_be_opened_or_has_no_words_is_no_evidence() {
    let open_with = |detail: &str, url: &str| {
        let mut s = session(0);
        s.apply(&choose(&s, "external-tls", &["yes"]), &stamp()).unwrap();
        let text = TextRef::Detail("external-tls".into());
        s.apply(&Edit::Splice { text, at: 0, removed: String::new(), inserted: detail.into() }, &stamp())
            .unwrap();
        let after = Some(Link { url: url.into(), ..Link::default() });
        s.apply(
            &Edit::Link {
                question: "external-tls".into(),
                index: 0,
                before: None,
                after: after.map(Box::new),
            },
            &stamp(),
        )
        .unwrap();
        !s.reasons(0).is_empty()
    };
    for detail in ["[]()", "[x]()", "[](https://a.example)", "[x](javascript:alert)", "[x](//)", "<x:y>"] {
        assert!(open_with(detail, ""), "{detail}");
    }
    for url in ["javascript:alert(1)", "https://", "https://a b", "notes.txt"] {
        assert!(open_with("none", url), "{url}");
    }
    for detail in ["[x](https://a.example)", "https://a.example", "<https://a.example>", "<a@b.example>"] {
        assert!(!open_with(detail, ""), "{detail}");
    }
    assert!(!open_with("none", "https://a.example"));
}

#[test]
fn a_condition_hides_and_shows_questions_and_keeps_their_answers() {
    let mut s = session(1);
    let keys = s.index_of("own-keys").unwrap();
    assert!(!s.is_asked(keys));
    s.apply(&choose(&s, "at-rest", &["yes"]), &stamp()).unwrap();
    s.apply(&choose(&s, "data-kinds", &["special"]), &stamp()).unwrap();
    assert!(s.is_asked(keys));
    let asked = s.progress().asked;
    s.apply(&choose(&s, "own-keys", &["no"]), &stamp()).unwrap();
    s.apply(&choose(&s, "data-kinds", &["public"]), &stamp()).unwrap();
    assert!(!s.is_asked(keys));
    assert!(s.progress().asked < asked);
    assert_eq!(s.answer(keys).choices, ["no"]);
}

#[test]
fn only_visible_questions_are_asked_and_in_order() {
    let mut s = session(1);
    let keys = s.index_of("own-keys").unwrap();
    assert!(!s.asked().any(|index| index == keys));
    let version = s.visibility_version();
    s.apply(&choose(&s, "at-rest", &["yes"]), &stamp()).unwrap();
    s.apply(&choose(&s, "data-kinds", &["special"]), &stamp()).unwrap();
    assert!(s.asked().any(|index| index == keys));
    assert!(s.asked().is_sorted());
    assert_eq!(s.asked().count(), s.progress().asked);
    assert_ne!(s.visibility_version(), version);
}

#[test]
fn an_answer_with_advice_is_a_finding() {
    let mut s = session(0);
    assert!(s.findings(0).is_empty());
    s.apply(&choose(&s, "external-tls", &["no"]), &stamp()).unwrap();
    let findings = s.findings(0);
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].choice, findings[0].advice.severity), ("no", Severity::Critical));
    s.apply(&choose(&s, "external-tls", &["na"]), &stamp()).unwrap();
    assert!(s.findings(0).is_empty());
}

#[test]
fn the_reasons_of_an_open_question_are_one_text() {
    let mut s = session(0);
    assert_eq!(s.reason_text(0), "not answered yet");
    s.apply(&choose(&s, "external-tls", &["yes"]), &stamp()).unwrap();
    s.apply(
        &Edit::Flag { question: "external-tls".into(), before: None, after: Some(" ask Ann ".into()) },
        &stamp(),
    )
    .unwrap();
    assert_eq!(s.reason_text(0), "Yes needs a detail; Yes needs a link; flagged: ask Ann");
}

#[test]
fn choices_have_keys_and_labels() {
    let mut s = session(0);
    assert_eq!(
        s.choices(0).iter().map(|c| c.id.as_str()).collect::<Vec<_>>(),
        ["yes", "no", "partial", "unknown", "na"]
    );
    assert_eq!(s.choice_keys(0), ['y', 'n', 'p', 'u', 'a']);
    s.apply(&choose(&s, "external-tls", &["na", "gone"]), &stamp()).unwrap();
    assert_eq!(s.chosen_labels(0), ["Not applicable", "gone"]);
    let s = session(1);
    let purpose = s.index_of("purpose").unwrap();
    assert!(s.choices(purpose).is_empty() && s.choice_keys(purpose).is_empty());
}

#[test]
fn a_session_keeps_the_texts_of_one_language_only() {
    let mut questionnaire = load(BUILT_IN[0].1).unwrap();
    questionnaire.translations.insert("de".into(), Default::default());
    let session = Session::new(questionnaire, "Boat", Timestamp::UNIX_EPOCH);
    assert_eq!(session.questionnaire().lang.as_deref(), Some("en"));
    assert!(session.questionnaire().translations.is_empty());
}

#[test]
fn an_edit_names_what_it_changes() {
    let splice = |text| Edit::Splice { text, at: 0, removed: String::new(), inserted: "x".into() };
    let id = || "external-tls".to_owned();
    assert_eq!(splice(TextRef::Detail(id())).what(), "detail");
    assert_eq!(splice(TextRef::Value(id())).what(), "answer");
    assert_eq!(splice(TextRef::Link(id(), 0, LinkPart::Quote)).what(), "link");
    assert_eq!(splice(TextRef::Introduction).what(), "introduction");
    assert_eq!(Edit::Subject { before: id(), after: id() }.what(), "subject");
    assert_eq!(choose(&session(0), "external-tls", &["no"]).what(), "answer");
    assert_eq!(Edit::All(vec![splice(TextRef::Note(id()))]).what(), "note");
    assert_eq!(
        Edit::All(vec![splice(TextRef::Note(id())), splice(TextRef::Properties)]).what(),
        "several changes"
    );
}

#[test]
fn an_edit_that_does_not_match_changes_nothing() {
    let mut s = session(0);
    let before = s.clone();
    let link = |index, is_before: bool, is_after: bool| Edit::Link {
        question: "external-tls".into(),
        index,
        before: is_before.then(Box::default),
        after: is_after.then(Box::default),
    };
    let bad = [
        Edit::Splice {
            text: TextRef::Detail("nope".into()),
            at: 0,
            removed: String::new(),
            inserted: "x".into(),
        },
        Edit::Splice { text: TextRef::Introduction, at: 5, removed: "x".into(), inserted: String::new() },
        Edit::Splice {
            text: TextRef::Introduction,
            at: usize::MAX,
            removed: "x".into(),
            inserted: String::new(),
        },
        Edit::MoveLink { question: "external-tls".into(), from: 0, to: 1 },
        link(1, false, true),
        link(0, true, false),
        link(0, true, true),
        link(0, false, false),
        Edit::MoveSection { from: 0, to: 99 },
        Edit::MoveSection { from: 99, to: 0 },
        Edit::Choose { question: "external-tls".into(), before: vec!["yes".into()], after: vec![] },
        Edit::Choose { question: "nope".into(), before: vec![], after: vec!["yes".into()] },
    ];
    for edit in bad {
        let error = s.apply(&edit, &stamp()).map_err(|mismatch| mismatch.to_string());
        assert_eq!(error, Err("the edit does not match the session".to_owned()), "{edit:?}");
    }
    assert_eq!(s, before);
}

#[test]
fn the_last_change_of_what_an_edit_changes_is_known_once_it_was_changed() {
    let mut s = session(0);
    let edit = choose(&s, "external-tls", &["no"]);
    assert_eq!(s.last_change(&edit), None);
    s.apply(&edit, &stamp()).unwrap();
    assert_eq!(s.last_change(&edit), Some(&stamp()));
    assert!(!s.is_empty());
}

#[test]
fn a_section_is_not_renamed_to_its_own_heading_another_one_or_none() {
    let mut s = session(0);
    let index = s.sections().len();
    for heading in ["Exit", "Entry"] {
        let after = Some(Box::new(PageSection { heading: heading.into(), ..PageSection::default() }));
        s.apply(&Edit::Section { index, before: None, after }, &stamp()).unwrap();
    }
    for heading in ["Entry", "Exit", " "] {
        assert!(s.rename_section(index, heading).is_none(), "{heading}");
    }
    assert!(s.rename_section(index, "Way out").is_some());
    s.resume_at(TextRef::Section(index + 2).position(0));
    assert_ne!(s.position().item, Item::Section(index + 2), "there is no such section");
}

#[test]
fn setting_the_last_changes_replaces_those_that_it_names_and_keeps_the_others() {
    let mut s = session(0);
    let changed = |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), stamp())).collect::<Changed>();
    let set = |s: &mut Session, before: &[&str], after: &[&str]| {
        s.apply(&Edit::Changed { before: changed(before), after: changed(after) }, &stamp()).unwrap();
    };
    set(&mut s, &[], &["a", "b"]);
    set(&mut s, &["b"], &["c"]);
    assert_eq!(s.changed(), &changed(&["a", "c"]));
}

#[test]
fn the_position_follows_the_last_edit() {
    let mut s = session(0);
    let edit = Edit::Splice {
        text: TextRef::Note("logs-for-client".into()),
        at: 0,
        removed: String::new(),
        inserted: "abc".into(),
    };
    s.apply(&edit, &stamp()).unwrap();
    assert_eq!(s.position().item, Item::Question("logs-for-client".into()));
    assert_eq!((s.position().field, s.position().cursor), (Field::Note, 3));
}

#[test]
fn undo_passes_over_moving_reading_and_remembering_the_page_but_over_nothing_that_was_written() {
    let go = || TextRef::Introduction.position(0);
    let answer = |after: Answer| Edit::Answer {
        question: "external-tls".into(),
        before: Box::default(),
        after: Box::new(after),
    };
    for (edit, is_no_step) in [
        (Edit::Go { before: go(), after: go() }, true),
        (Edit::Page { before: None, after: Some("x".into()) }, true),
        (Edit::Changed { before: Changed::new(), after: Changed::new() }, true),
        (answer(Answer { unread: Uncompared(true), ..Answer::default() }), true),
        (answer(Answer { note: "x".into(), ..Answer::default() }), false),
        (Edit::Subject { before: "Example".into(), after: "Other".into() }, false),
        (choose(&session(0), "external-tls", &["no"]), false),
    ] {
        let mut history = History::default();
        history.record(&edit, Origin::Do, NOW);
        assert_eq!(history.undo().is_none(), is_no_step, "{edit:?}");
    }
}

#[test]
fn a_text_has_at_most_256_kib_and_only_what_is_left_of_it_counts() {
    let mut s = session(0);
    let splice = |removed: &str, inserted: &str| Edit::Splice {
        text: TextRef::Introduction,
        at: 0,
        removed: removed.into(),
        inserted: inserted.into(),
    };
    assert!(s.apply(&splice("", &"a".repeat(262_145)), &stamp()).is_err());
    s.apply(&splice("", &"a".repeat(262_144)), &stamp()).unwrap();
    s.apply(&splice("aa", "bb"), &stamp()).unwrap();
    assert!(s.apply(&splice("b", "cc"), &stamp()).is_err());
    assert_eq!(s.introduction().len(), 262_144);
}

#[test]
fn a_session_starts_at_its_first_open_question_or_its_first_one_or_its_introduction() {
    let start = |questions: usize, answers: Vec<Answer>| {
        let questionnaire = first_questions(questions);
        let s =
            Session::imported(questionnaire, "Example", NOW, answers, String::new(), vec![], String::new());
        s.position().item.clone()
    };
    let done = || Answer { choices: vec!["na".into()], ..Answer::default() };
    let at = |id: &str| Item::Question(id.into());
    assert_eq!(start(2, vec![done()]), at("external-certificates"));
    assert_eq!(start(2, vec![done(), done()]), at("external-tls"));
    assert_eq!(start(0, vec![]), Item::Introduction);
}

/// The first questions of the first questionnaire, which has only them.
fn first_questions(count: usize) -> Questionnaire {
    let mut questionnaire = load(BUILT_IN[0].1).unwrap();
    questionnaire.sections.truncate(1);
    questionnaire.sections[0].questions.truncate(count);
    questionnaire
}

/// Three questions, each of which is asked if the one after it is answered with yes.
fn chain() -> Session {
    let mut questionnaire = first_questions(3);
    let questions = &mut questionnaire.sections[0].questions;
    for (asked, needed) in [(0, 1), (1, 2)] {
        let condition = format!(r#"{{"question":"{}","in":["yes"]}}"#, questions[needed].id);
        questions[asked].enable_when = Some(serde_json::from_str(&condition).unwrap());
    }
    Session::new(questionnaire, "Example", NOW)
}

#[test]
fn questions_that_depend_on_each_other_appear_and_disappear_together() {
    let mut s = chain();
    let mut asked_after = |id: &str, choice: &str| {
        let edit = choose(&s, id, &[choice]);
        s.apply(&edit, &stamp()).unwrap();
        let read: Session = serde_json::from_str(&serde_json::to_string(&s).unwrap()).unwrap();
        assert_eq!(read.asked().collect::<Vec<_>>(), s.asked().collect::<Vec<_>>(), "{id} {choice}");
        s.asked().collect::<Vec<_>>()
    };
    assert_eq!(asked_after("external-certificates", "yes"), [2]);
    assert_eq!(asked_after("internal-encryption", "yes"), [0, 1, 2]);
    assert_eq!(asked_after("internal-encryption", "no"), [2]);
    assert_eq!(asked_after("internal-encryption", "yes"), [0, 1, 2]);
    assert_eq!(asked_after("external-certificates", "no"), [1, 2]);
}

#[test]
fn a_question_whose_condition_is_about_itself_can_be_answered() {
    let mut questionnaire = first_questions(1);
    let condition = r#"{"question":"external-tls","answered":false}"#;
    questionnaire.sections[0].questions[0].enable_when = Some(serde_json::from_str(condition).unwrap());
    let mut s = Session::new(questionnaire, "Example", NOW);
    assert!(s.is_asked(0));
    s.apply(&choose(&s, "external-tls", &["no"]), &stamp()).unwrap();
    assert_eq!(s.answer(0).choices, ["no"]);
}

#[test]
fn the_version_of_what_is_asked_stays_while_nothing_appears_and_is_new_whenever_something_did() {
    let mut s = chain();
    let version = s.visibility_version();
    s.apply(&choose(&s, "internal-encryption", &["no"]), &stamp()).unwrap();
    assert_eq!(s.visibility_version(), version);
    s.apply(&choose(&s, "internal-encryption", &["yes"]), &stamp()).unwrap();
    assert_ne!(s.visibility_version(), version);

    let mut s = Session::new(first_questions(1), "Example", NOW);
    let mut versions = vec![s.visibility_version()];
    let remove = Edit::Question {
        section: "data-in-transit".into(),
        index: 0,
        before: Some(Box::new(s.question(0).clone())),
        after: None,
    };
    for edit in [&remove, &remove.inverse()] {
        s.apply(edit, &stamp()).unwrap();
        assert!(!versions.contains(&s.visibility_version()), "{versions:?}");
        versions.push(s.visibility_version());
    }
}

#[test]
fn everything_about_a_session_is_read_back_from_json_even_answers_without_a_question() {
    let created: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    let (introduction, page) = ("It floats.".to_owned(), "# A boat\n".to_owned());
    let mut s = Session::imported(first_questions(2), "Boat", created, vec![], introduction, vec![], page);
    let kept = Answer { note: "Kept.".into(), ..Answer::default() };
    let answer = |before: &Answer, after: &Answer| Edit::Answer {
        question: "elsewhere".into(),
        before: Box::new(before.clone()),
        after: Box::new(after.clone()),
    };
    for edit in [
        answer(&Answer::default(), &kept),
        choose(&s, "external-tls", &["no"]),
        Edit::Domain { before: String::new(), after: "boat.example".into() },
    ] {
        s.apply(&edit, &stamp()).unwrap();
    }
    let mut read: Session = serde_json::from_str(&serde_json::to_string(&s).unwrap()).unwrap();
    assert_eq!(read, s);
    assert_eq!((read.subject(), read.domain(), read.created()), ("Boat", "boat.example", created));
    assert_eq!((read.introduction(), read.page()), ("It floats.", Some("# A boat\n")));
    assert_eq!(read.orphans(), [("elsewhere".to_owned(), kept.clone())]);
    read.apply(&answer(&kept, &Answer::default()), &stamp()).unwrap();
    assert!(read.orphans().is_empty());
}

#[test]
fn answers_that_are_not_by_question_or_answer_one_twice_are_refused() {
    let json = serde_json::to_string(&session(0)).unwrap();
    let error = |answers: &str| {
        let json = json.replace("\"answers\":{}", &format!("\"answers\":{answers}"));
        serde_json::from_str::<Session>(&json).unwrap_err().to_string()
    };
    let no_map = error("[]");
    assert!(no_map.contains("expected answers by question id"), "{no_map}");
    let twice = error(r#"{"external-tls":{"note":"a"},"external-tls":{"note":"b"}}"#);
    assert!(twice.contains("duplicate answer to `external-tls`"), "{twice}");
}

#[test]
fn a_match_says_in_which_link_or_part_of_the_page_it_is() {
    let mut s = session(0);
    let link = |quote: &str| Link { url: "https://a.example".into(), quote: quote.into(), ..Link::default() };
    let answer = Answer { links: vec![link("Two boats."), link("Two zebras.")], ..Answer::default() };
    let section = PageSection { heading: "Zebra exit".into(), ..PageSection::default() };
    let splice = |text, inserted: &str| Edit::Splice {
        text,
        at: 0,
        removed: String::new(),
        inserted: inserted.into(),
    };
    for edit in [
        Edit::Answer { question: "external-tls".into(), before: Box::default(), after: Box::new(answer) },
        Edit::Section { index: 1, before: None, after: Some(Box::new(section)) },
        splice(TextRef::Introduction, "A zebra."),
        splice(TextRef::Properties, "owner: zebra"),
    ] {
        s.apply(&edit, &stamp()).unwrap();
    }
    let found = s.search(0, "ZEBRA").unwrap();
    assert_eq!((found.field, found.link, found.range, found.is_typed), (Field::LinkQuote, 1, 4..9, true));
    assert_eq!(s.search(1, "zebra"), None);
    let parts: Vec<_> =
        s.search_page("zebra").into_iter().map(|(_, item, f)| (item, f.range, f.is_typed)).collect();
    assert_eq!(
        parts,
        [(Item::Properties, 7..12, true), (Item::Introduction, 2..7, true), (Item::Section(1), 0..5, false),]
    );
}

#[test]
fn every_text_is_typed_into_at_its_own_position_and_only_long_ones_have_several_lines() {
    let mut s = session(1);
    let id = || "purpose".to_owned();
    let after = Answer { flag: Some(String::new()), links: vec![Link::default(); 2], ..Answer::default() };
    let edit = Edit::Answer { question: id(), before: Box::default(), after: Box::new(after) };
    s.apply(&edit, &stamp()).unwrap();
    let texts = [
        (TextRef::Value(id()), false),
        (TextRef::Qualifier(id()), false),
        (TextRef::Detail(id()), true),
        (TextRef::Note(id()), true),
        (TextRef::Flag(id()), false),
        (TextRef::Link(id(), 1, LinkPart::Url), false),
        (TextRef::Link(id(), 1, LinkPart::Label), false),
        (TextRef::Link(id(), 1, LinkPart::Quote), false),
        (TextRef::Introduction, true),
        (TextRef::Properties, true),
        (TextRef::Section(1), true),
    ];
    for (n, (text, _)) in texts.iter().enumerate() {
        let (text, inserted) = (text.clone(), format!("text {n}"));
        s.apply(&Edit::Splice { text, at: 0, removed: String::new(), inserted }, &stamp()).unwrap();
    }
    for (n, (text, is_multiline)) in texts.into_iter().enumerate() {
        assert_eq!(s.text(&text), Some(format!("text {n}").as_str()), "{text:?}");
        assert_eq!(text.is_multiline(), is_multiline, "{text:?}");
        assert_eq!(s.text_at(&text.position(0)), Some(text));
    }
    for missing in [
        TextRef::Flag("people".into()),
        TextRef::Link(id(), 2, LinkPart::Url),
        TextRef::Detail("nope".into()),
    ] {
        assert_eq!((s.text(&missing), s.text_at(&missing.position(0))), (None, None), "{missing:?}");
    }
    assert_eq!(s.text_at(&TextRef::Value("locations".into()).position(0)), None, "it has choices");
}

/// `id`, with a number if it is taken.
fn free(id: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    (0..).map(|n| format!("{id}-{n}")).find(|id| !is_taken(id)).unwrap()
}

/// An edit that matches `session`, derived from random numbers.
fn edit_for(session: &Session, seed: &Seed) -> Edit {
    let (kind, which, a, b, text) = seed;
    let index = which % session.len();
    let id = session.question(index).id.clone();
    let answer = session.answer(index);
    let splice = |text_ref: TextRef, inserted: &str| {
        let current = session.text(&text_ref).unwrap_or("");
        let boundary =
            |at: usize| (0..=at % (current.len() + 1)).rev().find(|&i| current.is_char_boundary(i)).unwrap();
        let (start, end) = (boundary(*a).min(boundary(*b)), boundary(*a).max(boundary(*b)));
        Edit::Splice {
            text: text_ref,
            at: start,
            removed: current[start..end].into(),
            inserted: inserted.into(),
        }
    };
    match kind % 19 {
        0 => {
            let choices = session.questionnaire().choices(session.question(index));
            let after =
                choices.iter().map(|c| c.id.clone()).nth(a % (choices.len() + 1)).into_iter().collect();
            Edit::Choose { question: id, before: answer.choices.clone(), after }
        }
        1 => Edit::Link {
            question: id,
            index: a % (answer.links.len() + 1),
            before: None,
            after: Some(Box::new(Link { url: text.clone(), ..Link::default() })),
        },
        2 if !answer.links.is_empty() => {
            let index = a % answer.links.len();
            Edit::Link {
                question: id,
                index,
                before: Some(Box::new(answer.links[index].clone())),
                after: None,
            }
        }
        3 if !answer.links.is_empty() => {
            Edit::MoveLink { question: id, from: a % answer.links.len(), to: b % answer.links.len() }
        }
        4 if !answer.links.is_empty() => {
            splice(TextRef::Link(id, a % answer.links.len(), LinkPart::Label), text)
        }
        5 => Edit::Basis { question: id, before: answer.basis, after: Basis::next(answer.basis) },
        6 => Edit::Flag {
            question: id,
            before: answer.flag.clone(),
            after: if *b % 2 == 0 { Some(text.clone()) } else { None },
        },
        7 => Edit::Subject { before: session.subject().into(), after: text.clone() },
        8 => splice(TextRef::Value(id), text),
        9 => splice(TextRef::Introduction, text),
        10..=18 => structural_edit_for(session, seed),
        _ => splice(TextRef::Detail(id), text),
    }
}

/// An edit of sections, questions, whole answers or entries that matches `session`.
fn structural_edit_for(session: &Session, (kind, which, a, b, text): &Seed) -> Edit {
    let index = which % session.len();
    let id = session.question(index).id.clone();
    let answer = session.answer(index);
    let append = |text_ref: TextRef| {
        let at = session.text(&text_ref).unwrap().len();
        Edit::Splice { text: text_ref, at, removed: String::new(), inserted: text.clone() }
    };
    match kind % 19 {
        10 => append(TextRef::Properties),
        11 => Edit::Section {
            index: a % (session.sections().len() + 1),
            before: None,
            after: Some(Box::new(PageSection { heading: text.clone(), ..PageSection::default() })),
        },
        12 if !session.sections().is_empty() => {
            let index = a % session.sections().len();
            Edit::Section { index, before: Some(Box::new(session.sections()[index].clone())), after: None }
        }
        13 if !session.sections().is_empty() => {
            let count = session.sections().len();
            Edit::MoveSection { from: a % count, to: b % count }
        }
        14 => Edit::Question {
            section: session.questionnaire().sections[0].id.clone(),
            index: 0,
            before: None,
            after: Some(Box::new(Question {
                id: free(&format!("added-{a}"), &|id| session.index_of(id).is_some()),
                ..Question::added("Own", text)
            })),
        },
        15 if session.len() > 1 => {
            let section = &session.questionnaire().sections[session.section_of(index)];
            let place = section.questions.iter().position(|question| question.id == id).unwrap();
            let before = Some(Box::new(section.questions[place].clone()));
            Edit::Question { section: section.id.clone(), index: place, before, after: None }
        }
        16 => {
            let after = Answer { detail: text.clone(), note: format!("{a}"), ..Answer::default() };
            Edit::Answer { question: id, before: Box::new(answer.clone()), after: Box::new(after) }
        }
        17 => {
            let conflict = Conflict {
                id: free(&format!("{a:016x}"), &|id| session.entries().conflicts.iter().any(|c| c.id == id)),
                place: Place::Question(id.clone(), Unit::Detail),
                base: None,
                other: Some(FieldValue::Text(text.clone())),
                made: stamp(),
            };
            let add = Edit::Entry { before: None, after: Some(Entry::Conflict(Box::new(conflict))) };
            Edit::All(vec![add, append(TextRef::Note(id))])
        }
        18 => instance_edit_for(session, session.section_of(index), *a, text)
            .unwrap_or_else(|| append(TextRef::Detail(id))),
        _ => append(TextRef::Detail(id)),
    }
}

/// An edit that adds, renames or removes an instance, if the section repeats and allows it.
fn instance_edit_for(session: &Session, section: usize, a: usize, text: &str) -> Option<Edit> {
    match a % 3 {
        0 => session.add_instance(section, text),
        1 => session.rename_instance(section, text),
        _ => session.remove_instance(section),
    }
    .ok()
}

type Seed = (u8, usize, usize, usize, String);

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    prop::collection::vec(
        (any::<u8>(), 0usize..40, any::<usize>(), any::<usize>(), "[a-zé \\n日👩‍💻]{0,6}"),
        0..40,
    )
}

proptest! {
    #[test]
    fn undoing_all_edits_restores_the_start_and_redoing_them_the_end(seeds in seeds(), which in 0usize..2) {
        let start = session(which);
        let mut live = start.clone();
        let mut history = History::default();
        for seed in &seeds {
            let edit = edit_for(&live, seed);
            live.apply(&edit, &stamp()).unwrap();
            history.record(&edit, Origin::Do, NOW);
        }
        let end = live.clone();
        while let Some(edit) = history.undo() {
            live.apply(&edit, &stamp()).unwrap();
            history.record(&edit, Origin::Undo, NOW);
        }
        prop_assert_eq!(&live, &start);
        while let Some(edit) = history.redo() {
            live.apply(&edit, &stamp()).unwrap();
            history.record(&edit, Origin::Redo, NOW);
        }
        prop_assert_eq!(&live, &end);
    }

    #[test]
    fn replaying_the_edits_from_json_restores_the_session_and_its_history(
        seeds in seeds(),
        undos in prop::collection::vec(any::<bool>(), 40)
    ) {
        let mut live = session(1);
        let mut history = History::default();
        let mut journal = Vec::new();
        for (seed, undo) in seeds.iter().zip(undos) {
            let (edit, origin) = match history.undo().filter(|_| undo) {
                Some(edit) => (edit, Origin::Undo),
                None => (edit_for(&live, seed), Origin::Do),
            };
            live.apply(&edit, &stamp()).unwrap();
            history.record(&edit, origin, NOW);
            journal.push(serde_json::to_string(&(&edit, origin)).unwrap());
        }
        let mut replayed = session(1);
        let mut replayed_history = History::default();
        for line in journal {
            let (edit, origin): (Edit, Origin) = serde_json::from_str(&line).unwrap();
            replayed.replay(&edit, &stamp()).unwrap();
            replayed_history.record(&edit, origin, NOW);
        }
        replayed.settle();
        prop_assert_eq!(&replayed, &live);
        prop_assert_eq!(replayed.position(), live.position());
        prop_assert_eq!(replayed_history, history);
    }

    #[test]
    fn progress_updated_by_edits_equals_progress_computed_from_scratch(seeds in seeds()) {
        let mut live = session(1);
        for seed in &seeds {
            live.apply(&edit_for(&live, seed), &stamp()).unwrap();
        }
        let json = serde_json::to_string(&live).unwrap();
        let fresh: Session = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(fresh.changed(), live.changed());
        prop_assert_eq!(fresh, live);
    }
}
