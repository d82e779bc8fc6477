//! The preview's two texts, the page and its source, laid out so that they scroll together.

use ratatui_core::layout::Size;
use ratatui_core::text::Line;

use crate::text;

use super::theme::Theme;
use super::widgets::markdown;

/// From this width on, in columns, page and source stand side by side.
const SIDE_BY_SIDE: u16 = 100;

/// A page is shown at most that wide, in columns: a table takes more than reading text.
const WIDEST: usize = 144;

/// What of the preview is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sides {
    /// Page and source where there is room for both, else the page.
    #[default]
    Both,
    /// The page as a wiki shows it.
    Page,
    /// Its source.
    Source,
}

/// The two texts as rows.
#[derive(Debug, Default)]
pub struct Laid {
    /// The page as a wiki shows it; colours are given when it is drawn.
    pub page: Vec<Line<'static>>,
    /// The source, as byte ranges of it.
    pub source: Vec<text::Row>,
    /// Rows of the page and of the source that show the same, in order; the last is the end of both.
    anchors: Vec<(usize, usize)>,
    /// Rows of text on the screen.
    height: usize,
    /// Whether it is the source whose rows are scrolled by, because it is shown.
    by_source: bool,
}

impl Sides {
    /// What is shown on a screen of that size: not both where there is no room.
    pub fn on(self, size: Size) -> Self {
        if self == Self::Both && size.width < SIDE_BY_SIDE { Self::Page } else { self }
    }

    /// What is shown after this.
    pub fn next(self, size: Size) -> Self {
        match self.on(size) {
            Self::Both => Self::Page,
            Self::Page => Self::Source,
            Self::Source => Self::Both,
        }
    }
}

impl Laid {
    /// Lays a page out for a screen.
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
        let rendered = markdown::render_with_places(&source[front..], width, &Theme::new(false, false));
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

    /// The first rows of page and source to show at `scroll`.
    pub fn tops(&self, scroll: usize) -> (usize, usize) {
        let source = self.source_row(scroll);
        let page = match self.by_source {
            true => along(&self.anchors, scroll, |(page, source)| (source, page)),
            false => scroll,
        };
        let last = |rows: usize| rows.saturating_sub(self.height);
        (page.min(last(self.page.len())), source.min(last(self.source.len())))
    }

    /// The furthest that it makes sense to scroll: the end of both texts is in sight.
    pub fn most(&self) -> usize {
        let last = |rows: usize| rows.saturating_sub(self.height);
        let (page, source) = (last(self.page.len()), last(self.source.len()));
        match self.by_source {
            true => (source..self.source.len()).find(|at| self.tops(*at).0 == page).unwrap_or(source),
            false => page,
        }
    }

    /// The scroll at which this layout shows what the other one showed at `scroll`.
    pub fn scroll_as(&self, other: &Self, scroll: usize) -> usize {
        let source = other.source_row(scroll);
        let byte = other.source.get(source).map_or(0, |row| row.start);
        let row = text::row_of(&self.source, byte);
        let at =
            if self.by_source { row } else { along(&self.anchors, row, |(page, source)| (source, page)) };
        at.min(self.most())
    }

    /// The row of the source that is beside the first row shown.
    fn source_row(&self, scroll: usize) -> usize {
        if self.by_source { scroll } else { along(&self.anchors, scroll, |both| both) }
    }
}

/// The row of the other text beside row `at` of the one: between two anchors, as far along as there.
fn along(anchors: &[(usize, usize)], at: usize, order: impl Fn((usize, usize)) -> (usize, usize)) -> usize {
    let after = anchors.partition_point(|anchor| order(*anchor).0 <= at);
    let (from, to) = (after.checked_sub(1).and_then(|before| anchors.get(before)), anchors.get(after));
    let (from, to) = (order(from.copied().unwrap_or_default()), to.map(|anchor| order(*anchor)));
    match to {
        Some(to) => from.1 + (at - from.0) * (to.1 - from.1) / (to.0 - from.0).max(1),
        None => from.1,
    }
}

/// The length in bytes of the front matter.
fn front_matter(source: &str) -> usize {
    let body = source.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    body.map_or(0, |(_, body)| source.len() - body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../tests/fixtures/paperboat.md");

    fn laid(shown: Sides, width: u16) -> Laid {
        Laid::new(PAGE, shown, Size { width, height: 14 })
    }

    #[test]
    fn page_and_source_show_the_same_while_they_scroll() {
        let laid = laid(Sides::Both, 120);
        let mut seen = 0;
        for scroll in 0..=laid.most() {
            let (page, source) = laid.tops(scroll);
            let shown: Vec<String> = laid.page[page..].iter().take(10).map(ToString::to_string).collect();
            let beside: Vec<&str> =
                laid.source[source..].iter().take(10).map(|row| &PAGE[row.start..row.end]).collect();
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
    fn both_begin_at_their_first_row_and_end_at_their_last() {
        for shown in [Sides::Both, Sides::Page, Sides::Source] {
            let laid = laid(shown, 120);
            assert_eq!(laid.tops(0).0, 0);
            assert!(shown == Sides::Page || laid.tops(0).1 == 0);
            let (page, source) = laid.tops(laid.most());
            let (last_page, last_source) = (laid.page.len() - 10, laid.source.len() - 10);
            assert!(shown == Sides::Source || page == last_page);
            assert!(shown == Sides::Page || source == last_source);
        }
    }

    #[test]
    fn an_empty_page_has_nothing_to_scroll() {
        let laid = Laid::new("", Sides::Both, Size { width: 120, height: 14 });
        assert_eq!((laid.most(), laid.tops(0)), (0, (0, 0)));
    }
}
