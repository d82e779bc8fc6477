//! Markdown as rows of styled text: what guidance and the preview need, and no more.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use ratatui_core::style::{Modifier, Style};
use ratatui_core::text::{Line, Span};

use crate::text;
use crate::tui::theme::Theme;

/// The least and the most that the answer column of a table takes, in columns.
const ANSWER: std::ops::RangeInclusive<usize> = 8..=16;

/// `source` as rows of at most `width` columns. Raw HTML is shown as it stands, but for `<br>`.
pub fn render(source: &str, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    render_with_places(source, width, theme).into_iter().map(|(line, _)| line).collect()
}

/// The same, each row with the byte of `source` at which the paragraph or table row that it belongs to begins.
pub fn render_with_places(source: &str, width: usize, theme: &Theme) -> Vec<(Line<'static>, usize)> {
    let mut renderer = Renderer::new(width.max(10), theme);
    let parser = Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    for (event, range) in parser.into_offset_iter() {
        if renderer.spans.is_empty() && renderer.table.is_none() {
            renderer.place = range.start;
        }
        if let (Event::Start(Tag::TableHead | Tag::TableRow), Some(table)) = (&event, &mut renderer.table) {
            table.push((range.start, Vec::new()));
        }
        renderer.event(event);
    }
    renderer.flush();
    while renderer.lines.last().is_some_and(|(line, _)| line.spans.is_empty()) {
        renderer.lines.pop();
    }
    renderer.lines
}

/// Breaks styled text into rows of at most `width` columns.
pub fn wrap_spans(spans: &[(String, Style)], width: usize) -> Vec<Line<'static>> {
    let whole: String = spans.iter().map(|(text, _)| text.as_str()).collect();
    let rows = text::wrap(&whole, width).into_iter();
    rows.map(|row| {
        let mut line = Vec::new();
        let mut start = 0;
        for (part, style) in spans {
            let end = start + part.len();
            let (from, to) = (row.start.max(start), row.end.min(end));
            if from < to {
                let shown = text::visible(&whole[from..to]);
                line.push(Span::styled(shown.into_owned(), *style));
            }
            start = end;
        }
        Line::from(line)
    })
    .collect()
}

/// The styled text of a table's cell.
type Cell = Vec<(String, Style)>;

struct Renderer<'a> {
    width: usize,
    theme: &'a Theme,
    lines: Vec<(Line<'static>, usize)>,
    /// The byte at which the block that is being gathered begins.
    place: usize,
    spans: Vec<(String, Style)>,
    style: Vec<Style>,
    /// What stands before the rows of a block: list markers and quote bars.
    indent: Vec<String>,
    marker: Option<String>,
    numbers: Vec<Option<u64>>,
    /// The rows of the table that is being gathered, each with the byte at which it begins.
    table: Option<Vec<(usize, Vec<Cell>)>>,
}

