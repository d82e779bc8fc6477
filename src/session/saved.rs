//! The session as JSON, as saved in a snapshot.

use std::collections::HashMap;
use std::fmt;

use jiff::Timestamp;
use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::questionnaire::Questionnaire;

use super::answer::Answer;
use super::entry::Entries;
use super::page_section::PageSection;
use super::position::Position;
use super::saved_previous;
use super::session::{Parts, Session};
use super::stamp::Changed;

#[derive(Serialize)]
struct Saved<'a> {
    subject: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    domain: &'a str,
    created: Timestamp,
    answers: Answers<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    introduction: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    sections: &'a [PageSection],
    #[serde(skip_serializing_if = "str::is_empty")]
    properties: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(skip_serializing_if = "Changed::is_empty")]
    changed: &'a Changed,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    entries: &'a Entries,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<saved_previous::Saved<'a>>,
    questionnaire: &'a Questionnaire,
}

/// The answers that are not empty, in the order of the questions.
struct Answers<'a>(&'a Session);

impl Serialize for Answers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (index, question) in self.0.questionnaire().questions().enumerate() {
            let answer = self.0.answer(index);
            if !answer.is_empty() {
                map.serialize_entry(&question.id, answer)?;
            }
        }
        for (id, answer) in self.0.orphans() {
            map.serialize_entry(id, answer)?;
        }
        map.end()
    }
}

impl Serialize for Session {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let saved = Saved {
            subject: self.subject(),
            domain: self.domain(),
            created: self.created(),
            answers: Answers(self),
            introduction: self.introduction(),
            sections: self.sections(),
            properties: self.properties_text(),
            page: self.page(),
            changed: self.changed(),
            entries: self.entries(),
            previous: self.previous().map(|p| saved_previous::Saved::of(p, self.questionnaire())),
            questionnaire: self.questionnaire(),
        };
        saved.serialize(serializer)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    subject: String,
    #[serde(default)]
    domain: String,
    created: Timestamp,
    /// Only in version 1 of the format.
    #[serde(default)]
    position: Option<Position>,
    #[serde(default, deserialize_with = "unique_answers")]
    answers: HashMap<String, Answer>,
    #[serde(default)]
    introduction: String,
    #[serde(default)]
    sections: Vec<PageSection>,
    #[serde(default)]
    properties: String,
    #[serde(default)]
    page: Option<String>,
    #[serde(default)]
    changed: Changed,
    #[serde(default)]
    entries: Entries,
    #[serde(default)]
    previous: Option<saved_previous::Read>,
    questionnaire: Questionnaire,
}

impl<'de> Deserialize<'de> for Session {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Read::deserialize(deserializer)?;
        let answers =
            read.questionnaire.questions().map(|q| read.answers.remove(&q.id).unwrap_or_default()).collect();
        let previous = read.previous.map(|previous| previous.into_previous(&read.questionnaire)).transpose();
        let previous = previous.map_err(serde::de::Error::custom)?.map(Box::new);
        let mut orphans: Vec<_> = read.answers.into_iter().collect();
        orphans.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Self::from_parts(Parts {
            subject: read.subject,
            domain: read.domain,
            created: read.created,
            questionnaire: read.questionnaire,
            answers,
            orphans,
            introduction: read.introduction,
            sections: read.sections,
            properties: read.properties,
            page: read.page,
            entries: read.entries.all().into_iter().collect(),
            previous,
            position: read.position,
            changed: read.changed,
        }))
    }
}

/// Reads answers by id. A duplicate id is an error, because one of the two answers would be lost.
fn unique_answers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<String, Answer>, D::Error> {
    struct UniqueAnswers;
    impl<'de> Visitor<'de> for UniqueAnswers {
        type Value = HashMap<String, Answer>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("answers by question id")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut answers = HashMap::new();
            while let Some((id, answer)) = map.next_entry::<String, Answer>()? {
                if answers.contains_key(&id) {
                    return Err(serde::de::Error::custom(format!("duplicate answer to `{id}`")));
                }
                answers.insert(id, answer);
            }
            Ok(answers)
        }
    }
    deserializer.deserialize_map(UniqueAnswers)
}
