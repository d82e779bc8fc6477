//! The interview: answering, and going from field to field and from question to question.

use crate::questionnaire::Kind;
use crate::session::{Basis, Edit, Field, Item, Origin, TextRef};
use crate::text;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout;
use crate::tui::state::{Dialog, Focus, Review, Screen, State};

use super::change::{go, make, question};
use super::places::{focus, to_field, to_item};
use super::{dialog, filter, leaving, links, overview, preview, texts};

/// Does an action of the interview.
pub fn act(state: &mut State, action: Action, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    if review.focus == Focus::Outline
        && (filter::act(state, action, effects) || outline(state, action, effects))
    {
        return;
    }
    match action {
        Action::NextField => step_field(state, true, effects),
        Action::PreviousField => step_field(state, false, effects),
        Action::NextQuestion => step_question(state, 1, effects),
        Action::PreviousQuestion => step_question(state, -1, effects),
        Action::NextOpen => step_open(state, true, effects),
        Action::PreviousOpen => step_open(state, false, effects),
        Action::ToOutline => {
            focus(state, Focus::Outline);
            if let Some(review) = &mut state.review {
                review.wanted.clear();
            }
        }
        Action::ToDetail => to_field(state, Field::Detail, effects),
        Action::Done if state.review.as_ref().is_some_and(|review| review.field() == Field::Qualifier) => {
            to_field(state, Field::Detail, effects);
        }
        Action::Done | Action::Back => done(state, effects),
        Action::Find => {
            state.dialog =
                state.review.as_ref().map(|review| Dialog::List(dialog::find(&review.session, "")));
        }
        Action::ScrollHelpDown => scroll_help(state, 3),
        Action::ScrollHelpUp => scroll_help(state, -3),
        Action::Qualifier => to_field(state, Field::Qualifier, effects),
        Action::Basis => next_basis(state, effects),
        Action::Flag => flag(state, effects),
        Action::Unflag => unflag(state, effects),
        Action::Preview => preview::show(state, effects),
        Action::Overview => overview::show(state),
        Action::GoBack => go_back(state, effects),
        Action::GoForward => go_forward(state, effects),
        Action::GoHome => leaving::home(state, effects),
        Action::OpenLink
        | Action::NewLink
        | Action::EditLink
        | Action::EditLabel
        | Action::EditQuote
        | Action::DeleteLink
        | Action::LinkUp
        | Action::LinkDown
        | Action::Up
        | Action::Down => links::act(state, action, effects),
        _ => texts::act(state, action, effects),
    }
}

/// A character typed: a choice, or part of a text.
pub fn typed(state: &mut State, c: char, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    if review.focus == Focus::Outline {
        if review.outline.is_typing {
            filter::typed(state, &c.to_string());
        }
        return;
    }
    if review.text().is_some() {
        texts::insert(state, &c.to_string(), effects);
    } else if review.field() == Field::Answer {
        choose_by_key(state, c, effects);
    }
}

/// Text pasted: into the text, or as a new link.
pub fn paste(state: &mut State, pasted: &str, effects: &mut Vec<Effect>) {
    let Some(review) = state.review.as_ref().filter(|_| state.screen == Screen::Interview) else { return };
    if review.focus == Focus::Outline && review.outline.is_typing {
        filter::typed(state, &text::one_line(pasted));
    } else if review.focus == Focus::Outline {
        state.message = "Nothing was pasted: Enter goes to the question first.".to_owned();
    } else if review.text().is_some() {
        texts::paste(state, pasted, effects);
    } else if review.field() == Field::Links {
        links::paste(state, pasted, effects);
    } else {
        state.message = "Nothing was pasted: Enter goes to the detail first.".to_owned();
    }
}

/// Keeps cursor and selected entries in sight.
pub fn settle(state: &mut State) {
    let size = state.size;
    let Some(review) = state.review.as_mut().filter(|_| state.screen == Screen::Interview) else { return };
    let before = std::mem::take(&mut review.places);
    review.places = layout::interview(size, review, before);
    let rows = review.places.outline.height.saturating_sub(2) as usize;
    let at = review.outline.row_of(&review.session, &review.session.position().item);
    review.outline.scroll = in_sight(review.outline.scroll, at, rows, review.outline.rows().len());
    let Some(text_ref) = review.text() else {
        review.scroll = 0;
        return;
    };
    if let Some(rows) = review.rows(&text_ref) {
        let area = texts::area(review);
        let row = text::row_of(rows, review.session.position().cursor);
        review.scroll = in_sight(review.scroll, row, area.height as usize, rows.len());
    }
}

/// The first row to show so that row `at` is among `height` rows shown of `count`.
fn in_sight(scroll: usize, at: usize, height: usize, count: usize) -> usize {
    let height = height.max(1);
    let scroll = scroll.min(count.saturating_sub(height));
    scroll.clamp((at + 1).saturating_sub(height), at)
}

