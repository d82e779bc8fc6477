//! What the preview knows.

use ratatui::layout::Size;

use crate::report::Format;
use crate::tui::current::Current;
use crate::tui::keys::Context;

use super::layout::{PreviewLayout, Sides};

/// The preview of the open session's report.
#[derive(Debug)]
pub struct Preview {
    /// The session.
    pub current: Current,
    /// The format of the report.
    pub format: Format,
    /// The report.
    pub source: String,
    /// Which sides are shown.
    pub sides: Sides,
    /// The first row shown: of the source if that is shown, else of the page.
    pub scroll: usize,
    /// Page and source as rows.
    pub layout: PreviewLayout,
    /// The size and sides that the rows were laid out for; none if the source has changed.
    laid_out_for: Option<(Size, Sides)>,
}

impl Preview {
    /// The preview of a session, before its report is rendered.
    pub fn new(current: Current) -> Self {
        Self {
            current,
            format: Format::default(),
            source: String::new(),
            sides: Sides::default(),
            scroll: 0,
            layout: PreviewLayout::default(),
            laid_out_for: None,
        }
    }

    /// The contexts of the keys here, the nearest first.
    pub fn contexts(&self) -> &'static [Context] {
        &[Context::Preview, Context::Everywhere]
    }

    /// Shows another report.
    pub fn set_source(&mut self, format: Format, source: String) {
        self.format = format;
        self.source = source;
        self.laid_out_for = None;
    }

    /// The sides that are shown in a terminal of this size: only a page has two.
    pub fn sides_on(&self, size: Size) -> Sides {
        match self.format {
            Format::Markdown => self.sides.on(size),
            Format::Json | Format::Html | Format::Csv | Format::Oscal => Sides::Source,
        }
    }

    /// Lays page and source out if something has changed, keeping the place in the text.
    pub fn settle(&mut self, size: Size) {
        let wanted = Some((size, self.sides_on(size)));
        if self.laid_out_for != wanted {
            let layout = PreviewLayout::new(&self.source, self.sides_on(size), size);
            self.scroll = layout.scroll_as(&self.layout, self.scroll);
            self.layout = layout;
            self.laid_out_for = wanted;
        }
    }
}
