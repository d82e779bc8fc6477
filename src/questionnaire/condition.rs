//! Conditions: when a question is asked.

use serde::{Deserialize, Serialize};

/// When a question is asked. A question that is itself not asked counts as unanswered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Condition {
    /// The question's answer is one of these choices.
    In(InCondition),
    /// The question is answered, or is unanswered.
    Answered(AnsweredCondition),
    /// All of these are true.
    All(AllCondition),
    /// At least one of these is true.
    Any(AnyCondition),
    /// This is false.
    Not(NotCondition),
}

/// `{"question": "a", "in": ["yes"]}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InCondition {
    /// Id of the question.
    pub question: String,
    /// Ids of choices, or values. One match is enough.
    #[serde(rename = "in")]
    pub among: Vec<String>,
}

/// `{"question": "a", "answered": true}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnsweredCondition {
    /// Id of the question.
    pub question: String,
    /// `true`: it must be answered. `false`: it must be unanswered.
    pub answered: bool,
}

/// `{"all": [...]}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllCondition {
    /// The conditions.
    pub all: Vec<Condition>,
}

/// `{"any": [...]}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnyCondition {
    /// The conditions.
    pub any: Vec<Condition>,
}

/// `{"not": ...}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NotCondition {
    /// The condition.
    pub not: Box<Condition>,
}

/// The part of an answer that conditions depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenAnswer<'a> {
    /// Ids of the choices made.
    pub choices: &'a [String],
    /// The value of a text, number or date; empty for choices.
    pub value: &'a str,
}

impl GivenAnswer<'_> {
    /// Whether the question is answered: a choice was made or a value was entered.
    pub fn is_answered(&self) -> bool {
        !self.choices.is_empty() || !self.value.trim().is_empty()
    }
}

/// Whether `condition` is true. `given` looks up an answer by question id, and returns `None` for a question
/// that is not asked.
pub fn holds<'a>(condition: &Condition, given: &impl Fn(&str) -> Option<GivenAnswer<'a>>) -> bool {
    match condition {
        Condition::In(c) => given(&c.question).is_some_and(|answer| {
            c.among.iter().any(|id| answer.choices.contains(id) || (answer.value == id && !id.is_empty()))
        }),
        Condition::Answered(c) => given(&c.question).is_some_and(|answer| answer.is_answered()) == c.answered,
        Condition::All(c) => c.all.iter().all(|inner| holds(inner, given)),
        Condition::Any(c) => c.any.iter().any(|inner| holds(inner, given)),
        Condition::Not(c) => !holds(&c.not, given),
    }
}

/// The ids of the questions that `condition` refers to, in order.
pub fn mentioned(condition: &Condition) -> Vec<&str> {
    match condition {
        Condition::In(c) => vec![&c.question],
        Condition::Answered(c) => vec![&c.question],
        Condition::All(c) => c.all.iter().flat_map(mentioned).collect(),
        Condition::Any(c) => c.any.iter().flat_map(mentioned).collect(),
        Condition::Not(c) => mentioned(&c.not),
    }
}

/// The condition with other ids in place of those of the questions that it refers to.
pub fn with_ids(condition: &Condition, id: &impl Fn(&str) -> String) -> Condition {
    let all = |conditions: &[Condition]| conditions.iter().map(|inner| with_ids(inner, id)).collect();
    match condition {
        Condition::In(c) => Condition::In(InCondition { question: id(&c.question), among: c.among.clone() }),
        Condition::Answered(c) => {
            Condition::Answered(AnsweredCondition { question: id(&c.question), answered: c.answered })
        }
        Condition::All(c) => Condition::All(AllCondition { all: all(&c.all) }),
        Condition::Any(c) => Condition::Any(AnyCondition { any: all(&c.any) }),
        Condition::Not(c) => Condition::Not(NotCondition { not: Box::new(with_ids(&c.not, id)) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(json: &str) -> Condition {
        serde_json::from_str(json).unwrap()
    }

    fn given(id: &str) -> Option<GivenAnswer<'static>> {
        static YES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| vec!["yes".to_owned()]);
        match id {
            "a" => Some(GivenAnswer { choices: &YES, value: "" }),
            "empty" => Some(GivenAnswer { choices: &[], value: "" }),
            "text" => Some(GivenAnswer { choices: &[], value: "EU" }),
            _ => None,
        }
    }

    #[test]
    fn each_form_of_condition_is_evaluated() {
        for (json, expected) in [
            (r#"{"question":"a","in":["yes","no"]}"#, true),
            (r#"{"question":"a","in":["no"]}"#, false),
            (r#"{"question":"text","in":["EU"]}"#, true),
            (r#"{"question":"empty","answered":false}"#, true),
            (r#"{"question":"hidden","answered":true}"#, false),
            (r#"{"question":"hidden","answered":false}"#, true),
            (
                r#"{"all":[{"question":"a","answered":true},{"not":{"question":"empty","answered":true}}]}"#,
                true,
            ),
            (r#"{"any":[{"question":"empty","answered":true},{"question":"a","in":["no"]}]}"#, false),
        ] {
            assert_eq!(holds(&condition(json), &given), expected, "{json}");
        }
    }
}
