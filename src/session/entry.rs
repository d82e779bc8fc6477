//! Entries: what reviewers note about a session besides the answers. Each has an id, so that the lists of two
//! copies of a session merge by union.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::answer::{Answer, Basis};
use super::stamp::Stamp;

/// The lists of entries of a session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Entries {
    /// Two answers from two people; the reviewer chooses one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// Comments on questions, parts of the page, or the report.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// Approvals.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// Questions that were sent to the provider.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requests: Vec<Request>,
    /// Files that serve as evidence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceFile>,
}

/// An entry of one of the lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// In [`Entries::conflicts`].
    Conflict(Box<Conflict>),
    /// In [`Entries::comments`].
    Comment(Box<Comment>),
    /// In [`Entries::approvals`].
    Approval(Box<Approval>),
    /// In [`Entries::requests`].
    Request(Box<Request>),
    /// In [`Entries::evidence`].
    Evidence(Box<EvidenceFile>),
}

/// Two people changed the same thing in different ways: the session has one version, this is the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Id: 16 hexadecimal digits, derived from the content, so that the same conflict is listed once.
    pub id: String,
    /// What it is about.
    pub place: Place,
    /// What was there before both changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<FieldValue>,
    /// The other version. None if the two changes were merged and only have to be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<FieldValue>,
    /// Who made the other version, and when.
    pub made: Stamp,
}

/// What a conflict is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A unit of the answer to the question with this id.
    Question(String, Unit),
    /// The introduction of the page.
    Introduction,
    /// The properties of the page.
    Properties,
    /// The section of the page with this heading.
    Section(String),
    /// The subject.
    Subject,
    /// The subject's domain.
    Domain,
}

/// A part of an answer that is merged as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Choices, value and qualifier.
    Verdict,
    /// The detail.
    Detail,
    /// The note.
    Note,
    /// The basis.
    Basis,
}

/// The value of a field in a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// Choices, value and qualifier.
    Verdict {
        /// Ids of the choices.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        choices: Vec<String>,
        /// The value.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        value: String,
        /// The qualifier.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        qualifier: String,
    },
    /// A text.
    Text(String),
    /// A basis, or none.
    Basis(Option<Basis>),
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// Id: 16 hexadecimal digits; those of a reply are derived from it, so that it is kept once.
    pub id: String,
    /// What it is about.
    pub on: Target,
    /// What kind of comment it is.
    pub kind: CommentKind,
    /// Its text.
    pub text: String,
    /// Id of the comment that it replies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub re: Option<String>,
    /// Who made it, and when.
    pub made: Stamp,
    /// Who settled it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Stamp>,
}

/// What a comment or an approval is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The question with this id.
    Question(String),
    /// A part of the page, by its key in [`Changed`](super::Changed).
    Part(String),
    /// The report as a whole.
    Report,
}

/// The kind of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommentKind {
    /// A remark.
    Note,
    /// The answer has to be changed.
    SendBack,
    /// The provider's reply.
    Reply,
}

/// An approval, with what was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Id: 16 random hexadecimal digits.
    pub id: String,
    /// What it is about.
    pub on: Target,
    /// What was approved.
    pub what: Approved,
    /// The text of the question at that time; empty for other targets.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question_text: String,
    /// Who approved it, and when.
    pub made: Stamp,
    /// Who withdrew the approval, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Stamp>,
}

/// What was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approved {
    /// An answer.
    Answer(Box<Answer>),
    /// The text of a part of the page.
    Part(String),
    /// A report.
    Report {
        /// The SHA-256 of the JSON report without dates, in hexadecimal digits.
        sha256: String,
    },
}

/// Questions that were sent to the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Id: 16 hexadecimal digits, derived from the content and the day, so that it is kept once.
    pub id: String,
    /// Who sent it, and when.
    pub made: Stamp,
    /// Ids of the questions, with the text that was asked.
    pub questions: Vec<(String, String)>,
    /// The day on which a reply is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
}

