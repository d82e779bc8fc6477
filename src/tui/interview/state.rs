//! What the interview knows.

use jiff::civil::Date;
use ratatui::layout::Size;

use crate::questionnaire::Kind;
use crate::session::{Field, Item, Session, TextRef};
use crate::text::{self, Row};
use crate::tui::current::Current;
use crate::tui::keys::Context;
use crate::tui::widgets::editor::Caret;
use crate::tui::widgets::list::scroll_to;

use super::layout::InterviewLayout;
use super::outline::{Filter, Outline};
use super::shown::Shown;

/// The interview of the open session. The session's position says which question and field is shown.
#[derive(Debug)]
pub struct Interview {
    /// The session.
    pub current: Current,
    /// What is kept while another screen is shown.
    pub bookmark: Bookmark,
    /// The other end of the selection in the text that has the focus.
    pub anchor: Option<usize>,
    /// The column that moving up and down returns to.
    pub goal: Option<usize>,
    /// The first row shown of the text or the choices that have the focus.
    pub scroll: usize,
    /// The question whose choices have the focus, and those that are made, as they were when the choices were
    /// last scrolled.
    choices: Option<(Item, Vec<String>)>,
    /// Where everything is on the screen.
    pub layout: InterviewLayout,
}

/// What the interview keeps while another screen is shown.
#[derive(Debug, Default)]
pub struct Bookmark {
    /// The pane that has the focus.
    pub focus: Focus,
    /// The list of questions.
    pub outline: Outline,
    /// The items visited before this one, the last one last.
    pub visited: Vec<Item>,
    /// The items that were left by going back, the last one last.
    pub revisited: Vec<Item>,
    /// The words that were searched for; they are marked until Esc.
    pub wanted: String,
    /// The first row shown of the help.
    pub help_scroll: usize,
    /// Whether the earlier answer is hidden where there is room for it, or shown instead of the help where
    /// there is not.
    pub is_before_toggled: bool,
}

/// The pane that has the focus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    /// The field that the session's position names.
    #[default]
    Field,
    /// The list of questions.
    Outline,
}

impl Interview {
    /// The interview of a session, as it was when another screen was shown.
    pub fn new(current: Current, mut bookmark: Bookmark) -> Self {
        bookmark.outline.refresh(current.session(), None);
        let layout = InterviewLayout::default();
        Self { current, bookmark, anchor: None, goal: None, scroll: 0, choices: None, layout }
    }

    /// Brings everything up to date after other programs changed the session.
    pub fn rebuild(&mut self) {
        (self.anchor, self.goal) = (None, None);
        self.bookmark.outline.rebuild(self.current.session());
    }

    /// The session.
    pub fn session(&self) -> &Session {
        self.current.session()
    }

    /// The item that is shown.
    pub fn item(&self) -> &Item {
        &self.session().position().item
    }

    /// The place of the question that is shown; none for a part of the page.
    pub fn question(&self) -> Option<usize> {
        self.session().current_question()
    }

    /// Place and id of the question that is shown.
    pub fn question_id(&self) -> Option<(usize, String)> {
        let index = self.question()?;
        Some((index, self.session().question(index).id.clone()))
    }

    /// The field of the session's position.
    pub fn field(&self) -> Field {
        self.session().position().field
    }

    /// The field that has the focus; none while the outline has it.
    pub fn focused(&self) -> Option<Field> {
        match self.bookmark.focus {
            Focus::Field => Some(self.field()),
            Focus::Outline => None,
        }
    }

    /// The text that keys are typed into, if there is one.
    pub fn text(&self) -> Option<TextRef> {
        match self.bookmark.focus {
            Focus::Field => self.session().text_at(self.session().position()),
            Focus::Outline => None,
        }
    }

    /// Whether a text wraps: every text of several lines, a flag, and the answer to a question in free text.
    pub fn wraps(&self, text_ref: &TextRef) -> bool {
        let is_free_text = |id: &str| {
            let index = self.session().index_of(id);
            index.is_some_and(|index| self.session().question(index).kind == Kind::Text)
        };
        match text_ref {
            TextRef::Value(id) => is_free_text(id),
            TextRef::Flag(_) => true,
            other => other.is_multiline(),
        }
    }

    /// The rows of a text that wraps, as they are on the screen; none for a line.
    pub fn rows(&self, text_ref: &TextRef) -> Option<&[Row]> {
        match text_ref {
            TextRef::Detail(_) | TextRef::Introduction | TextRef::Properties | TextRef::Section(_) => {
                Some(&self.layout.detail_rows)
            }
            TextRef::Note(_) => Some(&self.layout.note_rows),
            TextRef::Value(_) if self.wraps(text_ref) => Some(&self.layout.value_rows),
            TextRef::Flag(_) => Some(&self.layout.flag_rows),
            TextRef::Value(_) | TextRef::Qualifier(_) | TextRef::Link(..) => None,
        }
    }

