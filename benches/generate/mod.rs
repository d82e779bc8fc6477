//! Generates sessions of any size, the same on every run.

use std::fmt::Write;

use jiff::Timestamp;
use querist::questionnaire::{Questionnaire, load};
use querist::session::{Edit, Session, Stamp, TextRef};

/// A questionnaire of `count` questions in sections of ten; every fifth depends on the one before it.
pub fn questionnaire(count: usize) -> Questionnaire {
    let mut json = String::from(
        r#"{"format":1,"id":"generated","version":"1","title":"Generated","subject_label":"Service",
        "answer_sets":{"yn":{"choices":[
            {"id":"yes","label":"Yes","tone":"good"},{"id":"no","label":"No","tone":"bad"}]}},
        "sections":["#,
    );
    for n in 0..count {
        if n % 10 == 0 {
            let comma = if n == 0 { "" } else { "]}," };
            write!(json, r#"{comma}{{"id":"s{n}","title":"Section {n}","questions":["#)
                .expect("writing to a string succeeds");
        } else {
            json.push(',');
        }
        let condition = match n % 5 {
            4 => format!(r#","enable_when":{{"question":"q{}","answered":true}}"#, n - 1),
            _ => String::new(),
        };
        write!(
            json,
            r#"{{"id":"q{n}","title":"Question {n}",
            "text":"Does the provider fulfill requirement {n}, and how?",
            "help":"Look at page {n}.","answer_set":"yn"{condition}}}"#
        )
        .expect("writing to a string succeeds");
    }
    json.push_str("]}]}");
    load(&json).expect("the questionnaire is valid")
}

/// A text of about `length` characters.
pub fn text(length: usize) -> String {
    let words = ["encrypts", "the", "data", "in", "transit,", "and", "at", "rest;", "see", "page", "seven."];
    let mut text = String::new();
    for word in words.iter().cycle() {
        if text.len() + word.len() >= length {
            return text;
        }
        text.push_str(word);
        text.push(' ');
    }
    text
}

/// A session of `count` questions, each answered with a detail of `length` characters.
pub fn session(count: usize, length: usize) -> Session {
    let mut session = Session::new(questionnaire(count), "Generated", Timestamp::UNIX_EPOCH);
    for n in 0..count {
        let question = format!("q{n}");
        let choose =
            Edit::Choose { question: question.clone(), before: Vec::new(), after: vec!["yes".to_owned()] };
        session
            .apply(&choose, &Stamp { by: String::new(), at: Timestamp::UNIX_EPOCH })
            .expect("the edit fits");
        if length > 0 {
            let (text, inserted) = (TextRef::Detail(question), text(length));
            let splice = Edit::Splice { text, at: 0, removed: String::new(), inserted };
            session
                .apply(&splice, &Stamp { by: String::new(), at: Timestamp::UNIX_EPOCH })
                .expect("the edit fits");
        }
    }
    session
}
