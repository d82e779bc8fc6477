//! A questionnaire out of a file whose shape is wrong, so that its meaning can be checked in the same pass.

use serde_json::Value;

use super::model::Questionnaire;

/// The most places that are repaired.
const MOST: usize = 50;

/// The questionnaire in `value` after unknown and mistyped fields are left out and missing ones are filled
/// in.
/// `None` if that is not enough.
pub(super) fn repaired(mut value: Value) -> Option<Questionnaire> {
    for number in 0..MOST {
        let error = match serde_path_to_error::deserialize::<_, Questionnaire>(&value) {
            Ok(questionnaire) => return Some(questionnaire),
            Err(error) => error,
        };
        let pointer: String = error
            .path()
            .iter()
            .map(|segment| format!("/{}", segment.to_string().trim_matches(['[', ']'])))
            .collect();
        let message = error.inner().to_string();
        let name = message.split('`').nth(1).unwrap_or_default().to_owned();
        if message.starts_with("missing field") {
            let object = value.pointer_mut(&pointer)?.as_object_mut()?;
            object.insert(name.clone(), filler(&name, number));
        } else if message.starts_with("unknown field") {
            let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            value.pointer_mut(parent)?.as_object_mut()?.remove(&name)?;
        } else {
            // Elements of a list stay where they are: the places of the others depend on them.
            let (parent, key) = pointer.rsplit_once('/')?;
            value.pointer_mut(parent)?.as_object_mut()?.remove(key)?;
        }
    }
    None
}

/// A value for a missing field that raises no further problem.
fn filler(name: &str, number: usize) -> Value {
    match name {
        "format" => Value::from(1),
        "sections" | "questions" | "choices" => Value::Array(Vec::new()),
        _ => Value::from(format!("missing-{number}")),
    }
}
