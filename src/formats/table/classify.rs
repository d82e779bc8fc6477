//! Reads the questions of tables.

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

use super::find::{Found, Layout};
use super::rows::{Row, Rows};

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

impl Reader {
    fn table(&mut self, layout: &Layout<'_>, is_one: bool) -> Result<(), ReadError> {
        let rows = Rows::of(layout);
        let answers = given_choices(layout, &rows.rows);
        // In a table whose header is repeated, the header has the title of the first section.
        let mut section = rows.title_in_header().unwrap_or_default();
        for row in rows.rows.iter().copied() {
            match rows.kind(row) {
                Row::Section(title) => section = title,
                Row::Question => self.question(layout, row, &section, is_one, &answers)?,
                Row::Footer => {
                    let place = format!("{} {}", layout.sheet.name, row + 1).trim().to_owned();
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
        let id = layout.id.map(|column| sheet.shown(row, column)).unwrap_or_default();
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

/// The columns that are not understood: marks for levels become tags, anything else is kept in the guidance.
fn others(layout: &Layout<'_>, row: u32, asked: &mut crate::questionnaire::Question) {
    let Some(header) = &layout.header else { return };
    let known = [
        Some(layout.question),
        layout.answer,
        layout.comment,
        layout.evidence,
        layout.id,
        layout.section,
        layout.guidance,
    ];
    let columns = layout.sheet.row(row).map(|(column, _)| column);
    for column in columns.filter(|column| !known.contains(&Some(*column))) {
        let text = layout.sheet.shown(row, column);
        let heading = match header.text(column) {
            "" => layout.sheet.merged_text(header.first, column),
            heading => heading,
        };
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
    let headings: Vec<&str> = layout
        .header
        .iter()
        .flat_map(|header| header.rows())
        .map(|row| layout.sheet.text(row, column))
        .collect();
    let given = rows.iter().filter(is_offered).map(|row| layout.sheet.text(*row, column));
    let given: Vec<&str> = given.filter(|text| !text.is_empty() && !headings.contains(text)).collect();
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
