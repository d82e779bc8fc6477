//! The list of questions, with a sign for each answer.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use crate::questionnaire::Tone;
use crate::session::{Count, Reason, Session};
use crate::text;
use crate::tui::frame;
use crate::tui::state::{Focus, OutlineRow, Review};
use crate::tui::theme::Theme;

use super::chrome::pane;
use super::text::line;

/// Draws the outline; only the rows that are in sight.
pub fn view(buffer: &mut Buffer, area: Rect, review: &Review, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let has_focus = review.focus == Focus::Outline;
    let caret = if review.outline.is_typing { "▏" } else { "" };
    let title = format!("{}{caret}", review.outline.filter().title());
    pane(buffer, area, &title, has_focus, theme);
    let inner = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let session = &review.session;
    if review.outline.rows().is_empty() {
        line(
            buffer,
            Rect {
                x: inner.x + 1,
                height: 1.min(inner.height),
                width: inner.width.saturating_sub(1),
                ..inner
            },
            "None. Esc shows all.",
            theme.dim,
        );
    }
    let current = review.outline.row_of(session, &session.position().item);
    let rows =
        review.outline.rows().iter().enumerate().skip(review.outline.scroll).take(inner.height as usize);
    for (y, (index, row)) in rows.enumerate() {
        let area = Rect { y: inner.y + y as u16, height: 1, ..inner };
        let shown = describe(session, *row);
        let is_heading = shown.sign.is_none();
        let name = shown.sign.map_or(shown.name.to_owned(), |sign| format!("{sign} {}", shown.name));
        let right = shown.count.map(|count| format!("{}/{}", count.done, count.asked));
        let right = right.as_deref().unwrap_or(shown.mark);
        let style = match (index == current, is_heading) {
            (true, _) if has_focus => theme.selection,
            (true, _) => theme.strong,
            (false, true) => theme.dim,
            (false, false) => Style::new(),
        };
        let right_width = text::width(right) as u16;
        let left = Rect { width: area.width.saturating_sub(right_width + 1), ..area };
        if index == current && has_focus {
            buffer.set_style(area.intersection(buffer.area), style);
        }
        let mark = if index == current && !is_heading { "›" } else { " " };
        line(buffer, Rect { width: 1, ..left }, mark, style);
        line(buffer, Rect { x: left.x + 1, width: left.width.saturating_sub(1), ..left }, &name, style);
        line(
            buffer,
            Rect { x: area.right().saturating_sub(right_width), width: right_width, ..area },
            right,
            style,
        );
    }
}

/// What the outline is drawn from.
pub fn source(area: Rect, review: &Review) -> u64 {
    let outline = &review.outline;
    let rows = outline.rows().iter().skip(outline.scroll).take(area.height as usize);
    let rows: Vec<Described<'_>> = rows.map(|row| describe(&review.session, *row)).collect();
    let current = outline.row_of(&review.session, &review.session.position().item);
    let has_focus = review.focus == Focus::Outline;
    frame::source((rows, current, outline.scroll, outline.is_typing, outline.filter(), has_focus))
}

/// What a row says.
#[derive(Hash)]
struct Described<'a> {
    /// The sign of an answer, or of a part of the page; none for a heading.
    sign: Option<&'static str>,
    name: &'a str,
    /// What an answer lacks.
    mark: &'static str,
    /// The progress of a section.
    count: Option<Count>,
}

fn describe(session: &Session, row: OutlineRow) -> Described<'_> {
    let heading = |name, count| Described { sign: None, name, mark: "", count };
    let part = |name, text| Described { sign: Some(written(text)), name, mark: "", count: None };
    match row {
        OutlineRow::Section(section) => {
            let title = &session.questionnaire().sections[section].title;
            heading(title, Some(session.section_progress(section)))
        }
        OutlineRow::Question(index) => Described {
            sign: Some(sign(session, index)),
            name: &session.question(index).title,
            mark: mark(session, index),
            count: None,
        },
        OutlineRow::Page => heading("Page", None),
        OutlineRow::Introduction => part("Introduction", session.introduction()),
        OutlineRow::PageSection(index) => {
            let section = &session.sections()[index];
            part(&section.heading, &section.text)
        }
    }
}

fn written(text: &str) -> &'static str {
    if text.trim().is_empty() { "○" } else { "✓" }
}

/// The sign of the answer to a question.
pub fn sign(session: &Session, index: usize) -> &'static str {
    let answer = session.answer(index);
    if !answer.is_given() {
        return "○";
    }
    let choices = session.questionnaire().choices(session.question(index));
    let mut tones = choices.iter().filter(|c| answer.choices.contains(&c.id)).map(|c| c.tone);
    match (tones.next(), tones.next()) {
        (Some(Tone::Good | Tone::Neutral), None) | (None, _) => "✓",
        (Some(Tone::Bad), None) => "✗",
        (Some(Tone::Partial), None) => "◐",
        (Some(Tone::Unknown), None) => "?",
        (Some(Tone::NotApplicable), None) => "–",
        (Some(_), Some(_)) => "✓",
    }
}

/// What an answered question lacks, or that it is flagged.
fn mark(session: &Session, index: usize) -> &'static str {
    let answer = session.answer(index);
    let lacks = answer.is_given() && session.reasons(index).iter().any(|r| !matches!(r, Reason::Flagged(_)));
    match (answer.flag.is_some(), lacks) {
        (true, true) => "⚑!",
        (true, false) => "⚑",
        (false, true) => "!",
        (false, false) => "",
    }
}
