//! What is done outside of the state: plain data, performed in one place.

use std::path::PathBuf;

use crate::session::{Edit, Origin, TextRef};
use crate::workspace::Shelf;

/// Something to be done with files, the terminal or other programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Hand an edit to the operating system, before the next frame.
    Append(Edit, Origin),
    /// Bring the journal to the disk soon: the question was changed.
    SyncSoon,
    /// Write the snapshot, and say so.
    Snapshot,
    /// Try again to store what could not be stored.
    Retry,
    /// Read the list of reviews on a shelf.
    List(Shelf),
    /// Give a review on the desk another subject.
    Rename {
        /// Its id.
        id: String,
        /// The new subject.
        subject: String,
    },
    /// Make a copy of a review on the desk.
    Duplicate(String),
    /// Put a review on another shelf.
    Move {
        /// Its id.
        id: String,
        /// The shelf that it is on.
        from: Shelf,
        /// The shelf that it goes to.
        to: Shelf,
    },
    /// See whether this is the first run, and remember that it was.
    FirstRun,
    /// Read the questionnaires that a review can be started with.
    Catalogue,
    /// Open a review.
    Open(String),
    /// Close the open review, with a snapshot.
    Close,
    /// Start a review with the questionnaire of this id.
    Create {
        /// Id of the questionnaire.
        questionnaire: String,
        /// What is reviewed.
        subject: String,
    },
    /// Make a review from a page.
    Import {
        /// The page.
        path: PathBuf,
        /// Id of the questionnaire.
        questionnaire: String,
    },
    /// Write the page.
    Export(PathBuf),
    /// Make the source of the preview.
    Render,
    /// Open an address in the browser.
    Browse(String),
    /// Open a file with the program that the platform has for it.
    OpenFile(PathBuf),
    /// Give a text to the terminal's clipboard.
    Copy(String),
    /// Edit a text in the reviewer's editor.
    Editor(TextRef, String),
    /// Write a copy of the session to another place, then leave.
    SaveElsewhere(PathBuf),
    /// Leave the program.
    Quit,
}
