//! Pages without a table of questions: their questions are headings or bold lines, with the answers below.
//!
//! Such a page is read as the page in Querist's own layout that says the same. It is never written.

use std::collections::HashSet;
use std::ops::Range;

use crate::markdown;
use crate::text;

use super::asked::{Asked, Mark, marks};
use super::below::{Below, below};
use super::not_a_page::NotAPage;
use super::page::Page;

/// A page without a table of questions, as one with a table.
#[derive(Debug)]
pub struct Prose {
    /// The page with a table that has a row for each question.
    pub table: String,
    /// For each question, the headings above it that not all questions have; empty if there are none.
    pub groups: Vec<String>,
    /// The line of each question, from 1.
    lines: Vec<usize>,
    /// The line of the row of the first question in `table`, from 1.
    first_row: usize,
}

impl Prose {
    /// The line of the page for a line of the page with a table.
    pub fn line(&self, line: usize) -> usize {
        line.checked_sub(self.first_row).and_then(|row| self.lines.get(row)).copied().unwrap_or(1)
    }

    /// The line of the first question.
    pub fn first_line(&self) -> usize {
        self.lines.first().copied().unwrap_or(1)
    }
}

/// Reads a page: as it is, or if it has questions but no table of them, as [`Prose`].
///
/// # Errors
/// [`NotAPage`] if it has no questions.
pub fn read_page<T>(source: &str, read: impl FnOnce(&Page<'_>, Option<&Prose>) -> T) -> Result<T, NotAPage> {
    match Page::parse(source) {
        Ok(page) => Ok(read(&page, None)),
        Err(error) => match prose(source) {
            Some(prose) => Page::parse(&prose.table).map(|page| read(&page, Some(&prose))),
            None => Err(error),
        },
    }
}

/// Whether a page has questions that can be read, but no table of them, so that it cannot be written.
pub fn is_prose(source: &str) -> bool {
    read_page(source, |_, prose| prose.is_some()) == Ok(true)
}

/// A heading that is no question, or a question, with the range of the text below it.
struct Part<'m> {
    mark: &'m Mark,
    text: Range<usize>,
}

/// A question with what is below it.
struct Entry {
    question: String,
    below: Below,
    /// The parts whose headings are above it, the largest first.
    above: Vec<usize>,
    start: usize,
}

fn prose(source: &str) -> Option<Prose> {
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let front = markdown::front_matter(source, start);
    let body = front.map_or(start, |front| front.body);
    let marks = questions_or_headings(marks(source, body));
    let parts = parts(source, &marks);
    let entries = entries(source, &parts);
    let clear = entries.iter().filter(|entry| entry.below.is_clear).count();
    let answered = entries.iter().filter(|entry| !entry.below.is_empty()).count();
    // A heading with a question mark can be in any text.
    if clear == 0 && answered < 2 {
        return None;
    }
    let mut table = source[..body].to_owned();
    let introduction = source[body..entries[0].start].trim_ascii();
    table.push_str(&format!("\n{}\n\n", text::normalize_newlines(introduction)));
    table.push_str("| Question | Answer | Detail |\n| --- | --- | --- |\n");
    let first_row = table.matches('\n').count() + 1;
    for Entry { question, below, .. } in &entries {
        let cells = [question, &below.answer, &below.detail].map(|cell| markdown::encode(cell));
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    table.push_str(&sections(source, &parts, &entries));
    let page = Page::parse(&table).ok()?;
    if page.tables.len() != 1 || page.tables[0].rows.len() != entries.len() {
        return None;
    }
    let (mut line, mut counted) = (1, 0);
    let lines = entries.iter().map(|entry| {
        line += memchr::memchr_iter(b'\n', &source.as_bytes()[counted..entry.start]).count();
        counted = entry.start;
        line
    });
    let lines = lines.collect();
    Some(Prose { table, groups: groups(source, &parts, &entries), lines, first_row })
}

/// The questions and the headings between them. If most questions are headings, bold lines are part of the
/// answers.
fn questions_or_headings(marks: Vec<Mark>) -> Vec<Mark> {
    let (headings, bold): (Vec<&Mark>, Vec<&Mark>) =
        marks.iter().filter(|mark| mark.is_question).partition(|mark| mark.level().is_some());
    let with_bold = bold.len() > headings.len();
    let is_kept = |mark: &Mark| match mark.asked {
        Asked::Heading(_) => true,
        Asked::Line { .. } => mark.is_question && with_bold,
    };
    marks.into_iter().filter(is_kept).collect()
}

/// The parts of the page, from the first heading or question on. A smaller heading below a heading that is a
/// question belongs to the answer, and one below another heading to its text.
fn parts<'m>(source: &str, marks: &'m [Mark]) -> Vec<Part<'m>> {
    let mut parts: Vec<Part<'m>> = Vec::new();
    for (mark, leads_to_question) in marks.iter().zip(leads_to_question(marks)) {
        if let Some(above) = parts.last_mut() {
            let is_smaller = above.mark.level().zip(mark.level()).is_some_and(|(above, this)| this > above);
            let is_part = is_smaller && (above.mark.is_question || !leads_to_question);
            // An answer with a line under it is no heading.
            let is_answer = mark.is_underlined
                && above.mark.is_question
                && source[above.text.start..mark.range.start].trim().is_empty();
            if !mark.is_question && (is_part || is_answer) {
                continue;
            }
            above.text.end = mark.range.start;
        }
        parts.push(Part { mark, text: mark.range.end..source.len() });
    }
    parts
}

