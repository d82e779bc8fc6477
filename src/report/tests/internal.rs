//! Tests of links that are only for the reviewer.

use super::*;
use crate::formats::{IntoOptions, fill};
use crate::report::{
    CsvShows, EXAMPLES, Extras, Format, Keep, MatrixFormat, MatrixShows, csv, document, render,
    render_matrix, render_template, take_in,
};
use crate::session::{Answer, Link, Reason, matrix};

const SECRET: &str = "https://wiki.internal.example/audit";

fn link(url: &str, internal: bool) -> Link {
    Link { url: url.into(), internal, ..Link::default() }
}

fn set(session: &mut Session, id: &str, after: Answer) {
    let before = session.answer_to(id).cloned().unwrap_or_default();
    let (before, after) = (Box::new(before), Box::new(after));
    apply(session, &Edit::Answer { question: id.into(), before, after });
}

/// A session with an internal link and one that is published.
fn session() -> Session {
    let mut session = Session::new(saas(), "Boat", now());
    let links = vec![link(SECRET, true), link("https://a.example", false)];
    let answer = Answer { choices: vec!["yes".into()], links, ..Answer::default() };
    set(&mut session, "external-tls", answer);
    session
}

#[test]
fn an_internal_link_is_evidence_but_in_no_format_unless_json_with_notes_asks_for_it() {
    let session = session();
    assert_eq!(session.evidence(0).len(), 2);
    let notes = Extras { notes: true, ..Extras::default() };
    for extras in [Extras::default(), notes] {
        for format in Format::ALL {
            let shows = render(&session, format, extras, now()).contains("wiki.internal");
            assert_eq!(shows, format == Format::Json && extras.notes, "{format:?}");
        }
    }
    let report = document(&session, now(), Extras::default());
    assert!(!csv(&report, CsvShows::default()).contains("wiki.internal"));
    for (name, template) in EXAMPLES {
        assert!(!render_template(template, false, &report).unwrap().contains("wiki.internal"), "{name}");
    }
    let sessions = [("boat", &session)];
    let matrix = matrix(&sessions, now().to_zoned(jiff::tz::TimeZone::UTC).date(), 365);
    let shows = MatrixShows { details: true, ..MatrixShows::default() };
    let html = render_matrix(&matrix, MatrixFormat::Html, shows);
    assert!(html.contains("a.example") && !html.contains("wiki.internal"));
}

#[test]
fn an_internal_link_is_a_link_that_an_answer_needs_and_is_carried_over_as_internal() {
    let mut earlier = Session::new(saas(), "Boat", now());
    let needs_link = |session: &Session| {
        let reasons = session.reasons(0);
        reasons.iter().any(|reason| matches!(reason, Reason::NeedsLink(_)))
    };
    let mut answer = Answer { choices: vec!["yes".into()], detail: "Kept.".into(), ..Answer::default() };
    set(&mut earlier, "external-tls", answer.clone());
    assert!(needs_link(&earlier));
    answer.links = vec![link(SECRET, true)];
    set(&mut earlier, "external-tls", answer);
    assert!(!needs_link(&earlier));
    let mut session = Session::continued(&earlier, "old", saas(), "Boat", now());
    let edit = session.carry_over_edit(0).unwrap();
    apply(&mut session, &edit);
    assert!(session.answer(0).links[0].internal);
}

#[test]
fn an_internal_link_that_the_detail_cites_is_published_with_the_detail() {
    let mut session = session();
    write(&mut session, TextRef::Detail("external-tls".into()), &format!("See [the audit]({SECRET})."));
    assert!(render(&session, Format::Markdown, Extras::default(), now()).contains(SECRET));
    let report = document(&session, now(), Extras::default());
    let links = &report.sections[0].questions[0].links;
    let shown: Vec<_> = links.iter().map(|link| (link.label.as_str(), link.cited, link.internal)).collect();
    assert_eq!(shown, [("https://a.example", false, false), ("the audit", true, false)]);
}

#[test]
fn a_link_that_becomes_internal_leaves_its_page_and_stays_in_the_session() {
    let page = TABLE.replace("one", "one<br><br>[A](https://a.example)");
    let mut session = of_page(&page);
    let mut answer = session.answer_to("page-first").unwrap().clone();
    answer.links[0].internal = true;
    set(&mut session, "page-first", answer.clone());
    assert_eq!(render(&session, Format::Markdown, Extras::default(), now()), TABLE);
    let taken = take_in(&page, Some(&page), &session, None).unwrap();
    assert_eq!((taken.edits, taken.differences), (Vec::new(), Vec::new()));
    // Somebody else changes the same cell.
    let theirs = page.replace("one", "two");
    for keep in [None, Some(Keep::Ours)] {
        let taken = take_in(&theirs, Some(&page), &session, keep).unwrap();
        let expected = Answer { detail: "two".into(), ..answer.clone() };
        assert_eq!(taken.session.answer_to("page-first"), Some(&expected));
    }
    let updated = TABLE.replace("one", "two");
    let taken = take_in(&updated, Some(TABLE), &session, None).unwrap();
    assert_eq!(taken.session.answer_to("page-first").unwrap().links, answer.links);
}

#[test]
fn an_internal_link_is_not_filled_into_the_file_of_somebody_else() {
    let sheet = "ID,Question,Answer,Comments\n1,Is it so?,,\n2,Is it not?,,\n";
    let imported = crate::formats::read(sheet.as_bytes(), "form.csv", &crate::formats::Options::default());
    let mut session = Session::new(imported.unwrap().1.questionnaire, "Boat", now());
    let links = vec![link(SECRET, true), link("https://a.example", false)];
    let id = session.question(0).id.clone();
    set(&mut session, &id, Answer { detail: "Kept.".into(), links, ..Answer::default() });
    let filled = fill(sheet.as_bytes(), &session, IntoOptions::default()).unwrap();
    let text = String::from_utf8(filled.bytes).unwrap();
    assert!(text.contains("https://a.example") && !text.contains("wiki.internal"), "{text}");
}
