//! Reports in other formats: what they contain, and that nothing in them runs or is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use jiff::Timestamp;
use proptest::prelude::*;
use querist::questionnaire;
use querist::report::{
    CsvShows, EXAMPLES, Extras, Format, audit_workbook, csv, document, render, render_template, workbook,
};
use querist::session::{Answer, Edit, Link, Session, Stamp, TextRef};

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

#[test]
fn workbooks_are_the_same_bytes_for_the_same_session() {
    let session = session("It is.");
    let document = document(&session, now(), Extras::default());
    let first = workbook(&session, &document);
    assert!(first.starts_with(b"PK") && first == workbook(&session, &document));
    let sheet = audit_workbook(&session);
    assert!(sheet.starts_with(b"PK") && sheet == audit_workbook(&session));
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
