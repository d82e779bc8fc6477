//! The answer below a question: its first words, and the detail after them.

use crate::text;

/// Names before an answer: `Answer: Yes`.
const LABELS: [&str; 14] = [
    "a",
    "answer",
    "answers",
    "ouranswer",
    "response",
    "ourresponse",
    "vendorresponse",
    "reply",
    "antwort",
    "réponse",
    "respuesta",
    "risposta",
    "answerresponse",
    "responseanswer",
];
/// Names before an answer that are also usual headings of a text.
const VAGUE_LABELS: [&str; 3] = ["status", "result", "compliance"];
/// The length of the longest name before an answer or a question, with its emphasis, in bytes.
pub const LONGEST_LABEL: usize = 24;
/// Answers, the longer ones before those that they begin with.
const VERDICTS: [&str; 37] = [
    "partially implemented",
    "partially compliant",
    "not yet implemented",
    "nicht zutreffend",
    "not implemented",
    "not applicable",
    "non applicable",
    "partially met",
    "non-compliant",
    "not compliant",
    "noncompliant",
    "in progress",
    "implemented",
    "not known",
    "unbekannt",
    "partially",
    "teilweise",
    "compliant",
    "planned",
    "partial",
    "not met",
    "unknown",
    "partly",
    "unmet",
    "nein",
    "true",
    "false",
    "oui",
    "yes",
    "non",
    "met",
    "n/a",
    "sí",
    "ja",
    "no",
    "na",
    "si",
];
/// Words that begin a question which "No" does not answer.
const OPEN_QUESTIONS: [&str; 16] = [
    "who", "what", "which", "how", "when", "where", "why", "whose", "wer", "was", "welche", "wie", "wann",
    "wo", "warum", "describe",
];
/// The longest text without a known answer that is an answer rather than a detail, in characters.
const LONGEST_ANSWER: usize = 120;

/// What is below a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Below {
    /// The answer: `Yes`, `Yes (mostly)`, or a short text.
    pub answer: String,
    /// What follows it.
    pub detail: String,
    /// Whether it is said to be an answer, or begins with a usual one.
    pub is_clear: bool,
}

impl Below {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.answer.is_empty() && self.detail.is_empty()
    }
}

/// Reads the text below a question. Every letter of it is in the answer or in the detail, except for the name
/// before an answer.
pub fn below(question: &str, text: &str) -> Below {
    let text = unquoted(without_rules(text));
    let (is_labelled, text) = match without_label(&text) {
        Some((label, text)) => (label == Label::Clear, text),
        None => (false, text),
    };
    match verdict(&text) {
        Some(Verdict { answer, detail, is_separate: true }) => Below { answer, detail, is_clear: true },
        Some(Verdict { answer, .. }) if is_labelled || !is_open(question) => {
            Below { answer, detail: text, is_clear: is_labelled }
        }
        Some(_) | None => free_text(&text, is_labelled),
    }
}

/// Whether the text after a heading clearly is an answer.
pub fn opens_with_answer(text: &str) -> bool {
    let Some(line) = text.lines().map(str::trim).find(|line| !line.is_empty()) else { return false };
    let line = line.trim_start_matches(['>', ' ']);
    match without_label(line) {
        Some((Label::Clear, _)) => true,
        Some((Label::Vague, rest)) => verdict(&rest).is_some(),
        None => verdict(line).is_some_and(|verdict| verdict.is_separate),
    }
}

/// Whether a text is the name before an answer, without more. A single letter is none.
pub fn is_answer_label(text: &str) -> bool {
    let name = text::normalized(text);
    name.len() > 1 && LABELS.contains(&name.as_str())
}

/// An answer without a known one in it: a short line is the answer, anything else is the detail.
fn free_text(text: &str, is_labelled: bool) -> Below {
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let is_short = !first.contains(['\n', '|']) && first.chars().count() <= LONGEST_ANSWER;
    let is_text =
        !first.contains("](") && !first.contains("://") && !first.starts_with(['#', '-', '*', '`', '<']);
    if is_short && is_text && (is_labelled || rest.is_empty()) {
        let (answer, detail) = (first.to_owned(), rest.trim().to_owned());
        return Below { answer, detail, is_clear: is_labelled };
    }
    Below { answer: String::new(), detail: text.to_owned(), is_clear: is_labelled }
}

/// Whether a question asks for more than yes or no.
fn is_open(question: &str) -> bool {
    let words = question.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.take(1).any(|word| OPEN_QUESTIONS.contains(&word.to_lowercase().as_str()))
}

