//! What a dialog knows.

use std::path::PathBuf;

use ratatui::layout::{Rect, Size};

use crate::questionnaire::Kind;
use crate::report::{Format, Keep};
use crate::session::{Basis, Position};
use crate::tui::effect::{AnswerPlace, Effect};
use crate::tui::keys::{Action, Context};
use crate::tui::theme::Role;
use crate::tui::turn::{DialogRequest, Naming, Settle};
use crate::tui::widgets::draw::inset;
use crate::tui::widgets::editor::Caret;
use crate::tui::widgets::rich::{RichLine, wrap};
use crate::workspace::{PastAnswer, Query};

/// A dialog.
#[derive(Debug)]
pub enum Dialog {
    /// A text to read: help, or a list of warnings.
    Text(TextDialog),
    /// The tour of the first start.
    Tour {
        /// The page that is shown.
        page: usize,
    },
    /// An input, a list, or both.
    Input(Box<InputDialog>),
}

/// A text to read.
#[derive(Debug)]
pub struct TextDialog {
    /// Its title.
    pub title: String,
    /// Its paragraphs: a label in a column of its own, and text. Without text, the label is a heading.
    pub paragraphs: Vec<(String, String)>,
    /// The first row shown.
    pub scroll: usize,
    /// The text as rows.
    pub lines: Vec<RichLine>,
    /// The width that the rows were laid out for.
    laid_out_for: Option<u16>,
}

/// An input with a list of entries that match it.
#[derive(Debug)]
pub struct InputDialog {
    /// What it is for.
    pub purpose: Purpose,
    /// Its title.
    pub title: String,
    /// The sentence below the title.
    pub explanation: String,
    /// What was typed.
    pub input: String,
    /// The cursor in it.
    pub caret: Caret,
    /// All entries.
    pub all: Vec<Entry>,
    /// The entries that match the input, best first.
    pub entries: Vec<Entry>,
    /// The selected one.
    pub selected: usize,
    /// An error or a result about the input.
    pub message: String,
    /// The input for which the reviewer was told what it would overwrite.
    pub confirmed: Option<String>,
    /// What was searched for last.
    pub searched: Option<Query>,
}

impl InputDialog {
    /// Whether it has a few entries and nothing to type.
    pub fn is_menu(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::Basis
                | Purpose::Differences { .. }
                | Purpose::QuestionKind { .. }
                | Purpose::TwoAnswers
                | Purpose::Replace
                | Purpose::Look
        )
    }
}

/// What an input dialog is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Perform any action.
    Palette,
    /// Go to words in the session.
    Find,
    /// Name a question or section.
    Name(Naming),
    /// Choose how a new question is answered.
    QuestionKind {
        /// The question.
        text: String,
    },
    /// Choose between two answers.
    TwoAnswers,
    /// Replace an answer by the earlier one.
    Replace,
    /// Choose the earlier question, no longer asked, that the current one continues.
    Gone,
    /// Open a place where the answer can be found.
    Look,
    /// Go to an answer in any session.
    Search,
    /// Use an earlier answer to a question like this one again.
    Similar {
        /// What is searched for.
        query: Query,
    },
    /// Choose between the session's and the page's versions.
    Differences {
        /// The page.
        path: PathBuf,
    },
    /// Go to a question by number.
    GoToNumber {
        /// The number of the last question.
        count: usize,
    },
    /// Choose the basis of an answer.
    Basis,
    /// Enter the words of a link.
    LinkWords,
    /// Open a session by name.
    FindSession,
    /// Choose the questionnaire of a new session.
    ChooseQuestionnaire,
    /// Choose the questionnaire that a page answers.
    ImportWith {
        /// The page.
        path: PathBuf,
    },
    /// Enter the subject of a new session.
    NameSubject {
        /// Id of its questionnaire.
        questionnaire: String,
    },
    /// Enter another subject for a session.
    Rename {
        /// Its id.
        id: String,
    },
    /// Enter the path of a page to import.
    Import,
    /// Enter the path to export to.
    Export {
        /// The format.
        format: Format,
    },
    /// Enter the path of a file to attach.
    Attach {
        /// The answer.
        place: AnswerPlace,
    },
    /// Enter the path of a file for a comparison.
    Write,
    /// Enter a place to save to, because the usual one fails.
    SaveElsewhere,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is.
    pub label: String,
    /// More about it.
    pub detail: String,
    /// Other words it is found by.
    pub keywords: String,
    /// What choosing it does.
    pub target: Target,
}

