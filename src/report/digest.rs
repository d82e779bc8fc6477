//! What is signed off: a report as one number.

use jiff::Timestamp;
use serde_json::Value;

use crate::session::Session;
use crate::text::sha256;

use super::document::{Extras, document};

/// What says when or by whom, rather than what.
const LEFT_OUT: [&str; 8] =
    ["date", "created", "retrieved", "asked_on", "requests", "approved", "signed_off", "previous"];

/// The SHA-256 of the JSON report without its dates, in hexadecimal digits: the same as long as nothing that
/// is published changes.
pub fn digest(session: &Session) -> String {
    // Serializing plain data with string keys into memory cannot fail.
    let document = document(session, Timestamp::UNIX_EPOCH, Extras::default());
    let mut value = serde_json::to_value(&document).unwrap_or_default();
    leave_out(&mut value);
    sha256(value.to_string().as_bytes())
}

fn leave_out(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|key, _| !LEFT_OUT.contains(&key.as_str()));
            object.values_mut().for_each(leave_out);
        }
        Value::Array(array) => array.iter_mut().for_each(leave_out),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::{Answer, Edit, Link, Stamp};

    fn digest_of(answer: Answer, day: i64) -> String {
        let at = Timestamp::from_second(day * 86_400).unwrap();
        let mut session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", at);
        let question = session.question(0).id.clone();
        let edit = Edit::Answer { question, before: Box::default(), after: Box::new(answer) };
        session.apply(&edit, &Stamp { by: "kim".into(), at }).unwrap();
        digest(&session)
    }

    #[test]
    fn a_digest_changes_with_what_is_published_and_not_with_days_or_notes() {
        let link =
            |day: &str| Link { url: "https://a.example".into(), retrieved: day.into(), ..Link::default() };
        let answer = Answer {
            choices: vec!["yes".into()],
            detail: "It is.".into(),
            links: vec![link("2026-01-01")],
            ..Answer::default()
        };
        let known = digest_of(answer.clone(), 1);
        assert_eq!((known.len(), digest_of(answer.clone(), 2)), (64, known.clone()));
        let noted = Answer { note: "Mine.".into(), links: vec![link("2026-11-29")], ..answer.clone() };
        assert_eq!(digest_of(noted, 1), known);
        assert_ne!(digest_of(Answer { detail: "It was.".into(), ..answer }, 1), known);
    }
}
