//! The overview: from row to row, and from a row to its question.

use jiff::tz::TimeZone;

use crate::session::Item;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::overview_text::{self, Row};
use crate::tui::state::{Focus, Screen, State};
use crate::tui::theme::Theme;

use super::places::{focus, to_item};
use super::{leaving, preview};

/// Shows the overview, with the first row that leads somewhere selected.
pub fn show(state: &mut State) {
    let rows = rows(state);
    if let Some(review) = &mut state.review {
        review.overview.scroll = 0;
        review.overview.selected = rows.iter().position(|row| row.question.is_some()).unwrap_or(0);
        state.screen = Screen::Overview;
    }
}

/// Does an action of the overview.
pub fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let rows = rows(state);
    let height = state.size.height.saturating_sub(4).max(1) as usize;
    let Some(review) = &mut state.review else { return };
    let selected = review.overview.selected;
    // The selection rests on rows that lead somewhere, and runs over the others.
    let leads = |index: &usize| rows[*index].question.is_some();
    let count = rows.len();
    let after = |from: usize| (from..count).find(leads);
    let before = |until: usize| (0..until.min(count)).rev().find(leads);
    let to = match action {
        Action::Up => before(selected),
        Action::Down => after(selected + 1),
        Action::PageUp => before(selected.saturating_sub(height) + 1).or_else(|| after(0)),
        Action::PageDown => after(selected + height).or_else(|| before(count)),
        Action::First => after(0),
        Action::Last => before(count),
        Action::Enter => {
            let question = rows.get(selected).and_then(|row| row.question);
            let id = question.map(|index| review.session.question(index).id.clone());
            if let Some(id) = id {
                state.screen = Screen::Interview;
                focus(state, Focus::Field);
                to_item(state, Item::Question(id), effects);
            }
            return;
        }
        Action::Preview => return preview::show(state, effects),
        Action::Back | Action::Overview => {
            state.screen = Screen::Interview;
            return;
        }
        Action::GoHome => return leaving::home(state, effects),
        _ => None,
    };
    if let Some(to) = to {
        review.overview.selected = to;
    }
    let selected = review.overview.selected;
    // At the top the heading above the first row shows, too.
    let top = if Some(selected) == after(0) { 0 } else { selected };
    review.overview.scroll = review.overview.scroll.min(top).max((selected + 1).saturating_sub(height));
}

fn rows(state: &State) -> Vec<Row> {
    let today = state.now.to_zoned(TimeZone::system()).date();
    let width = state.size.width.saturating_sub(4);
    let session = state.review.as_ref().map(|review| &review.session);
    session
        .map(|session| overview_text::rows(session, today, width, &Theme::new(false, false)))
        .unwrap_or_default()
}
