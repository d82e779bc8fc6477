//! The errors of commands, with a hint and an exit code for each.

use std::error::Error;
use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::session::EditMismatch;
use crate::store::{ReadOnly, StoreError};
use crate::text;
use crate::tui::TuiError;
use crate::workspace::WorkspaceError;

use super::output;

/// The exit code for a question that was answered with "no".
const DIFFERENT: u8 = 1;
/// The exit code for wrong usage.
const USAGE: u8 = 2;
/// The exit code for input that cannot be read.
const UNREADABLE: u8 = 3;
/// The exit code for output that cannot be stored or written.
const UNWRITABLE: u8 = 4;

/// An error of a command. Its type determines the exit code and the hint.
#[derive(Debug)]
pub enum CliError {
    /// The arguments or an answer are not valid.
    Usage { message: String, hint: String },
    /// The edit does not match the session.
    Mismatch(EditMismatch),
    /// The input cannot be read.
    Unreadable { message: String, hint: &'static str },
    /// Standard input cannot be read.
    StandardInput(io::Error),
    /// The terminal cannot be used.
    Terminal(io::Error),
    /// A template cannot be used.
    Template { message: String },
    /// The output cannot be written.
    Unwritable { message: String, hint: &'static str },
    /// Standard output cannot be written.
    StandardOutput { reason: String },
    /// The session cannot be changed.
    ReadOnly { id: String, why: ReadOnly },
    /// An edit could not be saved.
    NotSaved { reason: String },
    /// The session cannot be read or stored.
    Store(StoreError),
    /// A questionnaire, page, report or setting cannot be read or written.
    Workspace(WorkspaceError),
}

impl CliError {
    /// An error in the usage of a command. The hint may be empty.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), hint: hint.into() }
    }

    /// The error and its hint on one line.
    pub fn one_line(&self) -> String {
        text::one_line(format!("{self}. {}", self.hint()).trim_end())
    }

    /// Prints the error and its hint on standard error, and returns its exit code.
    pub fn report(&self) -> ExitCode {
        if let Self::Workspace(WorkspaceError::Problems { path, source_text, problems }) = self {
            output::err_problems(&path.to_string_lossy(), source_text, problems);
        } else {
            output::err(&format!("querist: {self}"));
        }
        let hint = self.hint();
        if !hint.is_empty() {
            output::err(&text::one_line(&hint));
        }
        ExitCode::from(self.exit_code())
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::Usage { .. } | Self::Mismatch(_) => USAGE,
            Self::Unreadable { .. } | Self::Template { .. } | Self::StandardInput(_) | Self::Terminal(_) => {
                UNREADABLE
            }
            Self::Unwritable { .. }
            | Self::StandardOutput { .. }
            | Self::ReadOnly { .. }
            | Self::NotSaved { .. } => UNWRITABLE,
            Self::Store(error) => store_exit_code(error),
            Self::Workspace(error) => match error {
                WorkspaceError::Store(error) => store_exit_code(error),
                WorkspaceError::NoFolder { .. }
                | WorkspaceError::Git { .. }
                | WorkspaceError::Wiki { .. }
                | WorkspaceError::Unfaithful { .. }
                | WorkspaceError::NoTable { .. }
                | WorkspaceError::NotAReport { .. } => UNWRITABLE,
                WorkspaceError::Differences { .. } => DIFFERENT,
                WorkspaceError::Problems { .. }
                | WorkspaceError::UnknownQuestionnaire { .. }
                | WorkspaceError::NotTranslated { .. }
                | WorkspaceError::UnknownTheme { .. }
                | WorkspaceError::Settings { .. }
                | WorkspaceError::NotAPage { .. }
                | WorkspaceError::NotAQuestionnaire { .. } => UNREADABLE,
            },
        }
    }

    /// What to do about the error; may be empty.
    fn hint(&self) -> String {
        match self {
            Self::Usage { hint, .. } => hint.clone(),
            Self::Mismatch(_) => "Nothing was changed.".to_owned(),
            Self::Unreadable { hint, .. } | Self::Unwritable { hint, .. } => (*hint).to_owned(),
            Self::StandardInput(_) => String::new(),
            Self::Template { .. } => "The names are those of `querist export --format json`.".to_owned(),
            Self::StandardOutput { .. } => "What was printed so far is incomplete.".to_owned(),
            Self::Terminal(_) => "Everything you typed is saved.".to_owned(),
            Self::ReadOnly { why: ReadOnly::Held(_), .. } => {
                "Answer the question there, or quit there with Ctrl-Q first.".to_owned()
            }
            Self::ReadOnly { why: ReadOnly::Failed(_), .. } => {
                "Correct this and try again; --data-dir DIR stores sessions elsewhere.".to_owned()
            }
            Self::NotSaved { .. } => "Everything before this edit is saved.".to_owned(),
            Self::Store(error) => store_hint(error).to_owned(),
            Self::Workspace(error) => workspace_hint(error),
        }
    }
}

fn store_exit_code(error: &StoreError) -> u8 {
    if error.is_storing() { UNWRITABLE } else { UNREADABLE }
}

