//! The mouse: a click goes to what it hits, the wheel scrolls what is under it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position as Point, Rect};

use crate::session::Field;
use crate::text;
use crate::tui::action::{Action, Select};
use crate::tui::effect::Effect;
use crate::tui::layout::{self, Interview};
use crate::tui::state::{Focus, Screen, State};
use crate::tui::widgets::editor::{self, Caret};

use super::interview::{choose, focus, to_field, to_item};
use super::{act, links, texts};

/// Handles one event of the mouse.
pub fn update(state: &mut State, event: MouseEvent, effects: &mut Vec<Effect>) {
    let point = Point::new(event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) if state.dialog.is_some() => {}
        MouseEventKind::Down(MouseButton::Left) => {
            state.message.clear();
            click(state, point, effects);
        }
        MouseEventKind::Drag(MouseButton::Left) => drag(state, point, effects),
        MouseEventKind::ScrollDown => wheel(state, point, 1, effects),
        MouseEventKind::ScrollUp => wheel(state, point, -1, effects),
        _ => {}
    }
}

fn click(state: &mut State, point: Point, effects: &mut Vec<Effect>) {
    if state.screen == Screen::Home {
        let row = point.y.saturating_sub(layout::HOME_TOP) as usize;
        if point.y >= layout::HOME_TOP && row < state.home.list.len() {
            if state.home.selected == row {
                act(state, Action::Enter, effects);
            } else {
                state.home.selected = row;
            }
        }
        return;
    }
    let Some(review) = state.review.as_ref().filter(|_| state.screen == Screen::Interview) else { return };
    let layout = layout::interview(state.size, review);
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
        let link = (point.y - layout.links.y) as usize;
        let last =
            review.question().map_or(0, |index| review.session.answer(index).link_count()).saturating_sub(1);
        focus(state, Focus::Field);
        links::select(state, link.min(last), effects);
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
            if let Some(cursor) = hit(state, &layout, point) {
                place(state, cursor, None, effects);
            }
        }
    }
}

/// Drags the end of a selection.
fn drag(state: &mut State, point: Point, effects: &mut Vec<Effect>) {
    let Some(review) = state.review.as_ref().filter(|r| r.text().is_some() && state.dialog.is_none()) else {
        return;
    };
    let layout = layout::interview(state.size, review);
    let anchor = review.anchor.unwrap_or(review.session.position().cursor);
    if let Some(cursor) = hit(state, &layout, point) {
        place(state, cursor, Some(anchor), effects);
    }
}

fn place(state: &mut State, cursor: usize, anchor: Option<usize>, effects: &mut Vec<Effect>) {
    texts::place(state, Caret { cursor, anchor, goal: None }, effects);
}

/// The byte of the text that has the focus under a point.
fn hit(state: &State, layout: &Interview, point: Point) -> Option<usize> {
    let review = state.review.as_ref()?;
    let text_ref = review.text()?;
    let text = review.session.text(&text_ref)?;
    let area = texts::area(layout, review);
    let width = if text_ref.is_multiline() { area.width as usize } else { usize::MAX };
    let rows = text::wrap(text, width);
    let row = review.scroll + point.y.saturating_sub(area.y) as usize;
    let row = rows.get(row).or(rows.last())?;
    Some(editor::at_column(text, *row, point.x.saturating_sub(area.x) as usize))
}

fn wheel(state: &mut State, point: Point, by: isize, effects: &mut Vec<Effect>) {
    let action = if by > 0 { Action::Down } else { Action::Up };
    if state.dialog.is_some() || state.screen != Screen::Interview {
        return act(state, action, effects);
    }
    let Some(review) = &mut state.review else { return };
    let layout = layout::interview(state.size, review);
    if layout.outline.contains(point) {
        let item = review.session.position().item.clone();
        let to = review.outline.step(&review.session, &item, by);
        to_item(state, to, effects);
    } else if layout.detail.contains(point) && review.field() == Field::Detail {
        let action = if by > 0 { Action::RowDown(Select::No) } else { Action::RowUp(Select::No) };
        act(state, action, effects);
    } else {
        act(state, if by > 0 { Action::ScrollHelpDown } else { Action::ScrollHelpUp }, effects);
    }
}
