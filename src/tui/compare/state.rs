//! What the comparison of two sessions knows.

use ratatui::layout::{Constraint, Layout, Rect, Size};

use crate::report::{Compared, Shows};
use crate::session::ItemDiff;
use crate::tui::chrome::areas;
use crate::tui::current::Current;
use crate::tui::keys::Context;
use crate::tui::widgets::draw::inset;
use crate::tui::widgets::list::scroll_to;
use crate::tui::widgets::rich::RichLine;

use super::layout::rows;

/// Below this width, the changes are above what they say instead of beside it.
const WIDE: u16 = 90;

/// The comparison of two sessions.
#[derive(Debug)]
pub struct Compare {
    /// The session that is open, if the later one is.
    pub current: Option<Current>,
    /// The sessions and their differences.
    pub compared: Compared,
    /// Whether what is unchanged is listed too.
    pub shows_all: bool,
    /// Whether the texts are shown side by side.
    pub is_split: bool,
    /// The selected one of the listed items.
    pub selected: usize,
    /// The first item shown.
    pub list_scroll: usize,
    /// The first row shown of what the selected item says.
    pub scroll: usize,
    pub(super) rows: Vec<RichLine>,
    /// What the rows were laid out for: width, item, side by side.
    laid_out_for: Option<(u16, usize, bool, bool)>,
}

impl Compare {
    /// The comparison of two sessions.
    pub fn new(current: Option<Current>, compared: Compared) -> Self {
        Self {
            current,
            compared,
            shows_all: false,
            is_split: false,
            selected: 0,
            list_scroll: 0,
            scroll: 0,
            rows: Vec::new(),
            laid_out_for: None,
        }
    }

    /// The contexts of the keys here, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        &[Context::Compare, Context::Everywhere]
    }

    /// What is shown of the differences.
    pub fn shows(&self) -> Shows {
        Shows { all: self.shows_all, notes: true }
    }

    /// The items that are listed.
    pub fn items(&self) -> Vec<&ItemDiff> {
        self.compared.comparison(self.shows()).items().collect()
    }

    /// Lays out what the selected item says, and keeps the selected item visible.
    pub fn settle(&mut self, size: Size) {
        let (count, [list, detail]) = (self.items().len(), panes(size));
        self.selected = self.selected.min(count.saturating_sub(1));
        self.list_scroll = scroll_to(self.list_scroll, self.selected, inset(list).height as usize, count);
        let width = inset(detail).width;
        let wanted = Some((width, self.selected, self.is_split, self.shows_all));
        if self.laid_out_for != wanted {
            let item = self.items().get(self.selected).copied();
            self.rows = item.map(|item| rows(item, width as usize, self.is_split)).unwrap_or_default();
            self.laid_out_for = wanted;
            self.scroll = 0;
        }
        self.scroll = self.scroll.min(self.rows.len().saturating_sub(inset(detail).height as usize));
    }
}

/// The list of changes, and what the selected one says, on a screen of this size.
pub(super) fn panes(size: Size) -> [Rect; 2] {
    let body = areas(Rect::new(0, 0, size.width, size.height))[1];
    if size.width >= WIDE {
        let list = (size.width * 2 / 5).min(44);
        Layout::horizontal([Constraint::Length(list), Constraint::Min(0)]).areas(body)
    } else {
        Layout::vertical([Constraint::Length((body.height / 3).max(4)), Constraint::Min(0)]).areas(body)
    }
}
