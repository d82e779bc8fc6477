//! Typing into the input of a dialog.

use crate::tui::effect::Effect;
use crate::tui::keys::{Action, AppAction, Context, TextAction, key_of};
use crate::tui::turn::Turn;
use crate::tui::widgets::editor::{self, Caret, Change};

use super::palette::matching;
use super::state::{InputDialog, Purpose};

/// Inserts text at the cursor.
pub fn insert(input: &mut InputDialog, new: &str) {
    change(input, input.caret.insert(new));
}

/// Performs an action on the input.
pub fn edit(input: &mut InputDialog, action: TextAction, turn: &mut Turn<'_>) {
    if let Some((motion, select)) = editor::motion(action) {
        input.caret = input.caret.moved(&input.input, usize::MAX, motion, select);
        return;
    }
    match action {
        TextAction::SelectAll => {
            input.caret = Caret { cursor: input.input.len(), anchor: Some(0), goal: None };
        }
        TextAction::Copy => copy(input, turn),
        TextAction::Cut => {
            copy(input, turn);
            if !input.caret.selection().is_empty() {
                insert(input, "");
            }
        }
        TextAction::Paste => {
            let clipboard = turn.clipboard.clone();
            insert(input, clipboard.lines().next().unwrap_or(""));
        }
        TextAction::DeleteLeft
        | TextAction::DeleteRight
        | TextAction::DeleteWordLeft
        | TextAction::DeleteWordRight
        | TextAction::DeleteToRowStart => {
            let motion = editor::deletion(action);
            if let Some(deleted) =
                motion.and_then(|motion| input.caret.delete(&input.input, usize::MAX, motion))
            {
                change(input, deleted);
            }
        }
        TextAction::NewLine
        | TextAction::MakeLink
        | TextAction::Editor
        | TextAction::Left(_)
        | TextAction::Right(_)
        | TextAction::WordLeft(_)
        | TextAction::WordRight(_)
        | TextAction::RowUp(_)
        | TextAction::RowDown(_)
        | TextAction::RowStart(_)
        | TextAction::RowEnd(_)
        | TextAction::TextStart(_)
        | TextAction::TextEnd(_) => {}
    }
}

/// Copies the selection.
fn copy(input: &InputDialog, turn: &mut Turn<'_>) {
    let copied = input.input[input.caret.selection()].to_owned();
    if copied.is_empty() {
        let key = key_of(&[Context::Everywhere], Action::App(AppAction::Quit));
        return turn.say(format!("Nothing is selected. {key} quits."));
    }
    turn.clipboard.clone_from(&copied);
    turn.effects.push(Effect::Copy { text: copied });
}

/// Changes the input, and updates the entries. The find dialog is updated with the session.
fn change(input: &mut InputDialog, Change { range, text }: Change) {
    input.caret = Caret::at(range.start + text.len());
    input.input.replace_range(range, &text);
    input.message.clear();
    input.selected = 0;
    if input.has_list() && !matches!(input.purpose, Purpose::Find | Purpose::Search) {
        input.entries = matching(&input.input, &input.all);
    }
}
