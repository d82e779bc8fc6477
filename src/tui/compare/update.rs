//! The actions of the comparison of two sessions.

use ratatui::layout::Position as Point;

use crate::session::{Item, Position, Session};
use crate::tui::effect::Effect;
use crate::tui::keys::{Action, CompareAction, Move};
use crate::tui::turn::{DialogRequest, Request, Turn};
use crate::tui::widgets::draw::inset;
use crate::tui::widgets::list;

use super::state::{Compare, panes};

/// Performs an action.
pub fn act(compare: &mut Compare, action: CompareAction, turn: &mut Turn<'_>) {
    match action {
        CompareAction::ToQuestion => to_question(compare, turn),
        CompareAction::ToggleAll => {
            compare.shows_all = !compare.shows_all;
            compare.selected = 0;
        }
        CompareAction::ToggleSplit => compare.is_split = !compare.is_split,
        CompareAction::ScrollDown => compare.scroll += page(turn),
        CompareAction::ScrollUp => compare.scroll = compare.scroll.saturating_sub(page(turn)),
        CompareAction::Write => turn.ask(DialogRequest::Write { path: "differences.md".to_owned() }),
        CompareAction::Back if compare.current.is_some() => {
            turn.request(Request::Interview { position: None });
        }
        CompareAction::Back => turn.request(Request::Home),
    }
}

fn page(turn: &Turn<'_>) -> usize {
    (inset(panes(turn.size)[1]).height as usize).saturating_sub(1).max(1)
}

/// Selects another change.
pub fn step(compare: &mut Compare, step: Move, turn: &Turn<'_>) {
    let page = inset(panes(turn.size)[0]).height as usize;
    compare.selected = list::step(compare.selected, step, compare.items().len(), page);
}

/// A click selects a change; a click on the selected one goes to the question.
pub fn click(compare: &mut Compare, point: Point, turn: &Turn<'_>) -> Option<Action> {
    let area = inset(panes(turn.size)[0]);
    let row = compare.list_scroll + point.y.checked_sub(area.y)? as usize;
    if !area.contains(point) || row >= compare.items().len() {
        return None;
    }
    let was_selected = compare.selected == row;
    compare.selected = row;
    was_selected.then_some(Action::Compare(CompareAction::ToQuestion))
}

/// The text of the comparison for a file of this name.
pub fn written(compare: &Compare, path: &str) -> String {
    let comparison =
        compare.compared.comparison(crate::report::Shows { all: compare.shows_all, notes: false });
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("json") => comparison.json(),
        Some("md") => comparison.markdown(),
        Some(_) | None => comparison.text(),
    }
}

fn to_question(compare: &Compare, turn: &mut Turn<'_>) {
    let Some(id) = compare.items().get(compare.selected).map(|item| item.id.clone()) else { return };
    match &compare.current {
        Some(current) => match item(current.session(), &id) {
            Some(item) => turn.request(Request::Interview { position: Some(Position::start_of(item)) }),
            None => turn.say("This is no longer asked."),
        },
        None => {
            let session = compare.compared.right.id.clone();
            turn.effects.push(Effect::Open { id: session, question: Some(id) });
        }
    }
}

/// The item that a difference is about.
fn item(session: &Session, id: &str) -> Option<Item> {
    let section = || session.sections().iter().position(|section| section.heading == id).map(Item::Section);
    match session.index_of(id) {
        Some(_) => Some(Item::Question(id.to_owned())),
        None if id == "introduction" => Some(Item::Introduction),
        None => section(),
    }
}
