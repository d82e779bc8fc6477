//! What happens outside of the state: effects as plain data, and their outcomes.
//!
//! The one exception is an edit of the session: it is applied and appended to its journal in the same call
//! (`OpenSession::edit`), so that no frame can show an edit that the operating system has not received.

use std::path::PathBuf;

use crate::report::{Compared, Difference, Format, Keep};
use crate::session::{Matrix, TextRef};
use crate::store::Summary;
use crate::workspace::{About, Found, Query, RepositoryState, Shelf};

use super::current::Current;

/// Something to do with files, the terminal, or other programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Sync the journal to the disk soon, because another question is shown.
    SyncSoon,
    /// Write a snapshot and say so.
    Snapshot,
    /// Try again to save what could not be saved.
    Retry,
    /// Look at the files of the open session, which other programs may have changed.
    Look,
    /// Read the list of the sessions on a shelf.
    List {
        /// The shelf.
        shelf: Shelf,
    },
    /// Give a session another subject.
    Rename {
        /// Its id.
        id: String,
        /// The new subject.
        subject: String,
    },
    /// Copy a session.
    Duplicate {
        /// Its id.
        id: String,
    },
    /// Create a session that continues another one, and open it.
    ReviewAgain {
        /// The id of the earlier session.
        id: String,
    },
    /// Move a session to another shelf.
    Move {
        /// Its id.
        id: String,
        /// The shelf it is on.
        from: Shelf,
        /// The shelf it goes to.
        to: Shelf,
    },
    /// Find out whether this is the first start, and remember that the tour was shown.
    FirstStart,
    /// Read the questionnaires that a session can be started with.
    Catalogue {
        /// Why they are needed.
        purpose: CatalogueFor,
    },
    /// Open a session.
    Open {
        /// Its id.
        id: String,
        /// The question to go to; otherwise where the reviewer left off.
        question: Option<String>,
    },
    /// Compare two sessions.
    Compare {
        /// The id of the earlier one.
        left: String,
        /// The id of the later one.
        right: String,
    },
    /// Compare many services.
    SideBySide {
        /// The ids of their sessions.
        ids: Vec<String>,
    },
    /// Search every answer of every session.
    Search {
        /// What is searched for.
        query: Query,
    },
    /// Write a text to a file.
    WriteFile {
        /// The path as typed, without `~`.
        path: PathBuf,
        /// The text.
        text: String,
    },
    /// Write a snapshot if needed, then close the open session.
    Close,
    /// Create a session and open it.
    Create {
        /// Id of the questionnaire.
        questionnaire: String,
        /// The subject.
        subject: String,
    },
    /// Import a page as a new session and open it.
    Import {
        /// The page.
        path: PathBuf,
        /// Id of the questionnaire; without one, the session asks only what the page asks.
        questionnaire: Option<String>,
    },
    /// Write the report to a file.
    Export {
        /// The path as typed, without `~`.
        path: PathBuf,
        /// The format.
        format: Format,
        /// Whether the reviewer was told what changes in an existing file.
        confirmed: bool,
        /// Whose version of what the session and the page both changed is written, once the reviewer chose.
        keep: Option<Keep>,
    },
    /// Render the report for the preview.
    Render {
        /// The format.
        format: Format,
    },
    /// Open a URL in the browser.
    Browse {
        /// The URL.
        url: String,
    },
    /// Do something with a file that serves as evidence.
    File(FileEffect),
    /// Open a file in the program that the platform has for it.
    OpenFile {
        /// The file.
        path: PathBuf,
    },
    /// Say where the settings are.
    Settings,
    /// Put a text on the terminal's clipboard.
    Copy {
        /// The text.
        text: String,
    },
    /// Edit a text in the reviewer's editor.
    Editor {
        /// Which text.
        text_ref: TextRef,
        /// Its content.
        text: String,
    },
    /// Complete a path that is being typed in a dialog.
    CompletePath {
        /// What has been typed.
        typed: String,
    },
    /// Write a copy of the session to another place, then quit.
    SaveElsewhere {
        /// The path as typed, without `~`.
        path: PathBuf,
    },
    /// End the program.
    Quit,
}

/// Something to do with a file that serves as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileEffect {
    /// Attach a file to an answer.
    Attach {
        /// The answer.
        place: AnswerPlace,
        /// The path as typed, without `~`.
        path: PathBuf,
        /// What is said about it.
        about: About,
    },
    /// Open an attached file in the program that the platform has for it.
    Open {
        /// Its id.
        id: String,
    },
    /// Save the page of a link with the reviewer's own program, beside the screen.
    SavePage {
        /// The answer that it is attached to.
        place: AnswerPlace,
        /// The address.
        url: String,
        /// The label of the link.
        label: String,
        /// The id of the file that it replaces.
        replaces: Option<String>,
    },
}

