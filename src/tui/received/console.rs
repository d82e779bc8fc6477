//! Where input comes from on systems whose terminals send events instead of bytes.

use std::io;
use std::time::Duration;

use crossterm::event::{Event, poll, read};
use ratatui::layout::Size;

use super::arrived::{Arrived, Received};

/// The source of input.
pub struct Source;

impl Source {
    /// Input from now on.
    ///
    /// # Errors
    /// None.
    pub fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for input, at most for this long, and returns all that has arrived by then.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Arrived> {
        let mut arrived = Arrived::default();
        let mut wait = timeout.unwrap_or(Duration::MAX);
        while poll(wait)? {
            wait = Duration::ZERO;
            match read()? {
                Event::Key(key) => arrived.received.push(Received::Key(key)),
                Event::Mouse(event) => arrived.received.push(Received::Mouse(event)),
                Event::Paste(text) => arrived.received.push(Received::Paste { text, is_complete: true }),
                Event::Resize(width, height) => arrived.size = Some(Size { width, height }),
                Event::FocusGained | Event::FocusLost => {}
            }
        }
        Ok(arrived)
    }
}
