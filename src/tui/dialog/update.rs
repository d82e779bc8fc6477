//! The dialogs' actions.

use std::path::PathBuf;

use ratatui::layout::Position as Point;

use crate::report::Format;
use crate::session::{Field, Found, Item, Position, Session};
use crate::text;
use crate::tui::effect::{CatalogueFor, Effect, FileEffect};
use crate::tui::keys::{Action, DialogAction, Move};
use crate::tui::turn::{DialogRequest, Turn};
use crate::tui::widgets::editor::Caret;
use crate::tui::widgets::list;
use crate::workspace::About;

use super::layout::InputLayout;
use super::state::{Chosen, Dialog, Entry, InputDialog, Purpose, Target, TextDialog};
use super::tour;
use super::typing::{edit, insert};

/// How many characters are shown before the words that were found.
const BEFORE: usize = 20;

/// Performs an action. Returns what was chosen, if that ends the dialog.
pub fn act(dialog: &mut Dialog, action: Action, turn: &mut Turn<'_>) -> Option<Chosen> {
    if action == Action::Dialog(DialogAction::Close) {
        return Some(Chosen::Nothing);
    }
    match dialog {
        Dialog::Text(text) => {
            if let Action::Move(step) = action {
                let page = TextDialog::area(turn.size).height as usize;
                text.scroll = list::step(text.scroll, step, text.lines.len(), page);
            }
            None
        }
        Dialog::Tour { page } => step_tour(page, action),
        Dialog::Input(input) => match action {
            Action::Move(step) => {
                let page = turn.size.height.saturating_sub(8).max(1) as usize;
                input.selected = list::step(input.selected, step, input.entries.len(), page);
                None
            }
            Action::Text(action) => {
                edit(input, action, turn);
                None
            }
            Action::Dialog(DialogAction::Accept) => accept(input, turn),
            Action::Dialog(DialogAction::Copy) => copy(input),
            Action::Interview(action) if input.purpose == Purpose::Look => {
                Some(Chosen::Action(Action::Interview(action)))
            }
            Action::Dialog(DialogAction::Complete) => {
                if input.takes_path() {
                    turn.effects.push(Effect::CompletePath { typed: input.input.clone() });
                }
                None
            }
            Action::Dialog(DialogAction::Close)
            | Action::App(_)
            | Action::Interview(_)
            | Action::Outline(_)
            | Action::Links(_)
            | Action::Home(_)
            | Action::Overview(_)
            | Action::Preview(_)
            | Action::Compare(_)
            | Action::Matrix(_) => None,
        },
    }
}

fn step_tour(page: &mut usize, action: Action) -> Option<Chosen> {
    if action == Action::Move(Move::PageUp) {
        *page = page.saturating_sub(1);
    } else if action == Action::Move(Move::PageDown) {
        if *page + 1 == tour::PAGES.len() {
            return Some(Chosen::Nothing);
        }
        *page += 1;
    }
    None
}

/// A typed character: part of the input, or the first letter of a menu's entry.
pub fn typed(dialog: &mut Dialog, c: char, turn: &mut Turn<'_>) -> Option<Chosen> {
    let Dialog::Input(input) = dialog else { return None };
    if input.is_menu() {
        let place = input.entries.iter().position(|entry| entry.label.starts_with(c.to_ascii_lowercase()))?;
        input.selected = place;
        return accept(input, turn);
    }
    insert(input, &c.to_string());
    None
}

/// Pasted text; of several lines, the first.
pub fn paste(dialog: &mut Dialog, pasted: &str) {
    if let Dialog::Input(input) = dialog {
        insert(input, pasted.trim().lines().next().unwrap_or(""));
    }
}

/// A click on an entry accepts it; a click outside of the dialog closes it.
pub fn click(dialog: &mut Dialog, point: Point, turn: &mut Turn<'_>) -> Option<Chosen> {
    match dialog {
        Dialog::Text(_) => None,
        Dialog::Tour { page } => step_tour(page, Action::Move(Move::PageDown)),
        Dialog::Input(input) => {
            let layout = InputLayout::new(turn.size, input);
            if !layout.body.contains(point) {
                return Some(Chosen::Nothing);
            }
            let row = point.y.checked_sub(layout.entries.y)? as usize;
            let entry = layout.scroll + row / layout.rows_each;
            if !layout.entries.contains(point) || entry >= input.entries.len() {
                return None;
            }
            input.selected = entry;
            accept(input, turn)
        }
    }
}

