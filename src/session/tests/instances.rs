//! Tests of sections that are answered several times.

use super::{NOW, choose, stamp};
use crate::questionnaire::{BUILT_IN, ENVIRONMENTS, Kind, load};
use crate::session::{Edit, FileStates, Item, NewQuestion, NoInstance, Rule, Session, TextRef, merge};

fn session() -> Session {
    Session::new(load(ENVIRONMENTS).unwrap(), "Boat", NOW)
}

fn make(session: &mut Session, edit: Result<Edit, NoInstance>) {
    session.apply(&edit.unwrap(), &stamp()).unwrap();
}

/// A session with the instances Production and Test.
fn two() -> Session {
    let mut s = session();
    for name in ["Production", "Test"] {
        let edit = s.add_instance(1, name);
        make(&mut s, edit);
    }
    s
}

fn ids(session: &Session) -> Vec<&str> {
    session.questionnaire().questions().map(|question| question.id.as_str()).collect()
}

fn type_in(session: &mut Session, id: &str, words: &str) {
    let edit = Edit::Splice {
        text: TextRef::Detail(id.into()),
        at: 0,
        removed: String::new(),
        inserted: words.into(),
    };
    session.apply(&edit, &stamp()).unwrap();
}

/// A question of the session's own.
fn who() -> NewQuestion {
    NewQuestion { text: "Who?".into(), title: String::new(), kind: Kind::Text, answer_set: None }
}

fn text<'s>(session: &'s Session, id: &str) -> &'s str {
    &session.question(session.index_of(id).unwrap()).text
}

#[test]
fn the_first_name_is_that_of_what_was_answered_so_far_and_each_further_one_adds_questions() {
    let mut s = session();
    s.apply(&choose(&s, "keys", &["yes"]), &stamp()).unwrap();
    let edit = s.add_instance(1, " Production\n");
    make(&mut s, edit);
    assert_eq!((ids(&s).len(), text(&s, "keys")), (5, "Production: Are keys rotated?"));
    assert_eq!(s.answer_to("keys").unwrap().choices, ["yes"]);
    let edit = s.add_instance(1, "Test");
    make(&mut s, edit);
    assert_eq!(ids(&s), ["cloud", "vpn", "keys", "days", "vpn-test", "keys-test", "days-test", "why"]);
    assert_eq!(s.answer_to("keys-test").unwrap().choices, Vec::<String>::new());
    assert_eq!(s.position().item, Item::Question("vpn-test".into()));
}

#[test]
fn each_instance_is_asked_and_counted_for_itself() {
    let mut s = two();
    let is_asked = |s: &Session, id: &str| s.is_asked(s.index_of(id).unwrap());
    assert!(!is_asked(&s, "vpn-test"));
    s.apply(&choose(&s, "cloud", &["yes"]), &stamp()).unwrap();
    assert!(is_asked(&s, "vpn") && is_asked(&s, "vpn-test"));
    s.apply(&choose(&s, "keys-test", &["yes"]), &stamp()).unwrap();
    assert!(!is_asked(&s, "days") && is_asked(&s, "days-test"));
    assert_eq!((s.section_progress(1).done, s.section_progress(2).done), (0, 1));
}

#[test]
fn a_rule_applies_to_each_instance() {
    let mut s = two();
    let found = |s: &Session| -> Vec<Option<Item>> {
        let all = s.violations(&s.ages(jiff::civil::date(2026, 11, 29), 365), &FileStates::new());
        all.into_iter().filter(|v| v.rule == Rule::Contradiction).map(|v| v.item).collect()
    };
    for (id, choice) in [("cloud", "yes"), ("vpn", "no"), ("keys-test", "yes")] {
        s.apply(&choose(&s, id, &[choice]), &stamp()).unwrap();
    }
    assert_eq!(found(&s), []);
    s.apply(&choose(&s, "vpn-test", &["no"]), &stamp()).unwrap();
    assert_eq!(found(&s), [Some(Item::Question("keys-test".into()))]);
    s.apply(&choose(&s, "keys", &["yes"]), &stamp()).unwrap();
    assert_eq!(found(&s), ["keys", "keys-test"].map(|id| Some(Item::Question(id.into()))));
}

