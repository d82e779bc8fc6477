//! The keys: one table. Footer, help, palette and the key list in the README come from it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use foldhash::fast::FixedState;

use super::action::{Action, Context, Select};

/// One key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    /// Keys, the one to show first.
    pub keys: &'static [Key],
    /// Where they mean it.
    pub context: Context,
    /// What they do.
    pub action: Action,
    /// The same in words.
    pub help: &'static str,
    /// The word in the footer; empty where the footer does not show it.
    pub footer: &'static str,
}

const fn key(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}
const fn char(c: char) -> Key {
    key(KeyCode::Char(c))
}
const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), modifiers: KeyModifiers::CONTROL }
}
const fn alt(c: char) -> Key {
    Key { code: KeyCode::Char(c), modifiers: KeyModifiers::ALT }
}
const fn with(modifiers: KeyModifiers, code: KeyCode) -> Key {
    Key { code, modifiers }
}

const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;
const ALT: KeyModifiers = KeyModifiers::ALT;
const CTRL_SHIFT: KeyModifiers = KeyModifiers::CONTROL.union(KeyModifiers::SHIFT);

macro_rules! bindings {
    ($($context:ident { $($action:expr, [$($key:expr),+], $help:literal $(, $footer:literal)?;)+ })+) => {
        &[$($(Binding {
            keys: &[$($key),+], context: Context::$context, action: $action, help: $help, footer: concat!($($footer)?),
        }),+),+]
    };
}

