//! Input from the terminal.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;

/// What has arrived.
#[derive(Debug, Default)]
pub struct Arrived {
    /// The new size of the terminal, if it was changed.
    pub size: Option<Size>,
    /// What the reviewer did.
    pub received: Vec<Received>,
}

/// Something that the reviewer did at the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// Pressed a key.
    Key(KeyEvent),
    /// Moved or pressed the mouse.
    Mouse(MouseEvent),
    /// Pasted a text, or its first part if the terminal has not said that the paste is complete.
    Paste {
        /// The text.
        text: String,
        /// Whether the paste is over.
        is_complete: bool,
    },
}
