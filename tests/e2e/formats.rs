//! Questionnaires of other formats, reports in other formats, and the way back into the original.

use std::fs;
use std::path::{Path, PathBuf};

use super::terminal::{git, piped, run, text};

const FORM: &str = "\
Question ID,Question,Answer,Comment,Domain\r\n\
A-1,Is data encrypted at rest?,Yes,See the policy.,Data\r\n\
A-2,Is data encrypted in transit?,No,,Data\r\n\
B-1,Is there a second factor?,N/A,,Access\r\n\
B-2,Are accounts removed?,,,Access\r\n";

#[test]
fn a_spreadsheet_becomes_a_session_with_its_answers_and_is_filled_in_again() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("form.csv");
    fs::write(&file, FORM).unwrap();
    let file = file.to_str().unwrap();
    let new = run(dir.path(), &["new", file, "--subject", "Boat", "--no-open"], 0);
    let said = text(&new.stderr);
    assert!(said.contains("table: 4 questions, 2 sections") && said.contains("3 answers"), "{said}");
    assert!(said.contains("questions in B \"Question\"") && said.contains("warning: the licence"), "{said}");
    run(
        dir.path(),
        &["answer", "boat", "b-2", "--choice", "yes", "--detail", "Within a day, \"always\"."],
        0,
    );
    let output = dir.path().join("filled.csv");
    let filled =
        run(dir.path(), &["export", "boat", "--into", file, "--output", output.to_str().unwrap()], 0);
    assert!(text(&filled.stderr).contains("Filled in 6 cells."), "{}", text(&filled.stderr));
    let expected = FORM.replace("removed?,,,", "removed?,Yes,\"Within a day, \"\"always\"\".\",");
    assert_eq!(fs::read_to_string(&output).unwrap(), expected);
    assert_eq!(fs::read_to_string(file).unwrap(), FORM, "the original is unchanged");
}

#[test]
fn a_questionnaire_is_converted_validated_and_read_from_a_pipe() {
    let dir = tempfile::tempdir().unwrap();
    let output = dir.path().join("q.json");
    let output = output.to_str().unwrap();
    let converted = piped(dir.path(), &["convert", "-", "--output", output], FORM);
    assert_eq!(converted.status.code(), Some(0), "{}", text(&converted.stderr));
    run(dir.path(), &["validate", output], 0);
    run(dir.path(), &["new", output, "--subject", "Ship", "--no-open"], 0);
    let wrong = piped(dir.path(), &["convert", "-"], "{\"a\": ");
    assert_eq!(wrong.status.code(), Some(3), "{}", text(&wrong.stderr));
    let named = piped(dir.path(), &["convert", "-", "--question", "Frage"], FORM);
    assert!(text(&named.stderr).contains("no column \"Frage\""), "{}", text(&named.stderr));
    let id = run(dir.path(), &["new", "saas-security", "--subject", "X", "--sheet", "A", "--no-open"], 2);
    assert!(text(&id.stderr).contains("is not a file"), "{}", text(&id.stderr));
}

#[test]
fn a_translated_questionnaire_is_validated_converted_and_asked_in_the_language_that_is_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("q.json");
    let source = r#"{"format": 1, "id": "q", "version": "1", "lang": "en", "title": "Review",
        "subject_label": "Boat", "sections": [{"id": "s", "title": "All", "questions": [
            {"id": "a", "title": "Safety", "text": "Is it safe?", "kind": "text"}]}],
        "translations": {"de": {"title": "Prüfung", "questions": {"a": {"text": "Ist es sicher?"}}}}}"#;
    fs::write(&file, source).unwrap();
    let file = file.to_str().unwrap();
    let validated = text(&run(dir.path(), &["validate", file], 0).stderr);
    let line = "Translation de: 2 of 5 texts. Missing: `subject_label`, `title` of the section `s`, \
                `title` of the question `a`.";
    assert!(validated.contains("Review: 1 question") && validated.contains(line), "{validated}");
    let german = text(&run(dir.path(), &["convert", file, "--lang", "de"], 0).stdout);
    assert!(german.contains("Ist es sicher?") && !german.contains("translations"), "{german}");
    run(dir.path(), &["new", file, "--subject", "Boat", "--lang", "de-CH", "--no-open"], 0);
    let report = text(&run(dir.path(), &["export", "boat", "--format", "json"], 0).stdout);
    assert!(report.contains("Ist es sicher?") && !report.contains("Is it safe?"), "{report}");
    let wrong = text(&run(dir.path(), &["validate", file, "--lang", "fr"], 3).stderr);
    assert!(wrong.contains("not translated into \"fr\"") && wrong.contains("--lang en or de"), "{wrong}");
    let id = run(dir.path(), &["new", "saas-security", "--subject", "X", "--lang", "de", "--no-open"], 3);
    assert!(text(&id.stderr).contains("saas-security is not translated"), "{}", text(&id.stderr));
}

