//! What the comparison of many services knows.

use ratatui::layout::{Rect, Size};

use crate::report::{MatrixShows, matrix_rows, tally_text};
use crate::session::{Cell, Column, Matrix, MatrixRow};
use crate::text;
use crate::tui::chrome::areas;
use crate::tui::keys::Context;
use crate::tui::widgets::list::scroll_to;

/// The most columns that the names of the questions take, and the name of a service.
const WIDEST: [u16; 2] = [34, 18];

/// The comparison of many services.
#[derive(Debug)]
pub struct MatrixScreen {
    /// The questions and sessions.
    pub matrix: Matrix,
    /// Whether only questions are shown that are answered differently.
    pub differing: bool,
    /// The selected row among those shown.
    pub row: usize,
    /// The selected column.
    pub column: usize,
    /// The first row shown.
    pub scroll: usize,
    /// The first column shown.
    pub first: usize,
    /// Where everything is on the screen.
    pub layout: MatrixLayout,
}

/// Where everything is on the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MatrixLayout {
    /// The names of the services, and when they were reviewed.
    pub head: Rect,
    /// The rows of questions.
    pub body: Rect,
    /// The counts, and the words of the selected answer.
    pub foot: Rect,
    /// The width of the names of the questions.
    pub names: u16,
    /// The width of a service.
    pub column: u16,
    /// How many services are shown.
    pub columns: usize,
    /// Whether there is room for the number of answers that are not good.
    pub has_not_good: bool,
}

/// The width of the number of answers that are not good.
pub(super) const NOT_GOOD: u16 = 9;

impl MatrixScreen {
    /// The comparison of these services.
    pub fn new(matrix: Matrix) -> Self {
        let layout = MatrixLayout::default();
        Self { matrix, differing: false, row: 0, column: 0, scroll: 0, first: 0, layout }
    }

    /// The contexts of the keys here, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        &[Context::Matrix, Context::Everywhere]
    }

    /// The rows that are shown.
    pub fn rows(&self) -> Vec<&MatrixRow> {
        matrix_rows(&self.matrix, self.shows()).collect()
    }

    /// What is shown of the matrix.
    pub fn shows(&self) -> MatrixShows {
        MatrixShows { differing: self.differing, ..MatrixShows::default() }
    }

    /// The selected answer.
    pub fn cell(&self) -> Option<&Cell> {
        self.rows().get(self.row).and_then(|row| row.cells.get(self.column))
    }

    /// Lays the screen out, and keeps the selected answer visible.
    pub fn settle(&mut self, size: Size) {
        let count = self.rows().len();
        self.row = self.row.min(count.saturating_sub(1));
        self.column = self.column.min(self.matrix.columns.len().saturating_sub(1));
        self.layout = layout(&self.matrix, size);
        self.scroll = scroll_to(self.scroll, self.row, self.layout.body.height as usize, count);
        self.first = scroll_to(self.first, self.column, self.layout.columns, self.matrix.columns.len());
    }
}

fn layout(matrix: &Matrix, size: Size) -> MatrixLayout {
    let area = areas(Rect::new(0, 0, size.width, size.height))[1];
    let inner = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0) as u16;
    let titles = widest(&mut matrix.rows.iter().map(|row| text::width(&row.title)));
    let names = titles.clamp(10, WIDEST[0].min((inner.width / 3).max(10))) + 2;
    let said = |column: &Column| {
        let counts = [tally_text(column), column.findings_text()];
        counts.iter().map(|text| text::width(text)).fold(text::width(&column.name), usize::max)
    };
    let services = widest(&mut matrix.columns.iter().map(said));
    let column = services.clamp(10, WIDEST[1]) + 2;
    let room = inner.width.saturating_sub(names);
    let has_not_good = room >= NOT_GOOD + column * 2;
    let room = room.saturating_sub(if has_not_good { NOT_GOOD } else { 0 });
    let columns = ((room / column) as usize).clamp(1, matrix.columns.len().max(1));
    let foot = 4.min(inner.height);
    let head = 3.min(inner.height - foot);
    MatrixLayout {
        head: Rect { height: head, ..inner },
        body: Rect { y: inner.y + head, height: inner.height - head - foot, ..inner },
        foot: Rect { y: inner.y + inner.height - foot, height: foot, ..inner },
        names,
        column,
        columns,
        has_not_good,
    }
}
