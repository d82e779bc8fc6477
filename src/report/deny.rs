//! Words that must not be published, and where they would be.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use crate::text;

use super::document::{Document, DocumentQuestion};

/// Words and phrases that must not be published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DenyWords(Vec<Phrase>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    /// As it was written.
    written: String,
    /// Its words in lower case; empty if it has none.
    words: Vec<String>,
}

/// What would be published.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// A page.
    Page(&'a str),
    /// The JSON report.
    Json(&'a str),
    /// The report in another format that is text.
    Text(&'a str),
    /// The report in a workbook.
    Workbook,
    /// Answers in a file of somebody else.
    Answers,
}

/// A place where a denied word would be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// The word or phrase, as it was written.
    pub phrase: String,
    /// The question or part; empty if only the line of the output is known.
    pub place: String,
    /// The line there, from 1.
    pub line: usize,
    /// The text of that line.
    pub text: String,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { phrase, place, line, text } = self;
        let comma = if place.is_empty() { "" } else { ", " };
        write!(f, "{place}{comma}line {line}: \"{phrase}\" in: {}", text.trim())
    }
}

impl DenyWords {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads a list: a word or phrase per line. Blank lines and those that start with `#` are ignored.
    pub fn parse(list: &str) -> Self {
        let lines = list.trim_start_matches('\u{feff}').lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let phrase = |line: &str| Phrase {
            written: line.to_owned(),
            words: words(line).into_iter().map(|(_, word)| word).collect(),
        };
        Self(lines.map(phrase).collect())
    }

    /// Where any of the words would be published. What is not found in the parts of the report, such as what
    /// others wrote on a page, is looked for in the output.
    pub fn find(&self, document: &Document, content: Content<'_>) -> Vec<Denied> {
        match content {
            Content::Json(output) => self.in_output(output, &BTreeSet::new()),
            Content::Page(output) | Content::Text(output) => {
                let mut denied = self.in_document(document, content);
                let known = denied.iter().map(|denied| denied.phrase.clone()).collect();
                denied.extend(self.in_output(output, &known));
                denied
            }
            Content::Workbook | Content::Answers => self.in_document(document, content),
        }
    }

    /// Where any of the words is in a text, which is called `place`.
    pub fn find_in(&self, place: &str, text: &str) -> Vec<Denied> {
        let mut denied = Vec::new();
        self.in_text(place, text, &mut denied);
        denied
    }

    fn in_document(&self, document: &Document, content: Content<'_>) -> Vec<Denied> {
        let mut denied = Vec::new();
        let parts = match content {
            Content::Answers => Vec::new(),
            Content::Page(_) | Content::Json(_) | Content::Text(_) | Content::Workbook => parts(document),
        };
        for (place, text) in parts {
            self.in_text(&place, &text, &mut denied);
        }
        for question in document.sections.iter().flat_map(|section| &section.questions) {
            for (part, text) in fields(question, content) {
                self.in_text(&format!("{} ({part})", question.id), text, &mut denied);
            }
        }
        denied
    }

    /// Looks through text that is ready to be written, for phrases that are not `known`.
    fn in_output(&self, output: &str, known: &BTreeSet<String>) -> Vec<Denied> {
        let others = self.0.iter().filter(|phrase| !known.contains(&phrase.written)).cloned();
        let (others, mut denied) = (Self(others.collect()), Vec::new());
        match serde_json::from_str::<Value>(output) {
            Ok(value @ Value::Object(_)) => others.in_value("", "", &value, &mut denied),
            Ok(_) | Err(_) => others.in_text("", output, &mut denied),
        }
        denied
    }

