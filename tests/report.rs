//! Reports in other formats: what they contain, and that nothing in them runs or is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{Cursor, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use calamine::{Reader, Xlsx};
use jiff::Timestamp;
use proptest::prelude::*;
use querist::questionnaire;
use querist::report::{
    CsvShows, EXAMPLES, Extras, Format, TemplateError, audit_workbook, csv, document, render,
    render_template, workbook,
};
use querist::session::{Answer, Basis, Edit, Link, Session, Stamp, TextRef};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

/// Choices of every tone, several choices, a number, and a question that is asked only after "Bad".
const FORM: &str = r#"{
  "format": 1, "id": "form", "version": "3", "title": "Form", "subject_label": "Thing",
  "source": {"title": "Work", "publisher": "Us", "licence": "CC0"},
  "report": {"sections": [{"heading": "More <words>"}]},
  "answer_sets": {"all": {"choices": [
    {"id": "good", "label": "Good", "tone": "good"},
    {"id": "partial", "label": "Half", "tone": "partial"},
    {"id": "bad", "label": "Bad", "tone": "bad"},
    {"id": "unknown", "label": "Unclear", "tone": "unknown"},
    {"id": "na", "label": "Never", "tone": "not_applicable"},
    {"id": "plain", "label": "Plain"}
  ]}},
  "sections": [
    {"id": "first", "title": "First <part>", "questions": [
      {"id": "a", "title": "A <title>", "text": "Is <it> a?", "help": "Ask <them>.", "answer_set": "all",
       "advice": {
         "partial": {"severity": "low", "text": "Do *half*."},
         "bad": {"severity": "critical", "text": "Do all."}
       }},
      {"id": "b", "title": "B", "text": "Which b?", "kind": "multi_choice", "answer_set": "all",
       "advice": {
         "partial": {"severity": "low", "text": "Do half of b."},
         "bad": {"severity": "critical", "text": "Do all of b."}
       }},
      {"id": "3c", "title": "C", "text": "How many c?", "kind": "number"}
    ]},
    {"id": "second", "title": "Second", "questions": [
      {"id": "d", "title": "D", "text": "Is it d?", "answer_set": "all",
       "enable_when": {"question": "a", "in": ["bad"]}}
    ]}
  ]
}"#;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// A session of the vendor baseline whose first question with advice is answered badly.
fn session(detail: &str) -> Session {
    let questionnaire = questionnaire::load(questionnaire::BUILT_IN[0].1).unwrap();
    let mut session = Session::new(questionnaire, "Boat & Co", now());
    let link = Link {
        url: "https://a.example/x?y=1&z".into(),
        label: "Policy <1>".into(),
        retrieved: "2026-11-02".into(),
        ..Link::default()
    };
    let answers = [
        (
            "external-tls",
            Answer {
                choices: vec!["yes".into()],
                detail: detail.into(),
                links: vec![link],
                ..Answer::default()
            },
        ),
        ("internal-encryption", Answer { choices: vec!["no".into()], ..Answer::default() }),
        (
            "api-authentication",
            Answer { choices: vec!["partial".into()], detail: "Some.".into(), ..Answer::default() },
        ),
    ];
    for (question, after) in answers {
        let edit = Edit::Answer { question: question.into(), before: Box::default(), after: Box::new(after) };
        session.apply(&edit, &Stamp { by: "ann".into(), at: now() }).unwrap();
    }
    let inserted = "What <it> is. [Bad](javascript:alert(1))".to_owned();
    let edit = Edit::Splice { text: TextRef::Introduction, at: 0, removed: String::new(), inserted };
    session.apply(&edit, &Stamp::default()).unwrap();
    session
}

fn rendered(session: &Session, format: Format) -> String {
    render(session, format, Extras::default(), now())
}

/// A session of [`FORM`] with answers to the questions with these ids.
fn form(answers: &[(&str, Answer)]) -> Session {
    let mut session = Session::new(questionnaire::load(FORM).unwrap(), "Thing", now());
    for (id, after) in answers {
        let edit = Edit::Answer {
            question: (*id).to_owned(),
            before: Box::default(),
            after: Box::new(after.clone()),
        };
        session.apply(&edit, &Stamp::default()).unwrap();
    }
    session
}

fn chosen(choices: &[&str]) -> Answer {
    Answer { choices: choices.iter().map(|id| (*id).to_owned()).collect(), ..Answer::default() }
}

fn number(value: &str) -> Answer {
    Answer { value: value.into(), ..Answer::default() }
}

fn link(url: &str) -> Link {
    Link { url: url.into(), ..Link::default() }
}

/// An answer that has everything that is published.
fn full(choices: &[&str]) -> Answer {
    Answer {
        qualifier: "mostly".into(),
        detail: "Sure.".into(),
        links: vec![link("https://a.example"), link("https://b.example")],
        basis: Some(Basis::Tested),
        ..chosen(choices)
    }
}

/// An answer to a question that is not asked is in the report only on request.
fn with_hidden() -> Extras<'static> {
    Extras { hidden: true, ..Extras::default() }
}

fn write(session: &mut Session, text: TextRef, inserted: &str) {
    let edit = Edit::Splice { text, at: 0, removed: String::new(), inserted: inserted.into() };
    session.apply(&edit, &Stamp::default()).unwrap();
}

