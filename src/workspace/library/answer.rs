//! An answer in the library.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::questionnaire::Tone;
use crate::session::{Link, Session};

/// What a session says about a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastAnswer {
    /// The id of the session.
    pub session: String,
    /// Its subject.
    pub subject: String,
    /// The day of its last change.
    pub day: Date,
    /// The id of the question.
    pub question: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// The answer in words; empty if there is none.
    pub label: String,
    /// What the answer means; `None` without a single choice.
    pub tone: Option<Tone>,
    /// The detail.
    pub detail: String,
    /// The evidence, with the dates on which it was read.
    pub links: Vec<Link>,
}

impl PastAnswer {
    /// The answers to all questions that a session, known by `id`, asks.
    pub fn all(id: &str, session: &Session) -> Vec<Self> {
        let day = session.last_published_change().at.to_zoned(TimeZone::UTC).date();
        let answers = session.asked().map(|index| {
            let (question, answer) = (session.question(index), session.answer(index));
            Self {
                session: id.to_owned(),
                subject: session.subject().to_owned(),
                day,
                question: question.id.clone(),
                title: question.title.clone(),
                text: question.text.clone(),
                label: session.answer_label(index),
                tone: session.tone(index),
                detail: answer.detail.clone(),
                links: answer.links.clone(),
            }
        });
        answers.collect()
    }

    /// The answer in words, also if there is none.
    pub fn said(&self) -> &str {
        if self.label.is_empty() { "not answered" } else { &self.label }
    }

    /// Whether there is something to use again: words or links.
    pub fn is_reusable(&self) -> bool {
        !self.detail.trim().is_empty() || !self.links.is_empty()
    }

    /// The evidence as text.
    pub(super) fn evidence(&self) -> String {
        let texts = self.links.iter().flat_map(|link| [&link.label, &link.url, &link.quote]);
        texts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}
