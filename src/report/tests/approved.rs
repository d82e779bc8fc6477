//! Tests of `{approvals}` in a section of the page.

use pulldown_cmark::{Event, Parser, Tag};

use super::*;
use crate::report::approvals::{read_back, typed};
use crate::report::{Extras, Format, TakenIn, document, render, render_template, take_in, update};
use crate::session::Target;

const LATER: &str = "2026-12-01T08:00:00Z";

/// A session with answers to two questions and a section "Decision" with this text.
fn session(text: &str) -> Session {
    let mut session = of_page(&format!("{TABLE}| Second? | Yes | two |\n\n## Decision\n\nx\n"));
    write(&mut session, TextRef::Section(0), text);
    session
}

fn approve(session: &mut Session, by: &str, at: &str, targets: &[Target]) {
    let edit = session.approve(targets, &Stamp { by: by.into(), at: at.parse().unwrap() }).unwrap();
    session.apply(&edit, &Stamp::default()).unwrap();
}

fn approved(text: &str) -> Session {
    let mut session = session(text);
    let targets = session.targets();
    approve(&mut session, "Kim <kim@example.org>", "2026-11-22T10:00:00Z", &targets);
    let first = Target::Question("page-first".into());
    approve(&mut session, "A [x] <!-- /approvals -->", "2026-11-23T10:00:00Z", &[first]);
    session
}

fn page_of(text: &str) -> String {
    page(&session(text))
}

fn page(session: &Session) -> String {
    render(session, Format::Markdown, Extras::default(), now())
}

const LIST: &str = "<!-- approvals -->\n\n\
    - Kim, 2026-11-22: all 2 answers, Decision\n\
    - A \\[x\\], 2026-11-23: First?\n\n<!-- /approvals -->";

#[test]
fn a_page_has_who_approved_what_and_when_where_its_section_asks_for_it() {
    let shown = page(&approved("Use it.\n\n{approvals}\n\nUntil 2027."));
    assert!(shown.ends_with(&format!("## Decision\n\nUse it.\n\n{LIST}\n\nUntil 2027.\n")), "{shown}");
    let inline = page(&approved("- By: {approvals}."));
    let line = "- By: <!-- approvals -->Kim, 2026-11-22: all 2 answers, Decision; \
        A \\[x\\], 2026-11-23: First?<!-- /approvals -->.\n";
    assert!(inline.ends_with(line), "{inline}");
    assert!(!page(&approved("Use it.")).contains("Kim"));
}

#[test]
fn people_are_told_apart_by_address_and_each_answer_counts_once() {
    let [first, second] = ["page-first", "page-second"].map(|id| [Target::Question(id.into())]);
    let listed = |approvals: &[(&str, &[Target])]| {
        let mut session = session("{approvals}");
        for (hour, (by, targets)) in approvals.iter().enumerate() {
            approve(&mut session, by, &format!("2026-11-22T1{hour}:00:00Z"), targets);
        }
        page(&session)
    };
    let namesakes = listed(&[("Kim <a@kim.example>", &first), ("Kim <b@kim.example>", &first)]);
    let twice = "- Kim, 2026-11-22: First?\n- Kim, 2026-11-22: First?\n";
    assert!(namesakes.contains(twice), "{namesakes}");
    let renamed = listed(&[("Kim <a@kim.example>", &first), ("K. Kimson <A@kim.example>", &second)]);
    assert!(renamed.contains("\n- Kim, 2026-11-22: all 2 answers\n"), "{renamed}");
    // Without an address, Kim can be either of them.
    let either =
        listed(&[("Kim", &first), ("Kim <a@kim.example>", &second), ("Kim <b@kim.example>", &second)]);
    assert!(either.contains("\n- Kim, 2026-11-22: all 2 answers\n"), "{either}");
}

#[test]
fn without_an_approval_that_holds_the_page_says_so() {
    let none = "<!-- approvals -->\n\nNothing has been approved yet.\n\n<!-- /approvals -->\n";
    assert!(page(&session("{approvals}")).ends_with(none));
    let mut changed = session("{approvals}");
    approve(&mut changed, "Kim", "2026-11-22T10:00:00Z", &[Target::Question("page-first".into())]);
    assert!(page(&changed).contains("Kim, 2026-11-22: First?"));
    write(&mut changed, TextRef::Detail("page-first".into()), "changed");
    assert!(page(&changed).ends_with(none), "{}", page(&changed));
}

