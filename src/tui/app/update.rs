//! From an input to a new state and effects.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::tui::dialog::{self, Dialog};
use crate::tui::effect::Effect;
use crate::tui::{interview, keys};

use super::act::{act, after_dialog};
use super::input::Input;
use super::mouse::mouse;
use super::navigate::with_turn;
use super::outcome;
use super::state::{App, Screen};

/// Handles one input. `App::settle` must follow before anything is drawn.
///
/// Whatever looks at the layout finds it settled. Typing does not, so of a burst of characters only the last
/// one has everything laid out.
pub fn update(app: &mut App, input: Input) -> Vec<Effect> {
    let is_typing = matches!(&input, Input::Key(event) if keys::lookup(app.contexts(), *event).is_none());
    if !is_typing {
        app.settle();
    }
    app.is_settled = false;
    let mut effects = Vec::new();
    match input {
        Input::Key(event) if event.kind == KeyEventKind::Release => {}
        Input::Key(event) => key(app, event, &mut effects),
        Input::Paste { text, is_complete } => {
            paste(app, &text, &mut effects);
            if !is_complete {
                "The paste has not ended. Esc ends it.".clone_into(&mut app.message);
            }
        }
        Input::Mouse(event) => mouse(app, event, &mut effects),
        Input::Resize(size) => app.size = size,
        Input::Retry => effects.push(Effect::Retry),
        Input::Look => effects.push(Effect::Look),
        Input::Done(outcome) => outcome::apply(app, outcome, &mut effects),
    }
    if let Some(notice) = app.current_mut().and_then(|current| current.open.take_notice()) {
        app.message = notice;
    }
    if !is_typing {
        app.settle();
    }
    effects
}

fn key(app: &mut App, event: KeyEvent, effects: &mut Vec<Effect>) {
    app.message.clear();
    if matches!(app.dialog, Some(Dialog::Tour { .. })) && keys::lookup(app.contexts(), event).is_none() {
        // A reviewer who knows what to do next needs no tour.
        app.dialog = None;
    }
    match keys::lookup(app.contexts(), event) {
        Some(action) => act(app, action, effects),
        None => typed(app, event, effects),
    }
}

/// A key without a binding: a character.
fn typed(app: &mut App, event: KeyEvent, effects: &mut Vec<Effect>) {
    let KeyCode::Char(c) = event.code else { return };
    // Some systems report AltGr as Ctrl and Alt together.
    let modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    if !modifiers.is_empty() && modifiers != (KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return;
    }
    let chosen = with_turn(app, effects, |screen, dialog, turn| match (dialog, screen) {
        (Some(dialog), _) => dialog::typed(dialog, c, turn),
        (None, Screen::Interview(interview)) => {
            interview::typed(interview, c, turn);
            None
        }
        (
            None,
            Screen::Home(_)
            | Screen::Overview(_)
            | Screen::Preview(_)
            | Screen::Compare(_)
            | Screen::Matrix(_),
        ) => None,
    });
    after_dialog(app, chosen, effects);
}

fn paste(app: &mut App, text: &str, effects: &mut Vec<Effect>) {
    app.message.clear();
    if matches!(app.dialog, Some(Dialog::Tour { .. })) {
        app.dialog = None;
    }
    with_turn(app, effects, |screen, dialog, turn| match (dialog, screen) {
        (Some(dialog), _) => dialog::paste(dialog, text),
        (None, Screen::Interview(interview)) => interview::paste(interview, text, turn),
        (
            None,
            Screen::Home(_)
            | Screen::Overview(_)
            | Screen::Preview(_)
            | Screen::Compare(_)
            | Screen::Matrix(_),
        ) => {}
    });
    after_dialog(app, None, effects);
}
