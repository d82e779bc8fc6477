//! The rows of a page, matched to the questions of a questionnaire.

use std::collections::HashMap;

use crate::markdown;
use crate::questionnaire::{Question, Questionnaire};
use crate::session::Answer;
use crate::text;

use super::cells;
use super::page::Page;

/// A row of a page, read.
#[derive(Debug)]
pub struct ReadRow {
    /// The index of the row's table on the page.
    pub table: usize,
    /// The index of the row in its table.
    pub row: usize,
    /// The index of the question that it answers; `None` if the questionnaire does not contain the question.
    pub question: Option<usize>,
    /// The answer in the row.
    pub answer: Answer,
}

/// Reads the rows of a page and matches each to a question of `questionnaire`.
pub fn read_rows(page: &Page<'_>, questionnaire: &Questionnaire) -> Vec<ReadRow> {
    let questions: Vec<&Question> = questionnaire.questions().collect();
    let mut matcher = Matcher::new(&questions);
    let mut rows = Vec::new();
    for (t, table) in page.tables.iter().enumerate() {
        for r in 0..table.rows.len() {
            let cell = |column: usize| table.cell(page, r, column);
            let question = matcher.take(cell(table.question));
            let mut answer = Answer::default();
            if let Some(question) = question.map(|index| questions[index]) {
                let choices = questionnaire.choices(question);
                cells::read_answer(question, choices, cell(table.answer), &mut answer);
                cells::read_detail(cell(table.detail), &mut answer);
            }
            rows.push(ReadRow { table: t, row: r, question, answer });
        }
    }
    rows
}

/// The line of each question that `page` has a row for, by its id. Lines count from 1.
pub fn row_lines(page: &Page<'_>, questionnaire: &Questionnaire) -> HashMap<String, usize> {
    let questions: Vec<&Question> = questionnaire.questions().collect();
    let rows = read_rows(page, questionnaire);
    let (mut line, mut counted) = (1, 0);
    let lines = rows.iter().filter_map(|row| {
        let start = page.tables[row.table].rows[row.row].range.start;
        line += page.source[counted..start].matches('\n').count();
        counted = start;
        Some((questions[row.question?].id.clone(), line))
    });
    lines.collect()
}

/// Splits a question cell into question and help. The help follows the first line break, or is in italics at
/// the end.
pub fn split_help(text: &str) -> (&str, &str) {
    if let Some((question, help)) = text.split_once('\n') {
        return (question.trim(), help.trim().trim_matches('*'));
    }
    let inner = text.strip_suffix('*').filter(|inner| !inner.ends_with('*'));
    match inner.and_then(|inner| inner.rsplit_once(" *")) {
        Some((question, help)) if !question.is_empty() && !help.contains('*') => (question.trim(), help),
        Some(_) | None => (text.trim(), ""),
    }
}

/// Matches question cells to questions. Each question matches at most once.
struct Matcher<'a> {
    questions: &'a [&'a Question],
    taken: Vec<bool>,
    /// The question after the last match. On most pages, the next row contains exactly this question.
    next: usize,
    /// The index of questions by text, built when a row first contains another question than the next.
    by_text: Option<ByText>,
}

/// Questions by their normalized text. Lists are in reverse order, so that the first question is popped
/// first.
type ByText = HashMap<String, Vec<usize>>;

