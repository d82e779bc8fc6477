//! The report as OSCAL assessment results
//! (<https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/assessment-results/json-reference/>).

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::questionnaire::{Severity, Tone};
use crate::session::{Basis, Session};
use crate::text;

use super::csv::answer_text;
use super::document::{Document, DocumentQuestion};
use super::links::DocumentLink;

/// The version of OSCAL that is written, and that the tests validate with.
const OSCAL_VERSION: &str = "1.1.3";

/// The namespace of the properties.
const NAMESPACE: &str = "https://github.com/querist";

/// Renders the report as pretty-printed JSON with a final newline.
pub fn oscal(session: &Session, document: &Document) -> String {
    let writer = Writer { root: root(document) };
    let value = json!({ "assessment-results": writer.results(session, document) });
    // Serializing plain data with string keys into memory cannot fail.
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

/// What all ids of a report are made from, so that they stay the same.
fn root(document: &Document) -> Uuid {
    let name = format!("querist {} {} {}", document.questionnaire.id, document.subject, document.created);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
}

struct Writer {
    root: Uuid,
}

impl Writer {
    fn id(&self, kind: &str, name: &str) -> String {
        Uuid::new_v5(&self.root, format!("{kind} {name}").as_bytes()).to_string()
    }

    fn results(&self, session: &Session, document: &Document) -> Value {
        let now = moment(document.date);
        let questionnaire = self.id("resource", "questionnaire");
        let asked: Vec<&DocumentQuestion> =
            document.sections.iter().flat_map(|section| &section.questions).filter(|q| q.asked).collect();
        let controls: Vec<Value> = asked.iter().map(|q| json!({ "control-id": token(&q.id) })).collect();
        let mut selection = Map::new();
        if !controls.is_empty() {
            selection.insert("include-controls".to_owned(), Value::from(controls));
        }
        let mut result = Map::new();
        result.insert("uuid".to_owned(), json!(self.id("result", "")));
        result.insert("title".to_owned(), json!(line(&document.title)));
        result.insert("description".to_owned(), json!(text_or(&document.introduction, &document.title)));
        result.insert("start".to_owned(), json!(moment(document.created)));
        result.insert("end".to_owned(), json!(now));
        result.insert("reviewed-controls".to_owned(), json!({ "control-selections": [selection] }));
        let answered = || asked.iter().copied().filter(|question| question.answered);
        let lists = [
            ("observations", answered().map(|q| self.observation(q, document.date)).collect::<Vec<_>>()),
            ("risks", answered().flat_map(|q| self.risks(q)).collect()),
            ("findings", answered().filter_map(|q| self.finding(session, q)).collect()),
        ];
        // An empty list is not valid.
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            result.insert(name.to_owned(), Value::from(list));
        }
        json!({
            "uuid": self.id("results", &document.date.to_string()),
            "metadata": {
                "title": line(&document.title),
                "last-modified": now,
                "version": line(&document.questionnaire.version),
                "oscal-version": OSCAL_VERSION,
            },
            "import-ap": { "href": format!("#{questionnaire}") },
            "results": [result],
            "back-matter": { "resources": [{
                "uuid": questionnaire,
                "title": line(&document.questionnaire.title),
                "description": "The questionnaire that was answered; there is no separate assessment plan.",
            }] },
        })
    }

    fn observation(&self, question: &DocumentQuestion, at: Timestamp) -> Value {
        let answer = answer_text(question);
        let mut description = format!("{}: {answer}", line(&question.text));
        if !question.answer.detail.trim().is_empty() {
            description.push_str(&format!("\n\n{}", question.answer.detail.trim()));
        }
        let method = match question.basis {
            Some(Basis::Tested) => "TEST",
            Some(Basis::DocumentRead) => "EXAMINE",
            Some(Basis::Claimed | Basis::Interviewed) => "INTERVIEW",
            None if question.links.is_empty() => "INTERVIEW",
            None => "EXAMINE",
        };
        let evidence: Vec<Value> = question.links.iter().map(evidence).collect();
        let mut value = json!({
            "uuid": self.id("observation", &question.id),
            "title": line(&question.title),
            "description": description,
            "methods": [method],
            "collected": moment(at),
            "props": [{ "name": "answer", "ns": NAMESPACE, "value": line(&answer) }],
        });
        if !evidence.is_empty() {
            value["relevant-evidence"] = Value::from(evidence);
        }
        value
    }

    fn risks(&self, question: &DocumentQuestion) -> Vec<Value> {
        let risk = |(index, finding): (usize, &super::document::DocumentFinding)| {
            json!({
                "uuid": self.id("risk", &format!("{} {index}", question.id)),
                "title": line(&question.title),
                "description": format!("{}: {}", line(&question.text), answer_text(question)),
                "statement": text_or(&finding.advice, &question.title),
                "props": [{
                    "name": "severity", "ns": NAMESPACE, "value": Severity::label(finding.severity),
                }],
                "status": "open",
            })
        };
        question.findings.iter().enumerate().map(risk).collect()
    }

    /// A finding for an answer that is good, partial or bad. For what is unknown, neutral or not applicable,
    /// neither "satisfied" nor "not satisfied" would be true; the observation says what it is.
    fn finding(&self, session: &Session, question: &DocumentQuestion) -> Option<Value> {
        let tone = session.index_of(&question.id).and_then(|index| session.tone(index))?;
        let (state, reason) = match tone {
            Tone::Good => ("satisfied", "pass"),
            Tone::Partial => ("not-satisfied", "other"),
            Tone::Bad => ("not-satisfied", "fail"),
            Tone::Unknown | Tone::NotApplicable | Tone::Neutral => return None,
        };
        let risks: Vec<Value> = (0..question.findings.len())
            .map(|index| json!({ "risk-uuid": self.id("risk", &format!("{} {index}", question.id)) }))
            .collect();
        let mut value = json!({
            "uuid": self.id("finding", &question.id),
            "title": line(&question.title),
            "description": format!("{}: {}", line(&question.text), answer_text(question)),
            "target": {
                "type": "objective-id",
                "target-id": token(&question.id),
                "status": { "state": state, "reason": reason },
            },
            "related-observations": [{ "observation-uuid": self.id("observation", &question.id) }],
        });
        if !risks.is_empty() {
            value["related-risks"] = Value::from(risks);
        }
        Some(value)
    }
}

