//! The home screen's actions.

use ratatui::layout::Position;

use crate::store::Summary;
use crate::tui::effect::{CatalogueFor, Effect, Offer};
use crate::tui::keys::{Action, HomeAction, Move};
use crate::tui::turn::{DialogRequest, Turn};
use crate::tui::widgets::list;
use crate::workspace::{Shelf, newest};

use super::state::{Home, MovedSession, entries};

/// Performs an action of the home screen.
pub fn act(home: &mut Home, action: HomeAction, turn: &mut Turn<'_>) {
    match action {
        HomeAction::Open => open(home, turn),
        HomeAction::New => turn.effects.push(Effect::Catalogue { purpose: CatalogueFor::NewSession }),
        HomeAction::Import => turn.ask(DialogRequest::Import),
        HomeAction::FindSession => turn.ask(DialogRequest::FindSession),
        HomeAction::Tour => turn.ask(DialogRequest::Tour),
        HomeAction::Sort => sort(home, turn),
        HomeAction::Rename => {
            if let Some((id, subject)) = active(home, turn) {
                turn.ask(DialogRequest::Rename { id, subject });
            }
        }
        HomeAction::Duplicate => {
            if let Some((id, _)) = active(home, turn) {
                turn.effects.push(Effect::Duplicate { id });
            }
        }
        HomeAction::ReviewAgain => {
            if let Some((id, _)) = active(home, turn) {
                turn.effects.push(Effect::ReviewAgain { id });
            }
        }
        HomeAction::Mark => mark(home, turn),
        HomeAction::Compare => compare(home, turn),
        HomeAction::Archive => toggle(home, Shelf::Archive, turn),
        HomeAction::Delete => toggle(home, Shelf::Trash, turn),
        HomeAction::ShowArchive => show(home, Shelf::Archive, turn),
        HomeAction::ShowTrash => show(home, Shelf::Trash, turn),
    }
}

/// Moves the selection.
pub fn step(home: &mut Home, step: Move, turn: &Turn<'_>) {
    let page = entries(turn.size, home.is_empty()).height as usize;
    home.selected = list::step(home.selected, step, home.count(), page);
}

/// Undoes the last move of a session to another shelf.
pub fn undo(home: &mut Home, turn: &mut Turn<'_>) {
    match home.moved.take() {
        Some(MovedSession { id, from, to }) => turn.effects.push(Effect::Move { id, from: to, to: from }),
        None => turn.say("Nothing to undo."),
    }
}

/// A click selects an entry; a click on the selected one opens it.
pub fn click(home: &mut Home, point: Position, turn: &Turn<'_>) -> Option<Action> {
    let area = entries(turn.size, home.is_empty());
    let entry = home.scroll + point.y.checked_sub(area.y)? as usize;
    if !area.contains(point) || entry >= home.count() {
        return None;
    }
    let was_selected = home.selected == entry;
    home.selected = entry;
    was_selected.then_some(Action::Home(HomeAction::Open))
}

/// Shows the sessions of a shelf, with the same one selected as before if it is among them.
pub fn listed(home: &mut Home, shelf: Shelf, sessions: Vec<Summary>, turn: &mut Turn<'_>) {
    let selected = home.session().map(|summary| summary.id.clone());
    home.shelf = shelf;
    home.sessions = sessions;
    home.sort.apply(&mut home.sessions);
    let again = home.sessions.iter().position(|summary| Some(&summary.id) == selected.as_ref());
    home.selected = again.unwrap_or(home.selected);
    if home.is_empty() && home.offers.is_empty() {
        turn.effects.push(Effect::Catalogue { purpose: CatalogueFor::EmptyHome });
    }
}

/// Shows the questionnaires that a first session can be started with.
pub fn offered(home: &mut Home, offers: Vec<Offer>) {
    home.offers = offers;
}

/// Reports that a session was moved, and how to undo it.
pub fn moved(home: &mut Home, session: MovedSession, turn: &mut Turn<'_>) {
    turn.say(match session.to {
        Shelf::Active => "Moved back to the sessions.",
        Shelf::Archive => "Archived. Ctrl-Z undoes this; A shows the archive.",
        Shelf::Trash => "Deleted. Ctrl-Z undoes this; T shows the trash.",
    });
    home.moved = Some(session);
    turn.effects.push(Effect::List { shelf: home.shelf });
}

