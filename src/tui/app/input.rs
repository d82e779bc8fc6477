//! Inputs: what happens to the program.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;

use crate::tui::effect::Outcome;

/// Something that happened.
#[derive(Debug)]
pub enum Input {
    /// A key was pressed or released.
    Key(KeyEvent),
    /// The terminal pasted a text.
    Paste {
        /// The text.
        text: String,
        /// Whether the paste is over.
        is_complete: bool,
    },
    /// The mouse was moved or pressed.
    Mouse(MouseEvent),
    /// The terminal has another size.
    Resize(Size),
    /// It is time to try saving again.
    Retry,
    /// Nothing happened for a while: it is time to look at the files of the session.
    Look,
    /// An effect was performed.
    Done(Outcome),
}
