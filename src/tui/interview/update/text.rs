//! Typing into the text that has the focus.

use crate::markdown;
use crate::session::{Edit, Position, TextRef};
use crate::text;
use crate::tui::effect::Effect;
use crate::tui::interview::state::Interview;
use crate::tui::keys::{Action, AppAction, Context, TextAction, key_of};
use crate::tui::turn::{DialogRequest, Turn};
use crate::tui::widgets::editor::{self, Caret, Change};

use super::edit::{make, splice};

/// Performs an action on the text.
pub fn act(interview: &mut Interview, action: TextAction, turn: &mut Turn<'_>) {
    let Some(text_ref) = interview.text() else { return };
    let content = interview.session().text(&text_ref).unwrap_or_default();
    let (caret, width) = (interview.caret(), width(interview, &text_ref));
    if let Some((motion, select)) = editor::motion(action) {
        let moved = caret.moved(content, width, motion, select);
        return place(interview, moved, turn);
    }
    let change = match action {
        TextAction::NewLine => Some(caret.insert("\n")),
        TextAction::DeleteLeft
        | TextAction::DeleteRight
        | TextAction::DeleteWordLeft
        | TextAction::DeleteWordRight
        | TextAction::DeleteToRowStart => {
            editor::deletion(action).and_then(|motion| caret.delete(content, width, motion))
        }
        TextAction::SelectAll => {
            let all = Caret { cursor: content.len(), anchor: Some(0), goal: None };
            return place(interview, all, turn);
        }
        TextAction::Copy | TextAction::Cut => copy(interview, &text_ref, action == TextAction::Cut, turn),
        TextAction::Paste => {
            let clipboard = turn.clipboard.clone();
            return paste(interview, &clipboard, turn);
        }
        TextAction::MakeLink => return make_link(interview, turn),
        TextAction::Editor => return open_editor(interview, text_ref, turn),
        TextAction::Left(_)
        | TextAction::Right(_)
        | TextAction::WordLeft(_)
        | TextAction::WordRight(_)
        | TextAction::RowUp(_)
        | TextAction::RowDown(_)
        | TextAction::RowStart(_)
        | TextAction::RowEnd(_)
        | TextAction::TextStart(_)
        | TextAction::TextEnd(_) => None,
    };
    if let Some(change) = change {
        splice(interview, text_ref, change, turn);
    }
}

/// Inserts text at the cursor.
pub fn insert(interview: &mut Interview, new: &str, turn: &mut Turn<'_>) {
    let Some(text_ref) = interview.text() else { return };
    let change = interview.caret().insert(new);
    splice(interview, text_ref, change, turn);
}

/// Pastes text. A URL pasted over selected words turns them into a link.
pub fn paste(interview: &mut Interview, pasted: &str, turn: &mut Turn<'_>) {
    let Some(text_ref) = interview.text() else { return };
    let selection = interview.caret().selection();
    let content = interview.session().text(&text_ref).unwrap_or_default();
    if text_ref.is_multiline() && !selection.is_empty() && text::looks_like_url(pasted) {
        let link = markdown::markdown_link(&content[selection.clone()], pasted.trim());
        splice(interview, text_ref, Change { range: selection, text: link }, turn);
    } else if text_ref.is_multiline() {
        insert(interview, pasted, turn);
    } else {
        insert(interview, pasted.trim_matches(['\n', '\r']), turn);
    }
}

/// PgDn and PgUp in a text that is taller than its area: moves by a page. Returns false at its ends and
/// elsewhere.
pub fn page(interview: &mut Interview, forward: bool, turn: &mut Turn<'_>) -> bool {
    let Some(text_ref) = interview.text() else { return false };
    let height = interview.layout.area(interview.field()).height as usize;
    let Some(rows) = interview.rows(&text_ref).filter(|rows| rows.len() > height) else { return false };
    let at = text::row_of(rows, interview.session().position().cursor);
    let (last, step) = (rows.len() - 1, height.saturating_sub(1).max(1));
    let to = if forward { (at + step).min(last) } else { at.saturating_sub(step) };
    if to == at {
        return false;
    }
    let content = interview.session().text(&text_ref).unwrap_or_default();
    let column = interview.goal.unwrap_or(0);
    let cursor = editor::at_column(content, rows[to], column);
    place(interview, Caret { cursor, anchor: None, goal: Some(column) }, turn);
    true
}