#[test]
fn an_instance_is_renamed_and_removed_and_its_answers_are_kept() {
    let mut s = two();
    type_in(&mut s, "keys-test", "Weekly.");
    let before = s.clone();
    let rename = s.rename_instance(2, "Staging").unwrap();
    s.apply(&rename, &stamp()).unwrap();
    assert_eq!(text(&s, "keys-test"), "Staging: Are keys rotated?");
    s.apply(&rename.inverse(), &stamp()).unwrap();
    assert_eq!(s, before);
    let remove = s.remove_instance(2).unwrap();
    s.apply(&remove, &stamp()).unwrap();
    assert_eq!((ids(&s).len(), s.orphans().len()), (5, 1));
    s.apply(&remove.inverse(), &stamp()).unwrap();
    assert_eq!(s, before);
    // Its answers do not become those of another one with this name.
    s.apply(&remove, &stamp()).unwrap();
    let again = s.add_instance(1, "Test");
    make(&mut s, again);
    assert_eq!(s.answer_to("keys-test-2").unwrap().detail, "");
    assert_eq!(s.orphans()[0].1.detail, "Weekly.");
}

#[test]
fn an_instance_that_is_not_possible_is_refused_with_the_reason() {
    let s = two();
    for (result, expected) in [
        (s.add_instance(0, "A"), NoInstance::Once),
        (s.add_instance(9, "A"), NoInstance::Once),
        (s.add_instance(1, "\n"), NoInstance::Unnamed),
        (s.add_instance(1, "production"), NoInstance::Taken),
        (s.add_instance(2, "Test"), NoInstance::Taken),
        (s.rename_instance(2, "PRODUCTION"), NoInstance::Taken),
        (s.add_instance(1, "Test!"), NoInstance::Taken),
        (s.rename_instance(2, "Test"), NoInstance::Same),
        (s.remove_instance(1), NoInstance::First),
        (s.remove_instance(3), NoInstance::Once),
        (session().remove_instance(1), NoInstance::Once),
    ] {
        assert_eq!(result, Err(expected));
    }
    assert!(s.rename_instance(2, "test").is_ok());
}

#[test]
fn the_only_instance_loses_its_name_when_it_is_removed() {
    let mut s = session();
    let original = s.questionnaire().clone();
    let edit = s.add_instance(1, "Production");
    make(&mut s, edit);
    let edit = s.remove_instance(1);
    make(&mut s, edit);
    assert_eq!(*s.questionnaire(), original);
}

#[test]
fn questions_added_to_an_instance_are_not_repeated() {
    let mut s = session();
    let edit = s.add_question(1, None, who()).unwrap();
    s.apply(&edit, &stamp()).unwrap();
    for name in ["A", "B"] {
        let edit = s.add_instance(1, name);
        make(&mut s, edit);
    }
    assert_eq!(ids(&s).iter().filter(|id| id.contains("who")).count(), 1);
    assert_eq!(text(&s, "own-who"), "Who?");
}

