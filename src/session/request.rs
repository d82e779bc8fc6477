//! What is asked of the provider, and which replies have come back.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::markdown;
use crate::questionnaire::Tone;
use crate::text::{is_openable, normalized};

use super::answer::{Basis, Link};
use super::edit::Edit;
use super::entry::{Comment, CommentKind, Entry, Request, Target};
use super::evidence::Ages;
use super::file_link::file_id;
use super::gate::Rule;
use super::session::Session;
use super::stamp::Stamp;

/// Why a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Which {
    /// It has no valid answer.
    Open,
    /// The answer could not be found out.
    Unknown,
    /// The answer is partly good.
    Partial,
    /// The answer is bad.
    Bad,
    /// The answer lacks a detail or a link.
    Unsupported,
    /// It is flagged.
    Flagged,
    /// Its evidence is old.
    Old,
}

impl Which {
    /// All reasons.
    pub const ALL: [Self; 7] =
        [Self::Open, Self::Unknown, Self::Partial, Self::Bad, Self::Unsupported, Self::Flagged, Self::Old];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Unknown => "unknown",
            Self::Partial => "partial",
            Self::Bad => "bad",
            Self::Unsupported => "unsupported",
            Self::Flagged => "flagged",
            Self::Old => "old",
        }
    }
}

/// Adds a paragraph to a text.
fn add_paragraph(text: &mut String, paragraph: &str) {
    text.truncate(text.trim_end().len());
    if !text.trim().is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(paragraph);
}