impl<'a> Matcher<'a> {
    fn new(questions: &'a [&'a Question]) -> Self {
        Self { questions, taken: vec![false; questions.len()], next: 0, by_text: None }
    }

    fn index_by_text(questions: &[&Question]) -> ByText {
        let mut by_text = ByText::with_capacity(2 * questions.len());
        for (index, question) in questions.iter().enumerate().rev() {
            let name = text::normalized(&question.text);
            if !question.help.is_empty() {
                let with_help = format!("{name}{}", text::normalized(&question.help));
                by_text.entry(with_help).or_default().push(index);
            }
            by_text.entry(name).or_default().push(index);
        }
        by_text
    }

    /// The question in `cell`, unless an earlier row contained it.
    fn take(&mut self, cell: &str) -> Option<usize> {
        let whole = markdown::decode(cell);
        let next = self.questions.get(self.next);
        let is_next =
            next.is_some_and(|next| !self.taken[self.next] && cells::is_question_cell(next, &whole));
        let found = if is_next {
            self.taken[self.next] = true;
            Some(self.next)
        } else {
            self.look_up(&whole)
        };
        self.next = found.map_or(self.next, |index| index + 1);
        found
    }

    fn look_up(&mut self, whole: &str) -> Option<usize> {
        let by_text = self.by_text.get_or_insert_with(|| Self::index_by_text(self.questions));
        let (question, _) = split_help(whole);
        let unnumbered = question.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        for candidate in [whole, question, unnumbered] {
            let Some(list) = by_text.get_mut(&text::normalized(candidate)) else { continue };
            while let Some(index) = list.pop() {
                if !std::mem::replace(&mut self.taken[index], true) {
                    return Some(index);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page_only;

    /// A questionnaire with these questions, each with its help.
    fn questionnaire(questions: &[(&str, &str)]) -> Questionnaire {
        let mut questionnaire = page_only("", &[]);
        for (number, (text, help)) in questions.iter().enumerate() {
            let question = Question {
                id: format!("q{number}"),
                help: (*help).to_owned(),
                ..Question::added(text, text)
            };
            questionnaire.sections[0].questions.push(question);
        }
        questionnaire
    }

    /// The questions that rows with these cells are matched to.
    fn matched(cells: &[&str], questions: &[(&str, &str)]) -> Vec<Option<usize>> {
        let rows: String = cells.iter().map(|cell| format!("| {cell} | Yes |\n")).collect();
        let source = format!("| Question | Answer |\n| --- | --- |\n{rows}");
        let page = Page::parse(&source).unwrap();
        read_rows(&page, &questionnaire(questions)).iter().map(|row| row.question).collect()
    }

    const SYMBOLS: [(&str, &str); 3] = [("Is it C?", ""), ("Is it X?", ""), ("Is it C++?", "")];

    #[test]
    fn questions_that_differ_only_in_symbols_are_matched_in_their_order() {
        let found = matched(&["Is it X?", "Is it C++?", "Is it C?"], &SYMBOLS);
        assert_eq!(found, [Some(1), Some(2), Some(0)]);
    }

    #[test]
    fn a_question_is_matched_with_a_number_or_its_help_and_only_once() {
        let questions = [("Is it A?", ""), ("Is it B?", "Ask twice")];
        let found = matched(&["1. 2. Is it A?", "Is it B? Ask twice", "Is it B?"], &questions);
        assert_eq!(found, [Some(0), Some(1), None]);
    }

    #[test]
    fn help_follows_a_line_break_or_is_in_italics_at_the_end() {
        for (cell, expected) in [
            ("Is it?\n\n*Ask.*", ("Is it?", "Ask.")),
            ("Is it? *Ask.*", ("Is it?", "Ask.")),
            ("*Is it?*", ("*Is it?*", "")),
            (" *Is it?*", ("*Is it?*", "")),
            ("Is *it*? *Ask.*", ("Is *it*?", "Ask.")),
            ("Is it *a*b*", ("Is it *a*b*", "")),
            ("Is it **bold**", ("Is it **bold**", "")),
            (" Is it? ", ("Is it?", "")),
        ] {
            assert_eq!(split_help(cell), expected, "{cell}");
        }
    }

    #[test]
    fn the_line_of_each_row_is_counted_over_all_tables() {
        let header = "| Question | Answer |\n| --- | --- |\n";
        let first = "| Is it X? | Yes |\n| Is it Z? | Yes |\n| Is it C? | No |\n";
        let source = format!("\n{header}{first}\nWords.\n\n{header}| Is it C++? | Yes |\n");
        let page = Page::parse(&source).unwrap();
        let expected = [("q1", 4), ("q0", 6), ("q2", 12)].map(|(id, line)| (id.to_owned(), line));
        assert_eq!(row_lines(&page, &questionnaire(&SYMBOLS)), HashMap::from(expected));
    }
}
