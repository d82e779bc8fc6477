//! Checks the meaning of a well-formed questionnaire: dangling references, duplicate ids, cycles.

mod checker;
mod cycles;
mod questions;
mod rules;
mod translations;

use std::collections::HashMap;

use jsonc_parser::ast::Value;

use super::model::Questionnaire;
use super::problem::Problem;

use checker::Check;
pub use checker::{Step, field, name_range, range};

/// All problems with the meaning of `questionnaire`, which was read from `tree`.
pub fn problems(source: &str, tree: &Value<'_>, questionnaire: &Questionnaire) -> Vec<Problem> {
    let mut check = Check { source, questionnaire, ids: HashMap::new(), problems: Vec::new() };
    if questionnaire.format != 1 {
        let message = format!(
            "format {} is not supported; this version of Querist reads format 1",
            questionnaire.format
        );
        check.report(range(tree, &[Step::Field("format")]), message, "Update Querist to read this file.");
        return check.problems;
    }
    check.id(&questionnaire.id, range(tree, &[Step::Field("id")]));
    check.text(&questionnaire.title, "title", range(tree, &[Step::Field("title")]));
    check.answer_sets(tree);
    check.sections(tree);
    check.rules(tree);
    check.tags(tree);
    check.translations(tree);
    check.problems
}
