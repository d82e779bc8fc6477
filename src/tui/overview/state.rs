//! What the overview knows.

use jiff::civil::Date;
use ratatui::layout::Size;

use crate::tui::current::Current;
use crate::tui::keys::Context;
use crate::tui::widgets::draw::inset;
use crate::tui::widgets::list::scroll_to;

use super::layout::{OverviewRow, rows};

/// The overview of the open session.
#[derive(Debug)]
pub struct Overview {
    /// The session.
    pub current: Current,
    /// The selected row; it always leads to a question, unless none does.
    pub selected: usize,
    /// The first row shown.
    pub scroll: usize,
    pub(super) rows: Vec<OverviewRow>,
    /// The width and the day that the rows were laid out for.
    laid_out_for: Option<(u16, Date)>,
}

impl Overview {
    /// The overview of a session.
    pub fn new(current: Current) -> Self {
        Self { current, selected: 0, scroll: 0, rows: Vec::new(), laid_out_for: None }
    }

    /// The contexts of the keys here, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        &[Context::Overview, Context::Everywhere]
    }

    /// Lays the rows out if the width or the day has changed, and keeps the selected one visible.
    pub fn settle(&mut self, size: Size, today: Date, evidence_days: u32) {
        let pane = inset(pane(size));
        let wanted = Some((pane.width, today));
        if self.laid_out_for != wanted {
            let question = self.rows.get(self.selected).and_then(|row| row.question);
            let ages = self.current.session().ages(today, evidence_days);
            self.rows = rows(self.current.session(), &ages, pane.width as usize);
            self.laid_out_for = wanted;
            let same = |row: &OverviewRow| row.question.is_some() && row.question == question;
            let leads = |row: &OverviewRow| row.question.is_some();
            self.selected =
                self.rows.iter().position(same).or_else(|| self.rows.iter().position(leads)).unwrap_or(0);
        }
        let first = self.rows.iter().position(|row| row.question.is_some());
        // At the first selectable row, the heading above it is shown too.
        let at = if Some(self.selected) == first { 0 } else { self.selected };
        let height = pane.height as usize;
        let scroll = scroll_to(self.scroll, self.selected, height, self.rows.len());
        self.scroll = if self.selected < height { scroll.min(at) } else { scroll };
    }

    /// The rows that fit on the screen.
    pub fn page(&self, size: Size) -> usize {
        inset(pane(size)).height as usize
    }
}

/// The pane on a screen of this size.
pub(super) fn pane(size: Size) -> ratatui::layout::Rect {
    crate::tui::chrome::areas(ratatui::layout::Rect::from((ratatui::layout::Position::ORIGIN, size)))[1]
}
