//! The home screen: the reviews that there are.

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::state::{Dialog, ListDialog, Purpose, State};

use super::dialog;

/// Does an action of the home screen.
pub fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let last = state.home.list.len().saturating_sub(1);
    let home = &mut state.home;
    match action {
        Action::Up => home.selected = home.selected.saturating_sub(1),
        Action::Down => home.selected = (home.selected + 1).min(last),
        Action::First => home.selected = 0,
        Action::Last => home.selected = last,
        Action::Enter => match home.list.get(home.selected) {
            Some(summary) => effects.push(Effect::Open(summary.id.clone())),
            None => new_review(state),
        },
        Action::New => new_review(state),
        Action::Import => {
            let explanation = "The path of a markdown page with a table Question | Answer | Detail.";
            let dialog = ListDialog::new(Purpose::Import, "Import a page", explanation);
            state.dialog = Some(Dialog::List(dialog));
        }
        _ => {}
    }
}

/// Asks for the questionnaire of a new review.
fn new_review(state: &mut State) {
    state.dialog = Some(Dialog::List(dialog::choose_questionnaire(&state.catalogue, "")));
}
