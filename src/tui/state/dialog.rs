//! What lies over a screen.

use crate::session::Field;
use crate::tui::action::Action;
use crate::tui::widgets::editor::Caret;

/// A dialog.
#[derive(Debug)]
pub enum Dialog {
    /// The keys, scrolled by so many rows.
    Help {
        /// The first row shown.
        scroll: usize,
    },
    /// The tour of the first run.
    Tour {
        /// Which page of it is shown.
        page: usize,
    },
    /// An input, a list, or both.
    List(ListDialog),
}

/// An input with a list of entries that match it.
#[derive(Debug)]
pub struct ListDialog {
    /// What it is for.
    pub purpose: Purpose,
    /// Its title.
    pub title: String,
    /// A sentence under the title.
    pub explanation: String,
    /// What was typed.
    pub input: String,
    /// Where the cursor is in it.
    pub caret: Caret,
    /// The entries that match.
    pub entries: Vec<Entry>,
    /// The place of the selected one.
    pub selected: usize,
}

/// What a list dialog is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Do any action.
    Palette,
    /// Go to a question by its words.
    Find,
    /// Choose a questionnaire for a new review.
    ChooseQuestionnaire,
    /// Name the subject of a new review.
    NameSubject {
        /// Id of its questionnaire.
        questionnaire: String,
    },
    /// Go to a review by its words.
    FindReview,
    /// Name the subject of a review anew.
    Rename {
        /// Its id.
        id: String,
    },
    /// Name a page to import.
    Import,
    /// Name a file to export to.
    Export,
    /// Name a place to save to, because the usual one fails.
    SaveElsewhere,
}

/// An entry of a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is.
    pub label: String,
    /// More about it, in dim text.
    pub detail: String,
    /// What choosing it leads to.
    pub target: Target,
}

/// What choosing an entry leads to.
#[derive(Debug, Clone)]
pub enum Target {
    /// An action.
    Action(Action),
    /// A place in a question: its number, the field, the cursor in its text.
    Question(usize, Field, usize),
    /// A questionnaire, by its id.
    Questionnaire(String),
    /// A review, by its place in the list.
    Review(usize),
}

impl ListDialog {
    /// An empty dialog.
    pub fn new(purpose: Purpose, title: &str, explanation: &str) -> Self {
        Self {
            purpose,
            title: title.to_owned(),
            explanation: explanation.to_owned(),
            input: String::new(),
            caret: Caret::default(),
            entries: Vec::new(),
            selected: 0,
        }
    }

    /// The same with something typed already.
    #[must_use]
    pub fn with_input(mut self, input: &str) -> Self {
        input.clone_into(&mut self.input);
        self.caret = Caret::at(input.len());
        self
    }

    /// The same with entries.
    #[must_use]
    pub fn with_entries(mut self, entries: Vec<Entry>) -> Self {
        self.entries = entries;
        self
    }

    /// Whether typing filters a list, rather than naming something.
    pub fn has_list(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::Palette | Purpose::Find | Purpose::FindReview | Purpose::ChooseQuestionnaire
        )
    }
}