/// The table.
pub static BINDINGS: &[Binding] = bindings! {
    Everywhere {
        Action::Help, [key(KeyCode::F(1))], "help for where you are";
        Action::Palette, [ctrl('p')], "every action by name";
        Action::Undo, [ctrl('z')], "undo, across questions and restarts";
        Action::Redo, [ctrl('y')], "redo";
        Action::Save, [ctrl('s')], "write the snapshot now (every key is stored anyway)";
        Action::Quit, [ctrl('q')], "leave; nothing is lost";
    }
    Interview {
        Action::NextField, [key(KeyCode::Tab)], "next field, then the next question", "next field";
        Action::PreviousField, [key(KeyCode::BackTab), with(SHIFT, KeyCode::BackTab), with(SHIFT, KeyCode::Tab)], "previous field";
        Action::NextQuestion, [key(KeyCode::PageDown), with(ALT, KeyCode::Down)], "next question", "next question";
        Action::PreviousQuestion, [key(KeyCode::PageUp), with(ALT, KeyCode::Up)], "previous question";
        Action::NextOpen, [ctrl('n')], "next open question, and why it is open", "next open";
        Action::PreviousOpen, [alt('n')], "previous open question";
        Action::Find, [ctrl('f')], "find in questions and answers";
        Action::Qualifier, [alt('q')], "what limits the answer, such as \"version dependent\"";
        Action::Basis, [alt('b')], "how the answer is known: claimed, document read, interviewed, tested";
        Action::Flag, [alt('f')], "flag for later, with a few words on what and whom to ask";
        Action::Unflag, [alt('u')], "take the flag away";
        Action::ScrollHelpDown, [with(CTRL, KeyCode::Down)], "scroll the help text down";
        Action::ScrollHelpUp, [with(CTRL, KeyCode::Up)], "scroll the help text up";
        Action::GoBack, [with(ALT, KeyCode::Left)], "back to the question visited before";
        Action::GoForward, [with(ALT, KeyCode::Right)], "forward again";
        Action::Overview, [alt('o')], "overview: progress, answers, findings, what is open, links";
        Action::Preview, [alt('p')], "preview the page";
        Action::GoHome, [alt('h')], "back to the list of reviews";
        Action::ToOutline, [key(KeyCode::Esc)], "to the outline";
    }
    Answer {
        Action::ToDetail, [key(KeyCode::Enter)], "to the detail", "detail";
        Action::Qualifier, [char('(')], "what limits the answer";
        Action::Basis, [char('=')], "how the answer is known";
        Action::Flag, [char('!')], "flag for later";
        Action::Find, [char('/')], "find in questions and answers";
        Action::Help, [char('?')], "help for where you are", "help";
    }
    Value {
        Action::ToDetail, [key(KeyCode::Enter)], "to the detail", "detail";
        Action::RowUp(Select::No), [key(KeyCode::Up)], "up";
        Action::RowDown(Select::No), [key(KeyCode::Down)], "down";
    }
    Part {
        Action::Done, [key(KeyCode::Enter)], "done; from the qualifier on to the detail", "done";
        Action::Back, [key(KeyCode::Esc)], "done, back to where it belongs";
    }
    Text {
        Action::NewLine, [key(KeyCode::Enter)], "new line";
        Action::MakeLink, [ctrl('k')], "make the selected words, or the word at the cursor, a link", "link";
        Action::Editor, [ctrl('e')], "edit in $VISUAL or $EDITOR", "editor";
        Action::RowUp(Select::No), [key(KeyCode::Up)], "up";
        Action::RowDown(Select::No), [key(KeyCode::Down)], "down";
        Action::RowUp(Select::Yes), [with(SHIFT, KeyCode::Up)], "select up";
        Action::RowDown(Select::Yes), [with(SHIFT, KeyCode::Down)], "select down";
    }
    Line {
        Action::Left(Select::No), [key(KeyCode::Left)], "left";
        Action::Right(Select::No), [key(KeyCode::Right)], "right";
        Action::WordLeft(Select::No), [with(CTRL, KeyCode::Left)], "to the word before";
        Action::WordRight(Select::No), [with(CTRL, KeyCode::Right)], "to the word after";
        Action::RowStart(Select::No), [key(KeyCode::Home)], "to the start of the row";
        Action::RowEnd(Select::No), [key(KeyCode::End)], "to the end of the row";
        Action::TextStart(Select::No), [with(CTRL, KeyCode::Home)], "to the start of the text";
        Action::TextEnd(Select::No), [with(CTRL, KeyCode::End)], "to the end of the text";
        Action::Left(Select::Yes), [with(SHIFT, KeyCode::Left)], "select left";
        Action::Right(Select::Yes), [with(SHIFT, KeyCode::Right)], "select right";
        Action::WordLeft(Select::Yes), [with(CTRL_SHIFT, KeyCode::Left)], "select to the word before";
        Action::WordRight(Select::Yes), [with(CTRL_SHIFT, KeyCode::Right)], "select to the word after";
        Action::RowStart(Select::Yes), [with(SHIFT, KeyCode::Home)], "select to the start of the row";
        Action::RowEnd(Select::Yes), [with(SHIFT, KeyCode::End)], "select to the end of the row";
        Action::TextStart(Select::Yes), [with(CTRL_SHIFT, KeyCode::Home)], "select to the start of the text";
        Action::TextEnd(Select::Yes), [with(CTRL_SHIFT, KeyCode::End)], "select to the end of the text";
        Action::SelectAll, [alt('a')], "select all";
        Action::DeleteLeft, [key(KeyCode::Backspace), ctrl('h'), with(SHIFT, KeyCode::Backspace)], "delete to the left";
        Action::DeleteRight, [key(KeyCode::Delete)], "delete to the right";
        Action::DeleteWordLeft, [ctrl('w'), with(ALT, KeyCode::Backspace), with(CTRL, KeyCode::Backspace)], "delete the word before";
        Action::DeleteWordRight, [alt('d'), with(CTRL, KeyCode::Delete)], "delete the word after";
        Action::DeleteToRowStart, [ctrl('u')], "delete to the start of the row";
        Action::Copy, [ctrl('c')], "copy the selection";
        Action::Cut, [ctrl('x')], "cut the selection";
        Action::Paste, [ctrl('v')], "paste what was copied here (your terminal's paste works too)";
    }
    Links {
        Action::OpenLink, [key(KeyCode::Enter)], "open in the browser", "open";
        Action::NewLink, [char('n'), char('a')], "new link (or paste an address)", "new";
        Action::EditLink, [char('e')], "edit the address", "edit";
        Action::EditLabel, [char('l')], "edit the words of the link", "label";
        Action::EditQuote, [char('t')], "edit the quote";
        Action::DeleteLink, [char('d'), key(KeyCode::Delete)], "delete the link", "delete";
        Action::Up, [key(KeyCode::Up)], "link above";
        Action::Down, [key(KeyCode::Down)], "link below";
        Action::LinkUp, [with(SHIFT, KeyCode::Up)], "move the link up";
        Action::LinkDown, [with(SHIFT, KeyCode::Down)], "move the link down";
        Action::Find, [char('/')], "find in questions and answers";
        Action::Help, [char('?')], "help for where you are", "help";
    }
    Outline {
        Action::Up, [key(KeyCode::Up), char('k')], "question above";
        Action::Down, [key(KeyCode::Down), char('j')], "question below";
        Action::First, [key(KeyCode::Home), char('g')], "first question";
        Action::Last, [key(KeyCode::End), char('G')], "last entry";
        Action::Enter, [key(KeyCode::Enter), key(KeyCode::Right)], "to the question", "to the question";
        Action::Filter, [char('f')], "show all, open, flagged, or those with one answer", "filter";
        Action::Overview, [char('o')], "overview", "overview";
        Action::Preview, [char('p')], "preview the page", "preview";
        Action::FilterByText, [char('t')], "show those that have the words that are typed", "words";
        Action::ShowAll, [key(KeyCode::Esc)], "all questions again; from there, back to the list of reviews", "reviews";
        Action::GoHome, [char('h')], "back to the list of reviews";
        Action::Find, [char('/')], "find in questions and answers", "find";
        Action::Help, [char('?')], "help for where you are", "help";
    }
    Filter {
        Action::Done, [key(KeyCode::Enter), key(KeyCode::Down), key(KeyCode::Tab)], "to the questions found", "to the questions";
        Action::ShowAll, [key(KeyCode::Esc)], "all questions again", "all questions";
        Action::DeleteLeft, [key(KeyCode::Backspace), ctrl('h')], "delete to the left";
        Action::DeleteWordLeft, [ctrl('w')], "delete the word before";
        Action::DeleteToRowStart, [ctrl('u')], "delete all";
    }
    Home {
        Action::Enter, [key(KeyCode::Enter)], "go on with the review", "resume";
        Action::New, [char('n')], "start a review", "new";
        Action::Import, [char('i')], "make a review from a published page", "import";
        Action::FindReview, [char('/'), ctrl('f')], "find a review by typing", "find";
        Action::Rename, [char('r')], "rename what is reviewed";
        Action::Duplicate, [char('c')], "make a copy of the review";
        Action::Archive, [char('a')], "put the review into the archive; from there, back";
        Action::Delete, [char('d'), key(KeyCode::Delete)], "put the review into the trash; from there, back";
        Action::ShowArchive, [char('A')], "show the archive, or the reviews again";
        Action::ShowTrash, [char('T')], "show the trash, or the reviews again";
        Action::Up, [key(KeyCode::Up), char('k')], "review above";
        Action::Down, [key(KeyCode::Down), char('j')], "review below";
        Action::First, [key(KeyCode::Home), char('g')], "first review";
        Action::Last, [key(KeyCode::End), char('G')], "last review";
        Action::Help, [char('?')], "help for where you are", "help";
        Action::Tour, [char('t')], "the tour of the first run";
        Action::Quit, [char('q')], "leave", "leave";
    }
    Overview {
        Action::Enter, [key(KeyCode::Enter)], "to the question", "to the question";
        Action::Up, [key(KeyCode::Up), char('k')], "row above";
        Action::Down, [key(KeyCode::Down), char('j')], "row below";
        Action::PageUp, [key(KeyCode::PageUp)], "a page up";
        Action::PageDown, [key(KeyCode::PageDown), char(' ')], "a page down", "page down";
        Action::First, [key(KeyCode::Home), char('g')], "to the start";
        Action::Last, [key(KeyCode::End), char('G')], "to the end";
        Action::Preview, [char('p'), alt('p')], "preview the page", "preview";
        Action::Back, [key(KeyCode::Esc), alt('o')], "back to the interview", "back";
        Action::GoHome, [alt('h')], "back to the list of reviews";
        Action::Help, [char('?')], "help for where you are", "help";
    }
    Preview {
        Action::Up, [key(KeyCode::Up), char('k')], "scroll up";
        Action::Down, [key(KeyCode::Down), char('j')], "scroll down";
        Action::PageUp, [key(KeyCode::PageUp)], "a page up";
        Action::PageDown, [key(KeyCode::PageDown), char(' ')], "a page down", "page down";
        Action::First, [key(KeyCode::Home), char('g')], "to the start";
        Action::Last, [key(KeyCode::End), char('G')], "to the end";
        Action::Source, [key(KeyCode::Tab), char('s')], "page and source side by side, the page, or its source", "source";
        Action::Export, [char('e')], "write the page to a file", "export";
        Action::OpenPage, [char('o')], "open the file that was written";
        Action::CopyPath, [char('y')], "copy the path of the file that was written";
        Action::Back, [key(KeyCode::Esc), alt('p')], "back to the interview", "back";
        Action::GoHome, [alt('h')], "back to the list of reviews";
        Action::Help, [char('?')], "help for where you are", "help";
    }
    Dialog {
        Action::Enter, [key(KeyCode::Enter)], "do it", "do it";
        Action::Up, [key(KeyCode::Up)], "entry above";
        Action::Down, [key(KeyCode::Down)], "entry below";
        Action::PageUp, [key(KeyCode::PageUp)], "a page up";
        Action::PageDown, [key(KeyCode::PageDown)], "a page down";
        Action::Back, [key(KeyCode::Esc)], "close", "close";
    }
    Help {
        Action::Up, [key(KeyCode::Up), char('k')], "scroll up";
        Action::Down, [key(KeyCode::Down), char('j')], "scroll down";
        Action::PageUp, [key(KeyCode::PageUp)], "a page up";
        Action::PageDown, [key(KeyCode::PageDown), char(' ')], "a page down", "page down";
        Action::Back, [key(KeyCode::Esc), char('?'), key(KeyCode::F(1)), char('q')], "close", "close";
    }
    Tour {
        Action::PageDown, [key(KeyCode::Enter), key(KeyCode::Right), key(KeyCode::PageDown), char(' ')], "on; at the end: close", "on";
        Action::PageUp, [key(KeyCode::Left), key(KeyCode::PageUp)], "back", "back";
        Action::Back, [key(KeyCode::Esc)], "close (any other key closes it too, and does what it does)", "close";
    }
};

