//! What the program knows while it runs. Changed by `update` only.

mod dialog;
mod outline;
mod review;

use jiff::Timestamp;
use ratatui_core::layout::{Position as Point, Size};

use crate::store::Summary;
use crate::workspace::Shelf;

pub use dialog::{Dialog, Entry, ListDialog, Purpose, Target};
pub use outline::{Filter, OutlineRow};
pub use review::{Focus, Preview, Review, Status};

/// Everything.
#[derive(Debug)]
pub struct State {
    /// The terminal.
    pub size: Size,
    /// The screen that is shown.
    pub screen: Screen,
    /// The reviews on the home screen.
    pub home: Home,
    /// The review that is open.
    pub review: Option<Review>,
    /// What lies over the screen.
    pub dialog: Option<Dialog>,
    /// The last thing said, in the footer; until the next key.
    pub message: String,
    /// What was copied or cut.
    pub clipboard: String,
    /// The questionnaires that a review can be started with.
    pub catalogue: Vec<Offer>,
    /// The time of the input that is being handled.
    pub now: Timestamp,
    /// Where and when the mouse was pressed last; a second time is a double click.
    pub last_click: Option<(Point, Timestamp)>,
}

/// The screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The list of reviews.
    Home,
    /// One question at a time.
    Interview,
    /// How far the review is.
    Overview,
    /// The page.
    Preview,
}

/// The home screen.
#[derive(Debug, Default)]
pub struct Home {
    /// All reviews, the last touched first.
    pub list: Vec<Summary>,
    /// The place of the selected one.
    pub selected: usize,
    /// The shelf that is shown.
    pub shelf: Shelf,
    /// The last review that was put on another shelf: its id there, that shelf, and the one it came from.
    pub moved: Option<(String, Shelf, Shelf)>,
}

/// A questionnaire that a review can be started with.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// What its subject is called.
    pub subject_label: String,
}

impl State {
    /// The state before anything was read.
    pub fn new(size: Size, now: Timestamp) -> Self {
        Self {
            size,
            screen: Screen::Home,
            home: Home::default(),
            review: None,
            dialog: None,
            message: String::new(),
            clipboard: String::new(),
            catalogue: Vec::new(),
            now,
            last_click: None,
        }
    }
}