#[test]
fn the_web_report_and_templates_have_it_too_and_the_json_report_has_the_text_as_it_was_typed() {
    let session = approved("Use it.\n{approvals}\nUntil 2027.");
    let html = render(&session, Format::Html, Extras::default(), now());
    let list = "<p>Use it.</p>\n<ul>\n<li>Kim, 2026-11-22: all 2 answers, Decision</li>\n\
        <li>A [x], 2026-11-23: First?</li>\n</ul>\n<p>Until 2027.</p>\n";
    assert!(html.contains(list), "{html}");
    let document = document(&session, now(), Extras::default());
    let text = render_template("{{ page_sections[0].text }}", false, &document).unwrap();
    assert!(text.contains("- Kim, 2026-11-22: all 2 answers, Decision\n"), "{text}");
    let json = render(&session, Format::Json, Extras::default(), now());
    assert!(json.contains("Use it.\\n{approvals}\\nUntil 2027."), "{json}");
}

#[test]
fn what_is_beside_the_approvals_on_their_line_is_still_markdown() {
    for text in [
        "{approvals} as of *today*",
        "  {approvals} as of *today*",
        "- {approvals} as of *today*",
        "1. a\n2. > {approvals} as of *today*",
        "As of *today*:\n{approvals}, {approvals}",
    ] {
        let page = page(&approved(text));
        let mut events = Parser::new(&page[page.find("## Decision").unwrap()..]);
        let is_emphasis = |event: Event<'_>| matches!(event, Event::Start(Tag::Emphasis));
        assert!(events.any(is_emphasis), "{page}");
        let name =
            Parser::new(&page).any(|event| matches!(event, Event::Text(text) if text.contains("First?")));
        assert!(name, "the approvals are markdown too: {page}");
    }
}

#[test]
fn a_line_of_a_list_with_nothing_else_has_the_approvals_as_a_list_in_it() {
    let page = page(&approved("- By:\n  {approvals}\n- Until *2027*"));
    let list = LIST.replace("\n-", "\n  -").replace("\n<", "\n  <");
    assert!(page.ends_with(&format!("- By:\n  {list}\n- Until *2027*\n")), "{page}");
    let items = Parser::new(&page).filter(|event| matches!(event, Event::Start(Tag::Item))).count();
    assert_eq!(items, 4, "{page}");
    assert!(!page.contains("&#32;"));
}

#[test]
fn what_stands_on_a_page_is_read_back_as_what_was_typed() {
    for text in [
        "Use it.\n\n{approvals}\n\nUntil 2027.",
        "By {approvals}, and again:\n{approvals}",
        "{approvals}",
        "- By:\n  {approvals}\n- Until 2027",
        "{approvals} as of today",
        "- {approvals}\n\n> {approvals}",
        "{approvals}{approvals}",
        "&#32;{approvals} and &#32;&#32;{approvals}&#32;{approvals}",
        "a\n\n{approvals}  \nb",
    ] {
        let session = approved(text);
        for page in [page(&session), page(&session).replace('\n', "\r\n")] {
            let read = of_page(&page);
            assert_eq!(read.sections()[0].text, text);
            let read_again = of_page(&self::page(&read));
            assert_eq!(read_again.sections()[0].text, text);
            let written = |now: &str| {
                update(&page, Some(&page), &session, now.parse().unwrap(), Extras::default()).unwrap().text
            };
            assert_eq!(written(LATER), page);
        }
    }
}

#[test]
fn a_page_that_is_written_twice_is_the_same_and_a_new_approval_changes_only_the_list() {
    let mut session = approved("Use it.\n\n{approvals}");
    let first = page(&session);
    let again = |page: &str, session: &Session| {
        update(page, Some(page), session, LATER.parse().unwrap(), Extras::default()).unwrap().text
    };
    assert_eq!(again(&first, &session), first);
    approve(&mut session, "Lee", LATER, &[Target::Question("page-second".into())]);
    let second = again(&first, &session);
    let lee = "- Lee, 2026-12-01: Second?\n\n<!-- /approvals -->";
    assert_eq!(second, first.replace("\n<!-- /approvals -->", lee));
    assert_eq!(again(&second, &session), second);
}