/// The table by place and key, because each key that is typed is looked up in several places.
static ACTIONS: LazyLock<HashMap<(Context, Key), Action, FixedState>> = LazyLock::new(|| {
    let bound = BINDINGS.iter().flat_map(|binding| binding.keys.iter().map(move |key| (binding, *key)));
    bound.map(|(binding, key)| ((binding.context, key), binding.action)).collect()
});

/// The action of a key where `contexts` apply, the nearest first.
pub fn action(contexts: &[Context], event: KeyEvent) -> Option<Action> {
    let pressed = Key::of(event);
    contexts.iter().find_map(|context| ACTIONS.get(&(*context, pressed)).copied())
}

/// The bindings that the footer shows where `contexts` apply.
pub fn footer(contexts: &[Context]) -> impl Iterator<Item = &'static Binding> {
    let contexts = contexts.to_vec();
    contexts.into_iter().flat_map(|context| {
        BINDINGS.iter().filter(move |binding| binding.context == context && !binding.footer.is_empty())
    })
}

/// The key list as a markdown table, for the README.
pub fn key_list() -> String {
    let mut list = String::from("| where | keys | does |\n| --- | --- | --- |\n");
    list.push_str("| Answer | the choice's letter or digit | choose; again: clear |\n");
    for context in Context::ALL {
        for binding in BINDINGS.iter().filter(|binding| binding.context == context) {
            list.push_str(&format!(
                "| {} | {} | {} |\n",
                context.title(),
                binding.shown_keys(),
                binding.help
            ));
        }
    }
    list
}

