//! A frame, and what of it differs from the one that the terminal shows.
//!
//! Instead of ratatui's `Terminal`, which compares two buffers cell by cell and opens the terminal to ask for its size
//! before each frame: that was more than half of what a keystroke cost (see `benches/README.md`).

use std::hash::{BuildHasher, Hash};

use foldhash::quality::FixedState;
use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::layout::{Position, Rect, Size};
use ratatui_core::style::Color;

use crate::text;

/// What is drawn on. It keeps what was drawn, so that a part that is as it was need not be drawn again: most of what a
/// keystroke costs is touching cells.
#[derive(Debug, Default)]
pub struct Frame {
    buffer: Buffer,
    cursor: Option<Position>,
    /// How the parts are arranged; none if everything is drawn anew.
    arrangement: Option<u64>,
    /// The parts that were drawn last, with what they were drawn from.
    parts: Vec<(Rect, u64)>,
    /// What was drawn in this frame.
    drawn: Vec<Rect>,
}

impl Frame {
    /// Begins a frame of that size.
    pub fn begin(&mut self, size: Size) {
        let area = Rect::new(0, 0, size.width, size.height);
        if self.buffer.area != area {
            self.buffer.resize(area);
            self.arrangement = None;
        }
        self.drawn.clear();
        self.cursor = None;
    }

    /// Everything is drawn anew in this frame.
    pub fn blank(&mut self) {
        self.arrangement = None;
        self.parts.clear();
        self.buffer.reset();
        self.drawn = vec![self.buffer.area];
    }

    /// What [`part`](Self::part) has not to draw stays, if the parts are arranged as in the frame before.
    pub fn retain(&mut self, arrangement: u64) {
        if self.arrangement != Some(arrangement) {
            self.blank();
            self.arrangement = Some(arrangement);
        }
    }

    /// Draws a part, on blank cells; not if the last frame has the same part, drawn from the same `source`.
    pub fn part(&mut self, area: Rect, source: Option<u64>, draw: impl FnOnce(&mut Self)) {
        let area = area.intersection(self.buffer.area);
        let known = source.filter(|_| self.arrangement.is_some()).map(|source| (area, source));
        if known.is_some_and(|known| self.parts.contains(&known)) {
            return;
        }
        // In a window too low for all of them, parts lie over each other.
        self.parts.retain(|(of, _)| !of.intersects(area));
        self.parts.extend(known);
        self.clear(area);
        // Where everything is drawn anew, all cells count as drawn already.
        if self.drawn.first() != Some(&self.buffer.area) {
            self.drawn.push(area);
        }
        draw(self);
    }

    /// Makes the cells of an area blank.
    pub fn clear(&mut self, area: Rect) {
        area.intersection(self.buffer.area).positions().for_each(|at| self.buffer[at].reset());
    }

    /// What was drawn in this frame; the rest is as it was.
    pub fn drawn(&self) -> &[Rect] {
        &self.drawn
    }

    /// All of it.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Its cells.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Its cells, to be drawn on.
    pub fn buffer_mut(&mut self) -> &mut Buffer {
        &mut self.buffer
    }

    /// Where the cursor stands; none if there is none.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    /// Puts the cursor there.
    pub fn set_cursor_position(&mut self, at: Position) {
        self.cursor = Some(at);
    }
}

/// A number for what a part is drawn from; another one where anything of it differs.
pub fn source(of: impl Hash) -> u64 {
    FixedState::default().hash_one(of)
}

/// What the terminal shows: for each cell a number that says all of its looks.
#[derive(Debug, Default)]
pub struct Shown {
    looks: Vec<u128>,
    area: Rect,
}

/// The second column of a wide character.
const TAKEN: u128 = u128::MAX;
/// Nobody knows what is there.
const UNKNOWN: u128 = u128::MAX - 1;

impl Shown {
    /// Forgets what is shown: everything will be drawn.
    pub fn forget(&mut self) {
        self.looks.clear();
    }

    /// The cells of a frame that are to be sent, in order; after this they count as shown.
    pub fn changes(&mut self, frame: &Frame) -> Vec<Position> {
        let buffer = frame.buffer();
        let mut changed = Vec::new();
        if self.area != buffer.area || self.looks.len() != buffer.content.len() {
            self.area = buffer.area;
            self.looks = vec![UNKNOWN; buffer.content.len()];
            self.changes_in(buffer.area, buffer, &mut changed);
            return changed;
        }
        for area in frame.drawn() {
            self.changes_in(area.intersection(buffer.area), buffer, &mut changed);
        }
        changed
    }

    fn changes_in(&mut self, area: Rect, buffer: &Buffer, changed: &mut Vec<Position>) {
        let (columns, width) = (buffer.area.width as usize, area.width as usize);
        for y in area.top()..area.bottom() {
            let start = y as usize * columns + area.x as usize;
            let cells = &buffer.content[start..start + width];
            let looks = &mut self.looks[start..start + width];
            let mut taken = 0;
            for (x, (cell, shown)) in (area.x..).zip(cells.iter().zip(looks)) {
                let look = if taken > 0 { TAKEN } else { look(cell) };
                taken = match taken {
                    0 if cell.symbol().len() > 1 => text::width(cell.symbol()).saturating_sub(1),
                    0 => 0,
                    left => left - 1,
                };
                if *shown != look {
                    *shown = look;
                    if look != TAKEN {
                        changed.push(Position::new(x, y));
                    }
                }
            }
        }
    }
}

