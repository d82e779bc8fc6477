//! Tests of answers that contradict each other, and of models whose blanks are not filled in.

use super::{choose, session, stamp};
use crate::questionnaire::{Need, SHOWCASE, load};
use crate::session::{Edit, Field, Reason, Session, TextRef};

fn make(session: &mut Session, id: &str, choices: &[&str]) {
    let edit = choose(session, id, choices);
    session.apply(&edit, &stamp()).unwrap();
}

fn reasons(session: &Session, id: &str) -> Vec<Reason> {
    session.reasons(session.index_of(id).unwrap())
}

fn is_open(session: &Session, id: &str) -> bool {
    session.is_open(session.index_of(id).unwrap())
}

/// A session in which a penetration test contradicts that there are no reports, and needs nothing else.
fn contradictory() -> Session {
    let mut questionnaire = load(SHOWCASE).unwrap();
    for question in questionnaire.sections.iter_mut().flat_map(|section| &mut section.questions) {
        question.needs.clear();
    }
    let mut s = Session::new(questionnaire, "Example", super::NOW);
    make(&mut s, "pentest", &["yes"]);
    s
}

#[test]
fn a_contradiction_keeps_one_question_open_whichever_answer_completes_it() {
    let mut s = contradictory();
    assert!(!is_open(&s, "pentest"));
    let done = s.progress().done;
    make(&mut s, "reports", &["none"]);
    let rule = s.questionnaire().rules[0].clone();
    let place = rule.questions[0].as_str();
    assert_eq!(reasons(&s, place), [Reason::Contradiction(rule.say)]);
    assert!(is_open(&s, place));
    assert_eq!(s.progress().done, done, "one more is answered, and one is open again");
    make(&mut s, "pentest", &["no"]);
    assert!(!is_open(&s, place) && !is_open(&s, "pentest"));
    assert_eq!(s.progress().done, done + 1);
}

#[test]
fn a_contradiction_is_reported_at_the_next_question_if_the_first_is_not_asked() {
    let mut questionnaire = load(SHOWCASE).unwrap();
    let hide = questionnaire.rules[0].questions[0].clone();
    let when = crate::questionnaire::Condition::In(crate::questionnaire::InCondition {
        question: "own-keys".into(),
        among: vec!["yes".into()],
    });
    questionnaire.rules[0].when = crate::questionnaire::Condition::In(crate::questionnaire::InCondition {
        question: "reports".into(),
        among: vec!["none".into()],
    });
    questionnaire.rules[0].questions = vec![hide.clone(), "training".into()];
    let questions = questionnaire.sections.iter_mut().flat_map(|section| &mut section.questions);
    questions.for_each(|question| {
        if question.id == hide {
            question.enable_when = Some(when.clone());
        }
        if question.id == "own-keys" {
            question.enable_when = None;
        }
    });
    let mut s = Session::new(questionnaire, "Example", super::NOW);
    make(&mut s, "reports", &["none"]);
    let contradicts = |s: &Session, id: &str| {
        reasons(s, id).iter().any(|reason| matches!(reason, Reason::Contradiction(_)))
    };
    assert!(!contradicts(&s, &hide) && contradicts(&s, "training"));
    make(&mut s, "own-keys", &["yes"]);
    assert!(contradicts(&s, &hide) && !contradicts(&s, "training"));
}

#[test]
fn a_choice_that_goes_with_no_other_one_contradicts_others() {
    let mut s = contradictory();
    make(&mut s, "reports", &["none", "soc2"]);
    let alone = Reason::Contradiction("None is chosen together with others".into());
    assert!(reasons(&s, "reports").contains(&alone));
}

#[test]
fn a_blank_of_the_model_that_is_left_keeps_the_question_open() {
    let mut questionnaire = load(SHOWCASE).unwrap();
    let questions = questionnaire.sections.iter_mut().flat_map(|section| &mut section.questions);
    questions.filter(|question| question.id == "mfa").for_each(|question| {
        question.needs = [("yes".to_owned(), vec![Need::Detail])].into();
        question.skeleton = "Required for … by …; recovery: …\n… (seen on …)".into();
    });
    let mut s = Session::new(questionnaire, "Example", super::NOW);
    make(&mut s, "mfa", &["yes"]);
    let mut blank_in = |detail: &str| {
        let removed = s.answer_to("mfa").unwrap().detail.clone();
        let text = TextRef::Detail("mfa".into());
        s.apply(&Edit::Splice { text, at: 0, removed, inserted: detail.into() }, &stamp()).unwrap();
        match reasons(&s, "mfa").as_slice() {
            [] => String::new(),
            [Reason::Blank(Field::Detail, words)] => words.clone(),
            other => format!("{other:?}"),
        }
    };
    for (detail, expected) in [
        ("Required for … by …; recovery: …\n… (seen on …)", "Required for …"),
        ("Required for admins by …; recovery: …\n… (seen on …)", "by …"),
        ("Required for admins by policy; recovery: …", "; recovery: …"),
        ("Required for admins by policy; recovery: codes\n… (seen on Monday)", "… (seen on"),
        ("Required for admins by policy; recovery: codes\nIn the manual (seen on …)", "(seen on …"),
        ("Required for admins by policy; recovery: codes\nIn the manual (seen on Monday)", ""),
        ("Quite another text … with its own dots", ""),
    ] {
        assert_eq!(blank_in(detail), expected, "{detail}");
    }
}

#[test]
fn a_question_without_a_model_may_have_dots_in_its_detail() {
    let mut s = session(0);
    make(&mut s, "external-tls", &["no"]);
    let text = TextRef::Detail("external-tls".into());
    let typed = Edit::Splice { text, at: 0, removed: String::new(), inserted: "Well …".into() };
    s.apply(&typed, &stamp()).unwrap();
    assert!(!reasons(&s, "external-tls").iter().any(|reason| matches!(reason, Reason::Blank(..))));
}
