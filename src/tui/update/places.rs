//! Going to an item, to a field of it, and to the outline.

use crate::session::{Field, Item, Position};
use crate::tui::effect::Effect;
use crate::tui::state::{Focus, Review, State};

use super::change::go;

/// Goes to an item: a question's answer, a part's text.
pub fn to_item(state: &mut State, item: Item, effects: &mut Vec<Effect>) {
    let mut to = Position::start_of(item);
    if let Some(review) = &state.review {
        to.cursor = end_of_text(review, &to);
    }
    go(state, to, effects);
}

fn end_of_text(review: &Review, position: &Position) -> usize {
    review.session.text_at(position).and_then(|text| review.session.text(&text)).map_or(0, str::len)
}

/// Goes to a field of the item that is shown, to the end of its text.
pub fn to_field(state: &mut State, field: Field, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let mut to = Position { field, ..review.session.position().clone() };
    to.cursor = 0;
    to.cursor = end_of_text(review, &to);
    focus(state, Focus::Field);
    go(state, to, effects);
}

/// Gives the focus to a pane.
pub fn focus(state: &mut State, focus: Focus) {
    if let Some(review) = &mut state.review {
        review.focus = focus;
        review.outline.is_typing = false;
        (review.anchor, review.goal) = (None, None);
    }
}