/// A file that serves as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFile {
    /// Id: 16 hexadecimal digits, derived from the content, the author and the time.
    pub id: String,
    /// The name of the file.
    pub name: String,
    /// The SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The day of what it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// Who added it, and when.
    pub added: Stamp,
    /// The URL that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Entry {
    /// The id of the entry.
    pub fn id(&self) -> &str {
        match self {
            Self::Conflict(entry) => &entry.id,
            Self::Comment(entry) => &entry.id,
            Self::Approval(entry) => &entry.id,
            Self::Request(entry) => &entry.id,
            Self::Evidence(entry) => &entry.id,
        }
    }

    /// When the entry was made or last changed.
    pub(super) fn changed(&self) -> &Stamp {
        match self {
            Self::Conflict(entry) => &entry.made,
            Self::Comment(entry) => entry.settled.as_ref().unwrap_or(&entry.made),
            Self::Approval(entry) => entry.withdrawn.as_ref().unwrap_or(&entry.made),
            Self::Request(entry) => &entry.made,
            Self::Evidence(entry) => &entry.added,
        }
    }

    /// What the entry is called in messages.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Conflict(_) => "two answers",
            Self::Comment(_) => "comment",
            Self::Approval(_) => "approval",
            Self::Request(_) => "request",
            Self::Evidence(_) => "evidence",
        }
    }
}

impl Entries {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// All entries, list by list.
    pub fn all(&self) -> Vec<Entry> {
        let conflicts = self.conflicts.iter().map(|entry| Entry::Conflict(Box::new(entry.clone())));
        let comments = self.comments.iter().map(|entry| Entry::Comment(Box::new(entry.clone())));
        let approvals = self.approvals.iter().map(|entry| Entry::Approval(Box::new(entry.clone())));
        let requests = self.requests.iter().map(|entry| Entry::Request(Box::new(entry.clone())));
        let evidence = self.evidence.iter().map(|entry| Entry::Evidence(Box::new(entry.clone())));
        conflicts.chain(comments).chain(approvals).chain(requests).chain(evidence).collect()
    }

    /// Whether an entry of any list has this id. Lists are sorted by id.
    pub(super) fn has(&self, id: &str) -> bool {
        place(&self.conflicts, |entry| &entry.id, id).is_ok()
            || place(&self.comments, |entry| &entry.id, id).is_ok()
            || place(&self.approvals, |entry| &entry.id, id).is_ok()
            || place(&self.requests, |entry| &entry.id, id).is_ok()
            || place(&self.evidence, |entry| &entry.id, id).is_ok()
    }

    /// Replaces the entry `before` by `after`; returns whether `before` was there. Lists are sorted by id.
    pub(super) fn replace(&mut self, before: Option<&Entry>, after: Option<&Entry>) -> bool {
        if let Some(before) = before {
            if !self.remove(before) {
                return false;
            }
        } else if after.is_some_and(|new| self.has(new.id())) {
            return false;
        }
        if let Some(after) = after {
            self.insert(after);
        }
        true
    }

    fn remove(&mut self, entry: &Entry) -> bool {
        match entry {
            Entry::Conflict(entry) => remove(&mut self.conflicts, |entry| &entry.id, entry),
            Entry::Comment(entry) => remove(&mut self.comments, |entry| &entry.id, entry),
            Entry::Approval(entry) => remove(&mut self.approvals, |entry| &entry.id, entry),
            Entry::Request(entry) => remove(&mut self.requests, |entry| &entry.id, entry),
            Entry::Evidence(entry) => remove(&mut self.evidence, |entry| &entry.id, entry),
        }
    }

    fn insert(&mut self, entry: &Entry) {
        match entry {
            Entry::Conflict(entry) => insert(&mut self.conflicts, |entry| &entry.id, entry),
            Entry::Comment(entry) => insert(&mut self.comments, |entry| &entry.id, entry),
            Entry::Approval(entry) => insert(&mut self.approvals, |entry| &entry.id, entry),
            Entry::Request(entry) => insert(&mut self.requests, |entry| &entry.id, entry),
            Entry::Evidence(entry) => insert(&mut self.evidence, |entry| &entry.id, entry),
        }
    }
}

/// Where the entry with this id is in a sorted list, or where it would be.
fn place<T>(list: &[T], id_of: impl Fn(&T) -> &str, id: &str) -> Result<usize, usize> {
    list.binary_search_by(|entry| id_of(entry).cmp(id))
}

fn remove<T: PartialEq>(list: &mut Vec<T>, id_of: impl Fn(&T) -> &str, entry: &T) -> bool {
    let first = list.partition_point(|known| id_of(known) < id_of(entry));
    // A file that somebody edited can have an id twice.
    let mut same = (first..list.len()).take_while(|&at| id_of(&list[at]) == id_of(entry));
    let found = same.find(|&at| list[at] == *entry);
    found.map(|at| list.remove(at)).is_some()
}

fn insert<T: Clone>(list: &mut Vec<T>, id_of: impl Fn(&T) -> &str, entry: &T) {
    let (Ok(at) | Err(at)) = place(list, &id_of, id_of(entry));
    list.insert(at, entry.clone());
}

