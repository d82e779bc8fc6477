//! From an input to a new state and effects. One file per screen; this one says who gets what.

mod change;
mod dialog;
mod filter;
mod home;
mod input;
mod interview;
mod leaving;
mod links;
mod motion;
mod mouse;
mod outcome;
mod overview;
mod places;
mod preview;
mod texts;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::action::Action;
use super::context::{contexts, contexts_below};
use super::effect::Effect;
use super::keymap;
use super::state::{Dialog, Screen, State};

pub use input::{Input, Outcome};

/// Handles one input.
pub fn update(state: &mut State, input: Input) -> Vec<Effect> {
    let mut effects = Vec::new();
    match input {
        Input::Key(key) if key.kind == KeyEventKind::Release => {}
        Input::Key(key) => {
            state.message.clear();
            let is_tour = matches!(state.dialog, Some(Dialog::Tour { .. }));
            if is_tour && keymap::action(&contexts(state), key).is_none() {
                // Who knows what to do next needs no tour.
                state.dialog = None;
            }
            match keymap::action(&contexts(state), key) {
                Some(action) => act(state, action, &mut effects),
                None => typed(state, key, &mut effects),
            }
        }
        Input::Paste(text) => {
            state.message.clear();
            if matches!(state.dialog, Some(Dialog::Tour { .. })) {
                state.dialog = None;
            }
            if state.dialog.is_some() {
                dialog::paste(state, &text);
            } else {
                interview::paste(state, &text, &mut effects);
            }
        }
        Input::Mouse(event) => {
            if let Some(action) = mouse::update(state, event, &mut effects) {
                act(state, action, &mut effects);
            }
        }
        Input::Resize(size) => state.size = size,
        Input::Retry => effects.push(Effect::Retry),
        // Each edit has this outcome. Nothing stands elsewhere after it.
        Input::Done(Outcome::Status(status)) => {
            outcome::stored(state, status);
            return effects;
        }
        Input::Done(outcome) => outcome::update(state, outcome, &mut effects),
    }
    interview::settle(state);
    preview::settle(state);
    effects
}

/// Does an action, wherever it came from: a key, the palette, a click.
fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Quit => return leaving::quit(state, effects),
        Action::Help => {
            state.dialog = match state.dialog {
                Some(Dialog::Help { .. }) => None,
                _ => Some(Dialog::Help { scroll: 0 }),
            };
            return;
        }
        Action::Palette => {
            state.dialog = Some(Dialog::List(dialog::palette(&contexts_below(state), "")));
            return;
        }
        Action::Save => {
            if state.review.is_some() {
                effects.push(Effect::Snapshot);
            }
            return;
        }
        Action::Undo | Action::Redo if state.dialog.is_none() && state.screen != Screen::Home => {
            return interview::take_back(state, action == Action::Undo, effects);
        }
        _ => {}
    }
    if state.dialog.is_some() {
        if let Some(chosen) = dialog::act(state, action, effects) {
            act(state, chosen, effects);
        }
        return;
    }
    match state.screen {
        Screen::Home => home::act(state, action, effects),
        Screen::Interview => interview::act(state, action, effects),
        Screen::Overview => overview::act(state, action, effects),
        Screen::Preview => preview::act(state, action, effects),
    }
}

/// A key that no table names: a character, typed.
fn typed(state: &mut State, key: KeyEvent, effects: &mut Vec<Effect>) {
    let KeyCode::Char(c) = key.code else { return };
    // AltGr arrives as Ctrl and Alt together on some systems.
    let modifiers = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    if !modifiers.is_empty() && modifiers != (KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return;
    }
    if state.dialog.is_some() {
        dialog::typed(state, c);
    } else if state.screen == Screen::Interview {
        interview::typed(state, c, effects);
    }
}
