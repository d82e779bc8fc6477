//! The gate: `check` in a pipeline, and where to look.

use std::fs;
use std::path::Path;

use super::terminal::{run, text};

/// A session in which every question is answered, and the evidence of one was read in 2025.
fn complete(data: &Path) {
    run(data, &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    let problems = text(&run(data, &["check", "boat"], 1).stdout);
    for line in problems.lines() {
        let id = line.rsplit_once('(').unwrap().1.trim_end_matches(')');
        run(data, &["answer", "boat", id, "--choice", "unknown"], 0);
    }
    run(data, &["check", "boat"], 0);
}

#[test]
fn the_exit_code_is_1_at_the_level_asked_for_in_every_format_and_3_if_a_session_cannot_be_read() {
    let dir = tempfile::tempdir().unwrap();
    complete(dir.path());
    run(
        dir.path(),
        &["answer", "boat", "event-logging", "--flag", "ask Kim", "--link", "https://a.example"],
        0,
    );
    for format in ["text", "json", "github", "sarif", "junit"] {
        let check = |code, more: &[&str]| {
            let args = [&["check", "boat", "--format", format], more].concat();
            text(&run(dir.path(), &args, code).stdout)
        };
        assert!(check(0, &[]).contains("ask Kim"), "a flag is a warning");
        check(1, &["--level", "warning"]);
        check(0, &["--level", "warning", "--exit-zero"]);
        assert!(!check(0, &["--level", "note", "--allow", "flagged"]).contains("ask Kim"));
        check(1, &["--deny", "flagged"]);
        assert!(check(1, &["--level", "warning", "--today", "2030-01-01"]).contains("read "));
        check(0, &["--level", "warning", "--allow", "flagged", "--today", "2030-01-01", "--days", "0"]);
    }
    run(dir.path(), &["check", "boat", "nothing"], 3);
    run(dir.path(), &["check"], 2);
    let unknown = run(dir.path(), &["check", "boat", "--deny", "nothing"], 2);
    assert!(text(&unknown.stderr).contains("the rules are conflict, open,"), "{}", text(&unknown.stderr));
    let id = text(&run(dir.path(), &["list", "--json"], 0).stdout);
    let id = serde_json::from_str::<serde_json::Value>(&id).unwrap()[0]["id"].as_str().unwrap().to_owned();
    fs::write(dir.path().join(format!("{id}.json")), "{").unwrap();
    fs::remove_file(dir.path().join(format!("{id}.journal"))).unwrap();
    let broken = run(dir.path(), &["check", "boat", "--format", "sarif", "--exit-zero"], 3);
    assert!(broken.stdout.is_empty(), "no result that looks like one");
}

#[test]
fn problems_are_located_in_the_session_file_and_on_the_page() {
    let dir = tempfile::tempdir().unwrap();
    complete(dir.path());
    run(dir.path(), &["answer", "boat", "event-logging", "--flag", "ask Kim"], 0);
    let problem = |args: &[&str]| -> (String, usize) {
        let json: serde_json::Value = serde_json::from_slice(&run(dir.path(), args, 0).stdout).unwrap();
        let problem = &json["sessions"][0]["problems"][0];
        (problem["file"].as_str().unwrap().to_owned(), problem["line"].as_u64().unwrap() as usize)
    };
    let line = |(file, line): (String, usize)| {
        fs::read_to_string(file).unwrap().lines().nth(line - 1).unwrap().trim().to_owned()
    };
    assert_eq!(line(problem(&["check", "boat", "--json"])), "\"event-logging\": {");
    let page = dir.path().join("boat.md");
    let page = page.to_str().unwrap();
    run(dir.path(), &["export", "boat", "--output", page], 0);
    let row = line(problem(&["check", "boat", "--json", "--page", page]));
    assert!(row.starts_with("| Does the SaaS provider collect logs of events?"), "{row}");
    run(dir.path(), &["check", "boat", "boat", "--page", page], 2);
    fs::write(page, "no table").unwrap();
    run(dir.path(), &["check", "boat", "--page", page], 3);
}

#[test]
fn contradictory_answers_fail_the_check_and_are_named() {
    let dir = tempfile::tempdir().unwrap();
    complete(dir.path());
    let answer = |question: &str, choice: &str| {
        let args =
            ["answer", "boat", question, "--choice", choice, "--detail", "d", "--link", "https://a.example"];
        run(dir.path(), &args, 0);
    };
    answer("event-logging", "no");
    answer("logs-for-client", "yes");
    let problems = text(&run(dir.path(), &["check", "boat"], 1).stdout);
    let expected = "error[contradiction]: Event logging: Logs are available to the client, \
                    yet no events are logged (event-logging)\n";
    assert_eq!(problems, expected);
}

#[test]
fn places_to_look_are_listed_once_the_domain_is_known() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["new", "saas-security", "--subject", "Boat & Co", "--no-open"], 0);
    let look = run(dir.path(), &["look", "boat", "transparency"], 0);
    assert_eq!(text(&look.stdout).lines().count(), 2, "{}", text(&look.stdout));
    assert!(text(&look.stderr).contains("3 places more with a domain"), "{}", text(&look.stderr));
    let look = run(dir.path(), &["look", "boat", "transparency", "--domain", "https://Boat.example/x"], 0);
    assert!(text(&look.stdout).contains("transparency: Trust centre: https://trust.boat.example\n"));
    assert!(text(&look.stdout).contains("?q=Boat%20%26%20Co%20SOC%202"), "{}", text(&look.stdout));
    run(dir.path(), &["look", "boat", "--domain", "boat"], 2);
    let all = run(dir.path(), &["look", "boat", "--json"], 0);
    let all: serde_json::Value = serde_json::from_slice(&all.stdout).unwrap();
    assert!(all.as_array().unwrap().len() > 11);
}

#[test]
fn evidence_of_a_kind_is_old_when_its_own_time_is_over() {
    let dir = tempfile::tempdir().unwrap();
    complete(dir.path());
    let link = ["--link", "https://a.example=Test", "--link-kind", "test"];
    run(dir.path(), &[&["answer", "boat", "external-tls"], &link[..]].concat(), 0);
    let link =
        ["--link", "https://b.example=ISO", "--link-kind", "certificate", "--link-expires", "2031-05-01"];
    run(dir.path(), &[&["answer", "boat", "external-tls"], &link[..]].concat(), 0);
    let old = |today: &str| text(&run(dir.path(), &["check", "boat", "--today", today], 0).stdout);
    let in_days =
        |days: i64| (jiff::Zoned::now().date() + jiff::SignedDuration::from_hours(24 * days)).to_string();
    assert_eq!(old(&in_days(90)), "");
    assert!(old(&in_days(91)).starts_with("warning[old]: External TLS: Test: read 91 days ago"));
    assert!(old("2031-05-02").contains("ISO: expired on 2031-05-01"));
}