/// All of a cell's looks as a number: its symbol in the upper half, colours and modifiers in the lower.
fn look(cell: &Cell) -> u128 {
    let symbol = cell.symbol().as_bytes();
    let symbol = match symbol {
        [byte] => u64::from(*byte),
        bytes if bytes.len() <= 8 => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
        // FNV-1a, as long symbols (joined emoji) are rare, and two with one hash in one cell are not to be met.
        bytes => bytes
            .iter()
            .fold(0xcbf2_9ce4_8422_2325, |all, byte| (all ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)),
    };
    let style = color(cell.fg) << 37 | color(cell.bg) << 12 | u64::from(cell.modifier.bits());
    u128::from(symbol) << 64 | u128::from(style)
}

/// A colour in 25 bits.
fn color(color: Color) -> u64 {
    match color {
        Color::Reset => 0,
        Color::Black => 1,
        Color::Red => 2,
        Color::Green => 3,
        Color::Yellow => 4,
        Color::Blue => 5,
        Color::Magenta => 6,
        Color::Cyan => 7,
        Color::Gray => 8,
        Color::DarkGray => 9,
        Color::LightRed => 10,
        Color::LightGreen => 11,
        Color::LightYellow => 12,
        Color::LightBlue => 13,
        Color::LightMagenta => 14,
        Color::LightCyan => 15,
        Color::White => 16,
        Color::Indexed(index) => 0x100 | u64::from(index),
        Color::Rgb(r, g, b) => 1 << 24 | u64::from(r) << 16 | u64::from(g) << 8 | u64::from(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::pen::Pen;
    use proptest::prelude::*;
    use ratatui_core::style::{Modifier, Style};

    /// Words at places, in looks; and the cursor.
    type Drawing = (Vec<(u16, u16, String, u8)>, Option<(u16, u16)>);

    fn drawn(drawing: &Drawing) -> Frame {
        let mut frame = Frame::default();
        frame.begin(Size { width: 20, height: 4 });
        frame.blank();
        for (x, y, words, look) in &drawing.0 {
            let style = match look {
                0 => Style::new(),
                1 => Style::new().add_modifier(Modifier::BOLD),
                2 => Style::new().fg(Color::Cyan),
                _ => Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(7)),
            };
            frame.buffer_mut().set_stringn(*x, *y, words, 20 - *x as usize, style);
        }
        frame.cursor = drawing.1.map(Position::from);
        frame
    }

    /// A terminal, and what it is believed to show.
    struct Sent {
        shown: Shown,
        pen: Pen,
        parser: vt100::Parser,
    }

    impl Sent {
        fn new() -> Self {
            Self { shown: Shown::default(), pen: Pen::default(), parser: parser() }
        }

        fn send(&mut self, frame: &Frame) -> Vec<u8> {
            let changes = self.shown.changes(frame);
            let mut bytes = Vec::new();
            self.pen.write(&mut bytes, frame.buffer(), &changes, frame.cursor()).unwrap();
            self.parser.process(&bytes);
            bytes
        }

        fn rows(&self) -> Vec<String> {
            self.parser.screen().rows_formatted(0, 20).collect()
        }
    }

    fn parser() -> vt100::Parser {
        let size = |n| std::num::NonZero::new(n).unwrap();
        vt100::Parser::new(size(4), size(20), 0)
    }

    fn drawing() -> impl Strategy<Value = Drawing> {
        let words =
            prop_oneof!["[a-c ]{1,9}", "[日本a ]{1,6}", Just("e\u{301}x".to_owned()), Just("○ ✓".to_owned())];
        let cells = prop::collection::vec((0u16..20, 0u16..4, words, 0u8..4), 0..5);
        (cells, prop::option::of((0u16..20, 0u16..4)))
    }

    proptest! {
        #[test]
        fn what_is_sent_frame_by_frame_shows_what_one_sent_whole_shows(drawings in prop::collection::vec(drawing(), 1..6)) {
            let (mut one_by_one, mut whole) = (Sent::new(), Sent::new());
            for drawing in &drawings {
                one_by_one.send(&drawn(drawing));
            }
            whole.send(&drawn(drawings.last().unwrap()));
            prop_assert_eq!(one_by_one.rows(), whole.rows());
            if drawings.last().unwrap().1.is_some() {
                let cursor = |sent: &Sent| sent.parser.screen().cursor_position();
                prop_assert_eq!(cursor(&one_by_one), cursor(&whole));
            }
        }
    }

    #[test]
    fn a_letter_at_the_cursor_and_a_digit_in_the_header_cost_thirteen_bytes() {
        let mut sent = Sent::new();
        let frame = |typed: &str, edit: &str, x| {
            let at = |x, y, words: &str| (x, y, words.to_owned(), 0);
            drawn(&(vec![at(12, 0, edit), at(2, 2, typed)], Some((x, 2))))
        };
        sent.send(&frame("a letter", "edit 7", 10));
        assert_eq!(sent.send(&frame("a lettere", "edit 8", 11)), b"e\x1b7\x1b[;18H8\x1b8");
        assert_eq!(sent.send(&frame("a letterer", "edit 8", 12)), b"r");
        assert_eq!(sent.send(&frame("a letterer ", "edit 8", 13)), b"\x1b[C");
        assert_eq!(sent.send(&frame("a letterer s", "edit 9", 14)), b"s\x1b7\x1b[;18H9\x1b8");
        assert_eq!(sent.parser.screen().cursor_position(), (2, 14));
    }

    #[test]
    fn what_stays_is_not_sent_again() {
        let mut shown = Shown::default();
        let frame = drawn(&(vec![(3, 1, "日本 abc".to_owned(), 1)], None));
        assert_eq!(shown.changes(&frame).len(), 78);
        assert!(shown.changes(&frame).is_empty());
        let frame = drawn(&(vec![(3, 1, "日本 abd".to_owned(), 1)], None));
        assert_eq!(shown.changes(&frame), [Position::new(10, 1)]);
    }
}
