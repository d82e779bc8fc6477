//! Files that serve as evidence, in reports: with a label and a date, and never with the address that only
//! their session understands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::Read;

use jiff::Timestamp;
use querist::questionnaire::{BUILT_IN, load};
use querist::report::{
    CsvShows, Extras, FileLinks, Format, MatrixFormat, MatrixShows, csv, document, render, render_matrix,
    render_template, take_in, unfaithful, update, workbook,
};
use querist::session::{Answer, Attachment, Edit, Link, Session, Stamp, matrix};

fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn apply(session: &mut Session, edit: Edit) {
    session.apply(&edit, &Stamp { by: "Kim".into(), at: now() }).unwrap();
}

fn set(session: &mut Session, after: Answer) {
    let (question, before) = (session.question(0).id.clone(), Box::new(session.answer(0).clone()));
    apply(session, Edit::Answer { question, before, after: Box::new(after) });
}

/// A session whose first answer has a detail, a link to a web page, and two files, one of which the detail
/// cites.
fn session() -> Session {
    let mut session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", now());
    let link = Link { url: "https://a.example/docs".into(), label: "Docs".into(), ..Link::default() };
    set(&mut session, Answer { choices: vec!["yes".into()], links: vec![link], ..Answer::default() });
    for (name, day) in [("Pen test.pdf", Some(jiff::civil::date(2026, 5, 1))), ("screen|shot.png", None)] {
        let file = Attachment { name: name.into(), sha256: "ab".repeat(32), day, ..Attachment::default() };
        let today = jiff::civil::date(2026, 11, 22);
        let edit = session.attach(0, file, today, Stamp { by: "Kim".into(), at: now() }).unwrap();
        apply(&mut session, edit);
    }
    let cited = session.answer(0).links[1].url.clone();
    let answer =
        Answer { detail: format!("Tested, see [the report]({cited})."), ..session.answer(0).clone() };
    set(&mut session, answer);
    session
}

fn links(session: &Session) -> FileLinks {
    let files = session.entries().evidence.iter();
    files.map(|file| (file.id.clone(), format!("files/{}", file.stored_name().unwrap()))).collect()
}

#[test]
fn no_format_contains_the_address_of_a_file_and_all_name_it_with_its_date() {
    let session = session();
    let copies = links(&session);
    for files in [None, Some(&copies)] {
        let extras = Extras { files, notes: true, hidden: true };
        let report = document(&session, now(), extras);
        let template = "{% for s in sections %}{% for q in s.questions %}{% for l in q.links %}\
                        {{ l.label }} ({{ l.retrieved | default('') }}) {{ l.url }}\
                        {% endfor %}{% endfor %}{% endfor %}";
        let mut written: Vec<String> =
            Format::ALL.into_iter().map(|format| render(&session, format, extras, now())).collect();
        written.push(csv(&report, CsvShows::default()));
        written.push(render_template(template, false, &report).unwrap());
        for text in &written {
            assert!(!text.contains("evidence:"), "{text}");
            assert!(text.contains("Pen test.pdf") && text.contains("2026-05-01"), "{text}");
            assert_eq!(text.contains("files/abababab-Pen-test.pdf"), files.is_some(), "{text}");
        }
        let sheets = zip_text(&workbook(&session, &report));
        assert!(!sheets.contains("evidence:") && sheets.contains("Pen test.pdf (2026-05-01)"), "{sheets}");
    }
    let sessions = [("boat", &session)];
    for format in MatrixFormat::ALL {
        let shows = MatrixShows { details: true, ..MatrixShows::default() };
        let text = render_matrix(&matrix(&sessions, jiff::civil::date(2026, 11, 22), 365), format, shows);
        // A title and "evidence" are the name of a row, and a table for the terminal is cut.
        let has_address = session.entries().evidence.iter().any(|file| text.contains(&file.id));
        let is_named = format == MatrixFormat::Text || text.contains("Pen test.pdf");
        assert!(!has_address && is_named, "{text}");
    }
}

/// The texts in all parts of a workbook.
fn zip_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(index).unwrap().read_to_end(&mut part).unwrap();
        all.push_str(&String::from_utf8_lossy(&part));
    }
    all
}

#[test]
fn a_page_names_files_after_the_detail_and_links_to_copies() {
    let session = session();
    let page = |files| render(&session, Format::Markdown, Extras { files, ..Extras::default() }, now());
    let row = "| Yes | Tested, see the report.<br><br>Evidence on file: Pen test.pdf (2026-05-01), \
               screen\\|shot.png (2026-11-22)<br><br>[Docs](https://a.example/docs) |";
    assert!(page(None).contains(row), "{}", page(None));
    let linked = "Evidence on file: [Pen test.pdf](files/abababab-Pen-test.pdf) (2026-05-01), \
                  [screen\\|shot.png](files/abababab-screen-shot.png) (2026-11-22)<br>";
    let copies = links(&session);
    assert!(page(Some(&copies)).contains(linked), "{}", page(Some(&copies)));
    for page in [page(None), page(Some(&copies))] {
        assert_eq!(unfaithful(&page, &session), None);
        let taken = take_in(&page, Some(&page), &session, None).unwrap();
        assert_eq!((taken.edits, taken.differences), (Vec::new(), Vec::new()));
    }
}

#[test]
fn an_unchanged_page_stays_as_it_is_and_attaching_a_file_changes_one_row() {
    let session = session();
    let page = render(&session, Format::Markdown, Extras::default(), now());
    let again = update(&page, Some(&page), &session, now(), Extras::default()).unwrap();
    assert_eq!((again.text, again.rows.len()), (page.clone(), 0));
    let mut more = session.clone();
    let file = Attachment { name: "More.pdf".into(), sha256: "cd".repeat(32), ..Attachment::default() };
    let edit = more.attach(1, file, jiff::civil::date(2026, 11, 22), Stamp::default()).unwrap();
    apply(&mut more, edit);
    let updated = update(&page, Some(&page), &more, now(), Extras::default()).unwrap();
    assert_eq!(updated.rows.len(), 1, "{}", updated.text);
    let back = update(&updated.text, Some(&updated.text), &session, now(), Extras::default()).unwrap();
    assert!(!back.text.contains("More.pdf"), "{}", back.text);
}

#[test]
fn changes_of_others_on_the_page_are_taken_over_and_the_files_are_kept() {
    let session = session();
    let page = render(&session, Format::Markdown, Extras::default(), now());
    for (old, new) in
        [("Tested, see", "Measured, see"), ("[Docs]", "[Manual]"), ("Pen test.pdf (", "Report (")]
    {
        let theirs = page.replacen(old, new, 1);
        assert_ne!(theirs, page);
        let taken = take_in(&theirs, Some(&page), &session, None).unwrap();
        assert_eq!(taken.differences, [], "{old}");
        let answer = taken.session.answer(0);
        let files = answer.links.iter().filter(|link| link.url.starts_with("evidence:")).count();
        assert_eq!(files, 2, "{answer:?}");
        assert!(!answer.detail.contains("on file"), "{answer:?}");
        assert_eq!(answer.detail.starts_with("Measured"), old.starts_with("Tested"), "{answer:?}");
        assert_eq!(answer.links.iter().any(|link| link.label == "Manual"), old == "[Docs]", "{answer:?}");
        let written = update(&theirs, Some(&page), &taken.session, now(), Extras::default()).unwrap().text;
        assert!(written.contains("Evidence on file: Pen test.pdf (2026-05-01)"), "{written}");
    }
}
