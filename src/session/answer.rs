//! The answer to one question.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::questionnaire::LinkKind;

use super::uncompared::Uncompared;

/// The answer to one question. Empty until the reviewer enters something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answer {
    /// Ids of the choices made, in the order of the answer set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// The value of a text, number or date question, as typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// What limits the choice, for example "version dependent".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub qualifier: String,
    /// Explanation in markdown, published.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Listed links. The detail may cite further links.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// How the answer is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The reviewer's own text, not published unless requested.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// A reminder to follow up: what to ask, and whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
    /// When links that only the detail cites were read, by URL: the day (in UTC) on which they were typed.
    /// Two answers that differ only in this are equal.
    #[serde(skip_serializing_if = "is_empty")]
    pub cited: Uncompared<BTreeMap<String, String>>,
    /// Whether the answer was carried over from an earlier session and has not been read since. Two answers
    /// that differ only in this are equal.
    #[serde(skip_serializing_if = "is_false")]
    pub unread: Uncompared<bool>,
}

fn is_empty(cited: &Uncompared<BTreeMap<String, String>>) -> bool {
    cited.0.is_empty()
}

fn is_false(unread: &Uncompared<bool>) -> bool {
    !unread.0
}

impl Answer {
    /// Whether nothing at all has been entered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The answer as it is published: without what is only for the reviewer, and without dates.
    pub fn published(&self) -> Self {
        let link = |link: &Link| Link { retrieved: String::new(), ..link.clone() };
        Self {
            links: self.public_links().map(link).collect(),
            note: String::new(),
            flag: None,
            unread: Uncompared(false),
            ..self.clone()
        }
    }

    /// The listed links that are not only for the reviewer.
    pub fn public_links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| !link.internal)
    }

    /// The answer without links that are only for the reviewer. Where the detail cites one, it is evidence
    /// all the same.
    pub fn without_internal_links(&self) -> Self {
        Self { links: self.public_links().cloned().collect(), ..self.clone() }
    }

    /// Whether the question is answered: a choice was made or a value was entered. The other fields do not
    /// count.
    pub fn is_answered(&self) -> bool {
        !self.choices.is_empty() || !self.value.trim().is_empty()
    }
}

/// A listed link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Link {
    /// The URL.
    pub url: String,
    /// The label; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The sentence that supports the answer.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The date on which it was read, for example 2026-11-22.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub retrieved: String,
    /// What it is, which decides for how long it is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<LinkKind>,
    /// The date until which it is good, for example of a certificate; usually empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub expires: String,
    /// Whether it is only for the reviewer, and not published.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
}

impl Link {
    /// The label to show: its own, or the URL if it has none.
    pub fn shown_label(&self) -> &str {
        if self.label.is_empty() { &self.url } else { &self.label }
    }
}

/// How an answer is known, from hearsay to proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The provider claims it.
    Claimed,
    /// The reviewer read it in a document.
    DocumentRead,
    /// The reviewer asked somebody who knows.
    Interviewed,
    /// The reviewer tested it.
    Tested,
}

impl Basis {
    /// All bases, weakest first.
    pub const ALL: [Self; 4] = [Self::Claimed, Self::DocumentRead, Self::Interviewed, Self::Tested];

    /// The label shown on screens and in reports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::DocumentRead => "document read",
            Self::Interviewed => "interviewed",
            Self::Tested => "tested",
        }
    }

    /// The basis after `current` when stepping through all of them; `None` after the last.
    pub fn next(current: Option<Self>) -> Option<Self> {
        match current {
            None => Some(Self::Claimed),
            Some(basis) => Self::ALL.iter().skip_while(|b| **b != basis).nth(1).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_saved_with_the_days_of_its_citations_and_whether_it_was_read() {
        let json = |answer: &Answer| serde_json::to_string(answer).unwrap();
        assert_eq!(json(&Answer::default()), "{}");
        let unread = Answer { unread: Uncompared(true), ..Answer::default() };
        assert_eq!(json(&unread), r#"{"unread":true}"#);
        let days = BTreeMap::from([("https://a.example".to_owned(), "2026-11-22".to_owned())]);
        let dated = Answer { cited: Uncompared(days), ..Answer::default() };
        assert_eq!(json(&dated), r#"{"cited":{"https://a.example":"2026-11-22"}}"#);
    }

    #[test]
    fn an_answer_is_published_without_dates_and_without_what_is_only_for_the_reviewer() {
        let link = |retrieved: &str| Link {
            url: "https://a.example".into(),
            retrieved: retrieved.into(),
            ..Link::default()
        };
        let public = Answer {
            choices: vec!["yes".into()],
            detail: "Kept.".into(),
            links: vec![link("")],
            basis: Some(Basis::Tested),
            ..Answer::default()
        };
        let answer = Answer {
            links: vec![link("2026-11-22"), Link { internal: true, ..link("2026-11-22") }],
            note: "mine".into(),
            flag: Some("ask".into()),
            unread: Uncompared(true),
            ..public.clone()
        };
        let published = answer.published();
        assert_eq!(published, public);
        assert!(!published.unread.0);
    }

    #[test]
    fn a_link_says_that_it_is_internal_only_if_it_is() {
        let json = |link: &Link| serde_json::to_string(link).unwrap();
        assert_eq!(json(&Link::default()), r#"{"url":""}"#);
        let internal = Link { internal: true, ..Link::default() };
        assert_eq!(json(&internal), r#"{"url":"","internal":true}"#);
        assert_eq!(serde_json::from_str::<Link>(&json(&internal)).unwrap(), internal);
    }

    #[test]
    fn stepping_through_the_bases_goes_from_none_to_the_strongest_and_then_to_none() {
        use Basis::{Claimed, DocumentRead, Interviewed, Tested};
        let steps = [None, Some(Claimed), Some(DocumentRead), Some(Interviewed), Some(Tested)];
        let next = [Some(Claimed), Some(DocumentRead), Some(Interviewed), Some(Tested), None];
        assert_eq!(steps.map(Basis::next), next);
    }
}
