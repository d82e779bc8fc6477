//! Tells questions, sections, repeated headers and footers apart, and reads the questions.

use std::collections::HashMap;

use crate::formats::draft::{About, Draft, Imported, append, choice, park, question, title_of};
use crate::formats::error::ReadError;
use crate::formats::html::escaped;
use crate::formats::ids::Ids;
use crate::formats::sheet::cell_name;
use crate::formats::tones::tone_of;
use crate::questionnaire::{Cells, Choice, Kind, Tone};
use crate::session::{Answer, Link};
use crate::text;

use super::columns::{common_pattern, pattern};
use super::find::{Found, Layout};

/// How many columns a merged cell has that is a heading.
const WIDE: u32 = 2;

/// How many answers in the file are enough to know what the answers are.
const ENOUGH: usize = 3;

/// The most different answers that are choices and not texts.
const MOST_CHOICES: usize = 6;

/// Reads the questions of the tables.
pub fn questions(name: &str, found: Found<'_>) -> Result<Imported, ReadError> {
    let mut draft = Draft::new(About { title: name.to_owned(), ..About::default() });
    for layout in &found.layouts {
        draft.understood.push(layout.summary());
    }
    let is_one = found.layouts.len() == 1;
    let mut reader = Reader { draft, ids: HashMap::new() };
    for layout in &found.layouts {
        reader.table(layout, is_one)?;
    }
    for sheet in &found.others {
        reader.draft.warn("another sheet has a table; --sheet reads it instead", sheet);
    }
    reader.draft.finish("")
}

struct Reader {
    draft: Draft,
    /// The texts of the questions by the ids that the file gives them.
    ids: HashMap<String, String>,
}

/// What a row is.
enum Row {
    Question,
    Section(String),
    /// A header again, or a row outside the table.
    Other,
}

impl Reader {
    fn table(&mut self, layout: &Layout<'_>, is_one: bool) -> Result<(), ReadError> {
        let sheet = layout.sheet;
        let first = layout.header.map_or(0, |row| row + 1);
        let rows: Vec<u32> = sheet.rows().into_iter().filter(|row| *row >= first).collect();
        let ids = layout.id.and_then(|id| Some((id, common_pattern(sheet, layout.header?, id)?)));
        let is_id = |row: u32| {
            ids.as_ref()
                .is_none_or(|(column, common)| pattern(sheet.text(row, *column)).as_ref() == Some(common))
        };
        let last = rows.iter().copied().rfind(|row| is_id(*row)).unwrap_or(0);
        let answers = given_choices(layout, &rows);
        // In a table whose header is repeated, the header has the title of the first section.
        let mut section = layout.header.and_then(|row| title_in_header(layout, row)).unwrap_or_default();
        for row in rows {
            let place = format!("{} {}", sheet.name, row + 1).trim().to_owned();
            match classify(layout, row, &is_id, ids.is_some(), last) {
                Row::Section(title) => section = title,
                Row::Question => self.question(layout, row, &section, is_one, &answers)?,
                Row::Other if ids.is_some() && row > last => {
                    self.draft.warn("a row below the last question; left out", &format!("row {place}"));
                }
                Row::Other => {}
            }
        }
        for column in &layout.more_answers {
            let heading = layout.heading(*column);
            self.draft.warn("another column has answers; --answer reads it instead", heading);
        }
        Ok(())
    }

