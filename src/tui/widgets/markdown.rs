//! Markdown as rows of text with roles, as far as guidance and the preview need it.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::text;
use crate::tui::theme::Role;

use super::rich::{RichLine, wrap};

/// The most columns of a line of a table that is not wrapped where possible.
const SHORT: usize = 16;

/// `source` as rows of at most `width` columns. Raw HTML is shown as text, except for `<br>` and
/// comments.
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
            Event::Html(text) | Event::InlineHtml(text) => {
                let shown = without_comments(&text);
                if shown.len() == text.len() || !shown.trim().is_empty() {
                    self.push(&shown, Role::Dim);
                }
            }
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
            // Of a comment, nothing is shown.
            TagEnd::HtmlBlock if self.pieces.is_empty() => {}
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

/// The widths of the columns of a table in at most `width` columns of the screen. Each is at most as wide as
/// its longest line, and wide enough for that if it is short, else for its longest word, where possible; what
/// is left is shared by how much text there is.
fn column_widths(table: &[(usize, Vec<Cell>)], columns: usize, width: usize) -> Vec<usize> {
    let free = width.saturating_sub(2 * (columns - 1));
    let equal = (free / columns).max(4);
    let contents: Vec<Contents> = (0..columns).map(|column| Contents::of(table, column)).collect();
    let mut widths: Vec<usize> =
        contents.iter().map(|contents| contents.least(free).clamp(1, equal)).collect();
    // Each round fills at least one column up or shares all that is left.
    for _ in 0..columns {
        let open: Vec<usize> = (0..columns).filter(|&c| widths[c] < contents[c].line).collect();
        let left = free.saturating_sub(widths.iter().sum());
        let weights: usize = open.iter().map(|&c| contents[c].weight()).sum();
        for c in open {
            let share = left * contents[c].weight() / weights;
            widths[c] = (widths[c] + share).min(contents[c].line);
        }
    }
    widths
}

/// How much a column has to show.
struct Contents {
    /// The width of its longest word.
    word: usize,
    /// The width of its longest line.
    line: usize,
    /// The width of all its texts.
    all: usize,
}

impl Contents {
    fn of(table: &[(usize, Vec<Cell>)], column: usize) -> Self {
        let mut contents = Self { word: 0, line: 0, all: 0 };
        for cell in table.iter().filter_map(|(_, row)| row.get(column)) {
            let text: String = cell.iter().map(|(text, _)| text.as_str()).collect();
            for line in text.lines() {
                let words = line.split_whitespace().map(text::width);
                contents.word = contents.word.max(words.max().unwrap_or(0));
                contents.line = contents.line.max(text::width(line));
                contents.all += text::width(line);
            }
        }
        contents
    }

    /// The width below which it is hard to read, if all columns together have so many columns of the screen.
    fn least(&self, free: usize) -> usize {
        if self.line <= SHORT.min(free / 5) { self.line } else { self.word }
    }

    /// The share in what is left: a column of short texts gets more than these are of all.
    fn weight(&self) -> usize {
        self.all.isqrt().max(1)
    }
}

/// Raw HTML without its comments.
fn without_comments(html: &str) -> String {
    let (mut shown, mut rest) = (String::new(), html);
    while let Some((before, comment)) = rest.split_once("<!--")
        && let Some((_, after)) = comment.split_once("-->")
    {
        shown.push_str(before);
        rest = after;
    }
    shown + rest
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
        assert_eq!(shown[0], "Question  Answer  Detail");
        assert_eq!(shown[2], "q         Yes     d l");
        assert_eq!(shown[3], "h");
    }

    #[test]
    fn comments_are_not_shown() {
        assert_eq!(
            rows("a\n\n<!-- b -->\n\n- c\n\n<!-- /b -->\n\nd <!-- e -->f", 40),
            ["a", "", "• c", "", "d f"]
        );
    }

    #[test]
    fn words_between_comments_are_shown() {
        assert_eq!(rows("<!-- a --> words <!-- b --> more\n\nc", 40), [" words  more", "", "c"]);
        assert_eq!(rows("<!-- a --><!-- b -->\n\nc", 40), ["c"]);
        assert_eq!(rows("<!-- a --> b <!-- c\n-->\n\nd", 40)[0], " b <!-- c");
    }

    #[test]
    fn a_table_breaks_no_word_that_fits_and_gives_an_empty_column_no_room() {
        let table = "| Question | Answer | Detail |\n|---|---|---|\n\
            | Is single sign-on offered to all customers? | Partial (Enterprise plan only) | |\n";
        for width in [50, 60, 76] {
            let shown = rows(table, width);
            assert!(shown.iter().any(|row| row.contains("Enterprise")), "{shown:#?}");
            let heading = &shown[0];
            let answer = heading.find("Detail").unwrap() - heading.find("Answer").unwrap();
            assert!(answer > 16 && shown.iter().all(|row| text::width(row) <= width), "{shown:#?}");
        }
        let long = table.replace("| |", &format!("| {} |", "It is only offered there. ".repeat(20)));
        let shown = rows(&long, 56);
        assert!(shown.iter().any(|row| row.contains("(Enterprise")), "{shown:#?}");
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
