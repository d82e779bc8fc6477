//! Where things stand on the interview screen. Mouse, cursor and drawing share it.

use ratatui_core::layout::{Rect, Size};

use crate::questionnaire::{Choice, Kind};
use crate::session::{Field, Link};
use crate::text;

use super::places::Interview;
use super::state::{Entry, Focus, ListDialog, Purpose, Review};
use super::theme::Theme;
use super::widgets::markdown;

/// Under this width the outline folds away.
pub const FOLD: u16 = 80;
/// Reading text is at most that wide.
pub const READING: u16 = 96;
/// The column of labels beside the fields.
pub const LABELS: u16 = 11;

/// The layout for a review; takes over from the one before what is still as it was.
pub fn interview(size: Size, review: &Review, before: Interview) -> Interview {
    let area = Rect::new(0, 0, size.width, size.height);
    let row = |y: u16| Rect::new(0, y, size.width, 1).intersection(area);
    let body = Rect::new(0, 1, size.width, size.height.saturating_sub(2));
    let wide = size.width >= FOLD;
    let outline_width = match (wide, review.focus) {
        (true, _) => (size.width * 3 / 10).clamp(26, 44),
        (false, Focus::Outline) => size.width,
        (false, Focus::Field) => 0,
    };
    let main = Rect { x: outline_width, width: size.width - outline_width, ..body };
    let inner = inset(main);
    let inner = Rect { width: inner.width.min(READING), ..inner };
    let mut layout = Interview {
        header: row(0),
        outline: Rect { width: outline_width, ..body },
        main,
        footer: row(size.height.saturating_sub(1)),
        ..Interview::default()
    };
    prepare(&mut layout, review, inner.width, before);
    if inner.is_empty() {
        return layout;
    }
    match review.question() {
        Some(index) => fill_question(&mut layout, inner, review, index),
        None => fill_part(&mut layout, inner, review),
    }
    layout
}

/// What only changes with the item and the width: the rows of the question and of its help.
fn prepare(layout: &mut Interview, review: &Review, width: u16, before: Interview) {
    let item = &review.session.position().item;
    if before.prepared.as_ref().is_some_and(|(of, columns)| of == item && *columns == width) {
        layout.question_rows = before.question_rows;
        layout.help_lines = before.help_lines;
        layout.prepared = before.prepared;
        return;
    }
    layout.prepared = Some((item.clone(), width));
    let columns = width.max(1) as usize;
    layout.question_rows = text::wrap(review.session.prompt(item), columns);
    if let Some(index) = review.question() {
        let (question, theme) = (review.session.question(index), Theme::new(false, false));
        if !question.help.is_empty() {
            layout.help_lines = markdown::wrap_spans(&[(question.help.clone(), theme.help)], columns);
        }
        if !question.guidance.is_empty() {
            layout.help_lines.extend(markdown::render(&question.guidance, columns, &theme));
        }
    }
}

/// The inside of a pane: within its border, with a blank column on either side.
pub fn inset(pane: Rect) -> Rect {
    Rect {
        x: pane.x.saturating_add(2),
        y: pane.y.saturating_add(1),
        width: pane.width.saturating_sub(4),
        height: pane.height.saturating_sub(2),
    }
}

fn fill_part(layout: &mut Interview, inner: Rect, review: &Review) {
    let mut rows = Rows { inner, y: inner.y };
    layout.question = rows.take(count(&layout.question_rows).min(inner.height / 2));
    rows.take(1);
    layout.detail = rows.take(inner.height);
    let text = review.session.text_at(review.session.position());
    let text = text.and_then(|text| review.session.text(&text)).unwrap_or_default();
    layout.detail_rows = text::wrap(text, inner.width as usize);
}

