//! Many services side by side: what each cell says, in every format.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use jiff::civil::Date;
use querist::questionnaire::{Questionnaire, load};
use querist::report::{MatrixFormat, MatrixShows, render_matrix};
use querist::session::{
    Answer, Cell, CellState, Conflict, Edit, Entry, Link, Matrix, Place, Session, Stamp, Unit, matrix,
};

const ANSWERS: &str = r#"{"choices": [
    {"id": "yes", "label": "Yes", "tone": "good"}, {"id": "no", "label": "No", "tone": "bad"},
    {"id": "partial", "label": "Partial", "tone": "partial"},
    {"id": "unknown", "label": "Unknown", "tone": "unknown"},
    {"id": "na", "label": "Not applicable", "tone": "not_applicable"}]}"#;

/// A questionnaire with these questions: id, title, text, and further fields.
fn questionnaire(version: &str, questions: &[(&str, &str, &str, &str)]) -> Questionnaire {
    let question = |(id, title, text, more): &(&str, &str, &str, &str)| {
        let choices = if more.contains("kind") { "" } else { ", \"answer_set\": \"a\"" };
        format!(r#"{{"id": "{id}", "title": "{title}", "text": "{text}"{choices}{more}}}"#)
    };
    let questions: Vec<String> = questions.iter().map(question).collect();
    let source = format!(
        r#"{{"format": 1, "id": "m", "version": "{version}", "title": "Matrix", "subject_label": "Service",
            "answer_sets": {{"a": {ANSWERS}}},
            "sections": [{{"id": "s", "title": "S", "questions": [{}]}}]}}"#,
        questions.join(",")
    );
    load(&source).unwrap()
}

