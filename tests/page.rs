//! Importing and updating pages: unchanged parts are preserved byte for byte.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use jiff::Timestamp;
use proptest::prelude::*;
use querist::questionnaire::{self, Questionnaire};
use querist::report::{Extras, document, import, markdown, page_only, unfaithful, update};
use querist::session::{Answer, Edit, Link, Session, Stamp, TextRef};

const QUIRKS: &str = include_str!("fixtures/quirks.md");

/// A questionnaire that uses every part of the format.
const SHOWCASE: &str = include_str!("fixtures/showcase.json");

fn saas() -> Questionnaire {
    questionnaire::load(questionnaire::BUILT_IN[0].1).unwrap()
}

fn imported(source: &str) -> Session {
    import(source, saas(), "page", Timestamp::UNIX_EPOCH).unwrap().session
}

fn stamp() -> Stamp {
    Stamp { by: "kim".into(), at: now() }
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn exported(source: &str, session: &Session) -> String {
    update(source, session.page(), session, now(), Extras::default()).unwrap().text
}

/// The lines that differ between two texts, as `-old` and `+new`.
fn diff(old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let removed = old.iter().filter(|l| !new.contains(l)).map(|l| format!("-{l}"));
    let added = new.iter().filter(|l| !old.contains(l)).map(|l| format!("+{l}"));
    removed.chain(added).collect()
}

fn choose(session: &mut Session, id: &str, choice: &str) {
    let before = session.answer_to(id).unwrap().choices.clone();
    session
        .apply(&Edit::Choose { question: id.into(), before, after: vec![choice.into()] }, &stamp())
        .unwrap();
}

fn write(session: &mut Session, text: TextRef, new: &str) {
    let removed = session.text(&text).unwrap().to_owned();
    session.apply(&Edit::Splice { text, at: 0, removed, inserted: new.into() }, &stamp()).unwrap();
}

#[test]
fn a_page_with_every_quirk_is_exported_byte_for_byte() {
    for source in [
        QUIRKS.to_owned(),
        QUIRKS.replace('\n', "\r\n"),
        format!("\u{feff}{QUIRKS}"),
        format!("{QUIRKS}\n\n\n"),
    ] {
        assert_eq!(exported(&source, &imported(&source)), source);
    }
}

#[test]
fn quirks_are_read_as_a_person_would_read_them() {
    let session = imported(QUIRKS);
    assert_eq!(session.subject(), "Paperboat");
    assert_eq!(session.created().to_string(), "2021-06-29T08:00:00Z");
    let answer = |id: &str| session.answer_to(id).unwrap();
    assert_eq!(answer("external-tls").choices, ["yes"]);
    assert_eq!(answer("external-tls").qualifier, "version dependent");
    assert_eq!(answer("external-tls").detail, "HTTPS only, TLS 1.2 `a|b`.");
    assert_eq!(answer("internal-encryption").choices, ["unknown"]);
    assert_eq!(answer("internal-encryption").detail, "Not stated.");
    let labels: Vec<_> = answer("internal-encryption").links.iter().map(|l| l.label.as_str()).collect();
    assert_eq!(labels, ["White paper", "Trust centre"]);
    assert_eq!(answer("internal-certificates").choices, ["unknown"]);
    assert_eq!(answer("api-authentication").qualifier, "Mostly");
    assert_eq!(answer("api-authentication").detail, "First line.\nSecond line.");
    assert!(answer("low-privilege-users").is_empty());
    assert_eq!(answer("event-logging").choices, ["no"]);
    assert_eq!(answer("page-is-the-office-building-locked").choices, ["yes"]);
    let headings: Vec<_> = session.sections().iter().map(|s| s.heading.as_str()).collect();
    let added = ["Not covered by these questions", "Conditions of use"];
    assert_eq!(headings, [&["Exporting data", "Further reading"][..], &added].concat());
    assert!(session.introduction().starts_with("Paperboat keeps"));
}

#[test]
fn every_ambiguous_part_is_reported_with_its_line() {
    let imported = import(QUIRKS, saas(), "page", Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(imported.summary(), "Imported; 5 rows need checking.");
    let messages: Vec<_> =
        imported.warnings.into_iter().map(|w| format!("{}: {}", w.line, w.message)).collect();
    assert_eq!(
        messages,
        [
            "20: the answer \"\\>Unknown\" was read as Unknown",
            "21: the answer \"unknown\" was read as Unknown",
            "22: the answer \"Mostly\" is not one of the choices; kept unchanged",
            "22: a cell outside the question, answer and detail columns; left unchanged",
            "23: \"Is the office building locked?\" is not in the SaaS security questionnaire; \
             added as a separate question",
            "27: a line without bars directly below the table; left unchanged",
        ]
    );
}

#[test]
fn changing_one_answer_changes_only_its_row_and_the_date() {
    let question = "Does the SaaS provider collect logs of events? \
                    *Types of log may include security logs and resource logs*";
    for newline in ["\n", "\r\n"] {
        let source = QUIRKS.replace('\n', newline);
        let mut session = imported(&source);
        choose(&mut session, "event-logging", "yes");
        let new = exported(&source, &session);
        let changed: Vec<_> = diff(&source, &new).iter().map(|l| l.trim_end().to_owned()).collect();
        assert_eq!(
            changed,
            [
                "-date: 2021-06-30T20:55:16.158Z",
                format!("-| {question} | No | None.   |").as_str(),
                "+date: 2026-11-22T10:00:00.000Z",
                format!("+| {question} | Yes | None.   |").as_str(),
            ]
        );
    }
}

#[test]
fn empty_cells_are_filled_between_their_bars() {
    let mut session = imported(QUIRKS);
    write(&mut session, TextRef::Detail("internal-certificates".into()), "Asked.");
    choose(&mut session, "low-privilege-users", "yes");
    choose(&mut session, "logs-for-client", "no");
    let new = exported(QUIRKS, &session);
    assert!(new.contains("certificates?|unknown| Asked. |\n"), "{new}");
    assert!(new.contains("users to be created? | Yes | |\n"), "{new}");
    assert!(new.contains("| Does the provider make logs available to the client? | No |\n"), "{new}");
}

#[test]
fn a_newly_answered_question_gets_a_row_after_the_preceding_question() {
    let mut session = imported(QUIRKS);
    choose(&mut session, "multi-factor-authentication", "yes");
    let new = exported(QUIRKS, &session);
    let rows: Vec<&str> = new.lines().filter(|l| l.starts_with('|')).collect();
    let at = rows.iter().position(|r| r.contains("2FA/multi-factor")).unwrap();
    assert!(rows[at - 1].contains("low privilege users"));
}

#[test]
fn introduction_description_and_sections_are_updated_in_place() {
    let source = QUIRKS.replace("\n---\n\n|", "\n\n|");
    let page = markdown(&document(&imported(&source), now(), Extras::default()));
    let mut session = imported(&page);
    write(&mut session, TextRef::Introduction, "Paperboat sinks: slowly.");
    write(&mut session, TextRef::Section(0), "No way out.");
    let new = exported(&page, &session);
    assert_eq!(
        diff(&page, &new)
            .into_iter()
            .filter(|l| !l.contains("date")
                && !l.contains("```")
                && !l.contains("CSV")
                && !l.contains("not a heading"))
            .collect::<Vec<_>>(),
        [
            "-description: Paperboat keeps the minutes of meetings.",
            "-Paperboat keeps the minutes of meetings.",
            "+description: Paperboat sinks: slowly."
                .replace("Paperboat sinks: slowly.", "\"Paperboat sinks: slowly.\"")
                .as_str(),
            "+Paperboat sinks: slowly.",
            "+No way out.",
        ]
    );
}

#[test]
fn a_description_that_was_set_does_not_follow_the_introduction() {
    let mut session = imported(QUIRKS);
    let introduction = session.introduction().to_owned();
    let set = session.set_property("description", &introduction).unwrap();
    session.apply(&set, &stamp()).unwrap();
    write(&mut session, TextRef::Introduction, "Something else.");
    let new = exported(QUIRKS, &session);
    assert!(!new.contains("description: Something else."), "{new}");
}

#[test]
fn a_link_is_listed_after_the_detail_only_if_it_has_a_url_and_is_not_cited() {
    let mut session = Session::new(saas(), "Example", now());
    write(&mut session, TextRef::Detail("external-tls".into()), "See [docs](https://cited.example).");
    for (index, url) in ["https://cited.example", "https://listed.example", " "].into_iter().enumerate() {
        let link = Link { url: url.into(), label: format!("Label {index}"), ..Link::default() };
        let question = "external-tls".to_owned();
        let edit = Edit::Link { question, index, before: None, after: Some(Box::new(link)) };
        session.apply(&edit, &stamp()).unwrap();
    }
    let page = markdown(&document(&session, now(), Extras::default()));
    assert_eq!(page.matches("https://cited.example").count(), 1, "{page}");
    assert!(page.contains("[Label 1](https://listed.example)") && !page.contains("Label 2"), "{page}");
}

#[test]
fn the_json_report_lists_links_first_those_listed_then_those_cited() {
    let mut session = Session::new(saas(), "Example", now());
    write(&mut session, TextRef::Detail("external-tls".into()), "See [docs](https://cited.example).");
    let link = Link { url: "https://listed.example".into(), ..Link::default() };
    let question = "external-tls".to_owned();
    let edit = Edit::Link { question, index: 0, before: None, after: Some(Box::new(link)) };
    session.apply(&edit, &stamp()).unwrap();
    let report = document(&session, now(), Extras::default());
    let links = &report.sections[0].questions[0].links;
    let found: Vec<(&str, bool)> = links.iter().map(|link| (link.url.as_str(), link.cited)).collect();
    assert_eq!(found, [("https://listed.example", false), ("https://cited.example", true)]);
}

#[test]
fn a_page_that_says_something_else_than_the_session_is_not_faithful() {
    let session = imported(QUIRKS);
    assert_eq!(unfaithful(QUIRKS, &session), None);
    let other = QUIRKS.replace("| None.   |", "| Some. |");
    assert!(unfaithful(&other, &session).unwrap().contains("read differently"));
    let shorter = QUIRKS.replace("## Exporting data", "Exporting data");
    assert!(unfaithful(&shorter, &session).unwrap().contains("Exporting data"));
    assert!(unfaithful("no table", &session).is_some());
}

#[test]
fn an_answer_is_matched_by_its_id_too_and_help_in_italics_is_split_off() {
    let page = "| Question | Answer |\n| --- | --- |\n| Is it a *b*? | yes |\n| Is it c? *Ask d* | na |\n\
                | *All* | no |\n";
    let session = import(page, page_only(page, &[saas()]), "page", now()).unwrap().session;
    let question =
        |index: usize| (session.question(index).text.as_str(), session.question(index).help.as_str());
    assert_eq!(
        [question(0), question(1), question(2)],
        [("Is it a *b*?", ""), ("Is it c?", "Ask d"), ("*All*", "")]
    );
    let by_id = QUIRKS.replace("| Yes (version dependent) |", "| na |");
    assert_eq!(imported(&by_id).answer_to("external-tls").unwrap().choices, ["na"]);
}

/// A page with this front matter and a question of no questionnaire.
fn foreign(front: &str) -> String {
    format!(
        "---\n{front}---\n\n| Question | Answer | Detail |\n| --- | --- | --- |\n| First? | Yes | one |\n"
    )
}

#[test]
fn the_subject_is_found_in_a_title_of_any_yaml_style() {
    for title in ["Boat security review # draft", ">-\n  Boat security\n  review", "'Boat security review'"] {
        let page = foreign(&format!("title: {title}\n"));
        assert_eq!(imported(&page).subject(), "Boat", "{title}");
        let on_page = page_only(&page, &[saas()]);
        assert_eq!(import(&page, on_page, "x", now()).unwrap().session.subject(), "Boat", "{title}");
    }
}

#[test]
fn a_renamed_subject_changes_the_title_made_from_it_and_comments_stay() {
    let rename = |session: &mut Session, subject: &str| {
        let (before, after) = (session.subject().to_owned(), subject.to_owned());
        session.apply(&Edit::Subject { before, after }, &stamp()).unwrap();
    };
    let front = "title: >-\n  Boat security\n  review\ndate: 2026-01-02 # day of the interview\nx: 1\n";
    let page = foreign(front);
    let mut session = imported(&page);
    assert_eq!(exported(&page, &session), page);
    rename(&mut session, "Ship: large");
    let date = "date: 2026-11-22T10:00:00.000Z # day of the interview";
    let expected = foreign(&format!("title: \"Ship: large security review\"\n{date}\nx: 1\n"));
    assert_eq!(exported(&page, &session), expected);
    for title in ["&t Boat security review", "[Boat security review]", "!!str Boat security review"] {
        let page = foreign(&format!("title: {title}\nalias: *t\n"));
        let mut session = imported(&page);
        rename(&mut session, "Ship");
        assert_eq!(exported(&page, &session), page, "{title}");
    }
    let other = page.replace("Boat security", "The small boat, security");
    assert!(exported(&other, &session).contains("The small boat, security"));
}

#[test]
fn new_rows_keep_the_order_of_columns_and_details_without_a_column_are_read_back() {
    let swapped = "| # | Answer | Question | Detail |\n|---|---|---|---|\n\
                   | 1 | Yes | Does the provider make logs available to the client? | x |\n";
    let mut session = imported(swapped);
    choose(&mut session, "event-logging", "no");
    let new = exported(swapped, &session);
    assert!(new.contains("|  | No | Does the SaaS provider collect logs of events?"), "{new}");
    assert_eq!(exported(&new, &imported(&new)), new);
    assert_eq!(imported(&new).answer_to("event-logging").unwrap().choices, ["no"]);
    let narrow =
        "| Question | Answer |\n|---|---|\n| Does the provider make logs available to the client? | Yes |\n";
    let mut session = imported(narrow);
    write(&mut session, TextRef::Detail("logs-for-client".into()), "By API.");
    let new = exported(narrow, &session);
    assert_eq!(exported(&new, &session), new, "a second export changes nothing");
    assert_eq!(imported(&new).answer_to("logs-for-client").unwrap().detail, "By API.");
}

#[test]
fn a_heading_within_a_section_is_published_once() {
    let mut session = Session::new(saas(), "Paperboat", now());
    write(&mut session, TextRef::Section(0), "As CSV.\n\n## Details\n\nBy mail.");
    let page = markdown(&document(&session, now(), Extras::default()));
    assert_eq!(exported(&page, &session), page);
    write(&mut session, TextRef::Section(0), "As CSV.");
    assert!(exported(&page, &session).contains("As CSV."));
}

#[test]
fn a_new_page_has_the_canonical_form() {
    let mut session = Session::new(saas(), "Paperboat", "2026-11-20T09:30:00.5Z".parse().unwrap());
    write(&mut session, TextRef::Introduction, "Paperboat keeps minutes.\n\nIt does so well.");
    choose(&mut session, "event-logging", "yes");
    write(&mut session, TextRef::Detail("event-logging".into()), "Yes | no.\n\nSee [a](https://a.example).");
    let link = Link { url: "https://b.example".into(), label: "B".into(), ..Link::default() };
    let edit =
        Edit::Link { question: "event-logging".into(), index: 0, before: None, after: Some(Box::new(link)) };
    session.apply(&edit, &stamp()).unwrap();
    write(&mut session, TextRef::Section(0), "As CSV.");
    insta::assert_snapshot!(markdown(&document(&session, now(), Extras::default())));
}

#[test]
fn title_description_and_tags_are_texts_and_other_properties_are_as_they_were_typed() {
    let mut session = Session::new(saas(), "Paperboat", now());
    for (key, value) in
        [("title", "2026"), ("description", "yes"), ("tags", "10"), ("published", "false"), ("weight", "10")]
    {
        let edit = session.set_property(key, value).unwrap();
        session.apply(&edit, &stamp()).unwrap();
    }
    let page = markdown(&document(&session, now(), Extras::default()));
    let properties: Vec<&str> = page.lines().skip(1).take_while(|line| *line != "---").collect();
    assert_eq!(
        properties,
        [
            "title: \"2026\"",
            "description: \"yes\"",
            "published: false",
            "date: 2026-11-22T10:00:00.000Z",
            "tags: \"10\"",
            "editor: markdown",
            "weight: 10",
            "dateCreated: 2026-11-22T10:00:00.000Z",
        ]
    );
}

#[test]
fn hidden_answers_and_notes_are_published_only_on_request() {
    let baseline = questionnaire::load(SHOWCASE).unwrap();
    let mut session = Session::new(baseline, "Acme", now());
    choose(&mut session, "api", "yes");
    choose(&mut session, "api-keys", "no");
    write(&mut session, TextRef::Note("api".into()), "ask again");
    choose(&mut session, "api", "no");
    let plain = querist::report::json(&document(&session, now(), Extras::default()));
    assert!(!plain.contains("api-keys") && !plain.contains("ask again"));
    let all = querist::report::json(&document(
        &session,
        now(),
        Extras { notes: true, hidden: true, ..Extras::default() },
    ));
    assert!(all.contains("api-keys") && all.contains("ask again"));
}

#[test]
fn a_row_is_removed_when_an_answer_hides_its_question() {
    let baseline = questionnaire::load(SHOWCASE).unwrap();
    let mut session = Session::new(baseline, "Acme", now());
    choose(&mut session, "api", "yes");
    choose(&mut session, "api-keys", "no");
    let page = markdown(&document(&session, now(), Extras::default()));
    assert!(page.contains("Can API keys"));
    choose(&mut session, "api", "no");
    let new = update(&page, session.page(), &session, now(), Extras::default()).unwrap().text;
    assert!(!new.contains("Can API keys"));
    assert_eq!(new.lines().count() + 1, page.lines().count());
}

#[test]
fn a_text_without_a_table_of_questions_is_not_a_page() {
    for text in ["", "# Hello\n", "| a | b |\n| --- | --- |\n| c | d |\n", "> | a | b |\n> | - | - |\n"] {
        assert!(import(text, saas(), "x", now()).is_err(), "{text}");
    }
}

#[test]
fn every_kind_of_answer_is_read_back_from_its_page() {
    let baseline = questionnaire::load(SHOWCASE).unwrap();
    let mut session = Session::new(baseline.clone(), "Acme", now());
    let before = Vec::new();
    let after = vec!["personal".into(), "secrets".into()];
    session.apply(&Edit::Choose { question: "data-kinds".into(), before, after }, &stamp()).unwrap();
    write(&mut session, TextRef::Value("purpose".into()), "Pay | roll\nand more");
    write(&mut session, TextRef::Value("people".into()), "2000");
    write(&mut session, TextRef::Value("next-review".into()), "2027-11-22");
    write(&mut session, TextRef::Qualifier("data-kinds".into()), "in part");
    let page = markdown(&document(&session, now(), Extras::default()));
    let again = import(&page, baseline, "x", now()).unwrap();
    assert_eq!(again.warnings, []);
    for id in ["purpose", "data-kinds", "people", "next-review"] {
        assert_eq!(again.session.answer_to(id), session.answer_to(id), "{id}");
    }
}

#[test]
fn the_example_page_answers_every_question_of_rapid_risk_and_is_exported_as_it_is() {
    let page = include_str!("../docs/example-page.md");
    let (_, source) = questionnaire::BUILT_IN.iter().find(|(id, _)| *id == "rapid-risk").unwrap();
    let again = import(page, questionnaire::load(source).unwrap(), "x", now()).unwrap();
    assert_eq!(again.warnings, []);
    let progress = again.session.progress();
    assert_eq!((progress.done, progress.asked), (12, 12));
    assert_eq!(exported(page, &again.session), page);
}

fn any_cell_text() -> impl Strategy<Value = String> {
    prop_oneof![
        concat!(
            "([|\\\\&<>br/ \\n;#é`*\\[\\]()]|<br>|\\n\\n\\[a\\]\\(https://x\\.example\\)|",
            "https://y\\.example|&amp;|&#92;|, ){0,14}"
        ),
        "[ -~\\n]{0,30}",
    ]
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let choice = prop::option::of(prop::sample::select(vec!["yes", "no", "partial", "unknown", "na"]));
    let link = ("[ -~é]{0,12}", "https://[!-~]{1,12}").prop_map(|(label, url)| Link {
        url,
        label,
        ..Link::default()
    });
    let links = prop::collection::vec(link, 0..3);
    (choice, "[ -~é]{0,12}", any_cell_text(), links).prop_map(|(choice, qualifier, detail, mut links)| {
        let cited = querist::markdown::citations(&detail);
        links.retain(|l| !cited.iter().any(|c| c.url == l.url) && l.label != l.url);
        Answer {
            choices: choice.into_iter().map(str::to_owned).collect(),
            qualifier,
            detail,
            links,
            ..Answer::default()
        }
    })
}

/// A session with the given answers.
fn answered(answers: Vec<Answer>) -> Session {
    Session::imported(saas(), "S", now(), answers, String::new(), Vec::new(), String::new())
}

/// The text of the second cell of each row, as parsed by a parser for GitHub Flavored Markdown.
fn answer_cells(body: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let (mut rows, mut column, mut in_row) = (Vec::new(), 0, false);
    for event in Parser::new_ext(body, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow) => {
                (column, in_row) = (0, true);
                rows.push(String::new());
            }
            Event::End(TagEnd::TableRow) => in_row = false,
            Event::Start(Tag::TableCell) => column += 1,
            Event::Text(text) | Event::Code(text) if in_row && column == 2 => {
                rows.last_mut().unwrap().push_str(&text);
            }
            _ => {}
        }
    }
    rows
}

