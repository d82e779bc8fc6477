//! Questionnaires: sections of questions, answer sets and conditions, and how they are loaded from JSON.

mod advice;
mod answer_set;
mod builtin;
mod check;
mod condition;
mod dated;
mod instance;
mod language;
mod link_kind;
mod load;
mod look;
mod model;
mod problem;
mod repaired;
mod rule;
mod shape;
mod tag;
mod translated;
mod translation;

#[cfg(test)]
mod tests;

pub use advice::advice;
pub use answer_set::{AnswerSet, Choice, Tone};
pub use builtin::{BUILT_IN, SCHEMA};
#[cfg(test)]
pub use builtin::{ENVIRONMENTS, SHOWCASE};
pub use condition::{
    AllCondition, AnsweredCondition, AnyCondition, Condition, GivenAnswer, InCondition, NotCondition, holds,
    mentioned,
};
pub use link_kind::{EvidenceDays, LinkKind};
pub use load::load;
pub use look::Look;
pub use model::{
    Advice, Cells, Kind, Limit, Need, Question, Questionnaire, ReportDefaults, ReportSection, Section,
    Severity, Source,
};
pub use problem::Problem;
pub use rule::Contradiction;
pub use tag::Tag;
pub use translated::{Coverage, NotTranslated};
