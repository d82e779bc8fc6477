//! The interview: one question, what helps to answer it, and the answer.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use crate::questionnaire::{Kind, Severity};
use crate::session::{Answer, Field, LinkPart, TextRef};
use crate::text;
use crate::tui::frame::{Frame, source};
use crate::tui::layout;
use crate::tui::places::Interview;
use crate::tui::state::{Focus, Review, State};
use crate::tui::theme::Theme;

use super::mark::mark;
use super::text::{self as drawing, dressed, field_row, line, rows};
use super::{chrome, outline};

/// Draws the interview.
pub fn view(state: &State, review: &Review, theme: &Theme, frame: &mut Frame) {
    let layout = &review.places;
    chrome::header(frame, layout.header, review, theme);
    frame.part(layout.outline, Some(outline::source(layout.outline, review)), |frame| {
        outline::view(frame.buffer_mut(), layout.outline, review, theme);
    });
    match review.question() {
        Some(index) => question(layout, review, index, theme, frame),
        None => part(layout, review, theme, frame),
    }
    mark(frame.buffer_mut(), layout::inset(layout.main), review.marked(), theme.found);
    mark(frame.buffer_mut(), layout::inset(layout.outline), review.marked(), theme.found);
    chrome::footer(frame, layout.footer, state, theme);
}

/// How the screen is arranged while a question is shown: where something moves, all is drawn anew.
pub fn arrangement(state: &State, question: usize) -> u64 {
    let places = state.review.as_ref().map(|review| {
        let p = &review.places;
        let above = (&review.id, p.outline, p.main, p.question, p.help, p.answer, p.qualifier, p.state);
        (above, p.detail, p.links, p.flag, p.note)
    });
    source((places, question, state.size))
}

/// The pane in four: question and help, the answer, the detail, and what follows it. Without room, the last two are empty.
fn quarters(layout: &Interview) -> [Rect; 4] {
    let main = layout.main;
    let start = |area: Rect, before: u16| if area.is_empty() { main.bottom() } else { area.y.max(before) };
    let answer = start(layout.answer, main.y);
    let detail = start(layout.detail, answer);
    let rest = start(layout.links, detail);
    let between = |from: u16, to: u16| Rect { y: from, height: to - from, ..main };
    [between(main.y, answer), between(answer, detail), between(detail, rest), between(rest, main.bottom())]
}

/// A part of the page: its prompt and its text.
fn part(layout: &Interview, review: &Review, theme: &Theme, frame: &mut Frame) {
    let text_ref = review.session.text_at(review.session.position());
    let title = match text_ref {
        Some(TextRef::Section(index)) => review.session.sections()[index].heading.as_str(),
        _ => "Introduction",
    };
    chrome::pane(frame.buffer_mut(), layout.main, title, review.focus == Focus::Field, theme);
    let prompt = review.session.prompt(&review.session.position().item);
    rows(frame.buffer_mut(), layout.question, prompt, &layout.question_rows, theme.help);
    typed(frame, layout.detail, review, text_ref, "Nothing written yet.", theme);
}

fn question(layout: &Interview, review: &Review, index: usize, theme: &Theme, frame: &mut Frame) {
    let [above, given, detailed, rest] = quarters(layout);
    let has_focus = review.focus == Focus::Field;
    let (answer, position) = (review.session.answer(index), review.session.position());
    frame.part(above, Some(source((index, has_focus, review.help_scroll))), |frame| {
        let question = review.session.question(index);
        let title = format!("{} · {}", index + 1, question.title);
        chrome::head(frame.buffer_mut(), layout.main, above, &title, has_focus, theme);
        rows(frame.buffer_mut(), layout.question, &question.text, &layout.question_rows, theme.strong);
        help(layout, review, theme, frame);
    });
    let reasons = review.session.reasons(index);
    let of_answer = (&answer.choices, &answer.value, &answer.qualifier, &answer.flag, answer.basis);
    let of_answer = source((index, has_focus, of_answer, reasons));
    // A part with the cursor in it is drawn each time: the frame has the cursor of what was drawn.
    let unless =
        |fields: &[Field], source: u64| (!has_focus || !fields.contains(&position.field)).then_some(source);
    frame.part(given, unless(&[Field::Answer, Field::Qualifier], of_answer), |frame| {
        chrome::sides(frame.buffer_mut(), layout.main, given, has_focus, theme);
        given_answer(layout, review, index, theme, frame);
    });
    detail(layout, detailed, review, index, theme, frame);
    let fields = [Field::Links, Field::LinkUrl, Field::LinkLabel, Field::LinkQuote, Field::Note, Field::Flag];
    let of_rest = (&answer.links, &layout.cites, &layout.cited, &answer.flag, &answer.note);
    let of_rest = source((index, has_focus, of_rest));
    frame.part(rest, unless(&fields, of_rest), |frame| {
        chrome::sides(frame.buffer_mut(), layout.main, rest, has_focus, theme);
        evidence(layout, review, index, theme, frame);
    });
}

