//! What became of effects.

use crate::tui::effect::Effect;
use crate::tui::state::{Dialog, Screen, State, Status};
use crate::workspace::Shelf;

use super::input::Outcome;
use super::{dialog, texts};

/// Takes note of how the files are.
pub fn stored(state: &mut State, status: Status) {
    let Some(review) = &mut state.review else { return };
    if review.status.failure.is_some() && status.failure.is_none() {
        state.message = "Saved again.".to_owned();
    }
    review.status = status;
}

/// Takes note of an outcome.
pub fn update(state: &mut State, outcome: Outcome, effects: &mut Vec<Effect>) {
    match outcome {
        Outcome::Status(status) => stored(state, status),
        Outcome::Moved(id, to, from) => {
            state.message = match to {
                Shelf::Desk => "It is back.".to_owned(),
                Shelf::Archive => "Archived. Ctrl-Z brings it back; A shows the archive.".to_owned(),
                Shelf::Trash => "Deleted. Ctrl-Z brings it back; T shows the trash.".to_owned(),
            };
            state.home.moved = Some((id, to, from));
            effects.push(Effect::List(state.home.shelf));
        }
        Outcome::Listed(shelf, list) => {
            state.home.shelf = shelf;
            let selected = state.home.list.get(state.home.selected).map(|summary| summary.id.clone());
            state.home.list = list;
            let again = state.home.list.iter().position(|summary| Some(&summary.id) == selected.as_ref());
            state.home.selected =
                again.unwrap_or_else(|| state.home.selected.min(state.home.list.len().saturating_sub(1)));
        }
        Outcome::Offered(offers) => {
            state.catalogue = offers;
            state.dialog = Some(Dialog::List(dialog::choose_questionnaire(&state.catalogue, "")));
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
        Outcome::FirstRun => state.dialog = Some(Dialog::Tour { page: 0 }),
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
                review.preview.laid_for = None;
            }
        }
        Outcome::Edited(text, new) => texts::replace(state, text, &new, effects),
        Outcome::Said(message) => state.message = message,
    }
}