/// A link. A file without a published copy has no address.
fn evidence(link: &DocumentLink) -> Value {
    let mut value = json!({ "description": text_or(&link.quote, &link.words()) });
    if !link.url.is_empty() {
        value["href"] = href(&link.url).into();
    }
    value
}

/// A time with its zone.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An id as a token, which begins with a letter.
fn token(id: &str) -> String {
    let is_token = id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if is_token { id.to_owned() } else { format!("q-{id}") }
}

/// A text on one line that is not empty.
fn line(content: &str) -> String {
    let line = text::one_line(content).split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "-".to_owned() } else { line }
}

fn text_or(content: &str, other: &str) -> String {
    let content = content.trim();
    if content.is_empty() { line(other) } else { content.to_owned() }
}

/// An address as a URI reference.
fn href(url: &str) -> String {
    let is_allowed = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    let mut out = String::new();
    for c in url.chars() {
        if is_allowed(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            c.encode_utf8(&mut buffer).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::report::{Extras, document};

    #[test]
    fn what_cannot_be_in_an_address_is_percent_encoded_and_everything_else_stays() {
        let plain = "https://a.example:1/AZaz09-._~!$&'()*+,;=@%20[]?x#y";
        assert_eq!(href(plain), plain);
        assert_eq!(href(" \"<>\\^`{|}"), "%20%22%3C%3E%5C%5E%60%7B%7C%7D");
        assert_eq!(href("a\u{0}\n\u{7f}é€😀b"), "a%00%0A%7F%C3%A9%E2%82%AC%F0%9F%98%80b");
    }

    #[test]
    fn a_token_begins_with_a_letter_or_an_underscore() {
        for (id, expected) in [("a1", "a1"), ("Z", "Z"), ("_a", "_a"), ("1a", "q-1a"), ("-a", "q--a")] {
            assert_eq!(token(id), expected);
        }
    }

    #[test]
    fn a_line_has_single_spaces_and_is_never_empty() {
        for (content, expected) in [("a", "a"), (" a\n\n b  c ", "a b c"), (" \n", "-"), ("", "-")] {
            assert_eq!(line(content), expected, "{content:?}");
        }
    }

    #[test]
    fn a_text_without_words_is_replaced_by_the_other_on_one_line() {
        assert_eq!(text_or(" a\n\nb\n", "c"), "a\n\nb");
        assert_eq!(text_or(" \n", "c\nd"), "c d");
        assert_eq!(text_or("", ""), "-");
    }

    #[test]
    fn a_time_has_whole_seconds_and_its_zone() {
        assert_eq!(moment("2026-11-22T10:00:00.9Z".parse().unwrap()), "2026-11-22T10:00:00Z");
    }

    #[test]
    fn without_questions_no_control_is_selected() {
        let session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", Timestamp::UNIX_EPOCH);
        let mut document = document(&session, Timestamp::UNIX_EPOCH, Extras::default());
        document.sections.clear();
        let value: Value = serde_json::from_str(&oscal(&session, &document)).unwrap();
        let result = &value["assessment-results"]["results"][0];
        assert_eq!(result["reviewed-controls"], json!({ "control-selections": [{}] }));
    }
}
