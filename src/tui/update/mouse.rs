//! The mouse: a click goes to what it hits, the wheel scrolls what is under it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use jiff::SignedDuration;
use ratatui_core::layout::{Position as Point, Rect};

use crate::session::Field;
use crate::text;
use crate::tui::action::{Action, Select};
use crate::tui::effect::Effect;
use crate::tui::layout;
use crate::tui::state::{Dialog, Focus, Screen, State};
use crate::tui::widgets::editor::{self, Caret};

use super::interview::choose;
use super::places::{focus, to_field, to_item};
use super::{links, texts};

/// Two clicks at one place within this time are a double click.
const DOUBLE: SignedDuration = SignedDuration::from_millis(500);

/// Handles one event of the mouse; gives the action that it stands for, if it stands for one.
pub fn update(state: &mut State, event: MouseEvent, effects: &mut Vec<Effect>) -> Option<Action> {
    let point = Point::new(event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) if state.dialog.is_some() => click_dialog(state, point),
        MouseEventKind::Down(MouseButton::Left) => {
            state.message.clear();
            let again = state
                .last_click
                .is_some_and(|(at, when)| at == point && state.now.duration_since(when) < DOUBLE);
            state.last_click = (!again).then_some((point, state.now));
            if again && select_word(state, effects) {
                return None;
            }
            if state.screen == Screen::Home {
                return click_home(state, point);
            }
            click(state, point, effects);
            None
        }
        MouseEventKind::Drag(MouseButton::Left) => {
            drag(state, point, effects);
            None
        }
        MouseEventKind::ScrollDown => wheel(state, point, 1, effects),
        MouseEventKind::ScrollUp => wheel(state, point, -1, effects),
        _ => None,
    }
}

/// A click on an entry of a dialog does it, one beside the dialog closes it.
fn click_dialog(state: &mut State, point: Point) -> Option<Action> {
    let list = match &mut state.dialog {
        Some(Dialog::List(list)) => list,
        Some(Dialog::Tour { .. }) => return Some(Action::PageDown),
        _ => return None,
    };
    let places = layout::list_dialog(state.size, list);
    if !places.body.contains(point) {
        return Some(Action::Back);
    }
    let row = point.y.checked_sub(places.entries.y)? as usize;
    let entry = places.scroll + row / places.rows_each;
    if !places.entries.contains(point) || entry >= list.entries.len() {
        return None;
    }
    list.selected = entry;
    Some(Action::Enter)
}

/// A click on a review selects it, a second one opens it.
fn click_home(state: &mut State, point: Point) -> Option<Action> {
    let row = point.y.checked_sub(layout::HOME_TOP)? as usize;
    if row >= state.home.list.len() {
        return None;
    }
    let was_selected = state.home.selected == row;
    state.home.selected = row;
    was_selected.then_some(Action::Enter)
}

fn click(state: &mut State, point: Point, effects: &mut Vec<Effect>) {
    let Some(review) = state.review.as_ref().filter(|_| state.screen == Screen::Interview) else { return };
    let layout = &review.places;
    if layout.outline.contains(point) {
        let row = review.outline.scroll + point.y.saturating_sub(layout.outline.y + 1) as usize;
        if let Some(item) = review.outline.item_at(&review.session, row) {
            to_item(state, item, effects);
            focus(state, Focus::Field);
        }
    } else if layout.answer.contains(point) {
        let place = review.question().and_then(|index| {
            let session = &review.session;
            let field = layout::field(layout.answer);
            let choices = session.questionnaire().choices(session.question(index));
            layout::choice_places(choices, field.width as usize)
                .iter()
                .position(|(x, y, width)| Rect::new(field.x + x, field.y + y, *width, 1).contains(point))
        });
        to_field(state, Field::Answer, effects);
        if let Some(place) = place {
            choose(state, place, effects);
        }
    } else if layout.links.contains(point) {
        let links_area = layout.links;
        let link = (point.y - layout.links.y) as usize + layout::link_scroll(review, layout.links.height);
        let count = review.question().map_or(0, |index| review.session.answer(index).link_count());
        focus(state, Focus::Field);
        links::select(state, link.min(count.saturating_sub(1)), effects);
        if link < count && layout::field(links_area).contains(point) {
            links::open(state, effects);
        }
    } else {
        let fields = [
            (layout.detail, Field::Detail),
            (layout.note, Field::Note),
            (layout.qualifier, Field::Qualifier),
            (layout.flag, Field::Flag),
        ];
        if let Some((_, field)) = fields.into_iter().find(|(area, _)| area.contains(point)) {
            // A click into the text that is typed into keeps its scrolling; another one starts at its top.
            if review.focus != Focus::Field || review.field() != field {
                to_field(state, field, effects);
                if let Some(review) = &mut state.review {
                    review.scroll = 0;
                }
            }
            if let Some(cursor) = hit(state, point) {
                place(state, cursor, None, effects);
            }
        }
    }
}

/// Selects the word at the cursor, where the first of two clicks put it; whether there is a text.
fn select_word(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let Some(review) = state.review.as_ref().filter(|_| state.screen == Screen::Interview) else {
        return false;
    };
    let Some(text) = review.text().and_then(|text| review.session.text(&text)) else { return false };
    let word = editor::word_at(text, review.session.position().cursor);
    place(state, word.end, Some(word.start), effects);
    true
}

/// Drags the end of a selection.
fn drag(state: &mut State, point: Point, effects: &mut Vec<Effect>) {
    let Some(review) = state
        .review
        .as_ref()
        .filter(|r| r.text().is_some() && state.dialog.is_none() && state.screen == Screen::Interview)
    else {
        return;
    };
    let anchor = review.anchor.unwrap_or(review.session.position().cursor);
    if let Some(cursor) = hit(state, point) {
        place(state, cursor, Some(anchor), effects);
    }
}

fn place(state: &mut State, cursor: usize, anchor: Option<usize>, effects: &mut Vec<Effect>) {
    texts::place(state, Caret { cursor, anchor, goal: None }, effects);
}

/// The byte of the text that has the focus under a point.
fn hit(state: &State, point: Point) -> Option<usize> {
    let review = state.review.as_ref()?;
    let text_ref = review.text()?;
    let text = review.session.text(&text_ref)?;
    let area = texts::area(review);
    let width = if review.wraps(&text_ref) { area.width as usize } else { usize::MAX };
    let rows = text::wrap(text, width);
    let row = review.scroll + point.y.saturating_sub(area.y) as usize;
    let row = rows.get(row).or(rows.last())?;
    Some(editor::at_column(text, *row, point.x.saturating_sub(area.x) as usize))
}

fn wheel(state: &mut State, point: Point, by: isize, effects: &mut Vec<Effect>) -> Option<Action> {
    let either = |down, up| Some(if by > 0 { down } else { up });
    if state.dialog.is_some() || state.screen != Screen::Interview {
        return either(Action::Down, Action::Up);
    }
    let review = state.review.as_ref()?;
    let layout = &review.places;
    if layout.outline.contains(point) {
        let item = review.session.position().item.clone();
        let to = review.outline.step(&review.session, &item, by);
        to_item(state, to, effects);
        None
    } else if layout.detail.contains(point) && review.text().is_some() && review.field() == Field::Detail {
        either(Action::RowDown(Select::No), Action::RowUp(Select::No))
    } else {
        either(Action::ScrollHelpDown, Action::ScrollHelpUp)
    }
}