#[test]
fn what_others_change_around_the_list_is_taken_in_and_the_list_is_not() {
    let mut session = approved("Use it.\n\n{approvals}\n\nUntil 2027.");
    let written = page(&session);
    let take =
        |page: &str, session: &Session| -> TakenIn { take_in(page, Some(&written), session, None).unwrap() };
    assert_eq!(take(&written, &session).edits, []);
    assert_eq!(take(&written.replace("Kim, 2026", "Kim and I, 2026"), &session).edits, []);
    approve(&mut session, "Lee", LATER, &[Target::Question("page-second".into())]);
    let taken = take(&written.replace("Until 2027.", "Until 2028."), &session);
    assert_eq!(taken.differences, []);
    assert_eq!(taken.session.sections()[0].text, "Use it.\n\n{approvals}\n\nUntil 2028.");
}

#[test]
fn a_page_whose_approvals_a_session_does_not_know_stays_as_it_is_until_an_answer_changes() {
    for newline in ["\n", "\r\n"] {
        let page = page(&approved("Use it.\n\n{approvals}\n\nUntil 2027.")).replace('\n', newline);
        let mut read = of_page(&page);
        let written = |session: &Session| {
            update(&page, Some(&page), session, LATER.parse().unwrap(), Extras::default()).unwrap().text
        };
        assert_eq!(written(&read), page);
        write(&mut read, TextRef::Detail("page-first".into()), "changed");
        assert!(written(&read).contains("Nothing has been approved yet."), "{}", written(&read));
    }
}

#[test]
fn a_warning_about_a_row_below_the_list_has_the_line_of_the_page() {
    let page = page(&approved("{approvals}"));
    let page = format!("{page}\n| Question | Answer |\n| --- | --- |\n| Other? | Perhaps | more |\n");
    let line = page.lines().position(|line| line.contains("Other?")).unwrap() + 1;
    let imported = import(&page, page_only(&page, &[]), "x", now()).unwrap();
    assert!(!imported.warnings.is_empty());
    assert!(imported.warnings.iter().any(|warning| warning.line == line), "{:?}", imported.warnings);
}

#[test]
fn marks_that_are_quoted_outside_of_the_sections_are_kept() {
    let quote = "Between `<!-- approvals -->` and `<!-- /approvals -->`.";
    let mut session = approved("{approvals}");
    write(&mut session, TextRef::Detail("page-first".into()), quote);
    write(&mut session, TextRef::Introduction, quote);
    let page = page(&session);
    let read = of_page(&page);
    assert_eq!(read.answer_to("page-first").unwrap().detail, quote);
    assert_eq!(read.introduction(), quote);
    assert_eq!(read.sections()[0].text, "{approvals}");
    assert_eq!(take_in(&page, Some(&page), &session, None).unwrap().edits, []);
}

#[test]
fn what_follows_a_mark_without_its_end_is_kept() {
    for (page, expected) in [
        ("a <!-- approvals --> b", "a <!-- approvals --> b"),
        (
            "<!-- approvals --> b\n\n<!-- approvals -->x<!-- /approvals --> c",
            "<!-- approvals --> b\n\n{approvals} c",
        ),
        ("<!-- /approvals --> b <!-- approvals -->", "<!-- /approvals --> b <!-- approvals -->"),
    ] {
        assert_eq!(typed(page), expected);
    }
}

#[test]
fn many_marks_cost_no_more_than_their_length() {
    let pair = "<!-- approvals --><!-- /approvals -->";
    let starts = "<!-- approvals -->".repeat(20_000);
    let page = |section: &str| format!("{TABLE}\n## Decision\n\n{section}\n");
    for (written, expected) in [
        (pair.repeat(20_000), "{approvals}".repeat(20_000)),
        (format!("{pair}\n").repeat(20_000), "{approvals}\n".repeat(20_000)),
        (starts.clone(), starts),
    ] {
        assert_eq!(typed(&written), expected);
        assert_eq!(read_back(&page(&written)).0, page(&expected));
    }
    let text = page_of(&"{approvals}".repeat(20_000));
    assert_eq!(read_back(&text).0.matches("{approvals}").count(), 20_000);
}
