//! The gate: what is wrong with a session, by named rules. `querist check` reports it.

use std::fmt;

use super::entry::Place;
use super::evidence::{Ages, Freshness};
use super::file_link::{FileState, FileStates, file_id};
use super::position::Item;
use super::progress::Reason;
use super::session::Session;
use super::stamp::author_name;

/// A rule that a session can violate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// There are two answers.
    Conflict,
    /// A question is not answered, or its answer is not one that the question allows.
    Open,
    /// An answer needs a detail or a link, or a blank of the model is left in it.
    Unsupported,
    /// An answer was sent back by a comment.
    SentBack,
    /// Answers contradict each other.
    Contradiction,
    /// An answer or a part of the page is not approved; only if approvals are required.
    NotApproved,
    /// An answer or a part of the page was changed since it was approved; only if approvals are required.
    ChangedSinceApproval,
    /// A file that serves as evidence has other bytes than when it was attached.
    EvidenceChanged,
    /// A file that serves as evidence is missing.
    EvidenceMissing,
    /// A question is flagged.
    Flagged,
    /// An answer was carried over from an earlier session and not read.
    NotRead,
    /// An answer was merged from two people's changes and not read.
    Merged,
    /// Evidence is old, or has expired.
    Old,
    /// Evidence has no date.
    Undated,
    /// A question is answered, but no longer asked.
    Hidden,
}

/// How serious it is to violate a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Worth a look.
    Warning,
    /// Must be fixed.
    Error,
}

/// A violation of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// What it is about; `None` for the subject.
    pub item: Option<Item>,
    /// What is wrong, without a final full stop.
    pub message: String,
}

impl Rule {
    /// All rules, most important first.
    pub const ALL: [Self; 15] = [
        Self::Conflict,
        Self::Open,
        Self::Unsupported,
        Self::SentBack,
        Self::Contradiction,
        Self::NotApproved,
        Self::ChangedSinceApproval,
        Self::EvidenceChanged,
        Self::EvidenceMissing,
        Self::Flagged,
        Self::NotRead,
        Self::Merged,
        Self::Old,
        Self::Undated,
        Self::Hidden,
    ];

    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Open => "open",
            Self::Unsupported => "unsupported",
            Self::SentBack => "sent-back",
            Self::Contradiction => "contradiction",
            Self::NotApproved => "not-approved",
            Self::ChangedSinceApproval => "changed-since-approval",
            Self::EvidenceChanged => "evidence-changed",
            Self::EvidenceMissing => "evidence-missing",
            Self::Flagged => "flagged",
            Self::NotRead => "not-read",
            Self::Merged => "merged",
            Self::Old => "old",
            Self::Undated => "undated",
            Self::Hidden => "hidden",
        }
    }

    /// What the rule reports, in one sentence.
    pub fn description(self) -> &'static str {
        match self {
            Self::Conflict => "There are two answers from two people.",
            Self::Open => "A question is not answered, or its answer is not valid.",
            Self::Unsupported => "An answer needs a detail or a link, or a blank of the model is left in it.",
            Self::SentBack => "An answer was sent back by a comment and not changed since.",
            Self::Contradiction => "Answers contradict each other.",
            Self::NotApproved => "An answer or a part of the page is not approved.",
            Self::ChangedSinceApproval => {
                "An answer or a part of the page was changed since it was approved."
            }
            Self::EvidenceChanged => "A file that serves as evidence has changed since it was attached.",
            Self::EvidenceMissing => "A file that serves as evidence is missing.",
            Self::Flagged => "A question is flagged for follow-up.",
            Self::NotRead => "An answer was carried over from an earlier session and not read.",
            Self::Merged => "An answer was merged from two people's changes and not read.",
            Self::Old => "Evidence was read too long ago, or has expired.",
            Self::Undated => "Evidence has no date.",
            Self::Hidden => "A question is answered, but no longer asked.",
        }
    }

    /// How serious a violation is, unless the user says otherwise.
    pub fn level(self) -> Level {
        match self {
            Self::Conflict
            | Self::Open
            | Self::Unsupported
            | Self::SentBack
            | Self::Contradiction
            | Self::NotApproved
            | Self::ChangedSinceApproval
            | Self::EvidenceChanged
            | Self::EvidenceMissing => Level::Error,
            Self::Flagged | Self::NotRead | Self::Merged | Self::Old => Level::Warning,
            Self::Undated | Self::Hidden => Level::Note,
        }
    }
}