impl Binding {
    /// All its keys, as `PgDn, Alt-Down`.
    pub fn shown_keys(&self) -> String {
        let mut names: Vec<String> = self.keys.iter().map(|key| key.name()).collect();
        names.dedup();
        names.join(", ")
    }
}

impl Key {
    fn of(event: KeyEvent) -> Self {
        let mut modifiers = event.modifiers & (SHIFT | CTRL | ALT);
        // Shift is part of a character already, and terminals differ in whether they say so.
        if let KeyCode::Char(c) = event.code {
            modifiers -= SHIFT;
            let code = if modifiers.is_empty() { c } else { c.to_ascii_lowercase() };
            return Self { code: KeyCode::Char(code), modifiers };
        }
        Self { code: event.code, modifiers }
    }

    /// As help shows it: `Ctrl-N`.
    pub fn name(&self) -> String {
        let mut name = String::new();
        for (modifier, prefix) in [(CTRL, "Ctrl-"), (ALT, "Alt-"), (SHIFT, "Shift-")] {
            if self.modifiers.contains(modifier) && !(modifier == SHIFT && self.code == KeyCode::BackTab) {
                name.push_str(prefix);
            }
        }
        match self.code {
            KeyCode::Char(' ') => name.push_str("Space"),
            KeyCode::Char(c) if self.modifiers.is_empty() => name.push(c),
            KeyCode::Char(c) => name.push(c.to_ascii_uppercase()),
            KeyCode::F(n) => name.push_str(&format!("F{n}")),
            KeyCode::PageDown => name.push_str("PgDn"),
            KeyCode::PageUp => name.push_str("PgUp"),
            KeyCode::BackTab => name.push_str("Shift-Tab"),
            code => name.push_str(&format!("{code:?}")),
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for (i, a) in BINDINGS.iter().enumerate() {
            for b in &BINDINGS[i + 1..] {
                let twice = a.context == b.context && a.keys.iter().any(|key| b.keys.contains(key));
                assert!(!twice, "{:?} and {:?} in {:?}", a.action, b.action, a.context);
            }
        }
    }

    #[test]
    fn every_action_is_said_in_words() {
        assert!(BINDINGS.iter().all(|binding| !binding.help.is_empty()));
    }

    #[test]
    fn keys_that_terminals_take_for_themselves_carry_nothing() {
        for binding in BINDINGS {
            for taken in [ctrl('b'), ctrl('a'), ctrl(' ')] {
                assert!(!binding.keys.contains(&taken), "{:?}", binding.action);
            }
        }
    }

    #[test]
    fn the_readme_has_the_key_list_of_the_table() {
        crate::tui::tests::readme::holds("keys", &key_list());
    }
}