/// The label of a field, marked where the field, or a part of it, has the focus.
fn label(frame: &mut Frame, area: Rect, name: &str, review: &Review, fields: &[Field], theme: &Theme) {
    let has_focus = review.focus == Focus::Field && fields.contains(&review.field());
    let style = if has_focus { theme.accent } else { theme.dim };
    let name = if has_focus { format!("▌{name}") } else { format!(" {name}") };
    let room = Rect { width: area.width.min(layout::LABELS), height: area.height.min(1), ..area };
    line(frame.buffer_mut(), room, &name, style);
}

/// The answer, what limits it, and what is to be said of it.
fn given_answer(layout: &Interview, review: &Review, index: usize, theme: &Theme, frame: &mut Frame) {
    let question = review.session.question(index);
    let id = question.id.clone();
    label(frame, layout.answer, "Answer", review, &[Field::Answer], theme);
    if question.kind.has_choices() {
        choices(layout::field(layout.answer), review, index, theme, frame.buffer_mut());
    } else {
        let placeholder = match question.kind {
            Kind::Number => "a number",
            Kind::Date => "a day, as 2026-11-22",
            _ => "type the answer",
        };
        typed(
            frame,
            layout::field(layout.answer),
            review,
            Some(TextRef::Value(id.clone())),
            placeholder,
            theme,
        );
    }
    label(frame, layout.qualifier, "Qualifier", review, &[Field::Qualifier], theme);
    let qualifier = layout::field(layout.qualifier);
    typed(frame, qualifier, review, Some(TextRef::Qualifier(id)), "such as: version dependent", theme);
    state_line(layout::field(layout.state), review, index, theme, frame.buffer_mut());
}

/// The detail. Each row is a part of its own: a key changes one of them, or a few.
fn detail(layout: &Interview, area: Rect, review: &Review, index: usize, theme: &Theme, frame: &mut Frame) {
    let text_ref = TextRef::Detail(review.session.question(index).id.clone());
    let placeholder = "What you found out, in your words. Ctrl-K makes a link.";
    let Some(shown) = typing(review, &text_ref, placeholder) else { return };
    let (room, has_focus) = (layout::field(layout.detail), review.focus == Focus::Field);
    for row in area.rows() {
        let content = row.y.checked_sub(room.y).filter(|y| *y < room.height);
        let content = content.map(|y| shown.row(y as usize, room.width)).unwrap_or_default();
        frame.part(row, Some(source((&content, has_focus, review.field()))), |frame| {
            chrome::sides(frame.buffer_mut(), layout.main, row, has_focus, theme);
            let first = Rect { height: layout.detail.height.min(1), ..layout.detail };
            label(frame, first.intersection(row), "Detail", review, &[Field::Detail], theme);
            field_row(frame.buffer_mut(), room.intersection(row), &content, theme);
        });
    }
    if let Some(cursor) = shown.cursor(room) {
        frame.set_cursor_position(cursor);
    }
}

