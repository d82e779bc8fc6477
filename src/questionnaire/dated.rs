//! Claims with a date: "as of November 2026".

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::model::{Question, Questionnaire};

/// What a claim with a date begins with, in lower case.
const AS_OF: &str = "as of";

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A text of a question that can have claims.
pub(super) struct Text<'q> {
    /// The field that it is in.
    pub field: &'static str,
    /// The choice, if it is advice.
    pub choice: Option<&'q str>,
    /// The text.
    pub text: &'q str,
}

/// The texts of a question that can have claims.
pub(super) fn texts(question: &Question) -> impl Iterator<Item = Text<'_>> {
    let fields = [("help", &question.help), ("guidance", &question.guidance)];
    let fields = fields.into_iter().map(|(field, text)| Text { field, choice: None, text });
    let advice = question.advice.iter();
    fields.chain(advice.map(|(choice, advice)| Text {
        field: "advice",
        choice: Some(choice),
        text: &advice.text,
    }))
}

/// The months of the claims in a text, each as its first day.
pub(super) fn months(text: &str) -> Vec<Date> {
    // Only ASCII letters change, so that no place moves.
    let text = text.to_ascii_lowercase();
    let places = text.match_indices(AS_OF).map(|(at, _)| (at, &text[at + AS_OF.len()..]));
    let is_word = |(at, after): &(usize, &str)| {
        after.starts_with(char::is_whitespace) && !text[..*at].ends_with(char::is_alphanumeric)
    };
    places.filter(is_word).filter_map(|(_, after)| month(after)).collect()
}

/// The month at the start of a text in lower case.
fn month(text: &str) -> Option<Date> {
    let mut words = text.split_ascii_whitespace();
    let name = words.next()?;
    let number = MONTHS.iter().position(|month| *month == name)? + 1;
    let year: String = words.next()?.chars().take_while(char::is_ascii_digit).collect();
    let is_year = year.len() == 4;
    let (year, number) = (year.parse().ok().filter(|_| is_year)?, i8::try_from(number).ok()?);
    Some(date(year, number, 1))
}

/// Whether a claim of this month is more than a year old.
pub(super) fn is_old(month: Date, today: Date) -> bool {
    month.last_of_month().saturating_add(1.year()) < today
}

/// A month in words.
pub(super) fn in_words(month: Date) -> String {
    month.strftime("%B %Y").to_string()
}

impl Questionnaire {
    /// The months of its oldest and its newest claim with a date, each as its first day.
    pub fn dated(&self) -> Option<(Date, Date)> {
        let all: Vec<Date> = self.questions().flat_map(texts).flat_map(|text| months(text.text)).collect();
        Some((all.iter().min().copied()?, all.iter().max().copied()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_month_and_a_year_make_a_claim() {
        for (text, expected) in [
            ("As of November 2026, it holds.", vec![date(2026, 11, 1)]),
            ("It held as of May 2025 (A), and as of\nJune 2026.", vec![date(2025, 5, 1), date(2026, 6, 1)]),
            ("as of March 2026; as of today", vec![date(2026, 3, 1)]),
            ("as of 2026", vec![]),
            ("as of November", vec![]),
            ("as of November 20", vec![]),
            ("as of November 20261", vec![]),
            ("as of Smarch 2026", vec![]),
            ("as of 1 November 2026", vec![]),
            ("ä as of ", vec![]),
            ("the areas of May 2026", vec![]),
            ("as often May 2026", vec![]),
        ] {
            assert_eq!(months(text), expected, "{text}");
        }
    }

    #[test]
    fn a_claim_is_old_a_year_after_the_end_of_its_month() {
        let november = date(2025, 11, 1);
        assert!(!is_old(november, date(2026, 11, 30)));
        assert!(is_old(november, date(2026, 12, 1)));
        assert!(!is_old(date(2024, 2, 1), date(2025, 2, 28)));
        assert!(is_old(date(2024, 2, 1), date(2025, 3, 1)));
    }
}
