//! Answer sets: named lists of choices, and the keys that select them.

use serde::{Deserialize, Serialize};

/// A named list of choices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerSet {
    /// The choices, in order.
    pub choices: Vec<Choice>,
}

/// One choice of an answer set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable id, for example "yes".
    pub id: String,
    /// The label shown on screens and pages, for example "Yes".
    pub label: String,
    /// The letter that selects it. Default: the first letter of the label that is still free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<char>,
    /// What the choice means, for its symbol in lists.
    #[serde(default, skip_serializing_if = "is_neutral")]
    pub tone: Tone,
    /// Whether it contradicts every other choice, for example "None of these".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alone: bool,
}

/// What a choice means for the subject.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As it should be.
    Good,
    /// Not as it should be.
    Bad,
    /// Partly as it should be.
    Partial,
    /// Researched, but not found out.
    Unknown,
    /// Does not apply.
    NotApplicable,
    /// Neither good nor bad.
    #[default]
    Neutral,
}

impl AnswerSet {
    /// The key of each choice, in order: the given one, or the first letter of its label that is still free.
    pub fn keys(&self) -> Vec<char> {
        let mut taken: Vec<char> = self.choices.iter().filter_map(|choice| choice.key).collect();
        let mut keys = Vec::with_capacity(self.choices.len());
        for (i, choice) in self.choices.iter().enumerate() {
            let key = choice.key.unwrap_or_else(|| {
                let letters = choice.label.chars().flat_map(char::to_lowercase).chain('a'..='z');
                let digit = char::from_digit(i as u32 % 10, 10).unwrap_or('0');
                letters.filter(|c| c.is_ascii_alphabetic()).find(|c| !taken.contains(c)).unwrap_or(digit)
            });
            taken.push(key);
            keys.push(key);
        }
        keys
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_neutral(tone: &Tone) -> bool {
    *tone == Tone::Neutral
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(choices: &[(&str, Option<char>)]) -> String {
        let choice = |(label, key): &(&str, Option<char>)| Choice {
            id: String::new(),
            label: (*label).to_owned(),
            key: *key,
            tone: Tone::Neutral,
            alone: false,
        };
        AnswerSet { choices: choices.iter().map(choice).collect() }.keys().into_iter().collect()
    }

    #[test]
    fn a_choice_without_a_key_gets_the_first_free_letter_of_its_label() {
        assert_eq!(keys(&[("Public", None), ("Personal", None), ("Élan", None)]), "pel");
    }

    #[test]
    fn a_given_key_is_never_assigned_to_another_choice() {
        assert_eq!(keys(&[("Yes", None), ("No", Some('y'))]), "ey");
    }

    #[test]
    fn a_label_without_letters_gets_a_letter_of_the_alphabet() {
        assert_eq!(keys(&[("< 10", None), ("> 10", None)]), "ab");
    }

    #[test]
    fn a_choice_gets_the_last_digit_of_its_place_when_no_letter_is_left() {
        assert_eq!(keys(&[("?", None); 28]), "abcdefghijklmnopqrstuvwxyz67");
    }
}