    /// Looks through the texts in a JSON value, each of which is in the object with the id `id`.
    fn in_value(&self, id: &str, key: &str, value: &Value, denied: &mut Vec<Denied>) {
        match value {
            Value::String(text) => {
                let place = if id.is_empty() { key.to_owned() } else { format!("{id} ({key})") };
                self.in_text(&place, text, denied);
            }
            Value::Array(values) => values.iter().for_each(|value| self.in_value(id, key, value, denied)),
            Value::Object(fields) => {
                let id = fields.get("id").and_then(Value::as_str).unwrap_or(id);
                fields.iter().for_each(|(key, value)| self.in_value(id, key, value, denied));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn in_text(&self, place: &str, text: &str, denied: &mut Vec<Denied>) {
        let all = words(text);
        for phrase in &self.0 {
            let starts: Vec<usize> = if phrase.words.is_empty() {
                text.match_indices(&phrase.written).map(|(at, _)| at).collect()
            } else {
                let is_phrase =
                    |found: &&[(usize, String)]| found.iter().map(|(_, word)| word).eq(&phrase.words);
                all.windows(phrase.words.len()).filter(is_phrase).map(|found| found[0].0).collect()
            };
            let mut lines: Vec<usize> = starts.iter().map(|at| text[..*at].matches('\n').count()).collect();
            lines.dedup();
            denied.extend(lines.into_iter().map(|line| Denied {
                phrase: phrase.written.clone(),
                place: place.to_owned(),
                line: line + 1,
                text: text.split('\n').nth(line).unwrap_or_default().to_owned(),
            }));
        }
    }
}

/// The words of a text in lower case, with their offsets. Where a script has no spaces between words, each of
/// its letters is one.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    for (start, word) in text::words(text) {
        let mut from = 0;
        for (at, letter) in word.char_indices().filter(|(_, letter)| has_no_spaces(*letter)) {
            if from < at {
                all.push((start + from, word[from..at].to_lowercase()));
            }
            all.push((start + at, letter.to_string()));
            from = at + letter.len_utf8();
        }
        if from < word.len() {
            all.push((start + from, word[from..].to_lowercase()));
        }
    }
    all
}

/// Whether a letter is of a script that joins words: Thai and its neighbours, Japanese, Chinese and Korean.
fn has_no_spaces(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The texts of a report that belong to no question, by their place.
fn parts(document: &Document) -> Vec<(String, String)> {
    let mut parts = vec![
        ("title".to_owned(), document.title.clone()),
        ("subject".to_owned(), document.subject.clone()),
        ("tags".to_owned(), document.tags.join("\n")),
        ("introduction".to_owned(), document.introduction.clone()),
    ];
    let properties = document.properties.iter().filter(|(key, _)| key != "title" && key != "tags");
    parts.extend(properties.map(|(key, value)| (format!("property {key}"), value.clone())));
    for section in &document.page_sections {
        parts.push((format!("section \"{}\"", section.heading), section.heading.clone()));
        parts.push((format!("section \"{}\"", section.heading), section.text.clone()));
    }
    parts.extend(document.approvals.iter().map(|line| ("approvals".to_owned(), line.clone())));
    parts
}

/// The texts of a question and its answer that are in content of this kind, by the name of the part.
fn fields<'d>(question: &'d DocumentQuestion, content: Content<'_>) -> Vec<(&'static str, &'d str)> {
    let answer = &question.answer;
    let mut fields = Vec::new();
    fields.extend(question.answer_labels.iter().map(|label| ("answer", label.as_str())));
    fields.extend([
        ("answer", answer.value.as_str()),
        ("qualifier", answer.qualifier.as_str()),
        ("detail", answer.detail.as_str()),
    ]);
    // On a page, a link that the detail cites is in the detail only.
    let is_page = matches!(content, Content::Page(_));
    for link in question.links.iter().filter(|link| !(is_page && link.cited)) {
        fields.push(("link", link.url.as_str()));
        fields.extend((link.label != link.url).then_some(("link", link.label.as_str())));
    }
    match content {
        Content::Answers => return fields,
        Content::Page(_) => {}
        Content::Json(_) | Content::Text(_) | Content::Workbook => {
            fields.push(("title", &question.title));
            fields.extend(question.links.iter().map(|link| ("quote", link.quote.as_str())));
            fields.extend(question.findings.iter().map(|finding| ("advice", finding.advice.as_str())));
        }
    }
    fields.extend([("question", question.text.as_str()), ("help", question.help.as_str())]);
    fields
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::report::{Extras, Format, document, render};
    use crate::session::{Answer, Edit, Link, Session, Stamp, TextRef};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn places(list: &str, text: &str) -> Vec<usize> {
        DenyWords::parse(list).find_in("", text).iter().map(|denied| denied.line).collect()
    }

    /// A session that says these things.
    fn session(answer: Answer, introduction: &str) -> Session {
        let mut session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", NOW);
        let (question, before) = ("event-logging".to_owned(), Box::default());
        let inserted = introduction.to_owned();
        for edit in [
            Edit::Answer { question, before, after: Box::new(answer) },
            Edit::Splice { text: TextRef::Introduction, at: 0, removed: String::new(), inserted },
        ] {
            session.apply(&edit, &Stamp::default()).unwrap();
        }
        session
    }

    #[test]
    fn words_and_phrases_are_found_whole_in_any_case_and_across_punctuation_and_lines() {
        for (list, text, lines) in [
            ("Initech", "An INITECH host", vec![1]),
            ("Initech", "Initechs\nx\ninitech_eu and Initech", vec![3]),
            ("project blue", "Project\nBlue, project-blue, blue project", vec![1, 2]),
            ("über", "ÜBER", vec![1]),
            ("# über\n\n  \n", "# über", vec![]),
            ("秘密", "これは秘密です", vec![1]),
            ("***", "a\n***", vec![2]),
            ("a b", "a", vec![]),
        ] {
            assert_eq!(places(list, text), lines, "{list} in {text}");
        }
    }

    #[test]
    fn the_places_are_questions_and_parts_with_their_lines() {
        let link = |url: &str, internal| Link { url: url.into(), internal, ..Link::default() };
        let links = vec![link("https://initech.example", false), link("https://hooli.example", true)];
        let detail = "Kept.\nBy Initech.".to_owned();
        let answer = Answer { detail, links, note: "hooli".into(), ..Answer::default() };
        let session = session(answer, "About Initech");
        let words = DenyWords::parse("initech\nhooli");
        let report = document(&session, NOW, Extras::default());
        let page = render(&session, Format::Markdown, Extras::default(), NOW);
        let shown: Vec<String> =
            words.find(&report, Content::Page(&page)).iter().map(ToString::to_string).collect();
        let expected = [
            "introduction, line 1: \"initech\" in: About Initech",
            "property description, line 1: \"initech\" in: About Initech",
            "event-logging (detail), line 2: \"initech\" in: By Initech.",
            "event-logging (link), line 1: \"initech\" in: https://initech.example",
        ];
        assert_eq!(shown, expected);
        assert_eq!(words.find(&report, Content::Answers).len(), 2);
    }

    #[test]
    fn what_only_the_output_contains_is_found_there() {
        let answer = Answer { flag: Some("ask\nHooli".into()), ..Answer::default() };
        let session = session(answer, "");
        let (words, report) = (DenyWords::parse("hooli"), document(&session, NOW, Extras::default()));
        let json = render(&session, Format::Json, Extras::default(), NOW);
        let found = words.find(&report, Content::Json(&json));
        assert_eq!(found[0].to_string(), "event-logging (flag), line 2: \"hooli\" in: Hooli");
        let found = words.find(&report, Content::Page("a\nby Hooli\n"));
        assert_eq!(found[0].to_string(), "line 2: \"hooli\" in: by Hooli");
        assert_eq!(words.find(&report, Content::Workbook), []);
    }
}
