//! Who did what in a session, and when, from its stamps and entries.

use super::entry::{Approved, CommentKind, Target};
use super::session::Session;
use super::stamp::{Stamp, section_key};

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry<'a> {
    /// Who did it, and when.
    pub stamp: &'a Stamp,
    /// What it was about: the id of a question, or the key of a part of the page in
    /// [`Changed`](super::Changed); empty for the report.
    pub on: &'a str,
    /// What was done, as a verb in the past tense.
    pub what: &'static str,
    /// What was written, if it was a comment, or named.
    pub text: &'a str,
}

impl Session {
    /// What was done, the oldest first: the last change of each answer and part, comments, approvals,
    /// requests, evidence, and answers that were merged.
    pub fn log(&self) -> Vec<LogEntry<'_>> {
        let changed = self.changed().iter();
        let mut log: Vec<LogEntry<'_>> =
            changed.map(|(on, stamp)| LogEntry { stamp, on, what: "changed", text: "" }).collect();
        for comment in &self.entries.comments {
            let what = match comment.kind {
                CommentKind::Note => "commented",
                CommentKind::SendBack => "sent back",
                CommentKind::Reply => "replied",
            };
            let (on, text) = (key(&comment.on), comment.text.as_str());
            log.push(LogEntry { stamp: &comment.made, on, what, text });
            if let Some(stamp) = &comment.settled {
                log.push(LogEntry { stamp, on, what: "settled", text });
            }
        }
        for approval in &self.entries.approvals {
            let on = key(&approval.on);
            let what = match approval.what {
                Approved::Answer(_) | Approved::Part(_) => "approved",
                Approved::Report { .. } => "signed off",
            };
            log.push(LogEntry { stamp: &approval.made, on, what, text: "" });
            if let Some(stamp) = &approval.withdrawn {
                log.push(LogEntry { stamp, on, what: "withdrew the approval of", text: "" });
            }
        }
        for request in &self.entries.requests {
            for (on, _) in &request.questions {
                log.push(LogEntry { stamp: &request.made, on, what: "asked the provider about", text: "" });
            }
        }
        for file in &self.entries.evidence {
            log.push(LogEntry { stamp: &file.added, on: "", what: "attached", text: &file.name });
        }
        log.sort_by_key(|entry| (entry.stamp.at, entry.on));
        log
    }

    /// The title of the question or part with this key; the key itself if there is none.
    pub fn title_of<'a>(&'a self, key: &'a str) -> &'a str {
        if let Some(index) = self.index_of(key) {
            return &self.question(index).title;
        }
        let section = self.sections().iter().find(|section| section_key(&section.heading) == key);
        match (section, key.strip_prefix("page/")) {
            (Some(section), _) => &section.heading,
            (None, Some(part)) => part,
            (None, None) => key,
        }
    }
}

fn key(on: &Target) -> &str {
    match on {
        Target::Question(key) | Target::Part(key) => key,
        Target::Report => "",
    }
}
