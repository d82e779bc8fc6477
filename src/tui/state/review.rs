//! The review that is open, and what the screen remembers of it beside the session.

use ratatui_core::layout::Size;

use crate::questionnaire::Kind;
use crate::session::{Field, History, Item, Session, TextRef};
use crate::text::Row;
use crate::tui::places::Interview;
use crate::tui::preview_text::{Laid, Sides};
use crate::tui::widgets::editor::Caret;

use super::outline::{Filter, Outline};

/// The review that is open.
#[derive(Debug)]
pub struct Review {
    /// Its id.
    pub id: String,
    /// The session.
    pub session: Session,
    /// What can be taken back.
    pub history: History,
    /// How its files are.
    pub status: Status,
    /// Which pane has the focus.
    pub focus: Focus,
    /// The other end of the selection in the text that has the focus.
    pub anchor: Option<usize>,
    /// The column that moves up and down aim at.
    pub goal: Option<usize>,
    /// The first row shown of the text that has the focus.
    pub scroll: usize,
    /// The first row shown of the help.
    pub help_scroll: usize,
    /// The list of questions.
    pub outline: Outline,
    /// Where things stand on the interview screen.
    pub places: Interview,
    /// The overview.
    pub overview: Overview,
    /// The items that were visited before this one, the last one last.
    pub visited: Vec<Item>,
    /// The items that were left by going back.
    pub revisited: Vec<Item>,
    /// The words that were looked for last; they are marked until Esc.
    pub wanted: String,
    /// The preview.
    pub preview: Preview,
    /// Where the page was exported to last.
    pub exported: Option<String>,
}

/// How a session's files are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// The number of the last edit.
    pub seq: u64,
    /// Why edits are not on disk.
    pub failure: Option<String>,
    /// Who else has the session open, if it is read-only here.
    pub read_only: Option<String>,
}

/// Which pane has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The list of questions.
    Outline,
    /// The field that the session's position names.
    Field,
}

/// The overview.
#[derive(Debug, Default)]
pub struct Overview {
    /// The selected row.
    pub selected: usize,
    /// The first row shown.
    pub scroll: usize,
}

/// The preview of the page.
#[derive(Debug, Default)]
pub struct Preview {
    /// The page.
    pub source: String,
    /// What of it is shown.
    pub shown: Sides,
    /// The first row shown: of the source if that is shown, else of the page.
    pub scroll: usize,
    /// Page and source as rows.
    pub laid: Laid,
    /// The window, and what is shown, that they were laid out for; none if the page has changed.
    pub laid_for: Option<(Size, Sides)>,
}

impl Review {
    /// A review just opened.
    pub fn new(id: String, session: Session, history: History, status: Status) -> Self {
        let mut outline = Outline::default();
        outline.refresh(&session, None);
        Self {
            id,
            session,
            history,
            status,
            focus: Focus::Field,
            anchor: None,
            goal: None,
            scroll: 0,
            help_scroll: 0,
            outline,
            places: Interview::default(),
            overview: Overview::default(),
            visited: Vec::new(),
            revisited: Vec::new(),
            wanted: String::new(),
            preview: Preview::default(),
            exported: None,
        }
    }

    /// The place of the question that is shown; none for a part of the page.
    pub fn question(&self) -> Option<usize> {
        match &self.session.position().item {
            Item::Question(id) => self.session.index_of(id),
            _ => None,
        }
    }

    /// The words that are marked on the screen.
    pub fn marked(&self) -> &str {
        match self.outline.filter() {
            Filter::Text(words) if self.wanted.is_empty() => words,
            _ => &self.wanted,
        }
    }

    /// The field that has the focus.
    pub fn field(&self) -> Field {
        self.session.position().field
    }

    /// The text that keys are typed into, if any is.
    pub fn text(&self) -> Option<TextRef> {
        match self.focus {
            Focus::Field => self.session.text_at(self.session.position()),
            Focus::Outline => None,
        }
    }

    /// Whether a text wraps: all of many lines, and the answer to a question that asks for free text.
    pub fn wraps(&self, text: &TextRef) -> bool {
        let is_free_text = |id: &str| {
            self.session.index_of(id).is_some_and(|index| self.session.question(index).kind == Kind::Text)
        };
        text.is_multiline() || matches!(text, TextRef::Value(id) if is_free_text(id))
    }

    /// The rows of a text that wraps, as they stand on the screen; none for a line.
    pub fn rows(&self, text: &TextRef) -> Option<&[Row]> {
        match text {
            TextRef::Detail(_) | TextRef::Introduction | TextRef::Section(_) => {
                Some(&self.places.detail_rows)
            }
            TextRef::Note(_) => Some(&self.places.note_rows),
            _ if self.wraps(text) => Some(&self.places.value_rows),
            _ => None,
        }
    }

    /// The caret in the text that has the focus.
    pub fn caret(&self) -> Caret {
        Caret { cursor: self.session.position().cursor, anchor: self.anchor, goal: self.goal }
    }
}
