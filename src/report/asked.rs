//! Where a text asks questions: in headings, and in lines that are bold or begin with "Q:".

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text;

use super::below::{LONGEST_LABEL, is_answer_label, opens_with_answer};
use super::page::line_start;

/// Names before a question: `Question 3: Is it?`.
const QUESTION_LABELS: [&str; 5] = ["q", "question", "frage", "pregunta", "domanda"];

/// How a question or heading is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// As a heading of this level.
    Heading(usize),
    /// As a line. What belongs to it has this indentation, which it has in a list.
    Line {
        /// The width of the indentation, in bytes.
        indent: usize,
    },
}

/// A heading or a question.
#[derive(Debug, Clone)]
pub struct Mark {
    /// How it is written.
    pub asked: Asked,
    /// The byte range from the start of its line up to the text below it.
    pub range: Range<usize>,
    /// The byte range of its text.
    pub text: Range<usize>,
    /// Whether it is a heading by the line under it, which may have been meant as a line between texts.
    pub is_underlined: bool,
    /// Whether it is a question, because of a question mark or the answer below it.
    pub is_question: bool,
}

impl Mark {
    /// The level of a heading.
    pub fn level(&self) -> Option<usize> {
        match self.asked {
            Asked::Heading(level) => Some(level),
            Asked::Line { .. } => None,
        }
    }

