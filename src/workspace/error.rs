//! What can go wrong between files and sessions.

use std::fmt;
use std::path::PathBuf;

use crate::questionnaire::Problem;
use crate::store::StoreError;

/// Why something could not be found, published or read.
#[derive(Debug)]
pub enum WorkspaceError {
    /// A file could not be read or stored.
    Store(StoreError),
    /// A questionnaire has problems.
    Problems {
        /// Its file, or its name if it is built in.
        path: PathBuf,
        /// Its text.
        source: String,
        /// All of them, in the order of the text; never empty.
        problems: Vec<Problem>,
    },
    /// There is no such questionnaire.
    UnknownQuestionnaire {
        /// What was asked for.
        name: String,
        /// The ids that there are.
        known: Vec<String>,
    },
    /// There is no such theme.
    UnknownTheme {
        /// What was asked for.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// A file of settings or a theme cannot be read.
    Settings {
        /// The file, or the name of a built-in theme.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// The file has no table of questions.
    NotAPage {
        /// The file.
        path: PathBuf,
    },
    /// The file to be written onto is not a report.
    NotAReport {
        /// The file.
        path: PathBuf,
    },
}

impl From<StoreError> for WorkspaceError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for WorkspaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Problems { path, problems, .. } => {
                let (first, count) = (&problems[0], problems.len());
                let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
                write!(f, "{}:{}:{}: {}{more}", path.display(), first.line, first.column, first.message)
            }
            Self::UnknownQuestionnaire { name, .. } => write!(f, "no questionnaire \"{name}\""),
            Self::UnknownTheme { name, known } => {
                write!(
                    f,
                    "no theme \"{name}\"; there are {} and those in the folder themes",
                    known.join(", ")
                )
            }
            Self::Settings { path, message } => write!(f, "{}: {message}", path.display()),
            Self::NotAPage { path } => {
                write!(f, "{} has no table with the headings Question and Answer", path.display())
            }
            Self::NotAReport { path } => {
                write!(f, "{} is there already and is no report; nothing was written", path.display())
            }
        }
    }
}

impl std::error::Error for WorkspaceError {}
