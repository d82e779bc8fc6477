//! The answers that VSAQ saves: one flat JSON object of item and choice ids.

use std::collections::HashMap;

use serde_json::Value;

use crate::formats::draft::Imported;
use crate::formats::error::ReadError;
use crate::formats::html::clean;
use crate::formats::ids::slug;
use crate::formats::warnings::Warnings;
use crate::questionnaire::{Kind, Question, Questionnaire};
use crate::session::Answer;

/// Adds saved answers to a questionnaire, with the questions that the texts of its tips belong to.
///
/// # Errors
/// If it is not such a file.
pub fn add(imported: &mut Imported, tips: &HashMap<String, String>, answers: &str) -> Result<(), ReadError> {
    let wrong =
        || ReadError::refused("not the answers of a VSAQ questionnaire", "Use the file that VSAQ saved.");
    let value: Value = serde_json::from_str(answers).map_err(|_| wrong())?;
    let given = value.as_object().ok_or_else(wrong)?;
    let questionnaire = &imported.questionnaire;
    let mut found: HashMap<&str, Answer> = HashMap::new();
    let mut warnings = Warnings::default();
    for (id, value) in given {
        let value = clean(value.as_str().unwrap_or_default());
        if value.is_empty() {
            continue;
        }
        let of_tip =
            tips.get(id).and_then(|of| questionnaire.questions().find(|question| question.id == *of));
        match of_tip {
            Some(question) if question.kind.has_choices() => {
                value.clone_into(&mut found.entry(&question.id).or_default().detail);
            }
            Some(question) => value.clone_into(&mut found.entry(&question.id).or_default().value),
            None => {
                if !questionnaire.questions().any(|q| take(q, questionnaire, id, &value, &mut found)) {
                    warnings.add("the questionnaire has no such question or choice; not taken over", id);
                }
            }
        }
    }
    let given = questionnaire.questions().filter_map(|q| Some((q.id.clone(), found.remove(q.id.as_str())?)));
    let given: Vec<_> = given.collect();
    imported.answers.extend(given);
    imported.warnings.extend(warnings.located(answers));
    Ok(())
}

/// Takes a value if it belongs to this question.
fn take<'q>(
    question: &'q Question,
    questionnaire: &Questionnaire,
    id: &str,
    value: &str,
    found: &mut HashMap<&'q str, Answer>,
) -> bool {
    let is_own = question.id == id || question.id == slug(id);
    let choices = questionnaire.choices(question);
    let is_offered = |wanted: &str| choices.iter().any(|choice| choice.id == wanted);
    match question.kind {
        Kind::Choice | Kind::MultiChoice => {
            let choice = if is_own {
                is_offered(value).then(|| value.to_owned())
            } else {
                let slug = slug(id);
                [id.to_owned(), slug].into_iter().find(|wanted| is_offered(wanted))
            };
            let is_known = choice.is_some();
            if let Some(choice) = choice {
                found.entry(&question.id).or_default().choices.push(choice);
            }
            is_known
        }
        Kind::Text | Kind::Number | Kind::Date => {
            if is_own {
                value.clone_into(&mut found.entry(&question.id).or_default().value);
            }
            is_own
        }
    }
}
