//! Tests of comments and approvals.

use proptest::prelude::*;

use super::*;
use crate::session::{ApprovalRules, ApprovalState, CommentKind, FileStates, Rule, Target, merge};

const ID: &str = "external-tls";
const ANN: &str = "Ann <ann@example.org>";
const KIM: &str = "Kim <kim@example.org>";

fn by(name: &str, second: i64) -> Stamp {
    Stamp { by: name.to_owned(), at: Timestamp::from_second(second).unwrap() }
}

fn answered() -> Answer {
    let link = |url: &str| Link { url: url.into(), retrieved: "2026-01-01".into(), ..Link::default() };
    Answer {
        choices: vec!["yes".into()],
        detail: "TLS 1.3 everywhere.".into(),
        links: vec![link("https://a.example"), link("https://b.example")],
        ..Answer::default()
    }
}

fn change(session: &mut Session, after: &Answer, stamp: &Stamp) {
    let before = session.answer_to(ID).unwrap().clone();
    let (before, after) = (Box::new(before), Box::new(after.clone()));
    session.apply(&Edit::Answer { question: ID.into(), before, after }, stamp).unwrap();
}

/// A session with an answer of Ann's.
fn by_ann() -> Session {
    let mut session = session(0);
    change(&mut session, &answered(), &by(ANN, 10));
    session
}

fn on() -> Target {
    Target::Question(ID.into())
}

fn approved_by(mut session: Session, name: &str, second: i64) -> Session {
    let stamp = by(name, second);
    let edit = session.approve(&[on()], &stamp).unwrap();
    session.apply(&edit, &stamp).unwrap();
    session
}

fn sent_back(mut session: Session, second: i64) -> Session {
    let stamp = by(KIM, second);
    let edit = session.comment(on(), CommentKind::SendBack, "Which hosts?", stamp.clone()).unwrap();
    session.apply(&edit, &stamp).unwrap();
    session
}

fn state(session: &Session, rules: ApprovalRules) -> &'static str {
    match session.reviews().state(0, rules) {
        ApprovalState::None => "none",
        ApprovalState::Approved { by_its_author: false, .. } => "approved",
        ApprovalState::Approved { by_its_author: true, .. } => "approved by its author",
        ApprovalState::Changed(_) => "changed",
        ApprovalState::SentBack(_) => "sent back",
    }
}

const USUAL: ApprovalRules = ApprovalRules { is_strict: false, four_eyes: false };
const STRICT: ApprovalRules = ApprovalRules { is_strict: true, four_eyes: false };
const FOUR_EYES: ApprovalRules = ApprovalRules { is_strict: false, four_eyes: true };

#[test]
fn an_approval_ends_with_the_question_verdict_detail_link_addresses_or_basis_and_strictly_with_anything() {
    type Change = (&'static str, fn(&mut Answer), &'static str);
    let changes: [Change; 9] = [
        ("choice", |a| a.choices = vec!["no".into()], "changed"),
        ("qualifier", |a| a.qualifier = "mostly".into(), "changed"),
        ("detail", |a| a.detail.push('!'), "changed"),
        ("link", |a| drop(a.links.pop()), "changed"),
        ("basis", |a| a.basis = Some(Basis::Tested), "changed"),
        ("note", |a| a.note = "Mine.".into(), "approved"),
        ("flag", |a| a.flag = Some("Ask.".into()), "approved"),
        ("date", |a| a.links[0].retrieved = "2026-11-29".into(), "approved"),
        ("order", |a| a.links.reverse(), "approved"),
    ];
    for (what, alter, expected) in changes {
        let mut session = approved_by(by_ann(), KIM, 20);
        assert_eq!(state(&session, USUAL), "approved");
        let mut after = answered();
        alter(&mut after);
        change(&mut session, &after, &by(ANN, 30));
        assert_eq!(state(&session, USUAL), expected, "{what}");
        assert_eq!(state(&session, STRICT), "changed", "{what}");
        change(&mut session, &answered(), &by(ANN, 40));
        assert_eq!(state(&session, STRICT), "approved", "{what} and back");
    }
    let mut session = approved_by(by_ann(), KIM, 20);
    let before = session.questionnaire().clone();
    let mut after = before.clone();
    after.sections[0].questions[0].text.push('?');
    let edit = Edit::Questionnaire { before: Box::new(before), after: Box::new(after) };
    session.apply(&edit, &by(ANN, 30)).unwrap();
    assert_eq!(state(&session, USUAL), "changed");
}

#[test]
fn what_changed_since_an_approval_is_shown_with_the_words_that_differ() {
    let mut session = approved_by(by_ann(), KIM, 20);
    let after = Answer { choices: vec!["no".into()], detail: "TLS 1.2 everywhere.".into(), ..answered() };
    change(&mut session, &after, &by(ANN, 30));
    let ApprovalState::Changed(approval) = session.reviews().state(0, USUAL) else { panic!() };
    let shown = session.changed_since(approval, 0).unwrap();
    assert_eq!(shown, "[-Yes-]{+No+}; TLS [-1.3-]{+1.2+} everywhere.");
}

