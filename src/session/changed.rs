//! Keeps track of who changed which published part last.

use super::edit::Edit;
use super::page_section::PageSection;
use super::stamp::{Changed, INTRODUCTION, PROPERTIES, SUBJECT, Stamp, section_key};
use super::text_ref::{LinkPart, TextRef};

/// The published part that an edit changes, as a key of [`Changed`].
pub(super) fn changed_part(sections: &[PageSection], edit: &Edit) -> Option<String> {
    match edit {
        Edit::Splice { text, .. } => match text {
            TextRef::Note(_) | TextRef::Flag(_) | TextRef::Link(_, _, LinkPart::Retrieved) => None,
            TextRef::Detail(id) | TextRef::Value(id) | TextRef::Qualifier(id) | TextRef::Link(id, ..) => {
                Some(id.clone())
            }
            TextRef::Introduction => Some(INTRODUCTION.to_owned()),
            TextRef::Properties => Some(PROPERTIES.to_owned()),
            TextRef::Section(index) => sections.get(*index).map(|s| section_key(&s.heading)),
        },
        Edit::Link { question, before, after, .. } => {
            let is_public = [before, after].into_iter().flatten().any(|link| !link.internal);
            is_public.then(|| question.clone())
        }
        Edit::Choose { question, .. } | Edit::MoveLink { question, .. } | Edit::Basis { question, .. } => {
            Some(question.clone())
        }
        Edit::Answer { question, before, after } => {
            (before.published() != after.published()).then(|| question.clone())
        }
        Edit::Section { before, after, .. } => {
            after.as_ref().or(before.as_ref()).map(|section| section_key(&section.heading))
        }
        Edit::Subject { .. } => Some(SUBJECT.to_owned()),
        Edit::Question { before, after, .. } => {
            after.as_ref().or(before.as_ref()).map(|question| question.id.clone())
        }
        Edit::Flag { .. }
        | Edit::Domain { .. }
        | Edit::MoveSection { .. }
        | Edit::Instance { .. }
        | Edit::Questionnaire { .. }
        | Edit::Page { .. }
        | Edit::Entry { .. }
        | Edit::Previous { .. }
        | Edit::Match { .. }
        | Edit::Changed { .. }
        | Edit::Go { .. }
        | Edit::All(_) => None,
    }
}

/// Notes the published part that an edit has changed.
pub(super) fn note_change(changed: &mut Changed, sections: &[PageSection], edit: &Edit, stamp: &Stamp) {
    if let Some(key) = changed_part(sections, edit) {
        // Typing changes the same entry again and again.
        match changed.get_mut(&key) {
            Some(last) => {
                last.at = stamp.at;
                last.by.clone_from(&stamp.by);
            }
            None => drop(changed.insert(key, stamp.clone())),
        }
    }
}

/// Replaces the entries of `before` by those of `after`.
pub(super) fn set_changed(current: &mut Changed, before: &Changed, after: &Changed) {
    current.retain(|key, _| !before.contains_key(key) || after.contains_key(key));
    for (key, stamp) in after {
        current.insert(key.clone(), stamp.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Answer, Link};

    #[test]
    fn only_what_is_published_counts_as_changed_each_part_under_its_own_key() {
        let id = || "q".to_owned();
        let splice = |text| Edit::Splice { text, at: 0, removed: String::new(), inserted: "x".into() };
        let answer =
            |after: Answer| Edit::Answer { question: id(), before: Box::default(), after: Box::new(after) };
        let link = |internal, is_kept| {
            let link = |internal| Some(Box::new(Link { internal, ..Link::default() }));
            let before = if is_kept { link(true) } else { None };
            Edit::Link { question: id(), index: 0, before, after: link(internal) }
        };
        let sections = [PageSection { heading: "Exit".into(), ..PageSection::default() }];
        for (edit, key) in [
            (splice(TextRef::Detail(id())), Some("q")),
            (splice(TextRef::Value(id())), Some("q")),
            (splice(TextRef::Link(id(), 0, LinkPart::Quote)), Some("q")),
            (splice(TextRef::Link(id(), 0, LinkPart::Retrieved)), None),
            (link(false, true), Some("q")),
            (link(true, true), None),
            (link(true, false), None),
            (splice(TextRef::Note(id())), None),
            (splice(TextRef::Introduction), Some("page/introduction")),
            (splice(TextRef::Properties), Some("page/properties")),
            (splice(TextRef::Section(0)), Some("page/section/Exit")),
            (splice(TextRef::Section(1)), None),
            (answer(Answer { detail: "x".into(), ..Answer::default() }), Some("q")),
            (answer(Answer { note: "x".into(), ..Answer::default() }), None),
            (Edit::Subject { before: id(), after: id() }, Some("page/subject")),
            (Edit::Flag { question: id(), before: None, after: Some(id()) }, None),
        ] {
            assert_eq!(changed_part(&sections, &edit).as_deref(), key, "{edit:?}");
        }
    }

    #[test]
    fn the_last_change_of_a_part_is_that_of_whoever_changed_it_last() {
        let mut changed = Changed::new();
        let edit = Edit::Choose { question: "q".into(), before: vec![], after: vec![] };
        for (by, second) in [("Kim", 1), ("Kim", 2), ("Ann", 3)] {
            let stamp = Stamp { by: by.into(), at: jiff::Timestamp::from_second(second).unwrap() };
            note_change(&mut changed, &[], &edit, &stamp);
            assert_eq!(changed, Changed::from([("q".to_owned(), stamp)]));
        }
    }
}
