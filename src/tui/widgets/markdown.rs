//! Markdown as rows of text with roles, as far as guidance and the preview need it.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::text;
use crate::tui::theme::Role;

use super::rich::{RichLine, wrap};

/// The least and the most columns that the answer column of a table takes.
const ANSWER: std::ops::RangeInclusive<usize> = 8..=16;

/// `source` as rows of at most `width` columns. Raw HTML is shown as text, except for `<br>`.
pub fn render(source: &str, width: usize) -> Vec<RichLine> {
    render_with_offsets(source, width).into_iter().map(|(line, _)| line).collect()
}

/// The same, each row with the byte offset in `source` of the paragraph or table row that it belongs to.
pub fn render_with_offsets(source: &str, width: usize) -> Vec<(RichLine, usize)> {
    let mut renderer = Renderer::new(width.max(10));
    let parser = Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    for (event, range) in parser.into_offset_iter() {
        if renderer.pieces.is_empty() && renderer.table.is_none() {
            renderer.offset = range.start;
        }
        if let (Event::Start(Tag::TableHead | Tag::TableRow), Some(table)) = (&event, &mut renderer.table) {
            table.push((range.start, Vec::new()));
        }
        renderer.event(event);
    }
    renderer.flush();
    while renderer.lines.last().is_some_and(|(line, _)| line.0.is_empty()) {
        renderer.lines.pop();
    }
    renderer.lines
}

/// The text of a table's cell.
type Cell = Vec<(String, Role)>;

struct Renderer {
    width: usize,
    lines: Vec<(RichLine, usize)>,
    /// The byte offset at which the current block begins.
    offset: usize,
    pieces: Vec<(String, Role)>,
    /// The roles of the elements around the current text, the innermost last.
    roles: Vec<Role>,
    /// What is written before each row of the current block: list indents and quote bars.
    indent: Vec<String>,
    marker: Option<String>,
    numbers: Vec<Option<u64>>,
    /// The rows of the current table, each with the byte offset at which it begins.
    table: Option<Vec<(usize, Vec<Cell>)>>,
}

impl Renderer {
    fn new(width: usize) -> Self {
        Self {
            width,
            lines: Vec::new(),
            offset: 0,
            pieces: Vec::new(),
            roles: Vec::new(),
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
            Event::Text(text) => self.push(&text, self.role()),
            Event::Code(text) => self.push(&text, Role::Strong),
            Event::Html(text) | Event::InlineHtml(text) if is_line_break(&text) => {
                self.push("\n", Role::Text);
            }
            Event::Html(text) | Event::InlineHtml(text) => self.push(&text, Role::Dim),
            Event::SoftBreak => self.push(" ", Role::Text),
            Event::HardBreak => self.push("\n", Role::Text),
            Event::Rule => {
                self.flush();
                self.row(RichLine::new("─".repeat(self.width.min(40)), Role::Dim));
                self.row(RichLine::default());
            }
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.push(&text, self.role());
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let role = match &tag {
            Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. } => Role::Heading,
            Tag::Heading { .. } | Tag::Strong => Role::Strong,
            Tag::Emphasis => Role::Help,
            Tag::Link { .. } => Role::Link,
            Tag::Strikethrough => Role::Deleted,
            _ => self.role(),
        };
        // A link stays recognizable whatever its words are.
        self.roles.push(if self.role() == Role::Link { Role::Link } else { role });
        match tag {
            Tag::Heading { .. } => self.flush(),
            Tag::BlockQuote(_) => {
                self.flush();
                self.indent.push("│ ".to_owned());
            }
            Tag::List(first) => {
                self.flush();
                self.numbers.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Vec::new());
            }
            _ => {}
        }
    }

    fn start_item(&mut self) {
        let marker = match self.numbers.last_mut() {
            Some(Some(n)) => {
                *n += 1;
                format!("{}. ", *n - 1)
            }
            _ => "• ".to_owned(),
        };
        self.indent.push(" ".repeat(text::width(&marker)));
        self.marker = Some(marker);
    }

    fn end(&mut self, tag: TagEnd) {
        self.roles.pop();
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.flush();
                if self.numbers.is_empty() {
                    self.row(RichLine::default());
                }
            }
            TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.flush();
                self.indent.pop();
            }
            TagEnd::List(_) => {
                self.numbers.pop();
                if self.numbers.is_empty() {
                    self.row(RichLine::default());
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.pieces);
                if let Some((_, row)) = self.table.as_mut().and_then(|table| table.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                let table = self.table.take().unwrap_or_default();
                self.draw_table(&table);
                self.row(RichLine::default());
            }
            _ => {}
        }
    }

    fn role(&self) -> Role {
        self.roles.last().copied().unwrap_or_default()
    }

    fn row(&mut self, line: RichLine) {
        self.lines.push((line, self.offset));
    }

    fn push(&mut self, text: &str, role: Role) {
        self.pieces.push((text.to_owned(), role));
    }

    /// Ends the current block: its text becomes rows.
    fn flush(&mut self) {
        let mut pieces = std::mem::take(&mut self.pieces);
        if let Some((last, _)) = pieces.last_mut()
            && last.ends_with('\n')
        {
            last.pop();
        }
        if pieces.iter().all(|(text, _)| text.is_empty()) {
            return;
        }
        let indent = self.indent.concat();
        let width = self.width.saturating_sub(text::width(&indent)).max(8);
        for (i, mut line) in wrap(&pieces, width).into_iter().enumerate() {
            let mut before = indent.clone();
            if i == 0
                && let Some(marker) = self.marker.take()
            {
                before.truncate(before.len().saturating_sub(marker.chars().count()));
                before.push_str(&marker);
            }
            if !before.is_empty() {
                line.0.insert(0, (before, Role::Dim));
            }
            self.row(line);
        }
    }

    fn draw_table(&mut self, table: &[(usize, Vec<Cell>)]) {
        let columns = table.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let widths = column_widths(table, columns, self.width);
        for (r, (offset, row)) in table.iter().enumerate() {
            self.offset = *offset;
            let cells: Vec<Vec<RichLine>> = (0..columns)
                .map(|c| row.get(c).map(|cell| wrap(cell, widths[c])).unwrap_or_default())
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for y in 0..height {
                self.row(table_row(&cells, y, &widths));
            }
            let rule = if r == 0 { "─" } else { "·" };
            self.row(RichLine::new(rule.repeat(self.width), Role::Dim));
        }
    }
}

