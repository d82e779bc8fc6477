//! Tests of merging.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::questionnaire::Questionnaire;
use crate::session::{Comment, Merge, Target, Uncompared, difference, merge, previous_of};

const ID: &str = "external-tls";
const ANN: &str = "Ann <ann@example.org>";

/// The session after these edits.
fn edited(start: &Session, edits: &[Edit]) -> Session {
    let mut session = start.clone();
    for edit in edits {
        session.apply(edit, &stamp()).unwrap();
    }
    session
}

/// The session after these edits by somebody at another time.
fn edited_by(start: &Session, edits: &[Edit], by: &str, second: i64) -> Session {
    let stamp = Stamp { by: by.into(), at: Timestamp::from_second(second).unwrap() };
    let mut session = start.clone();
    for edit in edits {
        session.apply(edit, &stamp).unwrap();
    }
    session
}

/// A session whose first answer is `base`, and what we and Ann make of it.
fn sides(base: &Answer, ours: &Answer, theirs: &Answer) -> [Session; 3] {
    let change = |before: &Answer, after: &Answer| {
        let (before, after) = (Box::new(before.clone()), Box::new(after.clone()));
        [Edit::Answer { question: ID.into(), before, after }]
    };
    let start = edited(&session(0), &change(&Answer::default(), base));
    let theirs = edited_by(&start, &change(base, theirs), ANN, 60);
    let ours = edited(&start, &change(base, ours));
    [start, ours, theirs]
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

#[test]
fn an_answer_has_to_be_read_if_its_verdict_is_from_one_side_and_its_detail_from_the_other() {
    let answer = |(choice, detail, note): (&str, &str, &str)| Answer {
        choices: vec![choice.into()],
        detail: detail.into(),
        note: note.into(),
        ..Answer::default()
    };
    for (ours, theirs, expected) in [
        (("yes", "Old.", ""), ("unknown", "New.", ""), Some((Unit::Verdict, false))),
        (("unknown", "New.", ""), ("yes", "Old.", ""), Some((Unit::Verdict, false))),
        (("yes", "New.", ""), ("unknown", "Old.", "note"), None),
        (("unknown", "Old.", "note"), ("yes", "New.", ""), None),
        (("yes", "Old.", "note"), ("yes", "New.", ""), None),
        (("yes", "New.", ""), ("unknown", "New.", "note"), None),
        (("unknown", "New.", "note"), ("yes", "New.", ""), None),
        (("yes", "Mine.", ""), ("unknown", "Theirs.", ""), Some((Unit::Detail, true))),
        (("yes", "Old.", ""), ("no", "Old.", ""), Some((Unit::Verdict, true))),
    ] {
        let [base, ours, theirs] = sides(&answer(("unknown", "Old.", "")), &answer(ours), &answer(theirs));
        let merged = merged(&base, &ours, &theirs);
        let conflicts = merged.entries().conflicts.iter();
        let found: Vec<(Place, bool, &str)> =
            conflicts.map(|c| (c.place.clone(), c.other.is_some(), c.made.by.as_str())).collect();
        let expected: Vec<(Place, bool, &str)> = expected
            .into_iter()
            .map(|(unit, has_other)| (Place::Question(ID.into(), unit), has_other, ANN))
            .collect();
        assert_eq!(found, expected, "{:?} {:?}", ours.answer(0), theirs.answer(0));
    }
}

#[test]
fn a_merged_answer_counts_as_read_if_one_side_read_it_and_dates_links_by_the_later_day() {
    let cited = |first: &str, second: &str| -> Uncompared<BTreeMap<String, String>> {
        let days = [("https://a.example", first), ("https://b.example", second)];
        Uncompared(days.iter().map(|(url, day)| ((*url).to_owned(), (*day).to_owned())).collect())
    };
    for (by_us, by_them, expected) in [(true, true, true), (true, false, false), (false, true, false)] {
        let base = Answer { detail: "Old.".into(), ..Answer::default() };
        let ours = Answer {
            note: "note".into(),
            unread: Uncompared(by_us),
            cited: cited("2026-01-01", "2026-02-02"),
            ..base.clone()
        };
        let theirs = Answer {
            flag: Some("ask".into()),
            unread: Uncompared(by_them),
            cited: cited("2026-03-03", "2026-01-01"),
            ..base.clone()
        };
        let [base, ours, theirs] = sides(&base, &ours, &theirs);
        let answer = merged(&base, &ours, &theirs).answer(0).clone();
        assert_eq!((answer.note.as_str(), answer.flag.as_deref()), ("note", Some("ask")));
        assert_eq!(answer.unread.0, expected, "{by_us} {by_them}");
        assert_eq!(answer.cited.0, cited("2026-03-03", "2026-02-02").0);
    }
}

#[test]
fn merging_what_nobody_changed_or_both_changed_alike_does_nothing() {
    let empty = session(0);
    let text = |text: TextRef| Edit::Splice { text, at: 0, removed: String::new(), inserted: "Text.".into() };
    let base = edited(
        &empty,
        &[
            choose(&empty, ID, &["yes"]),
            link(0, "https://a.example"),
            text(TextRef::Introduction),
            text(TextRef::Properties),
            text(TextRef::Section(0)),
            Edit::Page { before: None, after: Some("page".into()) },
            empty.reply(Target::Report, "Hello.", stamp()).unwrap(),
        ],
    );
    assert_eq!(merge(&base, &base, &base, &stamp()), Merge::default());
    assert_eq!(merge(&empty, &base, &base, &stamp()), Merge::default());
    assert!(difference(&base, &base).is_empty());
}

#[test]
fn sentences_of_one_section_that_each_side_changed_are_merged_as_one_change() {
    let write = |removed: &str, inserted: &str| Edit::Splice {
        text: TextRef::Section(0),
        at: 0,
        removed: removed.into(),
        inserted: inserted.into(),
    };
    let old = "One. Two. Three.";
    let base = edited(&session(0), &[write("", old)]);
    let ours = edited(&base, &[write(old, "Mine. Two. Three.")]);
    let theirs = edited(&base, &[write(old, "One. Two. Theirs.")]);
    let merge = merge(&base, &ours, &theirs, &stamp());
    assert_eq!((merge.updated, merge.conflicts.len()), (1, 0));
    assert!(matches!(merge.edits[0], Edit::Section { index: 0, .. }), "{:?}", merge.edits);
    assert_eq!(edited(&ours, &merge.edits).sections()[0].text, "Mine. Two. Theirs.");
}

#[test]
fn a_section_that_one_side_removed_is_gone_although_both_sides_add_others() {
    let section = |heading: &str| {
        Some(Box::new(PageSection {
            heading: heading.into(),
            text: "Text.".into(),
            ..PageSection::default()
        }))
    };
    let add = |index, heading| Edit::Section { index, before: None, after: section(heading) };
    let mut questionnaire = session(0).questionnaire().clone();
    questionnaire.report.sections.truncate(1);
    let base = edited(&Session::new(questionnaire, "Example", NOW), &[add(1, "Exit")]);
    let removed =
        edited(&base, &[Edit::Section { index: 1, before: section("Exit"), after: None }, add(1, "Costs")]);
    let added = edited(&base, &[add(2, "Team")]);
    for (ours, theirs) in [(&removed, &added), (&added, &removed)] {
        let merged = merged(&base, ours, theirs);
        let headings: Vec<&str> = merged.sections().iter().map(|s| s.heading.as_str()).collect();
        assert_eq!(headings, ["Exporting data", "Costs", "Team"]);
    }
}

/// URL, label and day of a link.
type Words = (&'static str, &'static str, &'static str);

#[test]
fn links_are_merged_one_by_one() {
    const A: Words = ("https://a.example", "A", "");
    const A2: Words = ("https://a.example", "A2", "");
    const B: Words = ("https://b.example", "B", "");
    const NEW_B: Words = ("https://b.example", "New", "");
    const C: Words = ("https://c.example", "C", "2026-01-01");
    const LATER_C: Words = ("https://c.example", "C", "2026-02-01");
    const BARE_C: Words = ("https://c.example", "", "2026-02-01");
    const OTHER_C: Words = ("https://c.example", "D", "2026-01-01");
    let cases: [[&[Words]; 4]; 8] = [
        [&[A, B], &[A], &[A, B, C], &[A, C]],
        [&[A, B], &[A, B, C], &[A], &[A, C]],
        [&[A, B], &[A], &[A, NEW_B], &[A, NEW_B]],
        [&[A, B], &[A, NEW_B], &[A], &[A, NEW_B]],
        [&[A], &[A, BARE_C], &[A, C], &[A, LATER_C]],
        [&[A], &[A, C], &[A, LATER_C], &[A, LATER_C]],
        [&[A], &[A, OTHER_C], &[A, C], &[A, C, OTHER_C]],
        [&[A, A2], &[A, A2, B], &[A, A2, C], &[A, A2, B, C]],
    ];
    let answer = |links: &[Words]| {
        let link = |&(url, label, retrieved): &Words| Link {
            url: url.into(),
            label: label.into(),
            retrieved: retrieved.into(),
            ..Link::default()
        };
        Answer { links: links.iter().map(link).collect(), ..Answer::default() }
    };
    for case in cases {
        let [base, ours, theirs, expected] = case.map(answer);
        let [base, ours, theirs] = sides(&base, &ours, &theirs);
        assert_eq!(merged(&base, &ours, &theirs).answer(0).links, expected.links, "{case:?}");
    }
}

#[test]
fn a_link_is_internal_after_a_merge_if_the_side_that_changed_it_says_so() {
    let answer = |internal: Option<bool>, label: &str| {
        let link = |internal| Link {
            url: "https://a.example".into(),
            label: label.into(),
            internal,
            ..Link::default()
        };
        Answer { links: internal.map(link).into_iter().collect(), ..Answer::default() }
    };
    for (base, ours, theirs, expected) in [
        (Some(false), Some(true), Some(false), true),
        (Some(true), Some(true), Some(false), false),
        (None, Some(true), Some(false), true),
        (None, Some(false), Some(true), true),
        (Some(false), Some(true), None, true),
    ] {
        let [b, o, t] = sides(&answer(base, ""), &answer(ours, ""), &answer(theirs, ""));
        let merged = merged(&b, &o, &t);
        let links = merged.answer(0).links.iter();
        assert_eq!(links.map(|link| link.internal).collect::<Vec<_>>(), [expected]);
    }
    // Both versions of a link that two people named differently are internal.
    let [b, o, t] = sides(&answer(Some(false), ""), &answer(Some(true), "A"), &answer(Some(false), "B"));
    assert!(merged(&b, &o, &t).answer(0).links.iter().all(|link| link.internal));
}

/// The session after a change of its questionnaire.
fn with_questionnaire(start: &Session, change: impl FnOnce(&mut Questionnaire)) -> Session {
    let before = Box::new(start.questionnaire().clone());
    let mut after = before.clone();
    change(&mut after);
    edited(start, &[Edit::Questionnaire { before, after }])
}

/// A session with two questions in each section.
fn small() -> Session {
    with_questionnaire(&session(0), |questionnaire| {
        questionnaire.sections.iter_mut().for_each(|section| section.questions.truncate(2));
    })
}

fn own(id: &str) -> Question {
    Question { id: id.into(), ..Question::added("Own", id) }
}

/// The sections with the ids of their questions.
fn outline(session: &Session) -> Vec<String> {
    let sections = session.questionnaire().sections.iter();
    sections
        .map(|section| {
            let ids: Vec<&str> = section.questions.iter().map(|question| question.id.as_str()).collect();
            format!("{}: {}", section.id, ids.join(" "))
        })
        .collect()
}

#[test]
fn a_higher_version_of_the_questionnaire_gets_the_questions_that_the_other_session_added() {
    let base = small();
    let higher = with_questionnaire(&base, |questionnaire| {
        questionnaire.version = "1.10".into();
        questionnaire.sections.remove(1);
    });
    let lower = with_questionnaire(&base, |questionnaire| {
        questionnaire.version = "1.9".into();
        questionnaire.sections[1].questions.push(own("own-a"));
        questionnaire.sections[3].questions.push(own("own-b"));
    });
    for merged in [merged(&base, &higher, &lower), merged(&base, &lower, &higher)] {
        assert_eq!(
            outline(&merged),
            [
                "data-in-transit: external-tls external-certificates",
                "logging: event-logging logs-for-client",
                "response-and-transparency: incident-response transparency own-b",
                "accounts-and-api: own-a",
            ]
        );
    }
}

#[test]
fn of_one_version_of_the_questionnaire_the_changes_of_both_sides_are_merged() {
    let base = small();
    let ours = with_questionnaire(&base, |questionnaire| {
        let sections = &mut questionnaire.sections;
        sections[0].questions.push(own("own-a"));
        sections[0].questions[0].text = "Z?".into();
        sections[2].questions.remove(0);
        sections[3].questions[0].text = "Changed?".into();
    });
    let theirs = with_questionnaire(&base, |questionnaire| {
        let sections = &mut questionnaire.sections;
        sections[1].questions.insert(0, own("own-b"));
        sections[0].questions[0].text = "A?".into();
        sections[3].questions.remove(0);
    });
    for merged in [merged(&base, &ours, &theirs), merged(&base, &theirs, &ours)] {
        assert_eq!(
            outline(&merged),
            [
                "data-in-transit: external-tls external-certificates own-a",
                "accounts-and-api: api-authentication low-privilege-users own-b",
                "logging: logs-for-client",
                "response-and-transparency: incident-response transparency",
            ]
        );
        assert_eq!(merged.question(0).text, "Z?");
    }
}

#[test]
fn the_page_and_the_earlier_session_are_taken_over_unless_ours_were_set() {
    for (base, ours, theirs, expected) in [
        (None, None, Some("theirs"), Some("theirs")),
        (Some("base"), Some("base"), None, None),
        (Some("base"), Some("base"), Some("base"), Some("base")),
        (Some("base"), Some("ours"), Some("base"), Some("ours")),
        (None, Some("ours"), Some("theirs"), Some("ours")),
    ] {
        let set = |start: &Session, to: Option<&str>| {
            let previous = |id: &str| Box::new(previous_of(&session(0), id, start.questionnaire()));
            let before = start.previous().cloned().map(Box::new);
            let page = start.page().map(str::to_owned);
            edited(
                start,
                &[
                    Edit::Page { before: page, after: to.map(str::to_owned) },
                    Edit::Previous { before, after: to.map(previous) },
                ],
            )
        };
        let base = set(&session(0), base);
        let merged = merged(&base, &set(&base, ours), &set(&base, theirs));
        assert_eq!(merged.page(), expected);
        assert_eq!(merged.previous().map(|previous| previous.session.as_str()), expected);
    }
}

#[test]
fn of_two_versions_of_an_entry_the_later_one_is_kept_and_a_change_survives_a_removal() {
    let empty = session(0);
    let base = edited(&empty, &[empty.reply(Target::Report, "Yes.", stamp()).unwrap()]);
    let comment = base.entries().comments[0].clone();
    let settled = |second: i64| {
        let at = Timestamp::from_second(second).unwrap();
        Some(Comment { settled: Some(Stamp { at, ..stamp() }), ..comment.clone() })
    };
    let with = |after: Option<Comment>| {
        let before = Some(Entry::Comment(Box::new(comment.clone())));
        let after = after.map(|comment| Entry::Comment(Box::new(comment)));
        edited(&base, &[Edit::Entry { before, after }])
    };
    let kept = |ours: &Session, theirs: &Session| -> Vec<Option<i64>> {
        let merged = merged(&base, ours, theirs);
        let comments = merged.entries().comments.iter();
        comments.map(|comment| comment.settled.as_ref().map(|stamp| stamp.at.as_second())).collect()
    };
    let (earlier, later, removed) = (with(settled(5)), with(settled(9)), with(None));
    assert_eq!(kept(&base, &earlier), [Some(5)]);
    assert_eq!(kept(&earlier, &base), [Some(5)]);
    assert_eq!(kept(&earlier, &later), [Some(9)]);
    assert_eq!(kept(&later, &earlier), [Some(9)]);
    assert_eq!(kept(&removed, &earlier), [Some(5)]);
    assert_eq!(kept(&earlier, &removed), [Some(5)]);
    assert!(kept(&base, &removed).is_empty());
}

#[test]
fn a_merge_keeps_who_changed_a_part_last() {
    let write = |removed: &str, inserted: &str| Edit::Splice {
        text: TextRef::Detail(ID.into()),
        at: 0,
        removed: removed.into(),
        inserted: inserted.into(),
    };
    let old = "One. Two.";
    let base = edited(&session(0), &[write("", old)]);
    for (ours, theirs, expected) in [
        (("Mine. Two.", 9), ("One. Theirs.", 5), ("us", 9)),
        (("Mine. Two.", 5), ("One. Theirs.", 9), (ANN, 9)),
        (("Mine. Two.", 5), ("One. Theirs.", 5), ("us", 5)),
        (("Same.", 5), ("Same.", 9), (ANN, 9)),
        (("Same.", 9), ("Same.", 5), ("us", 9)),
    ] {
        let ours = edited_by(&base, &[write(old, ours.0)], "us", ours.1);
        let theirs = edited_by(&base, &[write(old, theirs.0)], ANN, theirs.1);
        let merged = merged(&base, &ours, &theirs);
        let last = &merged.changed()[ID];
        assert_eq!((last.by.as_str(), last.at.as_second()), expected);
    }
}

#[test]
fn each_conflict_has_its_own_id_and_names_who_wrote_the_other_version() {
    let base = session(0);
    let rename = |name: &str| {
        [
            Edit::Subject { before: base.subject().into(), after: name.into() },
            Edit::Domain { before: base.domain().into(), after: format!("{name}.example") },
        ]
    };
    let (ours, theirs) = (edited(&base, &rename("boat")), edited_by(&base, &rename("ship"), ANN, 5));
    let merge = merge(&base, &ours, &theirs, &stamp());
    assert_eq!(merge.conflicts, [(Place::Subject, ANN.to_owned()), (Place::Domain, stamp().by)]);
    assert_eq!(merge.updated, 0);
    let merged = edited(&ours, &merge.edits);
    let ids: BTreeSet<&str> = merged.entries().conflicts.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.iter().all(|id| id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit())), "{ids:?}");
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
    fn three_copies_keep_what_everybody_wrote_in_whatever_order_they_are_merged(
        copies in proptest::array::uniform3(seeds()), order in Just([0, 1, 2]).prop_shuffle()
    ) {
        let base = session(0);
        let copies = copies.map(|seeds| {
            let mut copy = base.clone();
            for seed in &seeds {
                copy.apply(&edit_for(&copy, seed), &stamp()).unwrap();
            }
            copy
        });
        let mut all = copies[order[0]].clone();
        for other in &order[1..] {
            let edits = merge(&base, &all, &copies[*other], &stamp()).edits;
            all.apply(&Edit::All(edits), &stamp()).unwrap();
        }
        let kept = serde_json::to_string(&all).unwrap();
        for copy in &copies {
            let answers = (0..copy.len()).map(|index| copy.answer(index));
            for text in answers.flat_map(|answer| [&answer.detail, &answer.note, &answer.value]) {
                let json = serde_json::to_string(text).unwrap();
                for sentence in json.trim_matches('"').split("\\n").map(str::trim) {
                    prop_assert!(kept.contains(sentence), "{:?} is lost", sentence);
                }
            }
        }
        let again: Session = serde_json::from_str(&kept).unwrap();
        prop_assert_eq!(again, all);
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

/// A session in which all texts that can have another version say "Ours.", and a conflict about this place.
fn conflicting(place: Place, other: FieldValue) -> (Session, Conflict) {
    let id = || "external-tls".to_owned();
    let texts = [
        TextRef::Detail(id()),
        TextRef::Note(id()),
        TextRef::Introduction,
        TextRef::Properties,
        TextRef::Section(0),
    ];
    let write = |text| Edit::Splice { text, at: 0, removed: String::new(), inserted: "Ours.\n".into() };
    let start = edited(&session(0), &texts.map(write));
    let conflict = Conflict { id: "1".into(), place, base: None, other: Some(other), made: stamp() };
    let entry = Edit::Entry { before: None, after: Some(Entry::Conflict(Box::new(conflict.clone()))) };
    (edited(&start, &[entry]), conflict)
}

#[test]
fn the_other_version_of_a_text_takes_the_place_of_ours_or_follows_it() {
    let on = |unit| Place::Question("external-tls".into(), unit);
    for (place, text) in [
        (on(Unit::Detail), TextRef::Detail("external-tls".into())),
        (on(Unit::Note), TextRef::Note("external-tls".into())),
        (Place::Introduction, TextRef::Introduction),
        (Place::Properties, TextRef::Properties),
        (Place::Section("exporting DATA".into()), TextRef::Section(0)),
    ] {
        let (ours, conflict) = conflicting(place, FieldValue::Text("Theirs.".into()));
        for (both, inserted) in [(false, "Theirs."), (true, "Ours.\n\nTheirs.")] {
            let edit = ours.use_other(&conflict, both).unwrap();
            let (removed, inserted, text) = ("Ours.\n".into(), inserted.into(), text.clone());
            let expected = Edit::Splice { text, at: 0, removed, inserted };
            assert_eq!(edited(&ours, &[edit]), edited(&ours, &[expected]), "{conflict:?} {both}");
        }
    }
}

#[test]
fn the_other_version_of_anything_else_takes_the_place_of_ours_and_both_cannot_be_kept() {
    let on = |unit| Place::Question("external-tls".into(), unit);
    let text = |text: &str| FieldValue::Text(text.into());
    let (choices, value, qualifier) = (vec!["no".to_owned()], "7".to_owned(), "app only".to_owned());
    let verdict =
        FieldValue::Verdict { choices: choices.clone(), value: value.clone(), qualifier: qualifier.clone() };
    let present = Answer { detail: "Ours.\n".into(), note: "Ours.\n".into(), ..Answer::default() };
    let answer = |after: Answer| Edit::Answer {
        question: "external-tls".into(),
        before: Box::new(present.clone()),
        after: Box::new(after),
    };
    let judged = Answer { choices, value, qualifier, ..present.clone() };
    let tested = Answer { basis: Some(Basis::Tested), ..present.clone() };
    let subject = Edit::Subject { before: "Example".into(), after: "Ship".into() };
    let domain = Edit::Domain { before: String::new(), after: "ship.example".into() };
    for (place, other, edit) in [
        (on(Unit::Verdict), verdict.clone(), answer(judged)),
        (on(Unit::Basis), FieldValue::Basis(Some(Basis::Tested)), answer(tested)),
        (Place::Subject, text("Ship"), subject),
        (Place::Domain, text("ship.example"), domain),
    ] {
        let (ours, conflict) = conflicting(place, other);
        assert_eq!(ours.use_other(&conflict, false), Some(edit));
        assert_eq!(ours.use_other(&conflict, true), None, "{conflict:?}");
    }
    let (ours, conflict) = conflicting(Place::Introduction, verdict);
    assert_eq!(ours.use_other(&conflict, false), None, "a verdict is no introduction");
}

#[test]
fn only_the_question_that_a_conflict_is_about_has_two_answers() {
    let place = Place::Question("external-tls".into(), Unit::Detail);
    let (about_a_question, _) = conflicting(place, FieldValue::Text("Theirs.".into()));
    let (about_the_page, _) = conflicting(Place::Introduction, FieldValue::Text("Theirs.".into()));
    assert_eq!([0, 1].map(|index| about_a_question.has_two_answers(index)), [true, false]);
    assert!(!about_the_page.has_two_answers(0));
}