/// Links, flag and note.
fn evidence(layout: &Interview, review: &Review, index: usize, theme: &Theme, frame: &mut Frame) {
    let session = &review.session;
    let (id, answer) = (session.question(index).id.clone(), session.answer(index));
    label(
        frame,
        layout.links,
        "Links",
        review,
        &[Field::Links, Field::LinkUrl, Field::LinkLabel, Field::LinkQuote],
        theme,
    );
    links(layout::field(layout.links), review, index, theme, frame);
    if answer.flag.is_some() {
        label(frame, layout.flag, "⚑ Flag", review, &[Field::Flag], theme);
        typed(
            frame,
            layout::field(layout.flag),
            review,
            Some(TextRef::Flag(id.clone())),
            "what to ask, and whom",
            theme,
        );
    }
    label(frame, layout.note, "Note", review, &[Field::Note], theme);
    typed(
        frame,
        layout::field(layout.note),
        review,
        Some(TextRef::Note(id)),
        "For yourself; not published.",
        theme,
    );
}

/// Help in italics, then guidance; with a mark where there is more.
fn help(layout: &Interview, review: &Review, theme: &Theme, frame: &mut Frame) {
    let (area, lines) = (layout.help, &layout.help_lines);
    if area.is_empty() {
        return;
    }
    let most = lines.len().saturating_sub(area.height as usize);
    let scroll = review.help_scroll.min(most);
    let buffer = frame.buffer_mut();
    dressed(buffer, area, lines, scroll, theme);
    if scroll < most {
        let hint = " … more: Ctrl-Down ";
        let columns = (hint.chars().count() as u16).min(area.width);
        let at = Rect { x: area.right() - columns, y: area.bottom() - 1, width: columns, height: 1 };
        line(buffer, at, hint, theme.dim);
    }
}

fn choices(area: Rect, review: &Review, index: usize, theme: &Theme, buffer: &mut Buffer) {
    let session = &review.session;
    let question = session.question(index);
    let set = question.answer_set.as_ref().and_then(|name| session.questionnaire().answer_sets.get(name));
    let Some(set) = set else { return };
    let chosen = &session.answer(index).choices;
    let places = layout::choice_places(&set.choices, area.width as usize);
    let keys = set.keys();
    for ((choice, key), (x, y, width)) in set.choices.iter().zip(keys).zip(places) {
        if y >= area.height {
            break;
        }
        let is_chosen = chosen.contains(&choice.id);
        let mark = match (question.kind, is_chosen) {
            (Kind::MultiChoice, true) => "■",
            (Kind::MultiChoice, false) => "□",
            (_, true) => "●",
            (_, false) => "○",
        };
        let style = if is_chosen { theme.strong } else { Style::new() };
        let at =
            Rect { x: area.x + x, y: area.y + y, width: width.min(area.width.saturating_sub(x)), height: 1 };
        let used = line(buffer, at, &format!("[{key}]"), theme.dim);
        let rest = Rect { x: at.x + used + 1, width: at.width.saturating_sub(used + 1), ..at };
        line(buffer, rest, &format!("{mark} {}", choice.label), style);
    }
}

/// Why the question is open, how the answer is known, and the advice on it.
fn state_line(area: Rect, review: &Review, index: usize, theme: &Theme, buffer: &mut Buffer) {
    let session = &review.session;
    let (question, answer) = (session.question(index), session.answer(index));
    let mut x = area.x;
    let mut put = |text: &str, style: Style| {
        if !text.is_empty() && x < area.right() {
            let room = Rect { x, width: area.right() - x, ..area };
            x += line(buffer, room, text, style) + 2;
        }
    };
    if answer.is_given() || answer.flag.is_some() || !answer.qualifier.is_empty() {
        let reasons: Vec<String> = session.reasons(index).iter().map(ToString::to_string).collect();
        if !reasons.is_empty() {
            put(&format!("! {}", reasons.join("; ")), theme.warning);
        }
    }
    if let Some(basis) = answer.basis {
        put(&format!("known by: {}", basis.label()), theme.dim);
    }
    for advice in answer.choices.iter().filter_map(|id| question.advice.get(id)) {
        put(&format!("{}: {}", severity(advice.severity), advice.text), Style::new());
    }
}

/// The name of a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

