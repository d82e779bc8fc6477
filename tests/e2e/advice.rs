//! Advice on questionnaires, and how old their content is.

use std::fs;

use super::terminal::{run, text};

#[test]
fn advice_is_given_only_on_request_with_its_place_and_exit_code_1() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("q.json");
    let source = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/example.json"));
    let source = source.unwrap();
    fs::write(&file, &source).unwrap();
    let path = file.to_str().unwrap();
    let none = run(dir.path(), &["validate", path, "--advice"], 0);
    assert!(text(&none.stderr).contains("no problems.\nAdvice: 0 suggestions.\n"), "{}", text(&none.stderr));
    let asked = "Is the system backed up?";
    assert!(source.contains(asked));
    fs::write(&file, source.replace(asked, "Is there a backup, and is it tested?")).unwrap();
    run(dir.path(), &["validate", path], 0);
    let found = run(dir.path(), &["validate", path, "--advice"], 1);
    let found = text(&found.stderr);
    assert!(found.contains(&format!("warning: {path}:")), "{found}");
    assert!(found.contains("this asks two questions at once"), "{found}");
    assert!(found.contains("Advice: 1 suggestion."), "{found}");
    run(dir.path(), &["validate", path, "--today", "2026-11-29"], 2);
}

#[test]
fn claims_are_old_a_year_later_and_the_list_says_from_when_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/saas-security.json");
    run(dir.path(), &["validate", file, "--advice", "--today", "2027-11-30"], 0);
    let old = text(&run(dir.path(), &["validate", file, "--advice", "--today", "2027-12-01"], 1).stderr);
    assert!(old.contains("what held as of November 2026 is more than a year old"), "{old}");
    let list = text(&run(dir.path(), &["questionnaires"], 0).stdout);
    let line = list.lines().find(|line| line.starts_with("saas-security")).unwrap();
    assert!(line.ends_with("Facts as of November 2026."), "{line}");
    let line = list.lines().find(|line| line.starts_with("cloud-platform")).unwrap();
    assert!(line.contains("Facts as of ") && line.contains(" to November 2026."), "{line}");
    let json = run(dir.path(), &["questionnaires", "--json"], 0);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json[0]["facts"], serde_json::json!({"oldest": "2026-11", "newest": "2026-11"}));
    assert_eq!(json[2]["facts"], serde_json::Value::Null);
}
