//! Arguments of `question`.

use clap::builder::PossibleValue;
use clap::{Subcommand, ValueEnum};
use clap_complete::ArgValueCandidates;

use crate::cli::candidates::sessions;
use crate::questionnaire::Kind;

/// Arguments of `question`.
#[derive(Debug, clap::Args)]
pub struct QuestionArgs {
    /// Id of a session, a unique prefix of one, or path of a file
    #[arg(add = ArgValueCandidates::new(sessions))]
    pub session: String,
    /// What to do.
    #[command(subcommand)]
    pub change: QuestionChange,
}

/// A change of the questions of one session.
#[derive(Debug, Subcommand)]
pub enum QuestionChange {
    /// Add a question and print its id
    Add(AddQuestionArgs),
    /// Change a question that was added
    Change(ChangeQuestionArgs),
    /// Remove a question that was added; its answer is kept in case it is added again
    Remove(RemoveQuestionArgs),
}

/// Arguments of `question add`.
#[derive(Debug, clap::Args)]
pub struct AddQuestionArgs {
    /// The question
    #[arg(allow_hyphen_values = true)]
    pub text: String,
    /// The topic in a few words [default: the beginning of the question]
    #[arg(long)]
    pub title: Option<String>,
    /// How it is answered
    #[arg(long, value_enum, default_value = "text")]
    pub kind: Kind,
    /// Name of an answer set of the questionnaire, for a question with choices
    #[arg(long, value_name = "NAME")]
    pub answer_set: Option<String>,
    /// Id of the section of questions [default: the last]
    #[arg(long, value_name = "ID")]
    pub section: Option<String>,
}

/// Arguments of `question change`.
#[derive(Debug, clap::Args)]
pub struct ChangeQuestionArgs {
    /// Id of the question
    pub question: String,
    /// The new wording
    #[arg(long, allow_hyphen_values = true, required_unless_present = "title")]
    pub text: Option<String>,
    /// The new topic
    #[arg(long)]
    pub title: Option<String>,
}

/// Arguments of `question remove`.
#[derive(Debug, clap::Args)]
pub struct RemoveQuestionArgs {
    /// Id of the question
    pub question: String,
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Choice, Self::MultiChoice, Self::Text, Self::Number, Self::Date]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Choice => ("choice", "One choice of an answer set"),
            Self::MultiChoice => ("multi-choice", "Any number of choices of an answer set"),
            Self::Text => ("text", "Free text"),
            Self::Number => ("number", "A number"),
            Self::Date => ("date", "A date"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}
