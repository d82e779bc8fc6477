//! What answers mean, as they are counted in the web report and the overview: labels say too little, because
//! a "No" can be good or bad.

use crate::questionnaire::Tone;
use crate::session::Session;

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// As it should be.
    Good,
    /// Partly as it should be.
    Partial,
    /// Not as it should be.
    Bad,
    /// Not known.
    Unknown,
    /// The question does not apply.
    NotApplicable,
    /// A text, number or date, several choices, or a choice that is neither good nor bad.
    Other,
    /// There is no answer.
    Unanswered,
}

impl Meaning {
    /// All meanings, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Good,
        Self::Partial,
        Self::Bad,
        Self::Unknown,
        Self::NotApplicable,
        Self::Other,
        Self::Unanswered,
    ];

    /// The meaning of the answer to the question at `index`.
    pub fn of(session: &Session, index: usize) -> Self {
        if !session.answer(index).is_answered() {
            return Self::Unanswered;
        }
        match session.tone(index) {
            Some(Tone::Good) => Self::Good,
            Some(Tone::Partial) => Self::Partial,
            Some(Tone::Bad) => Self::Bad,
            Some(Tone::Unknown) => Self::Unknown,
            Some(Tone::NotApplicable) => Self::NotApplicable,
            Some(Tone::Neutral) | None => Self::Other,
        }
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Good => "Good",
            Self::Partial => "Partial",
            Self::Bad => "Bad",
            Self::Unknown => "Unknown",
            Self::NotApplicable => "Not applicable",
            Self::Other => "Other",
            Self::Unanswered => "Unanswered",
        }
    }

    /// How many of the questions with these indices have each meaning, in the order of [`ALL`](Self::ALL).
    pub fn counts(session: &Session, questions: impl Iterator<Item = usize>) -> [usize; 7] {
        let mut counts = [0; 7];
        for index in questions {
            // The order of the variants is that of the list.
            counts[Self::of(session, index) as usize] += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meanings_are_listed_in_their_order() {
        assert!(Meaning::ALL.iter().enumerate().all(|(at, meaning)| *meaning as usize == at));
    }
}
