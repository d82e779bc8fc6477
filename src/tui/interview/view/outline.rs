//! Draws the outline: the questions with a symbol for each answer.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::session::{Match, Session};
use crate::text;
use crate::tui::interview::before::tone_symbol;
use crate::tui::interview::outline::OutlineRow;
use crate::tui::interview::state::{Focus, Interview};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::draw;

/// Draws the outline; only the rows that are shown are described.
pub fn view(interview: &Interview, theme: &Theme, frame: &mut Frame) {
    let area = interview.layout.outline;
    if area.is_empty() {
        return;
    }
    let (outline, session) = (&interview.bookmark.outline, interview.session());
    let has_focus = interview.bookmark.focus == Focus::Outline;
    let caret = if outline.is_typing { "▏" } else { "" };
    let title = format!("{}{caret}", outline.filter().title());
    draw::pane(frame, area, &title, has_focus, theme);
    let inner = draw::inset(area);
    // The mark of the current entry has the column next to the border.
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..inner };
    if outline.rows().is_empty() {
        draw::line(frame, draw::split(inner, 1).1, "None. Esc shows all.", theme.style(Role::Dim));
    }
    let current = outline.row_of(session, interview.item());
    let rows = outline.rows().iter().enumerate().skip(outline.scroll);
    for ((index, row), area) in rows.zip(inner.rows()) {
        let entry = describe(session, *row);
        draw_entry(frame, area, &entry, index == current, has_focus, theme);
    }
    draw::scrollbar(frame, inner, outline.rows().len(), outline.scroll, theme);
}

/// What a row says.
struct Entry<'a> {
    /// The symbol of an answer or of a part of the page; none for a heading.
    symbol: Option<(&'static str, Role)>,
    name: &'a str,
    /// The progress of a section, or what an answer lacks.
    right: String,
}

fn draw_entry(
    frame: &mut Frame,
    area: Rect,
    entry: &Entry<'_>,
    is_current: bool,
    has_focus: bool,
    theme: &Theme,
) {
    let role = match (is_current, has_focus, entry.symbol.is_some()) {
        (true, true, _) => Role::Selection,
        (true, false, _) => Role::Strong,
        (false, _, true) => Role::Text,
        (false, _, false) => Role::Dim,
    };
    let style = theme.style(role);
    if role == Role::Selection {
        frame.buffer_mut().set_style(area, style);
    }
    let width = text::width(&entry.right) as u16;
    let (left, right) = draw::split(area, area.width.saturating_sub(width + 1));
    let right = Rect { x: right.x + right.width.min(1), width: right.width.saturating_sub(1), ..right };
    let (mark, name) = draw::split(left, 1);
    let is_marked = is_current && entry.symbol.is_some();
    draw::line(frame, mark, if is_marked { "›" } else { "" }, style);
    let name = match entry.symbol {
        Some((symbol, role)) => {
            let (place, name) = draw::split(name, 2);
            let style = if is_current && has_focus { style } else { style.patch(theme.style(role)) };
            draw::line(frame, place, symbol, style);
            name
        }
        None => name,
    };
    draw::line(frame, name, entry.name, style);
    draw::line(frame, right, &entry.right, style);
}

fn describe(session: &Session, row: OutlineRow) -> Entry<'_> {
    match row {
        OutlineRow::Section(section) => {
            let count = session.section_progress(section);
            let name = &session.questionnaire().sections[section].title;
            Entry { symbol: None, name, right: format!("{}/{}", count.done, count.asked) }
        }
        OutlineRow::Question(index) => Entry {
            symbol: Some(symbol(session, index)),
            name: &session.question(index).title,
            right: format!("{}{}", missing(session, index), compared(session, index)),
        },
        OutlineRow::Page => Entry { symbol: None, name: "Page", right: String::new() },
        OutlineRow::Properties => part("Properties", session.properties_text()),
        OutlineRow::Introduction => part("Introduction", session.introduction()),
        OutlineRow::PageSection(index) => {
            let section = &session.sections()[index];
            part(&section.heading, &section.text)
        }
    }
}

fn part<'a>(name: &'a str, content: &str) -> Entry<'a> {
    let symbol = if content.trim().is_empty() { ("○", Role::Text) } else { ("✓", Role::Text) };
    Entry { symbol: Some(symbol), name, right: String::new() }
}

/// The symbol of the answer to a question, with the role of its tone.
fn symbol(session: &Session, index: usize) -> (&'static str, Role) {
    let answer = session.answer(index);
    if session.has_two_answers(index) {
        return ("≠", Role::Warning);
    }
    if !answer.is_answered() {
        return ("○", Role::Text);
    }
    match session.tone(index) {
        Some(tone) => (tone_symbol(tone), Role::of_tone(tone)),
        None => ("✓", Role::Text),
    }
}

/// In a session that continues an earlier one: whether the question is unchanged, differs, or is new. A
/// carried-over answer that was not read yet has a mark of its own.
fn compared(session: &Session, index: usize) -> &'static str {
    if session.previous().is_none() {
        return "";
    }
    match session.before(index).map(|before| before.r#match) {
        _ if session.answer(index).unread.0 => "«",
        Some(Match::Same | Match::Moved | Match::Renamed) => "=",
        Some(Match::Reworded | Match::OtherChoices | Match::OtherKind) => "~",
        Some(Match::Hidden | Match::Gone) | None => "+",
    }
}

/// Marks for a flag, and for an answer that lacks something.
fn missing(session: &Session, index: usize) -> &'static str {
    let answer = session.answer(index);
    match (answer.flag.is_some(), session.is_unsupported(index)) {
        (true, true) => "⚑!",
        (true, false) => "⚑",
        (false, true) => "!",
        (false, false) => "",
    }
}