/// Makes or clears a choice of the question that is shown, by its place.
pub fn choose(state: &mut State, place: usize, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some((index, id)) = question(review) else { return };
    let session = &review.session;
    let asked = session.question(index);
    let choices = session.questionnaire().choices(asked);
    let Some(choice) = choices.get(place) else { return };
    let before = session.answer(index).choices.clone();
    let after = match asked.kind {
        Kind::MultiChoice => {
            let toggled = choices.iter().filter(|c| before.contains(&c.id) != (c.id == choice.id));
            toggled.map(|c| c.id.clone()).collect()
        }
        _ if before == [choice.id.clone()] => Vec::new(),
        _ => vec![choice.id.clone()],
    };
    make(state, Edit::Choose { question: id, before, after }, Origin::Do, effects);
}

fn choose_by_key(state: &mut State, c: char, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some(index) = review.question() else { return };
    let questionnaire = review.session.questionnaire();
    let set = review
        .session
        .question(index)
        .answer_set
        .as_ref()
        .and_then(|name| questionnaire.answer_sets.get(name));
    let Some(set) = set else { return };
    let digit = c.to_digit(10).and_then(|digit| (digit as usize).checked_sub(1));
    let keys = set.keys();
    match digit.or_else(|| keys.iter().position(|key| *key == c.to_ascii_lowercase())) {
        Some(place) if place < set.choices.len() => choose(state, place, effects),
        _ => {
            let keys: Vec<String> = keys.iter().map(char::to_string).collect();
            state.message = format!(
                "No choice has the key {}. There are: {}.",
                text::visible(&c.to_string()),
                keys.join(" ")
            );
        }
    }
}

/// The keys of the outline; whether the action was one of them.
fn outline(state: &mut State, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(review) = &state.review else { return false };
    let item = review.session.position().item.clone();
    let step = |by| review.outline.step(&review.session, &item, by);
    let to = match action {
        Action::Up => step(-1),
        Action::Down => step(1),
        Action::First => step(-(review.outline.rows().len() as isize)),
        Action::Last => step(review.outline.rows().len() as isize),
        Action::Enter | Action::NextField | Action::ToDetail => {
            focus(state, Focus::Field);
            return true;
        }
        Action::PreviousField => return true,
        _ => return false,
    };
    to_item(state, to, effects);
    true
}

const FIELDS: [Field; 4] = [Field::Answer, Field::Detail, Field::Links, Field::Note];

fn step_field(state: &mut State, forward: bool, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    if review.question().is_none() {
        return if forward { step_question(state, 1, effects) } else { step_back(state, effects) };
    }
    let field = main_field(review.field());
    let at = FIELDS.iter().position(|f| *f == field).unwrap_or(0);
    let next = if forward { FIELDS.get(at + 1) } else { at.checked_sub(1).and_then(|at| FIELDS.get(at)) };
    match next {
        Some(next) => {
            if field != review.field() {
                links::drop_empty(state, effects);
            }
            to_field(state, *next, effects);
        }
        None if forward => step_question(state, 1, effects),
        None => step_back(state, effects),
    }
}

/// To the last field of the item before.
fn step_back(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let item = review.session.position().item.clone();
    let before = review.outline.step(&review.session, &item, -1);
    if before == item {
        return;
    }
    let is_question = matches!(before, Item::Question(_));
    to_item(state, before, effects);
    if is_question {
        to_field(state, Field::Note, effects);
    }
}

/// The field that a part belongs to.
pub fn main_field(field: Field) -> Field {
    match field {
        Field::Qualifier | Field::Flag => Field::Answer,
        Field::LinkUrl | Field::LinkLabel | Field::LinkQuote => Field::Links,
        field => field,
    }
}

fn step_question(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    links::drop_empty(state, effects);
    let Some(review) = &state.review else { return };
    let item = review.session.position().item.clone();
    let to = review.outline.step(&review.session, &item, by);
    if to == item {
        state.message = match (by > 0, review.session.progress().done == review.session.progress().asked) {
            (true, true) => "That was the last one, and nothing is open. Alt-P previews the page.".to_owned(),
            (true, false) => "That was the last one. Ctrl-N goes to what is still open.".to_owned(),
            (false, _) => "This is the first one.".to_owned(),
        };
        return;
    }
    to_item(state, to, effects);
}

