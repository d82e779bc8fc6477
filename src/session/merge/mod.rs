//! Three-way merging of sessions, field by field. The result is a list of edits, so a merge can be undone.
//!
//! Whatever both sides changed in different ways becomes a [`Conflict`]: our version stays in the session,
//! and the other one is kept beside it until the reviewer decides. Nothing that anybody wrote is lost.

mod choice;
mod lists;
mod questionnaires;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::session::answer::Answer;
use crate::session::edit::Edit;
use crate::session::entry::{Conflict, Entries, Entry, FieldValue, Place, Unit};
use crate::session::page_section::PageSection;
use crate::session::request::entry_id;
use crate::session::session::Session;
use crate::session::stamp::{INTRODUCTION, PROPERTIES, SUBJECT, Stamp, section_key};
use crate::session::text_ref::TextRef;
use crate::text::{self, merge_sentences};

use choice::{Merged, choose};
use lists::{by_key, merged_flag, merged_keys, merged_links};
use questionnaires::merged_questionnaire;

/// The outcome of a merge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merge {
    /// The edits that turn our session into the merged one.
    pub edits: Vec<Edit>,
    /// How many answers and parts of the page the edits change.
    pub updated: usize,
    /// The places where both sides made different changes, and who made the other one.
    pub conflicts: Vec<(Place, String)>,
}

/// Merges the changes that led from `base` to `theirs` into `ours`. `other` is the author of changes whose
/// author is not recorded, and the time.
pub fn merge(base: &Session, ours: &Session, theirs: &Session, other: &Stamp) -> Merge {
    let mut merger = Merger { base, ours, theirs, other, result: Merge::default(), conflicts: Vec::new() };
    merger.questionnaire();
    merger.answers();
    merger.subject();
    merger.texts();
    merger.sections();
    merger.other_parts();
    merger.entries();
    merger.changed();
    merger.result
}

/// The edits that turn `from` into `to`.
pub fn difference(from: &Session, to: &Session) -> Vec<Edit> {
    merge(from, from, to, &Stamp::default()).edits
}

struct Merger<'a> {
    base: &'a Session,
    ours: &'a Session,
    theirs: &'a Session,
    other: &'a Stamp,
    result: Merge,
    conflicts: Vec<Conflict>,
}

