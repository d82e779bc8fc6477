//! Draws the comparison of two sessions.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::session::{FieldDiff, ItemDiff, State};
use crate::text;
use crate::tui::chrome::areas;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::{draw, rich};

use super::state::{Compare, panes};

/// Draws the comparison.
pub fn view(compare: &Compare, theme: &Theme, frame: &mut Frame) {
    let [top, ..] = areas(frame.area());
    let comparison = compare.compared.comparison(compare.shows());
    let top = Rect { x: top.x + 1.min(top.width), width: top.width.saturating_sub(2), ..top };
    let counts = comparison.counts();
    let room = (top.width as usize).saturating_sub(text::width(&counts) + 3);
    let heading = text::one_line(&format!("Compare · {}", comparison.heading()));
    let (left, right) = draw::split(top, if room > 20 { room as u16 + 3 } else { top.width });
    draw::line(
        frame,
        Rect { width: left.width.saturating_sub(3), ..left },
        &heading,
        theme.style(Role::Strong),
    );
    draw::line(frame, right, &counts, theme.style(Role::Dim));
    let [list, detail] = panes(Size::new(frame.area().width, frame.area().height));
    let items = compare.items();
    draw::pane(frame, list, if compare.shows_all { "Everything" } else { "Changes" }, true, theme);
    items_view(compare, &items, draw::inset(list), theme, frame);
    let selected = items.get(compare.selected);
    let title = selected.map(|item| format!("{} · {}", item.title, item.state.label())).unwrap_or_default();
    draw::pane(frame, detail, &text::one_line(&title), false, theme);
    let inner = draw::inset(detail);
    rich::draw(frame, inner, &compare.rows, compare.scroll, theme);
    draw::scrollbar(frame, inner, compare.rows.len(), compare.scroll, theme);
}

fn items_view(compare: &Compare, items: &[&ItemDiff], area: Rect, theme: &Theme, frame: &mut Frame) {
    if items.is_empty() {
        draw::line(frame, area, "Nothing differs.", theme.style(Role::Dim));
    }
    let rows = items.iter().enumerate().skip(compare.list_scroll);
    for ((index, item), row) in rows.zip(area.rows()) {
        let is_selected = index == compare.selected;
        let style = theme.style(if is_selected { Role::Selection } else { Role::Text });
        if is_selected {
            frame.buffer_mut().set_style(row, style);
            let mark = Rect { x: row.x.saturating_sub(1), width: 1, ..row };
            draw::line(frame, mark, "›", theme.style(Role::Accent));
        }
        let more = more(item);
        let width = (text::width(&more) as u16).min(row.width / 2);
        let (left, right) = draw::split(row, row.width - width);
        let (symbol, title) = draw::split(left, 2);
        draw::line(frame, symbol, self::symbol(item.state), style);
        let title = Rect { width: title.width.saturating_sub(1), ..title };
        draw::line(frame, title, &text::one_line(&item.title), style);
        draw::line(frame, right, &more, style);
    }
    draw::scrollbar(frame, area, items.len(), compare.list_scroll, theme);
}

/// The sign of a change.
fn symbol(state: State) -> &'static str {
    match state {
        State::Same => "=",
        State::Trivia => "·",
        State::Links | State::Words => "~",
        State::Verdict => "●",
        State::Added => "+",
        State::Gone => "-",
    }
}

/// What changed, in a few words: both answers, or the kind of change.
fn more(item: &ItemDiff) -> String {
    let answers = item.fields.iter().find_map(|field| match field {
        FieldDiff::Choice { old, new } if item.state == State::Verdict => {
            let none =
                |labels: &[String]| if labels.is_empty() { "○".to_owned() } else { labels.join(", ") };
            Some(text::one_line(&format!("{} → {}", none(old), none(new))))
        }
        FieldDiff::Choice { .. } | FieldDiff::Text { .. } | FieldDiff::Link(_) | FieldDiff::Basis { .. } => {
            None
        }
    });
    answers.unwrap_or_else(|| item.state.label().to_owned())
}
