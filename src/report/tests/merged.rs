//! Tests of what others changed on a page, merged with the session.

use super::*;
use crate::report::take_in::{continued, numbered, within};
use crate::report::{Keep, Page, TakenIn, take_in};
use crate::session::{Answer, Link, PageSection};

/// A text of a section that contains a heading.
const NESTED: &str = "Little.\n\n## More\n\nMuch.";

fn page() -> String {
    format!("{TABLE}\n## Costs\n\nLittle.\n")
}

/// What differs, our version and theirs, in alphabetical order.
fn differences(taken: &TakenIn) -> Vec<[&str; 3]> {
    let all = taken.differences.iter();
    let mut all: Vec<_> = all.map(|d| [d.what.as_str(), d.ours.as_str(), d.theirs.as_str()]).collect();
    all.sort_unstable();
    all
}

#[test]
fn an_answer_that_differs_in_every_part_is_taken_as_a_whole() {
    let page = page();
    let mut session = of_page(&page);
    choose(&mut session, "page-first", "no");
    write(&mut session, TextRef::Detail("page-first".into()), "mine");
    let row = "| Unknown | theirs<br><br>[A](https://a.example) |";
    let taken =
        take_in(&page.replace("| Yes | one |", row), Some(&page), &session, Some(Keep::Theirs)).unwrap();
    let expected = [["Answer to First?", "No", "Unknown"], ["Detail of First?", "mine", "theirs"]];
    assert_eq!(differences(&taken), expected);
    let link = Link { url: "https://a.example".into(), label: "A".into(), ..Link::default() };
    let answer = Answer {
        choices: vec!["unknown".into()],
        detail: "theirs".into(),
        links: vec![link],
        ..Answer::default()
    };
    assert_eq!(taken.session.answer_to("page-first"), Some(&answer));
}

