//! Dialogs: an input with a list under it.

use std::path::PathBuf;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use crate::session::{Field, Found, Item, Position, Session};
use crate::store::Summary;
use crate::text;
use crate::tui::action::{Action, Context};
use crate::tui::context::contexts;
use crate::tui::effect::Effect;
use crate::tui::keymap::BINDINGS;
use crate::tui::state::{Dialog, Entry, Focus, ListDialog, Offer, Purpose, Screen, State, Target};
use crate::tui::tour;
use crate::tui::widgets::editor::Motion;

use super::change::go;
use super::motion::motion;
use super::places::focus;

/// The questionnaire that an imported page is read with; the command takes another.
const PAGE_QUESTIONNAIRE: &str = "saas-security";

/// How many characters of the words before what was found are shown.
const BEFORE: usize = 20;

/// Every action that `contexts` allow, those that match `input`, best first.
pub fn palette(contexts: &[Context], input: &str) -> ListDialog {
    let bindings = contexts.iter().flat_map(|context| BINDINGS.iter().filter(move |b| b.context == *context));
    let bindings: Vec<_> =
        bindings.filter(|b| b.context != Context::Line && b.action != Action::Palette).collect();
    let named: Vec<(String, _)> = bindings.into_iter().map(|b| (capitalised(b.help), b)).collect();
    let entries = matching(input, &named).into_iter().map(|(label, binding)| Entry {
        label: label.clone(),
        detail: binding.shown_keys(),
        target: Target::Action(binding.action),
    });
    ListDialog::new(Purpose::Palette, "Everything you can do here", "Type a few letters of it.")
        .with_entries(entries.collect())
        .with_input(input)
}

/// The questions in whose words `input` occurs: title, question, answer, detail, note.
pub fn find(session: &Session, input: &str) -> ListDialog {
    let mut entries = Vec::new();
    for index in (0..session.len()).filter(|&index| session.is_asked(index)) {
        let label = format!("{} {}", index + 1, session.question(index).title);
        if input.is_empty() {
            let detail = session.chosen_labels(index).join(", ");
            entries.push(Entry { label, detail, target: Target::Question(index, Field::Answer, 0) });
        } else if let Some(found) = session.search(index, input) {
            let cursor = if found.is_typed { found.range.start } else { 0 };
            let target = Target::Question(index, found.field, cursor);
            entries.push(Entry { label, detail: excerpt(&found), target });
        }
    }
    ListDialog::new(Purpose::Find, "Find", "Words of a question, answer, detail or note.")
        .with_entries(entries)
        .with_input(input)
}

/// The reviews whose subject, questionnaire or id has the letters of `input`.
pub fn find_review(list: &[Summary], input: &str) -> ListDialog {
    let name = |s: &Summary| format!("{} · {} · {}", s.subject, s.questionnaire, s.id);
    let named: Vec<(String, usize)> =
        list.iter().enumerate().map(|(i, summary)| (name(summary), i)).collect();
    let entries = matching(input, &named).into_iter().map(|(label, place)| {
        let progress = list[*place].progress;
        let detail = format!("{} of {} done", progress.done, progress.asked);
        Entry { label: label.clone(), detail, target: Target::Review(*place) }
    });
    ListDialog::new(Purpose::FindReview, "Find a review", "Type a few letters of it.")
        .with_entries(entries.collect())
        .with_input(input)
}

/// The questionnaires for a new review.
pub fn choose_questionnaire(catalogue: &[Offer], input: &str) -> ListDialog {
    let named: Vec<(String, &Offer)> = catalogue.iter().map(|offer| (offer.title.clone(), offer)).collect();
    let entries = matching(input, &named).into_iter().map(|(label, offer)| Entry {
        label: label.clone(),
        detail: offer.description.clone(),
        target: Target::Questionnaire(offer.id.clone()),
    });
    ListDialog::new(Purpose::ChooseQuestionnaire, "New review", "Which questions? Up and Down choose.")
        .with_entries(entries.collect())
        .with_input(input)
}

