//! Prompting for lines on standard input.

use std::io::{self, BufRead, IsTerminal};

use super::super::error::CliError;
use super::super::output::raw;

/// Reads lines from standard input, with a prompt if it is a terminal.
pub struct Prompt {
    lines: io::Lines<io::StdinLock<'static>>,
    is_terminal: bool,
}

impl Prompt {
    pub fn new() -> Self {
        let stdin = io::stdin();
        let is_terminal = stdin.is_terminal();
        Self { lines: stdin.lock().lines(), is_terminal }
    }

    /// Reads a line; `None` at the end of the input.
    pub fn line(&mut self, prompt: &str) -> Result<Option<String>, CliError> {
        if self.is_terminal {
            raw(prompt);
        }
        let line = self.lines.next().transpose().map_err(CliError::StandardInput)?;
        Ok(line.map(|line| line.strip_suffix('\r').map_or(line.clone(), str::to_owned)))
    }
}
