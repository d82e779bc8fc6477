//! A page as byte ranges of its source, so that unchanged parts can be preserved byte for byte.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::markdown::{self, FrontMatter, Scalar};
use crate::questionnaire::Questionnaire;
use crate::text;

use super::not_a_page::{NotAPage, OtherTable};

/// A page with at least one table of questions.
#[derive(Debug)]
pub struct Page<'a> {
    /// The whole source.
    pub source: &'a str,
    /// The lines of the front matter, without the `---` lines around it.
    pub front: Option<Range<usize>>,
    /// The text above the first table of questions, without surrounding blank lines. If that table is in a
    /// block quote, the text may end in the same quote, with its marks.
    pub introduction: Range<usize>,
    /// The tables of questions.
    pub tables: Vec<Table>,
    /// The sections after the last table.
    pub sections: Vec<SectionRange>,
    /// The byte offsets of lines that a wiki renders as table rows although they contain no bar.
    pub rows_without_bars: Vec<usize>,
}

/// A table of questions.
#[derive(Debug)]
pub struct Table {
    /// Its byte range, from the start of its first line.
    pub range: Range<usize>,
    /// The byte range of what precedes each of its rows: the marks of block quotes, or nothing.
    pub marks: Range<usize>,
    /// The byte ranges of the cells of its header, without surrounding spaces.
    pub header_cells: Vec<Range<usize>>,
    /// The ends of its header and of the line below it, where another column can be added.
    pub header_ends: [usize; 2],
    /// The column of the question.
    pub question: usize,
    /// The column of the answer.
    pub answer: usize,
    /// The column of the detail; one past the last column if there is none.
    pub detail: usize,
    /// The number of columns in its header.
    pub columns: usize,
    /// Its rows, without the header.
    pub rows: Vec<RowRange>,
}

/// The headings of the column of questions, the most usual first.
const QUESTION: &[&str] = &["question", "questions", "control", "requirement"];
/// The headings of the column of answers.
const ANSWER: &[&str] = &["answer", "answers", "ouranswer", "response", "status"];
/// The headings of the column of details.
const DETAIL: &[&str] = &["detail", "details", "comment", "comments", "explanation", "notes", "evidence"];

/// A row of a table of questions.
#[derive(Debug)]
pub struct RowRange {
    /// The byte range of its line, without the line break and without the marks of block quotes.
    pub range: Range<usize>,
    /// The byte ranges of its cells, without surrounding spaces.
    pub cells: Vec<Range<usize>>,
}

/// A heading and the text below it.
#[derive(Debug)]
pub struct SectionRange {
    /// The text of the heading.
    pub heading: String,
    /// The byte range of the heading and the text, up to the next section.
    pub range: Range<usize>,
    /// The byte range of the text below it, without surrounding blank lines.
    pub text: Range<usize>,
}

impl<'a> Page<'a> {
    /// Parses a page.
    ///
    /// # Errors
    /// [`NotAPage`] if it has no table with headings for a question and an answer.
    pub fn parse(source: &'a str) -> Result<Self, NotAPage> {
        let start = start(source);
        let front = markdown::front_matter(source, start);
        Self::parse_from(source, start, front)
    }

    /// Parses a text without front matter.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_body(source: &'a str) -> Result<Self, NotAPage> {
        Self::parse_from(source, 0, None)
    }

    fn parse_from(source: &'a str, start: usize, front: Option<FrontMatter>) -> Result<Self, NotAPage> {
        let body = front.as_ref().map_or(start, |front| front.body);
        let blocks = blocks(source, body);
        let mut rows_without_bars = Vec::new();
        let mut read = |tables: &[Place]| -> Vec<Table> {
            tables.iter().filter_map(|place| table(source, place, &mut rows_without_bars)).collect()
        };
        let mut tables = read(&blocks.tables);
        // Beside a table of questions, what is in a block quote is a quotation.
        if tables.is_empty() {
            tables = read(&blocks.quoted);
        }
        let (Some(first), Some(last)) = (tables.first(), tables.last()) else {
            return Err(NotAPage { tables: other_tables(source, &blocks) });
        };
        let introduction = trimmed(source, body..end_of_introduction(source, body, first));
        let sections = sections(source, blocks.headings, last.range.end);
        let front = front.map(|front| front.lines);
        Ok(Self { source, front, introduction, tables, sections, rows_without_bars })
    }

    /// The text of a range of the page, with `\n` as the only kind of line break.
    pub fn text(&self, range: Range<usize>) -> String {
        text::normalize_newlines(&self.source[range]).into_owned()
    }

    /// The value of a top-level key in the front matter.
    pub fn front_value(&self, key: &str) -> Option<Scalar> {
        markdown::scalar(self.source, self.front.as_ref()?, key)
    }

    /// The text of a key in the front matter, if it is not empty.
    pub fn front_text(&self, key: &str) -> Option<String> {
        self.front_value(key).map(|value| value.text).filter(|text| !text.is_empty())
    }
}