impl<'a> Renderer<'a> {
    fn new(width: usize, theme: &'a Theme) -> Self {
        Self {
            width,
            theme,
            lines: Vec::new(),
            place: 0,
            spans: Vec::new(),
            style: vec![Style::new()],
            indent: Vec::new(),
            marker: None,
            numbers: Vec::new(),
            table: None,
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text, Style::new()),
            Event::Code(text) => self.push(&text, self.theme.strong),
            Event::Html(text) | Event::InlineHtml(text) if text.trim_start().starts_with("<br") => {
                self.push("\n", Style::new());
            }
            Event::Html(text) | Event::InlineHtml(text) => self.push(&text, self.theme.dim),
            Event::SoftBreak => self.push(" ", Style::new()),
            Event::HardBreak => self.push("\n", Style::new()),
            Event::Rule => {
                self.flush();
                self.row(Line::styled("─".repeat(self.width.min(40)), self.theme.dim));
                self.row(Line::default());
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let style = match tag {
            Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. } => {
                self.flush();
                self.theme.strong.add_modifier(Modifier::UNDERLINED)
            }
            Tag::Heading { .. } | Tag::Strong => self.theme.strong,
            Tag::Emphasis => self.theme.help,
            Tag::Link { .. } => self.theme.link,
            Tag::Strikethrough => Style::new().add_modifier(Modifier::CROSSED_OUT),
            Tag::BlockQuote(_) => {
                self.flush();
                self.indent.push("│ ".to_owned());
                Style::new()
            }
            Tag::List(first) => {
                self.flush();
                self.numbers.push(first);
                Style::new()
            }
            Tag::Item => {
                let marker = match self.numbers.last_mut() {
                    Some(Some(n)) => {
                        *n += 1;
                        format!("{}. ", *n - 1)
                    }
                    _ => "• ".to_owned(),
                };
                self.indent.push(" ".repeat(text::width(&marker)));
                self.marker = Some(marker);
                Style::new()
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Vec::new());
                Style::new()
            }
            _ => Style::new(),
        };
        let current = self.style.last().copied().unwrap_or_default();
        self.style.push(current.patch(style));
    }

    fn end(&mut self, tag: TagEnd) {
        if self.style.len() > 1 {
            self.style.pop();
        }
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.flush();
                if self.numbers.is_empty() {
                    self.row(Line::default());
                }
            }
            TagEnd::Item => {
                self.flush();
                self.indent.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.indent.pop();
            }
            TagEnd::List(_) => {
                self.numbers.pop();
                if self.numbers.is_empty() {
                    self.row(Line::default());
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.spans);
                if let Some((_, row)) = self.table.as_mut().and_then(|table| table.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                let table = self.table.take().unwrap_or_default();
                self.draw_table(&table);
                self.row(Line::default());
            }
            _ => {}
        }
    }

    fn row(&mut self, line: Line<'static>) {
        self.lines.push((line, self.place));
    }

    fn push(&mut self, text: &str, style: Style) {
        let current = self.style.last().copied().unwrap_or_default();
        self.spans.push((text.to_owned(), current.patch(style)));
    }

    /// Ends the block: what has been gathered becomes rows.
    fn flush(&mut self) {
        let mut spans = std::mem::take(&mut self.spans);
        if let Some((last, _)) = spans.last_mut()
            && last.ends_with('\n')
        {
            last.pop();
        }
        if spans.iter().all(|(text, _)| text.is_empty()) {
            return;
        }
        let indent = self.indent.concat();
        let width = self.width.saturating_sub(text::width(&indent)).max(8);
        for (i, mut line) in wrap_spans(&spans, width).into_iter().enumerate() {
            let mut before = indent.clone();
            if i == 0
                && let Some(marker) = self.marker.take()
            {
                before.truncate(before.len().saturating_sub(marker.chars().count()));
                before.push_str(&marker);
            }
            if !before.is_empty() {
                line.spans.insert(0, Span::styled(before, self.theme.dim));
            }
            self.row(line);
        }
    }

    /// A table with its cells wrapped; the middle column of three is narrow, because answers are.
    fn draw_table(&mut self, table: &[(usize, Vec<Cell>)]) {
        let columns = table.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let free = self.width.saturating_sub(2 * (columns - 1));
        let mut widths = vec![(free / columns).max(4); columns];
        if columns == 3 {
            let answers = table.iter().filter_map(|(_, row)| row.get(1));
            let longest =
                answers.map(|cell| cell.iter().map(|(t, _)| text::width(t)).sum()).max().unwrap_or(0);
            widths[1] = longest.clamp(*ANSWER.start(), *ANSWER.end()).min((free / 5).max(4));
            // Questions and details share the rest by how much there is of each.
            let total = |column: usize| -> usize {
                let cells = table.iter().filter_map(|(_, row)| row.get(column)).flatten();
                cells.map(|(text, _)| text.len()).sum::<usize>() + 1
            };
            let (rest, questions, details) = (free.saturating_sub(widths[1]), total(0), total(2));
            widths[0] = (rest * questions / (questions + details)).clamp(rest * 3 / 10, rest * 6 / 10).max(4);
            widths[2] = free.saturating_sub(widths[0] + widths[1]).max(4);
        }
        for (r, (place, row)) in table.iter().enumerate() {
            self.place = *place;
            let cells: Vec<Vec<Line<'static>>> = (0..columns)
                .map(|c| row.get(c).map(|cell| wrap_spans(cell, widths[c])).unwrap_or_default())
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for y in 0..height {
                let mut line = Line::default();
                for (c, cell) in cells.iter().enumerate() {
                    let part = cell.get(y).cloned().unwrap_or_default();
                    let used: usize = part.spans.iter().map(|span| text::width(&span.content)).sum();
                    line.spans.extend(part.spans);
                    if c + 1 < columns {
                        line.spans.push(Span::raw(" ".repeat((widths[c] + 2).saturating_sub(used))));
                    }
                }
                self.row(line);
            }
            let rule = if r == 0 { "─" } else { "·" };
            self.row(Line::styled(rule.repeat(self.width), self.theme.dim));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(source: &str, width: usize) -> Vec<String> {
        let theme = Theme::new(false, false);
        render(source, width, &theme).iter().map(|line| line.to_string().trim_end().to_owned()).collect()
    }

    #[test]
    fn paragraphs_lists_and_headings_are_laid_out() {
        let shown = rows("# Title\n\nSome *text* that wraps.\n\n* one\n* two\n\n1. a\n2. b\n", 14);
        assert_eq!(
            shown,
            ["Title", "", "Some text that", "wraps.", "", "• one", "• two", "", "1. a", "2. b"]
        );
    }

    #[test]
    fn a_table_keeps_its_columns_and_its_line_breaks() {
        let shown = rows(
            "| Question | Answer | Detail |\n|---|---|---|\n| q<br>h | Yes | d [l](https://x.example) |\n",
            40,
        );
        assert_eq!(shown[0], "Question         Answer   Detail");
        assert_eq!(shown[2], "q                Yes      d l");
        assert_eq!(shown[3], "h");
    }

    #[test]
    fn nothing_in_a_page_drives_the_terminal() {
        let shown = rows("a \u{1b}[31m b\n\n<script>\u{7}</script>\n", 40).join("");
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
    }
}
