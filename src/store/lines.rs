//! Where the answers are in the text of a snapshot.

use std::collections::HashMap;

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::session::{INTRODUCTION, PROPERTIES, SUBJECT, section_key};

/// The line of each answer, or of its question if it has none, by the id of the question; and of each part of
/// the page by its key in [`Changed`](crate::session::Changed). Lines count from 1. Empty for a text that is
/// not a snapshot.
pub(super) fn lines(text: &str) -> HashMap<String, usize> {
    let Ok(parsed) = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()) else {
        return HashMap::new();
    };
    let root = parsed.value.as_ref().and_then(Value::as_object);
    let Some(session) = root.and_then(|root| root.get_object("session")) else { return HashMap::new() };
    // An answer is more to the point than its question, so it comes last.
    let mut places = questions(session);
    for (field, key) in [("subject", SUBJECT), ("introduction", INTRODUCTION), ("properties", PROPERTIES)] {
        places.extend(session.get(field).map(|property| (key.to_owned(), property.name.start())));
    }
    for section in objects(session, "sections") {
        let heading = section.get_string("heading").map(|heading| heading.value.to_string());
        places.push((section_key(&heading.unwrap_or_default()), section.start()));
    }
    let answers = session.get_object("answers").map(|answers| answers.properties.as_slice());
    let answers = answers.unwrap_or_default().iter();
    places.extend(answers.map(|answer| (answer.name.as_str().to_owned(), answer.name.start())));
    located(text, places)
}

fn questions(session: &Object<'_>) -> Vec<(String, usize)> {
    let sections = session.get_object("questionnaire").map(|all| objects(all, "sections"));
    let questions =
        sections.unwrap_or_default().into_iter().flat_map(|section| objects(section, "questions"));
    let questions = questions.filter_map(|question| Some((question.get_string("id")?, question.start())));
    questions.map(|(id, at)| (id.value.to_string(), at)).collect()
}

/// The objects in the list of this name.
fn objects<'o, 's>(object: &'o Object<'s>, name: &str) -> Vec<&'o Object<'s>> {
    let list = object.get_array(name).map(|array| array.elements.iter().filter_map(Value::as_object));
    list.map(Iterator::collect).unwrap_or_default()
}

/// Turns offsets into lines; each line break is counted once. The last place of a key counts.
fn located(text: &str, places: Vec<(String, usize)>) -> HashMap<String, usize> {
    let places: HashMap<String, usize> = places.into_iter().collect();
    let mut sorted: Vec<(String, usize)> = places.into_iter().collect();
    sorted.sort_by_key(|(_, at)| *at);
    let (mut line, mut counted) = (1, 0);
    let lines = sorted.into_iter().map(|(key, at)| {
        line += text[counted..at].matches('\n').count();
        counted = at;
        (key, line)
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::{Edit, Session, Stamp};
    use crate::store::snapshot;

    #[test]
    fn an_answer_is_found_on_its_line_and_an_open_question_on_that_of_the_question() {
        let questionnaire = load(BUILT_IN[0].1).unwrap();
        let mut session = Session::new(questionnaire, "Boat", jiff::Timestamp::UNIX_EPOCH);
        let edit =
            Edit::Choose { question: "event-logging".into(), before: Vec::new(), after: vec!["yes".into()] };
        session.apply(&edit, &Stamp::default()).unwrap();
        let text = String::from_utf8(snapshot::text(&session, 1, "journal")).unwrap();
        let lines = lines(&text);
        let line = |key: &str| text.lines().nth(lines[key] - 1).unwrap().trim();
        assert_eq!(line("event-logging"), "\"event-logging\": {");
        assert_eq!(line("page/subject"), "\"subject\": \"Boat\",");
        let at = lines["external-tls"];
        assert_eq!(text.lines().nth(at).unwrap().trim(), "\"id\": \"external-tls\",");
        assert!(lines.contains_key("page/section/Exporting data"), "{lines:?}");
        assert!(super::lines("{").is_empty() && super::lines("[1]").is_empty());
    }
}