/// The links, each on a row: those listed, then those that the detail cites; under them the parts of the one that is edited.
fn links(area: Rect, review: &Review, index: usize, theme: &Theme, frame: &mut Frame) {
    if area.is_empty() {
        return;
    }
    let session = &review.session;
    let answer = session.answer(index);
    let position = session.position();
    let has_focus = review.focus == Focus::Field;
    let editing = has_focus && matches!(position.field, Field::LinkUrl | Field::LinkLabel | Field::LinkQuote);
    let list = Rect { height: area.height.saturating_sub(if editing { 3 } else { 0 }).max(1), ..area };
    let rows = link_rows(answer, &review.places);
    let scroll = layout::link_scroll(review, area.height);
    for (y, (number, text, is_cited)) in rows.iter().skip(scroll).take(list.height as usize).enumerate() {
        let at = Rect { y: list.y + y as u16, height: 1, ..list };
        let is_selected =
            has_focus && position.link == scroll + y && (editing || position.field == Field::Links);
        let style = match (is_selected, is_cited) {
            (true, _) => theme.selection,
            (false, true) => theme.dim,
            (false, false) => Style::new(),
        };
        line(frame.buffer_mut(), at, &format!("{number} {text}"), style);
    }
    if rows.is_empty() {
        let hint = if has_focus && position.field == Field::Links {
            "none; n makes one, or paste an address"
        } else {
            "none"
        };
        line(frame.buffer_mut(), list, hint, theme.dim);
    }
    if editing && area.height > 3 {
        let id = session.question(index).id.clone();
        let parts = [("Address", LinkPart::Url), ("Label", LinkPart::Label), ("Quote", LinkPart::Quote)];
        for (y, (name, part)) in parts.into_iter().enumerate() {
            let row = Rect { y: area.bottom() - 3 + y as u16, height: 1, ..area };
            let labels = layout::PART_LABELS.min(row.width);
            let text_ref = TextRef::Link(id.clone(), position.link, part);
            let is_here = review.text().as_ref() == Some(&text_ref);
            let style = if is_here { theme.accent } else { theme.dim };
            line(frame.buffer_mut(), Rect { width: labels, ..row }, name, style);
            let value = Rect { x: row.x + labels, width: row.width - labels, ..row };
            let placeholder = if part == LinkPart::Url { "https://" } else { "" };
            typed(frame, value, review, Some(text_ref), placeholder, theme);
        }
    }
}

/// Number, text, and whether it is only cited.
fn link_rows(answer: &Answer, places: &Interview) -> Vec<(usize, String, bool)> {
    let mut rows = Vec::new();
    for (link, is_cited) in answer.links.iter().zip(&places.cites) {
        let mut text = format!("{} · {}", link.shown_label(), text::host(&link.url));
        if !link.retrieved.is_empty() {
            text.push_str(&format!(" · {}", link.retrieved));
        }
        if *is_cited {
            text.push_str(" · cited");
        }
        let is_twice = answer.links.iter().filter(|other| other.url == link.url).count() > 1;
        if let Some(problem) = text::url_problem(&link.url) {
            text = format!("! {} · {}", link.shown_label(), problem.describe());
        } else if is_twice {
            text = format!("! {} · {} · listed twice", link.shown_label(), text::host(&link.url));
        }
        rows.push((rows.len() + 1, text, false));
    }
    for c in &places.cited {
        let warning = if text::is_openable(&c.url) { "" } else { "! " };
        rows.push((rows.len() + 1, format!("{warning}{} · {} · cited", c.label, text::host(&c.url)), true));
    }
    rows
}

/// Draws a text of the session; with the cursor if it has the focus.
fn typed(
    frame: &mut Frame,
    area: Rect,
    review: &Review,
    text_ref: Option<TextRef>,
    placeholder: &str,
    theme: &Theme,
) {
    if let Some(shown) = text_ref.and_then(|text_ref| typing(review, &text_ref, placeholder)) {
        drawing::field(frame, area, &shown, theme);
    }
}

/// A text of the session as it is typed into.
fn typing<'a>(review: &'a Review, text_ref: &TextRef, placeholder: &'a str) -> Option<drawing::Field<'a>> {
    let has_focus = review.text().as_ref() == Some(text_ref);
    Some(drawing::Field {
        text: review.session.text(text_ref)?,
        caret: has_focus.then(|| review.caret()),
        scroll: if has_focus { review.scroll } else { 0 },
        rows: review.rows(text_ref),
        placeholder,
    })
}