fn newest() -> Questionnaire {
    questionnaire(
        "1.10",
        &[
            ("tls", "TLS", "Is TLS used?", ""),
            ("mfa", "=MFA", "Is MFA required for all?", r#", "needs": {"yes": ["detail"]}"#),
            ("keys", "Keys", "Are keys managed?", r#", "enable_when": {"question": "tls", "in": ["yes"]}"#),
            ("days", "Days", "For how many days?", r#", "kind": "number""#),
        ],
    )
}

fn answer(session: &mut Session, question: &str, after: Answer) {
    let before = Box::new(session.answer(session.index_of(question).unwrap()).clone());
    let edit = Edit::Answer { question: question.into(), before, after: Box::new(after) };
    let stamp = Stamp { by: "Kim".into(), at: "2026-11-20T10:00:00Z".parse().unwrap() };
    session.apply(&edit, &stamp).unwrap();
}

fn choice(id: &str) -> Answer {
    Answer { choices: vec![id.into()], detail: "Because.".into(), ..Answer::default() }
}

/// Five sessions: four of the newest questionnaire, one of an older version.
fn sessions() -> Vec<(String, Session)> {
    let created = "2026-11-01T10:00:00Z".parse().unwrap();
    let mut sessions: Vec<(String, Session)> = ["Alpha", "Beta", "Gamma", "Delta"]
        .iter()
        .map(|name| (name.to_lowercase(), Session::new(newest(), *name, created)))
        .collect();
    let older = questionnaire(
        "1.9",
        &[
            ("encryption", "Encryption", "Is TLS used?", ""),
            ("mfa", "MFA", "Is MFA offered?", ""),
            ("fax", "Fax", "Is there a fax?", ""),
        ],
    );
    sessions.push(("old".into(), Session::new(older, "Alpha", created)));
    for (index, id) in ["yes", "yes", "yes", "no"].into_iter().enumerate() {
        answer(&mut sessions[index].1, "tls", choice(id));
    }
    answer(&mut sessions[0].1, "mfa", Answer { choices: vec!["yes".into()], ..Answer::default() });
    answer(&mut sessions[1].1, "mfa", Answer { qualifier: "=admins".into(), ..choice("partial") });
    answer(&mut sessions[2].1, "mfa", choice("unknown"));
    answer(&mut sessions[3].1, "mfa", choice("na"));
    answer(&mut sessions[0].1, "days", Answer { value: "-30".into(), ..Answer::default() });
    let link = |day: &str| Link {
        url: "https://a.example/\"x".into(),
        label: "<Docs>".into(),
        retrieved: day.into(),
        ..Link::default()
    };
    answer(&mut sessions[0].1, "keys", Answer { links: vec![link("2020-01-01")], ..choice("yes") });
    answer(&mut sessions[4].1, "encryption", choice("yes"));
    answer(&mut sessions[4].1, "mfa", choice("yes"));
    sessions
}

fn today() -> Date {
    "2026-11-20".parse().unwrap()
}

fn compared() -> Matrix {
    let sessions = sessions();
    let columns: Vec<(&str, &Session)> =
        sessions.iter().map(|(id, session)| (id.as_str(), session)).collect();
    matrix(&columns, today(), 365)
}

#[test]
fn a_question_is_found_by_id_or_text_and_each_state_is_a_different_one() {
    let matrix = compared();
    let rows: Vec<(&str, bool)> = matrix.rows.iter().map(|row| (row.id.as_str(), row.only_in_some)).collect();
    assert_eq!(rows, [("tls", false), ("mfa", false), ("keys", false), ("days", false), ("fax", true)]);
    let states = |row: usize| matrix.rows[row].cells.iter().map(|cell| cell.state).collect::<Vec<_>>();
    use CellState::{Answered, NoSuchQuestion, NotAsked, Open};
    assert_eq!(states(0), [Answered; 5]);
    assert_eq!(matrix.rows[0].cells[4].question.as_deref(), Some("encryption"), "found by its text");
    assert_eq!(states(2), [Answered, Open, Open, NotAsked, NoSuchQuestion]);
    assert_eq!(matrix.rows[2].cells[3].question.as_deref(), Some("keys"), "not asked, and yet there");
    assert_eq!(states(4), [NoSuchQuestion, NoSuchQuestion, NoSuchQuestion, NoSuchQuestion, Open]);
    let names: Vec<&str> = matrix.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["Alpha 2026-11-20 alpha", "Beta", "Gamma", "Delta", "Alpha 2026-11-20 old"]);
    assert_eq!(matrix.columns[0].tally.counts(), [4, 0, 0, 0, 0, 0]);
    assert_eq!(matrix.columns[3].tally.counts(), [0, 1, 0, 0, 1, 1]);
    assert_eq!(matrix.rows.iter().map(|row| row.not_good()).collect::<Vec<_>>(), [1, 2, 0, 0, 0]);
}

#[test]
fn cells_are_marked_as_outliers_reworded_old_or_unsupported() {
    let matrix = compared();
    let marked = |is: &dyn Fn(&Cell) -> bool| -> Vec<(usize, usize)> {
        let cells = matrix.rows.iter().enumerate().flat_map(|(r, row)| {
            row.cells.iter().enumerate().filter(|(_, cell)| is(cell)).map(move |(c, _)| (r, c))
        });
        cells.collect()
    };
    assert_eq!(marked(&|cell| cell.is_outlier), [(0, 3)], "four of five say yes; the second row is mixed");
    assert_eq!(marked(&|cell| cell.is_reworded), [(1, 4)]);
    assert_eq!(marked(&|cell| cell.is_old), [(2, 0)]);
    assert_eq!(marked(&|cell| cell.is_unsupported), [(1, 0)]);
}

#[test]
fn a_cell_says_that_two_people_answered_differently() {
    let mut sessions = sessions();
    let place = Place::Question("mfa".into(), Unit::Verdict);
    let conflict = Conflict { id: "1".into(), place, base: None, other: None, made: Stamp::default() };
    let edit = Edit::Entry { before: None, after: Some(Entry::Conflict(Box::new(conflict))) };
    sessions[1].1.apply(&edit, &Stamp::default()).unwrap();
    let columns: Vec<(&str, &Session)> = sessions.iter().map(|(id, s)| (id.as_str(), s)).collect();
    let matrix = matrix(&columns, today(), 365);
    let conflicts =
        |row: usize| matrix.rows[row].cells.iter().map(|cell| cell.is_conflict).collect::<Vec<_>>();
    assert_eq!(conflicts(0), [false; 5]);
    assert_eq!(conflicts(1), [false, true, false, false, false]);
}

#[test]
fn three_answers_are_too_few_for_an_outlier() {
    let mut sessions = sessions();
    sessions.remove(4);
    sessions.remove(0);
    let columns: Vec<(&str, &Session)> = sessions.iter().map(|(id, s)| (id.as_str(), s)).collect();
    let matrix = matrix(&columns, today(), 365);
    assert!(matrix.rows.iter().flat_map(|row| &row.cells).all(|cell| !cell.is_outlier));
}

#[test]
fn the_csv_is_read_back_by_a_parser_and_holds_no_formula() {
    let shows = MatrixShows { details: true, ..MatrixShows::default() };
    let csv = render_matrix(&compared(), MatrixFormat::Csv, shows);
    assert!(csv.lines().count() == csv.matches("\r\n").count());
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows[0][..4], ["id", "title", "Alpha 2026-11-20 alpha", "Alpha 2026-11-20 alpha evidence"]);
    assert_eq!(rows[2][1], "'=MFA");
    assert_eq!(rows[2][4], "Partial (=admins)");
    assert_eq!(rows[3][3], "<Docs> https://a.example/\"x");
    assert_eq!((rows[3][4].as_str(), rows[3][8].as_str()), ("(open)", "(not asked)"));
    assert_eq!(rows[4][2], "'-30");
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{cell}");
    }
}