/// Replaces a text with what the reviewer's editor left, as one edit.
pub fn edited(interview: &mut Interview, text_ref: TextRef, new: &str, turn: &mut Turn<'_>) {
    let old = interview.session().text(&text_ref).unwrap_or_default();
    let new = text::normalize_newlines(new);
    // Editors end a file with a line break, which is not the reviewer's.
    let new = if old.ends_with('\n') { &*new } else { new.strip_suffix('\n').unwrap_or(&new) };
    let common = |a: &str, b: &str| {
        a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
    };
    let start: usize = common(old, new);
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let reversed = |text: &str| text.chars().rev().collect::<String>();
    let end: usize = common(&reversed(old_rest), &reversed(new_rest));
    let change = Change { range: start..old.len() - end, text: new_rest[..new_rest.len() - end].to_owned() };
    if splice(interview, text_ref, change, turn) {
        turn.say("Text updated from your editor.");
    }
}

/// Inserts a link with these words, where there were no words to turn into one.
pub fn link_words(interview: &mut Interview, words: &str, turn: &mut Turn<'_>) {
    insert(interview, words, turn);
    let end = interview.session().position().cursor;
    interview.anchor = Some(end - words.len().min(end));
    make_link(interview, turn);
}

/// Moves the caret in the text that has the focus.
pub fn place(interview: &mut Interview, caret: Caret, turn: &mut Turn<'_>) {
    let before = interview.session().position().clone();
    (interview.anchor, interview.goal) = (caret.anchor, caret.goal);
    if before.cursor != caret.cursor {
        let after = Position { cursor: caret.cursor, ..before.clone() };
        make(interview, Edit::Go { before, after }, turn);
        (interview.anchor, interview.goal) = (caret.anchor, caret.goal);
    }
}

/// Copies the selection; the change that removes it, if it is cut.
fn copy(interview: &Interview, text_ref: &TextRef, cut: bool, turn: &mut Turn<'_>) -> Option<Change> {
    let content = interview.session().text(text_ref).unwrap_or_default();
    let selection = interview.caret().selection();
    if selection.is_empty() {
        let key = key_of(&[Context::Everywhere], Action::App(AppAction::Quit));
        turn.say(format!("Nothing is selected. {key} quits."));
        return None;
    }
    let copied = content[selection.clone()].to_owned();
    turn.clipboard.clone_from(&copied);
    turn.effects.push(Effect::Copy { text: copied });
    cut.then_some(Change { range: selection, text: String::new() })
}

fn open_editor(interview: &Interview, text_ref: TextRef, turn: &mut Turn<'_>) {
    if let Some(why) = interview.current.read_only() {
        return turn.say(format!("Read-only: {why}."));
    }
    let text = interview.session().text(&text_ref).unwrap_or_default().to_owned();
    turn.effects.push(Effect::Editor { text_ref, text });
}

/// Turns the selected words, or the word at the cursor, into `[words]()`, with the cursor where the URL goes.
/// Asks for the words if there are none.
fn make_link(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some(text_ref) = interview.text() else { return };
    let content = interview.session().text(&text_ref).unwrap_or_default();
    let mut range = interview.caret().selection();
    if range.is_empty() {
        let word = editor::word_at(content, range.start.min(content.len().saturating_sub(1)));
        if content.get(word.clone()).is_some_and(|word| word.chars().any(char::is_alphanumeric)) {
            range = word;
        }
    }
    if content[range.clone()].trim().is_empty() {
        return turn.ask(DialogRequest::LinkWords);
    }
    let link = markdown::markdown_link(&content[range.clone()], "");
    let link = link.strip_suffix("<>)").unwrap_or(&link).to_owned() + ")";
    let cursor = range.start + link.len() - 1;
    if splice(interview, text_ref, Change { range, text: link }, turn) {
        place(interview, Caret::at(cursor), turn);
        turn.say("Type or paste the URL.");
    }
}

/// The width that a text wraps at; a line does not wrap.
fn width(interview: &Interview, text_ref: &TextRef) -> usize {
    if interview.wraps(text_ref) {
        interview.layout.area(interview.field()).width as usize
    } else {
        usize::MAX
    }
}
