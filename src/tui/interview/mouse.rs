//! The mouse in the interview.

use ratatui::layout::Position as Point;

use crate::session::Field;
use crate::text;
use crate::tui::keys::{Action, InterviewAction, Move};
use crate::tui::turn::Turn;
use crate::tui::widgets::editor::{self, Caret};

use super::state::{Focus, Interview};
use super::update::{self, focus, links, to_field, to_item};

/// A click goes to what is under it: a question, a choice, a link, a place in a text. A double click selects
/// a word.
pub fn click(interview: &mut Interview, point: Point, is_double: bool, turn: &mut Turn<'_>) {
    if is_double && select_word(interview, turn) {
        return;
    }
    if interview.layout.outline.contains(point) {
        click_outline(interview, point, turn);
    } else if interview.layout.answer.contains(point) && interview.question().is_some() {
        click_answer(interview, point, turn);
    } else if interview.layout.evidence.contains(point) {
        click_link(interview, point, turn);
    } else {
        click_text(interview, point, turn);
    }
}

fn click_outline(interview: &mut Interview, point: Point, turn: &mut Turn<'_>) {
    let outline = &interview.bookmark.outline;
    let row = outline.scroll + point.y.saturating_sub(interview.layout.outline.y + 1) as usize;
    if let Some(item) = outline.item_at(interview.session(), row) {
        to_item(interview, item, turn);
        focus(interview, Focus::Field);
    }
}

fn click_answer(interview: &mut Interview, point: Point, turn: &mut Turn<'_>) {
    if interview.layout.choices.is_empty() {
        return click_text(interview, point, turn);
    }
    let place = interview.layout.choice_at(point, interview.choices_scroll());
    to_field(interview, Field::Answer, turn);
    if let Some(place) = place {
        update::choose(interview, place, turn);
    }
}

/// A click on a link selects it; a click on its words opens it.
fn click_link(interview: &mut Interview, point: Point, turn: &mut Turn<'_>) {
    let link = interview.layout.link_at(point);
    focus(interview, Focus::Field);
    links::select(interview, link.unwrap_or(0), turn);
    if link.is_some() && interview.layout.area(Field::Links).contains(point) {
        links::open(interview, turn);
    }
}

fn click_text(interview: &mut Interview, point: Point, turn: &mut Turn<'_>) {
    let layout = &interview.layout;
    let mut fields = vec![
        (layout.detail, Field::Detail),
        (layout.answer, Field::Answer),
        (layout.qualifier, Field::Qualifier),
        (layout.note, Field::Note),
        (layout.flag, Field::Flag),
    ];
    if !layout.link_parts.is_empty() {
        let parts = [Field::LinkUrl, Field::LinkLabel, Field::LinkQuote];
        fields.extend(parts.into_iter().map(|part| (layout.area(part), part)));
    }
    let Some((_, field)) = fields.into_iter().find(|(area, _)| area.contains(point)) else { return };
    // A click into the text that has the focus keeps its scroll; another text starts at its top.
    if interview.focused() != Some(field) {
        to_field(interview, field, turn);
        interview.scroll = 0;
    }
    if let Some(cursor) = cursor_at(interview, point) {
        update::text::place(interview, Caret::at(cursor), turn);
    }
}

/// Selects the word at the cursor, which the first of two clicks has placed. Returns whether there is a text.
fn select_word(interview: &mut Interview, turn: &mut Turn<'_>) -> bool {
    let session = interview.session();
    let Some(content) = interview.text().and_then(|text_ref| session.text(&text_ref)) else { return false };
    let word = editor::word_at(content, session.position().cursor);
    update::text::place(interview, Caret { cursor: word.end, anchor: Some(word.start), goal: None }, turn);
    true
}

/// Drags the end of a selection.
pub fn drag(interview: &mut Interview, point: Point, turn: &mut Turn<'_>) {
    if interview.text().is_none() {
        return;
    }
    let anchor = interview.anchor.unwrap_or(interview.session().position().cursor);
    if let Some(cursor) = cursor_at(interview, point) {
        update::text::place(interview, Caret { cursor, anchor: Some(anchor), goal: None }, turn);
    }
}

/// The wheel scrolls what is under it: the outline, the text or the choices that have the focus, otherwise
/// the help.
pub fn wheel(interview: &mut Interview, point: Point, down: bool, turn: &mut Turn<'_>) -> Option<Action> {
    let layout = &interview.layout;
    if layout.outline.contains(point) {
        let item = interview.item().clone();
        let to = interview.bookmark.outline.step(interview.session(), &item, if down { 1 } else { -1 });
        to_item(interview, to, turn);
        return None;
    }
    let is_in_choices = interview.focused() == Some(Field::Answer) && layout.most_choices_scroll() > 0;
    if is_in_choices && layout.answer.contains(point) {
        return Some(Action::Move(if down { Move::Down } else { Move::Up }));
    }
    let field = interview.focused().filter(|_| interview.text().is_some());
    if field.is_some_and(|field| layout.area(field).contains(point)) {
        return Some(update::row_action(down));
    }
    let scroll = if down { InterviewAction::ScrollHelpDown } else { InterviewAction::ScrollHelpUp };
    Some(Action::Interview(scroll))
}

/// The byte offset of the text that has the focus at a point.
fn cursor_at(interview: &Interview, point: Point) -> Option<usize> {
    let text_ref = interview.text()?;
    let content = interview.session().text(&text_ref)?;
    let area = interview.layout.area(interview.field());
    let width = if interview.wraps(&text_ref) { area.width as usize } else { usize::MAX };
    let rows = text::wrap(content, width);
    let row = interview.scroll + point.y.saturating_sub(area.y) as usize;
    let row = rows.get(row).or(rows.last())?;
    Some(editor::at_column(content, *row, point.x.saturating_sub(area.x) as usize))
}
