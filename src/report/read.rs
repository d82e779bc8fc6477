//! Importing a page as a session.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::markdown;
use crate::questionnaire::{Kind, Question, Questionnaire, Section};
use crate::session::{Answer, PageSection, Session};
use crate::text;

use super::approvals::{line_on_page, read_back};
use super::cells;
use super::instances::with_instances;
use super::not_a_page::NotAPage;
use super::page::{Page, subject};
use super::prose::read_page;
use super::rows::{ReadRow, read_rows, split_help};

/// The length of a question's title that is derived from its text, in characters.
const TITLE_LENGTH: usize = 60;

/// A part of a page that is ambiguous or was not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportWarning {
    /// The line of the page, from 1.
    pub line: usize,
    /// What was found and how it was read, without a final full stop.
    pub message: String,
}

/// An imported page.
#[derive(Debug)]
pub struct Imported {
    /// The session. Exporting it produces the same page again, if the page has a table of questions.
    pub session: Session,
    /// All warnings, in the order of their lines.
    pub warnings: Vec<ImportWarning>,
}

impl Imported {
    /// The outcome of the import in one sentence.
    pub fn summary(&self) -> String {
        let lines: HashSet<usize> = self.warnings.iter().map(|warning| warning.line).collect();
        match lines.len() {
            0 => "Imported with no warnings.".to_owned(),
            1 => "Imported; 1 row needs checking.".to_owned(),
            rows => format!("Imported; {rows} rows need checking."),
        }
    }
}

/// Imports a page as a session of `questionnaire`.
///
/// Rows are matched to questions by their normalized text. A row that matches none is added to the session's
/// copy of the questionnaire as a separate question. `name` is used as the subject if the page has no title.
///
/// # Errors
/// [`NotAPage`] if there are no questions.
pub fn import(
    source: &str,
    questionnaire: Questionnaire,
    name: &str,
    now: Timestamp,
) -> Result<Imported, NotAPage> {
    let (read, replaced) = read_back(source);
    read_page(&read, |page, prose| {
        let groups = prose.map_or(&[][..], |prose| &prose.groups);
        let mut imported = import_page(page, questionnaire, groups, source, name, now);
        if let Some(prose) = prose {
            imported.warnings.iter_mut().for_each(|warning| warning.line = prose.line(warning.line));
            let message =
                "the questions are not in a table; the session can only be exported to another file";
            let (line, message) = (prose.first_line(), message.to_owned());
            imported.warnings.insert(0, ImportWarning { line, message });
        }
        let lines = imported.warnings.iter_mut().map(|warning| &mut warning.line);
        lines.for_each(|line| *line = line_on_page(*line, &replaced));
        imported
    })
}

/// Imports the page that stands for `source`. If the questionnaire knows none of the questions, they are put
/// into the sections that `groups` names for them.
fn import_page(
    page: &Page<'_>,
    mut questionnaire: Questionnaire,
    groups: &[String],
    source: &str,
    name: &str,
    now: Timestamp,
) -> Imported {
    let mut warnings = Warnings::default();
    if let Cow::Owned(repeated) = with_instances(page, &questionnaire) {
        questionnaire = repeated;
    }
    let mut rows = read_rows(page, &questionnaire);
    if rows.iter().any(|row| row.question.is_none()) {
        add_unmatched(page, &rows, &mut questionnaire, &mut warnings);
        if rows.iter().all(|row| row.question.is_none()) {
            group(&mut questionnaire, groups);
        }
        rows = read_rows(page, &questionnaire);
    }
    let questions: Vec<&Question> = questionnaire.questions().collect();
    let mut answers = vec![Answer::default(); questions.len()];
    for row in rows {
        let Some(index) = row.question else { continue };
        warn_about_row(page, &questionnaire, questions[index], &row, &mut warnings);
        answers[index] = row.answer;
    }
    for &at in &page.rows_without_bars {
        warnings.add(at, "a line without bars directly below the table; left unchanged".to_owned());
    }
    let title = page.front_text("title");
    let subject = subject(&questionnaire, title.as_deref().unwrap_or(name));
    let created = page.front_text("dateCreated").and_then(|date| date.parse::<Timestamp>().ok());
    let is_readable = |time: &Timestamp| time.to_zoned(jiff::tz::TimeZone::UTC).year() >= 1;
    let created = created.filter(is_readable).unwrap_or(now);
    let introduction = page.text(page.introduction.clone());
    let sections = sections(page, &questionnaire);
    let warnings = warnings.by_line(page);
    let source = source.to_owned();
    let session = Session::imported(questionnaire, subject, created, answers, introduction, sections, source);
    Imported { session, warnings }
}

