//! The errors of this layer.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use crate::formats::ReadError;
use crate::questionnaire::{NotTranslated, Problem};
use crate::report::{Difference, NotAPage};
use crate::store::StoreError;
use crate::text;

/// Why something could not be found, published or imported.
#[derive(Debug)]
pub enum WorkspaceError {
    /// A file could not be read or written.
    Store(StoreError),
    /// A questionnaire has problems.
    Problems {
        /// Its file, or its id if it is built in.
        path: PathBuf,
        /// Its text.
        source_text: String,
        /// All problems, in the order of the text; never empty.
        problems: Vec<Problem>,
    },
    /// A file is not a questionnaire in any format that can be read.
    NotAQuestionnaire {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ReadError,
    },
    /// There is no such questionnaire.
    UnknownQuestionnaire {
        /// The requested id.
        name: String,
        /// The available ids.
        known: Vec<String>,
    },
    /// A questionnaire is not in the language that was asked for.
    NotTranslated {
        /// Its id, or its file.
        name: String,
        /// The languages that it is in.
        source: NotTranslated,
    },
    /// There is no such theme.
    UnknownTheme {
        /// The requested name.
        name: String,
        /// The names of the built-in themes.
        known: Vec<String>,
    },
    /// The settings or a theme cannot be parsed.
    Settings {
        /// The file, or the name of a built-in theme.
        path: PathBuf,
        /// The error of the parser.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The file to be imported has no questions.
    NotAPage {
        /// The file.
        path: PathBuf,
        /// The error of the import.
        source: NotAPage,
    },
    /// Git cannot do something in the folder of sessions.
    Git {
        /// The folder.
        folder: PathBuf,
        /// What git says.
        reason: String,
    },
    /// Git refuses to commit to a wiki.
    Wiki {
        /// Its folder.
        folder: PathBuf,
        /// What git says.
        reason: String,
    },
    /// The folder of the file to be written does not exist.
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// The session and the page both changed the same, in different ways.
    Differences {
        /// The page.
        path: PathBuf,
        /// What differs.
        differences: Vec<Difference>,
    },
    /// The page would not be read back as it was written.
    Unfaithful {
        /// The page.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The page to be written has questions, but no table of them.
    NoTable {
        /// The page.
        path: PathBuf,
    },
    /// The file to be overwritten is not a report.
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
            Self::NotAQuestionnaire { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::UnknownQuestionnaire { name, .. } => write!(f, "no questionnaire \"{name}\""),
            Self::NotTranslated { name, source } => {
                write!(f, "{name} is not translated into \"{}\"", source.language)
            }
            Self::UnknownTheme { name, known } => {
                write!(f, "no theme \"{name}\"; choose {} or a file in the themes folder", known.join(", "))
            }
            Self::Settings { path, source } => write!(f, "{}: {source}", path.display()),
            Self::NotAPage { path, source } => write!(f, "cannot import {}: {source}", path.display()),
            Self::Differences { path, differences } => {
                let count = differences.len();
                let places = if count == 1 { "place" } else { "places" };
                write!(
                    f,
                    "{} and the session differ in {count} {places}; nothing was written",
                    path.display()
                )?;
                for Difference { what, ours, theirs } in differences {
                    write!(f, "\n{what}\n  session: {}\n  page:    {}", line(ours), line(theirs))?;
                }
                Ok(())
            }
            Self::Unfaithful { path, what } => {
                write!(f, "{} could not be read again: {what}; nothing was written", path.display())
            }
            Self::Wiki { folder, reason } => write!(f, "cannot publish to {}: {reason}", folder.display()),
            Self::Git { folder, reason } => write!(f, "cannot use git in {}: {reason}", folder.display()),
            Self::NoFolder { folder } => write!(f, "the folder {} does not exist", folder.display()),
            Self::NoTable { path } => write!(
                f,
                "the questions in {} are not in a table, so that answers cannot be written into it; \
                 nothing was written",
                path.display()
            ),
            Self::NotAReport { path } => {
                write!(f, "{} already exists and is not a report; nothing was written", path.display())
            }
        }
    }
}

/// A text on one line, as far as it is needed to recognize it.
fn line(text: &str) -> String {
    text::truncate(&text::one_line(text), 200).to_string()
}

impl Error for WorkspaceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // The message is that of the store's error, so the chain continues with the cause of that error.
            Self::Store(error) => error.source(),
            Self::Settings { source, .. } => Some(source.as_ref()),
            Self::NotAPage { source, .. } => Some(source),
            Self::NotAQuestionnaire { source, .. } => Some(source),
            Self::Problems { .. }
            | Self::UnknownQuestionnaire { .. }
            | Self::NotTranslated { .. }
            | Self::UnknownTheme { .. }
            | Self::Git { .. }
            | Self::Wiki { .. }
            | Self::NoFolder { .. }
            | Self::Differences { .. }
            | Self::Unfaithful { .. }
            | Self::NoTable { .. }
            | Self::NotAReport { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_of_an_error_is_its_source() {
        let io = crate::store::read_text(&PathBuf::from("/nowhere/page.md"), 10).unwrap_err();
        let error = WorkspaceError::from(io);
        assert!(error.source().is_some_and(|source| source.is::<std::io::Error>()));
        let error = WorkspaceError::NotAPage { path: PathBuf::from("page.md"), source: NotAPage::default() };
        assert!(error.source().is_some_and(|source| source.is::<NotAPage>()));
    }
}
