//! Where things stand on the interview screen, and its texts as rows. Laid out once for each input; mouse, cursor and
//! drawing share it, so that a key costs what its own texts cost, and no text is wrapped twice.

use ratatui_core::layout::Rect;
use ratatui_core::text::Line;

use crate::session::Item;
use crate::text::{Cited, Row};

/// The interview screen.
#[derive(Debug, Default)]
pub struct Interview {
    /// Subject, progress, how it is saved.
    pub header: Rect,
    /// The list of questions with its border; empty when folded away.
    pub outline: Rect,
    /// The question with its border; empty when the outline has all the room.
    pub main: Rect,
    /// The question's text.
    pub question: Rect,
    /// Help and guidance.
    pub help: Rect,
    /// The choices or the value.
    pub answer: Rect,
    /// What limits the choice; empty where nothing does.
    pub qualifier: Rect,
    /// Why it is open, how it is known, advice.
    pub state: Rect,
    /// The detail, or the text of a part of the page.
    pub detail: Rect,
    /// The links.
    pub links: Rect,
    /// The note.
    pub note: Rect,
    /// The flag; empty where there is none.
    pub flag: Rect,
    /// Keys and messages.
    pub footer: Rect,
    /// The rows of the question's text, or of the prompt for a part of the page.
    pub question_rows: Vec<Row>,
    /// Help and guidance; colours are given when they are drawn.
    pub help_lines: Vec<Line<'static>>,
    /// The item and the width that question and help were laid out for.
    pub prepared: Option<(Item, u16)>,
    /// The rows of the answer in free text.
    pub value_rows: Vec<Row>,
    /// The rows of the detail.
    pub detail_rows: Vec<Row>,
    /// The rows of the note.
    pub note_rows: Vec<Row>,
    /// For each listed link, whether the detail cites it.
    pub cites: Vec<bool>,
    /// The links that the detail cites and that are not listed.
    pub cited: Vec<Cited>,
}
