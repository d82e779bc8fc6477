//! Which questions the outline shows: by state, by answer, by words typed.

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::state::{Filter, Focus, Review, State};

use super::leaving;
use super::places::to_item;

/// Does an action on the filter; whether it was one.
pub fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(review) = &mut state.review else { return false };
    match action {
        Action::Filter => {
            let next = review.outline.filter().next(&review.session);
            review.outline.set_filter(next, &review.session);
        }
        Action::FilterByText => {
            review.outline.is_typing = true;
            if !matches!(review.outline.filter(), Filter::Text(_)) {
                set_words(review, String::new());
            }
        }
        Action::ShowAll if review.outline.is_typing || *review.outline.filter() != Filter::All => {
            review.outline.is_typing = false;
            review.outline.set_filter(Filter::All, &review.session);
        }
        Action::ShowAll => leaving::home(state, effects),
        Action::Done if review.outline.is_typing => done(state, effects),
        Action::DeleteLeft | Action::DeleteWordLeft | Action::DeleteToRowStart
            if review.outline.is_typing =>
        {
            let mut words = words(review);
            match action {
                Action::DeleteLeft => drop(words.pop()),
                Action::DeleteWordLeft => {
                    let end = words.trim_end().rfind(' ').map_or(0, |at| at + 1);
                    words.truncate(end);
                }
                _ => words.clear(),
            }
            set_words(review, words);
        }
        _ => return review.outline.is_typing,
    }
    true
}

/// Adds to the words.
pub fn typed(state: &mut State, new: &str) {
    if let Some(review) = &mut state.review {
        let words = words(review) + new;
        set_words(review, words);
    }
}

/// Ends typing: to the first question found, if the one that is shown is not among them.
fn done(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &mut state.review else { return };
    review.outline.is_typing = false;
    if words(review).is_empty() {
        review.outline.set_filter(Filter::All, &review.session);
    }
    let here = &review.session.position().item;
    let row = review.outline.row_of(&review.session, here);
    if review.outline.item_at(&review.session, row).as_ref() == Some(here) {
        return;
    }
    let rows = 0..review.outline.rows().len();
    let first = rows.filter_map(|row| review.outline.item_at(&review.session, row)).next();
    if let Some(first) = first {
        to_item(state, first, effects);
        super::places::focus(state, Focus::Outline);
    }
}

fn words(review: &Review) -> String {
    match review.outline.filter() {
        Filter::Text(words) => words.clone(),
        _ => String::new(),
    }
}

fn set_words(review: &mut Review, words: String) {
    review.outline.set_filter(Filter::Text(words), &review.session);
}