fn fill_question(layout: &mut Interview, inner: Rect, review: &Review, index: usize) {
    let session = &review.session;
    let (question, answer) = (session.question(index), session.answer(index));
    let field_width = inner.width.saturating_sub(LABELS) as usize;
    let roomy = inner.height >= 20;
    let gap = u16::from(roomy);
    let focus = if review.focus == Focus::Field { review.field() } else { Field::Answer };

    layout.detail_rows = text::wrap(&answer.detail, field_width);
    layout.note_rows = text::wrap(&answer.note, field_width);
    layout.cited = text::cited(&answer.detail);
    let is_cited = |link: &Link| layout.cited.iter().any(|cited| cited.url == link.url);
    layout.cites = answer.links.iter().map(is_cited).collect();
    layout.cited.retain(|cited| !answer.links.iter().any(|link| link.url == cited.url));

    let question_rows = count(&layout.question_rows).min(inner.height / 3).max(1);
    let answer_rows = match question.kind {
        Kind::Text => {
            layout.value_rows = text::wrap(&answer.value, field_width);
            count(&layout.value_rows).clamp(1, if roomy { 5 } else { 3 })
        }
        _ => choice_rows(session.questionnaire().choices(question), field_width),
    };
    let qualifier_rows = u16::from(!answer.qualifier.is_empty() || focus == Field::Qualifier);
    let flag_rows = u16::from(answer.flag.is_some());
    let links = answer.links.len() + layout.cited.len();
    let link_rows = (links.max(1) as u16).min(if roomy { 5 } else { 2 });
    let link_rows =
        link_rows + u16::from(matches!(focus, Field::LinkUrl | Field::LinkLabel | Field::LinkQuote)) * 3;
    let note_most = match (focus == Field::Note, roomy) {
        (true, true) => 6,
        (true, false) => 3,
        (false, true) => 2,
        (false, false) => 1,
    };
    let note_rows = (count(&layout.note_rows) + u16::from(focus == Field::Note && roomy)).clamp(1, note_most);
    let fixed =
        question_rows + answer_rows + qualifier_rows + 1 + flag_rows + link_rows + note_rows + gap * 5;
    let free = inner.height.saturating_sub(fixed);
    let help_needs = u16::try_from(layout.help_lines.len()).unwrap_or(u16::MAX);
    let detail_needs = count(&layout.detail_rows).max(3).saturating_add(1);
    let help = if free >= help_needs + detail_needs {
        help_needs
    } else {
        help_needs.min((free / 2).max(free.saturating_sub(detail_needs)))
    };
    let detail = free.saturating_sub(help).max(1);

    let mut rows = Rows { inner, y: inner.y };
    layout.question = rows.take(question_rows);
    rows.take(gap);
    layout.help = rows.take(help);
    rows.take(gap);
    layout.answer = rows.take(answer_rows);
    layout.qualifier = rows.take(qualifier_rows);
    layout.state = rows.take(1);
    rows.take(gap);
    let bottom = link_rows + note_rows + flag_rows + 2 * gap;
    let left = inner.bottom().saturating_sub(rows.y);
    // The detail gives way last: where there is no room, note and links go first.
    layout.detail = rows.take(detail.min(left.saturating_sub(bottom).max(1)));
    rows.take(gap);
    layout.links = rows.take(link_rows);
    rows.take(gap);
    layout.flag = rows.take(flag_rows);
    layout.note = rows.take(note_rows);
}

struct Rows {
    inner: Rect,
    y: u16,
}

impl Rows {
    fn take(&mut self, height: u16) -> Rect {
        let area = Rect { y: self.y, height, ..self.inner }.intersection(self.inner);
        self.y = self.y.saturating_add(height);
        if area.is_empty() { Rect::ZERO } else { area }
    }
}

/// The part of a field's area that is right of its label.
pub fn field(area: Rect) -> Rect {
    let labels = LABELS.min(area.width);
    Rect { x: area.x + labels, width: area.width - labels, ..area }
}

/// The first link shown in a list of `height` rows: the selected one is in sight while the list has the focus.
pub fn link_scroll(review: &Review, height: u16) -> usize {
    let has_focus = review.focus == Focus::Field;
    let editing = matches!(review.field(), Field::LinkUrl | Field::LinkLabel | Field::LinkQuote);
    let rows = height.saturating_sub(if editing { 3 } else { 0 }).max(1) as usize;
    let selected = review.session.position().link;
    if has_focus && (editing || review.field() == Field::Links) {
        (selected + 1).saturating_sub(rows)
    } else {
        0
    }
}

