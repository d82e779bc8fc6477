//! Leaving a review: never while something of it is not stored, unless another place was offered first.

use crate::tui::effect::Effect;
use crate::tui::state::{Dialog, Purpose, State};
use crate::workspace::Shelf;

use super::dialog;

/// Back to the list of reviews.
pub fn home(state: &mut State, effects: &mut Vec<Effect>) {
    if !offers_elsewhere(state) {
        effects.extend([Effect::Close, Effect::List(Shelf::Desk)]);
    }
}

/// Out of the program; a second time, without what is not stored.
pub fn quit(state: &mut State, effects: &mut Vec<Effect>) {
    let offered = matches!(&state.dialog, Some(Dialog::List(list)) if list.purpose == Purpose::SaveElsewhere);
    if offered || !offers_elsewhere(state) {
        effects.extend([Effect::Close, Effect::Quit]);
    }
}

/// Offers another place if something is not stored; whether it did.
fn offers_elsewhere(state: &mut State) -> bool {
    let failing = state.review.as_ref().and_then(|r| r.status.failure.as_ref().map(|reason| (reason, &r.id)));
    let dialog = failing.map(|(reason, id)| Dialog::List(dialog::save_elsewhere(reason, id)));
    let offers = dialog.is_some();
    state.dialog = dialog.or(state.dialog.take());
    offers
}