/// Warnings with their byte offsets on the page.
#[derive(Default)]
struct Warnings(Vec<(usize, String)>);

impl Warnings {
    fn add(&mut self, at: usize, message: String) {
        self.0.push((at, message));
    }

    fn by_line(mut self, page: &Page<'_>) -> Vec<ImportWarning> {
        self.0.sort_by_key(|(at, _)| *at);
        let (mut line, mut counted) = (1, 0);
        let numbered = self.0.into_iter().map(|(at, message)| {
            line += memchr::memchr_iter(b'\n', &page.source.as_bytes()[counted..at]).count();
            counted = at;
            ImportWarning { line, message }
        });
        numbered.collect()
    }
}

/// Adds a question for each row that matches none, after the question of the preceding row.
fn add_unmatched(
    page: &Page<'_>,
    rows: &[ReadRow],
    questionnaire: &mut Questionnaire,
    warnings: &mut Warnings,
) {
    let ids: Vec<String> = questionnaire.questions().map(|q| q.id.clone()).collect();
    let answer_set =
        questionnaire.questions().find(|q| q.kind == Kind::Choice).and_then(|q| q.answer_set.clone());
    let answer_set = answer_set.or_else(|| questionnaire.answer_sets.keys().next().cloned());
    let mut free_ids = FreeIds::new(&ids);
    let mut added: HashMap<Option<String>, Vec<Question>> = HashMap::new();
    let mut before: Option<String> = None;
    for row in rows {
        if let Some(index) = row.question {
            before = ids.get(index).cloned();
            continue;
        }
        let table = &page.tables[row.table];
        let mut question = question_of_row(page, row, &mut free_ids);
        let answer = table.cell(page, row.row, table.answer);
        set_kind(&mut question, questionnaire, answer_set.as_ref(), answer);
        let message = format!(
            "\"{}\" is not in the {} questionnaire; added as a separate question",
            question.title, questionnaire.title
        );
        warnings.add(table.rows[row.row].range.start, message);
        added.entry(before.clone()).or_default().push(question);
    }
    insert_after(questionnaire, added);
}

/// The question that a row asks, as a text question.
fn question_of_row(page: &Page<'_>, row: &ReadRow, free_ids: &mut FreeIds) -> Question {
    let table = &page.tables[row.table];
    let whole = markdown::decode(table.cell(page, row.row, table.question));
    let (asked, help) = split_help(&whole);
    let title: String = text::one_line(asked).chars().take(TITLE_LENGTH).collect();
    Question {
        id: free_ids.take(&format!("page-{}", text::slug(asked))),
        help: help.to_owned(),
        ..Question::added(&title, asked)
    }
}

/// Turns a text question into a choice of `answer_set`, unless its answer is not one of the choices.
fn set_kind(question: &mut Question, questionnaire: &Questionnaire, answer_set: Option<&String>, cell: &str) {
    let Some(answer_set) = answer_set else { return };
    (question.kind, question.answer_set) = (Kind::Choice, Some(answer_set.clone()));
    let mut answer = Answer::default();
    cells::read_answer(question, questionnaire.choices(question), cell, &mut answer);
    if answer.choices.is_empty() && !answer.qualifier.is_empty() {
        (question.kind, question.answer_set) = (Kind::Text, None);
    }
}