impl Level {
    /// The name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Session {
    /// Everything that is wrong with the session: the questions in order, then the parts of the page. Files
    /// that nobody has looked at count as intact.
    pub fn violations(&self, ages: &Ages, files: &FileStates) -> Vec<Violation> {
        let reviews = self.reviews();
        let mut violations = Vec::new();
        for index in 0..self.len() {
            let item = Some(Item::of(self.question(index)));
            let mut report = |rule, message| violations.push(Violation { rule, item: item.clone(), message });
            if !self.is_asked(index) {
                if !self.answer(index).is_empty() {
                    report(Rule::Hidden, "answered, but no longer asked".to_owned());
                }
                continue;
            }
            for reason in self.reasons(index) {
                report(reason.rule(), reason.to_string());
            }
            if let Some(message) = reviews.sent_back_reason(index) {
                report(Rule::SentBack, message);
            }
            if self.answer(index).unread.0 {
                report(Rule::NotRead, "carried over, not yet read".to_owned());
            }
            for link in self.evidence(index) {
                let label = &link.label;
                if let Some((rule, problem)) = self.file_problem(&link.url, files) {
                    report(rule, format!("{label}: {problem}"));
                }
                match link.freshness(ages) {
                    Freshness::Good => {}
                    Freshness::Undated => report(Rule::Undated, format!("{label}: no date")),
                    Freshness::Old(days) => report(Rule::Old, format!("{label}: read {days} days ago")),
                    Freshness::Expired(on) => report(Rule::Old, format!("{label}: expired on {on}")),
                }
            }
        }
        let rest = self.other_contradictions().into_iter();
        let rest = rest.map(|say| (Rule::Contradiction, None, say.to_owned()));
        let rest = rest.chain(self.conflicting_parts());
        violations.extend(rest.map(|(rule, item, message)| Violation { rule, item, message }));
        violations
    }

    /// What is wrong with the file that an address refers to. One that the session does not know is missing.
    fn file_problem(&self, url: &str, files: &FileStates) -> Option<(Rule, &'static str)> {
        let id = file_id(url)?;
        let otherwise = if self.evidence_file(id).is_some() { FileState::Intact } else { FileState::Missing };
        match files.get(id).copied().unwrap_or(otherwise) {
            FileState::Intact => None,
            FileState::Changed => Some((Rule::EvidenceChanged, "the file has changed since it was attached")),
            FileState::Missing => Some((Rule::EvidenceMissing, "the file is missing")),
        }
    }

    /// The parts of the page that two people wrote differently.
    fn conflicting_parts(&self) -> Vec<(Rule, Option<Item>, String)> {
        let conflicts = self.entries().conflicts.iter();
        let part = conflicts.filter_map(|conflict| {
            let item = match &conflict.place {
                Place::Question(..) => return None,
                Place::Introduction => Some(Item::Introduction),
                Place::Properties => Some(Item::Properties),
                Place::Subject | Place::Domain => None,
                Place::Section(heading) => {
                    let index = self.sections().iter().position(|section| section.heading == *heading);
                    index.map(Item::Section)
                }
            };
            let what = self.place_label(&conflict.place);
            let by = author_name(&conflict.made.by);
            Some(match conflict.other {
                Some(_) => (Rule::Conflict, item, format!("{what}: {by} wrote something else")),
                None => (Rule::Merged, item, format!("{what}: merged with the changes of {by}")),
            })
        });
        part.collect()
    }
}

impl Reason {
    /// The rule that a question violates that is open for this reason.
    pub fn rule(&self) -> Rule {
        match self {
            Self::TwoAnswers(_) => Rule::Conflict,
            Self::Merged(_) => Rule::Merged,
            Self::Unanswered
            | Self::NoSuchChoice(_)
            | Self::NotANumber
            | Self::NotADate
            | Self::NotWhole
            | Self::BelowMinimum(_)
            | Self::AboveMaximum(_) => Rule::Open,
            Self::NeedsDetail(_) | Self::NeedsLink(_) | Self::Blank(..) => Rule::Unsupported,
            Self::Contradiction(_) => Rule::Contradiction,
            Self::Flagged(_) => Rule::Flagged,
        }
    }
}
