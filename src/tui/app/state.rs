//! What the program knows while it runs. Only `update` changes it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::layout::{Position as Point, Size};

use crate::tui::compare::Compare;
use crate::tui::current::Current;
use crate::tui::dialog::Dialog;
use crate::tui::home::Home;
use crate::tui::interview::{Bookmark, Interview};
use crate::tui::keys::Context;
use crate::tui::matrix::MatrixScreen;
use crate::tui::overview::Overview;
use crate::tui::preview::Preview;
use crate::workspace::DEFAULT_EVIDENCE_DAYS;

/// The program.
#[derive(Debug)]
pub struct App {
    /// The size of the terminal.
    pub size: Size,
    /// The time of the current input.
    pub now: Timestamp,
    /// The screen that is shown.
    pub screen: Screen,
    /// The dialog over it.
    pub dialog: Option<Dialog>,
    /// The sentence in the footer, until the next key.
    pub message: String,
    /// What was copied or cut last.
    pub clipboard: String,
    /// What the interview keeps while another screen shows its session.
    pub bookmark: Bookmark,
    /// Place and time of the last click, to recognize a double click.
    pub last_click: Option<(Point, Timestamp)>,
    /// For how many days evidence is good that is of no particular kind; 0 means for ever.
    pub evidence_days: u32,
    /// Whether everything is laid out for what changed last.
    pub is_settled: bool,
}

/// A screen with everything it knows.
#[derive(Debug)]
pub enum Screen {
    /// The list of sessions.
    Home(Home),
    /// One question at a time.
    Interview(Box<Interview>),
    /// Everything about a session on one page.
    Overview(Box<Overview>),
    /// The report.
    Preview(Box<Preview>),
    /// What differs between two sessions.
    Compare(Box<Compare>),
    /// Many services side by side.
    Matrix(Box<MatrixScreen>),
}

impl App {
    /// The program before anything was read.
    pub fn new(size: Size, now: Timestamp) -> Self {
        Self {
            size,
            now,
            screen: Screen::Home(Home::default()),
            dialog: None,
            message: String::new(),
            clipboard: String::new(),
            bookmark: Bookmark::default(),
            last_click: None,
            evidence_days: DEFAULT_EVIDENCE_DAYS,
            is_settled: false,
        }
    }

    /// The contexts of the keys now, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        self.dialog.as_ref().map_or_else(|| self.screen.contexts(), Dialog::contexts)
    }

    /// The open session.
    pub fn current(&self) -> Option<&Current> {
        match &self.screen {
            Screen::Home(_) | Screen::Matrix(_) => None,
            Screen::Compare(compare) => compare.current.as_ref(),
            Screen::Interview(interview) => Some(&interview.current),
            Screen::Overview(overview) => Some(&overview.current),
            Screen::Preview(preview) => Some(&preview.current),
        }
    }

    /// The open session, to be changed.
    pub fn current_mut(&mut self) -> Option<&mut Current> {
        match &mut self.screen {
            Screen::Home(_) | Screen::Matrix(_) => None,
            Screen::Compare(compare) => compare.current.as_mut(),
            Screen::Interview(interview) => Some(&mut interview.current),
            Screen::Overview(overview) => Some(&mut overview.current),
            Screen::Preview(preview) => Some(&mut preview.current),
        }
    }

    /// Lays everything out for the current size, and keeps what is selected visible, if something changed.
    pub fn settle(&mut self) {
        if self.is_settled {
            return;
        }
        self.is_settled = true;
        let (size, days) = (self.size, self.evidence_days);
        let today = self.now.to_zoned(TimeZone::system()).date();
        match &mut self.screen {
            Screen::Home(home) => home.settle(size),
            Screen::Interview(interview) => interview.settle(size, today, days),
            Screen::Overview(overview) => overview.settle(size, today, days),
            Screen::Preview(preview) => preview.settle(size),
            Screen::Compare(compare) => compare.settle(size),
            Screen::Matrix(matrix) => matrix.settle(size),
        }
        if let Some(dialog) = &mut self.dialog {
            dialog.settle(size);
        }
    }
}

impl Screen {
    /// The contexts of the screen's keys, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        match self {
            Self::Home(home) => home.contexts(),
            Self::Interview(interview) => interview.contexts(),
            Self::Overview(overview) => overview.contexts(),
            Self::Preview(preview) => preview.contexts(),
            Self::Compare(compare) => compare.contexts(),
            Self::Matrix(matrix) => matrix.contexts(),
        }
    }
}
