//! A part of a questionnaire: the questions with certain tags.

use std::collections::{BTreeSet, HashSet};

use crate::questionnaire::mentioned;

use super::draft::Imported;
use super::error::ReadError;
use super::warnings::Warnings;

/// How many tags are named where none fits.
const NAMED: usize = 20;

/// Keeps the questions that have one of the tags.
///
/// # Errors
/// If there is none.
pub fn select(mut imported: Imported, tags: &[String]) -> Result<Imported, ReadError> {
    let has = |tag: &String| tags.iter().any(|wanted| wanted.eq_ignore_ascii_case(tag));
    let questionnaire = &mut imported.questionnaire;
    let known: BTreeSet<String> =
        questionnaire.questions().flat_map(|question| question.tags.clone()).collect();
    for section in &mut questionnaire.sections {
        section.questions.retain(|question| question.tags.iter().any(has));
    }
    questionnaire.sections.retain(|section| !section.questions.is_empty());
    if questionnaire.sections.is_empty() {
        let names: Vec<String> = known.into_iter().take(NAMED).collect();
        let hint = if names.is_empty() {
            "It has no tags.".to_owned()
        } else {
            format!("Tags: {}.", names.join(", "))
        };
        return Err(ReadError::refused(format!("no question has the tag {}", tags.join(" or ")), hint));
    }
    let kept: HashSet<String> = questionnaire.questions().map(|question| question.id.clone()).collect();
    let mut warnings = Warnings::default();
    for question in questionnaire.sections.iter_mut().flat_map(|section| &mut section.questions) {
        let refers = question.enable_when.as_ref().map(mentioned).unwrap_or_default();
        if refers.iter().any(|id| !kept.contains(*id)) {
            warnings.add("a condition refers to a question that is not in the part; dropped", &question.id);
            question.enable_when = None;
        }
    }
    let used: HashSet<String> = questionnaire.questions().filter_map(|q| q.answer_set.clone()).collect();
    questionnaire.answer_sets.retain(|name, _| used.contains(name));
    imported.answers.retain(|(id, _)| kept.contains(id));
    imported.warnings.extend(warnings.located(""));
    Ok(imported)
}
