//! A second pair of eyes: comments on answers, sending them back, and approving them.
//!
//! An approval contains what was approved. Whether it still holds is derived by comparing that with what is
//! there now, and never stored, so no text can be approved that nobody approved.

use crate::text::marked_words;

use super::answer::{Answer, Basis};
use super::edit::Edit;
use super::entry::{Approval, Approved, Comment, CommentKind, Entry, Target};
use super::gate::{Rule, Violation};
use super::position::Item;
use super::request::entry_id;
use super::session::Session;
use super::stamp::{INTRODUCTION, Stamp, author_name, is_same_author, section_key};

/// The most columns of an unchanged part of a text.
const CONTEXT: usize = 60;

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

impl Session {
    /// The state of the answer to the question at `index`.
    pub fn approval_state(&self, index: usize, rules: ApprovalRules) -> ApprovalState<'_> {
        self.state_of(&Target::Question(self.question(index).id.clone()), rules)
    }

    fn state_of(&self, on: &Target, rules: ApprovalRules) -> ApprovalState<'_> {
        let author = self.author_of(on);
        let is_own = |approval: &Approval| author.is_some_and(|by| is_same_author(by, &approval.made.by));
        let counts = |approval: &&Approval| {
            approval.on == *on && approval.withdrawn.is_none() && !(rules.four_eyes && is_own(approval))
        };
        let mut approvals: Vec<&Approval> = self.entries.approvals.iter().filter(counts).collect();
        approvals.sort_by_key(|approval| (approval.made.at, &approval.id));
        let holds = approvals.iter().rev().find(|approval| self.holds(approval, rules.is_strict));
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

    /// The approvals that hold of everything that a report consists of, the first one first, each with
    /// whether it is by the author of what it approves. Of several by one person, only the last.
    pub fn approvals_that_hold(&self) -> Vec<(&Approval, bool)> {
        let is_approved = |on: &Target| {
            matches!(self.state_of(on, ApprovalRules::default()), ApprovalState::Approved { .. })
        };
        let mut found: Vec<(&Approval, bool)> = Vec::new();
        for on in self.targets().iter().filter(|on| is_approved(on)) {
            let author = self.author_of(on);
            let of_target = self.entries.approvals.iter().filter(|approval| {
                approval.on == *on && approval.withdrawn.is_none() && self.holds(approval, false)
            });
            let mut of_target: Vec<&Approval> = of_target.collect();
            of_target.sort_by_key(|approval| (approval.made.at, &approval.id));
            for (at, approval) in of_target.iter().enumerate() {
                let by = &approval.made.by;
                if !of_target[at + 1..].iter().any(|later| is_same_author(&later.made.by, by)) {
                    found.push((approval, author.is_some_and(|author| is_same_author(author, by))));
                }
            }
        }
        found.sort_by_key(|(approval, _)| (approval.made.at, &approval.id));
        found
    }

    /// Whether what was approved is what is there now.
    fn holds(&self, approval: &Approval, is_strict: bool) -> bool {
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

    /// The last comment that sends something back, unless it was settled or the answer has changed since.
    fn sent_back(&self, on: &Target) -> Option<&Comment> {
        let changed = self.stamp_of(on).map(|stamp| stamp.at);
        let comments = self.entries.comments.iter().filter(|comment| {
            comment.on == *on
                && comment.kind == CommentKind::SendBack
                && comment.settled.is_none()
                && changed.is_none_or(|changed| changed <= comment.made.at)
        });
        comments.max_by_key(|comment| (comment.made.at, &comment.id))
    }

    fn stamp_of(&self, on: &Target) -> Option<&Stamp> {
        match on {
            Target::Question(key) | Target::Part(key) => self.changed().get(key),
            Target::Report => None,
        }
    }

    fn author_of(&self, on: &Target) -> Option<&str> {
        self.stamp_of(on).map(|stamp| stamp.by.as_str())
    }

    /// The text of a part of the page, by its key in [`Changed`](super::Changed).
    fn part_text(&self, key: &str) -> Option<&str> {
        if key == INTRODUCTION {
            return Some(self.introduction());
        }
        let found = self.sections().iter().find(|section| section_key(&section.heading) == key);
        found.map(|section| section.text.as_str())
    }

    /// The parts of the page that are published, by their keys.
    fn published_parts(&self) -> Vec<String> {
        let sections = self.sections().iter().filter(|section| !section.text.trim().is_empty());
        let introduction = (!self.introduction().trim().is_empty()).then(|| INTRODUCTION.to_owned());
        introduction.into_iter().chain(sections.map(|section| section_key(&section.heading))).collect()
    }

    /// Everything that a report consists of: the questions that are asked, the introduction and the sections.
    pub fn targets(&self) -> Vec<Target> {
        let questions = self.asked().map(|index| Target::Question(self.question(index).id.clone()));
        questions.chain(self.published_parts().into_iter().map(Target::Part)).collect()
    }

    /// The edit that approves answers and parts as they are. Questions that are open are left out, and so is
    /// what this author has approved as it is; `None` if nothing is left. What sent them back is settled.
    pub fn approve(&self, targets: &[Target], made: &Stamp) -> Option<Edit> {
        let mut edits = Vec::new();
        for on in targets {
            let (what, question_text) = match on {
                Target::Question(id) => {
                    let index = self.index_of(id)?;
                    if self.is_open(index) || !self.is_asked(index) {
                        continue;
                    }
                    let answer = Box::new(self.answer(index).clone());
                    (Approved::Answer(answer), self.question(index).text.clone())
                }
                Target::Part(key) => (Approved::Part(self.part_text(key)?.to_owned()), String::new()),
                Target::Report => continue,
            };
            let id = entry_id(&("approval", format!("{on:?}"), &made.by, made.at.as_millisecond()));
            let (on, made) = (on.clone(), made.clone());
            let approval = Approval { id, on, what, question_text, made, withdrawn: None };
            let is_known = self.entries.approvals.iter().any(|known| {
                let is_mine = is_same_author(&known.made.by, &approval.made.by) && known.withdrawn.is_none();
                is_mine && known.on == approval.on && self.holds(known, true)
            });
            let sent_back = self.settle_sent_back(&approval.on, &approval.made);
            if is_known && sent_back.is_empty() {
                continue;
            }
            edits.extend(sent_back);
            if !is_known {
                edits.push(Edit::Entry { before: None, after: Some(Entry::Approval(Box::new(approval))) });
            }
        }
        (!edits.is_empty()).then_some(Edit::All(edits))
    }

    /// The edit that signs off the report with this SHA-256; `None` if this author has done so already, or if
    /// something is open or not approved by this author as it is.
    pub fn sign_off(&self, sha256: &str, made: &Stamp) -> Option<Edit> {
        let is_mine = |approval: &&Approval| {
            approval.withdrawn.is_none() && is_same_author(&approval.made.by, &made.by)
        };
        let mine: Vec<&Approval> = self.entries.approvals.iter().filter(is_mine).collect();
        let is_approved = |on: &Target| mine.iter().any(|a| a.on == *on && self.holds(a, false));
        let is_known = mine
            .iter()
            .any(|approval| matches!(&approval.what, Approved::Report { sha256: known } if known == sha256));
        if is_known || !self.targets().iter().all(is_approved) {
            return None;
        }
        let id = entry_id(&("approval", "report", &made.by, made.at.as_millisecond()));
        let what = Approved::Report { sha256: sha256.to_owned() };
        let (on, made) = (Target::Report, made.clone());
        let approval = Approval { id, on, what, question_text: String::new(), made, withdrawn: None };
        Some(Edit::Entry { before: None, after: Some(Entry::Approval(Box::new(approval))) })
    }

    /// Who signed off the report last, and whether it was the one with this SHA-256.
    pub fn signed_off(&self, sha256: &str) -> Option<(&Stamp, bool)> {
        let reports = self.entries.approvals.iter().filter_map(|approval| match &approval.what {
            Approved::Report { sha256 } if approval.withdrawn.is_none() => Some((&approval.made, sha256)),
            Approved::Report { .. } | Approved::Answer(_) | Approved::Part(_) => None,
        });
        let last = reports.max_by_key(|(made, known)| (*known == sha256, made.at));
        last.map(|(made, known)| (made, known == sha256))
    }

    /// The edit that withdraws this author's approvals; `None` if there are none.
    pub fn withdraw(&self, targets: &[Target], withdrawn: &Stamp) -> Option<Edit> {
        let mine = self.entries.approvals.iter().filter(|approval| {
            targets.contains(&approval.on)
                && approval.withdrawn.is_none()
                && is_same_author(&approval.made.by, &withdrawn.by)
        });
        let edits: Vec<Edit> = mine
            .map(|before| {
                let after = Approval { withdrawn: Some(withdrawn.clone()), ..before.clone() };
                Edit::Entry {
                    before: Some(Entry::Approval(Box::new(before.clone()))),
                    after: Some(Entry::Approval(Box::new(after))),
                }
            })
            .collect();
        (!edits.is_empty()).then_some(Edit::All(edits))
    }

    /// The edit that adds a comment; `None` if it has no text.
    pub fn comment(&self, on: Target, kind: CommentKind, text: &str, made: Stamp) -> Option<Edit> {
        let text = text.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let id =
            entry_id(&("comment", format!("{on:?} {kind:?}"), &text, &made.by, made.at.as_millisecond()));
        let comment = Comment { id, on, kind, text, re: None, made, settled: None };
        Some(Edit::Entry { before: None, after: Some(Entry::Comment(Box::new(comment))) })
    }

    /// The edits that settle the comments that sent something back.
    fn settle_sent_back(&self, on: &Target, settled: &Stamp) -> Vec<Edit> {
        let open = self.entries.comments.iter().filter(|comment| {
            comment.on == *on && comment.kind == CommentKind::SendBack && comment.settled.is_none()
        });
        open.map(|before| {
            let after = Comment { settled: Some(settled.clone()), ..before.clone() };
            Edit::Entry {
                before: Some(Entry::Comment(Box::new(before.clone()))),
                after: Some(Entry::Comment(Box::new(after))),
            }
        })
        .collect()
    }

    /// The comments of reviewers on the question at `index`, the first one first; not the provider's replies.
    pub fn comments_on(&self, index: usize) -> Vec<&Comment> {
        let on = Target::Question(self.question(index).id.clone());
        let is_about = |comment: &&Comment| comment.on == on && comment.kind != CommentKind::Reply;
        let mut found: Vec<&Comment> = self.entries.comments.iter().filter(is_about).collect();
        found.sort_by_key(|comment| (comment.made.at, &comment.id));
        found
    }

    /// What differs from what was approved, on one line; `None` if it was no answer.
    pub fn changed_since(&self, approval: &Approval, index: usize) -> Option<String> {
        let Approved::Answer(old) = &approval.what else { return None };
        let (question, now) = (self.question(index), self.answer(index));
        let words = |answer: &Answer| {
            let labels = answer.choices.iter().map(|id| self.questionnaire.choice_label(question, id));
            let said = labels.chain([answer.value.as_str(), answer.qualifier.as_str()]);
            said.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let urls = |answer: &Answer| {
            let urls = answer.links.iter().map(|link| link.url.as_str());
            urls.collect::<Vec<_>>().join(" ")
        };
        let basis = |answer: &Answer| answer.basis.map_or("", Basis::label).to_owned();
        let pairs = [
            (approval.question_text.clone(), question.text.clone()),
            (words(old), words(now)),
            (old.detail.clone(), now.detail.clone()),
            (urls(old), urls(now)),
            (basis(old), basis(now)),
        ];
        let changed = pairs.iter().filter(|(old, now)| old != now);
        let marked = changed.map(|(old, now)| marked_words(old, now, CONTEXT));
        Some(marked.collect::<Vec<_>>().join("; "))
    }

    /// How many of the targets are approved as they are, and how many there are.
    pub fn approved(&self, rules: ApprovalRules) -> (usize, usize) {
        let targets = self.targets();
        let is_approved = |on: &&Target| matches!(self.state_of(on, rules), ApprovalState::Approved { .. });
        (targets.iter().filter(is_approved).count(), targets.len())
    }

    /// Who sent the answer to the question at `index` back, and why; `None` if it was not, or has changed.
    pub(super) fn sent_back_reason(&self, index: usize) -> Option<String> {
        let on = Target::Question(self.question(index).id.clone());
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
    pub fn approval_violations(&self, rules: ApprovalRules) -> Vec<Violation> {
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
                    let found = self.sections().iter().position(|s| section_key(&s.heading) == key);
                    found.map(Item::Section)
                }
                Target::Report => None,
            };
            Some(Violation { rule, item, message })
        };
        self.targets().into_iter().filter_map(violation).collect()
    }
}

/// The part of an answer that an approval is about: not the note, the flag, dates, or the order of links.
fn judged(answer: &Answer) -> (&[String], &str, &str, &str, Vec<&str>, Option<Basis>) {
    let mut urls: Vec<&str> = answer.links.iter().map(|link| link.url.as_str()).collect();
    urls.sort_unstable();
    (&answer.choices, &answer.value, &answer.qualifier, &answer.detail, urls, answer.basis)
}
