//! Sections that are answered several times, without the screen.

use super::terminal::querist;

const ENVIRONMENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/environments.json");

fn run(dir: &tempfile::TempDir, args: &[&str]) -> String {
    let output = querist(dir.path(), args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The rows of the table of a page.
fn rows(page: &str) -> Vec<&str> {
    page.lines().filter(|line| line.starts_with("| ") && !line.contains("---")).skip(1).collect()
}

#[test]
fn a_section_is_answered_for_two_environments_published_and_reviewed_again() {
    let dir = tempfile::tempdir().unwrap();
    let id = run(&dir, &["new", ENVIRONMENTS, "--subject", "Paperboat", "--no-open"]);
    assert_eq!(run(&dir, &["instance", &id, "add", "env", "Live"]), "env");
    assert_eq!(run(&dir, &["instance", &id, "add", "env", "Test"]), "env-test");
    run(&dir, &["instance", &id, "rename", "env", "Production"]);
    run(&dir, &["answer", &id, "keys", "--choice", "yes", "--detail", "Each month."]);
    run(&dir, &["answer", &id, "keys-test", "--choice", "no"]);
    let page = run(&dir, &["export", &id]);
    let expected =
        ["| Production: Are keys rotated? | Yes | Each month. |", "| Test: Are keys rotated? | No |  |"];
    assert!(expected.iter().all(|row| rows(&page).contains(row)), "{page}");

    let next = run(&dir, &["new", "--from", &id, "--no-open"]);
    assert!(run(&dir, &["export", &next]).contains("Test: Are keys rotated?"));
    run(&dir, &["instance", &next, "remove", "env-test"]);
    assert!(!run(&dir, &["export", &next]).contains("Test:"));

    // Somebody else reads the page back with the questionnaire, which knows no instances.
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("page.md");
    std::fs::write(&path, format!("{page}\n")).unwrap();
    let read = run(&other, &["import", path.to_str().unwrap(), "--questionnaire", ENVIRONMENTS]);
    run(&other, &["answer", &read, "keys-test", "--choice", "yes", "--detail", "Too."]);
    assert!(run(&other, &["export", &read]).contains("| Test: Are keys rotated? | Yes | Too. |"));
}

#[test]
fn an_instance_that_is_not_possible_changes_nothing_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let id = run(&dir, &["new", ENVIRONMENTS, "--subject", "Paperboat", "--no-open"]);
    run(&dir, &["instance", &id, "add", "env", "Live"]);
    for (args, expected) in [
        (&["add", "all", "x"][..], "all: this section is answered only once"),
        (&["add", "nowhere", "x"], "no section of questions \"nowhere\""),
        (&["add", "env", "LIVE"], "env: there is one with this name already"),
        (&["rename", "env", " "], "env: the name is empty"),
    ] {
        let output = querist(dir.path(), &[&["instance", &id], args].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.contains(expected)), (Some(2), true), "{said}");
    }
    assert!(run(&dir, &["export", &id]).contains("Live: Are keys rotated?"));
}