/// Row `y` of a table row whose cells are wrapped already.
fn table_row(cells: &[Vec<RichLine>], y: usize, widths: &[usize]) -> RichLine {
    let mut line = RichLine::default();
    for (c, cell) in cells.iter().enumerate() {
        let part = cell.get(y).cloned().unwrap_or_default();
        let used = part.width();
        line.0.extend(part.0);
        if c + 1 < cells.len() {
            line.0.push((" ".repeat((widths[c] + 2).saturating_sub(used)), Role::Text));
        }
    }
    line
}

/// Equal widths; but the middle column of three is narrow, because answers are, and the other two share the
/// rest by the length of their texts.
fn column_widths(table: &[(usize, Vec<Cell>)], columns: usize, width: usize) -> Vec<usize> {
    let free = width.saturating_sub(2 * (columns - 1));
    let mut widths = vec![(free / columns).max(4); columns];
    if columns == 3 {
        let answers = table.iter().filter_map(|(_, row)| row.get(1));
        let longest = answers.map(|cell| cell.iter().map(|(t, _)| text::width(t)).sum()).max().unwrap_or(0);
        widths[1] = longest.clamp(*ANSWER.start(), *ANSWER.end()).min((free / 5).max(4));
        let total = |column: usize| -> usize {
            let cells = table.iter().filter_map(|(_, row)| row.get(column)).flatten();
            cells.map(|(text, _)| text.len()).sum::<usize>() + 1
        };
        let (rest, questions, details) = (free.saturating_sub(widths[1]), total(0), total(2));
        widths[0] = (rest * questions / (questions + details)).clamp(rest * 3 / 10, rest * 6 / 10).max(4);
        widths[2] = free.saturating_sub(widths[0] + widths[1]).max(4);
    }
    widths
}

fn is_line_break(html: &str) -> bool {
    html.trim_start().get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(source: &str, width: usize) -> Vec<String> {
        render(source, width).iter().map(|line| line.to_string().trim_end().to_owned()).collect()
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
    fn the_words_of_a_link_are_drawn_as_a_link_even_when_they_are_bold() {
        let line = &render("see [the **docs**](https://a.example)", 40)[0];
        let linked: String =
            line.0.iter().filter(|(_, role)| *role == Role::Link).map(|(t, _)| t.as_str()).collect();
        assert_eq!(linked, "the docs");
    }

    #[test]
    fn nothing_in_a_page_controls_the_terminal() {
        let shown = rows("a \u{1b}[31m b\n\n<script>\u{7}</script>\n", 40).join("");
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
    }
}