/// What choosing an entry does.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Performs an action.
    Action(Action),
    /// Goes to a place in the session.
    Position(Position),
    /// Chooses a questionnaire.
    Questionnaire {
        /// Its id; none for the questions of a page alone.
        id: Option<String>,
        /// Its title.
        title: String,
        /// What it calls a subject.
        subject_label: String,
        /// Why it cannot be used.
        problem: Option<String>,
    },
    /// Opens a session.
    Session {
        /// Its id.
        id: String,
    },
    /// Sets the basis.
    Basis(Option<Basis>),
    /// A kind of question.
    Kind {
        /// The kind.
        kind: Kind,
        /// The answer set.
        answer_set: Option<String>,
    },
    /// Goes to an answer.
    Answer {
        /// The id of the session.
        id: String,
        /// The id of the question.
        question: String,
    },
    /// Uses an answer again.
    Reuse {
        /// The answer.
        answer: Box<PastAnswer>,
    },
    /// Lets the answer to an earlier question, no longer asked, belong to the current one.
    Gone {
        /// The id of the earlier question.
        was: String,
    },
    /// Opens an address in the browser.
    Address {
        /// The address.
        url: String,
    },
    /// Settles two answers.
    Settle(Settle),
    /// Exports with one side's version of what differs.
    Keep(Keep),
}

/// What the reviewer chose in a dialog.
#[derive(Debug, Clone, PartialEq)]
pub enum Chosen {
    /// Nothing; the dialog was closed.
    Nothing,
    /// An action.
    Action(Action),
    /// A place in the session, and the words that were searched for.
    Position {
        /// The place.
        position: Position,
        /// The words.
        words: String,
    },
    /// A question, by its index.
    Question(usize),
    /// A basis.
    Basis(Option<Basis>),
    /// The words of a link.
    LinkWords(String),
    /// The path of a file for a comparison.
    WriteTo(String),
    /// An answer to go to.
    Open {
        /// The id of the session.
        id: String,
        /// The id of the question.
        question: String,
    },
    /// An answer to use again.
    Reuse {
        /// The answer.
        answer: Box<PastAnswer>,
    },
    /// An earlier question that the current one continues.
    Matched {
        /// The id of the earlier question.
        was: String,
    },
    /// A name.
    Named {
        /// What it names.
        naming: Naming,
        /// The name.
        text: String,
    },
    /// How a new question is answered.
    Kind {
        /// The question.
        text: String,
        /// Its kind.
        kind: Kind,
        /// Its answer set.
        answer_set: Option<String>,
    },
    /// Which of two answers is kept.
    Settle(Settle),
    /// An effect.
    Effect(Effect),
    /// Another dialog.
    Dialog(DialogRequest),
}

impl Dialog {
    /// The contexts of the keys here, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        match self {
            Self::Text(_) => &[Context::Help, Context::Everywhere],
            Self::Tour { .. } => &[Context::Tour],
            Self::Input(input) if input.purpose == Purpose::Look => &[Context::Look, Context::Everywhere],
            Self::Input(input) if input.is_menu() => &[Context::Menu, Context::Everywhere],
            Self::Input(input) if input.has_list() => {
                &[Context::Dialog, Context::List, Context::Text, Context::Everywhere]
            }
            Self::Input(_) => &[Context::Dialog, Context::Text, Context::Everywhere],
        }
    }

    /// Whether it asks for a file to attach.
    pub fn is_for_attaching(&self) -> bool {
        matches!(self, Self::Input(input) if matches!(input.purpose, Purpose::Attach { .. }))
    }

    /// The verb for Enter; empty for the key table's own.
    pub fn accept(&self) -> &'static str {
        match self {
            Self::Text(_) | Self::Tour { .. } => "",
            Self::Input(input) => input.accept(),
        }
    }

    /// Lays a text out for a terminal of this size.
    pub fn settle(&mut self, size: Size) {
        if let Self::Text(text) = self {
            text.settle(size);
        }
    }
}

impl TextDialog {
    /// A text of paragraphs.
    pub fn new(title: impl Into<String>, paragraphs: Vec<(String, String)>) -> Self {
        Self { title: title.into(), paragraphs, scroll: 0, lines: Vec::new(), laid_out_for: None }
    }

    /// The area of the text, which takes the whole screen above the footer.
    pub fn area(size: Size) -> Rect {
        inset(Rect::new(0, 0, size.width, size.height.saturating_sub(1)))
    }