/// Inserts questions after the question with the given id, or at the beginning for `None`.
fn insert_after(questionnaire: &mut Questionnaire, mut added: HashMap<Option<String>, Vec<Question>>) {
    for (s, section) in questionnaire.sections.iter_mut().enumerate() {
        let mut questions = Vec::new();
        if s == 0 {
            questions.extend(added.remove(&None).into_iter().flatten());
        }
        for question in section.questions.drain(..) {
            let following = added.remove(&Some(question.id.clone()));
            questions.push(question);
            questions.extend(following.into_iter().flatten());
        }
        section.questions = questions;
    }
}

/// Divides the only section of a questionnaire into one for each run of questions with the same group.
fn group(questionnaire: &mut Questionnaire, groups: &[String]) {
    let [section] = questionnaire.sections.as_mut_slice() else { return };
    if groups.iter().all(String::is_empty) || groups.len() != section.questions.len() {
        return;
    }
    let mut free_ids = FreeIds::new(&[]);
    let questions = std::mem::take(&mut section.questions).into_iter().zip(groups);
    let whole = section.clone();
    let mut sections: Vec<Section> = Vec::new();
    for (question, title) in questions {
        let title = if title.is_empty() { &whole.title } else { title };
        match sections.last_mut().filter(|section| section.title == *title) {
            Some(section) => section.questions.push(question),
            None => sections.push(Section {
                id: free_ids.take(&text::slug(title)),
                title: title.clone(),
                questions: vec![question],
                ..whole.clone()
            }),
        }
    }
    questionnaire.sections = sections;
}

/// Finds ids that are not taken.
struct FreeIds {
    taken: HashSet<String>,
    /// The last number that was appended to each id.
    numbers: HashMap<String, usize>,
}

impl FreeIds {
    fn new(taken: &[String]) -> Self {
        Self { taken: taken.iter().cloned().collect(), numbers: HashMap::new() }
    }

    /// The id `wanted`, with a number if it is taken.
    fn take(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        let number = self.numbers.entry(id.clone()).or_insert(1);
        while !self.taken.insert(id.clone()) {
            *number += 1;
            id = format!("{wanted}-{number}");
        }
        id
    }
}

/// Warns about an answer that is not exactly one of the choices, and about cells that are not imported.
fn warn_about_row(
    page: &Page<'_>,
    questionnaire: &Questionnaire,
    question: &Question,
    read: &ReadRow,
    warnings: &mut Warnings,
) {
    let table = &page.tables[read.table];
    let row = &table.rows[read.row];
    let cell = table.cell(page, read.row, table.answer);
    if question.kind.has_choices() && !cell.is_empty() {
        let labels = cells::choice_labels(questionnaire.choices(question), &read.answer);
        let canonical = cells::answer_cell(question.kind, labels, &read.answer);
        let shown = text::one_line(cell);
        if read.answer.choices.is_empty() {
            let message = format!("the answer \"{shown}\" is not one of the choices; kept unchanged");
            warnings.add(row.range.start, message);
        } else if canonical != cell {
            let message = format!("the answer \"{shown}\" was read as {}", text::one_line(&canonical));
            warnings.add(row.range.start, message);
        }
    }
    let columns = [table.question, table.answer, table.detail];
    if (0..row.cells.len()).any(|column| !columns.contains(&column) && !row.cells[column].is_empty()) {
        let message = "a cell outside the question, answer and detail columns; left unchanged";
        warnings.add(row.range.start, message.to_owned());
    }
}

/// The sections of the page, followed by those of the questionnaire that the page does not have.
fn sections(page: &Page<'_>, questionnaire: &Questionnaire) -> Vec<PageSection> {
    let known = &questionnaire.report.sections;
    let prompt = |heading: &str| {
        let known = known.iter().find(|s| text::normalized(&s.heading) == text::normalized(heading));
        known.map(|s| s.prompt.clone()).unwrap_or_default()
    };
    let on_page = page.sections.iter().map(|s| PageSection {
        prompt: prompt(&s.heading),
        text: page.text(s.text.clone()),
        heading: s.heading.clone(),
    });
    let mut sections: Vec<PageSection> = on_page.collect();
    for s in known {
        if !sections.iter().any(|have| text::normalized(&have.heading) == text::normalized(&s.heading)) {
            sections.push(PageSection {
                heading: s.heading.clone(),
                prompt: s.prompt.clone(),
                text: String::new(),
            });
        }
    }
    sections
}