fn count(rows: &[text::Row]) -> u16 {
    u16::try_from(rows.len()).unwrap_or(u16::MAX)
}

/// Where each choice stands in the answer's field: column and row, and its width.
pub fn choice_places(choices: &[Choice], width: usize) -> Vec<(u16, u16, u16)> {
    let (mut x, mut y) = (0, 0);
    let mut places = Vec::new();
    for choice in choices {
        let columns = "[y] ● ".chars().count() + text::width(&choice.label);
        if x > 0 && x + columns > width {
            (x, y) = (0, y + 1);
        }
        places.push((x as u16, y, columns as u16));
        x += columns + 2;
    }
    places
}

fn choice_rows(choices: &[Choice], width: usize) -> u16 {
    choice_places(choices, width).last().map_or(1, |(_, y, _)| y + 1)
}

/// The column of labels beside the parts of a link.
pub const PART_LABELS: u16 = 9;

/// The first row of the list on the home screen.
pub const HOME_TOP: u16 = 3;

/// Where the parts of a dialog with an input and a list stand.
#[derive(Debug)]
pub struct ListDialogPlaces {
    /// All of it, with its border.
    pub body: Rect,
    /// The explanation.
    pub said: Rect,
    /// The input, with the sign before it.
    pub input: Rect,
    /// The entries.
    pub entries: Rect,
    /// All of what there is to say about the selected entry, where the list is short and that matters; else empty.
    pub about: Rect,
    /// How many rows each entry has.
    pub rows_each: usize,
    /// The first entry shown.
    pub scroll: usize,
}

/// A box of at most `most` columns in the middle, a little above the centre, as high as is wanted at its width.
pub fn middle(area: Rect, most: u16, wanted: impl Fn(u16) -> u16) -> Rect {
    let width = area.width.min(most);
    let height = wanted(width).min(area.height.saturating_sub(1));
    Rect { x: (area.width - width) / 2, y: (area.height - height) / 3, width, height }
}

/// The places for a dialog.
pub fn list_dialog(size: Size, list: &ListDialog) -> ListDialogPlaces {
    let area = Rect::new(0, 0, size.width, size.height);
    let explanation =
        |width: u16| text::wrap(&list.explanation, width.saturating_sub(4) as usize).len() as u16;
    let is_told_whole = list.purpose == Purpose::ChooseQuestionnaire;
    let about = |width: u16| {
        let rows = |entry: &Entry| text::wrap(&entry.detail, width.saturating_sub(4) as usize).len() as u16;
        if is_told_whole { list.entries.iter().map(rows).max().unwrap_or(0) + 1 } else { 0 }
    };
    let each = if is_told_whole { 1 } else { 2 };
    let rows = if list.has_list() { list.entries.len().clamp(3, 1000) as u16 * each + 1 } else { 0 };
    let body = middle(area, 84, |width| 4 + explanation(width) + rows + about(width));
    let inner = inset(body);
    let said = Rect { height: explanation(body.width).min(inner.height), ..inner };
    let input = Rect { y: said.bottom(), height: 1, ..inner }.intersection(inner);
    let top = input.y.saturating_add(2);
    let room = inner.bottom().saturating_sub(top);
    let told = about(body.width).min(room / 2);
    let entries = Rect { y: top, height: room - told, ..inner }.intersection(inner);
    let about = Rect { y: entries.bottom() + 1, height: told.saturating_sub(1), ..inner }.intersection(inner);
    // Where there is room, each entry has its detail on a row of its own.
    let rows_each = if !is_told_whole && list.entries.len() * 2 <= entries.height as usize { 2 } else { 1 };
    let shown = (entries.height as usize / rows_each).max(1);
    let scroll = (list.selected + 1).saturating_sub(shown);
    ListDialogPlaces { body, said, input, entries, about, rows_each, scroll }
}