fn open(home: &mut Home, turn: &mut Turn<'_>) {
    if home.is_empty() {
        return match home.offers.get(home.selected) {
            Some(Offer { problem: Some(problem), .. }) => turn.say(problem.clone()),
            Some(Offer { id: Some(id), title, subject_label, .. }) => {
                turn.ask(DialogRequest::NameSubject {
                    questionnaire: id.clone(),
                    title: title.clone(),
                    label: subject_label.clone(),
                });
            }
            Some(Offer { id: None, .. }) | None => {
                turn.effects.push(Effect::Catalogue { purpose: CatalogueFor::NewSession });
            }
        };
    }
    match (home.session(), home.shelf) {
        (Some(summary), Shelf::Active) => {
            turn.effects.push(Effect::Open { id: summary.id.clone(), question: None });
        }
        (Some(_), Shelf::Archive | Shelf::Trash) => move_to(home, Shelf::Active, turn),
        (None, _) => turn.say("There is nothing here."),
    }
}

fn sort(home: &mut Home, turn: &mut Turn<'_>) {
    home.sort = home.sort.next();
    let selected = home.session().map(|summary| summary.id.clone());
    home.sort.apply(&mut home.sessions);
    home.selected = home.sessions.iter().position(|s| Some(&s.id) == selected.as_ref()).unwrap_or(0);
    turn.say(format!("Sorted by {}.", home.sort.label()));
}

/// Marks the selected session for comparison, or removes its mark, and moves on.
fn mark(home: &mut Home, turn: &mut Turn<'_>) {
    let Some((id, _)) = active(home, turn) else { return };
    if !home.marked.remove(&id) {
        home.marked.insert(id);
    }
    home.selected = (home.selected + 1).min(home.count().saturating_sub(1));
    turn.say(match home.marked.len() {
        0 => "No session is marked.".to_owned(),
        1 => "1 session is marked. D compares it with the selected one.".to_owned(),
        count => format!("{count} sessions are marked. D compares them."),
    });
}

/// Compares the marked sessions; one of them with the selected one; without marks, the newest session of each
/// subject with the same questionnaire.
fn compare(home: &Home, turn: &mut Turn<'_>) {
    let Some((selected, _)) = active(home, turn) else { return };
    let is_marked = |summary: &&Summary| {
        home.marked.contains(&summary.id) || (home.marked.len() == 1 && summary.id == selected)
    };
    let mut chosen: Vec<&Summary> = home.sessions.iter().filter(is_marked).collect();
    if home.marked.is_empty() {
        let Some(like) = home.session() else { return };
        chosen = home.sessions.iter().filter(|s| s.questionnaire == like.questionnaire).collect();
        newest(&mut chosen, |summary| summary.reviewed, |summary| summary.subject.to_lowercase());
        chosen.sort_by_key(|summary| summary.subject.to_lowercase());
    }
    chosen.retain(|summary| summary.problem.is_none());
    match chosen.as_slice() {
        [] | [_] => turn.say("Two sessions are needed: m marks one."),
        [a, b] if !home.marked.is_empty() => {
            let (left, right) = if a.reviewed <= b.reviewed { (a, b) } else { (b, a) };
            turn.effects.push(Effect::Compare { left: left.id.clone(), right: right.id.clone() });
        }
        many => {
            let ids = many.iter().map(|summary| summary.id.clone()).collect();
            turn.effects.push(Effect::SideBySide { ids });
        }
    }
}

/// Id and subject of the selected session, if it can be worked on.
fn active(home: &Home, turn: &mut Turn<'_>) -> Option<(String, String)> {
    if home.shelf != Shelf::Active {
        turn.say("Enter moves the session back first.");
        return None;
    }
    home.session().map(|summary| (summary.id.clone(), summary.subject.clone()))
}

/// Moves the selected session to a shelf, or back if it is there.
fn toggle(home: &Home, shelf: Shelf, turn: &mut Turn<'_>) {
    move_to(home, if home.shelf == shelf { Shelf::Active } else { shelf }, turn);
}

fn move_to(home: &Home, to: Shelf, turn: &mut Turn<'_>) {
    if let Some(summary) = home.session() {
        turn.effects.push(Effect::Move { id: summary.id.clone(), from: home.shelf, to });
    }
}

/// Shows a shelf, or the active sessions if it is shown already.
fn show(home: &mut Home, shelf: Shelf, turn: &mut Turn<'_>) {
    let shelf = if home.shelf == shelf { Shelf::Active } else { shelf };
    home.selected = 0;
    turn.effects.push(Effect::List { shelf });
}
