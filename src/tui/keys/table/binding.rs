//! A binding of keys to an action, and what the lists of bindings share.

use crate::tui::keys::action::{
    Action, AppAction, CompareAction, InterviewAction, MatrixAction, Move, TextAction,
};
use crate::tui::keys::key::{Key, char};

/// What some keys do in one context.
#[derive(Debug)]
pub struct Binding {
    /// The keys; the first one is the one to show.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// The same in words, for help, palette and docs.
    pub help: &'static str,
    /// The verb in the footer; empty if the footer does not show the key.
    pub footer: &'static str,
    /// Other words on the screen that the palette finds the action by.
    pub keywords: &'static str,
}

pub const fn bind(action: Action, keys: &'static [Key], help: &'static str) -> Binding {
    Binding { keys, action, help, footer: "", keywords: "" }
}

impl Binding {
    pub const fn footer(self, footer: &'static str) -> Self {
        Self { footer, ..self }
    }

    pub const fn keywords(self, keywords: &'static str) -> Self {
        Self { keywords, ..self }
    }

    /// All keys: `PgDn, Alt-Down`.
    pub fn shown_keys(&self) -> String {
        let mut names: Vec<String> = self.keys.iter().map(Key::name).collect();
        names.dedup();
        names.join(", ")
    }
}

pub const UP: Action = Action::Move(Move::Up);
pub const DOWN: Action = Action::Move(Move::Down);
pub const PAGE_UP: Action = Action::Move(Move::PageUp);
pub const PAGE_DOWN: Action = Action::Move(Move::PageDown);
pub const FIRST: Action = Action::Move(Move::First);
pub const LAST: Action = Action::Move(Move::Last);

pub const fn app(action: AppAction) -> Action {
    Action::App(action)
}
pub const fn interview(action: InterviewAction) -> Action {
    Action::Interview(action)
}
pub const fn text(action: TextAction) -> Action {
    Action::Text(action)
}
pub const fn compare(action: CompareAction) -> Action {
    Action::Compare(action)
}
pub const fn matrix(action: MatrixAction) -> Action {
    Action::Matrix(action)
}

pub const SHOW_HELP: Binding =
    bind(app(AppAction::Help), &[char('?')], "Help for this context").footer("help");
pub const FIND: Binding = bind(interview(InterviewAction::Find), &[char('/')], "Find words in this session");
