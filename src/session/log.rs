//! Who did what in a session, and when, from its stamps and entries, and from its journal.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::changed::changed_part;
use super::edit::Edit;
use super::entry::{Approved, CommentKind, Target};
use super::page_section::PageSection;
use super::session::Session;
use super::stamp::{Stamp, section_key};

/// Edits of one part by one author that follow each other within this time are one change.
const BURST: SignedDuration = SignedDuration::from_mins(10);

/// Edits of one question or part by one author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Burst {
    /// Who made them, and when the last one was made.
    pub stamp: Stamp,
    /// The id of the question, or the key of the part in [`Changed`](super::Changed).
    pub on: String,
}

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
    /// The edits of a journal, the oldest first, as changes of questions and parts.
    pub fn bursts<'e>(&self, edits: impl IntoIterator<Item = (Stamp, &'e Edit)>) -> Vec<Burst> {
        let mut bursts: Vec<Burst> = Vec::new();
        let mut last_of: HashMap<String, usize> = HashMap::new();
        for (stamp, edit) in edits {
            let mut parts = Vec::new();
            changed_parts(&self.sections, edit, &mut parts);
            for on in parts {
                let last = last_of.get(&on).map(|&index| &mut bursts[index]);
                match last.filter(|last| {
                    last.stamp.by == stamp.by && stamp.at.duration_since(last.stamp.at) <= BURST
                }) {
                    Some(last) => last.stamp.at = stamp.at,
                    None => {
                        last_of.insert(on.clone(), bursts.len());
                        bursts.push(Burst { stamp: stamp.clone(), on });
                    }
                }
            }
        }
        bursts
    }

    /// What was done, the oldest first: the changes of each answer and part, of which the session knows the
    /// last ones and its journal the earlier ones; comments, approvals, requests, evidence, and answers that
    /// were merged.
    pub fn log<'a>(&'a self, bursts: &'a [Burst]) -> Vec<LogEntry<'a>> {
        let changed = self.changed().iter().map(|(on, stamp)| (on.as_str(), stamp));
        let known: HashSet<(&str, &str, Timestamp)> =
            bursts.iter().map(|burst| (burst.on.as_str(), burst.stamp.by.as_str(), burst.stamp.at)).collect();
        let is_in_journal =
            |(on, stamp): &(&str, &Stamp)| known.contains(&(*on, stamp.by.as_str(), stamp.at));
        let changed = changed.filter(|change| !is_in_journal(change));
        let changed = changed.chain(bursts.iter().map(|burst| (burst.on.as_str(), &burst.stamp)));
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

/// Adds the keys of all parts that an edit changes.
fn changed_parts(sections: &[PageSection], edit: &Edit, parts: &mut Vec<String>) {
    if let Edit::All(edits) = edit {
        edits.iter().for_each(|edit| changed_parts(sections, edit, parts));
    }
    parts.extend(changed_part(sections, edit));
}

fn key(on: &Target) -> &str {
    match on {
        Target::Question(key) | Target::Part(key) => key,
        Target::Report => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::TextRef;

    fn at(minute: i64, by: &str) -> Stamp {
        Stamp { by: by.to_owned(), at: Timestamp::from_second(minute * 60).unwrap() }
    }

    fn typed(id: &str) -> Edit {
        let text = TextRef::Detail(id.into());
        Edit::Splice { text, at: 0, removed: String::new(), inserted: "x".into() }
    }

    #[test]
    fn edits_of_one_part_by_one_author_are_one_change_until_there_is_a_pause() {
        let session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", Timestamp::UNIX_EPOCH);
        let (tls, logs) = (typed("external-tls"), typed("event-logging"));
        let edits = [
            (at(0, "ann"), &tls),
            (at(9, "ann"), &tls),
            (at(10, "ann"), &logs),
            (at(12, "ann"), &tls),
            (at(13, "kim"), &tls),
            (at(14, "ann"), &tls),
            (at(25, "ann"), &tls),
        ];
        let bursts = session.bursts(edits);
        let shown: Vec<(i64, &str, &str)> = bursts
            .iter()
            .map(|burst| (burst.stamp.at.as_second() / 60, burst.stamp.by.as_str(), burst.on.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                (12, "ann", "external-tls"),
                (10, "ann", "event-logging"),
                (13, "kim", "external-tls"),
                (14, "ann", "external-tls"),
                (25, "ann", "external-tls"),
            ]
        );
    }

    #[test]
    fn the_last_change_of_a_part_is_listed_once_and_earlier_ones_are_from_the_journal() {
        let mut session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", Timestamp::UNIX_EPOCH);
        let edits: Vec<(Stamp, Edit)> = ["ann", "kim"]
            .iter()
            .enumerate()
            .map(|(n, by)| (at(n as i64, by), Edit::All(vec![typed("external-tls"), typed("event-logging")])))
            .collect();
        for (stamp, edit) in &edits {
            session.apply(edit, stamp).unwrap();
        }
        let bursts = session.bursts(edits.iter().map(|(stamp, edit)| (stamp.clone(), edit)));
        let who = |bursts: &[Burst]| -> Vec<String> {
            session.log(bursts).iter().map(|entry| format!("{} {}", entry.stamp.by, entry.on)).collect()
        };
        assert_eq!(who(&[]), ["kim event-logging", "kim external-tls"]);
        let all = ["ann event-logging", "ann external-tls", "kim event-logging", "kim external-tls"];
        assert_eq!(who(&bursts), all);
    }
}
