//! Conditions of other formats while they are read: true, false, or ours.

use crate::questionnaire::{
    AllCondition, AnsweredCondition, AnyCondition, Condition, InCondition, NotCondition,
};

/// A condition that may turn out to be always or never true.
#[derive(Debug, Clone, PartialEq)]
pub enum Truth {
    /// Always true.
    Always,
    /// Never true.
    Never,
    /// True if this is.
    When(Condition),
}

impl Truth {
    /// True if one of these choices, or one of these values, is the answer.
    pub fn is(question: &str, among: Vec<String>) -> Self {
        Self::When(Condition::In(InCondition { question: question.to_owned(), among }))
    }

    /// True if the question is answered, or if it is not.
    pub fn answered(question: &str, answered: bool) -> Self {
        Self::When(Condition::Answered(AnsweredCondition { question: question.to_owned(), answered }))
    }

    /// True if both are.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::Always, rest) | (rest, Self::Always) => rest,
            (Self::When(a), Self::When(b)) if a == b => Self::When(a),
            (Self::When(a), Self::When(b)) => {
                let mut all = Vec::new();
                for part in [a, b] {
                    match part {
                        Condition::All(inner) => all.extend(inner.all),
                        other => all.push(other),
                    }
                }
                all.dedup();
                Self::When(Condition::All(AllCondition { all }))
            }
        }
    }

    /// True if one of them is. Choices of one question are merged.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, rest) | (rest, Self::Never) => rest,
            (Self::When(a), Self::When(b)) if a == b => Self::When(a),
            (Self::When(a), Self::When(b)) => {
                let mut any: Vec<Condition> = Vec::new();
                for part in [a, b] {
                    match part {
                        Condition::Any(inner) => any.extend(inner.any),
                        Condition::In(new) => match any.iter_mut().find_map(|known| same(known, &new)) {
                            Some(known) => known.among.extend(new.among),
                            None => any.push(Condition::In(new)),
                        },
                        other => any.push(other),
                    }
                }
                let only = if any.len() == 1 { any.pop() } else { None };
                Self::When(only.unwrap_or(Condition::Any(AnyCondition { any })))
            }
        }
    }

    /// True if it is not.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::When(Condition::Not(inner)) => Self::When(*inner.not),
            Self::When(Condition::Answered(given)) => Self::answered(&given.question, !given.answered),
            Self::When(condition) => Self::When(Condition::Not(NotCondition { not: Box::new(condition) })),
        }
    }

    /// As the condition of a question; one that is never true is a condition without alternatives.
    pub fn condition(self) -> Option<Condition> {
        match self {
            Self::Always => None,
            Self::Never => Some(Condition::Any(AnyCondition { any: Vec::new() })),
            Self::When(condition) => Some(condition),
        }
    }
}

/// The known condition if it is about the same question as the new one.
fn same<'c>(known: &'c mut Condition, new: &InCondition) -> Option<&'c mut InCondition> {
    match known {
        Condition::In(known) if known.question == new.question => Some(known),
        Condition::In(_)
        | Condition::Answered(_)
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(question: &str, choice: &str) -> Truth {
        Truth::is(question, vec![choice.to_owned()])
    }

    fn json(truth: Truth) -> String {
        serde_json::to_string(&truth.condition()).unwrap()
    }

    #[test]
    fn conditions_are_combined_in_the_simplest_form() {
        for (truth, expected) in [
            (is("a", "x").or(is("a", "y")), r#"{"question":"a","in":["x","y"]}"#),
            (
                is("a", "x").or(is("b", "y")).or(is("a", "z")),
                r#"{"any":[{"question":"a","in":["x","z"]},{"question":"b","in":["y"]}]}"#,
            ),
            (
                is("a", "x").and(is("b", "y")).and(is("c", "z")),
                concat!(
                    r#"{"all":[{"question":"a","in":["x"]},{"question":"b","in":["y"]},"#,
                    r#"{"question":"c","in":["z"]}]}"#
                ),
            ),
            (Truth::Always.and(is("a", "x")), r#"{"question":"a","in":["x"]}"#),
            (Truth::Never.or(is("a", "x")), r#"{"question":"a","in":["x"]}"#),
            (is("a", "x").negated().negated(), r#"{"question":"a","in":["x"]}"#),
            (Truth::answered("a", true).negated(), r#"{"question":"a","answered":false}"#),
            (Truth::Always.negated(), r#"{"any":[]}"#),
            (Truth::Always.or(is("a", "x")), "null"),
        ] {
            assert_eq!(json(truth), expected);
        }
    }
}
