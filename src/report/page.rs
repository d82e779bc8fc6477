//! A page taken apart into byte ranges of its source, so that what is not changed stays to the byte.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text;

/// A page with at least one table of questions.
#[derive(Debug)]
pub struct Page<'a> {
    /// The whole source.
    pub source: &'a str,
    /// The lines of the front matter, without its fences.
    pub front: Option<Range<usize>>,
    /// What stands above the first table of questions, without blank lines around it.
    pub introduction: Range<usize>,
    /// The tables of questions.
    pub tables: Vec<Table>,
    /// The sections after the last table.
    pub sections: Vec<SectionRange>,
    /// Lines that a wiki shows as a row of the table though no bar is in them; byte offsets.
    pub strays: Vec<usize>,
}

/// A table of questions.
#[derive(Debug)]
pub struct Table {
    /// Its bytes.
    pub range: Range<usize>,
    /// Which column has the question.
    pub question: usize,
    /// Which column has the answer.
    pub answer: usize,
    /// Which column has the detail; the one behind the last if none is named so.
    pub detail: usize,
    /// How many columns its heading has.
    pub columns: usize,
    /// Its rows, without the header.
    pub rows: Vec<RowRange>,
}

/// A row of a table of questions.
#[derive(Debug)]
pub struct RowRange {
    /// The bytes of its line, without the line break.
    pub range: Range<usize>,
    /// Its cells, without the blanks around them.
    pub cells: Vec<Range<usize>>,
}

/// A heading with what follows it.
#[derive(Debug)]
pub struct SectionRange {
    /// The text of the heading.
    pub heading: String,
    /// The text under it, without blank lines around it.
    pub text: Range<usize>,
}

/// The text has no table of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPage;

impl<'a> Page<'a> {
    /// Takes a page apart.
    ///
    /// # Errors
    /// [`NotAPage`] if it has no table whose heading names a question and an answer.
    pub fn parse(source: &'a str) -> Result<Self, NotAPage> {
        let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let front = front_matter(source, start);
        let body = front.as_ref().map_or(start, |(_, body)| *body);
        let blocks = blocks(source, body);
        let mut tables = Vec::new();
        let mut strays = Vec::new();
        for range in blocks.tables {
            if let Some(table) = table(source, range, &mut strays) {
                tables.push(table);
            }
        }
        let (Some(first), Some(last)) = (tables.first(), tables.last()) else { return Err(NotAPage) };
        let introduction = trimmed(source, body..first.range.start);
        let after: Vec<_> = blocks.headings.into_iter().filter(|h| h.range.start >= last.range.end).collect();
        let level = after.iter().map(|h| h.level).min().unwrap_or(1);
        let after: Vec<_> = after.into_iter().filter(|h| h.level == level).collect();
        let ends = after.iter().skip(1).map(|h| h.range.start).chain([source.len()]).collect::<Vec<_>>();
        let sections = after.into_iter().zip(ends);
        let sections = sections
            .map(|(h, end)| SectionRange { heading: h.text, text: trimmed(source, h.range.end..end) })
            .collect();
        Ok(Self { source, front: front.map(|(range, _)| range), introduction, tables, sections, strays })
    }

    /// The bytes of the value of a top-level key of the front matter that stands on one line.
    pub fn front_value(&self, key: &str) -> Option<Range<usize>> {
        let front = self.front.clone()?;
        let mut at = front.start;
        for line in self.source[front].split_inclusive('\n') {
            if let Some(rest) = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(':')) {
                let start = at + key.len() + 1;
                return Some(trimmed(self.source, start..start + rest.len()));
            }
            at += line.len();
        }
        None
    }

    /// The text of a key of the front matter, without quotes.
    pub fn front_text(&self, key: &str) -> Option<String> {
        let value = &self.source[self.front_value(key)?];
        let quoted = value.len() >= 2 && value.starts_with('"') && value.ends_with('"');
        let text = match serde_json::from_str::<String>(value) {
            Ok(text) if quoted => text,
            _ => value
                .strip_prefix('\'')
                .and_then(|v| v.strip_suffix('\''))
                .unwrap_or(value)
                .replace("''", "'"),
        };
        (!text.is_empty()).then_some(text)
    }
}

impl Table {
    /// The bytes of one of a row's cells, if the row reaches that far.
    pub fn cell(&self, row: usize, column: usize) -> Option<Range<usize>> {
        self.rows.get(row)?.cells.get(column).cloned()
    }
}

/// The lines between the `---` fences at the start, and where the body begins.
fn front_matter(source: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let mut lines = source[start..].split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_ascii_end() == "---")?;
    let from = start + first.len();
    let mut at = from;
    for line in lines {
        if matches!(line.trim_ascii_end(), "---" | "...") {
            return Some((from..at, at + line.len()));
        }
        at += line.len();
    }
    None
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

/// The tables and headings that stand in no other block.
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
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if matches!(tag, TagEnd::Heading(_)) && depth == 0 {
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

/// A table, if its heading names a question and an answer.
fn table(source: &str, range: Range<usize>, strays: &mut Vec<usize>) -> Option<Table> {
    let mut at = range.start;
    let mut lines = source[range.clone()].split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    });
    let header = lines.next()?;
    let header: Vec<String> = text::split_cells(&source[header.clone()])
        .into_iter()
        .map(|c| text::normalised(&source[header.clone()][c]))
        .collect();
    let column = |names: &[&str]| header.iter().position(|cell| names.contains(&cell.as_str()));
    let question = column(&["question", "questions"])?;
    let answer = column(&["answer", "answers"])?;
    let detail = column(&["detail", "details"]).unwrap_or(header.len());
    lines.next()?;
    let mut rows = Vec::new();
    for line in lines {
        let row = &source[line.clone()];
        if text::is_blank_row(row) {
            continue;
        }
        if !row.contains('|') {
            strays.push(line.start);
            continue;
        }
        let cells =
            text::split_cells(row).into_iter().map(|c| line.start + c.start..line.start + c.end).collect();
        rows.push(RowRange { range: line, cells });
    }
    Some(Table { range, question, answer, detail, columns: header.len(), rows })
}

/// A range without the white space at its ends; of a blank one, its end.
fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let start = range.start + (text.len() - text.trim_ascii_start().len());
    start..start + text.trim_ascii().len()
}
