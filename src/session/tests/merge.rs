//! Tests of merging.

use super::*;
use crate::session::{difference, merge};

/// The session after these edits.
fn edited(start: &Session, edits: &[Edit]) -> Session {
    let mut session = start.clone();
    for edit in edits {
        session.apply(edit, &stamp()).unwrap();
    }
    session
}

fn merged(base: &Session, ours: &Session, theirs: &Session) -> Session {
    edited(ours, &merge(base, ours, theirs, &stamp()).edits)
}

fn link(index: usize, url: &str) -> Edit {
    let link = Link { url: url.into(), label: "Page".into(), ..Link::default() };
    Edit::Link { question: "external-tls".into(), index, before: None, after: Some(Box::new(link)) }
}

#[test]
fn links_that_both_sides_added_are_all_kept_those_from_before_first() {
    let base = edited(&session(0), &[link(0, "https://z.example")]);
    let (ours, theirs) = (link(1, "https://b.example"), link(1, "https://a.example"));
    let merged = merged(&base, &edited(&base, &[ours]), &edited(&base, &[theirs]));
    let urls: Vec<&str> = merged.answer(0).links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(urls, ["https://z.example", "https://a.example", "https://b.example"]);
}

#[test]
fn of_two_changed_questionnaires_the_one_with_the_higher_version_is_taken() {
    let base = session(0);
    let with_version = |version: &str| {
        let before = Box::new(base.questionnaire().clone());
        let mut after = before.clone();
        version.clone_into(&mut after.version);
        edited(&base, &[Edit::Questionnaire { before, after }])
    };
    let (nine, ten) = (with_version("1.9"), with_version("1.10"));
    assert_eq!(merged(&base, &nine, &ten).questionnaire().version, "1.10");
    assert_eq!(merged(&base, &ten, &nine).questionnaire().version, "1.10");
}

#[test]
fn different_flags_are_joined_and_one_that_was_changed_survives_its_removal() {
    let flag = |before: Option<&str>, after: Option<&str>| Edit::Flag {
        question: "external-tls".into(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let merged_flag = |before: Option<&str>, ours: Option<&str>, theirs: Option<&str>| {
        let base = edited(&session(0), &[flag(None, before)]);
        let [ours, theirs] = [ours, theirs].map(|after| edited(&base, &[flag(before, after)]));
        merged(&base, &ours, &theirs).answer(0).flag.clone()
    };
    assert_eq!(merged_flag(None, Some("ask Ann"), Some("ask Kim")).as_deref(), Some("ask Ann / ask Kim"));
    assert_eq!(merged_flag(Some("ask"), None, Some("ask Kim")).as_deref(), Some("ask Kim"));
    assert_eq!(merged_flag(Some("ask"), None, Some("ask")), None);
}

#[test]
fn a_section_that_one_side_removed_is_gone_unless_the_other_side_changed_it() {
    let section =
        |text: &str| PageSection { heading: "Exit".into(), text: text.into(), ..PageSection::default() };
    let index = session(0).sections().len();
    let edit = |before: Option<&str>, after: Option<&str>| {
        let boxed = |text: Option<&str>| text.map(|text| Box::new(section(text)));
        Edit::Section { index, before: boxed(before), after: boxed(after) }
    };
    let base = edited(&session(0), &[edit(None, Some("Old."))]);
    let removed = edited(&base, &[edit(Some("Old."), None)]);
    let changed = edited(&base, &[edit(Some("Old."), Some("New."))]);
    assert_eq!(merged(&base, &removed, &base).sections().len(), index);
    assert_eq!(merged(&base, &base, &removed).sections().len(), index);
    assert_eq!(merged(&base, &removed, &changed).sections()[index].text, "New.");
}

#[test]
fn only_texts_can_be_kept_from_both_sides() {
    let base = session(0);
    let rename = |after: &str| Edit::Subject { before: base.subject().into(), after: after.into() };
    let merged = merged(&base, &edited(&base, &[rename("Boat")]), &edited(&base, &[rename("Ship")]));
    let conflict = merged.entries().conflicts[0].clone();
    assert!(merged.use_other(&conflict, true).is_none());
    let other = edited(&merged, &[merged.use_other(&conflict, false).unwrap()]);
    assert_eq!(other.subject(), "Ship");
}

proptest! {
    #[test]
    fn a_merge_is_the_same_from_either_side_except_for_which_answer_is_the_other_one(
        base in seeds(), ours in seeds(), theirs in seeds()
    ) {
        let seeded = |start: &Session, seeds: &[Seed]| {
            let mut session = start.clone();
            for seed in seeds {
                let edit = edit_for(&session, seed);
                session.apply(&edit, &stamp()).unwrap();
            }
            session
        };
        let base = seeded(&session(0), &base[..base.len().min(5)]);
        let (ours, theirs) = (seeded(&base, &ours), seeded(&base, &theirs));
        let merged = |a: &Session, b: &Session| {
            let mut session = a.clone();
            let merge = merge(&base, a, b, &stamp());
            session.apply(&Edit::All(merge.edits), &stamp()).unwrap();
            session
        };
        let (left, right) = (merged(&ours, &theirs), merged(&theirs, &ours));
        let ids = |session: &Session| {
            let conflicts = session.entries().conflicts.iter();
            conflicts.map(|conflict| conflict.id.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(ids(&left), ids(&right));
        let about = |id: &str| {
            left.entries().conflicts.iter().any(|c| matches!(&c.place, Place::Question(q, _) if q == id))
        };
        for index in 0..left.len() {
            let id = &left.question(index).id;
            let (a, b) = (left.answer(index), right.answer_to(id).cloned().unwrap_or_default());
            if !about(id) {
                prop_assert_eq!(a, &b, "{}", id);
            }
        }
        // Nothing that anybody wrote is lost; what was there before may have been deleted.
        let before = serde_json::to_string(&base).unwrap();
        let all = serde_json::to_string(&left).unwrap();
        for session in [&ours, &theirs] {
            let answers = (0..session.len()).map(|index| session.answer(index));
            for text in answers.flat_map(|answer| [&answer.detail, &answer.note, &answer.value]) {
                let json = serde_json::to_string(text).unwrap();
                for sentence in json.trim_matches('"').split("\\n").map(str::trim) {
                    let is_kept = all.contains(sentence) || before.contains(sentence);
                    prop_assert!(is_kept, "{:?} is lost", sentence);
                }
            }
        }
        let mut back = left.clone();
        let merge = merge(&base, &ours, &theirs, &stamp());
        back.apply(&Edit::All(merge.edits).inverse(), &stamp()).unwrap();
        prop_assert_eq!(back, ours);
    }

    #[test]
    fn the_difference_of_two_sessions_turns_one_into_the_other(from in seeds(), to in seeds()) {
        let mut a = session(0);
        for seed in &from {
            a.apply(&edit_for(&a, seed), &stamp()).unwrap();
        }
        let mut b = a.clone();
        for seed in &to {
            b.apply(&edit_for(&b, seed), &stamp()).unwrap();
        }
        let edits = difference(&a, &b);
        a.apply(&Edit::All(edits), &stamp()).unwrap();
        prop_assert_eq!(a, b);
    }
}
