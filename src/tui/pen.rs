//! What is sent to the terminal: cells, with as few bytes as they need. The looks and the place of what was written last
//! carry over from frame to frame.

use std::io::{self, Write};

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute, SetBackgroundColor, SetForegroundColor};
use ratatui::backend::IntoCrossterm;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// Modifiers and what sets them.
const ATTRIBUTES: [(Modifier, Attribute); 9] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::SLOW_BLINK, Attribute::SlowBlink),
    (Modifier::RAPID_BLINK, Attribute::RapidBlink),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::HIDDEN, Attribute::Hidden),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
];

/// Where the terminal writes next, and how.
#[derive(Debug, Default)]
pub struct Pen {
    at: Option<Position>,
    looks: Option<(Color, Color, Modifier)>,
}

impl Pen {
    /// Writes cells.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn write(&mut self, out: &mut impl Write, buffer: &Buffer, cells: &[Position]) -> io::Result<()> {
        for at in cells {
            let cell = &buffer[*at];
            self.go(out, *at)?;
            self.look(out, cell)?;
            out.write_all(cell.symbol().as_bytes())?;
            // Terminals differ in how wide they take some signs, and in what they do at the end of a row.
            let is_sure = cell.symbol().len() == 1 && at.x + 1 < buffer.area.width;
            self.at = is_sure.then_some(Position { x: at.x + 1, y: at.y });
        }
        Ok(())
    }

    /// Moves to where the next cell, or the cursor, stands.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn go(&mut self, out: &mut impl Write, to: Position) -> io::Result<()> {
        if self.at != Some(to) {
            queue!(out, MoveTo(to.x, to.y))?;
            self.at = Some(to);
        }
        Ok(())
    }

    fn look(&mut self, out: &mut impl Write, cell: &Cell) -> io::Result<()> {
        let looks = (cell.fg, cell.bg, cell.modifier);
        if self.looks == Some(looks) {
            return Ok(());
        }
        self.looks = Some(looks);
        queue!(out, SetAttribute(Attribute::Reset))?;
        for (modifier, attribute) in ATTRIBUTES {
            if cell.modifier.contains(modifier) {
                queue!(out, SetAttribute(attribute))?;
            }
        }
        if cell.fg != Color::Reset {
            queue!(out, SetForegroundColor(cell.fg.into_crossterm()))?;
        }
        if cell.bg != Color::Reset {
            queue!(out, SetBackgroundColor(cell.bg.into_crossterm()))?;
        }
        Ok(())
    }
}
