//! The XML of a sheet with some cells replaced; everything else stays byte for byte.
//! ECMA-376, part 1, 18.3: `row` and `c` elements in order.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::filled::IntoOptions;
use super::values::Value;
use crate::formats::sheet::{CellRange, address, attribute, cell_name, cell_range, is_within};

/// A sheet that was filled in.
pub struct Patched {
    /// Its XML.
    pub xml: String,
    /// How many cells were written.
    pub count: usize,
    /// Which could not be written, and why.
    pub left: Vec<String>,
}

/// What is in a sheet where it matters.
#[derive(Default)]
struct Found {
    /// The cells with their byte ranges.
    cells: BTreeMap<(u32, u32), OldCell>,
    /// Where the cells of a row begin, and where each following cell begins; the end of the row is last.
    rows: BTreeMap<u32, Row>,
    /// Merged cells.
    merged: Vec<CellRange>,
    /// Whether the sheet is protected.
    is_protected: bool,
    /// The byte range of `<sheetData/>` or the place before `</sheetData>`.
    data: Option<Data>,
    /// The prefix of the elements, with its colon.
    prefix: String,
}

struct OldCell {
    range: (usize, usize),
    style: Option<String>,
    has_formula: bool,
    is_number: bool,
}

#[derive(Default)]
struct Row {
    /// The byte where the row begins.
    start: usize,
    /// The byte where a cell after the last one is inserted; `None` if the row is an empty element.
    end: Option<usize>,
    /// The byte range of an empty element.
    empty: (usize, usize),
    /// The columns of its cells and where they begin.
    columns: Vec<(u32, usize)>,
}

enum Data {
    Empty(usize, usize),
    Ends(usize),
}

/// Replaces or adds cells.
pub fn patched(
    xml: &str,
    wanted: &BTreeMap<(u32, u32), Value>,
    locked: &[bool],
    options: IntoOptions,
) -> Patched {
    let found = scan(xml);
    let mut patched = Patched { xml: String::new(), count: 0, left: Vec::new() };
    let mut changes: Vec<(usize, usize, String)> = Vec::new();
    let mut new_rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut empty_rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (at, value) in wanted {
        let (row, column) = found.top_left(*at);
        let name = cell_name(row, column);
        let old = found.cells.get(&(row, column));
        if old.is_some_and(|old| old.has_formula) {
            patched.left.push(format!("{name} ({}) has a formula", value.question));
            continue;
        }
        let style = old.and_then(|old| old.style.clone());
        let index = style.as_ref().and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
        if found.is_protected && locked.get(index).copied().unwrap_or(true) && !options.locked {
            patched.left.push(format!("{name} ({}) is protected; --locked writes it anyway", value.question));
            continue;
        }
        let is_number = value.may_be_number && old.is_none_or(|old| old.is_number || old.is_empty());
        let cell = element(&found.prefix, &name, style.as_deref(), &value.text, is_number);
        match (old, found.rows.get(&row)) {
            (Some(old), _) => changes.push((old.range.0, old.range.1, cell)),
            (None, Some(line)) => match line.place_of(column) {
                Some(at) => changes.push((at, at, cell)),
                None => empty_rows.entry(row).or_default().push(cell),
            },
            (None, None) => new_rows.entry(row).or_default().push(cell),
        }
        patched.count += 1;
    }
    for (row, cells) in empty_rows {
        let (start, end) = found.rows.get(&row).map_or((0, 0), |line| line.empty);
        let opened = xml[start..end].trim_end_matches("/>").trim_end();
        changes.push((start, end, format!("{opened}>{}</{}row>", cells.concat(), found.prefix)));
    }
    found.add_rows(new_rows, &mut changes);
    // What is inserted before a row comes before what replaces it.
    changes.sort_by_key(|(start, end, _)| (*start, *end));
    patched.xml = applied(xml, changes);
    patched
}

/// The text with all changes. Changes of one place are in their order; of one empty row, they are joined.
fn applied(xml: &str, changes: Vec<(usize, usize, String)>) -> String {
    let mut out = String::with_capacity(xml.len() + 1024);
    let mut at = 0;
    for (start, end, text) in changes {
        if start >= at {
            out.push_str(&xml[at..start]);
            at = end;
        }
        out.push_str(&text);
    }
    out + &xml[at..]
}

impl OldCell {
    fn is_empty(&self) -> bool {
        self.range.1 - self.range.0 < 40
    }
}

impl Found {
    fn top_left(&self, at: (u32, u32)) -> (u32, u32) {
        self.merged.iter().find(|merged| is_within(merged, at)).map_or(at, |(first, _)| *first)
    }

    /// Adds rows that the sheet does not have, each before the next one.
    fn add_rows(&self, rows: BTreeMap<u32, Vec<String>>, changes: &mut Vec<(usize, usize, String)>) {
        let p = &self.prefix;
        let mut at_end = String::new();
        for (row, cells) in rows {
            let element = format!("<{p}row r=\"{}\">{}</{p}row>", row + 1, cells.concat());
            match self.rows.range(row + 1..).next() {
                Some((_, next)) => changes.push((next.start, next.start, element)),
                None => at_end.push_str(&element),
            }
        }
        match &self.data {
            Some(Data::Ends(at)) => changes.push((*at, *at, at_end)),
            Some(Data::Empty(start, end)) if !at_end.is_empty() => {
                changes.push((*start, *end, format!("<{p}sheetData>{at_end}</{p}sheetData>")));
            }
            Some(Data::Empty(..)) | None => {}
        }
    }
}

