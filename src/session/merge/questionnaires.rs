//! Merging the questionnaires of two sessions.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};

use crate::questionnaire::{Question, Questionnaire, Section};

use super::choice::{Merged, choose};
use super::lists::{by_key, merged_keys};

/// Of two changed questionnaires, the one with the higher version, with the questions that the other session
/// added. Of two of the same version, all changes that sessions made to their questions.
pub(super) fn merged_questionnaire(
    base: &Questionnaire,
    ours: &Questionnaire,
    theirs: &Questionnaire,
) -> Questionnaire {
    if let Merged::Value(one) = choose(base, ours, theirs) {
        return one.clone();
    }
    let (higher, lower) = match ours.version_order().cmp(&theirs.version_order()) {
        Ordering::Less => (theirs, ours),
        Ordering::Greater => (ours, theirs),
        Ordering::Equal => return with_all_changes(base, ours, theirs),
    };
    let known = ids_of(&[base, higher]);
    let is_added = |question: &&Question| !known.contains(question.id.as_str());
    let added = lower
        .sections
        .iter()
        .map(|section| (section, section.questions.iter().filter(is_added).cloned().collect::<Vec<_>>()));
    with_questions(higher, lower, added)
}

/// A questionnaire with further questions in its sections, and the answer sets that they need.
fn with_questions<'q>(
    questionnaire: &Questionnaire,
    other: &Questionnaire,
    added: impl Iterator<Item = (&'q Section, Vec<Question>)>,
) -> Questionnaire {
    let mut merged = questionnaire.clone();
    for (name, set) in &other.answer_sets {
        merged.answer_sets.entry(name.clone()).or_insert_with(|| set.clone());
    }
    for (section, questions) in added.filter(|(_, questions)| !questions.is_empty()) {
        match merged.sections.iter_mut().find(|known| known.id == section.id) {
            Some(known) => known.questions.extend(questions),
            None => {
                let place = merged.place_of_instance(&section.instance_of);
                merged.sections.insert(place, Section { questions, ..section.clone() });
            }
        }
    }
    merged
}

/// Merges question by question. A question that one side removed and the other one changed is kept.
fn with_all_changes(base: &Questionnaire, ours: &Questionnaire, theirs: &Questionnaire) -> Questionnaire {
    let section_of = |questionnaire: &Questionnaire, id: &str| {
        questionnaire.sections.iter().find(|section| section.id == id).cloned()
    };
    let is_new = |section: &&Section| !ours.sections.iter().any(|known| known.id == section.id);
    let new = theirs.sections.iter().filter(is_new);
    let mut merged = with_questions(ours, theirs, new.map(|section| (section, section.questions.clone())));
    for section in &mut merged.sections {
        let all = [base, ours, theirs].map(|questionnaire| section_of(questionnaire, &section.id));
        let name = merged_name(all.each_ref().map(Option::as_ref));
        *section = section.named(&name);
        let all =
            all.map(|section| section.map(|section| section.named(&name).questions).unwrap_or_default());
        let [b, o, t] = all.each_ref().map(|questions| by_key(questions, |question| question.id.clone()));
        let questions = merged_keys(&b, &o, &t).into_iter().filter_map(|key| {
            let of = |all: &[((String, usize), &Question)]| {
                all.iter().find(|(k, _)| *k == key).map(|(_, q)| (*q).clone())
            };
            let (b, o, t) = (of(&b), of(&o), of(&t));
            match choose(&b, &o, &t) {
                Merged::Value(question) => question.clone(),
                // Two wordings of one question: which one is kept must not depend on the side.
                Merged::Conflict => [o, t].into_iter().flatten().max_by_key(|question| question.text.clone()),
            }
        });
        section.questions = questions.collect();
    }
    // An instance that one side removed, and the other one did not change.
    merged.sections.retain(|section| section.instance_of.is_empty() || !section.questions.is_empty());
    merged
}

/// The name of an instance. If both sides changed it, it has both names, so that somebody finds out which of
/// them its answers are about.
fn merged_name(sections: [Option<&Section>; 3]) -> String {
    let [base, ours, theirs] = sections.map(|section| section.map(|section| section.instance.clone()));
    match (base, ours, theirs) {
        (Some(base), Some(ours), Some(theirs)) => match choose(&base, &ours, &theirs) {
            Merged::Value(name) => name.clone(),
            Merged::Conflict => both_names(&ours, &theirs),
        },
        (None, Some(ours), Some(theirs)) => both_names(&ours, &theirs),
        (_, ours, theirs) => ours.or(theirs).unwrap_or_default(),
    }
}

/// Separates two names of one instance.
const OR: &str = " / ";

fn both_names(ours: &str, theirs: &str) -> String {
    let names: BTreeSet<&str> = ours.split(OR).chain(theirs.split(OR)).filter(|n| !n.is_empty()).collect();
    names.into_iter().collect::<Vec<_>>().join(OR)
}

fn ids_of<'q>(questionnaires: &[&'q Questionnaire]) -> HashSet<&'q str> {
    questionnaires.iter().flat_map(|q| q.questions()).map(|question| question.id.as_str()).collect()
}
