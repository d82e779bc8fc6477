//! What the approvals and comments of reviewers mean for the answers as they are now.

use std::collections::HashMap;

use super::answer::{Answer, Basis};
use super::entry::{Approval, Approved, Comment, CommentKind, Target};
use super::gate::{Rule, Violation};
use super::position::Item;
use super::session::Session;
use super::stamp::{INTRODUCTION, Stamp, author_name, is_same_author, section_key};

/// Which approvals count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ApprovalRules {
    /// Any change ends an approval, also of what is not published, of dates, and of the order of links.
    pub is_strict: bool,
    /// Approvals by the author of an answer do not count.
    pub four_eyes: bool,
}

/// Whether an answer or a part of the page is approved as it is now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ApprovalState<'a> {
    /// Nobody has approved it.
    None,
    /// Approved as it is.
    Approved {
        /// The last approval that holds.
        approval: &'a Approval,
        /// Whether the author of the answer approved it.
        by_its_author: bool,
    },
    /// Something else was approved: the last approval.
    Changed(&'a Approval),
    /// Sent back, and not changed since.
    SentBack(&'a Comment),
}

/// The approvals and comments of a session, by what they are about. Looking through all of them for each
/// answer would take quadratic time.
pub struct Reviews<'a> {
    session: &'a Session,
    /// Those that were not withdrawn, in the order in which they were made.
    approvals: HashMap<&'a Target, Vec<&'a Approval>>,
    /// Also the replies of the provider, in the order in which they were made.
    comments: HashMap<&'a Target, Vec<&'a Comment>>,
}

impl Session {
    /// All approvals and comments.
    pub fn reviews(&self) -> Reviews<'_> {
        Reviews::of(self, |_| true)
    }

    /// Those on the question at `index` only.
    pub fn reviews_of(&self, index: usize) -> Reviews<'_> {
        let id = &self.question(index).id;
        Reviews::of(self, |on| matches!(on, Target::Question(known) if known == id))
    }

    /// The text of a part of the page, by its key in [`Changed`](super::Changed).
    pub(super) fn part_text(&self, key: &str) -> Option<&str> {
        if key == INTRODUCTION {
            return Some(self.introduction());
        }
        let found = self.sections().iter().find(|section| section_key(&section.heading) == key);
        found.map(|section| section.text.as_str())
    }

    /// Whether what was approved is what is there now.
    pub(super) fn holds(&self, approval: &Approval, is_strict: bool) -> bool {
        match (&approval.what, &approval.on) {
            (Approved::Answer(approved), Target::Question(id)) => {
                let Some(index) = self.index_of(id) else { return false };
                let now = self.answer(index);
                let is_same = if is_strict { **approved == *now } else { judged(approved) == judged(now) };
                is_same && approval.question_text == self.question(index).text
            }
            (Approved::Part(text), Target::Part(key)) => self.part_text(key) == Some(text),
            (Approved::Answer(_) | Approved::Part(_) | Approved::Report { .. }, _) => false,
        }
    }
}

impl<'a> Reviews<'a> {
    fn of(session: &'a Session, is_wanted: impl Fn(&Target) -> bool) -> Self {
        let mut reviews = Self { session, approvals: HashMap::new(), comments: HashMap::new() };
        let entries = session.entries();
        for approval in entries.approvals.iter().filter(|approval| is_wanted(&approval.on)) {
            if approval.withdrawn.is_none() {
                reviews.approvals.entry(&approval.on).or_default().push(approval);
            }
        }
        for comment in entries.comments.iter().filter(|comment| is_wanted(&comment.on)) {
            reviews.comments.entry(&comment.on).or_default().push(comment);
        }
        for approvals in reviews.approvals.values_mut() {
            approvals.sort_by_key(|approval| (approval.made.at, &approval.id));
        }
        for comments in reviews.comments.values_mut() {
            comments.sort_by_key(|comment| (comment.made.at, &comment.id));
        }
        reviews
    }

    /// The approvals that were not withdrawn, the first one first.
    pub(super) fn approvals_on(&self, on: &Target) -> &[&'a Approval] {
        self.approvals.get(on).map_or(&[], Vec::as_slice)
    }

    fn all_comments_on(&self, on: &Target) -> &[&'a Comment] {
        self.comments.get(on).map_or(&[], Vec::as_slice)
    }