fn step_open(state: &mut State, forward: bool, effects: &mut Vec<Effect>) {
    links::drop_empty(state, effects);
    let Some(review) = &state.review else { return };
    let (session, count) = (&review.session, review.session.len());
    let here = review.question().unwrap_or(if forward { count.saturating_sub(1) } else { 0 });
    let order = (1..=count).map(|n| if forward { (here + n) % count } else { (here + count - n) % count });
    let Some(open) = order.into_iter().find(|&index| session.is_open(index)) else {
        state.message = "Nothing is open. Alt-P previews the page.".to_owned();
        return;
    };
    let reasons: Vec<String> = session.reasons(open).iter().map(ToString::to_string).collect();
    let item = Item::Question(session.question(open).id.clone());
    focus(state, Focus::Field);
    to_item(state, item, effects);
    state.message = format!("Open: {}.", text::one_line(&reasons.join("; ")));
}

/// Back to the item visited before.
fn go_back(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &mut state.review else { return };
    let here = review.session.position().item.clone();
    let Some(item) = review.visited.pop() else {
        state.message = "No question was visited before this one.".to_owned();
        return;
    };
    review.revisited.push(here);
    visit(state, item, effects);
}

/// Forward again, after going back.
fn go_forward(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &mut state.review else { return };
    let here = review.session.position().item.clone();
    let Some(item) = review.revisited.pop() else {
        state.message = "Alt-Left goes back first.".to_owned();
        return;
    };
    review.visited.push(here);
    visit(state, item, effects);
}

/// Goes to an item without remembering the way.
fn visit(state: &mut State, item: Item, effects: &mut Vec<Effect>) {
    let trail = state.review.as_ref().map(|review| (review.visited.clone(), review.revisited.clone()));
    focus(state, Focus::Field);
    to_item(state, item, effects);
    if let (Some(review), Some((visited, revisited))) = (&mut state.review, trail) {
        (review.visited, review.revisited) = (visited, revisited);
    }
}

/// Ends a part of an answer: back to what it belongs to, or on to the next part of a new link.
fn done(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    match review.field() {
        Field::LinkUrl | Field::LinkLabel | Field::LinkQuote => links::done(state, effects),
        _ => to_field(state, Field::Answer, effects),
    }
}

fn scroll_help(state: &mut State, by: isize) {
    let Some(review) = &mut state.review else { return };
    let most = review.places.help_lines.len().saturating_sub(review.places.help.height as usize);
    review.help_scroll = review.help_scroll.saturating_add_signed(by).min(most);
}

fn next_basis(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some((index, question)) = question(review) else { return };
    let position = review.session.position().clone();
    let before = review.session.answer(index).basis;
    let after = Basis::next(before);
    make(state, Edit::Basis { question, before, after }, Origin::Do, effects);
    // Said from any field; the reviewer stays there.
    go(state, position, effects);
}

fn flag(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some((index, question)) = question(review) else { return };
    if review.session.answer(index).flag.is_none() {
        make(state, Edit::Flag { question, before: None, after: Some(String::new()) }, Origin::Do, effects);
    }
    to_field(state, Field::Flag, effects);
}

fn unflag(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let Some((index, question)) = question(review) else { return };
    let before = review.session.answer(index).flag.clone();
    if before.is_some() {
        make(state, Edit::Flag { question, before, after: None }, Origin::Do, effects);
    }
}

/// Takes the last step back, or does it again, and says what it was.
pub fn take_back(state: &mut State, undo: bool, effects: &mut Vec<Effect>) {
    let Some(review) = &state.review else { return };
    let (edit, origin) =
        if undo { (review.history.undo(), Origin::Undo) } else { (review.history.redo(), Origin::Redo) };
    let Some(edit) = edit else {
        state.message = if undo { "Nothing to undo." } else { "Nothing to redo." }.to_owned();
        return;
    };
    let what = describe(review, &edit);
    state.screen = Screen::Interview;
    focus(state, Focus::Field);
    if make(state, edit, origin, effects) {
        state.message = format!("{}: {what}", if undo { "Undone" } else { "Done again" });
    }
}

/// What an edit changes, in a few words.
fn describe(review: &Review, edit: &Edit) -> String {
    let what = match edit {
        Edit::Splice { text, .. } => match text {
            TextRef::Detail(_) => "detail",
            TextRef::Note(_) => "note",
            TextRef::Value(_) => "answer",
            TextRef::Qualifier(_) => "qualifier",
            TextRef::Flag(_) => "flag",
            TextRef::Link(..) => "link",
            TextRef::Introduction => "introduction",
            TextRef::Section(_) => "section",
        },
        Edit::Choose { .. } => "answer",
        Edit::Link { .. } | Edit::MoveLink { .. } => "link",
        Edit::Basis { .. } => "basis",
        Edit::Flag { .. } => "flag",
        Edit::Subject { .. } => "subject",
        Edit::Go { .. } => "position",
    };
    match edit.question().and_then(|id| review.session.index_of(id)) {
        Some(index) => format!("{what} of {}", review.session.question(index).title),
        None => what.to_owned(),
    }
}
