//! The progress of long-running commands on standard error, if it is a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How long a command runs before its progress is shown.
const DELAY: Duration = Duration::from_secs(1);
/// How often the progress is redrawn.
const INTERVAL: Duration = Duration::from_millis(100);

/// A line such as `pages read: 120 of 1000`, redrawn in place.
pub struct Progress {
    label: &'static str,
    done: usize,
    is_terminal: bool,
    next_draw: Instant,
    is_drawn: bool,
}

impl Progress {
    /// Starts measuring. The line appears after a second.
    pub fn new(label: &'static str) -> Self {
        let is_terminal = io::stderr().is_terminal();
        Self { label, done: 0, is_terminal, next_draw: Instant::now() + DELAY, is_drawn: false }
    }

    /// Adds `steps` completed steps, out of `total` steps.
    pub fn advance(&mut self, steps: usize, total: usize) {
        self.done += steps;
        if !self.is_terminal || Instant::now() < self.next_draw {
            return;
        }
        self.next_draw = Instant::now() + INTERVAL;
        self.is_drawn = true;
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "\r\x1b[K{}: {} of {}", self.label, self.done, total);
        let _ = stderr.flush();
    }

    /// Clears the line, so that something else can be printed. The next step draws it again.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.is_drawn) {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
