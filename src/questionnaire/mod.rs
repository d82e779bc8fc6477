//! What is asked: sections of questions, answer sets, conditions, and how a file of them is loaded.

mod builtin;
mod check;
mod condition;
mod load;
mod model;
mod problem;
mod shape;

pub use builtin::{BUILT_IN, SCHEMA};
pub use condition::{Given, holds, mentioned};
pub use load::load;
pub use model::{
    Advice, AnswerSet, Choice, Condition, Kind, Need, Question, Questionnaire, ReportDefaults, ReportSection,
    Section, Severity, Source, Tone,
};
pub use problem::Problem;
