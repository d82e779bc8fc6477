//! Errors at the edge: the sentence, the hint, the exit code.

use std::process::ExitCode;

use crate::store::StoreError;
use crate::text;
use crate::workspace::WorkspaceError;

use super::output;

/// Exit code for wrong usage.
const USAGE: u8 = 2;
/// Exit code for input that cannot be read.
const UNREADABLE: u8 = 3;
/// Exit code for output that cannot be stored.
const UNSTORED: u8 = 4;

/// An error as the user sees it.
#[derive(Debug)]
pub struct CliError {
    message: String,
    hint: String,
    code: u8,
    /// Problems of a file, drawn with carets; replaces the message.
    drawn: Option<String>,
}

impl CliError {
    /// The arguments make no sense.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), code: USAGE, drawn: None }
    }

    /// The input cannot be read.
    pub fn unreadable(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code: UNREADABLE, ..Self::usage(message, hint) }
    }

    /// The output cannot be stored.
    pub fn unstored(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code: UNSTORED, ..Self::usage(message, hint) }
    }

    /// The error in one line, for a conversation that goes on.
    pub fn told(&self) -> String {
        text::one_line(format!("{}. {}", self.message, self.hint).trim_end())
    }

    /// Prints the error on standard error and gives its exit code.
    pub fn report(&self) -> ExitCode {
        match &self.drawn {
            Some(drawn) => output::err(drawn.trim_end()),
            None => output::err(&format!("querist: {}", text::one_line(&self.message))),
        }
        if !self.hint.is_empty() {
            output::err(&text::one_line(&self.hint));
        }
        ExitCode::from(self.code)
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        let code = if error.is_storing() { UNSTORED } else { UNREADABLE };
        let hint = match &error {
            StoreError::NotFound { .. } => "querist list shows the reviews that there are.",
            StoreError::Ambiguous { .. } => "Write a little more of the id.",
            StoreError::Newer { .. } => "Install a newer Querist to open it. Nothing was changed.",
            StoreError::Unreadable { .. } => {
                "Nothing was changed. If there is a copy or an older version in git, put it back."
            }
            StoreError::TooLarge { .. } => "Is it the right file? Nothing was changed.",
            StoreError::NotAFile { .. } => {
                "Querist follows no links out of its folder; name the file itself."
            }
            StoreError::Io { .. } if error.is_storing() => {
                "Make room or check the rights of the folder; --data-dir DIR keeps reviews elsewhere."
            }
            StoreError::Io { .. } => "Check the name and the rights of the file.",
        };
        Self { message, hint: hint.to_owned(), code, drawn: None }
    }
}

impl From<WorkspaceError> for CliError {
    fn from(error: WorkspaceError) -> Self {
        let message = error.to_string();
        match error {
            WorkspaceError::Store(error) => error.into(),
            WorkspaceError::Problems { path, source, problems } => {
                let drawn = output::problems(&path.to_string_lossy(), &source, &problems);
                Self { drawn: Some(drawn), ..Self::unreadable(message, "") }
            }
            WorkspaceError::UnknownQuestionnaire { known, .. } => {
                Self::unreadable(message, format!("There are: {}. A file works too.", known.join(", ")))
            }
            WorkspaceError::UnknownTheme { .. } | WorkspaceError::Settings { .. } => Self::unreadable(
                message,
                "querist config shows what holds; querist config --init writes a file to start from.",
            ),
            WorkspaceError::NotAPage { .. } => {
                Self::unreadable(message, "A page is read by its table: | Question | Answer | Detail |.")
            }
            WorkspaceError::NotAReport { .. } => {
                Self::unstored(message, "Choose another name, or move that file away.")
            }
        }
    }
}