/// Offers another place for a session that cannot be stored.
pub fn save_elsewhere(reason: &str, name: &str) -> ListDialog {
    let explanation =
        format!("Not saved: {reason}. Save a copy there? Ctrl-Q leaves without; Esc goes back.");
    let path = std::path::Path::new("~").join(format!("{name}.json"));
    ListDialog::new(Purpose::SaveElsewhere, "Save elsewhere", &explanation)
        .with_input(&path.to_string_lossy())
}

/// Does an action in a dialog; gives the action that was chosen in it, if one was.
pub fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) -> Option<Action> {
    let page = state.size.height.saturating_sub(6).max(1) as usize;
    match &mut state.dialog {
        Some(Dialog::Help { scroll }) => match action {
            Action::Up => *scroll = scroll.saturating_sub(1),
            Action::Down => *scroll += 1,
            Action::PageUp => *scroll = scroll.saturating_sub(page),
            Action::PageDown => *scroll += page,
            Action::Back => state.dialog = None,
            _ => {}
        },
        Some(Dialog::Tour { page }) => match action {
            Action::PageUp => *page = page.saturating_sub(1),
            Action::PageDown if *page + 1 < tour::PAGES.len() => *page += 1,
            Action::PageDown | Action::Back => state.dialog = None,
            _ => {}
        },
        Some(Dialog::List(list)) => {
            let last = list.entries.len().saturating_sub(1);
            match action {
                Action::Back => state.dialog = None,
                Action::Up => list.selected = list.selected.saturating_sub(1),
                Action::Down => list.selected = (list.selected + 1).min(last),
                Action::PageUp => list.selected = list.selected.saturating_sub(page),
                Action::PageDown => list.selected = (list.selected + page).min(last),
                Action::Enter => return chosen(state, effects),
                _ => edit(state, action),
            }
        }
        None => {}
    }
    None
}

/// A character typed into the input.
pub fn typed(state: &mut State, c: char) {
    insert(state, &c.to_string());
}

/// Text pasted into the input; of several lines, the first.
pub fn paste(state: &mut State, pasted: &str) {
    insert(state, pasted.trim().lines().next().unwrap_or(""));
}

fn insert(state: &mut State, new: &str) {
    if let Some(Dialog::List(list)) = &mut state.dialog {
        let change = list.caret.insert(new);
        list.caret.cursor = change.range.start + change.text.len();
        list.caret.anchor = None;
        list.input.replace_range(change.range, &change.text);
        filter(state);
    }
}

fn edit(state: &mut State, action: Action) {
    let Some(Dialog::List(list)) = &mut state.dialog else { return };
    if let Some((motion, select)) = motion(action) {
        list.caret = list.caret.moved(&list.input, usize::MAX, motion, select);
        return;
    }
    let motion = match action {
        Action::DeleteLeft => Motion::Left,
        Action::DeleteRight => Motion::Right,
        Action::DeleteWordLeft => Motion::WordLeft,
        Action::DeleteWordRight => Motion::WordRight,
        Action::DeleteToRowStart => Motion::Start,
        Action::Paste => {
            let clipboard = state.clipboard.clone();
            return paste(state, &clipboard);
        }
        _ => return,
    };
    if let Some(change) = list.caret.delete(&list.input, usize::MAX, motion) {
        list.caret = crate::tui::widgets::editor::Caret::at(change.range.start);
        list.input.replace_range(change.range, "");
        filter(state);
    }
}

/// Makes the list anew for what is typed now.
fn filter(state: &mut State) {
    let Some(Dialog::List(list)) = state.dialog.take() else { return };
    let mut new = match list.purpose {
        Purpose::Palette => palette(&contexts(state), &list.input),
        Purpose::Find => match &state.review {
            Some(review) => find(&review.session, &list.input),
            None => list,
        },
        Purpose::FindReview => find_review(&state.home.list, &list.input),
        Purpose::ChooseQuestionnaire => choose_questionnaire(&state.catalogue, &list.input),
        _ => {
            state.dialog = Some(Dialog::List(list));
            return;
        }
    };
    new.selected = 0;
    state.dialog = Some(Dialog::List(new));
}