#[test]
fn without_a_base_every_part_that_differs_was_changed_by_both() {
    let tls = "Does the SaaS provider protect external data in transit using TLS?";
    let page = format!(
        "Opening.\n\n| Question | Answer | Detail |\n| --- | --- | --- |\n\
         | {tls} | Mostly | one<br><br>[A](https://a.example) |\n| How many? | three | |\n\n\
         ## Costs\n\nLittle.\n"
    );
    let theirs = page
        .replace("Opening.", "Closing.")
        .replace("Mostly | one", "Partly | two")
        .replace("[A](https://a.example)", "[B](https://b.example)")
        .replace("three", "four")
        .replace("Little.", "Much.");
    let session = imported(&page);
    let taken = take_in(&theirs, None, &session, None).unwrap();
    assert_eq!(
        differences(&taken),
        [
            ["Answer to External TLS", "(Mostly)", "(Partly)"],
            ["Answer to How many?", "three", "four"],
            ["Detail of External TLS", "one", "two"],
            ["Introduction", "Opening.", "Closing."],
            ["Section Costs", "Little.", "Much."],
        ]
    );
    let links = &taken.session.answer_to("external-tls").unwrap().links;
    assert_eq!(links.iter().map(|link| link.label.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    let same = take_in(&page, None, &session, None).unwrap();
    assert_eq!((same.edits.len(), differences(&same)), (0, Vec::new()));
}

#[test]
fn what_a_page_does_not_show_of_a_link_is_kept() {
    let link = |url: &str, label: &str| Link {
        url: url.into(),
        label: label.into(),
        quote: "A sentence.".into(),
        retrieved: "2026-01-02".into(),
        ..Link::default()
    };
    let (a, b) = (link("https://a.example", "A"), link("https://b.example", "B"));
    let (cited, named) = (link("https://c.example", "C"), link("", "By phone"));
    let plain = link("https://d.example", "https://d.example");
    let before = of_page(&page()).answer_to("page-first").unwrap().clone();
    let after = Answer {
        detail: "one https://c.example".into(),
        links: vec![a.clone(), b.clone(), cited.clone(), named.clone(), plain.clone()],
        ..before.clone()
    };
    let mut session = of_page(&page());
    let (before, after) = (Box::new(before), Box::new(after));
    apply(&mut session, &Edit::Answer { question: "page-first".into(), before, after });
    let written = "one https://c.example<br><br>[A](https://a.example), [B](https://b.example), \
                   [https://d.example](https://d.example)";
    let base = page().replace("| one |", &format!("| {written} |"));
    let theirs = base
        .replace("one https", "two https")
        .replace("[A]", "[AA]")
        .replace("(https://d.example)", "(https://d.example), [N](https://n.example)");
    let taken = take_in(&theirs, Some(&base), &session, None).unwrap();
    let renamed = Link { label: "AA".into(), ..a };
    let new = Link { url: "https://n.example".into(), label: "N".into(), ..Link::default() };
    let answer = taken.session.answer_to("page-first").unwrap();
    assert_eq!(answer.detail, "two https://c.example");
    assert_eq!(answer.links, [cited, named, renamed, b, plain, new]);
}

#[test]
fn sections_that_others_add_or_remove_are_added_or_removed_in_the_session() {
    let (shorter, longer) = (page(), page() + "\n## More\n\nMuch.\n");
    let headings = |base: &str, theirs: &str| {
        let taken = take_in(theirs, Some(base), &of_page(base), None).unwrap();
        assert_eq!(taken.differences, []);
        taken.session.sections().iter().map(|section| section.heading.clone()).collect::<Vec<_>>()
    };
    assert_eq!(headings(&shorter, &longer), ["Costs", "More"]);
    assert_eq!(headings(&longer, &shorter), ["Costs"]);
}

#[test]
fn a_heading_within_a_text_is_no_section_of_its_own() {
    for newline in ["\n", "\r\n"] {
        let mut session = of_page(&page());
        write(&mut session, TextRef::Section(0), NESTED);
        let page = page().replace("Little.", NESTED).replace('\n', newline);
        let taken = take_in(&page, None, &session, None).unwrap();
        assert_eq!((taken.edits.len(), taken.differences.len()), (0, 0));
    }
}

#[test]
fn a_title_in_own_words_that_others_change_is_no_difference() {
    let page = |title: &str| format!("---\ntitle: {title}\n---\n\n{TABLE}");
    let session = imported(&page("Own words"));
    let taken = take_in(&page("Other words"), Some(&page("Own words")), &session, None).unwrap();
    assert_eq!((taken.edits.len(), taken.differences.len()), (0, 0));
}

#[test]
fn a_property_that_both_changed_is_taken_only_if_their_version_is_kept() {
    let page = |owner: &str| format!("---\nowner: {owner}\n---\n\n{TABLE}");
    let mut session = of_page(&page("lee"));
    write(&mut session, TextRef::Properties, "owner: kim");
    let different = vec![["Property owner", "kim", "ann"]];
    for (keep, theirs, owner, expected) in [
        (None, "ann", "kim", different.clone()),
        (Some(Keep::Ours), "ann", "kim", different.clone()),
        (Some(Keep::Theirs), "ann", "ann", different),
        (None, "kim", "kim", Vec::new()),
        (Some(Keep::Theirs), "lee", "kim", Vec::new()),
    ] {
        let taken = take_in(&page(theirs), Some(&page("lee")), &session, keep).unwrap();
        assert_eq!(taken.session.page_property("owner"), owner);
        assert_eq!(differences(&taken), expected);
    }
}

#[test]
fn offsets_are_found_within_ranges_that_contain_others() {
    let ranges = [2..6, 3..4, 8..9];
    let mut is_inside = within(&ranges);
    let inside: Vec<usize> = (0..10).filter(|&offset| is_inside(offset)).collect();
    assert_eq!(inside, [2, 3, 4, 5, 8]);
}

#[test]
fn headings_that_differ_only_in_case_and_punctuation_are_numbered() {
    let found = numbered(["A b", "a-B", "C"].into_iter());
    assert_eq!(found, [("ab", 1), ("ab", 2), ("c", 1)].map(|(name, number)| (name.to_owned(), number)));
}

#[test]
fn the_text_of_a_section_is_found_on_the_page_with_all_its_headings() {
    let section =
        |text: &str| PageSection { heading: "Costs".into(), prompt: String::new(), text: text.into() };
    for newline in ["\n", "\r\n"] {
        let source = format!("{TABLE}\n## Costs\n\n{NESTED}\n\n## Last\n\nEnd.\n").replace('\n', newline);
        let page = Page::parse(&source).unwrap();
        let found = |text: &str| {
            let range = continued(&page, page.sections[0].text.start, &section(text));
            range.map(|range| &source[range])
        };
        assert_eq!(found(NESTED), Some(NESTED.replace('\n', newline).as_str()));
        assert_eq!(found("Little.\n\nElse."), None);
        assert_eq!(found(" "), None);
    }
}