    fn question(
        &mut self,
        layout: &Layout<'_>,
        row: u32,
        section: &str,
        is_one: bool,
        answers: &[Choice],
    ) -> Result<(), ReadError> {
        let sheet = layout.sheet;
        let id = layout.id.map(|column| sheet.text(row, column)).unwrap_or_default();
        let asked_text = sheet.text(row, layout.question);
        match self.ids.get(id).filter(|_| !id.is_empty()) {
            Some(known) if known == asked_text => {
                self.draft.warn("a question is repeated on another sheet; read once", id);
                return Ok(());
            }
            Some(_) => self.draft.warn("two questions have one id; the second has a number after it", id),
            None => {
                self.ids.insert(id.to_owned(), asked_text.to_owned());
            }
        }
        let own = layout.section.map(|column| sheet.merged_text(row, column)).unwrap_or_default();
        let own = if own.is_empty() { section } else { own };
        let titles = if is_one { vec![own] } else { vec![sheet.name.as_str(), own] };
        // An empty cell in the column of sections continues the section above.
        let own = if layout.section.is_some() && own.is_empty() { self.draft.last_section() } else { None };
        let section = own.unwrap_or_else(|| self.draft.section(&titles.join("\n"), &titles));
        let offered = layout.answer.and_then(|column| sheet.drop_down(row, column));
        let choices = offered.map_or_else(|| answers.to_vec(), choices_of);
        let kind = if choices.is_empty() { Kind::Text } else { Kind::Choice };
        let title = title_of(asked_text);
        let title = if id.is_empty() { title } else { format!("{id} {title}") };
        let mut asked = question(kind, &title, asked_text);
        if let Some(column) = layout.guidance {
            append(&mut asked.guidance, &escaped(sheet.text(row, column)));
        }
        others(layout, row, &mut asked);
        let cell = |column: Option<u32>| {
            column
                .map(|column| sheet.top_left(row, column))
                .map(|(row, column)| cell_name(row, column))
                .unwrap_or_default()
        };
        asked.cells = Some(Cells {
            sheet: sheet.name.clone(),
            answer: cell(layout.answer),
            comment: cell(layout.comment),
            evidence: cell(layout.evidence),
        });
        let answer = self.answer(layout, row, &choices);
        if !choices.is_empty() {
            asked.answer_set = Some(self.draft.answer_set("answers", choices));
        }
        let id = self.draft.question(section, id, asked)?;
        self.draft.answer(&id, answer);
        Ok(())
    }

    /// The answer that the file has.
    fn answer(&mut self, layout: &Layout<'_>, row: u32, choices: &[Choice]) -> Answer {
        let text = |column: Option<u32>| {
            let cell = column.map(|column| layout.sheet.text(row, column)).unwrap_or_default();
            text::unguarded(cell).to_owned()
        };
        let mut answer = Answer { detail: text(layout.comment), ..Answer::default() };
        let given = text(layout.answer);
        if choices.is_empty() {
            answer.value = given;
        } else if let Some(made) =
            choices.iter().find(|choice| choice.label.eq_ignore_ascii_case(given.trim()))
        {
            answer.choices.push(made.id.clone());
        } else if !given.is_empty() {
            self.draft.warn(
                "an answer is not in the list; it is in the detail",
                &cell_name(row, layout.answer.unwrap_or(0)),
            );
            answer.detail = [given.as_str(), &answer.detail].join("\n\n").trim().to_owned();
        }
        for part in text(layout.evidence).lines() {
            if text::url_problem(part.trim()).is_none() {
                answer.links.push(Link { url: part.trim().to_owned(), ..Link::default() });
            } else {
                append(&mut answer.detail, part);
            }
        }
        answer
    }
}