impl Merger<'_> {
    /// Who made the other version of a part.
    fn their_stamp(&self, key: &str) -> Stamp {
        self.theirs.changed().get(key).unwrap_or(self.other).clone()
    }

    fn conflict(&mut self, place: Place, key: &str, base: FieldValue, values: [&FieldValue; 2]) {
        let other = Some(values[1].clone());
        self.add(Conflict {
            id: id(&place, values),
            place,
            base: Some(base),
            other,
            made: self.their_stamp(key),
        });
    }

    /// Notes that one side wrote the verdict and the other one the detail.
    fn read_to_confirm(&mut self, question: &str, details: [&FieldValue; 2]) {
        let place = Place::Question(question.to_owned(), Unit::Verdict);
        let id = id(&place, details);
        self.add(Conflict { id, place, base: None, other: None, made: self.their_stamp(question) });
    }

    fn add(&mut self, conflict: Conflict) {
        self.result.conflicts.push((conflict.place.clone(), conflict.made.by.clone()));
        self.conflicts.push(conflict);
    }

    fn edit(&mut self, edit: Edit) {
        self.result.edits.push(edit);
        self.result.updated += 1;
    }

    fn questionnaire(&mut self) {
        let merged = merged_questionnaire(
            self.base.questionnaire(),
            self.ours.questionnaire(),
            self.theirs.questionnaire(),
        );
        if merged != *self.ours.questionnaire() {
            let before = Box::new(self.ours.questionnaire().clone());
            self.edit(Edit::Questionnaire { before, after: Box::new(merged) });
        }
    }

    fn answers(&mut self) {
        let (base, ours, theirs) = (answers(self.base), answers(self.ours), answers(self.theirs));
        let empty = Answer::default();
        let ids: BTreeSet<&str> = base.keys().chain(ours.keys()).chain(theirs.keys()).copied().collect();
        for id in ids {
            let of = |answers: &HashMap<&str, &Answer>| {
                answers.get(id).map_or_else(|| empty.clone(), |a| (*a).clone())
            };
            let (base, ours, theirs) = (of(&base), of(&ours), of(&theirs));
            let merged = self.answer(id, &base, &ours, &theirs);
            if merged != ours {
                self.edit(Edit::Answer {
                    question: id.to_owned(),
                    before: Box::new(ours),
                    after: Box::new(merged),
                });
            }
        }
    }

    fn answer(&mut self, id: &str, base: &Answer, ours: &Answer, theirs: &Answer) -> Answer {
        if theirs == base {
            return ours.clone();
        }
        if ours == base {
            return theirs.clone();
        }
        let mut merged = ours.clone();
        let verdicts = [base, ours, theirs].map(FieldValue::verdict_of);
        let place = |unit| Place::Question(id.to_owned(), unit);
        let mut is_verdict_from_one_side = false;
        match choose(&verdicts[0], &verdicts[1], &verdicts[2]) {
            Merged::Value(value) => {
                is_verdict_from_one_side = verdicts[1] != verdicts[2];
                merged.take_verdict(&value.as_answer());
            }
            Merged::Conflict => {
                let [base, ours, theirs] = &verdicts;
                self.conflict(place(Unit::Verdict), id, base.clone(), [ours, theirs]);
            }
        }
        let is_detail_from_the_other = {
            let (by_us, by_them) = (ours.detail != base.detail, theirs.detail != base.detail);
            let verdict_by_them = verdicts[1] == verdicts[0];
            if verdict_by_them {
                by_us && ours.detail != theirs.detail
            } else {
                by_them && ours.detail != theirs.detail
            }
        };
        let before = self.conflicts.len();
        merged.detail = self.text(place(Unit::Detail), id, &base.detail, &ours.detail, &theirs.detail);
        let is_detail_settled = self.conflicts.len() == before;
        merged.note = self.text(place(Unit::Note), id, &base.note, &ours.note, &theirs.note);
        match choose(&base.basis, &ours.basis, &theirs.basis) {
            Merged::Value(basis) => merged.basis = *basis,
            Merged::Conflict => {
                let [base, ours, theirs] = [base, ours, theirs].map(|answer| FieldValue::Basis(answer.basis));
                self.conflict(place(Unit::Basis), id, base, [&ours, &theirs]);
            }
        }
        if is_verdict_from_one_side && is_detail_from_the_other && is_detail_settled {
            let details = [ours, theirs].map(|answer| FieldValue::Text(answer.detail.clone()));
            self.read_to_confirm(id, details.each_ref());
        }
        merged.links = merged_links(&base.links, &ours.links, &theirs.links);
        merged.flag = merged_flag(base.flag.as_ref(), ours.flag.as_ref(), theirs.flag.as_ref());
        merged.unread.0 = ours.unread.0 && theirs.unread.0;
        for (url, day) in &theirs.cited.0 {
            let known = merged.cited.0.entry(url.clone()).or_default();
            *known = known.clone().max(day.clone());
        }
        merged
    }

    /// A merged text; ours if both sides changed the same sentence.
    fn text(&mut self, place: Place, key: &str, base: &str, ours: &str, theirs: &str) -> String {
        merge_sentences(base, ours, theirs).unwrap_or_else(|| {
            let [base, our, their] = [base, ours, theirs].map(|text| FieldValue::Text(text.to_owned()));
            self.conflict(place, key, base, [&our, &their]);
            ours.to_owned()
        })
    }

    fn subject(&mut self) {
        let names = [self.base, self.ours, self.theirs].map(Session::subject);
        self.name(Place::Subject, SUBJECT, names, |before, after| Edit::Subject { before, after });
        let names = [self.base, self.ours, self.theirs].map(Session::domain);
        self.name(Place::Domain, "page/domain", names, |before, after| Edit::Domain { before, after });
    }

    fn name(
        &mut self,
        place: Place,
        key: &str,
        [base, ours, theirs]: [&str; 3],
        edit: impl Fn(String, String) -> Edit,
    ) {
        match choose(base, ours, theirs) {
            Merged::Value(value) if value != ours => self.edit(edit(ours.to_owned(), value.to_owned())),
            Merged::Value(_) => {}
            Merged::Conflict => {
                let [base, our, their] = [base, ours, theirs].map(|text| FieldValue::Text(text.to_owned()));
                self.conflict(place, key, base, [&our, &their]);
            }
        }
    }

    fn texts(&mut self) {
        let parts = [
            (TextRef::Introduction, Place::Introduction, INTRODUCTION),
            (TextRef::Properties, Place::Properties, PROPERTIES),
        ];
        for (text, place, key) in parts {
            let [base, ours, theirs] =
                [self.base, self.ours, self.theirs].map(|s| s.text(&text).unwrap_or_default().to_owned());
            let merged = self.text(place, key, &base, &ours, &theirs);
            if merged != ours {
                self.edit(Edit::Splice { text, at: 0, removed: ours, inserted: merged });
            }
        }
    }

    fn sections(&mut self) {
        let (base, ours, theirs) = (self.base.sections(), self.ours.sections(), self.theirs.sections());
        let merged = match choose(base, ours, theirs) {
            Merged::Value(sections) => sections.to_vec(),
            Merged::Conflict => self.merged_sections(),
        };
        let headings =
            |sections: &[PageSection]| sections.iter().map(|s| s.heading.clone()).collect::<Vec<_>>();
        if headings(ours) == headings(&merged) {
            for (index, (before, after)) in ours.iter().zip(merged).enumerate() {
                if *before != after {
                    self.edit(Edit::Section {
                        index,
                        before: Some(Box::new(before.clone())),
                        after: Some(Box::new(after)),
                    });
                }
            }
            return;
        }
        let mut edits = Vec::new();
        for (index, section) in ours.iter().enumerate().rev() {
            edits.push(Edit::Section { index, before: Some(Box::new(section.clone())), after: None });
        }
        for (index, section) in merged.into_iter().enumerate() {
            edits.push(Edit::Section { index, before: None, after: Some(Box::new(section)) });
        }
        self.edit(Edit::All(edits));
    }

    /// Sections that both sides changed. A section that one side removed and the other one changed is kept.
    fn merged_sections(&mut self) -> Vec<PageSection> {
        let [base, ours, theirs] = [self.base, self.ours, self.theirs]
            .map(|session| by_key(session.sections(), |s| text::normalized(&s.heading)));
        let mut merged = Vec::new();
        for key in merged_keys(&base, &ours, &theirs) {
            let [b, o, t] =
                [&base, &ours, &theirs].map(|all| all.iter().find(|(k, _)| *k == key).map(|(_, s)| *s));
            let section = match (b, o, t) {
                (_, Some(o), Some(t)) => {
                    let before = b.map_or("", |b| b.text.as_str());
                    // Headings of one section may differ in case or punctuation.
                    let heading = o.heading.clone().max(t.heading.clone());
                    let place = Place::Section(heading.clone());
                    let text = self.text(place, &section_key(&t.heading), before, &o.text, &t.text);
                    let prompt = o.prompt.clone().max(t.prompt.clone());
                    PageSection { text, heading, prompt }
                }
                (Some(b), Some(one), None) | (Some(b), None, Some(one)) if one == b => continue,
                (_, Some(one), None) | (_, None, Some(one)) => one.clone(),
                (_, None, None) => continue,
            };
            merged.push(section);
        }
        merged
    }

    fn other_parts(&mut self) {
        // Both can be made again: the page by reading it, the earlier session by choosing it.
        let (before, theirs) = (self.ours.page(), self.theirs.page());
        if before == self.base.page() && theirs != before {
            let (before, after) = (before.map(str::to_owned), theirs.map(str::to_owned));
            self.result.edits.push(Edit::Page { before, after });
        }
        let (before, theirs) = (&self.ours.previous, &self.theirs.previous);
        if *before == self.base.previous && theirs != before {
            self.result.edits.push(Edit::Previous { before: before.clone(), after: theirs.clone() });
        }
    }

    fn entries(&mut self) {
        let [base, ours, theirs] =
            [self.base, self.ours, self.theirs].map(|session| by_id(session.entries()));
        let mut merged: BTreeMap<&str, Entry> = BTreeMap::new();
        for id in ours.keys().chain(theirs.keys()) {
            let [b, o, t] = [&base, &ours, &theirs].map(|all| all.get(id));
            let entry = match choose(&b, &o, &t) {
                Merged::Value(entry) => *entry,
                // The later change wins; one that was removed by one side and changed by the other is kept.
                Merged::Conflict => {
                    [o, t].into_iter().flatten().max_by_key(|entry| (entry.changed().at, entry.id()))
                }
            };
            merged.extend(entry.map(|entry| (id.as_str(), entry.clone())));
        }
        let new = std::mem::take(&mut self.conflicts);
        let new: Vec<Entry> = new.into_iter().map(|conflict| Entry::Conflict(Box::new(conflict))).collect();
        for entry in &new {
            merged.insert(entry.id(), entry.clone());
        }
        for (id, before) in &ours {
            match merged.get(id.as_str()) {
                Some(after) if after == before => {}
                after => {
                    let after = after.cloned();
                    self.result.edits.push(Edit::Entry { before: Some(before.clone()), after });
                }
            }
        }
        for (id, after) in &merged {
            if !ours.contains_key(*id) {
                self.result.edits.push(Edit::Entry { before: None, after: Some(after.clone()) });
            }
        }
    }

    /// Keeps who changed what last: a merge does not count as a change by the person who merges.
    fn changed(&mut self) {
        let ours = self.ours.changed();
        let mut after = ours.clone();
        for (key, stamp) in self.theirs.changed() {
            match after.get(key) {
                Some(known) if known.at >= stamp.at => {}
                _ => drop(after.insert(key.clone(), stamp.clone())),
            }
        }
        if after != *ours || !self.result.edits.is_empty() {
            self.result.edits.push(Edit::Changed { before: ours.clone(), after });
        }
    }
}

/// The same for the same two versions, whichever side they are on.
fn id(place: &Place, mut values: [&FieldValue; 2]) -> String {
    let key = |value: &FieldValue| {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    };
    values.sort_by_key(|value| key(value));
    entry_id(&(place, values))
}

/// All answers that are not empty, by the id of their question.
fn answers(session: &Session) -> HashMap<&str, &Answer> {
    let asked = session.questionnaire().questions().enumerate();
    let asked = asked.map(|(index, question)| (question.id.as_str(), session.answer(index)));
    let orphans = session.orphans().iter().map(|(id, answer)| (id.as_str(), answer));
    asked.chain(orphans).filter(|(_, answer)| !answer.is_empty()).collect()
}

fn by_id(entries: &Entries) -> BTreeMap<String, Entry> {
    entries.all().into_iter().map(|entry| (entry.id().to_owned(), entry)).collect()
}