#[test]
fn reports_are_written_in_every_format_and_nothing_else_is_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    run(dir.path(), &["answer", "boat", "external-tls", "--choice", "no"], 0);
    for (format, name, part) in [
        ("html", "r.html", "<!DOCTYPE html>"),
        ("csv", "r.csv", "section,id,title"),
        ("oscal", "r.json", "assessment-results"),
        ("summary.md", "r.md", "External TLS"),
    ] {
        let path = dir.path().join(name);
        let args = ["export", "boat", "--format", format, "--output", path.to_str().unwrap()];
        run(dir.path(), &args, 0);
        assert!(fs::read_to_string(&path).unwrap().contains(part), "{format}");
        run(dir.path(), &args, 0);
    }
    for format in ["xlsx", "audit"] {
        let path = dir.path().join(format!("{format}.xlsx"));
        run(dir.path(), &["export", "boat", "--format", format, "--output", path.to_str().unwrap()], 0);
        assert!(fs::read(&path).unwrap().starts_with(b"PK"));
    }
    let own = dir.path().join("mine.html");
    fs::write(&own, "<p>Mine</p>").unwrap();
    run(dir.path(), &["export", "boat", "--format", "html", "--output", own.to_str().unwrap()], 4);
    assert_eq!(fs::read_to_string(&own).unwrap(), "<p>Mine</p>");
    let template = dir.path().join("t.txt");
    fs::write(&template, "{{ subject }}\n{{ nothing }}\n").unwrap();
    let failed = run(dir.path(), &["export", "boat", "--format", template.to_str().unwrap()], 3);
    assert!(text(&failed.stderr).contains("t.txt: line 2, column 4"), "{}", text(&failed.stderr));
}

#[test]
fn without_a_format_the_name_of_the_output_says_it() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    let begins = [
        ("a.html", &b"<!DOCTYPE html>"[..]),
        ("a.HTM", b"<!DOCTYPE html>"),
        ("a.json", b"{"),
        ("a.csv", b"section"),
        ("a.xlsx", b"PK"),
        ("a.md", b"---"),
        ("a", b"---"),
    ];
    for (name, start) in begins {
        let path = dir.path().join(name);
        run(dir.path(), &["export", "boat", "--output", path.to_str().unwrap()], 0);
        let written = fs::read(&path).unwrap();
        assert!(written.starts_with(start), "{name}: {:?}", String::from_utf8_lossy(&written[..20]));
    }
}

/// The folder of a wiki in a git repository of Ann's.
fn wiki(dir: &Path) -> PathBuf {
    let wiki = dir.join("wiki");
    fs::create_dir(&wiki).unwrap();
    git(&wiki, &["init", "-q"]);
    git(&wiki, &["config", "user.name", "Ann"]);
    git(&wiki, &["config", "user.email", "ann@example.org"]);
    wiki
}

