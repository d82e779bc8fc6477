//! Tests of pages that are merged with a session and updated, and of comparisons.

use jiff::Timestamp;

use crate::questionnaire::{BUILT_IN, Questionnaire, SHOWCASE, load};
use crate::report::{import, page_only};
use crate::session::{Edit, Session, Stamp, TextRef};

mod approved;
mod comparison;
mod internal;
mod layouts;
mod merged;
mod updated;

const TABLE: &str = "| Question | Answer | Detail |\n| --- | --- | --- |\n| First? | Yes | one |\n";

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn saas() -> Questionnaire {
    load(BUILT_IN[0].1).unwrap()
}

fn showcase() -> Questionnaire {
    load(SHOWCASE).unwrap()
}

/// A session of the questionnaire of SaaS security, read from a page.
fn imported(page: &str) -> Session {
    import(page, saas(), "page", now()).unwrap().session
}

/// A session with only the questions of a page.
fn of_page(page: &str) -> Session {
    import(page, page_only(page, &[]), "page", now()).unwrap().session
}

fn apply(session: &mut Session, edit: &Edit) {
    session.apply(edit, &Stamp::default()).unwrap();
}

fn write(session: &mut Session, text: TextRef, new: &str) {
    let removed = session.text(&text).unwrap().to_owned();
    apply(session, &Edit::Splice { text, at: 0, removed, inserted: new.into() });
}

fn choose(session: &mut Session, id: &str, choice: &str) {
    let before = session.answer_to(id).unwrap().choices.clone();
    apply(session, &Edit::Choose { question: id.into(), before, after: vec![choice.into()] });
}
