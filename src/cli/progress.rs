//! How far long work is, on standard error, where somebody watches and it takes more than a second.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Work that takes less is not talked about.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is drawn anew.
const EVERY: Duration = Duration::from_millis(100);

/// A line such as `pages read: 120 of 1000`, redrawn in place.
pub struct Progress {
    what: &'static str,
    done: usize,
    is_watched: bool,
    /// When the line is to be drawn next.
    next: Instant,
    is_drawn: bool,
}

impl Progress {
    /// Work of many steps.
    pub fn new(what: &'static str) -> Self {
        let is_watched = io::stderr().is_terminal();
        Self { what, done: 0, is_watched, next: Instant::now() + PATIENCE, is_drawn: false }
    }

    /// So many steps more, of so many in all, are done.
    pub fn advance(&mut self, steps: usize, total: usize) {
        self.done += steps;
        if !self.is_watched || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + EVERY;
        self.is_drawn = true;
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "\r\x1b[K{}: {} of {}", self.what, self.done, total);
        let _ = stderr.flush();
    }

    /// Takes the line away, so that something else can be said; it comes back with the next step.
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