impl Table {
    /// The source of a cell; empty if the row has no such cell.
    pub fn cell<'a>(&self, page: &Page<'a>, row: usize, column: usize) -> &'a str {
        let cell = self.rows.get(row).and_then(|row| row.cells.get(column));
        cell.map_or("", |range| &page.source[range.clone()])
    }
}

/// The first byte after a byte order mark.
fn start(source: &str) -> usize {
    if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The title in the front matter of a page, without reading the rest of the page.
pub fn title(source: &str) -> Option<String> {
    let front = markdown::front_matter(source, start(source))?;
    markdown::scalar(source, &front.lines, "title").map(|title| title.text).filter(|text| !text.is_empty())
}

/// The subject in a page's title, found with the questionnaire's pattern for titles.
pub fn subject(questionnaire: &Questionnaire, title: &str) -> String {
    let (before, after) = questionnaire.report.title.split_once("{subject}").unwrap_or(("", ""));
    let inner = title.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).unwrap_or(title);
    let inner = text::normalize_newlines(inner.trim()).replace('\n', " ");
    if inner.is_empty() { title.to_owned() } else { inner }
}

struct Heading {
    range: Range<usize>,
    level: usize,
    text: String,
}

/// Where a table is.
struct Place {
    range: Range<usize>,
    /// The number of block quotes around it.
    quotes: usize,
}

struct Blocks {
    tables: Vec<Place>,
    /// The tables that are in block quotes.
    quoted: Vec<Place>,
    headings: Vec<Heading>,
}

/// The tables and headings that are not nested in another block, and the tables in block quotes that are not
/// nested in anything else.
fn blocks(source: &str, body: usize) -> Blocks {
    let mut blocks = Blocks { tables: Vec::new(), quoted: Vec::new(), headings: Vec::new() };
    let mut depth = 0usize;
    let mut quotes = 0usize;
    let mut heading: Option<Heading> = None;
    for (event, range) in Parser::new_ext(&source[body..], Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                let range = body + range.start..body + range.end;
                match tag {
                    Tag::Table(_) if depth == 0 => blocks.tables.push(Place { range, quotes }),
                    Tag::Table(_) if depth == quotes => blocks.quoted.push(Place { range, quotes }),
                    Tag::Heading { level, .. } if depth == 0 => {
                        heading = Some(Heading { range, level: level as usize, text: String::new() });
                    }
                    // One in a list, for example, is not counted: its tables are not read.
                    Tag::BlockQuote(_) if depth == quotes => quotes += 1,
                    _ => {}
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                quotes = quotes.min(depth);
                if depth == 0 {
                    blocks.headings.extend(heading.take());
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.text.push_str(&text);
                }
            }
            _ => {}
        }
    }
    blocks
}

/// The sections after the tables. A heading of a lower level is part of the section that contains it.
fn sections(source: &str, headings: Vec<Heading>, tables_end: usize) -> Vec<SectionRange> {
    let after: Vec<_> = headings.into_iter().filter(|h| h.range.start >= tables_end).collect();
    // Pages are written with headings of level 2; a larger one is in the text of a section.
    let has_level_2 = after.iter().any(|h| h.level == 2);
    let smallest = after.iter().map(|h| h.level).min().unwrap_or(1);
    let level = if has_level_2 { 2 } else { smallest };
    let after: Vec<_> = after.into_iter().filter(|h| h.level == level).collect();
    let ends: Vec<_> = after.iter().skip(1).map(|h| h.range.start).chain([source.len()]).collect();
    let section = |(h, end): (Heading, usize)| SectionRange {
        range: h.range.start..end,
        text: trimmed(source, h.range.end..end),
        heading: h.text,
    };
    after.into_iter().zip(ends).map(section).collect()
}

