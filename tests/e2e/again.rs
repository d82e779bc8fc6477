//! Reviewing a subject again.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::terminal::querist;

/// A page that was published a year ago.
const PAGE: &str = include_str!("../fixtures/paperboat.md");

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().trim().to_owned()
}

/// Runs the program, which must succeed.
#[track_caller]
fn run(data: &Path, args: &[&str]) -> Output {
    let output = querist(data, args);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    output
}

#[test]
fn a_page_is_reviewed_again_and_only_what_changed_differs_on_it() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("paperboat.md");
    let published = PAGE.replace("DATE", "2025-11-20T10:00:00.000Z");
    fs::write(&page, &published).unwrap();
    let page_name = page.to_str().unwrap();
    let created = run(dir.path(), &["new", "--from", page_name, "--no-open"]);
    assert!(text(&created.stderr).starts_with("11 unchanged"), "{}", text(&created.stderr));
    let id = text(&created.stdout);
    let json: serde_json::Value =
        serde_json::from_slice(&run(dir.path(), &["export", &id, "--format", "json"]).stdout).unwrap();
    let questions: Vec<&serde_json::Value> = json["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|s| s["questions"].as_array().unwrap())
        .collect();
    assert!(questions.iter().all(|question| question["answered"] == false));
    let before = &questions[0]["previous"];
    assert_eq!((before["match"].as_str(), before["day"].as_str()), (Some("same"), Some("2025-11-20")));
    for question in &questions {
        let question = question["id"].as_str().unwrap();
        let output = querist(dir.path(), &["answer", &id, question, "--carry-over"]);
        assert!(output.status.code() <= Some(1), "{question}: {}", text(&output.stderr));
        // What was not good has to be chosen again.
        if let Some(left) = text(&output.stderr).split_once(" was ").map(|(_, left)| left.to_owned()) {
            let label = left.trim_end_matches(". Choose again.");
            run(dir.path(), &["answer", &id, question, "--choice", label]);
        }
    }
    run(dir.path(), &["page", &id, "--carry-over"]);
    run(dir.path(), &["answer", &id, "event-logging", "--detail", "Kept for two years."]);
    let again = querist(dir.path(), &["answer", &id, "external-certificates", "--carry-over"]);
    assert_eq!(again.status.code(), Some(1), "there is nothing left to take over");
    // Compared with another service, asked about, answered by the provider, and checked, before it is
    // published.
    run(dir.path(), &["new", "saas-security", "--subject", "Kite", "--no-open"]);
    let compared = text(&run(dir.path(), &["compare", &id, "kite", "--differing"]).stdout);
    assert!(compared.contains("Event logging"), "{compared}");
    let mail = text(&run(dir.path(), &["request", &id, "--which", "event-logging"]).stdout);
    let reply = mail.replacen("\nAnswer:", "\nAnswer: Yes, for two years.", 1);
    fs::write(dir.path().join("reply.txt"), reply).unwrap();
    let read = run(dir.path(), &["reply", &id, dir.path().join("reply.txt").to_str().unwrap()]);
    assert_eq!(text(&read.stdout), "event-logging: reply");
    let gate = querist(dir.path(), &["check", &id, "--page", page_name, "--json"]);
    let gate: serde_json::Value = serde_json::from_slice(&gate.stdout).unwrap();
    let problems = gate["sessions"][0]["problems"].as_array().unwrap();
    assert!(problems.iter().all(|problem| problem["rule"] != "open"), "{problems:?}");
    run(dir.path(), &["export", &id, "--output", page_name]);
    let without_date = |page: &str| {
        let lines = page.lines().filter(|line| !line.starts_with("date: ")).map(str::to_owned);
        lines.collect::<Vec<_>>().join("\n")
    };
    let expected = published.replace("Kept for a year.", "Kept for two years.");
    assert_eq!(without_date(&fs::read_to_string(&page).unwrap()), without_date(&expected));
}

#[test]
fn two_sessions_are_compared_in_each_format_and_the_exit_code_says_whether_they_differ() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("paperboat.md");
    fs::write(&page, PAGE.replace("DATE", "2025-11-20T10:00:00.000Z")).unwrap();
    let page = page.to_str().unwrap();
    let diff = |args: &[&str]| querist(dir.path(), &[&["diff"], args].concat());
    assert_eq!(diff(&[page, page]).status.code(), Some(0));
    let id = text(&run(dir.path(), &["import", page]).stdout);
    run(
        dir.path(),
        &["answer", &id, "event-logging", "--choice", "no", "--detail", "Kept for a whole year."],
    );
    let output = diff(&[page, &id]);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stdout);
    assert!(
        shown.contains("Event logging: answer changed (event-logging)\n  Answer: Yes -> No\n"),
        "{shown}"
    );
    assert!(shown.contains("  Detail: Kept for a {+whole+} year."), "{shown}");
    assert!(!shown.contains("External TLS"));
    let markdown = text(&diff(&[page, &id, "--format", "markdown"]).stdout);
    assert!(markdown.contains("| Event logging | Yes | No |"), "{markdown}");
    assert!(markdown.contains("- Detail: Kept for a **whole** year."), "{markdown}");
    let json: serde_json::Value =
        serde_json::from_slice(&diff(&[page, &id, "--format", "json"]).stdout).unwrap();
    assert_eq!((&json["format"], &json["version"]), (&"querist-diff".into(), &1.into()));
    assert_eq!((&json["counts"]["verdict"], &json["items"][0]["id"]), (&1.into(), &"event-logging".into()));
    assert!(diff(&[page, &id, "--quiet"]).stdout.is_empty());
    let again = text(&run(dir.path(), &["new", "--from", &id, "--no-open"]).stdout);
    let previous = format!("{again}@previous");
    assert_eq!(diff(&[&previous, &again]).status.code(), Some(1));
    assert_eq!(diff(&[&previous, &id]).status.code(), Some(2));
}

#[test]
fn a_session_is_due_a_year_after_its_last_change_unless_there_is_a_newer_one() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    let due = |days: &str| text(&run(dir.path(), &["list", "--due", days, "--json"]).stdout);
    assert_eq!((due("365").as_str(), due("0").matches("\"id\"").count()), ("[]", 1));
    run(dir.path(), &["new", "--from", "paper", "--no-open"]);
    assert_eq!(due("0").matches("\"id\"").count(), 1, "only the newest");
}
