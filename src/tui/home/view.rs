//! Draws the home screen.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Row, Table, TableState};

use crate::store::Summary;
use crate::text;
use crate::tui::chrome::{areas, progress_bar};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::draw;
use crate::workspace::{RepositoryState, Shelf};

use super::state::{Home, entries};

const WELCOME: &str =
    "No sessions yet. Choose a questionnaire and press Enter, or press i to import a published page.";

/// The columns of the table, the first ones to disappear in a narrow terminal last.
const SUBJECT: usize = 16;
const PROGRESS: u16 = 14;
const FLAGS: u16 = 4;
const CHANGED: u16 = 11;

/// Draws the home screen.
pub fn view(home: &Home, now: Timestamp, theme: &Theme, frame: &mut Frame) {
    let [header, _, _] = areas(frame.area());
    let title = match home.shelf {
        Shelf::Active => "Querist · sessions",
        Shelf::Archive => "Querist · archive (A: back to the sessions, Enter: move one back)",
        Shelf::Trash => "Querist · trash (T: back to the sessions, Enter: move one back)",
    };
    let header = Rect { x: header.x + 1.min(header.width), width: header.width.saturating_sub(2), ..header };
    draw::line(frame, header, title, theme.style(Role::Strong));
    if let Some(repository) = &home.repository {
        let shown = repository_line(repository);
        let (_, rest) = draw::split(header, text::width(title) as u16);
        draw::line(frame, rest, &shown, theme.style(Role::Dim));
    }
    let area = entries(frame.area().as_size(), home.is_empty());
    if home.is_empty() {
        offers(home, area, theme, frame);
    } else if home.sessions.is_empty() {
        draw::line(frame, Rect { y: 2, height: 1, ..area }, "There is nothing here.", theme.style(Role::Dim));
    } else {
        sessions(home, area, now, theme, frame);
    }
}

/// Branch and number of sessions that are not committed.
fn repository_line(repository: &RepositoryState) -> String {
    let left = match repository.uncommitted {
        0 => "all committed".to_owned(),
        count => format!("{count} not committed"),
    };
    format!(" · git: {}, {left}", repository.branch)
}

/// The questionnaires, while there is no session.
fn offers(home: &Home, area: Rect, theme: &Theme, frame: &mut Frame) {
    let welcome = Rect { y: 2, height: area.y.saturating_sub(3), width: area.width.min(96), ..area };
    draw::wrapped(frame, welcome, WELCOME, Style::new());
    let width = home.offers.iter().map(|offer| text::width(&offer.title)).max().unwrap_or(0) as u16;
    for (y, offer) in home.offers.iter().enumerate().skip(home.scroll).take(area.height as usize) {
        let row = Rect { y: area.y + (y - home.scroll) as u16, height: 1, ..area };
        let is_selected = y == home.selected;
        let style = theme.style(if is_selected { Role::Selection } else { Role::Text });
        let (mark, rest) = draw::split(row, 2);
        draw::line(frame, mark, if is_selected { "›" } else { "" }, theme.style(Role::Accent));
        let (title, rest) = draw::split(rest, width + 2);
        draw::line(frame, title, &offer.title, style);
        let (about, role) = match &offer.problem {
            Some(problem) => (problem, Role::Warning),
            None => (&offer.description, Role::Dim),
        };
        draw::line(frame, rest, about, theme.style(role));
    }
}

/// The sessions as a table.
fn sessions(home: &Home, area: Rect, now: Timestamp, theme: &Theme, frame: &mut Frame) {
    let columns = Columns::of(area.width);
    let rows = home
        .sessions
        .iter()
        .map(|summary| columns.row(summary, home.marked.contains(&summary.id), now, theme));
    let header =
        Row::new(columns.pick(["Subject", "Questionnaire", "Progress", "", "Changed"].map(Line::from)));
    let table = Table::new(rows, columns.widths())
        .header(header.style(theme.style(Role::Dim)))
        .row_highlight_style(theme.style(Role::Selection))
        .highlight_symbol(Span::styled("› ", theme.style(Role::Accent)));
    let with_header = Rect { y: area.y.saturating_sub(1), height: area.height + 1, ..area };
    let mut state = TableState::new().with_offset(home.scroll).with_selected(home.selected);
    frame.render_stateful_widget(table, with_header, &mut state);
    draw::scrollbar(frame, area, home.sessions.len(), home.scroll, theme);
}

/// Which columns there is room for.
struct Columns {
    has_questionnaire: bool,
    has_progress: bool,
    has_changed: bool,
    /// The width of subject and questionnaire.
    names: [u16; 2],
}

impl Columns {
    fn of(width: u16) -> Self {
        let has_progress = width >= 40;
        let has_changed = width >= 56;
        let has_questionnaire = width >= 76;
        let fixed =
            u16::from(has_progress) * (PROGRESS + FLAGS + 2) + u16::from(has_changed) * (CHANGED + 1) + 2;
        let rest = width.saturating_sub(fixed + u16::from(has_questionnaire)).max(SUBJECT as u16);
        let subject = if has_questionnaire { rest * 3 / 5 } else { rest };
        Self { has_questionnaire, has_progress, has_changed, names: [subject, rest - subject] }
    }

    fn pick<T>(&self, [subject, questionnaire, progress, flags, changed]: [T; 5]) -> Vec<T> {
        let mut cells = vec![subject];
        cells.extend(self.has_questionnaire.then_some(questionnaire));
        cells.extend(self.has_progress.then_some(progress));
        cells.extend(self.has_progress.then_some(flags));
        cells.extend(self.has_changed.then_some(changed));
        cells
    }

    fn widths(&self) -> Vec<Constraint> {
        let [subject, questionnaire] = self.names;
        self.pick([subject, questionnaire, PROGRESS, FLAGS, CHANGED].map(Constraint::Length))
    }

    fn row(&self, summary: &Summary, is_marked: bool, now: Timestamp, theme: &Theme) -> Row<'static> {
        let cell = |text: &str, width: u16| Line::from(text::truncate(text, width as usize).into_owned());
        let [subject, questionnaire] = self.names;
        if let Some(problem) = &summary.problem {
            let message = format!("! {}: {problem}", summary.id);
            let whole = subject + questionnaire;
            return Row::new(vec![cell(&message, whole)]).style(theme.style(Role::Warning));
        }
        let count = summary.progress;
        let progress = format!("{} {}/{}", progress_bar(count, 6), count.done, count.asked);
        let flags = if count.flagged > 0 { format!("⚑{}", count.flagged) } else { String::new() };
        Row::new(self.pick([
            cell(&format!("{}{}", if is_marked { "* " } else { "" }, summary.subject), subject),
            cell(&summary.questionnaire, questionnaire),
            cell(&progress, PROGRESS),
            cell(&flags, FLAGS),
            cell(&changed(summary.changed, now), CHANGED),
        ]))
    }
}

/// The time of the last change: of today, the hour; otherwise the date.
fn changed(changed: Timestamp, now: Timestamp) -> String {
    let (changed, now) = (changed.to_zoned(TimeZone::system()), now.to_zoned(TimeZone::system()));
    let is_today = changed.date() == now.date();
    changed.strftime(if is_today { "today %H:%M" } else { "%Y-%m-%d" }).to_string()
}