/// For each heading, whether a question is below it before the next heading that is not smaller.
fn leads_to_question(marks: &[Mark]) -> Vec<bool> {
    // The largest heading from here up to the next question; `None` after the last question.
    let mut largest: Option<usize> = None;
    let mut leads: Vec<bool> = marks
        .iter()
        .rev()
        .map(|mark| {
            let level = mark.level().unwrap_or(usize::MAX);
            let leads = largest.is_some_and(|largest| largest > level);
            largest = if mark.is_question { Some(level) } else { largest.map(|largest| largest.min(level)) };
            leads
        })
        .collect();
    leads.reverse();
    leads
}

/// The questions with their answers and the headings above them.
fn entries(source: &str, parts: &[Part<'_>]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut above: Vec<usize> = Vec::new();
    for (index, Part { mark, text }) in parts.iter().enumerate() {
        if let Some(level) = mark.level() {
            above.retain(|other| parts[*other].mark.level() < Some(level));
        }
        if mark.is_question {
            let question = mark.title(source);
            let below = below(&question, &mark.below(source, text));
            entries.push(Entry { question, below, above: above.clone(), start: mark.range.start });
        } else {
            above.push(index);
        }
    }
    entries
}

/// For each question, the headings above it, without those that all questions have.
fn groups(source: &str, parts: &[Part<'_>], entries: &[Entry]) -> Vec<String> {
    let all = |place: usize| entries.iter().map(move |entry| entry.above.get(place));
    let is_shared =
        |place: &usize| all(*place).all(|part| part.is_some() && part == entries[0].above.get(*place));
    let shared = (0..).take_while(is_shared).count();
    let titles = entries.iter().map(|entry| {
        let titles = entry.above[shared..].iter().map(|part| parts[*part].mark.title(source));
        titles.collect::<Vec<_>>().join(" / ")
    });
    titles.collect()
}

/// What follows the first question besides questions, as sections of a page. A heading without a text is not
/// among them if it groups questions.
fn sections(source: &str, parts: &[Part<'_>], entries: &[Entry]) -> String {
    let groups: HashSet<usize> = entries.iter().flat_map(|entry| entry.above.iter().copied()).collect();
    let mut sections = String::new();
    let after = parts.iter().enumerate().skip_while(|(_, part)| !part.mark.is_question);
    for (index, Part { mark, text }) in after.filter(|(_, part)| !part.mark.is_question) {
        let text = source[text.clone()].trim_ascii();
        if !text.is_empty() || !groups.contains(&index) {
            let text = text::normalize_newlines(text);
            sections.push_str(&format!("\n## {}\n\n{text}\n", mark.title(source)));
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRONT: &str = "---\ntitle: Boat\n---\n";

    #[test]
    fn a_page_without_a_table_is_read_as_one_with_a_table() {
        let source = format!(
            "{FRONT}\n# Boat\n\nHello.\n\n## Access\n\n### Is it locked?\n\nYes, always.\n\n\
             #### Why\n\nSafety | luck.\n\n## Data\n\nAbout data.\n\n### How old?\n\n30 days\n\n\
             ## End\n\nBye.\n"
        );
        let prose = prose(&source).unwrap();
        let expected = format!(
            "{FRONT}\n# Boat\n\nHello.\n\n## Access\n\n| Question | Answer | Detail |\n| --- | --- | --- |\n\
             | Is it locked? | Yes | always.<br><br>#### Why<br><br>Safety \\| luck. |\n\
             | How old? | 30 days |  |\n\n## Data\n\nAbout data.\n\n## End\n\nBye.\n"
        );
        assert_eq!(prose.table, expected);
        assert_eq!(prose.groups, ["Access", "Data"]);
        assert_eq!([prose.line(13), prose.line(14), prose.first_line()], [11, 23, 11]);
    }

    #[test]
    fn bold_lines_are_questions_unless_most_are_headings() {
        for (source, expected) in [
            ("## Is a?\n\nYes\n\n**Is b?** No\n", 1),
            ("## Is a?\n\nYes\n\n**Is b?** No\n\n**Is c?** No\n", 3),
            ("## A\n\n**Is b?** No\n\n**Is c?** No\n", 2),
        ] {
            let prose = prose(source).unwrap();
            assert_eq!(Page::parse(&prose.table).unwrap().tables[0].rows.len(), expected, "{source}");
        }
    }

    #[test]
    fn a_text_with_a_single_question_needs_a_clear_answer_to_be_a_page() {
        for (source, expected) in [
            ("# Why?\n\nBecause.\n", false),
            ("# Why?\n\nBecause.\n\n# Who?\n\nMe.\n", true),
            ("# Is it?\n\nYes.\n", true),
            ("# Is it?\n", false),
            ("Words.\n", false),
            ("# Is it?\n\nYes.\n\n| Question | Answer |\n| --- | --- |\n", false),
        ] {
            assert_eq!(is_prose(source), expected, "{source}");
        }
    }

    #[test]
    fn an_answer_with_a_line_under_it_is_no_heading() {
        let prose = prose("### Is it?\n\nYes\n---\n\n### Is that?\n\nNo\n---\n").unwrap();
        assert!(prose.table.ends_with("| Is it? | Yes |  |\n| Is that? | No |  |\n"), "{}", prose.table);
    }

    #[test]
    fn headings_that_all_questions_have_or_that_repeat_the_path_are_no_groups() {
        let group = |source: &str| prose(source).unwrap().groups;
        assert_eq!(group("# T\n\n## A?\n\nYes\n\n## B?\n\nNo\n"), ["", ""]);
        let nested =
            "# T\n\n## A\n\n### B\n\n#### x?\n\nYes\n\n### C\n\n#### y?\n\nNo\n\n## D\n\n### z?\n\nNo\n";
        assert_eq!(group(nested), ["A / B", "A / C", "D"]);
    }
}