/// An answer, whatever is shown meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerPlace {
    /// The id of its session.
    pub session: String,
    /// The id of its question.
    pub question: String,
}

/// What the list of questionnaires is needed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogueFor {
    /// The empty home screen shows them.
    EmptyHome,
    /// A new session is started.
    NewSession,
    /// A page is imported.
    Import {
        /// The page.
        path: PathBuf,
    },
}

/// A questionnaire that a session can be started with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id; none for the questions of a page alone.
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// What its subject is called: "Service".
    pub subject_label: String,
    /// Why it cannot be used, if it cannot be read.
    pub problem: Option<String>,
}

/// The result of an effect.
#[derive(Debug)]
pub enum Outcome {
    /// The state of the open session's files may have changed.
    Saved {
        /// Whether saving had failed before and works again.
        recovered: bool,
    },
    /// Other programs may have changed the open session.
    Looked,
    /// The sessions on a shelf.
    Listed {
        /// The shelf.
        shelf: Shelf,
        /// Its sessions.
        sessions: Vec<Summary>,
        /// The git repository that they are in, if they are in one.
        repository: Option<RepositoryState>,
    },
    /// A session was moved to another shelf.
    Moved {
        /// Its id there.
        id: String,
        /// The shelf it came from.
        from: Shelf,
        /// The shelf it is on now.
        to: Shelf,
    },
    /// A questionnaire in a file of any format.
    Understood {
        /// The file.
        path: String,
        /// The title of the questionnaire.
        title: String,
        /// What the questionnaire calls a subject.
        label: String,
        /// How the file was understood, line by line.
        report: Vec<String>,
    },
    /// The questionnaires that a session can be started with.
    Catalogue {
        /// Why they were read.
        purpose: CatalogueFor,
        /// The questionnaires; for an import, the one that fits best comes first.
        offers: Vec<Offer>,
    },
    /// A session was opened.
    Opened {
        /// The session.
        current: Box<Current>,
        /// The question to go to.
        question: Option<String>,
        /// What to tell the reviewer.
        notice: Option<String>,
        /// What was uncertain about an imported page, by line.
        warnings: Vec<(usize, String)>,
    },
    /// Two sessions were compared.
    Compared {
        /// The sessions and their differences.
        compared: Box<Compared>,
    },
    /// Many services were compared.
    SideBySide {
        /// The questions and sessions.
        matrix: Box<Matrix>,
        /// What to tell the reviewer: sessions that cannot be read.
        notice: String,
    },
    /// Answers were found, or not.
    Found {
        /// The result of the search.
        found: Found,
    },
    /// A file was attached.
    Attached {
        /// The id of the question.
        question: String,
    },
    /// The page of a link was saved and can be attached.
    PageSaved {
        /// The answer.
        place: AnswerPlace,
        /// The saved page.
        path: PathBuf,
        /// What is said about it.
        about: About,
    },
    /// A file was written.
    Written {
        /// What to tell the reviewer.
        message: String,
    },
    /// The open session was closed.
    Closed,
    /// This is the first start.
    FirstStart,
    /// The report was written.
    Exported {
        /// Where.
        path: String,
        /// What to tell the reviewer.
        message: String,
    },
    /// An export would change an existing file; the reviewer has to confirm it.
    Confirm {
        /// What would change.
        message: String,
    },
    /// The session and the page both changed the same; the reviewer has to choose.
    Differ {
        /// The page.
        path: PathBuf,
        /// What differs.
        differences: Vec<Difference>,
    },
    /// An import or export failed; the dialog stays open with its input.
    Rejected {
        /// Why.
        message: String,
    },
    /// The report for the preview.
    Rendered {
        /// Its format.
        format: Format,
        /// Its text.
        source: String,
    },
    /// The text after editing in the reviewer's editor.
    Edited {
        /// Which text.
        text_ref: TextRef,
        /// The new content.
        text: String,
    },
    /// A completed path.
    Completed {
        /// The path, completed as far as it is unique.
        path: String,
        /// The names that continue it, if there are several.
        candidates: Vec<String>,
    },
    /// Something to tell the reviewer.
    Message {
        /// The sentence.
        text: String,
    },
}

impl Outcome {
    /// Something to tell the reviewer: a sentence or an error.
    pub fn message(text: impl std::fmt::Display) -> Self {
        Self::Message { text: text.to_string() }
    }
}