proptest! {
    #[test]
    fn exporting_and_importing_preserves_the_answers(answers in prop::collection::vec(any_answer(), 11)) {
        let ids: Vec<String> = saas().questions().map(|q| q.id.clone()).collect();
        let session = answered(answers.clone());
        let page = markdown(&document(&session, now(), Extras::default()));
        let again = imported(&page);
        for (id, answer) in ids.iter().zip(&answers) {
            let mut read = again.answer_to(id).unwrap().clone();
            for (link, original) in read.links.iter_mut().zip(&answer.links) {
                // A link without a label is written with its URL as the label.
                if original.label.is_empty() && link.label == link.url { link.label.clear(); }
            }
            prop_assert_eq!(&read, answer);
        }
        prop_assert_eq!(exported(&page, &again), page);
    }

    #[test]
    fn no_answer_breaks_the_table_for_a_markdown_parser(answers in prop::collection::vec(any_answer(), 11)) {
        let session = answered(answers.clone());
        let page = markdown(&document(&session, now(), Extras::default()));
        let (_, body) = page.split_once("\n---\n").unwrap();
        let rows = answer_cells(body);
        prop_assert_eq!(rows.len(), 11);
        for (row, answer) in rows.iter().zip(&answers) {
            let label = match answer.choices.first().map(String::as_str) {
                Some("yes") => "Yes", Some("no") => "No", Some("partial") => "Partial",
                Some("unknown") => "Unknown", Some("na") => "Not applicable", _ => "",
            };
            prop_assert!(row.starts_with(label), "{} for {}", row, label);
        }
    }

    #[test]
    fn importing_and_exporting_any_page_with_a_table_preserves_its_bytes(
        before in "([-a-z#>`| \\n\\r\\t*:]|---\\n|\\|\\n){0,40}",
        rows in prop::collection::vec("\\|?[-a-zé|\\\\ `<>br*()\\[\\]]{0,30}\\|?", 0..6),
        after in "([-a-z#>`| \\n\\r\\t*]|\\n## ){0,40}",
        newline in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let header = format!("| Question | Answer | Detail |{newline}|---|---|---|");
        let table = format!("{header}{newline}{}", rows.join(newline));
        let source = format!("{before}{newline}{newline}{table}{newline}{newline}{after}");
        if let Ok(imported) = import(&source, saas(), "x", now()) {
            prop_assert_eq!(exported(&source, &imported.session), source);
        }
    }

    #[test]
    fn importing_any_text_never_panics(source in any::<String>(), tail in "[|\\-\\n :\\\\a-z]{0,40}") {
        let _ = import(&source, saas(), "x", now());
        let _ = import(&format!("{source}\n\n|Question|Answer|\n|-|-|\n{tail}"), saas(), "x", now());
    }
}