impl Row {
    /// Where a cell is inserted into the row; `None` if the row is an empty element.
    fn place_of(&self, column: u32) -> Option<usize> {
        let next = self.columns.iter().find(|(known, _)| *known > column);
        next.map(|(_, at)| *at).or(self.end)
    }
}

/// Finds the rows and the cells.
fn scan(xml: &str) -> Found {
    let mut scanner = Scanner::default();
    let mut reader = Reader::from_str(xml);
    loop {
        let start = reader.buffer_position() as usize;
        let Ok(event) = reader.read_event() else { break };
        let end = reader.buffer_position() as usize;
        match &event {
            Event::Start(element) => scanner.opened(element, (start, end), false),
            Event::Empty(element) => scanner.opened(element, (start, end), true),
            Event::End(element) => scanner.closed(element.local_name().as_ref(), (start, end)),
            Event::Eof => break,
            _ => {}
        }
    }
    scanner.found
}

#[derive(Default)]
struct Scanner {
    found: Found,
    row: u32,
    column: u32,
    /// The cell that is open.
    cell: Option<((u32, u32), OldCell)>,
}

impl Scanner {
    fn opened(&mut self, element: &BytesStart<'_>, range: (usize, usize), is_empty: bool) {
        match element.local_name().as_ref() {
            "sheetData" => {
                let name = element.name().as_ref().to_owned();
                self.found.prefix = name.strip_suffix("sheetData").unwrap_or_default().to_owned();
                if is_empty {
                    self.found.data = Some(Data::Empty(range.0, range.1));
                }
            }
            "row" => {
                let named = attribute(element, "r").and_then(|r| r.parse::<u32>().ok());
                self.row = named.map_or(self.row, |r| r.saturating_sub(1));
                self.column = 0;
                self.found.rows.insert(self.row, Row { start: range.0, empty: range, ..Row::default() });
                self.row += u32::from(is_empty);
            }
            "c" => self.cell(element, range, is_empty),
            "f" => {
                if let Some((_, cell)) = &mut self.cell {
                    cell.has_formula = true;
                }
            }
            "sheetProtection" => {
                let sheet = attribute(element, "sheet");
                self.found.is_protected = matches!(sheet.as_deref(), Some("1" | "true"));
            }
            "mergeCell" => {
                self.found.merged.extend(attribute(element, "ref").and_then(|range| cell_range(&range)));
            }
            _ => {}
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>, range: (usize, usize), is_empty: bool) {
        let named = attribute(element, "r").and_then(|r| address(&r));
        let at = named.unwrap_or((self.row, self.column));
        self.column = at.1 + 1;
        if let Some(line) = self.found.rows.get_mut(&self.row) {
            line.columns.push((at.1, range.0));
        }
        let old = old_cell(element, range);
        if is_empty {
            self.found.cells.insert(at, old);
        } else {
            self.cell = Some((at, old));
        }
    }

    fn closed(&mut self, name: &str, range: (usize, usize)) {
        match name {
            "c" => {
                if let Some((at, mut old)) = self.cell.take() {
                    old.range.1 = range.1;
                    self.found.cells.insert(at, old);
                }
            }
            "row" => {
                if let Some(line) = self.found.rows.get_mut(&self.row) {
                    line.end = Some(range.0);
                }
                self.row += 1;
            }
            "sheetData" => self.found.data = Some(Data::Ends(range.0)),
            _ => {}
        }
    }
}

fn old_cell(element: &BytesStart<'_>, range: (usize, usize)) -> OldCell {
    let kind = attribute(element, "t");
    OldCell {
        range,
        style: attribute(element, "s"),
        has_formula: false,
        is_number: matches!(kind.as_deref(), None | Some("n")),
    }
}

/// A cell with a number or a text.
fn element(p: &str, name: &str, style: Option<&str>, text: &str, may_be_number: bool) -> String {
    let style = style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
    let number = text.trim().parse::<f64>().ok().filter(|number| may_be_number && number.is_finite());
    match number {
        Some(number) => format!("<{p}c r=\"{name}\"{style}><{p}v>{number}</{p}v></{p}c>"),
        None => format!(
            "<{p}c r=\"{name}\"{style} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">\
             {}</{p}t></{p}is></{p}c>",
            escaped(text)
        ),
    }
}

/// A text in a cell: markup, `_xHHHH_` (which stands for a character) and control characters.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if is_code(&text[at..]) => out.push_str("_x005F_"),
            c if (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// Whether a text begins with `_xHHHH_`.
fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[1] == b'x' && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
}

/// The part of the workbook with the wish that all formulas are computed when it is opened.
pub fn computed_when_opened(workbook: &str) -> String {
    const WISH: &str = " fullCalcOnLoad=\"1\"";
    if workbook.contains("fullCalcOnLoad=\"1\"") {
        return workbook.to_owned();
    }
    let mut reader = Reader::from_str(workbook);
    let mut after_sheets = None;
    loop {
        let start = reader.buffer_position() as usize;
        let Ok(event) = reader.read_event() else { break };
        let end = reader.buffer_position() as usize;
        match &event {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "calcPr" => {
                let name = start + 1 + element.name().as_ref().len();
                let rest = workbook[name..].replacen(" fullCalcOnLoad=\"0\"", "", 1);
                return format!("{}{WISH}{rest}", &workbook[..name]);
            }
            Event::End(element) if matches!(element.local_name().as_ref(), "sheets" | "definedNames") => {
                let name = element.name().as_ref().to_owned();
                let prefix = name.split_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default();
                after_sheets = Some((end, prefix));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match after_sheets {
        Some((at, p)) => format!("{}<{p}calcPr{WISH}/>{}", &workbook[..at], &workbook[at..]),
        None => workbook.to_owned(),
    }
}