    fn settle(&mut self, size: Size) {
        let area = Self::area(size);
        if self.laid_out_for != Some(area.width) {
            self.lines =
                self.paragraphs.iter().flat_map(|paragraph| rows(paragraph, area.width as usize)).collect();
            self.laid_out_for = Some(area.width);
        }
        self.scroll = self.scroll.min(self.lines.len().saturating_sub(area.height as usize));
    }
}

/// A paragraph as rows: its label in the left column, its text wrapped in the right one.
fn rows((label, content): &(String, String), width: usize) -> Vec<RichLine> {
    if content.is_empty() {
        return vec![RichLine::new(label, Role::Strong)];
    }
    let column = 30.min(width * 2 / 5);
    let left = wrap(&[(label.clone(), Role::Text)], column.saturating_sub(1).max(4));
    let right = wrap(&[(content.clone(), Role::Dim)], width.saturating_sub(column).max(8));
    let row = |y: usize| {
        let mut line = left.get(y).cloned().unwrap_or_default();
        let blanks = column.saturating_sub(line.width());
        line.0.push((" ".repeat(blanks), Role::Text));
        line.0.extend(right.get(y).cloned().unwrap_or_default().0);
        line
    };
    (0..left.len().max(right.len())).map(row).collect()
}

impl InputDialog {
    /// An empty dialog.
    pub fn new(purpose: Purpose, title: impl Into<String>, explanation: impl Into<String>) -> Self {
        Self {
            purpose,
            title: title.into(),
            explanation: explanation.into(),
            input: String::new(),
            caret: Caret::default(),
            all: Vec::new(),
            entries: Vec::new(),
            selected: 0,
            message: String::new(),
            confirmed: None,
            searched: None,
        }
    }

    /// The same dialog with an input.
    #[must_use]
    pub fn with_input(mut self, input: &str) -> Self {
        input.clone_into(&mut self.input);
        self.caret = Caret::at(input.len());
        self
    }

    /// The same dialog with entries.
    #[must_use]
    pub fn with_entries(mut self, entries: Vec<Entry>) -> Self {
        self.entries.clone_from(&entries);
        self.all = entries;
        self
    }

    /// Whether it has a list of entries.
    pub fn has_list(&self) -> bool {
        match self.purpose {
            Purpose::Palette
            | Purpose::Find
            | Purpose::Basis
            | Purpose::Differences { .. }
            | Purpose::QuestionKind { .. }
            | Purpose::TwoAnswers
            | Purpose::Replace
            | Purpose::Gone
            | Purpose::Look
            | Purpose::Search
            | Purpose::Similar { .. }
            | Purpose::FindSession
            | Purpose::ChooseQuestionnaire
            | Purpose::ImportWith { .. } => true,
            Purpose::GoToNumber { .. }
            | Purpose::LinkWords
            | Purpose::Name(_)
            | Purpose::NameSubject { .. }
            | Purpose::Rename { .. }
            | Purpose::Import
            | Purpose::Export { .. }
            | Purpose::Attach { .. }
            | Purpose::Write
            | Purpose::SaveElsewhere => false,
        }
    }

    /// Whether the input is a path.
    pub fn takes_path(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::Import
                | Purpose::Export { .. }
                | Purpose::Attach { .. }
                | Purpose::Write
                | Purpose::SaveElsewhere
        )
    }

    /// Whether the whole detail of the selected entry is shown below the list.
    pub fn shows_detail_below(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::ChooseQuestionnaire
                | Purpose::ImportWith { .. }
                | Purpose::Similar { .. }
                | Purpose::Gone
        )
    }

    fn accept(&self) -> &'static str {
        match self.purpose {
            Purpose::Palette => "run",
            Purpose::Find | Purpose::GoToNumber { .. } => "go there",
            Purpose::Basis
            | Purpose::Differences { .. }
            | Purpose::QuestionKind { .. }
            | Purpose::TwoAnswers
            | Purpose::Replace
            | Purpose::Gone => "choose",
            Purpose::Look => "open",
            Purpose::Search => "go there",
            Purpose::Similar { .. } => "use again",
            Purpose::Name(_) => "accept",
            Purpose::LinkWords => "link",
            Purpose::FindSession => "open",
            Purpose::ChooseQuestionnaire => "choose",
            Purpose::ImportWith { .. } => "import",
            Purpose::NameSubject { .. } => "create",
            Purpose::Rename { .. } => "rename",
            Purpose::Import => "continue",
            Purpose::Export { .. } => "export",
            Purpose::Attach { .. } => "attach",
            Purpose::Write => "write",
            Purpose::SaveElsewhere => "save and quit",
        }
    }
}