    /// The comments that sent something back and are not settled.
    pub(super) fn open_send_backs(&self, on: &Target) -> impl Iterator<Item = &'a Comment> {
        let comments = self.all_comments_on(on).iter().copied();
        comments.filter(|comment| comment.kind == CommentKind::SendBack && comment.settled.is_none())
    }

    /// The state of the answer to the question at `index`.
    pub fn state(&self, index: usize, rules: ApprovalRules) -> ApprovalState<'a> {
        self.state_of(&self.question(index), rules)
    }

    fn question(&self, index: usize) -> Target {
        Target::Question(self.session.question(index).id.clone())
    }

    fn state_of(&self, on: &Target, rules: ApprovalRules) -> ApprovalState<'a> {
        let author = self.author_of(on);
        let is_own = |approval: &Approval| author.is_some_and(|by| is_same_author(by, &approval.made.by));
        let counts = |approval: &&&Approval| !(rules.four_eyes && is_own(approval));
        let approvals: Vec<&'a Approval> = self.approvals_on(on).iter().filter(counts).copied().collect();
        let holds =
            approvals.iter().rev().find(|approval| self.session.holds(approval, rules.is_strict)).copied();
        if let Some(sent_back) = self.sent_back(on)
            && holds.is_none_or(|approval| approval.made.at < sent_back.made.at)
        {
            return ApprovalState::SentBack(sent_back);
        }
        match (holds, approvals.last()) {
            (Some(approval), _) => ApprovalState::Approved { approval, by_its_author: is_own(approval) },
            (None, Some(last)) => ApprovalState::Changed(last),
            (None, None) => ApprovalState::None,
        }
    }

    /// The last comment that sends something back, unless it was settled or the answer has changed since.
    fn sent_back(&self, on: &Target) -> Option<&'a Comment> {
        let changed = self.stamp_of(on).map(|stamp| stamp.at);
        self.open_send_backs(on).filter(|comment| changed.is_none_or(|at| at <= comment.made.at)).last()
    }

    fn stamp_of(&self, on: &Target) -> Option<&'a Stamp> {
        match on {
            Target::Question(key) | Target::Part(key) => self.session.changed().get(key),
            Target::Report => None,
        }
    }

    fn author_of(&self, on: &Target) -> Option<&'a str> {
        self.stamp_of(on).map(|stamp| stamp.by.as_str())
    }

    /// The approvals that hold of everything that a report consists of, the first one first, each with
    /// whether it is by the author of what it approves. Of several by one person, only the last.
    pub fn approvals_that_hold(&self) -> Vec<(&'a Approval, bool)> {
        let mut found: Vec<(&Approval, bool)> = Vec::new();
        for on in self.session.targets().iter().filter(|on| self.is_approved(on, ApprovalRules::default())) {
            let author = self.author_of(on);
            let holding = self.approvals_on(on).iter().filter(|approval| self.session.holds(approval, false));
            let holding: Vec<&Approval> = holding.copied().collect();
            for (at, approval) in holding.iter().enumerate() {
                let by = &approval.made.by;
                if !holding[at + 1..].iter().any(|later| is_same_author(&later.made.by, by)) {
                    found.push((approval, author.is_some_and(|author| is_same_author(author, by))));
                }
            }
        }
        found.sort_by_key(|(approval, _)| (approval.made.at, &approval.id));
        found
    }

    fn is_approved(&self, on: &Target, rules: ApprovalRules) -> bool {
        matches!(self.state_of(on, rules), ApprovalState::Approved { .. })
    }

    /// How many of the targets are approved as they are, and how many there are.
    pub fn approved(&self, rules: ApprovalRules) -> (usize, usize) {
        let targets = self.session.targets();
        (targets.iter().filter(|on| self.is_approved(on, rules)).count(), targets.len())
    }

    /// The comments of reviewers on the question at `index`, the first one first; not the provider's replies.
    pub fn comments_on(&self, index: usize) -> impl Iterator<Item = &'a Comment> {
        let comments = self.all_comments_on(&self.question(index)).iter().copied();
        comments.filter(|comment| comment.kind != CommentKind::Reply)
    }

    /// Who sent the answer to the question at `index` back, and why; `None` if it was not, or has changed.
    pub(super) fn sent_back_reason(&self, index: usize) -> Option<String> {
        let on = self.question(index);
        // Most answers were never sent back; their approvals do not have to be compared.
        self.sent_back(&on)?;
        match self.state_of(&on, ApprovalRules::default()) {
            ApprovalState::SentBack(comment) => {
                Some(format!("sent back by {}: {}", author_name(&comment.made.by), comment.text))
            }
            ApprovalState::None | ApprovalState::Approved { .. } | ApprovalState::Changed(_) => None,
        }
    }

    /// What is not approved, or was changed since, for those who require approvals.
    pub fn violations(&self, rules: ApprovalRules) -> Vec<Violation> {
        let violation = |on: Target| {
            let (rule, message) = match self.state_of(&on, rules) {
                ApprovalState::None => (Rule::NotApproved, "not approved".to_owned()),
                ApprovalState::Changed(approval) => {
                    let (by, day) = (author_name(&approval.made.by), approval.made.at.strftime("%Y-%m-%d"));
                    (Rule::ChangedSinceApproval, format!("changed since {by} approved it on {day}"))
                }
                ApprovalState::Approved { .. } | ApprovalState::SentBack(_) => return None,
            };
            let item = match on {
                Target::Question(id) => Some(Item::Question(id)),
                Target::Part(key) if key == INTRODUCTION => Some(Item::Introduction),
                Target::Part(key) => {
                    let found = self.session.sections().iter().position(|s| section_key(&s.heading) == key);
                    found.map(Item::Section)
                }
                Target::Report => None,
            };
            Some(Violation { rule, item, message })
        };
        self.session.targets().into_iter().filter_map(violation).collect()
    }
}

/// The part of an answer that an approval is about: not the note, the flag, dates, or the order of links.
fn judged(answer: &Answer) -> (&[String], &str, &str, &str, Vec<&str>, Option<Basis>) {
    let mut urls: Vec<&str> = answer.links.iter().map(|link| link.url.as_str()).collect();
    urls.sort_unstable();
    (&answer.choices, &answer.value, &answer.qualifier, &answer.detail, urls, answer.basis)
}