#[test]
fn a_table_of_values_is_read_back_by_a_spreadsheet_as_it_was() {
    let session = session("=1+1\n\"quoted\", and more");
    let text = csv(&document(&session, now(), Extras::default()), CsvShows::default());
    let mut reader = csv_reader(text.as_bytes(), b',');
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), session.asked().count());
    assert_eq!(&rows[0][5], "'=1+1\n\"quoted\", and more");
    assert_eq!((&rows[0][4], &rows[0][6]), ("Yes", "https://a.example/x?y=1&z"));
    let shows = CsvShows { delimiter: b';', bom: true, raw: true };
    let raw = csv(&document(&session, now(), Extras::default()), shows);
    let mut reader = csv_reader(raw.strip_prefix('\u{feff}').unwrap().as_bytes(), b';');
    assert_eq!(&reader.records().next().unwrap().unwrap()[5], "=1+1\n\"quoted\", and more");
}

fn csv_reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes)
}

/// The values of the report, row by row, without the headings.
fn values(session: &Session, extras: Extras) -> Vec<Vec<String>> {
    let text = csv(&document(session, now(), extras), CsvShows::default());
    let rows = csv_reader(text.as_bytes(), b',').into_records();
    rows.map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_table_of_values_begins_with_its_headings_and_ends_lines_as_spreadsheets_do() {
    let text = csv(&document(&form(&[]), now(), Extras::default()), CsvShows::default());
    let headings = "section,id,title,question,answer,detail,evidence,severity,advice,asked,basis\r\n";
    assert!(text.starts_with(&format!("{headings}First <part>,a,")), "{text}");
    assert!(text.ends_with("How many c?,,,,,,yes,\r\n"), "{text}");
}

#[test]
fn a_row_of_values_has_the_labels_the_links_the_worst_severity_and_all_advice() {
    let session = form(&[("b", full(&["bad", "partial"])), ("3c", number(" 12 "))]);
    let rows = values(&session, Extras::default());
    assert_eq!(
        rows[1],
        [
            "First <part>",
            "b",
            "B",
            "Which b?",
            "Bad, Half (mostly)",
            "Sure.",
            "https://a.example\nhttps://b.example",
            "critical",
            "Do all of b.\nDo half of b.",
            "yes",
            "tested",
        ]
    );
    assert_eq!(rows[2], ["First <part>", "3c", "C", "How many c?", "12", "", "", "", "", "yes", ""]);
}

#[test]
fn a_row_of_values_says_whether_its_question_is_asked() {
    let session = form(&[("a", chosen(&["good"])), ("d", chosen(&["bad"]))]);
    let asked = |extras| values(&session, extras).iter().map(|row| row[9].clone()).collect::<Vec<_>>();
    assert_eq!(asked(Extras::default()), ["yes", "yes", "yes"]);
    assert_eq!(asked(with_hidden()), ["yes", "yes", "yes", "no"]);
}

#[test]
fn a_report_is_known_as_one_of_its_own_format_and_of_no_other() {
    let session = form(&[("a", full(&["bad"]))]);
    for written in Format::ALL {
        let report = rendered(&session, written);
        for format in Format::ALL {
            // A page is merged, never replaced.
            let expected = format == written && format != Format::Markdown;
            assert_eq!(format.is_report(&report), expected, "{format:?} {written:?}");
        }
    }
    let shows = CsvShows { bom: true, ..CsvShows::default() };
    assert!(Format::Csv.is_report(&csv(&document(&session, now(), Extras::default()), shows)));
    assert!(!Format::Json.is_report(r#"{"format": "other"}"#));
}

#[test]
fn the_web_page_has_everything_and_loads_and_runs_nothing() {
    let page = rendered(&session("It is **encrypted**. <script>alert(1)</script>"), Format::Html);
    for part in [
        "<html lang=\"en\">",
        "<h1>Boat &amp; Co",
        "Content-Security-Policy",
        "Skip to the answers",
        "<caption>",
        "<strong>encrypted</strong>",
        "&lt;script&gt;",
        "Policy &lt;1&gt;",
        "read 20 days ago",
        "What &lt;it&gt; is.",
        "<svg role=\"img\"",
        "Unanswered",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for part in ["<script", "<img", "src=", "javascript:", "@import", "url(", " style=\"", "onclick"] {
        assert!(!page.contains(part), "{part}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    let opened = ["<table", "<section", "<tr", "<td", "<main", "<ul"];
    for tag in opened {
        let close = tag.replace('<', "</");
        let open = page.matches(&format!("{tag}>")).count() + page.matches(&format!("{tag} ")).count();
        assert_eq!(open, page.matches(&close).count(), "{tag}");
    }
}

fn page(answers: &[(&str, Answer)]) -> String {
    rendered(&form(answers), Format::Html)
}

#[test]
fn the_policy_of_the_web_page_allows_its_own_style_and_nothing_else() {
    let page = page(&[]);
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
    let policy = format!(
        "content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\""
    );
    assert!(page.contains(&policy), "{policy}");
}

#[test]
fn the_web_page_names_its_questionnaire_with_the_source_if_there_is_one_the_progress_and_the_day() {
    let of_source = page(&[("a", chosen(&["good"]))]);
    let about = "</h1>\n<p>Form 3, Us (CC0). 1 of 3 questions done, 2026-11-22.</p>\n</header>";
    assert!(of_source.contains(about), "{of_source}");
    let own = questionnaire::load(include_str!("fixtures/mini.json")).unwrap();
    let own = rendered(&Session::new(own, "Thing", now()), Format::Html);
    assert!(own.contains("<p>Mini 1. 0 of 2 questions done, 2026-11-22.</p>"), "{own}");
}

#[test]
fn the_web_page_has_an_introduction_only_if_there_are_words() {
    let verdict = "<section>\n<h2>By section</h2>";
    for (text, introduction) in
        [("", ""), (" \n", ""), ("Some *words*.", "<section>\n<p>Some <em>words</em>.</p>\n</section>\n")]
    {
        let mut session = form(&[]);
        write(&mut session, TextRef::Introduction, text);
        let page = rendered(&session, Format::Html);
        assert!(page.contains(&format!("<main>\n{introduction}{verdict}")), "{text:?}: {page}");
    }
}

#[test]
fn after_the_introduction_the_web_page_has_the_sections_of_the_page_that_have_words() {
    for (text, section) in [
        ("", ""),
        (" \n", ""),
        ("Some.", "<section>\n<h2>More &lt;words&gt;</h2>\n<p>Some.</p>\n</section>\n"),
    ] {
        let mut session = form(&[]);
        let introduction = "<section>\n<p>What it is.</p>\n</section>\n";
        write(&mut session, TextRef::Introduction, "What it is.");
        write(&mut session, TextRef::Section(0), text);
        let page = rendered(&session, Format::Html);
        let expected = format!("{introduction}{section}<section>\n<h2>By section</h2>");
        assert!(page.contains(&expected), "{text:?}: {page}");
        assert!(page.ends_with("</table>\n</div>\n</section>\n</main>\n</body>\n</html>\n"), "{page}");
    }
}

#[test]
fn the_answers_of_a_section_are_counted_by_what_they_mean() {
    for (id, answer, counts) in [
        ("a", chosen(&["good"]), [1, 0, 0, 0, 0, 0, 2]),
        ("a", chosen(&["partial"]), [0, 1, 0, 0, 0, 0, 2]),
        ("a", chosen(&["bad"]), [0, 0, 1, 0, 0, 0, 2]),
        ("a", chosen(&["unknown"]), [0, 0, 0, 1, 0, 0, 2]),
        ("a", chosen(&["na"]), [0, 0, 0, 0, 1, 0, 2]),
        ("a", chosen(&["plain"]), [0, 0, 0, 0, 0, 1, 2]),
        ("b", chosen(&["good", "bad"]), [0, 0, 0, 0, 0, 1, 2]),
        ("3c", number("12"), [0, 0, 0, 0, 0, 1, 2]),
        ("a", Answer { detail: "Not yet.".into(), ..Answer::default() }, [0, 0, 0, 0, 0, 0, 3]),
    ] {
        let cells = counts.map(|count| format!("<td>{count}</td>")).concat();
        let row = format!("<tr><th scope=\"row\">First &lt;part&gt;</th>{cells}</tr>");
        let page = page(&[(id, answer.clone())]);
        assert!(page.contains(&row), "{id} {answer:?}: {page}");
    }
}

#[test]
fn a_section_whose_questions_are_not_asked_is_shown_and_not_counted() {
    let session = form(&[("a", chosen(&["good"])), ("d", chosen(&["bad"]))]);
    let page = render(&session, Format::Html, with_hidden(), now());
    assert!(page.contains("<h3>Second</h3>"), "{page}");
    assert!(!page.contains("<th scope=\"row\">Second</th>"), "{page}");
}

#[test]
fn a_section_in_which_no_answer_is_better_than_another_is_not_counted() {
    let form = FORM.replace("\"Is it d?\", \"answer_set\": \"all\"", "\"How many d?\", \"kind\": \"number\"");
    let mut session = Session::new(questionnaire::load(&form).unwrap(), "Thing", now());
    for (id, after) in [("a", chosen(&["bad"])), ("d", number("4"))] {
        let edit = Edit::Answer { question: id.into(), before: Box::default(), after: Box::new(after) };
        session.apply(&edit, &Stamp::default()).unwrap();
    }
    let page = rendered(&session, Format::Html);
    assert!(page.contains("<h3>Second</h3>") && page.contains("<td>4</td>"), "{page}");
    assert!(page.contains(">First &lt;part&gt;</text>") && !page.contains(">Second</text>"), "{page}");
    assert!(!page.contains("<th scope=\"row\">Second</th>"), "{page}");
}

#[test]
fn findings_are_under_their_severity_the_worst_first_and_a_severity_without_findings_has_no_heading() {
    let mostly = Answer { qualifier: "mostly <so>".into(), ..chosen(&["partial"]) };
    let page = page(&[("a", mostly), ("b", chosen(&["bad", "partial"]))]);
    let expected = "<section>\n<h2>Findings</h2>\n\
        <h3 class=\"critical\">Critical</h3>\n<ul>\n\
        <li><a href=\"#q-b\">B</a>: Bad<p>Do all of b.</p>\n</li>\n</ul>\n\
        <h3 class=\"low\">Low</h3>\n<ul>\n\
        <li><a href=\"#q-a\">A &lt;title&gt;</a>: Half (mostly &lt;so&gt;)<p>Do <em>half</em>.</p>\n</li>\n\
        <li><a href=\"#q-b\">B</a>: Half<p>Do half of b.</p>\n</li>\n</ul>\n</section>\n";
    assert!(page.contains(expected), "{page}");
}

#[test]
fn without_findings_the_web_page_says_so() {
    let none = "<section>\n<h2>Findings</h2>\n<p>None of the answers calls for action.</p>\n</section>\n";
    assert!(page(&[("a", chosen(&["good"]))]).contains(none));
    assert!(!page(&[("a", chosen(&["bad"]))]).contains("None of the answers"));
}

#[test]
fn open_questions_are_listed_with_all_their_reasons() {
    let flagged = Answer { flag: Some("ask <them>".into()), ..Answer::default() };
    let open = page(&[("a", flagged), ("b", chosen(&["good"]))]);
    let expected = "<section>\n<h2>Open</h2>\n<ul>\n\
        <li><a href=\"#q-a\">A &lt;title&gt;</a>: not answered yet; flagged</li>\n\
        <li><a href=\"#q-3c\">C</a>: not answered yet</li>\n</ul>\n</section>\n";
    assert!(open.contains(expected), "{open}");
    let done = page(&[("a", chosen(&["good"])), ("b", chosen(&["good"])), ("3c", number("1"))]);
    assert!(!done.contains("<h2>Open</h2>"), "{done}");
}

#[test]
fn a_row_of_the_web_page_has_the_help_and_the_answer_or_that_there_is_none() {
    let page = page(&[("a", Answer { qualifier: "mostly".into(), ..chosen(&["good"]) })]);
    let answered = "<tr id=\"q-a\"><th scope=\"row\"><p class=\"title\">A &lt;title&gt;</p>\
        <p>Is &lt;it&gt; a?</p><p class=\"help\">Ask &lt;them&gt;.</p></th>\
        <td>Good (mostly)</td><td></td></tr>\n";
    let unanswered = "<tr id=\"q-b\"><th scope=\"row\"><p class=\"title\">B</p><p>Which b?</p></th>\
        <td>Unanswered</td><td></td></tr>\n";
    assert!(page.contains(answered) && page.contains(unanswered), "{page}");
}

#[test]
fn a_row_of_the_web_page_says_how_its_answer_is_known() {
    for basis in Basis::ALL {
        let page = page(&[("a", Answer { basis: Some(basis), ..chosen(&["good"]) })]);
        let cell = format!("<td>Good<p class=\"basis\">{}</p></td>", basis.label());
        assert!(page.contains(&cell), "{page}");
    }
}

#[test]
fn a_row_of_the_web_page_lists_the_links_that_its_detail_does_not_cite() {
    let answer = Answer {
        detail: "See [b](https://b.example).".into(),
        links: vec![link("https://a.example"), link("https://b.example")],
        ..chosen(&["good"])
    };
    let anchor =
        |url: &str, label: &str| format!("<a href=\"{url}\" rel=\"noopener noreferrer\">{label}</a>");
    let cell = format!(
        "<td><p>See {}.</p>\n<ul><li>{}</li></ul></td></tr>",
        anchor("https://b.example", "b"),
        anchor("https://a.example", "https://a.example"),
    );
    let page = page(&[("a", answer)]);
    assert!(page.contains(&cell), "{page}");
}

#[test]
fn the_evidence_has_its_age_on_the_day_of_the_report() {
    for (retrieved, age) in [
        ("2026-11-22", "read today"),
        ("2026-11-21", "read 1 day ago"),
        ("2026-11-20", "read 2 days ago"),
        ("2026-11-23", "dated 2026-11-23"),
        ("2025-11-22", "read 365 days ago"),
        ("", "undated"),
        ("May", "undated"),
    ] {
        let policy =
            Link { label: "The <policy>".into(), retrieved: retrieved.into(), ..link("https://a.example") };
        let page = page(&[("a", Answer { links: vec![policy], ..chosen(&["good"]) })]);
        let row = format!(
            "<tr><th scope=\"row\"><a href=\"https://a.example\" rel=\"noopener noreferrer\">\
             The &lt;policy&gt;</a></th><td>A &lt;title&gt;</td><td>{age}</td></tr>\n"
        );
        assert!(page.contains("<h2>Evidence</h2>") && page.contains(&row), "{retrieved}: {page}");
    }
    assert!(!page(&[("a", chosen(&["good"]))]).contains("Evidence"));
}

#[test]
fn oscal_results_are_valid_and_keep_their_ids() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/schemas/oscal-assessment-results.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for detail in ["", "It is.", " \n", "two\n\nparagraphs"] {
        let session = session(detail);
        let text = rendered(&session, Format::Oscal);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(text, rendered(&session, Format::Oscal));
    }
    let value: serde_json::Value = serde_json::from_str(&rendered(&session("x"), Format::Oscal)).unwrap();
    let result = &value["assessment-results"]["results"][0];
    let states: Vec<&str> = result["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["target"]["status"]["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["satisfied", "not-satisfied", "not-satisfied"]);
    assert_eq!(result["observations"].as_array().unwrap().len(), 3);
    let empty = Session::new(questionnaire::load(questionnaire::BUILT_IN[0].1).unwrap(), "Empty", now());
    let value: serde_json::Value = serde_json::from_str(&rendered(&empty, Format::Oscal)).unwrap();
    assert!(validator.is_valid(&value));
}

/// The OSCAL report at a time.
fn oscal(session: &Session, at: &str) -> Value {
    let text = render(session, Format::Oscal, Extras::default(), at.parse().unwrap());
    serde_json::from_str::<Value>(&text).unwrap()["assessment-results"].take()
}

/// The only result of the OSCAL report of a session of [`FORM`].
fn result(answers: &[(&str, Answer)]) -> Value {
    oscal(&form(answers), "2026-11-22T10:00:00Z")["results"][0].take()
}

#[test]
fn oscal_results_name_their_questionnaire_and_times() {
    let mut session = form(&[]);
    let report = oscal(&session, "2026-11-23T09:30:00.5Z");
    let metadata = json!({
        "title": "Thing", "last-modified": "2026-11-23T09:30:00Z", "version": "3", "oscal-version": "1.1.3",
    });
    assert_eq!(report["metadata"], metadata);
    let resource = &report["back-matter"]["resources"][0];
    assert_eq!(resource["title"], "Form");
    assert_eq!(report["import-ap"]["href"], format!("#{}", resource["uuid"].as_str().unwrap()));
    let result = &report["results"][0];
    let times = (&result["start"], &result["end"]);
    assert_eq!(times, (&json!("2026-11-22T10:00:00Z"), &json!("2026-11-23T09:30:00Z")));
    assert_eq!(result["description"], "Thing");
    write(&mut session, TextRef::Introduction, "Some words.\n");
    assert_eq!(oscal(&session, "2026-11-23T09:30:00Z")["results"][0]["description"], "Some words.");
}

#[test]
fn oscal_ids_depend_on_the_session_and_only_that_of_the_report_on_its_time() {
    let [first, later] = ["2026-11-22T10:00:00Z", "2026-11-23T10:00:00Z"]
        .map(|at| oscal(&form(&[("a", chosen(&["bad"])), ("d", chosen(&["good"]))]), at));
    assert_ne!(first["uuid"], later["uuid"]);
    let ids = |report: &Value| {
        let result = &report["results"][0];
        let entries = ["observations", "risks", "findings"].map(|list| result[list].as_array().unwrap());
        let of_entries = entries.into_iter().flatten().map(|entry| entry["uuid"].to_string());
        of_entries.chain([result["uuid"].to_string()]).collect::<Vec<_>>()
    };
    assert_eq!(ids(&first), ids(&later));
    let unique: std::collections::BTreeSet<String> = ids(&first).into_iter().collect();
    assert_eq!(unique.len(), 6, "two observations, a risk, two findings, the result");
    let own = questionnaire::load(FORM).unwrap();
    let other = oscal(&Session::new(own, "Other", now()), "2026-11-22T10:00:00Z");
    assert_ne!(first["results"][0]["uuid"], other["results"][0]["uuid"]);
}

#[test]
fn oscal_has_what_is_asked_and_observes_what_is_answered() {
    let session = form(&[("a", chosen(&["good"])), ("d", chosen(&["bad"]))]);
    let text = render(&session, Format::Oscal, with_hidden(), now());
    let value: Value = serde_json::from_str(&text).unwrap();
    let result = &value["assessment-results"]["results"][0];
    let controls = &result["reviewed-controls"]["control-selections"][0]["include-controls"];
    let expected = json!([{ "control-id": "a" }, { "control-id": "b" }, { "control-id": "q-3c" }]);
    assert_eq!(*controls, expected);
    assert_eq!(result["observations"].as_array().unwrap().len(), 1);
    let empty = self::result(&[]);
    for list in ["observations", "risks", "findings"] {
        assert!(empty.get(list).is_none(), "an empty list is not valid: {list}");
    }
}

#[test]
fn an_oscal_observation_has_the_answer_the_detail_and_the_evidence() {
    let quoted = Link { quote: "We <do>.".into(), label: "Policy".into(), ..link("https://a.example/x y") };
    let labelled = Link { label: "Terms".into(), ..link("https://b.example") };
    let answer = Answer { detail: " Sure.\n".into(), links: vec![quoted, labelled], ..full(&["good"]) };
    let observation = &result(&[("a", answer)])["observations"][0];
    assert_eq!(observation["title"], "A <title>");
    assert_eq!(observation["description"], "Is <it> a?: Good (mostly)\n\nSure.");
    assert_eq!(observation["collected"], "2026-11-22T10:00:00Z");
    let answer = json!([{ "name": "answer", "ns": "https://github.com/querist", "value": "Good (mostly)" }]);
    assert_eq!(observation["props"], answer);
    let evidence = json!([
        { "description": "We <do>.", "href": "https://a.example/x%20y" },
        { "description": "Terms", "href": "https://b.example" },
    ]);
    assert_eq!(observation["relevant-evidence"], evidence);
    let bare = &result(&[("a", Answer { detail: " \n".into(), ..chosen(&["good"]) })])["observations"][0];
    assert_eq!(bare["description"], "Is <it> a?: Good");
    assert!(bare.get("relevant-evidence").is_none());
}

#[test]
fn the_method_of_an_oscal_observation_follows_from_the_basis_or_else_from_the_evidence() {
    let evidence = || vec![link("https://a.example")];
    for (basis, links, method) in [
        (Some(Basis::Tested), Vec::new(), "TEST"),
        (Some(Basis::DocumentRead), Vec::new(), "EXAMINE"),
        (Some(Basis::Claimed), evidence(), "INTERVIEW"),
        (Some(Basis::Interviewed), evidence(), "INTERVIEW"),
        (None, Vec::new(), "INTERVIEW"),
        (None, evidence(), "EXAMINE"),
    ] {
        let result = result(&[("a", Answer { basis, links, ..chosen(&["good"]) })]);
        assert_eq!(result["observations"][0]["methods"], json!([method]), "{basis:?}");
    }
}

#[test]
fn an_oscal_finding_is_only_for_an_answer_that_is_good_partial_or_bad() {
    for (choices, status) in [
        (&["good"][..], Some(("satisfied", "pass"))),
        (&["partial"], Some(("not-satisfied", "other"))),
        (&["bad"], Some(("not-satisfied", "fail"))),
        (&["unknown"], None),
        (&["na"], None),
        (&["plain"], None),
        (&["good", "bad"], None),
    ] {
        let result = result(&[("b", chosen(choices))]);
        assert_eq!(result.get("findings").is_some(), status.is_some(), "{choices:?}");
        if let Some((state, reason)) = status {
            let target = json!({
                "type": "objective-id", "target-id": "b", "status": { "state": state, "reason": reason },
            });
            assert_eq!(result["findings"][0]["target"], target);
        }
    }
}

#[test]
fn an_oscal_finding_is_related_to_its_observation_and_to_its_risks() {
    let bad = result(&[("a", chosen(&["bad"]))]);
    let (finding, risk, observation) = (&bad["findings"][0], &bad["risks"][0], &bad["observations"][0]);
    assert_eq!(finding["related-observations"], json!([{ "observation-uuid": observation["uuid"] }]));
    assert_eq!(finding["related-risks"], json!([{ "risk-uuid": risk["uuid"] }]));
    assert_eq!(finding["description"], "Is <it> a?: Bad");
    assert_eq!((&risk["statement"], &risk["status"]), (&json!("Do all."), &json!("open")));
    let severity = json!([{ "name": "severity", "ns": "https://github.com/querist", "value": "critical" }]);
    assert_eq!(risk["props"], severity);
    let good = result(&[("a", chosen(&["good"]))]);
    assert!(good.get("risks").is_none() && good["findings"][0].get("related-risks").is_none());
    let several = result(&[("b", chosen(&["bad", "partial"]))]);
    assert_ne!(several["risks"][0]["uuid"], several["risks"][1]["uuid"]);
}

#[test]
fn workbooks_are_the_same_bytes_for_the_same_session() {
    let session = session("It is.");
    let document = document(&session, now(), Extras::default());
    let first = workbook(&session, &document);
    assert!(first.starts_with(b"PK") && first == workbook(&session, &document));
    let sheet = audit_workbook(&session);
    assert!(sheet.starts_with(b"PK") && sheet == audit_workbook(&session));
}

fn book(session: &Session) -> Vec<u8> {
    workbook(session, &document(session, now(), Extras::default()))
}

/// The cells of a sheet, row by row.
fn cells(book: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// A part of a workbook as it is in the file. The answers are the second sheet.
fn part(book: &[u8], path: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

const ANSWERS: &str = "xl/worksheets/sheet2.xml";

#[test]
fn the_first_sheet_of_a_workbook_sums_up_the_report() {
    let flagged = Answer { flag: Some("ask".into()), ..Answer::default() };
    let mut session = form(&[("a", chosen(&["good"])), ("b", chosen(&["good"])), ("3c", flagged)]);
    write(&mut session, TextRef::Introduction, "Some\nwords.");
    let expected = [
        ["Title", "Thing"],
        ["Subject", "Thing"],
        ["Date", "2026-11-22"],
        ["Questionnaire", "Form 3"],
        ["Publisher", "Us"],
        ["Licence", "CC0"],
        ["Introduction", "Some\nwords."],
        ["Asked", "3"],
        ["Done", "2"],
        ["Flagged", "1"],
    ];
    assert_eq!(cells(&book(&session), "Summary"), expected);
}

#[test]
fn the_second_sheet_of_a_workbook_has_the_answers() {
    let flagged = Answer { flag: Some("ask".into()), ..Answer::default() };
    let book = book(&form(&[("a", full(&["bad"])), ("b", flagged), ("3c", number("12"))]));
    let links = "https://a.example\nhttps://b.example";
    let open = "not answered yet; flagged";
    let expected = [
        ["Section", "Id", "Title", "Question", "Answer", "Detail", "Evidence", "Basis", "Open"],
        ["First <part>", "a", "A <title>", "Is <it> a?", "Bad (mostly)", "Sure.", links, "tested", ""],
        ["First <part>", "b", "B", "Which b?", "", "", "", "", open],
        ["First <part>", "3c", "C", "How many c?", "12", "", "", "", ""],
        ["Second", "d", "D", "Is it d?", "", "", "", "", "not answered yet"],
    ];
    assert_eq!(cells(&book, "Answers"), expected);
    assert!(part(&book, "xl/tables/table1.xml").contains("ref=\"A1:I5\""));
    assert!(part(&book, ANSWERS).contains("topLeftCell=\"D2\""), "headings and names stay in view");
}

#[test]
fn the_third_sheet_of_a_workbook_has_the_findings_the_worst_first() {
    let mostly = Answer { qualifier: "mostly".into(), ..chosen(&["partial"]) };
    let session = form(&[("a", mostly), ("b", chosen(&["partial", "bad"]))]);
    let expected = [
        ["Severity", "Id", "Title", "Answer", "Recommendation"],
        ["critical", "b", "B", "Bad", "Do all of b."],
        ["low", "a", "A <title>", "Half (mostly)", "Do *half*."],
        ["low", "b", "B", "Half", "Do half of b."],
    ];
    let found = book(&session);
    assert_eq!(cells(&found, "Findings"), expected);
    assert!(part(&found, "xl/tables/table2.xml").contains("ref=\"A1:E4\""));
    assert!(part(&found, "xl/worksheets/sheet3.xml").contains("topLeftCell=\"A2\""));
    assert_eq!(cells(&book(&form(&[])), "Findings"), [expected[0]], "a table needs a row, if an empty one");
}

#[test]
fn in_a_workbook_a_single_link_that_opens_can_be_followed_and_any_other_is_only_text() {
    let long = format!("https://a.example/{}", "x".repeat(2_100));
    for (urls, can_be_followed) in [
        (&["https://a.example"][..], true),
        (&["mailto:a@b.example"], true),
        (&["javascript:alert(1)"], false),
        (&["https://a.example", "https://b.example"], false),
        (&[long.as_str()], false),
    ] {
        let links = urls.iter().map(|url| link(url)).collect();
        let book = book(&form(&[("a", Answer { links, ..chosen(&["good"]) })]));
        assert_eq!(cells(&book, "Answers")[1][6], urls.join("\n"));
        let is_followed = part(&book, ANSWERS).contains("<hyperlink ref=\"G2\"");
        assert_eq!(is_followed, can_be_followed, "{urls:?}");
    }
}

#[test]
fn a_text_that_is_too_long_for_a_cell_is_cut() {
    for (character, count, expected) in
        [("x", 32_767, 32_767), ("x", 32_768, 32_767), ("é", 32_767, 32_767), ("😀", 16_384, 16_383)]
    {
        let answer = Answer { detail: character.repeat(count), ..chosen(&["good"]) };
        let sheet = cells(&book(&form(&[("a", answer)])), "Answers");
        assert_eq!(sheet[1][5].chars().count(), expected, "{character} {count}");
    }
}

#[test]
fn a_workbook_offers_the_labels_for_a_single_choice_without_a_qualifier() {
    let answers = part(&book(&form(&[])), ANSWERS);
    let list = "sqref=\"E2\"><formula1>\"Good,Half,Bad,Unclear,Never,Plain\"</formula1>";
    assert!(answers.contains(list), "{answers}");
    assert_eq!(answers.matches("<dataValidation ").count(), 1, "not for several choices or a number");
    let qualified = Answer { qualifier: "mostly".into(), ..chosen(&["good"]) };
    assert!(!part(&book(&form(&[("a", qualified)])), ANSWERS).contains("<dataValidation "));
}

#[test]
fn a_workbook_offers_only_labels_that_with_their_separators_fit_into_255_characters() {
    let x = |count| "x".repeat(count);
    for (labels, is_offered) in [
        (vec![x(254)], true),
        (vec![x(255)], false),
        (vec![x(126), x(127)], true),
        (vec![x(127), x(127)], false),
        (vec!["é".repeat(254)], true),
        (vec!["😀".repeat(127)], true),
        (vec!["😀".repeat(128)], false),
        (vec!["\"".repeat(127)], true),
        (vec!["\"".repeat(128)], false),
        (vec!["Yes, all".to_owned(), "No".to_owned()], false),
    ] {
        let mut questionnaire = questionnaire::load(FORM).unwrap();
        let choices = &mut questionnaire.answer_sets.get_mut("all").unwrap().choices;
        choices.truncate(labels.len());
        choices.iter_mut().zip(&labels).for_each(|(choice, label)| choice.label.clone_from(label));
        let answers = part(&book(&Session::new(questionnaire, "Thing", now())), ANSWERS);
        assert_eq!(answers.contains("<dataValidation "), is_offered, "{labels:?}");
    }
}

#[test]
fn an_audit_has_a_row_per_question_with_its_official_id() {
    let mut questionnaire = questionnaire::load(FORM).unwrap();
    let questions = &mut questionnaire.sections[0].questions;
    questions[0].source_id = "urn:a".into();
    questions[2].source_id = "C-1".into();
    let mut session = Session::new(questionnaire, "Thing", now());
    for (id, after) in
        [("b", chosen(&["good", "bad"])), ("3c", Answer { detail: "Ours.".into(), ..number("12") })]
    {
        let edit = Edit::Answer { question: id.into(), before: Box::default(), after: Box::new(after) };
        session.apply(&edit, &Stamp::default()).unwrap();
    }
    let headings = [
        "urn",
        "assessable",
        "ref_id",
        "name",
        "description",
        "compliance_result",
        "requirement_progress",
        "observations",
        "answers",
    ];
    let given = "Which b? >> Good | Bad";
    let expected = [
        headings,
        ["urn:a", "true", "", "A <title>", "Is <it> a?", "not_assessed", "to_do", "", ""],
        ["", "true", "b", "B", "Which b?", "not_assessed", "done", "", given],
        ["", "true", "C-1", "C", "How many c?", "not_assessed", "done", "Ours.", "How many c? >> 12"],
        ["", "true", "d", "D", "Is it d?", "not_assessed", "to_do", "", ""],
    ];
    assert_eq!(cells(&audit_workbook(&session), "Sheet1"), expected);
}

#[test]
fn an_audit_has_a_choice_that_is_a_result_as_the_result_and_not_as_an_answer() {
    for result in ["compliant", "partially_compliant", "non_compliant", "not_applicable"] {
        let sheet = cells(&audit_workbook(&form(&[("a", chosen(&[result]))])), "Sheet1");
        assert_eq!(sheet[1][5..], [result, "done", "", ""]);
    }
}

#[test]
fn the_templates_of_the_program_can_be_used_as_they_are() {
    let document = document(&session("It is."), now(), Extras::default());
    for (name, template) in EXAMPLES {
        let text =
            render_template(template, false, &document).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(text.contains("Internal encryption"), "{name}: {text}");
    }
}

#[test]
fn an_error_in_a_template_names_its_line_and_column() {
    let document = document(&session("It is."), now(), Extras::default());
    for (template, place) in [
        ("{{ title }}\n{% for x in %}", "line 2"),
        ("a\n  {{ titel }}", "line 2, column 6"),
        ("{{ title | nothing }}", "line 1"),
        ("{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}", "line 1"),
    ] {
        let error = render_template(template, false, &document).unwrap_err().to_string();
        assert!(error.starts_with(place), "{template}: {error}");
    }
    let escaped = render_template("{{ subject }}", true, &document).unwrap();
    assert_eq!(escaped, "Boat &amp; Co");
}

#[test]
fn an_error_in_a_template_has_a_place_as_far_as_it_is_known() {
    let shown = |line, column| TemplateError { line, column, message: "wrong".to_owned() }.to_string();
    assert_eq!(shown(0, 3), "wrong");
    assert_eq!(shown(2, 0), "line 2: wrong");
    assert_eq!(shown(2, 3), "line 2, column 3: wrong");
}

/// The report of a bad answer by a template for text.
fn by_template(template: &str) -> Result<String, TemplateError> {
    let session = form(&[("a", chosen(&["bad"]))]);
    render_template(template, false, &document(&session, now(), Extras::default()))
}

#[test]
fn an_error_in_a_template_says_what_is_wrong_and_counts_characters() {
    let error = by_template("é\né {{ titel }}").unwrap_err();
    assert_eq!((error.line, error.column), (2, 6));
    assert!(error.message.starts_with("undefined value"), "{error}");
    let error = by_template("{{ title | nothing }}").unwrap_err();
    assert_eq!(error.message, "unknown filter: filter nothing is unknown");
}

#[test]
fn lines_of_a_template_that_are_only_blocks_leave_nothing_and_all_others_stay() {
    let text = by_template("{% if true %}\n  {{ title }}\n  {% endif %}\n\nend\n").unwrap();
    assert_eq!(text, "  Thing\n\nend\n");
}

#[test]
fn a_template_for_text_escapes_nothing_unless_it_is_told_to() {
    for (template, expected) in [
        ("{{ sections[0].title }}", "First <part>"),
        ("{{ 'a\"b' | csv }}", "\"a\"\"b\""),
        ("{{ '=1+1' | csv }}", "\"'=1+1\""),
        ("{{ 'a\\nb' | line }}", "a b"),
    ] {
        assert_eq!(by_template(template).unwrap(), expected, "{template}");
    }
}

#[test]
fn the_template_for_risks_has_a_row_per_finding() {
    let (_, template) = EXAMPLES.iter().find(|(name, _)| *name == "risks.csv").unwrap();
    let expected =
        "severity,question,answer,recommendation\n\"critical\",\"A <title>\",\"Bad\",\"Do all.\"\n";
    assert_eq!(by_template(template).unwrap(), expected);
}

#[test]
fn every_example_of_a_template_names_the_answer_that_triggers_a_finding() {
    let session = form(&[
        ("a", Answer { qualifier: "mostly".into(), ..chosen(&["bad"]) }),
        ("b", chosen(&["good", "partial"])),
    ]);
    let document = document(&session, now(), Extras::default());
    for (name, template) in EXAMPLES {
        let report = render_template(template, false, &document).unwrap();
        let lines: Vec<&str> = report.lines().filter(|line| line.contains("Half")).collect();
        assert!(report.contains("Bad (mostly)") && lines.len() == 1, "{name}: {report}");
        assert!(!lines[0].contains("Good"), "{name}: {report}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_a_report(detail in "[<>&\"'=_x0-9a-f\\[\\]():/#*`|\n\u{0}-\u{1f}é]{0,60}") {
        let session = session(&detail);
        let page = rendered(&session, Format::Html);
        prop_assert!(!page.contains("<script") && page.ends_with("</html>\n"));
        let oscal: Result<serde_json::Value, _> = serde_json::from_str(&rendered(&session, Format::Oscal));
        prop_assert!(oscal.is_ok());
        let document = document(&session, now(), Extras::default());
        prop_assert!(workbook(&session, &document).starts_with(b"PK"));
        let shows = CsvShows { raw: true, ..CsvShows::default() };
        let text = csv(&document, shows);
        let first = csv_reader(text.as_bytes(), b',').records().next().unwrap().unwrap();
        prop_assert_eq!(&first[5], detail.as_str());
    }
}