/// The date of a page in its front matter, as a time or as a day, which counts from its start in UTC.
pub fn page_date(page: &str) -> Option<Timestamp> {
    let date = read_page(page, |page, _| page.front_text("date")).ok()??;
    let day = || date.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    date.parse().ok().or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, SHOWCASE, load};
    use crate::report::page_only;

    const TABLE: &str = "| Question | Answer |\n| --- | --- |\n";

    fn imported(page: &str, questionnaire: Questionnaire) -> Session {
        import(page, questionnaire, "page", Timestamp::UNIX_EPOCH).unwrap().session
    }

    /// SaaS security with only the first section of its page.
    fn saas() -> Questionnaire {
        let mut questionnaire = load(BUILT_IN[0].1).unwrap();
        questionnaire.report.sections.truncate(1);
        questionnaire
    }

    #[test]
    fn rows_with_the_same_words_become_questions_of_their_own_and_of_the_kind_of_their_answers() {
        let page = format!("{TABLE}| Is it? | Yes (mostly) |\n| Is it? | |\n| Is it? | three |\n");
        let session = imported(&page, page_only(&page, &[]));
        let found: Vec<(&str, Kind)> =
            session.questionnaire().questions().map(|q| (q.id.as_str(), q.kind)).collect();
        let expected =
            [("page-is-it", Kind::Choice), ("page-is-it-2", Kind::Choice), ("page-is-it-3", Kind::Text)];
        assert_eq!(found, expected);
        let answers = [
            Answer { choices: vec!["yes".into()], qualifier: "mostly".into(), ..Answer::default() },
            Answer::default(),
            Answer { value: "three".into(), ..Answer::default() },
        ];
        for (index, answer) in answers.iter().enumerate() {
            assert_eq!(session.answer(index), answer);
        }
    }

    #[test]
    fn an_added_question_offers_the_choices_of_the_first_single_choice() {
        let session = imported(&format!("{TABLE}| Is it blue? | Yes |\n"), load(SHOWCASE).unwrap());
        let question = session.question(session.index_of("page-is-it-blue").unwrap());
        assert_eq!((question.kind, question.answer_set.as_deref()), (Kind::Choice, Some("yes-no")));
        assert_eq!(session.answer_to("page-is-it-blue").unwrap().choices, ["yes"]);
    }

    #[test]
    fn sections_of_the_questionnaire_give_their_prompts_and_are_added_if_the_page_lacks_them() {
        for (sections, expected) in [
            ("## Other\n\nx\n", [("Other", false), ("Exporting data", true)]),
            ("## exporting DATA\n\nx\n\n## Other\n", [("exporting DATA", true), ("Other", false)]),
        ] {
            let session = imported(&format!("{TABLE}| Is it? | Yes |\n\n{sections}"), saas());
            let found: Vec<(&str, bool)> =
                session.sections().iter().map(|s| (s.heading.as_str(), !s.prompt.is_empty())).collect();
            assert_eq!(found, expected);
        }
        let session = imported(&format!("{TABLE}\n## Exporting data\n\nx\n"), saas());
        assert_eq!(session.sections().len(), 1);
    }

    #[test]
    fn the_date_of_a_page_is_a_time_or_the_start_of_a_day() {
        for (front, expected) in [
            ("date: 2021-06-30T20:55:16Z", Some("2021-06-30T20:55:16Z")),
            ("date: 2026-01-02", Some("2026-01-02T00:00:00Z")),
            ("date: soon", None),
            ("date:", None),
            ("x: 1", None),
        ] {
            let found = page_date(&format!("---\n{front}\n---\n\n{TABLE}"));
            assert_eq!(found.map(|time| time.to_string()).as_deref(), expected, "{front}");
        }
        assert_eq!(page_date("---\ndate: 2026-01-02\n---\n"), None);
    }
}
