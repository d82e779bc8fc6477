//! Page and source as rows that scroll together.

use ratatui::layout::Size;

use crate::text;

use crate::tui::widgets::markdown;
use crate::tui::widgets::rich::RichLine;

/// The least width, in columns, at which page and source are shown side by side.
const SIDE_BY_SIDE: u16 = 100;

/// The most columns a page is shown at: more than for reading text, because of the table.
const WIDEST: usize = 144;

/// Which sides of the preview are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sides {
    /// Page and source if there is room for both, else the page.
    #[default]
    Both,
    /// The page as a wiki displays it.
    Page,
    /// The source.
    Source,
}

/// Page and source as rows.
#[derive(Debug, Default)]
pub struct PreviewLayout {
    /// The page as a wiki displays it.
    pub page: Vec<RichLine>,
    /// The rows of the source, as byte ranges.
    pub source: Vec<text::Row>,
    /// Pairs of rows of page and source that show the same text, in order; the last pair is the end of both.
    anchors: Vec<(usize, usize)>,
    /// The rows that fit on the screen.
    height: usize,
    /// Whether scrolling counts rows of the source, because the source is shown.
    by_source: bool,
}

impl Sides {
    /// The sides shown in a terminal of this size: not both if there is no room.
    pub fn on(self, size: Size) -> Self {
        if self == Self::Both && size.width < SIDE_BY_SIDE { Self::Page } else { self }
    }

    /// The sides shown next.
    pub fn next(self, size: Size) -> Self {
        match self.on(size) {
            Self::Both => Self::Page,
            Self::Page => Self::Source,
            Self::Source => Self::Both,
        }
    }
}

impl PreviewLayout {
    /// Lays a page out for a terminal of this size.
    pub fn new(source: &str, shown: Sides, size: Size) -> Self {
        let shown = shown.on(size);
        let (left, right) = if shown == Sides::Both {
            (size.width / 2, size.width - size.width / 2)
        } else {
            (size.width, size.width)
        };
        let inside = |width: u16| width.saturating_sub(4).max(10) as usize;
        let front = front_matter(source);
        let width = inside(left).min(WIDEST);
        let rendered = markdown::render_with_offsets(&source[front..], width);
        let rows = text::wrap(source, inside(right));
        let mut anchors = vec![(0, 0)];
        for (row, (_, at)) in rendered.iter().enumerate() {
            let (page, of_source) = anchors[anchors.len() - 1];
            let other = text::row_of(&rows, front + at);
            if other > of_source && (row > page || anchors.len() == 1) {
                anchors.push((row, other));
            }
        }
        anchors.push((rendered.len(), rows.len()));
        Self {
            page: rendered.into_iter().map(|(line, _)| line).collect(),
            source: rows,
            anchors,
            height: size.height.saturating_sub(4).max(1) as usize,
            by_source: shown != Sides::Page,
        }
    }

    /// The first rows of page and source that are shown at `scroll`.
    pub fn tops(&self, scroll: usize) -> (usize, usize) {
        let source = self.source_row(scroll);
        let page = match self.by_source {
            true => interpolate(&self.anchors, scroll, |(page, source)| (source, page)),
            false => scroll,
        };
        let last = |rows: usize| rows.saturating_sub(self.height);
        (page.min(last(self.page.len())), source.min(last(self.source.len())))
    }

    /// The largest sensible scroll: the ends of both texts are visible.
    pub fn max_scroll(&self) -> usize {
        let last = |rows: usize| rows.saturating_sub(self.height);
        let (page, source) = (last(self.page.len()), last(self.source.len()));
        match self.by_source {
            true => (source..self.source.len()).find(|at| self.tops(*at).0 == page).unwrap_or(source),
            false => page,
        }
    }

    /// The scroll at which this layout shows what another layout showed at its `scroll`.
    pub fn scroll_as(&self, other: &Self, scroll: usize) -> usize {
        let source = other.source_row(scroll);
        let byte = other.source.get(source).map_or(0, |row| row.start);
        let row = text::row_of(&self.source, byte);
        let at = if self.by_source {
            row
        } else {
            interpolate(&self.anchors, row, |(page, source)| (source, page))
        };
        at.min(self.max_scroll())
    }

    /// The row of the source that corresponds to the first row shown.
    fn source_row(&self, scroll: usize) -> usize {
        if self.by_source { scroll } else { interpolate(&self.anchors, scroll, |both| both) }
    }
}

/// The row of the one text that corresponds to row `at` of the other: interpolated between the nearest
/// anchors, with
/// `order` putting the row of the other text first.
fn interpolate(
    anchors: &[(usize, usize)],
    at: usize,
    order: impl Fn((usize, usize)) -> (usize, usize),
) -> usize {
    let after = anchors.partition_point(|anchor| order(*anchor).0 <= at);
    let (from, to) = (after.checked_sub(1).and_then(|before| anchors.get(before)), anchors.get(after));
    let (from, to) = (order(from.copied().unwrap_or_default()), to.map(|anchor| order(*anchor)));
    match to {
        Some(to) => from.1 + (at - from.0) * (to.1 - from.1) / (to.0 - from.0).max(1),
        None => from.1,
    }
}

/// The length of the front matter in bytes.
fn front_matter(source: &str) -> usize {
    let body = source.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    body.map_or(0, |(_, body)| source.len() - body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../../tests/fixtures/paperboat.md");

    fn layout(shown: Sides, width: u16) -> PreviewLayout {
        PreviewLayout::new(PAGE, shown, Size { width, height: 14 })
    }

    #[test]
    fn page_and_source_show_the_same_text_while_they_scroll() {
        let layout = layout(Sides::Both, 120);
        let mut seen = 0;
        for scroll in 0..=layout.max_scroll() {
            let (page, source) = layout.tops(scroll);
            let shown: Vec<String> = layout.page[page..].iter().take(10).map(ToString::to_string).collect();
            let beside: Vec<&str> =
                layout.source[source..].iter().take(10).map(|row| &PAGE[row.start..row.end]).collect();
            for words in ["HTTPS", "Keys with", "Kept for", "Bounty", "minutes"] {
                let in_page = shown[..5].iter().any(|row| row.contains(words));
                if in_page {
                    assert!(
                        beside.join(" ").contains(words),
                        "{words} at {scroll}:\n{shown:#?}\n{beside:#?}"
                    );
                    seen += 1;
                }
            }
        }
        assert!(seen > 3);
    }

    #[test]
    fn both_sides_start_at_their_first_row_and_end_at_their_last() {
        for shown in [Sides::Both, Sides::Page, Sides::Source] {
            let layout = layout(shown, 120);
            assert_eq!(layout.tops(0).0, 0);
            assert!(shown == Sides::Page || layout.tops(0).1 == 0);
            let (page, source) = layout.tops(layout.max_scroll());
            let (last_page, last_source) = (layout.page.len() - 10, layout.source.len() - 10);
            assert!(shown == Sides::Source || page == last_page);
            assert!(shown == Sides::Page || source == last_source);
        }
    }

    #[test]
    fn an_empty_page_has_nothing_to_scroll() {
        let layout = PreviewLayout::new("", Sides::Both, Size { width: 120, height: 14 });
        assert_eq!((layout.max_scroll(), layout.tops(0)), (0, (0, 0)));
    }
}
