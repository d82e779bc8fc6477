//! One key with its modifiers.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub(in crate::tui::keys) const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
pub(in crate::tui::keys) const CTRL: KeyModifiers = KeyModifiers::CONTROL;
pub(in crate::tui::keys) const ALT: KeyModifiers = KeyModifiers::ALT;
pub(in crate::tui::keys) const CTRL_SHIFT: KeyModifiers = KeyModifiers::CONTROL.union(KeyModifiers::SHIFT);

/// One key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

pub(in crate::tui::keys) const fn key(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}

pub(in crate::tui::keys) const fn char(c: char) -> Key {
    key(KeyCode::Char(c))
}

pub(in crate::tui::keys) const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), modifiers: CTRL }
}

pub(in crate::tui::keys) const fn alt(c: char) -> Key {
    Key { code: KeyCode::Char(c), modifiers: ALT }
}

pub(in crate::tui::keys) const fn with(modifiers: KeyModifiers, code: KeyCode) -> Key {
    Key { code, modifiers }
}

impl Key {
    /// The key of a terminal event.
    pub fn of(event: KeyEvent) -> Self {
        let mut modifiers = event.modifiers & (SHIFT | CTRL | ALT);
        // A character already includes Shift, and terminals differ in whether they report it as well.
        if let KeyCode::Char(c) = event.code {
            modifiers -= SHIFT;
            let code = if modifiers.is_empty() { c } else { c.to_ascii_lowercase() };
            return Self { code: KeyCode::Char(code), modifiers };
        }
        Self { code: event.code, modifiers }
    }

    /// The name shown in help and messages: `Ctrl-N`.
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
