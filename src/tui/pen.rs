//! What is sent to the terminal: cells, with as few bytes as they need. The looks and the place of what was written last
//! carry over from frame to frame.

use std::io::{self, Write};

use crossterm::cursor::{RestorePosition, SavePosition};
use crossterm::queue;
use crossterm::style::{self, Attribute, SetAttribute, SetBackgroundColor, SetForegroundColor};
use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::layout::Position;
use ratatui_core::style::{Color, Modifier};

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
    /// Writes the cells of a frame, and goes to where its cursor stands.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn write(
        &mut self,
        out: &mut impl Write,
        buffer: &Buffer,
        cells: &[Position],
        cursor: Option<Position>,
    ) -> io::Result<()> {
        // What is typed stands where the last frame left the cursor: it comes first, and needs no way to go.
        let here = cells.iter().position(|cell| self.at == Some(*cell)).unwrap_or(cells.len());
        let (before, rest) = cells.split_at(here);
        let mut after = rest;
        while let [cell, others @ ..] = after
            && self.at == Some(*cell)
        {
            self.cell(out, buffer, *cell)?;
            after = others;
        }
        // Coming back is shorter than going to where the cursor stood.
        let is_left = (!before.is_empty() || !after.is_empty()) && cursor.is_some() && self.at == cursor;
        let looks = self.looks;
        if is_left {
            queue!(out, SavePosition)?;
        }
        for cell in before.iter().chain(after) {
            self.go(out, *cell)?;
            self.cell(out, buffer, *cell)?;
        }
        if is_left {
            queue!(out, RestorePosition)?;
            self.at = cursor;
            // Terminals differ in whether the looks come back too.
            self.looks = looks.filter(|_| self.looks == looks);
        } else if let Some(cursor) = cursor {
            self.go(out, cursor)?;
        }
        Ok(())
    }

    /// Writes a cell at the place where the pen is.
    fn cell(&mut self, out: &mut impl Write, buffer: &Buffer, at: Position) -> io::Result<()> {
        let cell = &buffer[at];
        self.look(out, cell)?;
        out.write_all(cell.symbol().as_bytes())?;
        // Terminals differ in how wide they take some signs, and in what they do at the end of a row.
        let is_sure = cell.symbol().len() == 1 && at.x + 1 < buffer.area.width;
        self.at = is_sure.then_some(Position { x: at.x + 1, y: at.y });
        Ok(())
    }

    /// Moves with as few bytes as it takes. Source of the sequences: ECMA-48, CUP and CUF, whose numbers are 1 if left out.
    fn go(&mut self, out: &mut impl Write, to: Position) -> io::Result<()> {
        match self.at {
            Some(at) if at == to => return Ok(()),
            Some(at) if at.y == to.y && at.x + 1 == to.x => out.write_all(b"\x1b[C")?,
            _ => {
                let number = |n: u16| if n == 0 { String::new() } else { (n + 1).to_string() };
                let (row, column) = (number(to.y), number(to.x));
                let separator = if column.is_empty() { "" } else { ";" };
                write!(out, "\x1b[{row}{separator}{column}H")?;
            }
        }
        self.at = Some(to);
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
            queue!(out, SetForegroundColor(ink(cell.fg)))?;
        }
        if cell.bg != Color::Reset {
            queue!(out, SetBackgroundColor(ink(cell.bg)))?;
        }
        Ok(())
    }
}

/// A colour of a cell, as the terminal is told it. The two crates name the dark and the light ones differently.
fn ink(color: Color) -> style::Color {
    match color {
        Color::Reset => style::Color::Reset,
        Color::Black => style::Color::Black,
        Color::Red => style::Color::DarkRed,
        Color::Green => style::Color::DarkGreen,
        Color::Yellow => style::Color::DarkYellow,
        Color::Blue => style::Color::DarkBlue,
        Color::Magenta => style::Color::DarkMagenta,
        Color::Cyan => style::Color::DarkCyan,
        Color::Gray => style::Color::Grey,
        Color::DarkGray => style::Color::DarkGrey,
        Color::LightRed => style::Color::Red,
        Color::LightGreen => style::Color::Green,
        Color::LightYellow => style::Color::Yellow,
        Color::LightBlue => style::Color::Blue,
        Color::LightMagenta => style::Color::Magenta,
        Color::LightCyan => style::Color::Cyan,
        Color::White => style::Color::White,
        Color::Indexed(index) => style::Color::AnsiValue(index),
        Color::Rgb(r, g, b) => style::Color::Rgb { r, g, b },
    }
}
