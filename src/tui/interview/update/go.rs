//! Going to a place in the session.

use crate::session::{Edit, Field, Item, Position};
use crate::tui::interview::state::{Focus, Interview};
use crate::tui::interview::unasked;
use crate::tui::turn::Turn;

use super::edit::{go, make};

/// Gives the focus to a pane. The selection ends.
pub fn focus(interview: &mut Interview, focus: Focus) {
    interview.bookmark.focus = focus;
    interview.bookmark.outline.is_typing = false;
    (interview.anchor, interview.goal) = (None, None);
}

/// Goes to a place that another screen or a dialog asked for, and says why a question there is not asked.
pub fn go_to(interview: &mut Interview, position: Position, turn: &mut Turn<'_>) {
    focus(interview, Focus::Field);
    if position == Position::start_of(position.item.clone()) {
        to_item(interview, position.item, turn);
    } else {
        go(interview, position, turn);
    }
    let session = interview.session();
    if let Some(why) = interview.question().and_then(|index| unasked::why(session, index)) {
        turn.say(why);
    }
}

/// Goes to an item: to a question's answer, to the end of a part's text.
pub fn to_item(interview: &mut Interview, item: Item, turn: &mut Turn<'_>) {
    let mut to = Position::start_of(item);
    to.cursor = end_of_text(interview, &to);
    go(interview, to, turn);
}

/// Goes to a field of the item that is shown, to the end of its text.
pub fn to_field(interview: &mut Interview, field: Field, turn: &mut Turn<'_>) {
    let mut to = Position { field, cursor: 0, ..interview.session().position().clone() };
    to.cursor = end_of_text(interview, &to);
    focus(interview, Focus::Field);
    go(interview, to, turn);
}

fn end_of_text(interview: &Interview, position: &Position) -> usize {
    let session = interview.session();
    session.text_at(position).and_then(|text_ref| session.text(&text_ref)).map_or(0, str::len)
}

/// Makes an edit and opens the item that it adds.
pub fn open(interview: &mut Interview, edit: Edit, item: Item, turn: &mut Turn<'_>) {
    if make(interview, edit, turn) {
        interview.rebuild();
        to_item(interview, item, turn);
        focus(interview, Focus::Field);
    }
}