/// Enter: does what the selected entry or the input says; an action chosen is given back.
fn chosen(state: &mut State, effects: &mut Vec<Effect>) -> Option<Action> {
    let Some(Dialog::List(list)) = state.dialog.take() else { return None };
    let input = list.input.trim().to_owned();
    let target = list.entries.get(list.selected).map(|entry| entry.target.clone());
    let needs_input = !list.has_list();
    if needs_input && input.is_empty() {
        state.message = "Type something first, or Esc to close.".to_owned();
        state.dialog = Some(Dialog::List(list));
        return None;
    }
    match (list.purpose, target) {
        (_, Some(Target::Action(action))) => return Some(action),
        (_, Some(Target::Question(index, field, cursor))) => {
            let Some(review) = &mut state.review else { return None };
            review.wanted = input;
            let item = Item::Question(review.session.question(index).id.clone());
            state.screen = Screen::Interview;
            focus(state, Focus::Field);
            go(state, Position { item, field, cursor, link: 0 }, effects);
        }
        (_, Some(Target::Questionnaire(questionnaire))) => {
            let offer = state.catalogue.iter().find(|offer| offer.id == questionnaire);
            let label = offer.map_or("Subject", |offer| offer.subject_label.as_str());
            let title = format!("New review: {label}");
            let purpose = Purpose::NameSubject { questionnaire };
            let dialog = ListDialog::new(
                purpose,
                &title,
                "What is reviewed? Its name, as the page's title will have it.",
            );
            state.dialog = Some(Dialog::List(dialog));
        }
        (_, Some(Target::Review(place))) => {
            state.home.selected = place;
            return Some(Action::Enter);
        }
        (Purpose::Rename { id }, _) => effects.push(Effect::Rename { id, subject: input }),
        (Purpose::NameSubject { questionnaire }, _) => {
            effects.push(Effect::Create { questionnaire, subject: input });
        }
        (Purpose::Import, _) => {
            effects.push(Effect::Import {
                path: expanded(&input),
                questionnaire: PAGE_QUESTIONNAIRE.to_owned(),
            });
        }
        (Purpose::Export, _) => effects.push(Effect::Export(expanded(&input))),
        (Purpose::SaveElsewhere, _) => effects.push(Effect::SaveElsewhere(expanded(&input))),
        (
            purpose @ (Purpose::Palette | Purpose::Find | Purpose::FindReview | Purpose::ChooseQuestionnaire),
            None,
        ) => {
            state.message = "Nothing matches. Backspace takes letters back; Esc closes.".to_owned();
            let list = ListDialog::new(purpose, &list.title, &list.explanation).with_input(&list.input);
            state.dialog = Some(Dialog::List(list));
        }
    }
    None
}

/// A path as typed, with `~` as the home folder.
fn expanded(path: &str) -> PathBuf {
    let home = directories::BaseDirs::new();
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.home_dir().join(rest),
        _ => PathBuf::from(path),
    }
}

/// The named things whose name has the letters of `input` in order, the best match first; all, if it is empty.
fn matching<'a, T>(input: &str, named: &'a [(String, T)]) -> Vec<&'a (String, T)> {
    let pattern = Pattern::new(input, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, &(String, T))> = Vec::new();
    for entry in named {
        let haystack = nucleo_matcher::Utf32Str::new(&entry.0, &mut buffer);
        scored.extend(pattern.score(haystack, &mut matcher).map(|score| (score, entry)));
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, entry)| entry).collect()
}

/// The words around what was found.
fn excerpt(found: &Found) -> String {
    let before = text::one_line(&found.text[..found.range.start]);
    let start = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let cut = if start > 0 { "…" } else { "" };
    format!("{cut}{}{}", &before[start..], text::one_line(&found.text[found.range.start..]))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