/// Updates the entries of the find dialog.
pub fn find(dialog: &mut Dialog, session: &Session) {
    if let Dialog::Input(input) = dialog
        && input.purpose == Purpose::Find
    {
        input.entries = find_entries(session, input.input.trim());
        input.selected = input.selected.min(input.entries.len().saturating_sub(1));
    }
}

/// Shows why the input was rejected.
pub fn rejected(dialog: &mut Dialog, message: &str) -> bool {
    match dialog {
        Dialog::Input(input) if !input.has_list() => {
            message.clone_into(&mut input.message);
            true
        }
        Dialog::Input(_) | Dialog::Text(_) | Dialog::Tour { .. } => false,
    }
}

/// Shows what an export would change, and lets Enter confirm it.
pub fn confirm(dialog: &mut Dialog, message: &str) {
    if let Dialog::Input(input) = dialog {
        message.clone_into(&mut input.message);
        input.confirmed = Some(input.input.clone());
    }
}

/// Shows a completed path, and the names that continue it.
pub fn completed(dialog: &mut Dialog, path: &str, candidates: &[String]) {
    if let Dialog::Input(input) = dialog {
        input.message = candidates.join("  ");
        input.caret = Caret::at(path.len());
        path.clone_into(&mut input.input);
    }
}

/// The places in a session that contain `words`; all questions for no words.
pub(super) fn find_entries(session: &Session, words: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let entry = |label: String, detail: String, position: Position| Entry {
        label,
        detail,
        keywords: String::new(),
        target: Target::Position(position),
    };
    for index in session.asked() {
        let question = session.question(index);
        let label = format!("{} {}", index + 1, question.title);
        let item = Item::of(question);
        if words.is_empty() {
            let detail = session.chosen_labels(index).join(", ");
            entries.push(entry(label, detail, Position::start_of(item)));
        } else if let Some(found) = session.search(index, words) {
            entries.push(entry(label, excerpt(&found), place(&found, item)));
        }
    }
    if !words.is_empty() {
        for (label, item, found) in session.search_page(words) {
            entries.push(entry(label, excerpt(&found), place(&found, item)));
        }
    }
    entries
}

/// The position of words that were found.
fn place(found: &Found, item: Item) -> Position {
    let cursor = if found.is_typed { found.range.start } else { 0 };
    let field = if matches!(item, Item::Question(_)) { found.field } else { Field::Detail };
    Position { item, field, cursor, link: found.link }
}

/// The words around what was found.
fn excerpt(found: &Found) -> String {
    let before = text::one_line(&found.text[..found.range.start]);
    let start = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let cut = if start > 0 { "…" } else { "" };
    format!("{cut}{}{}", &before[start..], text::one_line(&found.text[found.range.start..]))
}

