//! The outline: moving in it, and filtering it.

use crate::tui::interview::outline::Filter;
use crate::tui::interview::state::{Focus, Interview};
use crate::tui::keys::{Move, OutlineAction};
use crate::tui::turn::{Request, Turn};

use super::go::{focus, to_item};
use super::{again, instance, structure};

/// Performs an action of the outline.
pub fn act(interview: &mut Interview, action: OutlineAction, turn: &mut Turn<'_>) {
    match action {
        OutlineAction::ToQuestion => {
            focus(interview, Focus::Field);
            again::read(interview, turn);
        }
        OutlineAction::CycleFilter => {
            let session = interview.session();
            let next = interview.bookmark.outline.filter().next(session, turn.ages(session));
            set_filter(interview, next);
        }
        OutlineAction::FilterByWords => {
            interview.bookmark.outline.is_typing = true;
            if words(interview).is_none() {
                set_filter(interview, Filter::Text(String::new()));
            }
        }
        OutlineAction::ShowAll => {
            let outline = &mut interview.bookmark.outline;
            if std::mem::take(&mut outline.is_typing) || *outline.filter() != Filter::All {
                set_filter(interview, Filter::All);
            } else {
                turn.request(Request::Home);
            }
        }
        OutlineAction::FinishWords => finish_words(interview, turn),
        OutlineAction::DeleteLetter => change_words(interview, |words| {
            words.pop();
        }),
        OutlineAction::DeleteWord => change_words(interview, |words| {
            let end = words.trim_end().rfind(' ').map_or(0, |at| at + 1);
            words.truncate(end);
        }),
        OutlineAction::DeleteWords => change_words(interview, String::clear),
        OutlineAction::Add => structure::add(interview, turn),
        OutlineAction::AddInstance => instance::add(interview, turn),
        OutlineAction::Rename => structure::rename(interview, turn),
        OutlineAction::Remove => structure::remove(interview, turn),
        OutlineAction::MoveUp => structure::move_section(interview, false, turn),
        OutlineAction::MoveDown => structure::move_section(interview, true, turn),
    }
}

/// Moves to another entry.
pub fn step(interview: &mut Interview, step: Move, turn: &mut Turn<'_>) {
    let all = interview.bookmark.outline.rows().len() as isize;
    let page = interview.layout.outline.height.saturating_sub(2) as isize;
    let by = match step {
        Move::Up => -1,
        Move::Down => 1,
        Move::PageUp => -page,
        Move::PageDown => page,
        Move::First => -all,
        Move::Last => all,
    };
    let item = interview.item().clone();
    let to = interview.bookmark.outline.step(interview.session(), &item, by);
    to_item(interview, to, turn);
}

/// Adds to the words that the outline is filtered by.
pub fn type_words(interview: &mut Interview, new: &str) {
    change_words(interview, |words| words.push_str(new));
}

/// Ends typing, at the first question found if the one that is shown is not among them.
fn finish_words(interview: &mut Interview, turn: &mut Turn<'_>) {
    interview.bookmark.outline.is_typing = false;
    if words(interview).is_none_or(str::is_empty) {
        set_filter(interview, Filter::All);
    }
    let (session, outline) = (interview.session(), &interview.bookmark.outline);
    let here = interview.item();
    let row = outline.row_of(session, here);
    if outline.item_at(session, row).as_ref() == Some(here) {
        return;
    }
    let first = (0..outline.rows().len()).find_map(|row| outline.item_at(session, row));
    if let Some(first) = first {
        to_item(interview, first, turn);
        focus(interview, Focus::Outline);
    }
}

fn words(interview: &Interview) -> Option<&str> {
    match interview.bookmark.outline.filter() {
        Filter::Text(words) => Some(words),
        Filter::All
        | Filter::Open
        | Filter::Flagged
        | Filter::Changed
        | Filter::Old(_)
        | Filter::Answer(_) => None,
    }
}

fn change_words(interview: &mut Interview, change: impl FnOnce(&mut String)) {
    let mut words = words(interview).unwrap_or_default().to_owned();
    change(&mut words);
    set_filter(interview, Filter::Text(words));
}

fn set_filter(interview: &mut Interview, filter: Filter) {
    interview.bookmark.outline.set_filter(filter, interview.current.session());
}
