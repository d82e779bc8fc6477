//! What comes in: keys and the like, and what became of effects.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui_core::layout::Size;

use crate::session::TextRef;
use crate::store::Summary;
use crate::tui::state::{Offer, Review, Status};
use crate::workspace::Shelf;

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// A key.
    Key(KeyEvent),
    /// Text pasted by the terminal.
    Paste(String),
    /// The mouse.
    Mouse(MouseEvent),
    /// The terminal has another size.
    Resize(Size),
    /// It is time to try storing again.
    Retry,
    /// An effect is done.
    Done(Outcome),
}

/// What became of an effect.
#[derive(Debug)]
pub enum Outcome {
    /// How the session's files are now.
    Status(Status),
    /// The reviews on a shelf.
    Listed(Shelf, Vec<Summary>),
    /// A review was put on another shelf: its id there, that shelf, the one it came from.
    Moved(String, Shelf, Shelf),
    /// The questionnaires that a review can be started with.
    Offered(Vec<Offer>),
    /// A review is open; with what is to be told.
    Opened(Box<Review>, Option<String>),
    /// The review is closed.
    Closed,
    /// Nobody has seen the tour yet.
    FirstRun,
    /// The page was written; where, and what to say.
    Exported(String, String),
    /// The source of the preview.
    Rendered(String),
    /// What the reviewer's editor left.
    Edited(TextRef, String),
    /// Something to say.
    Said(String),
}
