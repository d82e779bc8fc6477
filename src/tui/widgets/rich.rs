//! Text with roles: laid out once, drawn in the colours of any theme.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::text::{self, Run};
use crate::tui::theme::{Role, Theme};

use super::draw;

/// One row of text on the screen, in pieces that have a role each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RichLine(pub Vec<(String, Role)>);

impl RichLine {
    /// A row of one role.
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self(vec![(text.into(), role)])
    }

    /// Draws the row in the colours of a theme, cut with "…" if it does not fit.
    pub fn draw(&self, frame: &mut Frame, row: Rect, theme: &Theme) {
        let is_cut = row.width > 0 && self.is_wider_than(row.width as usize);
        let mut rest = Rect { width: row.width - u16::from(is_cut), ..row };
        for (text, role) in &self.0 {
            let used = draw::piece(frame, rest, text, theme.style(*role));
            rest = draw::split(rest, used).1;
        }
        if is_cut {
            draw::piece(frame, Rect { width: rest.width + 1, ..rest }, "…", theme.style(Role::Dim));
        }
    }

    /// Whether more than blanks at its end do not fit into so many columns.
    fn is_wider_than(&self, columns: usize) -> bool {
        // No text takes more columns than bytes, and to count bytes costs nothing.
        let bytes: usize = self.0.iter().map(|(text, _)| text.len()).sum();
        bytes > columns && text::width(self.to_string().trim_end()) > columns
    }

    /// The columns it takes.
    pub fn width(&self) -> usize {
        self.0.iter().map(|(text, _)| text::width(text)).sum()
    }
}

impl std::fmt::Display for RichLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|(text, _)| f.write_str(text))
    }
}

/// Two texts in one: `[-gone-]` and `{+new+}` between what both have, which has the role `same`.
pub fn difference(old: &str, new: &str, runs: &[Run], same: Role, gone: Role) -> Vec<(String, Role)> {
    let piece = |run: &Run| match run {
        Run::Same { old: range, .. } => (old[range.clone()].to_owned(), same),
        Run::Gone(range) => (format!("[-{}-]", &old[range.clone()]), gone),
        Run::New(range) => (format!("{{+{}+}}", &new[range.clone()]), Role::Good),
    };
    runs.iter().map(piece).collect()
}

/// Breaks text with roles into rows of at most `width` columns.
pub fn wrap(pieces: &[(String, Role)], width: usize) -> Vec<RichLine> {
    let whole: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
    let rows = text::wrap(&whole, width).into_iter();
    rows.map(|row| {
        let mut line = Vec::new();
        let mut start = 0;
        for (piece, role) in pieces {
            let end = start + piece.len();
            let (from, to) = (row.start.max(start), row.end.min(end));
            if from < to {
                line.push((text::visible(&whole[from..to]).into_owned(), *role));
            }
            start = end;
        }
        RichLine(line)
    })
    .collect()
}

/// Draws rows from number `scroll` on.
pub fn draw(frame: &mut Frame, area: Rect, lines: &[RichLine], scroll: usize, theme: &Theme) {
    for (line, row) in lines.iter().skip(scroll).zip(area.rows()) {
        line.draw(frame, row, theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn drawn(pieces: &[&str], width: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, 1)).unwrap();
        let line = RichLine(pieces.iter().map(|text| ((*text).to_owned(), Role::Text)).collect());
        let theme = Theme::new(false, false);
        let frame = terminal.draw(|frame| line.draw(frame, frame.area(), &theme)).unwrap();
        frame.buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn a_row_that_does_not_fit_ends_with_an_ellipsis() {
        assert_eq!(drawn(&["key: ", "value"], 10), "key: value");
        assert_eq!(drawn(&["key: ", "value", "  "], 10), "key: value");
        assert_eq!(drawn(&["key: ", "values", " (set)"], 10), "key: valu…");
        assert_eq!(drawn(&["key: ", "values"], 5), "key:…");
        assert_eq!(drawn(&["日本語"], 4), "日  …");
        assert_eq!(drawn(&["abc"], 1), "…");
        assert_eq!(drawn(&["abc"], 0), "");
    }
}
