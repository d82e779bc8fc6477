//! Whether a question is asked.

use super::model::Condition;

/// The answer of a question as a condition sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<'a> {
    /// Ids of the choices made.
    pub choices: &'a [String],
    /// The value of a text, number or date; empty for choices.
    pub value: &'a str,
}

impl Given<'_> {
    /// Whether there is an answer at all.
    pub fn is_answered(&self) -> bool {
        !self.choices.is_empty() || !self.value.trim().is_empty()
    }
}

/// Whether `condition` holds; `given` tells the answer of a question by its id, `None` where it is not asked.
pub fn holds<'a>(condition: &Condition, given: &impl Fn(&str) -> Option<Given<'a>>) -> bool {
    match condition {
        Condition::In(c) => given(&c.question).is_some_and(|g| {
            c.among.iter().any(|id| g.choices.contains(id) || (g.value == id && !id.is_empty()))
        }),
        Condition::Answered(c) => given(&c.question).is_some_and(|g| g.is_answered()) == c.answered,
        Condition::All(c) => c.all.iter().all(|inner| holds(inner, given)),
        Condition::Any(c) => c.any.iter().any(|inner| holds(inner, given)),
        Condition::Not(c) => !holds(&c.not, given),
    }
}

/// The ids of the questions that `condition` asks for, in order.
pub fn mentioned(condition: &Condition) -> Vec<&str> {
    match condition {
        Condition::In(c) => vec![&c.question],
        Condition::Answered(c) => vec![&c.question],
        Condition::All(c) => c.all.iter().flat_map(mentioned).collect(),
        Condition::Any(c) => c.any.iter().flat_map(mentioned).collect(),
        Condition::Not(c) => mentioned(&c.not),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(json: &str) -> Condition {
        serde_json::from_str(json).unwrap()
    }

    fn given(id: &str) -> Option<Given<'static>> {
        static YES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| vec!["yes".to_owned()]);
        match id {
            "a" => Some(Given { choices: &YES, value: "" }),
            "empty" => Some(Given { choices: &[], value: "" }),
            "text" => Some(Given { choices: &[], value: "EU" }),
            _ => None,
        }
    }

    #[test]
    fn each_form_of_condition_asks_what_it_says() {
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
