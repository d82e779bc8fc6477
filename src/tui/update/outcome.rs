//! What became of effects.

use crate::tui::effect::Effect;
use crate::tui::state::{Screen, State};

use super::input::Outcome;
use super::texts;

/// Takes note of an outcome.
pub fn update(state: &mut State, outcome: Outcome, effects: &mut Vec<Effect>) {
    match outcome {
        Outcome::Status(status) => {
            if let Some(review) = &mut state.review {
                if review.status.failure.is_some() && status.failure.is_none() {
                    state.message = "Saved again.".to_owned();
                }
                review.status = status;
            }
        }
        Outcome::Listed(list) => {
            let selected = state.home.list.get(state.home.selected).map(|summary| summary.id.clone());
            state.home.list = list;
            let again = state.home.list.iter().position(|summary| Some(&summary.id) == selected.as_ref());
            state.home.selected = again.unwrap_or(0);
        }
        Outcome::Opened(review, notice) => {
            state.message = match (&review.status.read_only, notice) {
                (_, Some(notice)) => notice,
                (Some(who), None) => format!("Read-only: open {who}."),
                (None, None) => String::new(),
            };
            state.review = Some(*review);
            state.screen = Screen::Interview;
            state.dialog = None;
        }
        Outcome::Closed => {
            state.review = None;
            state.screen = Screen::Home;
        }
        Outcome::Exported(path, message) => {
            state.message = message;
            if let Some(review) = &mut state.review {
                review.exported = Some(path);
            }
        }
        Outcome::Rendered(source) => {
            if let Some(review) = &mut state.review {
                review.preview.source = source;
            }
        }
        Outcome::Edited(text, new) => texts::replace(state, text, &new, effects),
        Outcome::Said(message) => state.message = message,
    }
}