/// An id for an entry with this content: 16 hexadecimal digits, the same for the same content.
pub(in crate::session) fn entry_id(content: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

impl Session {
    /// Whether the question at `index` is asked for this reason.
    pub fn is_which(&self, index: usize, which: Which, ages: &Ages) -> bool {
        let has_tone = |tone: Tone| self.tone(index) == Some(tone);
        let violates = |rule: Rule| self.reasons(index).iter().any(|reason| reason.rule() == rule);
        self.is_asked(index)
            && match which {
                Which::Open => violates(Rule::Open),
                Which::Unknown => has_tone(Tone::Unknown),
                Which::Partial => has_tone(Tone::Partial),
                Which::Bad => has_tone(Tone::Bad),
                Which::Unsupported => violates(Rule::Unsupported),
                Which::Flagged => violates(Rule::Flagged),
                Which::Old => self.has_old_evidence(index, ages),
            }
    }

    /// The last request that contains the question at `index`, with the day (in UTC) on which it was made.
    pub fn last_request(&self, index: usize) -> Option<(&Request, Date)> {
        let id = &self.question(index).id;
        let requests = self.entries().requests.iter();
        let asked = requests.filter(|request| request.questions.iter().any(|(asked, _)| asked == id));
        let last = asked.max_by_key(|request| request.made.at)?;
        Some((last, last.made.at.to_zoned(TimeZone::UTC).date()))
    }

    /// The provider's replies to the question at `index`, the first one first.
    pub fn replies(&self, index: usize) -> Vec<&Comment> {
        let id = &self.question(index).id;
        let is_about = |comment: &&Comment| {
            comment.kind == CommentKind::Reply && matches!(&comment.on, Target::Question(on) if on == id)
        };
        let mut replies: Vec<&Comment> = self.entries().comments.iter().filter(is_about).collect();
        replies.sort_by_key(|comment| comment.made.at);
        replies
    }

    /// The first reply to the question at `index` that was not taken into the answer yet.
    pub fn unsettled_reply(&self, index: usize) -> Option<&Comment> {
        self.replies(index).into_iter().find(|comment| comment.settled.is_none())
    }

    /// Whether the question at `index` was reworded after it was asked.
    pub fn is_reworded_since_asked(&self, index: usize) -> bool {
        let question = self.question(index);
        let asked = self.last_request(index).map(|(request, _)| &request.questions);
        let text = asked.and_then(|all| all.iter().find(|(id, _)| *id == question.id));
        text.is_some_and(|(_, text)| normalized(text) != normalized(&question.text))
    }

    /// The entry of a request for the questions at these indices. `None` if the same one was made already.
    pub fn request(&self, indices: &[usize], due: Option<Date>, made: Stamp) -> Option<Edit> {
        let asked = indices.iter().map(|&index| self.question(index));
        let questions: Vec<(String, String)> = asked.map(|q| (q.id.clone(), q.text.clone())).collect();
        let day = made.at.to_zoned(TimeZone::UTC).date();
        let id = entry_id(&("request", &questions, due.map(|due| due.to_string()), day.to_string()));
        let request = Request { id, made, questions, due };
        let is_new = !self.entries().has(&request.id);
        is_new.then(|| Edit::Entry { before: None, after: Some(Entry::Request(Box::new(request))) })
    }

    /// The entry of a reply. `None` if there is the same one already.
    pub fn reply(&self, on: Target, text: &str, made: Stamp) -> Option<Edit> {
        let key = match &on {
            Target::Question(id) => id.clone(),
            Target::Part(_) | Target::Report => String::new(),
        };
        let id = entry_id(&("reply", key, text));
        if self.entries().has(&id) {
            return None;
        }
        let kind = CommentKind::Reply;
        let comment = Comment { id, on, kind, text: text.to_owned(), re: None, made, settled: None };
        Some(Edit::Entry { before: None, after: Some(Entry::Comment(Box::new(comment))) })
    }

    /// The edit that takes the first unsettled reply to the question at `index` into the answer: as a
    /// quotation after the detail, with its addresses as links that were read `today`. The basis becomes
    /// "claimed". A choice is made only if none was made and the first word of the reply is exactly one
    /// label.
    pub fn take_reply(&self, index: usize, today: Date, settled: Stamp) -> Option<Edit> {
        let reply = self.unsettled_reply(index)?;
        let before = self.answer(index).clone();
        let mut after = before.clone();
        let quoted: Vec<String> =
            reply.text.trim().lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
        add_paragraph(&mut after.detail, &quoted.join("\n"));
        after.basis = Some(Basis::Claimed);
        for citation in markdown::citations(&reply.text) {
            let is_known = after.links.iter().any(|link| link.url == citation.url);
            if !is_known && is_openable(&citation.url) {
                let label = if citation.label == citation.url { String::new() } else { citation.label };
                let retrieved = today.to_string();
                after.links.push(Link { url: citation.url, label, retrieved, ..Link::default() });
            }
        }
        if !after.is_answered() {
            after.choices.extend(self.named_choice(index, &reply.text));
        }
        let comment = Comment { settled: Some(settled), ..reply.clone() };
        let (reply, comment) = (Box::new(reply.clone()), Box::new(comment));
        let question = self.question(index).id.clone();
        Some(Edit::All(vec![
            Edit::Answer { question, before: Box::new(before), after: Box::new(after) },
            Edit::Entry { before: Some(Entry::Comment(reply)), after: Some(Entry::Comment(comment)) },
        ]))
    }

    /// The edit that adds the words and links of another session's answer to the answer to the question at
    /// `index`: the detail after what is there, the links with the dates on which they were read. The basis
    /// becomes "claimed"; no choice is made. `None` if all of it is there already.
    pub fn reuse(&self, index: usize, detail: &str, links: &[Link]) -> Option<Edit> {
        let before = self.answer(index).clone();
        let mut after = before.clone();
        if !detail.trim().is_empty() && !after.detail.contains(detail.trim()) {
            add_paragraph(&mut after.detail, detail.trim());
        }
        let known: Vec<String> = self.evidence(index).iter().map(|link| link.url.to_string()).collect();
        // Files are stored with their session.
        let usable = links.iter().filter(|link| file_id(&link.url).is_none() && !known.contains(&link.url));
        after.links.extend(usable.cloned());
        if after == before {
            return None;
        }
        after.basis = Some(Basis::Claimed);
        let question = self.question(index).id.clone();
        Some(Edit::Answer { question, before: Box::new(before), after: Box::new(after) })
    }

    /// The id of the one choice whose label a text begins with.
    fn named_choice(&self, index: usize, text: &str) -> Option<String> {
        let first = text.split_whitespace().next()?;
        let word = normalized(first);
        let mut named = self.choices(index).iter().filter(|choice| normalized(&choice.label) == word);
        let choice = named.next().filter(|_| !word.is_empty())?;
        named.next().is_none().then(|| choice.id.clone())
    }
}