    /// Its text, on one line.
    pub fn title(&self, source: &str) -> String {
        source[self.text.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text in `range` below it, without the indentation of its list.
    pub fn below(&self, source: &str, range: &Range<usize>) -> String {
        let below = text::normalize_newlines(&source[range.clone()]);
        let indent = match self.asked {
            Asked::Heading(_) | Asked::Line { indent: 0 } => return below.into_owned(),
            Asked::Line { indent } => indent,
        };
        let lines = below.split('\n').map(|line| {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            &line[blanks.min(indent)..]
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The headings and possible questions of a page, in their order. A heading "Answer" is part of what is below
/// a question.
pub fn marks(source: &str, body: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut around: Vec<TagEnd> = Vec::new();
    let mut heading: Option<(Range<usize>, Range<usize>)> = None;
    let mut next_line = 0;
    for (event, range) in Parser::new_ext(&source[body..], Options::ENABLE_TABLES).into_offset_iter() {
        let range = body + range.start..body + range.end;
        if let Event::End(end) = event {
            around.pop();
            if let (TagEnd::Heading(level), Some((range, text))) =
                (end, heading.take_if(|_| around.is_empty()))
            {
                marks.extend(heading_mark(source, level as usize, range, text));
            }
            continue;
        }
        if let Some((_, text)) = &mut heading {
            *text = if text.start == text.end { range.clone() } else { text.start..range.end.max(text.end) };
        }
        if heading.is_none() && range.start >= next_line && is_in_lines(&around) {
            let line = match &event {
                Event::Start(Tag::Strong) => bold_line(source, &range),
                // A number before a bold text.
                Event::Text(text) if !text.contains(char::is_alphabetic) => continue,
                Event::Text(_) => labelled_line(source, range.start),
                _ => None,
            };
            if is_inline(&event) {
                next_line = line_end(source, range.start) + 1;
            }
            marks.extend(line);
        }
        if let Event::Start(tag) = event {
            if around.is_empty()
                && matches!(tag, Tag::Heading { .. })
                && !is_underlined_text(&source[range.clone()])
            {
                heading = Some((range.clone(), range.end..range.end));
            }
            around.push(tag.to_end());
        }
    }
    marks
}

/// Whether what is in these blocks is in the lines of a paragraph, or of a list that is not nested.
fn is_in_lines(around: &[TagEnd]) -> bool {
    let is_line =
        |end: &TagEnd| matches!(end, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_) | TagEnd::Item);
    !around.is_empty() && around.len() <= 3 && around.iter().all(is_line)
}

/// Whether a heading has several lines, or begins with a bold text and has dashes under it: it was probably
/// meant as text, and the dashes as a line between texts.
fn is_underlined_text(heading: &str) -> bool {
    let heading = heading.trim();
    let is_bold = heading.starts_with("**") || heading.starts_with("__");
    heading.lines().count() > 2 || is_bold && heading.ends_with("--")
}

/// Whether an event is part of a line, rather than a block.
fn is_inline(event: &Event<'_>) -> bool {
    !matches!(event, Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::List(_) | Tag::Item))
}

/// The end of the line that contains byte `at`, without its line break.
fn line_end(source: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &source.as_bytes()[at..]).map_or(source.len(), |length| at + length)
}

fn heading_mark(source: &str, level: usize, range: Range<usize>, text: Range<usize>) -> Option<Mark> {
    let title = source[text.clone()].trim_matches(is_emphasis);
    if is_answer_label(title) {
        return None;
    }
    let is_question =
        !title.trim().is_empty() && (is_asking(title) || opens_with_answer(&source[range.end..]));
    let is_underlined = !source[range.clone()].trim_start().starts_with('#');
    let text = question_text(source, text);
    Some(Mark { asked: Asked::Heading(level), range, text, is_underlined, is_question })
}

/// A line that begins with a bold text which may be a question.
fn bold_line(source: &str, strong: &Range<usize>) -> Option<Mark> {
    let start = line_start(source, strong.start);
    let before = &source[start..strong.start];
    if before.contains(char::is_alphabetic) || strong.len() < 4 {
        return None;
    }
    let inner = strong.start + 2..strong.end - 2;
    let title = source[inner.clone()].trim();
    let end = line_end(source, strong.end);
    let rest = source[strong.end..end].trim();
    let name = title.trim_end_matches(':');
    let is_answer = is_answer_label(name) || (opens_with_answer(title) && !is_asking(title));
    if name.is_empty() || is_answer {
        return None;
    }
    let indent = if before.trim().is_empty() { 0 } else { before.len() };
    let mark = |text: Range<usize>, below: usize, is_question: bool| {
        let text = question_text(source, text);
        let (asked, range) = (Asked::Line { indent }, start..below);
        (!text.is_empty()).then_some(Mark { asked, range, text, is_underlined: false, is_question })
    };
    if is_question_label(name) && (title.ends_with(':') || rest.starts_with(':')) {
        return mark(strong.end..end, end, true);
    }
    if rest.trim_matches(':').is_empty() {
        return mark(inner, end, is_asking(title) || opens_with_answer(&source[end..]));
    }
    let is_named = title.ends_with(':') || rest.starts_with(':');
    let below = strong.end + source[strong.end..end].find(|c: char| c != ':' && c != ' ').unwrap_or(0);
    let is_answered = is_named && opens_with_answer(&source[below..end]);
    mark(inner, below, is_asking(title) || is_answered)
}

/// A line that begins with "Q:" or "Question 3:".
fn labelled_line(source: &str, at: usize) -> Option<Mark> {
    let start = line_start(source, at);
    let end = line_end(source, at);
    if source[start..at].contains(char::is_alphabetic) {
        return None;
    }
    let (name, _) = source[at..end].split_once(':').filter(|(name, _)| name.len() <= LONGEST_LABEL)?;
    let indent = if source[start..at].trim().is_empty() { 0 } else { at - start };
    let text = question_text(source, at..end);
    let is_labelled = is_question_label(name) && !text.is_empty();
    let (asked, range) = (Asked::Line { indent }, start..end);
    is_labelled.then_some(Mark { asked, range, text, is_underlined: false, is_question: true })
}

/// The range of a question without "Question:" before it, and without emphasis and blanks around it.
fn question_text(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let label =
        text.split_once(':').filter(|(name, _)| name.len() <= LONGEST_LABEL && is_question_label(name));
    let text = label.map_or(text, |(_, rest)| rest);
    let end = range.end - (text.len() - text.trim_end().len());
    let text = text.trim_end();
    let inner = text.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    let marks = inner.len() - inner.trim_start_matches(is_emphasis).len();
    let is_around = marks > 0 && inner.len() > 2 * marks && inner.ends_with(&inner[..marks]);
    let is_whole = is_around && !inner[marks..inner.len() - marks].contains(is_emphasis);
    let cut = if is_whole { marks } else { 0 };
    // "**Question:** Is it?" leaves the end of the bold text before the question.
    let open = if label.is_some() && !is_whole { marks } else { cut };
    let start = (end - inner.len() + open).min(end - cut);
    start..end - cut
}

/// Whether a text is "Question", "Q" or "Question 3", with emphasis or without.
fn is_question_label(text: &str) -> bool {
    let name = text::normalized(text);
    QUESTION_LABELS.contains(&name.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// Whether a text ends with a question mark.
fn is_asking(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || is_emphasis(c) || ":\")".contains(c));
    text.ends_with(['?', '？', '؟'])
}

fn is_emphasis(c: char) -> bool {
    matches!(c, '*' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The questions of a text.
    fn questions(source: &str) -> Vec<String> {
        let marks = marks(source, 0).into_iter().filter(|mark| mark.is_question);
        marks.map(|mark| mark.title(source)).collect()
    }

    #[test]
    fn headings_are_questions_with_a_question_mark_or_an_answer_below() {
        for (source, expected) in [
            ("## Is it?\n\nWords.\n", vec!["Is it?"]),
            ("## 1.2 *Is it?*\n\nWords.\n", vec!["1.2 *Is it?*"]),
            ("**Is it?**\n=====\n\nNo\n", vec!["Is it?"]),
            ("## Encryption at rest ##\n\nYes, AES.\n", vec!["Encryption at rest"]),
            ("## Encryption\n\n**Answer:** Everywhere.\n", vec!["Encryption"]),
            ("## Q: Is `it`\n\nStatus: Compliant\n", vec!["Is `it`"]),
            ("## Question 3: Is it?\n", vec!["Is it?"]),
            ("## Review\n\nStatus: draft\n", vec![]),
            ("## Incidents\n\nNo incidents are known.\n", vec![]),
            ("## Is it?\n\n### Answer\n\nYes\n", vec!["Is it?"]),
            ("> ## Is it?\n>\n> Yes\n", vec![]),
            ("```\n## Is it?\n```\n", vec![]),
            ("##\n\nYes\n", vec![]),
        ] {
            assert_eq!(questions(source), expected, "{source}");
        }
    }

    #[test]
    fn bold_and_labelled_lines_are_questions() {
        for (source, expected) in [
            ("**Is it?**\nYes\n**Is that?** No\n", vec!["Is it?", "Is that?"]),
            ("1. **Is it?**\n   Yes\n2. __Is that?__\n\n   No\n", vec!["Is it?", "Is that?"]),
            ("1.2 **Is it?**\n\nYes\n", vec!["Is it?"]),
            ("**Encryption:** Yes, AES.\n\n**Logs**\n\nNo\n", vec!["Encryption", "Logs"]),
            ("**Question:** Is it?\n\n**Answer:** Yes\n", vec!["Is it?"]),
            ("**Question 2: Is it?**\n\n**Answer: Yes**\n", vec!["Is it?"]),
            ("Q: Is it\nA: Yes\n\nQ: Is that\nA: No\n", vec!["Is it", "Is that"]),
            ("**Note** that it is.\n\n**Note:** it is.\n\n**Yes, it is.**\n", vec![]),
            ("**Is it?**\nYes\n---\n", vec!["Is it?"]),
            ("**Is it?** Yes\n---\n", vec!["Is it?"]),
            ("**Is it?**\n---\nYes\n", vec!["Is it?"]),
            ("1. **Is it?**\n   Yes\n   ---\n", vec!["Is it?"]),
            ("Is **it?** Yes\n\n- - - **Is it?**\n", vec![]),
        ] {
            let expected: Vec<&str> = expected.into_iter().map(|title| title.trim_end_matches(':')).collect();
            let found = questions(source);
            let found: Vec<&str> = found.iter().map(|title| title.trim_end_matches(':')).collect();
            assert_eq!(found, expected, "{source}");
        }
    }

    #[test]
    fn what_is_below_a_question_in_a_list_loses_its_indentation() {
        let source = "1. **Is it?**\n   Yes\n\n       code\n  x\n";
        let mark = &marks(source, 0)[0];
        assert_eq!(mark.below(source, &(mark.range.end..source.len())), "\nYes\n\n    code\nx\n");
    }
}