#[test]
fn only_rows_that_differ_are_shown_on_request_and_rows_and_columns_change_places() {
    let matrix = compared();
    let show = |shows| render_matrix(&matrix, MatrixFormat::Csv, shows);
    let differing = show(MatrixShows { differing: true, ..MatrixShows::default() });
    assert_eq!(differing.lines().count(), 6, "every question is answered differently or not everywhere");
    let two =
        [("a", &sessions()[1].1.clone()), ("b", &sessions()[1].1.clone())].map(|(id, s)| (id, s.clone()));
    let same: Vec<(&str, &Session)> = two.iter().map(|(id, session)| (*id, session)).collect();
    let same = querist::session::matrix(&same, today(), 365);
    let shows = MatrixShows { differing: true, ..MatrixShows::default() };
    assert_eq!(render_matrix(&same, MatrixFormat::Csv, shows).lines().count(), 1);
    let transposed = show(MatrixShows { transpose: true, ..MatrixShows::default() });
    assert!(transposed.starts_with("id,tls,mfa,keys,days,fax\r\ntitle,TLS,'=MFA,"), "{transposed}");
}

#[test]
fn links_are_in_a_row_of_their_own_below_the_questions_that_have_some() {
    let shows = MatrixShows { details: true, ..MatrixShows::default() };
    let shown = render_matrix(&compared(), MatrixFormat::Markdown, shows);
    let rows: Vec<&str> = shown.lines().filter(|line| line.contains(": evidence |")).collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].starts_with("| Keys: evidence | <Docs> https://a.example/"), "{}", rows[0]);
}

#[test]
fn in_markdown_more_than_eight_sessions_have_a_row_each() {
    let session = sessions().remove(1).1;
    for (count, transpose, has_row_each) in [(8, false, false), (9, false, true), (2, true, true)] {
        let ids: Vec<String> = (0..count).map(|n| format!("s{n}")).collect();
        let columns: Vec<(&str, &Session)> = ids.iter().map(|id| (id.as_str(), &session)).collect();
        let shows = MatrixShows { transpose, ..MatrixShows::default() };
        let shown = render_matrix(&matrix(&columns, today(), 365), MatrixFormat::Markdown, shows);
        assert_eq!(shown.starts_with("|  | Reviewed | TLS |"), has_row_each, "{count} {transpose}");
    }
}

#[test]
fn a_long_title_or_name_is_cut_in_the_table_for_the_terminal() {
    let (title, name) = ("T".repeat(40), "N".repeat(40));
    let asked = questionnaire("1.0", &[("q", title.as_str(), "Is it?", "")]);
    let session = Session::new(asked, name, "2026-11-01T10:00:00Z".parse().unwrap());
    let matrix = matrix(&[("a", &session)], today(), 365);
    let shown = render_matrix(&matrix, MatrixFormat::Text, MatrixShows::default());
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[1], format!("{}  {}…", " ".repeat(34), "N".repeat(23)));
    assert_eq!(lines[3], format!("{}…  ○", "T".repeat(33)));
}

#[test]
fn every_format_shows_the_same_answers() {
    let matrix = compared();
    for format in MatrixFormat::ALL {
        let shows = MatrixShows { details: format == MatrixFormat::Html, ..MatrixShows::default() };
        insta::with_settings!({omit_expression => true}, {
            let shown = render_matrix(&matrix, format, shows);
            insta::assert_snapshot!(format!("matrix_{}", format.label()), shown);
        });
    }
}