impl FromIterator<Entry> for Entries {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        let mut sorted: Vec<Entry> = entries.into_iter().collect();
        sorted.sort_by(|a, b| a.id().cmp(b.id()));
        let mut lists = Self::default();
        for entry in sorted {
            match entry {
                Entry::Conflict(entry) => lists.conflicts.push(*entry),
                Entry::Comment(entry) => lists.comments.push(*entry),
                Entry::Approval(entry) => lists.approvals.push(*entry),
                Entry::Request(entry) => lists.requests.push(*entry),
                Entry::Evidence(entry) => lists.evidence.push(*entry),
            }
        }
        lists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(second: i64) -> Stamp {
        Stamp { by: "Kim".into(), at: jiff::Timestamp::from_second(second).unwrap() }
    }

    /// An entry of each list, with this id and some text of its own.
    fn entries(id: &str, text: &str) -> [Entry; 5] {
        let (id, text, made) = (|| id.to_owned(), || text.to_owned(), || stamp(1));
        [
            Entry::Conflict(Box::new(Conflict {
                id: id(),
                place: Place::Section(text()),
                base: None,
                other: None,
                made: made(),
            })),
            Entry::Comment(Box::new(Comment {
                id: id(),
                on: Target::Report,
                kind: CommentKind::Note,
                text: text(),
                re: None,
                made: made(),
                settled: None,
            })),
            Entry::Approval(Box::new(Approval {
                id: id(),
                on: Target::Report,
                what: Approved::Part(text()),
                question_text: String::new(),
                made: made(),
                withdrawn: None,
            })),
            Entry::Request(Box::new(Request {
                id: id(),
                made: made(),
                questions: vec![(text(), String::new())],
                due: None,
            })),
            Entry::Evidence(Box::new(EvidenceFile {
                id: id(),
                name: text(),
                sha256: String::new(),
                bytes: 0,
                day: None,
                added: made(),
                source: None,
            })),
        ]
    }

    #[test]
    fn entries_of_every_list_are_added_in_order_changed_and_removed_and_no_id_is_used_twice() {
        for kind in 0..5 {
            let [a, b, c] = ["a", "b", "c"].map(|id| entries(id, "old")[kind].clone());
            let mut lists = Entries::default();
            for entry in [&b, &c, &a] {
                assert!(lists.replace(None, Some(entry)), "{entry:?}");
            }
            assert_eq!(lists.all(), [a.clone(), b.clone(), c.clone()]);
            for taken in entries("b", "new") {
                assert!(!lists.replace(None, Some(&taken)), "{taken:?}");
            }
            let changed = entries("b", "new")[kind].clone();
            assert!(!lists.replace(Some(&changed), None), "nothing there says this: {changed:?}");
            assert!(lists.replace(Some(&b), Some(&changed)));
            assert_eq!(lists.all(), [a.clone(), changed.clone(), c.clone()]);
            for entry in [&c, &changed, &a] {
                assert!(!lists.is_empty());
                assert!(lists.replace(Some(entry), None), "{entry:?}");
            }
            assert!(lists.is_empty());
        }
    }

    #[test]
    fn of_two_entries_with_the_same_id_the_one_that_is_meant_is_removed() {
        for kind in 0..5 {
            let [one, other] = ["one", "other"].map(|text| entries("b", text)[kind].clone());
            let mut lists: Entries = [other.clone(), one.clone()].into_iter().collect();
            assert!(lists.replace(Some(&one), None));
            assert_eq!(lists.all(), [other]);
        }
    }

    #[test]
    fn a_comment_was_last_changed_when_it_was_settled_and_an_approval_when_it_was_withdrawn() {
        let mut all = entries("a", "x");
        assert_eq!(all.each_ref().map(|entry| entry.changed().at.as_second()), [1; 5]);
        for entry in &mut all {
            match entry {
                Entry::Comment(comment) => comment.settled = Some(stamp(2)),
                Entry::Approval(approval) => approval.withdrawn = Some(stamp(3)),
                Entry::Conflict(_) | Entry::Request(_) | Entry::Evidence(_) => {}
            }
        }
        assert_eq!(all.each_ref().map(|entry| entry.changed().at.as_second()), [1, 2, 3, 1, 1]);
        let names = all.each_ref().map(Entry::what);
        assert_eq!(names, ["two answers", "comment", "approval", "request", "evidence"]);
    }
}