/// A text without blank lines and horizontal rules around it.
fn without_rules(text: &str) -> &str {
    let is_rule = |line: &str| {
        let marks: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        marks.len() >= 3
            && ["-", "*", "_"].iter().any(|mark| marks.trim_matches(|c| mark.contains(c)).is_empty())
    };
    let mut text = text.trim_end();
    while let Some((before, _)) = text.rsplit_once('\n').filter(|(_, last)| is_rule(last)) {
        text = before.trim_end();
    }
    text = text.trim_start();
    while let Some((_, after)) = text.split_once('\n').filter(|(first, _)| is_rule(first)) {
        text = after.trim_start();
    }
    if is_rule(text) { "" } else { text }
}

/// A text without the marks of the block quote that it is in.
fn unquoted(text: &str) -> String {
    let is_quoted = |line: &str| line.starts_with('>');
    if text.is_empty() || !text.split('\n').all(is_quoted) {
        return text.to_owned();
    }
    let inner = text.split('\n').map(|line| line.strip_prefix('>').unwrap_or(line));
    let lines: Vec<&str> = inner.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n").trim().to_owned()
}

/// The name before an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    /// One that only an answer has.
    Clear,
    /// One that other texts have as well.
    Vague,
}

/// The text after "Answer:" at its beginning, in bold, as a heading, or in a list; `None` without it.
fn without_label(text: &str) -> Option<(Label, String)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let is_heading = line.starts_with('#');
    let line = line.trim_start_matches('#').trim();
    let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line).trim_start();
    let (marks, inner) = emphasis(line);
    let whole = inner.trim_end_matches(|c: char| marks.contains(c));
    if is_answer_label(whole) && !whole.contains(':') && (is_heading || !marks.is_empty()) {
        return Some((Label::Clear, rest.trim().to_owned()));
    }
    let (name, after) = inner.split_once(':')?;
    let label = match text::normalized(name) {
        _ if name.len() > LONGEST_LABEL => return None,
        name if LABELS.contains(&name.as_str()) => Label::Clear,
        name if VAGUE_LABELS.contains(&name.as_str()) => Label::Vague,
        _ => return None,
    };
    let is_closed = marks.is_empty() || name.trim_end().ends_with(marks);
    let after = if is_closed { after.to_owned() } else { after.replacen(marks, "", 1) };
    Some((label, format!("{after}\n{rest}").trim().to_owned()))
}

/// The marks of emphasis at the start of a text, and the text after them.
fn emphasis(text: &str) -> (&str, &str) {
    let mark = ["***", "**", "__", "*", "_"].into_iter().find(|mark| text.starts_with(mark)).unwrap_or("");
    let inner = &text[mark.len()..];
    // A star and a blank is an item of a list.
    if inner.starts_with(' ') { ("", text) } else { (mark, inner) }
}

/// A usual answer at the start of a text.
struct Verdict {
    answer: String,
    /// What follows, without the punctuation between them.
    detail: String,
    /// Whether punctuation or the end of the line separates them. In "No data is stored", nothing does.
    is_separate: bool,
}

fn verdict(text: &str) -> Option<Verdict> {
    let (marks, inner) = emphasis(text);
    let is_it = |word: &&&str| inner.get(..word.len()).is_some_and(|start| start.to_lowercase() == ***word);
    let length = VERDICTS.iter().find(is_it)?.len();
    let (word, after) = inner.split_at(length);
    let (is_closed, mut after) = closed(after, marks);
    if after.starts_with(|c: char| c.is_alphanumeric() || "/-_'’".contains(c)) {
        return None;
    }
    let mut answer = word.to_owned();
    let line = after.split('\n').next().unwrap_or_default();
    let qualifier = line.strip_prefix(" (").and_then(|inner| Some(&inner[..inner.find(')')?]));
    let qualifier = qualifier.filter(|inner| !inner.contains(['(', '[', '*', '_']));
    if let Some(qualifier) = qualifier {
        answer.push_str(&format!(" ({qualifier})"));
        after = &after[qualifier.len() + 3..];
    }
    let next = after.trim_start_matches(is_blank).chars().next();
    let is_bold = !marks.is_empty() && is_closed;
    let is_separate =
        is_bold || qualifier.is_some() || next.is_none_or(|next| next == '\n' || is_separator(next));
    let rest = after.trim_start_matches(|c| is_separator(c) || is_blank(c));
    let detail = match closed(rest, if is_closed { "" } else { marks }) {
        (false, rest) if rest.contains(marks) => format!("{marks}{}", rest.trim_start()),
        (_, rest) => rest.trim_start().to_owned(),
    };
    Some(Verdict { answer, detail, is_separate })
}

