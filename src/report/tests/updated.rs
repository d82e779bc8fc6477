//! Tests of pages that are updated with a session.

use super::*;
use crate::report::{Extras, document, markdown, unfaithful, update};

fn updated(page: &str, session: &Session) -> String {
    update(page, session.page(), session, now(), Extras::default()).unwrap().text
}

#[test]
fn a_property_that_the_page_has_in_another_style_stays_and_one_that_differs_is_written_with_the_rows() {
    let page = format!("---\nowner: \"kim\"\nteam: red\n---\n\n{TABLE}");
    let mut session = of_page(&page);
    write(&mut session, TextRef::Properties, "owner: kim");
    assert_eq!(updated(&page, &session), page);
    write(&mut session, TextRef::Properties, "owner: kim\nteam: blue");
    write(&mut session, TextRef::Detail("page-first".into()), "two");
    let expected = page.replace("team: red", "team: blue").replace("| one |", "| two |");
    assert_eq!(updated(&page, &session), expected);
}

#[test]
fn an_introduction_is_added_between_blank_lines() {
    for (before, expected) in [
        ("", "Words.\n\n"),
        ("---\nx: 1\n---\n\n", "---\nx: 1\n---\n\nWords.\n\n"),
        ("---\nx: 1\n---\n", "---\nx: 1\n---\n\nWords.\n\n"),
    ] {
        let page = format!("{before}{TABLE}");
        let mut session = of_page(&page);
        write(&mut session, TextRef::Introduction, "Words.");
        assert_eq!(updated(&page, &session), format!("{expected}{TABLE}"));
    }
}

#[test]
fn an_introduction_does_not_become_front_matter() {
    let front = "---\nx: 1\n---\n\n";
    for (before, introduction, expected) in
        [("", "New.", "New."), ("", "---\n\nNew.", "\n---\n\nNew."), (front, "---\n\nNew.", "---\n\nNew.")]
    {
        let page = format!("{before}Words.\n\n{TABLE}");
        let mut session = of_page(&page);
        write(&mut session, TextRef::Introduction, introduction);
        assert_eq!(updated(&page, &session), format!("{before}{expected}\n\n{TABLE}"));
    }
}

#[test]
fn texts_get_the_line_breaks_of_the_page() {
    for newline in ["\n", "\r\n"] {
        let page = format!("Words.\n\n{TABLE}\n## One\n\nText.\n").replace('\n', newline);
        let mut session = of_page(&page);
        write(&mut session, TextRef::Introduction, "New.\n\nWords.");
        write(&mut session, TextRef::Section(0), "New\ntext.");
        let expected = format!("New.\n\nWords.\n\n{TABLE}\n## One\n\nNew\ntext.\n").replace('\n', newline);
        assert_eq!(updated(&page, &session), expected);
    }
}

#[test]
fn a_new_row_fills_the_columns_of_its_table_which_grows_only_for_a_detail_without_column() {
    let logs = "Does the provider make logs available to the client?";
    let wide = format!("| # | Question | Answer | Detail |\n|---|---|---|---|\n| 1 | {logs} | Yes | x |\n");
    let narrow = format!("| Question | Answer |\n|---|---|\n| {logs} | Yes |\n");
    for (page, detail) in [(&wide, "Why."), (&narrow, "")] {
        let mut session = imported(page);
        choose(&mut session, "transparency", "no");
        write(&mut session, TextRef::Detail("transparency".into()), detail);
        let asked = &session.question(session.index_of("transparency").unwrap()).text;
        let row = if detail.is_empty() {
            format!("| {asked} | No |")
        } else {
            format!("|  | {asked} | No | Why. |")
        };
        assert_eq!(updated(page, &session), format!("{page}{row}\n"));
    }
}

#[test]
fn a_row_that_the_answers_on_the_page_already_hide_stays() {
    let mut session = Session::new(showcase(), "Acme", now());
    choose(&mut session, "api", "yes");
    choose(&mut session, "api-keys", "no");
    let page = markdown(&document(&session, now(), Extras::default()));
    let api = "| Does the vendor offer an API that we will use? |";
    let page = page.replace(&format!("{api} Yes |"), &format!("{api} No |"));
    let session = import(&page, showcase(), "page", now()).unwrap().session;
    assert!(!session.is_asked(session.index_of("api-keys").unwrap()));
    assert_eq!(updated(&page, &session), page);
}

#[test]
fn a_page_may_say_more_than_a_session_without_answers() {
    let tls = "Does the SaaS provider protect external data in transit using TLS?";
    let page = format!("| Question | Answer |\n| --- | --- |\n| {tls} | Yes |\n");
    let mut session = Session::new(saas(), "Boat", now());
    assert_eq!(unfaithful(&page, &session), None);
    choose(&mut session, "external-tls", "yes");
    assert_eq!(unfaithful(&page, &session), None);
    choose(&mut session, "external-tls", "no");
    let what = "the answer to External TLS would be read differently";
    assert_eq!(unfaithful(&page, &session).as_deref(), Some(what));
}