/// The lines of a table, without line breaks and marks of block quotes. The first begins at the table.
fn lines<'s>(source: &'s str, place: &Place) -> impl Iterator<Item = Range<usize>> + 's {
    let (mut at, quotes) = (place.range.start, place.quotes);
    source[place.range.clone()].split_inclusive('\n').enumerate().map(move |(number, line)| {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let marks = if number == 0 { 0 } else { marks(line, quotes) };
        start + marks..start + line.len()
    })
}

/// The length of the marks of block quotes at the start of a line.
fn marks(line: &str, quotes: usize) -> usize {
    let mut rest = line;
    for _ in 0..quotes {
        let Some(inner) = rest.trim_start_matches(' ').strip_prefix('>') else { break };
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    line.len() - rest.len()
}

/// The start of the line that contains byte `at`, after a byte order mark.
pub fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(start(source).min(at), |end| end + 1)
}

/// Where the introduction above a table ends: in a block quote, the blank lines above the table are not part
/// of it.
fn end_of_introduction(source: &str, body: usize, table: &Table) -> usize {
    let mut end = table.range.start;
    while !table.marks.is_empty() && end > body {
        let start = line_start(source, end - 1).max(body);
        if !source[start..end].bytes().all(|byte| byte == b'>' || byte.is_ascii_whitespace()) {
            break;
        }
        end = start;
    }
    end
}

/// The headings of a table as they are compared.
fn names(source: &str, cells: &[Range<usize>]) -> Vec<String> {
    cells.iter().map(|cell| text::normalized(&source[cell.clone()])).collect()
}

/// The column whose heading is the first possible one of `names`: an answer may have a comment and evidence
/// beside it.
fn column(header: &[String], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| header.iter().position(|cell| cell == name))
}

/// The byte ranges of the cells of a line.
fn cells_of(source: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let cells = markdown::split_cells(&source[line.clone()]).into_iter();
    cells.map(|cell| line.start + cell.start..line.start + cell.end).collect()
}

/// The tables of a text that are not tables of questions.
fn other_tables(source: &str, blocks: &Blocks) -> Vec<OtherTable> {
    let mut places: Vec<&Place> = blocks.tables.iter().chain(&blocks.quoted).collect();
    places.sort_by_key(|place| place.range.start);
    let (mut line, mut counted) = (1, 0);
    let tables = places.into_iter().filter_map(|place| {
        let cells = cells_of(source, &lines(source, place).next()?);
        let header = names(source, &cells);
        line += source[counted..place.range.start].matches('\n').count();
        counted = place.range.start;
        Some(OtherTable {
            line,
            question: column(&header, QUESTION),
            answer: column(&header, ANSWER),
            headings: cells.into_iter().map(|cell| source[cell].to_owned()).collect(),
        })
    });
    tables.collect()
}

/// Parses a table, if it has headings for a question and an answer.
fn table(source: &str, place: &Place, rows_without_bars: &mut Vec<usize>) -> Option<Table> {
    let mut lines = lines(source, place);
    let header_line = lines.next()?;
    let header_cells = cells_of(source, &header_line);
    let header = names(source, &header_cells);
    let question = column(&header, QUESTION)?;
    let answer = column(&header, ANSWER)?;
    let detail = column(&header, DETAIL).unwrap_or(header.len());
    let rule = lines.next()?;
    let start = line_start(source, place.range.start);
    let marks = line_start(source, rule.start)..rule.start;
    let header_ends = [header_line.end, rule.end];
    let mut end = rule.end;
    let mut rows = Vec::new();
    for line in lines {
        let row = &source[line.clone()];
        if !row.trim().is_empty() {
            end = line.end;
        }
        if markdown::is_blank_row(row) {
            continue;
        }
        if !row.contains('|') {
            rows_without_bars.push(line.start);
            continue;
        }
        let cells = cells_of(source, &line);
        rows.push(RowRange { range: line, cells });
    }
    let (range, columns) = (start..end, header.len());
    Some(Table { range, marks, header_cells, header_ends, question, answer, detail, columns, rows })
}

