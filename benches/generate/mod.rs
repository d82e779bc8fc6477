//! Reviews of any size, always the same.

use std::fmt::Write;

use jiff::Timestamp;
use querist::questionnaire::{Questionnaire, load};
use querist::session::{Edit, Session, TextRef};

/// A questionnaire of `count` questions in sections of ten; every fifth hangs on the one before it.
pub fn questionnaire(count: usize) -> Questionnaire {
    let mut json = String::from(
        r#"{"format":1,"id":"generated","version":"1","title":"Generated","subject_label":"Service",
        "answer_sets":{"yn":{"choices":[{"id":"yes","label":"Yes","tone":"good"},{"id":"no","label":"No","tone":"bad"}]}},
        "sections":["#,
    );
    for n in 0..count {
        if n % 10 == 0 {
            let comma = if n == 0 { "" } else { "]}," };
            write!(json, r#"{comma}{{"id":"s{n}","title":"Section {n}","questions":["#)
                .expect("a string takes it");
        } else {
            json.push(',');
        }
        let condition = match n % 5 {
            4 => format!(r#","enable_when":{{"question":"q{}","answered":true}}"#, n - 1),
            _ => String::new(),
        };
        write!(
            json,
            r#"{{"id":"q{n}","title":"Question {n}","text":"Does the provider do number {n}, and how?","help":"Look at page {n}.","answer_set":"yn"{condition}}}"#
        )
        .expect("a string takes it");
    }
    json.push_str("]}]}");
    load(&json).expect("a good questionnaire")
}

/// Text of about `length` characters.
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

/// A review of `count` questions, each answered with a detail of `length` characters.
pub fn session(count: usize, length: usize) -> Session {
    let mut session = Session::new(questionnaire(count), "Generated", Timestamp::UNIX_EPOCH);
    for n in 0..count {
        let question = format!("q{n}");
        let choose =
            Edit::Choose { question: question.clone(), before: Vec::new(), after: vec!["yes".to_owned()] };
        session.apply(&choose).expect("it fits");
        if length > 0 {
            let (text, inserted) = (TextRef::Detail(question), text(length));
            let splice = Edit::Splice { text, at: 0, removed: String::new(), inserted };
            session.apply(&splice).expect("it fits");
        }
    }
    session
}
