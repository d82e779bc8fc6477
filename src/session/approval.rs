//! A second pair of eyes: the edits that comment on answers, send them back, and approve them.
//!
//! An approval contains what was approved. Whether it still holds is derived by comparing that with what is
//! there now ([`Reviews`]), and never stored, so no text can be approved that nobody approved.

use std::collections::HashSet;

use crate::text::marked_words;

use super::answer::{Answer, Basis};
use super::edit::Edit;
use super::entry::{Approval, Approved, Comment, CommentKind, Entry, Target};
use super::request::entry_id;
use super::reviews::Reviews;
use super::session::Session;
use super::stamp::{INTRODUCTION, Stamp, is_same_author, section_key};

/// The most columns of an unchanged part of a text.
const CONTEXT: usize = 60;

impl Session {
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
        let reviews = self.reviews();
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
            let is_known = reviews
                .approvals_on(&approval.on)
                .iter()
                .any(|known| is_same_author(&known.made.by, &approval.made.by) && self.holds(known, true));
            let sent_back = settle(&reviews, &approval.on, &approval.made);
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
        let reviews = self.reviews();
        let mine = |on: &Target| {
            let all = reviews.approvals_on(on).iter().copied();
            all.filter(|approval| is_same_author(&approval.made.by, &made.by))
        };
        let is_approved = |on: &Target| mine(on).any(|approval| self.holds(approval, false));
        let is_known = mine(&Target::Report)
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
        let targets: HashSet<&Target> = targets.iter().collect();
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
}

/// The edits that settle the comments that sent something back.
fn settle(reviews: &Reviews<'_>, on: &Target, settled: &Stamp) -> Vec<Edit> {
    let edits = reviews.open_send_backs(on).map(|before| {
        let after = Comment { settled: Some(settled.clone()), ..before.clone() };
        Edit::Entry {
            before: Some(Entry::Comment(Box::new(before.clone()))),
            after: Some(Entry::Comment(Box::new(after))),
        }
    });
    edits.collect()
}