    /// The first row shown of the choices: without the focus, such that the first one that was made is shown.
    pub fn choices_scroll(&self) -> usize {
        match self.focused() == Some(Field::Answer) {
            true => self.scroll.min(self.layout.most_choices_scroll()),
            false => self.scroll_of_made(),
        }
    }

    /// The scroll at which the first choice that was made is shown.
    fn scroll_of_made(&self) -> usize {
        let most = self.layout.most_choices_scroll();
        let Some(index) = self.question().filter(|_| most > 0) else { return 0 };
        let chosen = &self.session().answer(index).choices;
        let made = self.session().choices(index).iter().position(|choice| chosen.contains(&choice.id));
        let place = made.and_then(|made| self.layout.choices.get(made));
        place.map_or(0, |place| (place.y as usize).min(most))
    }

    /// The caret in the text that has the focus.
    pub fn caret(&self) -> Caret {
        Caret { cursor: self.session().position().cursor, anchor: self.anchor, goal: self.goal }
    }

    /// The words that are marked on the screen.
    pub fn marked(&self) -> &str {
        match self.bookmark.outline.filter() {
            Filter::Text(words) if self.bookmark.wanted.is_empty() => words,
            Filter::All
            | Filter::Open
            | Filter::Flagged
            | Filter::Changed
            | Filter::Old(_)
            | Filter::Answer(_)
            | Filter::Text(_) => &self.bookmark.wanted,
        }
    }

    /// The contexts of the keys here, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        use Context::{
            Answer, Everywhere, Filter, Interview, LinkPart, Links, LongText, Outline, Part, Text, Value,
        };
        match self.focused() {
            None if self.bookmark.outline.is_typing => &[Filter, Everywhere],
            None => &[Outline, Interview, Everywhere],
            Some(field) => match (field, self.text()) {
                (_, Some(TextRef::Value(_))) => &[Value, Text, Interview, Everywhere],
                (_, Some(TextRef::Link(..))) => &[LinkPart, Text, Interview, Everywhere],
                (_, Some(text_ref)) if text_ref.is_multiline() => &[LongText, Text, Interview, Everywhere],
                (_, Some(_)) => &[Part, Text, Interview, Everywhere],
                (Field::Links, None) => &[Links, Interview, Everywhere],
                (_, None) => &[Answer, Interview, Everywhere],
            },
        }
    }

    /// Lays the screen out, and keeps the cursor and the selected entries visible.
    pub fn settle(&mut self, size: Size, today: Date, evidence_days: u32) {
        let before = std::mem::take(&mut self.layout);
        let shown = Shown {
            session: self.current.session(),
            files: &self.current.files,
            focused: self.focused(),
            size,
            ages: self.current.session().ages(today, evidence_days),
            is_before_toggled: self.bookmark.is_before_toggled,
        };
        self.layout = InterviewLayout::new(&shown, before);
        let height = self.layout.outline.height.saturating_sub(2) as usize;
        let outline = &self.bookmark.outline;
        let at = outline.row_of(self.session(), self.item());
        let scroll = scroll_to(outline.scroll, at, height, outline.rows().len());
        self.bookmark.outline.scroll = scroll;
        self.bookmark.help_scroll = self.bookmark.help_scroll.min(self.layout.max_help_scroll());
        let Some(text_ref) = self.text() else { return self.settle_choices() };
        self.choices = None;
        if let Some(rows) = self.rows(&text_ref) {
            let row = text::row_of(rows, self.session().position().cursor);
            self.scroll =
                scroll_to(self.scroll, row, self.layout.area(self.field()).height as usize, rows.len());
        }
    }

    /// Shows a choice that was made or removed, and the one that was shown already when the choices get the
    /// focus. Otherwise, what was scrolled to stays.
    fn settle_choices(&mut self) {
        let index = self.question().filter(|_| self.focused() == Some(Field::Answer));
        let Some(index) = index else {
            (self.choices, self.scroll) = (None, 0);
            return;
        };
        let now = (self.item().clone(), self.session().answer(index).choices.clone());
        self.scroll = match &self.choices {
            Some((item, before)) if *item == now.0 => {
                let choices = self.session().choices(index);
                let is_made = |of: &[String], at: usize| of.contains(&choices[at].id);
                let made = (0..choices.len()).find(|&at| is_made(&now.1, at) && !is_made(before, at));
                let changed = made
                    .or_else(|| (0..choices.len()).find(|&at| is_made(before, at) && !is_made(&now.1, at)));
                self.layout.scroll_to_choice(self.choices_scroll(), changed)
            }
            Some(_) | None => self.scroll_of_made(),
        };
        self.choices = Some(now);
    }
}