/// A range without the white space at either end. A blank range becomes an empty one at its end.
fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let start = range.start + (text.len() - text.trim_ascii_start().len());
    start..start + text.trim_ascii().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "| Question | Answer |\n| --- | --- |\n| a? | Yes |\n";

    #[test]
    fn sections_begin_at_headings_of_level_2_or_else_at_the_largest_after_the_table() {
        for (after, expected) in [
            ("### Three\n\nx\n\n### Four\n", "Three, Four"),
            ("# One\n\nx\n\n## Two\n\ny\n\n### Three\n", "Two"),
            ("# One\n\nx\n\n### Three\n", "One"),
            ("## *Two* `code`\n\n> ## Quoted\n", "Two code"),
            ("Words.\n", ""),
        ] {
            let source = format!("## Above\n\n{TABLE}\n{after}");
            let sections = Page::parse(&source).unwrap().sections;
            let headings: Vec<&str> = sections.iter().map(|section| section.heading.as_str()).collect();
            assert_eq!(headings.join(", "), expected, "{after}");
        }
    }

    #[test]
    fn front_matter_is_found_after_a_byte_order_mark_and_an_empty_title_is_none() {
        for (start, front, expected) in [
            ("", "title: Boat", Some("Boat")),
            ("\u{feff}", "title: Boat", Some("Boat")),
            ("", "title:", None),
            ("", "x: 1", None),
            ("x\n", "title: Boat", None),
        ] {
            let source = format!("{start}---\n{front}\n---\n\n{TABLE}");
            let page = Page::parse(&source).unwrap();
            assert_eq!(page.front_text("title").as_deref(), expected, "{source}");
            assert_eq!(title(&source).as_deref(), expected, "{source}");
        }
    }

    #[test]
    fn a_table_in_block_quotes_is_read_if_no_other_one_has_questions() {
        for (source, rows, introduction) in [
            ("> | Question | Answer |\n> | --- | --- |\n> | a? | Yes |\n", vec!["| a? | Yes |"], ""),
            (
                "Hi.\n\n> Answers:\n>\n> | Control | Status |\n> |-|-|\n> | a | Yes |\n>\n> End.\n",
                vec!["| a | Yes |"],
                "Hi.\n\n> Answers:",
            ),
            ("> > | Question | Answer |\n> > |-|-|\n>> | > a? | No |\n", vec!["| > a? | No |"], ""),
            ("> | Question | Answer |\r\n>|-|-|\r\n>a? | Yes\r\n", vec!["a? | Yes"], ""),
            (
                &format!("> | Question | Answer |\n> |-|-|\n> | b? | No |\n\n{TABLE}"),
                vec!["| a? | Yes |"],
                "*",
            ),
        ] {
            let page = Page::parse(source).unwrap();
            let found = page.tables.iter().flat_map(|table| &table.rows);
            let found: Vec<&str> = found.map(|row| &source[row.range.clone()]).collect();
            assert_eq!(found, rows, "{source}");
            if introduction != "*" {
                assert_eq!(page.text(page.introduction.clone()), introduction, "{source}");
            }
        }
    }

    #[test]
    fn a_text_that_is_not_a_page_names_its_tables() {
        let source = "Words.\n\n| *Item* | Status |\n| --- | --- |\n\n> | A | B |\n> | - | - |\n";
        let tables = Page::parse(source).unwrap_err().tables;
        let found: Vec<_> =
            tables.iter().map(|t| (t.line, t.headings.join(","), t.question, t.answer)).collect();
        assert_eq!(
            found,
            [(3, "*Item*,Status".to_owned(), None, Some(1)), (6, "A,B".to_owned(), None, None)]
        );
    }
}
