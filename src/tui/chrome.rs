//! Header and footer: the same thing in the same place on every screen.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::session::Count;
use crate::text;

use super::current::Current;
use super::keys::{self, Action, Context};
use super::theme::{Role, Theme};
use super::widgets::draw;

/// The most rows that a message takes at the bottom of the screen.
const MESSAGE_ROWS: u16 = 5;

/// The screen as header, body and footer.
pub fn areas(area: Rect) -> [Rect; 3] {
    Layout::vertical([Constraint::Length(1), Constraint::Min(0), Constraint::Length(1)]).areas(area)
}

/// Draws the header of a screen that shows a session: subject, progress, and how it is saved.
pub fn header(frame: &mut Frame, area: Rect, current: &Current, theme: &Theme) {
    let (saved, role) = match (current.open.failure(), current.read_only()) {
        (Some(reason), _) => (format!("not saved: {reason}"), Role::Selection),
        (None, Some(reason)) => (format!("read-only: {reason}"), Role::Warning),
        (None, None) if theme.shows_edits => (format!("saved · edit {}", current.open.seq()), Role::Dim),
        (None, None) => ("saved".to_owned(), Role::Dim),
    };
    let most = area.width as usize * 2 / 3;
    let saved = text::truncate(&saved, most);
    let width = text::width(&saved) as u16;
    let [left, right, _] =
        Layout::horizontal([Constraint::Min(0), Constraint::Length(width), Constraint::Length(1)])
            .areas(area);
    frame.render_widget(Span::styled(saved, theme.style(role)), right);
    title(
        frame,
        Rect { x: left.x + 1.min(left.width), width: left.width.saturating_sub(3), ..left },
        current,
        theme,
    );
}

/// Subject, questionnaire and progress.
fn title(frame: &mut Frame, area: Rect, current: &Current, theme: &Theme) {
    let session = current.session();
    let count = session.progress();
    let gauge = format!("{}/{} ", count.done, count.asked);
    let flags = if count.flagged > 0 { format!("  ⚑{}", count.flagged) } else { String::new() };
    let bar = if frame.area().width >= 80 { 19 } else { 8 };
    let wanted = text::width(&gauge) + bar + text::width(&flags);
    let room = (area.width as usize).saturating_sub(wanted + 3);
    let name = format!("{} · {}", session.subject(), session.questionnaire().title);
    let again = session.previous().map(|previous| {
        (format!("{name} · re-review of {}", previous.day), session.comparison().replace(", ", " · "))
    });
    let (name, comparison) = match again {
        Some((longer, counts)) if text::width(&longer) + text::width(&counts) + 2 <= room => {
            (longer, format!("  {counts}"))
        }
        Some((longer, _)) if text::width(&longer) <= room => (longer, String::new()),
        Some(_) | None => (name, String::new()),
    };
    if room <= 8 {
        draw::line(frame, area, &name, theme.style(Role::Strong));
        return;
    }
    let line = Line::from(vec![
        Span::styled(text::truncate(&name, room), theme.style(Role::Strong)),
        Span::raw("   "),
        Span::raw(gauge),
        Span::raw(progress_bar(count, bar)),
        Span::raw(flags),
        Span::styled(comparison, theme.style(Role::Dim)),
    ]);
    frame.render_widget(line, area);
}

/// `▓▓▓▓░░░`
pub fn progress_bar(count: Count, width: usize) -> String {
    let filled = (count.done * width).checked_div(count.asked).unwrap_or(0).min(width);
    format!("{}{}", "▓".repeat(filled), "░".repeat(width - filled))
}

/// What the footer shows.
#[derive(Debug, Default)]
pub struct Footer<'a> {
    /// A message; it hides the keys until the next key press.
    pub message: &'a str,
    /// The contexts whose keys are shown.
    pub contexts: &'a [Context],
    /// Verbs in place of the table's own, such as "create" for Enter in a dialog. An action without a verb is
    /// not shown.
    pub verbs: Vec<(Action, &'a str)>,
    /// A hint shown before all others, as key and verb.
    pub first: Option<(String, &'a str)>,
}

/// Draws the footer. A message that is too long for a row takes more rows, over the bottom of the screen.
pub fn footer(frame: &mut Frame, area: Rect, footer: &Footer<'_>, theme: &Theme) {
    let inner = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
    if footer.message.is_empty() {
        return hints(frame, inner, footer, theme);
    }
    let message = text::one_line(footer.message);
    let rows = text::wrap(&message, inner.width as usize);
    let height = (rows.len() as u16).min(MESSAGE_ROWS).min(frame.area().height);
    let y = area.bottom().saturating_sub(height);
    frame.render_widget(Clear, Rect { y, height, ..area });
    draw::rows(frame, Rect { y, height, ..inner }, &message, &rows, 0, theme.style(Role::Strong));
}

/// The keys that matter here, as many as fit.
fn hints(frame: &mut Frame, area: Rect, footer: &Footer<'_>, theme: &Theme) {
    let mut hints: Vec<(String, &str)> = footer.first.clone().into_iter().collect();
    for binding in keys::footer(footer.contexts) {
        let verb = footer.verbs.iter().find(|(action, _)| *action == binding.action);
        let hint = (binding.keys[0].name(), verb.map_or(binding.footer, |(_, verb)| *verb));
        if !hint.1.is_empty() && !hints.iter().any(|(key, _)| *key == hint.0) {
            hints.push(hint);
        }
    }
    if !hints.iter().any(|(_, verb)| *verb == "help") {
        hints.push(("F1".to_owned(), "help"));
    }
    let mut spans = Vec::new();
    let mut used = 0;
    for (key, verb) in hints {
        let separator = if spans.is_empty() { "" } else { " · " };
        used += text::width(separator) + text::width(&key) + 1 + text::width(verb);
        if used > area.width as usize {
            break;
        }
        spans.push(Span::styled(separator, theme.style(Role::Dim)));
        spans.push(Span::raw(key));
        spans.push(Span::styled(format!(" {verb}"), theme.style(Role::Dim)));
    }
    frame.render_widget(Line::from(spans), area);
}
