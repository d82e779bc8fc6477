//! A page as byte ranges of its source, so that unchanged parts can be preserved byte for byte.

use std::fmt;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::markdown::{self, FrontMatter, Scalar};
use crate::questionnaire::Questionnaire;
use crate::text;

/// A page with at least one table of questions.
#[derive(Debug)]
pub struct Page<'a> {
    /// The whole source.
    pub source: &'a str,
    /// The lines of the front matter, without the `---` lines around it.
    pub front: Option<Range<usize>>,
    /// The text above the first table of questions, without surrounding blank lines.
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
    /// Its byte range.
    pub range: Range<usize>,
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
    /// The byte range of its line, without the line break.
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

/// The error for a text without a table of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPage;

impl fmt::Display for NotAPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no table with the headings Question and Answer")
    }
}

impl std::error::Error for NotAPage {}

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
        let mut tables = Vec::new();
        let mut rows_without_bars = Vec::new();
        for range in blocks.tables {
            tables.extend(table(source, range, &mut rows_without_bars));
        }
        let (Some(first), Some(last)) = (tables.first(), tables.last()) else { return Err(NotAPage) };
        let introduction = trimmed(source, body..first.range.start);
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

struct Blocks {
    tables: Vec<Range<usize>>,
    headings: Vec<Heading>,
}

/// The tables and headings that are not nested in another block.
fn blocks(source: &str, body: usize) -> Blocks {
    let mut blocks = Blocks { tables: Vec::new(), headings: Vec::new() };
    let mut depth = 0usize;
    let mut heading: Option<Heading> = None;
    for (event, range) in Parser::new_ext(&source[body..], Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    let range = body + range.start..body + range.end;
                    match tag {
                        Tag::Table(_) => blocks.tables.push(range),
                        Tag::Heading { level, .. } => {
                            heading = Some(Heading { range, level: level as usize, text: String::new() });
                        }
                        _ => {}
                    }
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
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

/// Parses a table, if it has headings for a question and an answer.
fn table(source: &str, range: Range<usize>, rows_without_bars: &mut Vec<usize>) -> Option<Table> {
    let mut at = range.start;
    let mut lines = source[range.clone()].split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    });
    let header_line = lines.next()?;
    let cells = markdown::split_cells(&source[header_line.clone()]).into_iter();
    let header_cells: Vec<Range<usize>> =
        cells.map(|cell| header_line.start + cell.start..header_line.start + cell.end).collect();
    let header: Vec<String> =
        header_cells.iter().map(|cell| text::normalized(&source[cell.clone()])).collect();
    // The first name that a heading has decides: an answer may have a comment and evidence beside it.
    let column = |names: &[&str]| names.iter().find_map(|name| header.iter().position(|cell| cell == name));
    let question = column(QUESTION)?;
    let answer = column(ANSWER)?;
    let detail = column(DETAIL).unwrap_or(header.len());
    let header_ends = [header_line.end, lines.next()?.end];
    let mut rows = Vec::new();
    for line in lines {
        let row = &source[line.clone()];
        if markdown::is_blank_row(row) {
            continue;
        }
        if !row.contains('|') {
            rows_without_bars.push(line.start);
            continue;
        }
        let cells = markdown::split_cells(row)
            .into_iter()
            .map(|c| line.start + c.start..line.start + c.end)
            .collect();
        rows.push(RowRange { range: line, cells });
    }
    Some(Table { range, header_cells, header_ends, question, answer, detail, columns: header.len(), rows })
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
    fn a_text_that_is_not_a_page_says_what_it_lacks() {
        let error = Page::parse("Words.").unwrap_err();
        assert_eq!(error.to_string(), "no table with the headings Question and Answer");
    }
}