/// Whether the marks at the start of a text close an emphasis, and the text after them.
fn closed<'t>(text: &'t str, marks: &str) -> (bool, &'t str) {
    match text.strip_prefix(marks).filter(|_| !marks.is_empty()) {
        Some(rest) => (true, rest),
        None => (marks.is_empty(), text),
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// Whether a character can separate an answer from its detail.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '-' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (String, String) {
        let Below { answer, detail, .. } = below("Is it?", text);
        (answer, detail)
    }

    #[test]
    fn an_answer_is_the_first_word_or_follows_its_name() {
        for (text, answer, detail) in [
            ("Yes", "Yes", ""),
            ("\n\nNo.\n\nNot yet.\n", "No", "Not yet."),
            ("Yes, we do.", "Yes", "we do."),
            ("yes - since 2020", "yes", "since 2020"),
            ("N/A: no data", "N/A", "no data"),
            ("Not applicable\nNo data.", "Not applicable", "No data."),
            ("Yes (mostly). See below.", "Yes (mostly)", "See below."),
            ("Answer: Yes", "Yes", ""),
            ("**Answer:** Yes\n\nDetail.", "Yes", "Detail."),
            ("**Answer**: Yes, see [here](https://a.example).", "Yes", "see [here](https://a.example)."),
            ("**Answer: Yes.** More.", "Yes", "More."),
            ("**Our answer:**\n\nNo\n\nWhy.", "No", "Why."),
            ("#### Answer\n\nYes\n", "Yes", ""),
            ("- Response: Partially; soon\n- Comment: x", "Partially", "soon\n- Comment: x"),
            ("Status: Compliant\nComment: x", "Compliant", "Comment: x"),
            ("A: Yes!", "Yes", ""),
            ("**Yes.** We do.", "Yes", "We do."),
            ("**Yes, we do.** Really.", "Yes", "**we do.** Really."),
            ("**Yes** we do", "Yes", "we do"),
            ("> Yes, we do.\n>\n> Since 2020.", "Yes", "we do.\n\nSince 2020."),
            ("---\n\nYes\n\n---", "Yes", ""),
            ("Yes\n\n- one\n- two", "Yes", "- one\n- two"),
        ] {
            assert_eq!(read(text), (answer.to_owned(), detail.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_word_that_only_begins_a_sentence_stays_in_the_detail() {
        assert_eq!(read("No data is stored."), ("No".into(), "No data is stored.".into()));
        let open = below("Who has access?", "No one without a key has access,\nas the keys are needed.");
        assert_eq!((open.answer.as_str(), open.is_clear), ("", false));
        for text in ["Notes are kept.\n\nx", "No-code only.\n\nx", "Yes/No\n\nx", "Yesterday.\n\nx"] {
            assert_eq!(read(text), (String::new(), text.to_owned()));
        }
    }

    #[test]
    fn a_short_line_is_the_answer_and_anything_else_the_detail() {
        let long = "word ".repeat(40).trim().to_owned();
        for (text, answer, detail) in [
            ("30 days.", "30 days.", ""),
            ("30 days.\n\nMore.", "", "30 days.\n\nMore."),
            ("Answer: 30 days.\n\nMore.", "30 days.", "More."),
            ("[Here](https://a.example)", "", "[Here](https://a.example)"),
            ("- one", "", "- one"),
            ("", "", ""),
            (&long, "", &long),
        ] {
            assert_eq!(read(text), (answer.to_owned(), detail.to_owned()), "{text}");
        }
    }

    /// The letters and digits of a text.
    fn letters(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    proptest! {
        #[test]
        fn every_letter_of_an_answer_is_kept(
            label in "(\\*\\*Answer:\\*\\* |Answer: |)",
            text in "(Yes|No|N/A|Partially|\\*\\*No\\*\\*|[b-z]{0,3})\
                     ([ .,:;()*_>|#\n-]|[a-zé]{1,4}|\\*\\*){0,12}"
        ) {
            let found = below("Is it?", &format!("{label}{text}"));
            let kept = format!("{}{}", letters(&found.answer), letters(&found.detail));
            // A word that begins a sentence is the answer and stays in the detail.
            prop_assert!(kept.ends_with(&letters(&text)), "{:?}", found);
        }

        #[test]
        fn any_text_can_be_read(text in any::<String>()) {
            below("Is it?", &text);
            opens_with_answer(&text);
        }
    }
}
