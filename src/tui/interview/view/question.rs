//! Draws a question with its fields.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::questionnaire::{Kind, Question, Tone};
use crate::session::{Field, LinkPart, TextRef};
use crate::tui::interview::layout::{CHOICE_INDENT, label, main_field};
use crate::tui::interview::state::Interview;
use crate::tui::keys::{Action, Context, InterviewAction, LinkAction, TextAction, key_of};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::field;
use crate::tui::widgets::{draw, rich};

/// Draws the pane of a question.
pub fn view(interview: &Interview, index: usize, theme: &Theme, frame: &mut Frame) {
    let (layout, question) = (&interview.layout, interview.session().question(index));
    let title = format!("{} · {}", index + 1, question.title);
    draw::pane(frame, layout.main, &title, interview.focused().is_some(), theme);
    let shown = &layout.question_rows[..layout.question_rows.len().min(layout.question.height as usize)];
    draw::rows(frame, layout.question, &question.text, shown, 0, theme.style(Role::Strong));
    if shown.len() < layout.question_rows.len() {
        draw::more(frame, layout.question, theme);
    }
    let scroll = interview.bookmark.help_scroll.min(layout.most_help_scroll());
    rich::draw(frame, layout.help, &layout.help_lines, scroll, theme);
    draw::scrollbar(frame, draw::spaced(layout.help), layout.help_lines.len(), scroll, theme);
    answer(interview, index, theme, frame);
    status(interview, theme, frame);
    let id = &question.id;
    let wanted = match interview.session().tone(index) {
        Some(Tone::Unknown) => "Where you looked, and when.",
        Some(Tone::Good | Tone::Bad | Tone::Partial | Tone::NotApplicable | Tone::Neutral) | None => {
            "What you found out."
        }
    };
    let placeholder = detail_placeholder(question, wanted, interview.focused() == Some(Field::Detail));
    named(interview, Field::Detail, "Detail", theme, frame);
    typed(interview, Field::Detail, Some(TextRef::Detail(id.clone())), &placeholder, theme, frame);
    evidence(interview, theme, frame);
    link_parts(interview, id, theme, frame);
    if !layout.flag.is_empty() {
        named(interview, Field::Flag, "⚑ Flag", theme, frame);
        typed(interview, Field::Flag, Some(TextRef::Flag(id.clone())), "what to ask, and whom", theme, frame);
    }
    named(interview, Field::Note, "Note", theme, frame);
    let placeholder = "Your own notes; never published.";
    typed(interview, Field::Note, Some(TextRef::Note(id.clone())), placeholder, theme, frame);
}

/// What to write into the detail. Without the focus, it has one row, which has no room for the keys.
fn detail_placeholder(question: &Question, wanted: &str, has_focus: bool) -> String {
    if !has_focus {
        return wanted.to_owned();
    }
    if question.skeleton.is_empty() {
        let key = key_of(&[Context::LongText], Action::Text(TextAction::MakeLink));
        return format!("{wanted} {key} turns words into a link.");
    }
    format!("{wanted}{}", model(question))
}

/// The key that inserts the model, to follow what to type; empty if there is none.
fn model(question: &Question) -> String {
    if question.skeleton.is_empty() {
        return String::new();
    }
    let key = key_of(&[Context::Interview], Action::Interview(InterviewAction::Skeleton));
    format!(" {key} inserts a model.")
}

/// The label of a field, marked if the field or a part of it has the focus.
fn named(interview: &Interview, field: Field, name: &str, theme: &Theme, frame: &mut Frame) {
    let layout = &interview.layout;
    let (area, has_focus) = match field {
        Field::Answer => (layout.answer, interview.focused() == Some(Field::Answer)),
        Field::Qualifier => (layout.qualifier, interview.focused() == Some(Field::Qualifier)),
        Field::Detail => (layout.detail, interview.focused() == Some(Field::Detail)),
        Field::Links | Field::LinkUrl | Field::LinkLabel | Field::LinkQuote => {
            (layout.evidence, interview.focused().map(main_field) == Some(Field::Links))
        }
        Field::Note => (layout.note, interview.focused() == Some(Field::Note)),
        Field::Flag => (layout.flag, interview.focused() == Some(Field::Flag)),
    };
    let (mark, role) = if has_focus { ("▌", Role::Accent) } else { (" ", Role::Dim) };
    draw::line(frame, label(area), &format!("{mark}{name}"), theme.style(role));
}

fn answer(interview: &Interview, index: usize, theme: &Theme, frame: &mut Frame) {
    let (layout, question) = (&interview.layout, interview.session().question(index));
    named(interview, Field::Answer, "Answer", theme, frame);
    let placeholder = match question.kind {
        Kind::Choice | Kind::MultiChoice => {
            choices(interview, index, layout.area(Field::Answer), theme, frame);
            None
        }
        Kind::Text => Some(format!("Type the answer.{}", model(question))),
        Kind::Number if question.integer => Some(format!("Whole number{}", range(question))),
        Kind::Number => Some(format!("Number{}", range(question))),
        Kind::Date if question.min.is_none() && question.max.is_none() => {
            Some("Date, for example 2026-11-22".to_owned())
        }
        Kind::Date => Some(format!("Date{}", range(question))),
    };
    if let Some(placeholder) = placeholder {
        let text_ref = Some(TextRef::Value(question.id.clone()));
        typed(interview, Field::Answer, text_ref, &placeholder, theme, frame);
    }
    if !layout.qualifier.is_empty() {
        named(interview, Field::Qualifier, "Qualifier", theme, frame);
        let text_ref = Some(TextRef::Qualifier(question.id.clone()));
        typed(interview, Field::Qualifier, text_ref, "for example: version dependent", theme, frame);
    }
}

