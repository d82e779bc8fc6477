//! The home screen: the reviews that there are.

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::state::{Dialog, ListDialog, Purpose, State};
use crate::workspace::Shelf;

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
        Action::Enter => match (home.list.get(home.selected), home.shelf) {
            (Some(summary), Shelf::Desk) => effects.push(Effect::Open(summary.id.clone())),
            (Some(_), _) => put(state, Shelf::Desk, effects),
            (None, _) => effects.push(Effect::Catalogue),
        },
        Action::FindReview => state.dialog = Some(Dialog::List(dialog::find_review(&home.list, ""))),
        Action::Rename if home.shelf == Shelf::Desk => {
            if let Some(summary) = home.list.get(home.selected) {
                let purpose = Purpose::Rename { id: summary.id.clone() };
                let explanation = "What is reviewed, as the page's title will have it. The id stays.";
                let dialog = ListDialog::new(purpose, "Rename", explanation).with_input(&summary.subject);
                state.dialog = Some(Dialog::List(dialog));
            }
        }
        Action::Duplicate if home.shelf == Shelf::Desk => {
            effects.extend(home.list.get(home.selected).map(|summary| Effect::Duplicate(summary.id.clone())));
        }
        Action::Archive => {
            let to = if home.shelf == Shelf::Archive { Shelf::Desk } else { Shelf::Archive };
            put(state, to, effects);
        }
        Action::Delete => {
            let to = if home.shelf == Shelf::Trash { Shelf::Desk } else { Shelf::Trash };
            put(state, to, effects);
        }
        Action::ShowArchive => show(state, Shelf::Archive, effects),
        Action::ShowTrash => show(state, Shelf::Trash, effects),
        Action::Undo => {
            if let Some((id, from, to)) = home.moved.take() {
                effects.push(Effect::Move { id, from, to });
            } else {
                state.message = "Nothing to undo.".to_owned();
            }
        }
        Action::Tour => state.dialog = Some(Dialog::Tour { page: 0 }),
        Action::New => effects.push(Effect::Catalogue),
        Action::Import => {
            let explanation = "The path of a markdown page with a table Question | Answer | Detail.";
            let dialog = ListDialog::new(Purpose::Import, "Import a page", explanation);
            state.dialog = Some(Dialog::List(dialog));
        }
        _ => {}
    }
}

/// Puts the selected review on another shelf.
fn put(state: &mut State, to: Shelf, effects: &mut Vec<Effect>) {
    let from = state.home.shelf;
    let id = state.home.list.get(state.home.selected).map(|summary| summary.id.clone());
    effects.extend(id.map(|id| Effect::Move { id, from, to }));
}

/// Shows a shelf; the desk, if it is shown already.
fn show(state: &mut State, shelf: Shelf, effects: &mut Vec<Effect>) {
    let shelf = if state.home.shelf == shelf { Shelf::Desk } else { shelf };
    state.home.selected = 0;
    effects.push(Effect::List(shelf));
}