#[test]
fn an_answer_stays_sent_back_until_it_changes_or_is_approved() {
    let session = sent_back(by_ann(), 20);
    assert_eq!(state(&session, USUAL), "sent back");
    let rules: Vec<_> = session
        .violations(&session.ages(jiff::civil::date(2026, 11, 29), 365), &FileStates::new())
        .into_iter()
        .map(|v| (v.rule, v.message))
        .collect();
    assert!(rules.contains(&(Rule::SentBack, "sent back by Kim: Which hosts?".to_owned())), "{rules:?}");
    let approved = approved_by(session.clone(), KIM, 30);
    assert_eq!(state(&approved, USUAL), "approved");
    assert!(approved.entries().comments[0].settled.is_some());
    let mut changed = session;
    change(&mut changed, &Answer { detail: "All hosts.".into(), ..answered() }, &by(ANN, 30));
    assert_eq!(state(&changed, USUAL), "none");
    let again = sent_back(approved_by(by_ann(), KIM, 20), 30);
    assert_eq!(state(&again, USUAL), "sent back", "after an approval");
}

#[test]
fn with_four_eyes_the_author_of_an_answer_does_not_count() {
    let own = approved_by(by_ann(), "A. N. Other <ANN@example.org>", 20);
    assert_eq!(state(&own, USUAL), "approved by its author");
    assert_eq!(state(&own, FOUR_EYES), "none");
    let both = approved_by(own, KIM, 30);
    assert_eq!(state(&both, FOUR_EYES), "approved");
}

#[test]
fn everything_that_is_asked_and_written_has_to_be_approved() {
    let mut session = by_ann();
    let rules = |session: &Session| {
        session.reviews().violations(USUAL).into_iter().map(|v| (v.rule, v.item)).collect::<Vec<_>>()
    };
    let introduction = Edit::Splice {
        text: TextRef::Introduction,
        at: 0,
        removed: String::new(),
        inserted: "Hello.".into(),
    };
    session.apply(&introduction, &by(ANN, 20)).unwrap();
    assert_eq!(rules(&session).len(), session.asked().count() + 1);
    let stamp = by(KIM, 30);
    let edit = session.approve(&session.targets(), &stamp).unwrap();
    session.apply(&edit, &stamp).unwrap();
    let left = rules(&session);
    assert_eq!(left.len(), session.asked().count() - 1, "open questions are not approved");
    assert!(!left.iter().any(|(_, item)| *item == Some(Item::Introduction)));
    assert_eq!(session.approve(&session.targets(), &by(KIM, 40)), None, "nothing is approved twice");
    let withdraw = session.withdraw(&session.targets(), &by(KIM, 50)).unwrap();
    session.apply(&withdraw, &by(KIM, 50)).unwrap();
    assert_eq!(rules(&session).len(), session.asked().count() + 1);
    assert_eq!(session.withdraw(&session.targets(), &by(ANN, 60)), None, "only one's own");
}

#[test]
fn a_report_is_signed_off_once_by_whoever_approved_all_of_it() {
    let mut questionnaire = load(BUILT_IN[0].1).unwrap();
    questionnaire.sections.truncate(1);
    questionnaire.sections[0].questions.truncate(1);
    questionnaire.rules.clear();
    let mut session = Session::new(questionnaire, "Boat", NOW);
    change(&mut session, &answered(), &by(ANN, 10));
    assert_eq!(session.sign_off("a", &by(KIM, 15)), None, "not approved");
    session = approved_by(session, KIM, 20);
    assert_eq!(session.sign_off("a", &by(ANN, 25)), None, "approved by somebody else");
    let edit = session.sign_off("a", &by(KIM, 30)).unwrap();
    session.apply(&edit, &by(KIM, 30)).unwrap();
    assert_eq!(session.sign_off("a", &by(KIM, 40)), None, "signed off already");
    assert_eq!(session.signed_off("a"), Some((&by(KIM, 30), true)));
    assert_eq!(session.signed_off("b"), Some((&by(KIM, 30), false)), "another report");
    let withdraw = session.withdraw(&[Target::Report], &by(KIM, 50)).unwrap();
    session.apply(&withdraw, &by(KIM, 50)).unwrap();
    assert_eq!(session.signed_off("a"), None);
}

#[test]
fn merging_keeps_the_comments_and_approvals_of_both_reviewers() {
    let base = by_ann();
    let ours = approved_by(base.clone(), KIM, 20);
    let theirs = sent_back(approved_by(base.clone(), ANN, 21), 30);
    let mut merged = ours.clone();
    merged.apply(&Edit::All(merge(&base, &ours, &theirs, &stamp()).edits), &stamp()).unwrap();
    assert_eq!((merged.entries().approvals.len(), merged.entries().comments.len()), (2, 1));
    assert_eq!(state(&merged, USUAL), "sent back");
}

proptest! {
    #[test]
    fn nothing_is_shown_as_approved_that_nobody_approved(
        steps in proptest::collection::vec((0..4_u8, "[ab]{0,2}"), 1..12),
    ) {
        let mut session = by_ann();
        let mut approved: Vec<Answer> = Vec::new();
        for (second, (kind, text)) in (100..).zip(steps) {
            let now = session.answer(0).clone();
            match kind {
                0 => {
                    let stamp = by(KIM, second);
                    if let Some(edit) = session.approve(&[on()], &stamp) {
                        session.apply(&edit, &stamp).unwrap();
                    }
                    if !session.is_open(0) {
                        approved.push(now);
                    }
                }
                1 => change(&mut session, &Answer { detail: text, ..now }, &by(ANN, second)),
                2 => change(&mut session, &Answer { qualifier: text, ..now }, &by(ANN, second)),
                _ => session = sent_back(session, second),
            }
            let now = session.answer(0);
            let is_shown = state(&session, USUAL).starts_with("approved");
            let was_approved = approved
                .iter()
                .any(|was| (&was.detail, &was.qualifier) == (&now.detail, &now.qualifier));
            prop_assert!(!is_shown || was_approved);
        }
    }
}