/// The range of a value, to follow what kind of value it is.
fn range(question: &Question) -> String {
    match (&question.min, &question.max) {
        (Some(min), Some(max)) => format!("; from {min} to {max}"),
        (Some(min), None) => format!("; {min} or more"),
        (None, Some(max)) => format!("; {max} or less"),
        (None, None) => String::new(),
    }
}

fn choices(interview: &Interview, index: usize, area: Rect, theme: &Theme, frame: &mut Frame) {
    let session = interview.session();
    let (kind, chosen) = (session.question(index).kind, &session.answer(index).choices);
    let scroll = interview.choices_scroll();
    let places = &interview.layout.choices;
    let choices = session.choices(index).iter().zip(session.choice_keys(index));
    for ((choice, key), place) in choices.zip(places) {
        let is_chosen = chosen.contains(&choice.id);
        let mark = match (kind, is_chosen) {
            (Kind::MultiChoice, true) => "■",
            (Kind::MultiChoice, false) => "□",
            (Kind::Choice | Kind::Text | Kind::Number | Kind::Date, true) => "●",
            (Kind::Choice | Kind::Text | Kind::Number | Kind::Date, false) => "○",
        };
        let role = if is_chosen { Role::Strong } else { Role::Text };
        for (n, row) in place.rows.iter().enumerate() {
            let y = (place.y as usize + n).checked_sub(scroll).filter(|y| *y < area.height as usize);
            let Some(y) = y else { continue };
            let room = draw::split(Rect { y: area.y + y as u16, height: 1, ..area }, place.x).1;
            let (before, room) = draw::split(room, CHOICE_INDENT);
            if n == 0 {
                let (key_place, mark_place) = draw::split(before, 4);
                draw::line(frame, key_place, &format!("[{key}]"), theme.style(Role::Dim));
                draw::line(frame, mark_place, mark, theme.style(role));
            }
            draw::line(frame, room, choice.label[row.start..row.end].trim_end(), theme.style(role));
        }
    }
    if scroll < interview.layout.most_choices_scroll() {
        draw::more(frame, area, theme);
    }
}

/// Why the question is open, the basis, and recommendations. "…" shows that there is more, which the overview
/// has.
fn status(interview: &Interview, theme: &Theme, frame: &mut Frame) {
    let layout = &interview.layout;
    let area = draw::split(layout.status, layout.area(Field::Answer).x.saturating_sub(layout.status.x)).1;
    rich::draw(frame, area, &layout.status_lines, 0, theme);
    if layout.status_lines.len() > area.height as usize {
        draw::more(frame, area, theme);
    }
}

fn evidence(interview: &Interview, theme: &Theme, frame: &mut Frame) {
    let layout = &interview.layout;
    named(interview, Field::Links, "Evidence", theme, frame);
    let area = layout.area(Field::Links);
    let is_in_list = interview.focused().map(main_field) == Some(Field::Links);
    let selected = is_in_list.then_some(interview.session().position().link);
    let rows = layout.evidence_lines.iter().skip(layout.evidence_scroll);
    for ((line, link), room) in rows.zip(area.rows()) {
        line.draw(frame, room, theme);
        let is_first = line.0.first().is_some_and(|(text, _)| !text.starts_with(' '));
        if selected == Some(*link) && is_first {
            frame.buffer_mut().set_style(room, theme.style(Role::Selection));
        }
    }
    let (count, scroll) = (layout.evidence_lines.len(), layout.evidence_scroll);
    draw::scrollbar(frame, draw::spaced(area), count, scroll, theme);
    if layout.evidence_lines.is_empty() {
        let hint = if is_in_list {
            let key = key_of(&[Context::Links], Action::Links(LinkAction::New));
            format!("Press {key} for a new link, or paste URLs.")
        } else {
            "none".to_owned()
        };
        draw::line(frame, area, &hint, theme.style(Role::Dim));
    }
}

/// URL, label and quote of the link that is being edited.
fn link_parts(interview: &Interview, id: &str, theme: &Theme, frame: &mut Frame) {
    let layout = &interview.layout;
    if layout.link_parts.is_empty() {
        return;
    }
    let link = interview.session().position().link;
    let parts = [
        ("URL", LinkPart::Url, Field::LinkUrl, "https://"),
        ("Label", LinkPart::Label, Field::LinkLabel, "the words of the link"),
        ("Quote", LinkPart::Quote, Field::LinkQuote, "the words that support it"),
    ];
    let has_room = layout.link_parts.height >= 3;
    for (row, (name, part, field, placeholder)) in parts.into_iter().enumerate() {
        let has_focus = interview.focused() == Some(field);
        if !has_room && !has_focus {
            continue;
        }
        let style = theme.style(if has_focus { Role::Accent } else { Role::Dim });
        draw::line(frame, layout.link_part_label(row as u16), name, style);
        typed(interview, field, Some(TextRef::Link(id.to_owned(), link, part)), placeholder, theme, frame);
    }
}

/// Draws a text of the session in the area of its field, with the cursor if it has the focus.
pub fn typed(
    interview: &Interview,
    field: Field,
    text_ref: Option<TextRef>,
    placeholder: &str,
    theme: &Theme,
    frame: &mut Frame,
) {
    let Some(text_ref) = text_ref else { return };
    let Some(text) = interview.session().text(&text_ref) else { return };
    let has_focus = interview.text().as_ref() == Some(&text_ref);
    let shown = field::Field {
        text,
        caret: has_focus.then(|| interview.caret()),
        scroll: if has_focus { interview.scroll } else { 0 },
        rows: interview.rows(&text_ref),
        placeholder,
    };
    shown.draw(frame, interview.layout.area(field), theme);
}
