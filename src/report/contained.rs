//! Texts of the reviewer that end on a page where they should: nothing in them swallows or changes what
//! follows.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::text;

use super::page::Page;

/// Ends the HTML blocks that do not end at a blank line (CommonMark 0.31, section 4.6, kinds 1 to 5).
const ENDS: [&str; 8] = [">", "-->", "?>", "]]>", "</pre>", "</script>", "</style>", "</textarea>"];

/// Stands for whatever follows a text on the page.
const AFTER: &str = "\n\n| Question | Answer |\n| --- | --- |\n";

/// A text as it is written to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contained {
    /// The text, without white space at its end.
    pub text: String,
    /// What had to be changed, as a sentence without its subject: `has a code block that is not closed`.
    pub problem: Option<String>,
}

/// Closes blocks that are open at the end of `text`, and changes the headings of tables that would be read as
/// tables of questions, so that they look the same but are not.
pub fn contained(text: &str) -> Contained {
    let text = text.trim_ascii();
    let (closed, mut problem) = closed(text);
    let text = without_question_tables(&closed);
    if text != closed {
        problem = Some("has a table with the headings of questions and answers".to_owned());
    }
    Contained { text, problem }
}

fn closed(text: &str) -> (String, Option<String>) {
    if ends_where_it_should(text) {
        return (text.to_owned(), None);
    }
    if let Some((fence, line)) = open_fence(text) {
        let closed = format!("{text}\n{fence}");
        if ends_where_it_should(&closed) {
            return (closed, Some(format!("has a code block in line {line} that is not closed")));
        }
    }
    let candidates = ENDS.iter().map(|end| format!("{text}\n{end}"));
    let found = candidates.into_iter().find(|candidate| ends_where_it_should(candidate));
    (found.unwrap_or_else(|| text.to_owned()), Some("has an HTML block that is not closed".to_owned()))
}

/// Whether a table that follows the text is read as a table of its own.
fn ends_where_it_should(text: &str) -> bool {
    let page = format!("{text}{AFTER}");
    let at = text.len() + 2;
    let mut events = Parser::new_ext(&page, Options::ENABLE_TABLES).into_offset_iter();
    events.any(|(event, range)| matches!(event, Event::Start(Tag::Table(_))) && range.start == at)
}

/// The fence that closes a code block which is open at the end of the text, and the line where it opens.
fn open_fence(text: &str) -> Option<(String, usize)> {
    let is_fenced = |tag: &Tag<'_>| matches!(tag, Tag::CodeBlock(CodeBlockKind::Fenced(_)));
    let blocks = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    let fenced = blocks.filter_map(|(event, range)| match event {
        Event::Start(tag) if is_fenced(&tag) => Some(range),
        _ => None,
    });
    let block = fenced.last()?;
    let opening = text[block.start..].trim_start();
    let mark = opening.chars().next()?;
    let fence: String = opening.chars().take_while(|c| *c == mark).collect();
    let line = text[..block.start].matches('\n').count() + 1;
    Some((fence, line))
}

/// Replaces a letter in the headings of question tables by its HTML entity.
fn without_question_tables(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(at) = question_heading(&text) {
        let letter = text.as_bytes()[at];
        text.replace_range(at..=at, &format!("&#{letter};"));
    }
    text
}

/// Where the first letter of the question heading of the first table of questions is.
fn question_heading(text: &str) -> Option<usize> {
    let page = Page::parse_body(text).ok()?;
    let table = page.tables.first()?;
    let cell = table.header_cells.get(table.question)?.clone();
    let letter = text[cell.clone()].bytes().position(|byte| byte.is_ascii_alphabetic())?;
    Some(cell.start + letter)
}

/// Whether two texts are the same on the page.
pub fn is_same(page: &str, ours: &str) -> bool {
    page == ours.trim_ascii() || page == text::normalize_newlines(&contained(ours).text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_blocks_are_closed_and_closed_ones_are_left_alone() {
        for (text, expected) in [
            ("Words.", "Words."),
            ("a\n```\ncode", "a\n```\ncode\n```"),
            ("a\n~~~~ x\ncode", "a\n~~~~ x\ncode\n~~~~"),
            ("```\ncode\n```", "```\ncode\n```"),
            ("<!-- x", "<!-- x\n-->"),
            ("<pre>x", "<pre>x\n</pre>"),
            ("<?php", "<?php\n?>"),
            ("<![CDATA[ x", "<![CDATA[ x\n]]>"),
            ("<!X", "<!X\n>"),
            ("- item\n  ```\n  code", "- item\n  ```\n  code"),
            ("| a | b |\n| - | - |\n\n```\ncode", "| a | b |\n| - | - |\n\n```\ncode\n```"),
        ] {
            assert_eq!(contained(text).text, expected);
            assert_eq!(contained(expected).text, expected, "it is stable");
        }
        assert_eq!(contained("a\n```").problem.unwrap(), "has a code block in line 2 that is not closed");
    }

    #[test]
    fn a_table_of_questions_in_a_text_is_no_longer_one() {
        let text = contained("| Question | Answer |\n| --- | --- |\n| a? | Yes |").text;
        assert!(text.starts_with("| &#81;uestion |"), "{text}");
        let bold = contained("| **Question** | Answer |\n| --- | --- |\n| a? | Yes |").text;
        assert!(bold.starts_with("| **&#81;uestion** |"), "{bold}");
        assert_eq!(contained(&text).text, text);
    }

    #[test]
    fn a_change_is_explained_and_what_is_left_alone_is_not() {
        let question_table = "| Question | Answer |\n| --- | --- |\n| a? | Yes |";
        for (text, expected) in [
            ("Words.", None),
            ("<pre>x</pre>", None),
            ("<pre>x", Some("has an HTML block that is not closed")),
            ("a\n\nb\n\n```", Some("has a code block in line 5 that is not closed")),
            (question_table, Some("has a table with the headings of questions and answers")),
        ] {
            assert_eq!(contained(text).problem.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_text_is_the_same_on_the_page_but_for_white_space_line_breaks_and_what_closes_it() {
        for (page, ours, expected) in [
            ("", "", true),
            ("a", " a\n", true),
            ("a\nb", "a\r\nb", true),
            ("```\ncode\n```", "```\ncode", true),
            ("a", "b", false),
            ("a b", "ab", false),
        ] {
            assert_eq!(is_same(page, ours), expected, "{ours}");
        }
    }
}
