//! Why a text is not a page, and what to change in it.

use std::fmt;

use crate::markdown;
use crate::text;

/// How many tables an error names.
const SHOWN_TABLES: usize = 3;
/// How many columns of a terminal the headings of a table may take in an error.
const SHOWN_COLUMNS: usize = 100;
/// How many columns of a terminal one of them may take.
const SHOWN_HEADING: usize = 40;

/// Headings of columns that often have the questions, without being clear enough to be read as such.
const LIKE_QUESTION: &[&str] =
    &["item", "topic", "description", "criterion", "criteria", "measure", "title", "name", "text"];
/// Headings of columns that often have the answers.
const LIKE_ANSWER: &[&str] =
    &["state", "result", "compliant", "compliance", "yesno", "yn", "reply", "verdict", "value", "fulfilled"];
/// Headings of columns that have neither.
const NEITHER: &[&str] = &["", "id", "no", "nr", "number", "ref", "reference", "section", "owner", "date"];

/// The error for a text without a table of questions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotAPage {
    /// Its tables with other headings.
    pub tables: Vec<OtherTable>,
}

/// A table that lacks a heading for the question or for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherTable {
    /// Its line, from 1.
    pub line: usize,
    /// Its headings, as they are written.
    pub headings: Vec<String>,
    /// The column of the question, if it has one.
    pub question: Option<usize>,
    /// The column of the answer, if it has one.
    pub answer: Option<usize>,
}

impl fmt::Display for NotAPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no table with the headings Question and Answer")?;
        for (number, table) in self.tables.iter().take(SHOWN_TABLES).enumerate() {
            let before = if number == 0 { "; found the table headings" } else { ";" };
            let headings = table.headings.iter().map(|heading| shown(heading)).collect::<Vec<_>>().join(", ");
            let headings = text::truncate(&headings, SHOWN_COLUMNS);
            write!(f, "{before} \"{headings}\" in line {}: {}", table.line, table.advice())?;
        }
        match self.tables.len().saturating_sub(SHOWN_TABLES) {
            0 => Ok(()),
            1 => f.write_str("; and 1 more table"),
            more => write!(f, "; and {more} more tables"),
        }
    }
}

impl std::error::Error for NotAPage {}

impl OtherTable {
    /// Which headings to rename.
    fn advice(&self) -> String {
        let question = self.question.or_else(|| self.guess(LIKE_QUESTION, LIKE_ANSWER, self.answer));
        let answer = self.answer.or_else(|| self.guess(LIKE_ANSWER, &[], question));
        let parts: Vec<String> = [(self.question, question, "Question"), (self.answer, answer, "Answer")]
            .into_iter()
            .filter(|(known, ..)| known.is_none())
            .map(|(_, guessed, name)| match guessed {
                Some(column) if !shown(&self.headings[column]).is_empty() => {
                    format!("rename \"{}\" to {name}", shown(&self.headings[column]))
                }
                Some(column) => format!("name column {} {name}", column + 1),
                None => format!("add a column {name}"),
            })
            .collect();
        parts.join(" and ")
    }

    /// The column that probably has what is missing: one with one of the headings `like`, or else the first
    /// with another heading than those of `unlike`. It is not `taken`.
    fn guess(&self, like: &[&str], unlike: &[&str], taken: Option<usize>) -> Option<usize> {
        let names: Vec<String> = self.headings.iter().map(|heading| text::normalized(heading)).collect();
        let free = || (0..names.len()).filter(|column| Some(*column) != taken);
        let is_one = |column: &usize, of: &[&str]| of.contains(&names[*column].as_str());
        let likely = free().find(|column| is_one(column, like));
        let possible = || free().find(|column| !is_one(column, unlike) && !is_one(column, NEITHER));
        likely.or_else(possible).or_else(|| free().next())
    }
}

/// A heading without its markup, on one line, and cut.
fn shown(heading: &str) -> String {
    let heading = markdown::decode(heading);
    let heading = heading.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'));
    text::truncate(&text::one_line(heading), SHOWN_HEADING).into_owned()
}

#[cfg(test)]
mod tests {
    use crate::report::Page;

    /// The error for a page with tables that have these headings.
    fn error(headers: &[&str]) -> String {
        let tables = headers.iter().map(|header| {
            let rule = "|---".repeat(header.matches('|').count() - 1);
            format!("{header}\n{rule}|\n| x |\n\n")
        });
        Page::parse(&format!("Words.\n\n{}", tables.collect::<String>())).unwrap_err().to_string()
    }

    #[test]
    fn a_text_without_tables_says_what_a_page_needs() {
        assert_eq!(error(&[]), "no table with the headings Question and Answer");
    }

    #[test]
    fn the_headings_that_were_found_are_named_and_what_to_rename() {
        for (header, expected) in [
            (
                "| Item | State | Remarks |",
                "\"Item, State, Remarks\" in line 3: rename \"Item\" to Question and rename \"State\" to \
                 Answer",
            ),
            ("| **Question** | *Yes/No* |", "\"Question, Yes/No\" in line 3: rename \"Yes/No\" to Answer"),
            ("| # | Status | Area |", "\"#, Status, Area\" in line 3: rename \"Area\" to Question"),
            ("| Question |", "\"Question\" in line 3: add a column Answer"),
            (
                "| ID | Result |",
                "\"ID, Result\" in line 3: rename \"ID\" to Question and rename \"Result\" to Answer",
            ),
            ("|  | Status |", "\", Status\" in line 3: name column 1 Question"),
        ] {
            let begin = "no table with the headings Question and Answer; found the table headings ";
            assert_eq!(error(&[header]), format!("{begin}{expected}"));
        }
    }

    #[test]
    fn of_many_tables_the_first_are_named_and_long_headings_are_cut() {
        let found = error(&["| A | B |", "| Question | B |", "| C | D |", "| E | F |", "| G | H |"]);
        assert!(found.contains("; \"Question, B\" in line 7: rename \"B\" to Answer; \"C, D\""), "{found}");
        assert!(found.ends_with("; and 2 more tables") && !found.contains("E, F"), "{found}");
        let found = error(&[&format!("| {} | B |", "long ".repeat(9))]);
        assert!(found.contains("\"long long long long long long long long…, B\" in line 3"), "{found}");
    }

    #[test]
    fn what_a_terminal_would_obey_is_not_in_the_error() {
        assert!(!error(&["| \u{1b}[2J | B |"]).contains('\u{1b}'));
    }
}