fn store_hint(error: &StoreError) -> &'static str {
    match error {
        StoreError::NotFound { .. } => "Run `querist list` to see all sessions.",
        StoreError::Ambiguous { .. } => "Type more of the id.",
        StoreError::Newer { .. } => "Install a newer version of Querist to open it. Nothing was changed.",
        StoreError::Unreadable { .. } => {
            "Nothing was changed. If you have a backup or an older version in git, restore it."
        }
        StoreError::TooLarge { .. } => "Check that this is the right file. Nothing was changed.",
        StoreError::RemovedInGit { .. } => {
            "Run `querist open SESSION --restore` to bring it back from the journal."
        }
        StoreError::NotAFile { .. } => {
            "Querist does not follow links out of its folder. Give the path of the file itself."
        }
        StoreError::Io { .. } if error.is_storing() => {
            "Free up disk space or check the folder's permissions. --data-dir DIR stores sessions elsewhere."
        }
        StoreError::Io { .. } => "Check the path and the permissions of the file.",
    }
}

fn workspace_hint(error: &WorkspaceError) -> String {
    match error {
        WorkspaceError::Store(error) => store_hint(error).to_owned(),
        WorkspaceError::Problems { .. } => String::new(),
        WorkspaceError::UnknownQuestionnaire { known, .. } => {
            format!("Use {}, or the path of a file.", output::alternatives(known))
        }
        WorkspaceError::NotTranslated { source, .. } if source.known.is_empty() => {
            "The file does not name its language (`lang`) and has no `translations`.".to_owned()
        }
        WorkspaceError::NotTranslated { source, .. } => {
            format!("Use --lang {}.", output::alternatives(&source.known))
        }
        WorkspaceError::UnknownTheme { .. } | WorkspaceError::Settings { .. } => {
            "Correct the settings file, or delete it to use the defaults.".to_owned()
        }
        WorkspaceError::NotAQuestionnaire { source, .. } => source.hint.clone(),
        WorkspaceError::NotAPage { .. } => {
            "A page needs a table with the headings | Question | Answer | Detail |, or questions as headings \
             or in bold, each with its answer below."
                .to_owned()
        }
        WorkspaceError::Differences { .. } => {
            "Choose with --ours (the session's) or --theirs (the page's), or change one of them.".to_owned()
        }
        WorkspaceError::Unfaithful { .. } => "Change this text, or choose another file.".to_owned(),
        WorkspaceError::Wiki { .. } => {
            "Name the folder of a git clone of the wiki, without a merge in progress.".to_owned()
        }
        WorkspaceError::Git { .. } => {
            "Name the folder of sessions within a git repository with --data-dir.".to_owned()
        }
        WorkspaceError::NoFolder { .. } => "Create the folder first, or choose another one.".to_owned(),
        WorkspaceError::NoTable { .. } => {
            "Choose another name: the new page has a table with all questions and answers.".to_owned()
        }
        WorkspaceError::NotAReport { .. } => "Choose another name, or move the file away.".to_owned(),
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { message, .. }
            | Self::Unreadable { message, .. }
            | Self::Template { message }
            | Self::Unwritable { message, .. } => f.write_str(message),
            Self::Mismatch(error) => error.fmt(f),
            Self::StandardInput(error) => write!(f, "cannot read standard input: {error}"),
            Self::Terminal(error) => write!(f, "cannot use the terminal: {error}"),
            Self::ReadOnly { id, why: ReadOnly::Held(None) } => {
                write!(f, "{id} is open in another Querist")
            }
            Self::ReadOnly { id, why: ReadOnly::Held(Some(holder)) } => {
                write!(f, "{id} is open in another Querist ({})", holder.described())
            }
            Self::ReadOnly { id, why: ReadOnly::Failed(reason) } => {
                write!(f, "{id} cannot be changed: {reason}")
            }
            Self::StandardOutput { reason } => write!(f, "cannot write to standard output: {reason}"),
            Self::NotSaved { reason } => write!(f, "not saved: {reason}"),
            Self::Store(error) => error.fmt(f),
            Self::Workspace(error) => error.fmt(f),
        }
    }
}

impl Error for CliError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::StandardInput(error) | Self::Terminal(error) => Some(error),
            // The message is that of the inner error, so the chain continues with the cause of that error.
            Self::Mismatch(error) => error.source(),
            Self::Store(error) => error.source(),
            Self::Workspace(error) => error.source(),
            Self::Usage { .. }
            | Self::Unreadable { .. }
            | Self::Template { .. }
            | Self::Unwritable { .. }
            | Self::StandardOutput { .. }
            | Self::ReadOnly { .. }
            | Self::NotSaved { .. } => None,
        }
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<WorkspaceError> for CliError {
    fn from(error: WorkspaceError) -> Self {
        Self::Workspace(error)
    }
}

impl From<TuiError> for CliError {
    fn from(error: TuiError) -> Self {
        match error {
            TuiError::Store(error) => Self::Store(error),
            TuiError::Terminal(error) => Self::Terminal(error),
        }
    }
}