#[test]
fn a_page_is_merged_into_the_wiki_of_a_git_folder_and_committed_by_the_reviewer() {
    let dir = tempfile::tempdir().unwrap();
    let wiki = wiki(dir.path());
    fs::create_dir(wiki.join("security")).unwrap();
    let data = dir.path().join("data");
    run(&data, &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    run(&data, &["answer", "boat", "external-tls", "--choice", "yes", "--detail", "Ours."], 0);
    let folder = wiki.to_str().unwrap();
    let first = run(&data, &["publish", "boat", folder, "--message", "Review Boat"], 0);
    let page = text(&first.stdout).trim().to_owned();
    assert!(git(&wiki, &["log", "--format=%s"]).contains("Review Boat"));
    // The page is moved in the wiki and a colleague adds front matter and a sentence.
    let moved = wiki.join("security/boat.md");
    let old = fs::read_to_string(&page).unwrap();
    let edited = old.replacen("title:", "layout: docs\ntitle:", 1).replace("Ours.", "Ours. Theirs.");
    fs::write(&moved, edited).unwrap();
    fs::remove_file(&page).unwrap();
    git(&wiki, &["add", "-A"]);
    git(&wiki, &["commit", "-qm", "Move"]);
    run(&data, &["answer", "boat", "external-certificates", "--choice", "yes"], 0);
    let second = run(&data, &["publish", "boat", folder], 0);
    assert_eq!(text(&second.stdout).trim(), fs::canonicalize(&moved).unwrap().to_str().unwrap());
    let page = fs::read_to_string(&moved).unwrap();
    assert!(page.contains("layout: docs") && page.contains("Ours. Theirs."), "{page}");
    assert_eq!(git(&wiki, &["status", "--porcelain"]), "");
    assert_eq!(git(&wiki, &["log", "--format=%s"]).lines().count(), 3);
    let again = run(&data, &["publish", "boat", folder], 0);
    assert!(text(&again.stderr).contains("Nothing to commit."), "{}", text(&again.stderr));
    let outside = dir.path().join("plain");
    fs::create_dir(&outside).unwrap();
    run(&data, &["publish", "boat", outside.to_str().unwrap()], 4);
}

#[test]
fn evidence_is_published_with_the_page_and_committed_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let (wiki, data, file) = (wiki(dir.path()), dir.path().join("data"), dir.path().join("test.txt"));
    fs::write(&file, "Tested.").unwrap();
    run(&data, &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    run(&data, &["attach", "boat", "external-tls", file.to_str().unwrap()], 0);
    let publish = |evidence: &str, code| {
        run(&data, &["publish", "boat", wiki.to_str().unwrap(), "--evidence", evidence], code)
    };
    publish("../outside", 4);
    assert_eq!(git(&wiki, &["status", "--porcelain"]), "");
    publish("files", 0);
    assert_eq!(git(&wiki, &["status", "--porcelain"]), "");
    let committed = git(&wiki, &["ls-files"]);
    let copy = committed.lines().find(|path| path.starts_with("files/")).unwrap();
    assert_eq!(fs::read_to_string(wiki.join(copy)).unwrap(), "Tested.");
    let page = committed.lines().find(|path| path.ends_with(".md")).unwrap();
    assert!(fs::read_to_string(wiki.join(page)).unwrap().contains(&format!("]({copy})")));
}

#[test]
fn nothing_is_copied_beside_a_page_that_is_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let (wiki, data, file) = (wiki(dir.path()), dir.path().join("data"), dir.path().join("test.txt"));
    fs::write(&file, "Tested.").unwrap();
    run(&data, &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    let answer = |detail: &str| run(&data, &["answer", "boat", "external-tls", "--detail", detail], 0);
    answer("Once.");
    let page = text(&run(&data, &["publish", "boat", wiki.to_str().unwrap()], 0).stdout).trim().to_owned();
    fs::write(&page, fs::read_to_string(&page).unwrap().replace("Once.", "Theirs.")).unwrap();
    answer("Ours.");
    run(&data, &["attach", "boat", "external-tls", file.to_str().unwrap()], 0);
    let files = wiki.join("new/files");
    let refused = ["publish", "boat", wiki.to_str().unwrap(), "--evidence", "new/files"];
    run(&data, &refused, 1);
    run(&data, &["export", "boat", "--output", &page, "--evidence", files.to_str().unwrap()], 1);
    assert!(!wiki.join("new").exists());
    run(&data, &[&refused[..], &["--ours"]].concat(), 0);
    assert_eq!(fs::read_dir(&files).unwrap().count(), 1);
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.contains("Ours.") && written.contains("](new/files/"), "{written}");
}
