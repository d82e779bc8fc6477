//! A second pair of eyes: comments, sending back, approvals and the log, without and with the screen.

use super::terminal::{Terminal, piped, run, text};

/// A session with one complete answer of Kim's.
fn session() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    author(&dir, "Kim <kim@example.org>");
    run(dir.path(), &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    let link = "https://a.example=Docs";
    let answer =
        ["answer", "boat", "event-logging", "--choice", "yes", "--detail", "For a year.", "--link", link];
    run(dir.path(), &answer, 0);
    dir
}

/// Makes somebody the author of what follows.
fn author(dir: &tempfile::TempDir, name: &str) {
    let config = dir.path().join("config");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("settings.json"), format!("{{\"author\": \"{name}\"}}")).unwrap();
}

#[track_caller]
fn check(dir: &tempfile::TempDir, args: &[&str], rule: &str, expected: bool) {
    let args = [&["check", "boat", "--exit-zero", "--json"], args].concat();
    let said = text(&run(dir.path(), &args, 0).stdout);
    let report: serde_json::Value = serde_json::from_str(&said).unwrap();
    let problems = report["sessions"][0]["problems"].as_array().unwrap();
    let found =
        problems.iter().any(|problem| problem["rule"] == rule && problem["question"] == "event-logging");
    assert_eq!(found, expected, "{rule}: {said}");
}

#[test]
fn an_answer_is_sent_back_changed_and_approved_by_somebody_else() {
    let dir = session();
    author(&dir, "Ann <ann@example.org>");
    run(dir.path(), &["comment", "boat", "event-logging", "Who says so?", "--send-back"], 0);
    check(&dir, &[], "sent-back", true);
    author(&dir, "Kim <kim@example.org>");
    run(dir.path(), &["answer", "boat", "event-logging", "--detail", "For a year, says the white paper."], 0);
    check(&dir, &[], "sent-back", false);
    check(&dir, &["--approved"], "not-approved", true);
    run(dir.path(), &["approve", "boat", "event-logging"], 0);
    check(&dir, &["--approved"], "not-approved", false);
    check(&dir, &["--approved", "--four-eyes"], "not-approved", true);
    author(&dir, "Ann <ann@example.org>");
    let approved = run(dir.path(), &["approve", "boat", "--all"], 0);
    assert!(text(&approved.stderr).contains("1 of 11 answers and parts are approved."));
    check(&dir, &["--approved", "--four-eyes"], "not-approved", false);
    let listed = text(&run(dir.path(), &["approve", "boat"], 0).stdout);
    assert!(listed.contains("event-logging: approved by Ann\n"), "{listed}");
    run(dir.path(), &["answer", "boat", "event-logging", "--note", "Not published."], 0);
    check(&dir, &["--approved"], "changed-since-approval", false);
    check(&dir, &["--approved", "--strict-approval"], "changed-since-approval", true);
    run(dir.path(), &["approve", "boat", "event-logging", "--withdraw"], 0);
    check(&dir, &["--approved", "--four-eyes"], "not-approved", true);
    let open = run(dir.path(), &["approve", "boat", "external-tls"], 2);
    assert!(text(&open.stderr).contains("not answered yet"), "{}", text(&open.stderr));
    let log = text(&run(dir.path(), &["log", "boat", "event-logging"], 0).stdout);
    for line in [
        "Ann sent back Event logging: Who says so?",
        "Kim approved Event logging",
        "Ann withdrew the approval",
    ] {
        assert!(log.contains(line), "{log}");
    }
    let exported = text(&run(dir.path(), &["export", "boat", "--format", "json"], 0).stdout);
    assert!(exported.contains("\"approved\"") && !exported.contains("Who says so?"), "{exported}");
    let page = text(&run(dir.path(), &["export", "boat"], 0).stdout);
    assert!(!page.contains("Who says so?") && !page.contains("Ann"), "{page}");
}

#[test]
fn the_log_lists_earlier_changes_too_as_the_journal_has_them() {
    let dir = session();
    author(&dir, "Ann <ann@example.org>");
    run(dir.path(), &["answer", "boat", "event-logging", "--detail", "For two years."], 0);
    let log = text(&run(dir.path(), &["log", "boat", "event-logging"], 0).stdout);
    let changes: Vec<&str> = log.lines().filter(|line| line.ends_with("changed Event logging")).collect();
    assert_eq!(changes.len(), 2, "{log}");
    assert!(changes[0].contains(" Kim ") && changes[1].contains(" Ann "), "{log}");
}

#[test]
fn a_report_of_which_everything_is_approved_is_signed_off_until_it_changes() {
    let dir = tempfile::tempdir().unwrap();
    author(&dir, "Kim <kim@example.org>");
    let form = dir.path().join("form.csv");
    std::fs::write(&form, "Question,Answer\nIs it good?,Yes\nIs it new?,No\n").unwrap();
    let new = ["new", form.to_str().unwrap(), "--subject", "Boat", "--no-open"];
    let id = text(&run(dir.path(), &new, 0).stdout).trim().to_owned();
    let approved = text(&run(dir.path(), &["approve", &id, "--all"], 0).stderr);
    assert!(approved.contains("The report is signed off.\n2 of 2 answers"), "{approved}");
    let state = || text(&run(dir.path(), &["approve", &id], 0).stdout);
    assert!(state().contains("report: signed off by Kim, "), "{}", state());
    run(dir.path(), &["answer", &id, "q-2", "--detail", "Since May."], 0);
    assert!(state().contains("report: changed since it was signed off by Kim, "), "{}", state());
}

#[test]
fn a_comment_is_read_from_standard_input_and_must_not_be_empty() {
    let dir = session();
    assert_eq!(
        piped(dir.path(), &["comment", "boat", "event-logging", "-"], "Two\nlines.\n").status.code(),
        Some(0)
    );
    assert_eq!(piped(dir.path(), &["comment", "boat", "event-logging", "-"], " \n").status.code(), Some(2));
    let log = text(&run(dir.path(), &["log", "boat", "--json"], 0).stdout);
    assert!(log.contains("Two\\nlines."), "{log}");
}

#[test]
fn on_the_screen_an_answer_is_commented_on_sent_back_and_approved_with_a_key_each() {
    let dir = session();
    let mut t = Terminal::start(dir.path(), &["open", "boat"], 100, 40, &[]);
    t.wait_for("8 · Event logging").send("\x071\r").wait_for("1 · External TLS");
    t.send("\x1bg").wait_for("Not approved: not answered yet.");
    t.send("\x078\r").wait_for("8 · Event logging");
    t.send(";").wait_for("for other reviewers").send("Ask Ann.\r").wait_for("Kim, 20").wait_for("Ask Ann.");
    t.send("\x1br").wait_for("Send back").send("Which logs?\r").wait_for("! Sent back by Kim");
    t.send("\x1bg").wait_for("Approved, as the author of the answer.").wait_for("9 · Customer-accessible");
    t.send("\x1b[5~").wait_for("Approved by Kim, the author");
    t.send("\r!").wait_for("! Changed since Kim approved it").wait_for("year.{+!+}");
    t.send("\x1a").wait_for("Approved by Kim, the author").send("\x11");
    t.ended();
}
