//! What the home screen knows.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use ratatui::layout::{Rect, Size};

use crate::store::Summary;
use crate::tui::effect::Offer;
use crate::tui::keys::Context;
use crate::tui::widgets::list::scroll_to;
use crate::workspace::{RepositoryState, Shelf};

/// The home screen.
#[derive(Debug, Default)]
pub struct Home {
    /// The shelf that is shown.
    pub shelf: Shelf,
    /// Its sessions, sorted.
    pub sessions: Vec<Summary>,
    /// The git repository that they are in, if they are in one.
    pub repository: Option<RepositoryState>,
    /// The ids of the sessions that are marked for comparison.
    pub marked: BTreeSet<String>,
    /// The order of the sessions.
    pub sort: Sort,
    /// The questionnaires that are offered while there is no session.
    pub offers: Vec<Offer>,
    /// The selected entry.
    pub selected: usize,
    /// The first entry shown.
    pub scroll: usize,
    /// The session that was moved to another shelf last, for undo.
    pub moved: Option<MovedSession>,
}

/// A session that was moved to another shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedSession {
    /// Its id on the new shelf.
    pub id: String,
    /// The shelf it was on before.
    pub from: Shelf,
    /// The shelf it is on now.
    pub to: Shelf,
}

/// The order of the sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The last changed first.
    #[default]
    Changed,
    /// By subject.
    Subject,
    /// By questionnaire, then subject.
    Questionnaire,
    /// The one with most left to do first.
    Progress,
}

impl Sort {
    /// The next order.
    pub fn next(self) -> Self {
        match self {
            Self::Changed => Self::Subject,
            Self::Subject => Self::Questionnaire,
            Self::Questionnaire => Self::Progress,
            Self::Progress => Self::Changed,
        }
    }

    /// The order in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Changed => "last change",
            Self::Subject => "subject",
            Self::Questionnaire => "questionnaire",
            Self::Progress => "progress",
        }
    }

    /// Sorts sessions.
    pub fn apply(self, sessions: &mut [Summary]) {
        sessions.sort_by_key(|s| (Reverse(s.changed), s.id.clone()));
        match self {
            Self::Changed => {}
            Self::Subject => sessions.sort_by_key(|s| s.subject.to_lowercase()),
            Self::Questionnaire => {
                sessions.sort_by_key(|s| (s.questionnaire.to_lowercase(), s.subject.to_lowercase()));
            }
            Self::Progress => {
                sessions.sort_by_key(|s| (s.progress.done * 1000).checked_div(s.progress.asked));
            }
        }
    }
}

impl Home {
    /// The contexts of the keys here, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        &[Context::Home, Context::Everywhere]
    }

    /// The selected session.
    pub fn session(&self) -> Option<&Summary> {
        self.sessions.get(self.selected)
    }

    /// Whether questionnaires are offered, because there is no session yet.
    pub fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.shelf == Shelf::Active
    }

    /// The number of entries that can be selected.
    pub fn count(&self) -> usize {
        if self.is_empty() { self.offers.len() } else { self.sessions.len() }
    }

    /// Keeps the selected entry visible in a terminal of this size.
    pub fn settle(&mut self, size: Size) {
        self.selected = self.selected.min(self.count().saturating_sub(1));
        let rows = entries(size, self.is_empty()).height as usize;
        self.scroll = scroll_to(self.scroll, self.selected, rows, self.count());
    }
}

/// The rows of the screen that show entries.
pub fn entries(size: Size, is_empty: bool) -> Rect {
    let top = if is_empty { 5 } else { 3 };
    let height = size.height.saturating_sub(top + 1);
    Rect { x: 1.min(size.width), y: top, width: size.width.saturating_sub(2), height }
}