/// Enter. Returns what was chosen; nothing if the dialog stays open.
fn accept(input: &mut InputDialog, turn: &mut Turn<'_>) -> Option<Chosen> {
    let typed = input.input.trim().to_owned();
    if input.has_list() {
        let target = input.entries.get(input.selected).map(|entry| entry.target.clone());
        let Some(target) = target else {
            "Nothing matches. Backspace deletes letters; Esc closes.".clone_into(&mut input.message);
            return None;
        };
        return choose(input, target, typed);
    }
    if typed.is_empty() {
        "Type something first, or press Esc to close.".clone_into(&mut input.message);
        return None;
    }
    let effect = match input.purpose.clone() {
        Purpose::GoToNumber { count } => match typed.parse::<usize>() {
            Ok(number) if (1..=count).contains(&number) => return Some(Chosen::Question(number - 1)),
            Ok(_) | Err(_) => {
                input.message = format!("Enter a number from 1 to {count}.");
                return None;
            }
        },
        Purpose::LinkWords => return Some(Chosen::LinkWords(typed)),
        Purpose::Write => return Some(Chosen::WriteTo(typed)),
        Purpose::Name(naming) => return Some(Chosen::Named { naming, text: typed }),
        Purpose::Rename { id } => return Some(Chosen::Effect(Effect::Rename { id, subject: typed })),
        Purpose::NameSubject { questionnaire } => {
            return Some(Chosen::Effect(Effect::Create { questionnaire, subject: typed }));
        }
        Purpose::Import => Effect::Catalogue { purpose: CatalogueFor::Import { path: PathBuf::from(typed) } },
        Purpose::Export { format } => {
            let confirmed = input.confirmed.as_ref() == Some(&input.input);
            Effect::Export { path: PathBuf::from(typed), format, confirmed, keep: None }
        }
        Purpose::Attach { place } => {
            let path = PathBuf::from(typed);
            Effect::File(FileEffect::Attach { place, path, about: About::default() })
        }
        Purpose::SaveElsewhere => Effect::SaveElsewhere { path: PathBuf::from(typed) },
        Purpose::Palette
        | Purpose::Find
        | Purpose::Basis
        | Purpose::Differences { .. }
        | Purpose::QuestionKind { .. }
        | Purpose::TwoAnswers
        | Purpose::Replace
        | Purpose::Gone
        | Purpose::Look
        | Purpose::Search
        | Purpose::Similar { .. }
        | Purpose::FindSession
        | Purpose::ChooseQuestionnaire
        | Purpose::ImportWith { .. } => return None,
    };
    // The dialog stays open until the effect succeeds, so that a mistyped path can be corrected.
    turn.effects.push(effect);
    None
}

/// Copies the address of the selected entry.
fn copy(input: &InputDialog) -> Option<Chosen> {
    match input.entries.get(input.selected).map(|entry| &entry.target) {
        Some(Target::Address { url }) => Some(Chosen::Effect(Effect::Copy { text: url.clone() })),
        Some(
            Target::Action(_)
            | Target::Position(_)
            | Target::Questionnaire { .. }
            | Target::Session { .. }
            | Target::Basis(_)
            | Target::Answer { .. }
            | Target::Reuse { .. }
            | Target::Gone { .. }
            | Target::Kind { .. }
            | Target::Settle(_)
            | Target::Keep(_),
        )
        | None => None,
    }
}

/// What choosing an entry of a list does.
fn choose(input: &mut InputDialog, target: Target, words: String) -> Option<Chosen> {
    Some(match target {
        Target::Action(action) => Chosen::Action(action),
        Target::Position(position) => Chosen::Position { position, words },
        Target::Basis(basis) => Chosen::Basis(basis),
        Target::Kind { kind, answer_set } => {
            let Purpose::QuestionKind { text } = input.purpose.clone() else { return None };
            Chosen::Kind { text, kind, answer_set }
        }
        Target::Answer { id, question } => Chosen::Open { id, question },
        Target::Reuse { answer } => Chosen::Reuse { answer },
        Target::Gone { was } => Chosen::Matched { was },
        Target::Address { url } => Chosen::Effect(Effect::Browse { url }),
        Target::Settle(settle) => Chosen::Settle(settle),
        Target::Keep(keep) => {
            let Purpose::Differences { path } = input.purpose.clone() else { return None };
            let (format, confirmed, keep) = (Format::Markdown, true, Some(keep));
            Chosen::Effect(Effect::Export { path, format, confirmed, keep })
        }
        Target::Session { id } => Chosen::Effect(Effect::Open { id, question: None }),
        Target::Questionnaire { problem: Some(problem), .. } => {
            input.message = problem;
            return None;
        }
        Target::Questionnaire { id, title, subject_label, problem: None } => {
            if let Purpose::ImportWith { path } = &input.purpose {
                Chosen::Effect(Effect::Import { path: path.clone(), questionnaire: id })
            } else {
                let label = subject_label;
                Chosen::Dialog(DialogRequest::NameSubject { questionnaire: id?, title, label })
            }
        }
    })
}