#[test]
fn a_session_that_continues_another_one_asks_for_the_same_instances() {
    let mut s = two();
    type_in(&mut s, "keys-test", "Weekly.");
    let edit = s.rename_instance(1, "Live");
    make(&mut s, edit);
    let next = Session::continued(&s, "old", load(ENVIRONMENTS).unwrap(), "Boat", NOW);
    assert_eq!(ids(&next), ids(&s));
    assert_eq!(text(&next, "keys"), "Live: Are keys rotated?");
    let before = next.before(next.index_of("keys-test").unwrap()).unwrap();
    assert_eq!((before.answer.detail.as_str(), before.r#match.is_same()), ("Weekly.", true));
    let other = Session::continued(&s, "old", load(BUILT_IN[0].1).unwrap(), "Boat", NOW);
    assert!(other.index_of("keys").is_none());
}

#[test]
fn instances_that_two_people_add_are_merged_and_stay_together() {
    let base = two();
    let [mut ours, mut theirs] = [base.clone(), base.clone()];
    for (session, names) in [(&mut ours, ["Lab", "Same"]), (&mut theirs, ["Demo", "Same"])] {
        for name in names {
            let edit = session.add_instance(1, name);
            make(session, edit);
        }
    }
    type_in(&mut theirs, "keys-demo", "Never.");
    let edit = theirs.rename_instance(1, "Live");
    make(&mut theirs, edit);
    let merged = merge(&base, &ours, &theirs, &stamp());
    assert_eq!(merged.conflicts, []);
    ours.apply(&Edit::All(merged.edits), &stamp()).unwrap();
    let sections: Vec<&str> = ours.questionnaire().sections.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(sections, ["all", "env", "env-test", "env-lab", "env-same", "env-demo", "end"]);
    assert_eq!(text(&ours, "keys"), "Live: Are keys rotated?");
    assert_eq!(ours.answer_to("keys-demo").unwrap().detail, "Never.");
}

#[test]
fn an_instance_that_one_person_removed_stays_only_if_the_other_one_added_to_it() {
    let base = two();
    let mut removed = base.clone();
    let edit = removed.remove_instance(2);
    make(&mut removed, edit);
    let mut added = base.clone();
    let edit = added.add_question(2, None, who()).unwrap();
    added.apply(&edit, &stamp()).unwrap();
    let mut other = base.clone();
    let edit = other.rename_instance(1, "Live");
    make(&mut other, edit);
    for (ours, theirs, has_it) in [
        (&removed, &other, false),
        (&other, &removed, false),
        (&removed, &added, true),
        (&added, &removed, true),
    ] {
        let mut ours = ours.clone();
        let merged = merge(&base, &ours, theirs, &stamp());
        ours.apply(&Edit::All(merged.edits), &stamp()).unwrap();
        assert_eq!(ours.index_of("own-who").is_some(), has_it);
        assert_eq!(ours.questionnaire().sections.len(), if has_it { 4 } else { 3 });
        assert!(ours.index_of("keys-test").is_none());
    }
}

#[test]
fn names_in_any_script_have_ids_of_their_own() {
    let base = two();
    let [mut ours, mut theirs] = [base.clone(), base.clone()];
    for (session, name) in [(&mut ours, "生产"), (&mut theirs, "测试")] {
        let edit = session.add_instance(1, name);
        make(session, edit);
    }
    ours.apply(&Edit::All(merge(&base, &ours, &theirs, &stamp()).edits), &stamp()).unwrap();
    let names: Vec<&str> = ours.questionnaire().sections.iter().map(|s| s.instance.as_str()).collect();
    assert_eq!(names, ["", "Production", "Test", "生产", "测试", ""]);
}

#[test]
fn a_continued_session_finds_the_answers_of_each_instance_whatever_its_name_was_before() {
    let mut s = two();
    type_in(&mut s, "keys-test", "Of the lab.");
    let edit = s.rename_instance(2, "Lab");
    make(&mut s, edit);
    let edit = s.add_instance(1, "Test");
    make(&mut s, edit);
    let ids: Vec<String> = s.questionnaire().questions().map(|q| q.id.clone()).collect();
    let next = Session::continued(&s, "old", load(ENVIRONMENTS).unwrap(), "Boat", NOW);
    assert_eq!(self::ids(&next), ids);
    let before = |id: &str| next.before(next.index_of(id).unwrap()).unwrap().answer.detail.clone();
    assert_eq!((before("keys-test").as_str(), before("keys-test-2").as_str()), ("Of the lab.", ""));
    assert_eq!(text(&next, "keys-test"), "Lab: Are keys rotated?");
}

#[test]
fn two_names_for_one_instance_are_merged_the_same_way_on_both_sides() {
    let base = session();
    let [mut ours, mut theirs] = [base.clone(), base.clone()];
    for (session, name) in [(&mut ours, "Live"), (&mut theirs, "Production")] {
        let edit = session.add_instance(1, name);
        make(session, edit);
    }
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let mut merged = ours.clone();
        merged.apply(&Edit::All(merge(&base, ours, theirs, &stamp()).edits), &stamp()).unwrap();
        assert_eq!(merged.questionnaire().sections[1].title, "Access: Live / Production");
        assert_eq!(text(&merged, "vpn"), "Live / Production: Is there a VPN?");
    }
}
