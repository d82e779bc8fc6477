//! Typing into the text that has the focus.

use ratatui_core::layout::Rect;

use crate::session::{Edit, Field, Origin, Position};
use crate::text;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout;
use crate::tui::state::{Review, State};
use crate::tui::widgets::editor::{self, Caret, Change, Motion};

use super::change::{make, splice};
use super::motion::motion;

/// The part of the screen where the text that has the focus stands.
pub fn area(review: &Review) -> Rect {
    let layout = &review.places;
    if review.question().is_none() {
        return layout.detail;
    }
    let links = layout::field(layout.links);
    let part = |row: u16| Rect {
        x: links.x + layout::PART_LABELS.min(links.width),
        width: links.width.saturating_sub(layout::PART_LABELS),
        y: links.bottom().saturating_sub(3 - row),
        height: 1.min(links.height),
    };
    match review.field() {
        Field::Answer => layout::field(layout.answer),
        Field::Qualifier => layout::field(layout.qualifier),
        Field::Detail => layout::field(layout.detail),
        Field::Links => links,
        Field::LinkUrl => part(0),
        Field::LinkLabel => part(1),
        Field::LinkQuote => part(2),
        Field::Note => layout::field(layout.note),
        Field::Flag => layout::field(layout.flag),
    }
}

/// Does an action on the text.
pub fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some(text_ref) = review.text() else { return };
    let text = review.session.text(&text_ref).unwrap_or_default();
    let width = width(review, review.wraps(&text_ref));
    let caret = review.caret();
    if let Some((motion, select)) = motion(action) {
        let moved = caret.moved(text, width, motion, select);
        return place(state, moved, effects);
    }
    let delete = |motion| caret.delete(text, width, motion);
    let change = match action {
        Action::NewLine => Some(caret.insert("\n")),
        Action::DeleteLeft => delete(Motion::Left),
        Action::DeleteRight => delete(Motion::Right),
        Action::DeleteWordLeft => delete(Motion::WordLeft),
        Action::DeleteWordRight => delete(Motion::WordRight),
        Action::DeleteToRowStart => delete(Motion::RowStart),
        Action::SelectAll => {
            let all = Caret { cursor: text.len(), anchor: Some(0), goal: None };
            return place(state, all, effects);
        }
        Action::Copy | Action::Cut => {
            let selection = caret.selection();
            if selection.is_empty() {
                state.message = "Nothing is selected. Ctrl-Q leaves.".to_owned();
                return;
            }
            let copied = text[selection.clone()].to_owned();
            let cut = (action == Action::Cut).then_some(Change { range: selection, text: String::new() });
            state.clipboard.clone_from(&copied);
            effects.push(Effect::Copy(copied));
            cut
        }
        Action::Paste => {
            let clipboard = state.clipboard.clone();
            return paste(state, &clipboard, effects);
        }
        Action::MakeLink => return make_link(state, effects),
        Action::Editor if review.status.read_only.is_some() => {
            state.message = "Read-only: the editor could change nothing.".to_owned();
            return;
        }
        Action::Editor => {
            let text = text.to_owned();
            effects.push(Effect::Editor(text_ref, text));
            return;
        }
        _ => return,
    };
    if let Some(change) = change {
        splice(state, text_ref, change, effects);
    }
}

/// Types or pastes `new` at the cursor.
pub fn insert(state: &mut State, new: &str, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some(text) = review.text() else { return };
    let change = review.caret().insert(new);
    splice(state, text, change, effects);
}

/// Pastes: an address over selected words makes them a link.
pub fn paste(state: &mut State, pasted: &str, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some(text_ref) = review.text() else { return };
    let selection = review.caret().selection();
    let text = review.session.text(&text_ref).unwrap_or_default();
    if text_ref.is_multiline() && !selection.is_empty() && text::looks_like_url(pasted) {
        let link = text::markdown_link(&text[selection.clone()], pasted.trim());
        splice(state, text_ref, Change { range: selection, text: link }, effects);
    } else if text_ref.is_multiline() {
        insert(state, pasted, effects);
    } else {
        insert(state, pasted.trim_matches(['\n', '\r']), effects);
    }
}

/// Puts the text that the reviewer's editor left in place of the old one, as one edit.
pub fn replace(state: &mut State, text_ref: crate::session::TextRef, new: &str, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let old = review.session.text(&text_ref).unwrap_or_default();
    let new = text::normalise_newlines(new);
    // Editors end a file with a line break; it is not the reviewer's.
    let new = if old.ends_with('\n') { &*new } else { new.strip_suffix('\n').unwrap_or(&new) };
    let common = |a: &str, b: &str| {
        a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
    };
    let start: usize = common(old, new);
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let reversed = |text: &str| text.chars().rev().collect::<String>();
    let end: usize = common(&reversed(old_rest), &reversed(new_rest));
    let change = Change { range: start..old.len() - end, text: new_rest[..new_rest.len() - end].to_owned() };
    if splice(state, text_ref, change, effects) {
        state.message = "Taken over from the editor.".to_owned();
    }
}

/// Puts the caret somewhere in the text that has the focus.
pub fn place(state: &mut State, caret: Caret, effects: &mut Vec<Effect>) {
    let Some(review) = &mut state.review else { return };
    let before = review.session.position().clone();
    (review.anchor, review.goal) = (caret.anchor, caret.goal);
    if before.cursor != caret.cursor {
        let after = Position { cursor: caret.cursor, ..before.clone() };
        make(state, Edit::Go { before, after }, Origin::Do, effects);
    }
}

/// `[words](|)`, the cursor where the address goes.
fn make_link(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some(text_ref) = review.text() else { return };
    let text = review.session.text(&text_ref).unwrap_or_default();
    let mut range = review.caret().selection();
    if range.is_empty() {
        let word = editor::word_at(text, range.start.min(text.len().saturating_sub(1)));
        if text.get(word.clone()).is_some_and(|word| word.chars().any(char::is_alphanumeric)) {
            range = word;
        }
    }
    let link = text::markdown_link(&text[range.clone()], "");
    let link = link.strip_suffix("<>)").unwrap_or(&link).to_owned() + ")";
    let cursor = range.start + link.len() - 1;
    if splice(state, text_ref, Change { range, text: link }, effects) {
        place(state, Caret::at(cursor), effects);
        state.message = "Type or paste the address.".to_owned();
    }
}

/// The width that the text wraps to; a line does not wrap.
fn width(review: &Review, wraps: bool) -> usize {
    if !wraps {
        return usize::MAX;
    }
    area(review).width as usize
}