fn classify(layout: &Layout<'_>, row: u32, is_id: &dyn Fn(u32) -> bool, has_ids: bool, last: u32) -> Row {
    let sheet = layout.sheet;
    let asked = sheet.text(row, layout.question);
    // Cells right of the headings are notes, or the values of lists.
    let last_heading = layout.header.and_then(|header| sheet.row(header).last());
    let is_inside = |column: u32| last_heading.is_none_or(|(last, _)| column <= last.max(layout.question));
    let filled: Vec<(u32, &str)> = sheet.row(row).filter(|(column, _)| is_inside(*column)).collect();
    let is_repeated = layout.header.is_some_and(|header| {
        let columns =
            [Some(layout.question).filter(|_| layout.answer.is_none()), layout.answer, layout.comment];
        let mut columns =
            columns.into_iter().flatten().filter(|column| !sheet.text(header, *column).is_empty()).peekable();
        columns.peek().is_some()
            && columns.all(|column| sheet.text(row, column) == sheet.text(header, column))
    });
    if is_repeated {
        return title_in_header(layout, row).map_or(Row::Other, Row::Section);
    }
    let is_wide = filled.first().is_some_and(|(column, _)| {
        sheet
            .merged
            .iter()
            .any(|(first, end)| *first == (row, *column) && end.1 >= column + WIDE && end.0 == row)
    });
    let joined = || filled.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ");
    match filled.as_slice() {
        [] => Row::Other,
        _ if is_wide && filled.len() == 1 => Row::Section(joined()),
        [(column, text)] if *column != layout.question || (has_ids && row < last && !text.ends_with('?')) => {
            if has_ids && row > last {
                Row::Other
            } else {
                Row::Section((*text).to_owned())
            }
        }
        _ if has_ids && row > last => Row::Other,
        _ if asked.is_empty() => Row::Other,
        // A number of another form, and nothing beside it: "V1 | Architecture".
        [(_, _), (_, _)]
            if has_ids && !is_id(row) && layout.id.is_some_and(|id| !sheet.text(row, id).is_empty()) =>
        {
            Row::Section(joined())
        }
        _ if asked.chars().any(char::is_alphanumeric) => Row::Question,
        _ => Row::Other,
    }
}

/// The title of a section in a header: a text in a column that is not a heading of the table.
fn title_in_header(layout: &Layout<'_>, row: u32) -> Option<String> {
    let is_heading = |column: u32| {
        let known = [layout.answer, layout.comment, layout.evidence, layout.guidance];
        known.contains(&Some(column)) || super::headings::role(layout.sheet.text(row, column)).is_some()
    };
    let first = layout.sheet.row(row).next()?;
    (!is_heading(first.0) && first.0 <= layout.question).then(|| first.1.to_owned())
}

/// The columns that are not understood: marks for levels become tags, anything else is kept in the guidance.
fn others(layout: &Layout<'_>, row: u32, asked: &mut crate::questionnaire::Question) {
    let Some(header) = layout.header else { return };
    let known = [
        Some(layout.question),
        layout.answer,
        layout.comment,
        layout.evidence,
        layout.id,
        layout.section,
        layout.guidance,
    ];
    for (column, text) in layout.sheet.row(row).filter(|(column, _)| !known.contains(&Some(*column))) {
        let heading = layout.sheet.merged_text(header, column);
        if heading.is_empty() || layout.more_answers.contains(&column) {
            continue;
        }
        let is_mark = text.chars().count() == 1 && !text.chars().all(|c| c.is_ascii_digit());
        if is_mark && heading.to_lowercase().starts_with("level") {
            asked.tags.push(crate::formats::ids::slug(heading));
        } else {
            park(asked, heading, text);
        }
    }
}

fn choices_of(values: &[String]) -> Vec<Choice> {
    let mut ids = Ids::default();
    values.iter().map(|value| choice(&ids.id(value), value, tone_of(value))).collect()
}

/// The choices that the answers in the file suggest: a few, and all of them yes, no and the like.
fn given_choices(layout: &Layout<'_>, rows: &[u32]) -> Vec<Choice> {
    let Some(column) = layout.answer else { return Vec::new() };
    let is_offered = |row: &&u32| layout.sheet.drop_down(**row, column).is_none();
    let header = layout.header.map(|row| layout.sheet.text(row, column)).unwrap_or_default();
    let given = rows.iter().filter(is_offered).map(|row| layout.sheet.text(*row, column));
    let given: Vec<&str> = given.filter(|text| !text.is_empty() && *text != header).collect();
    let mut different: Vec<String> = Vec::new();
    for text in &given {
        if !different.iter().any(|known| known.eq_ignore_ascii_case(text)) {
            different.push((*text).to_owned());
        }
    }
    let all_known = different.iter().all(|text| tone_of(text) != Tone::Neutral);
    if given.len() < ENOUGH || different.len() > MOST_CHOICES || !all_known {
        return Vec::new();
    }
    choices_of(&different)
}
