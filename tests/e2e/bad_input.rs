//! Wrong, truncated, huge and hostile input: one clear message, the right exit code, nothing changed.

use std::fs;
use std::path::Path;

use super::terminal::{Terminal, querist};

/// Runs a command that must fail with `code` and print `message` on standard error, in at most two lines.
#[track_caller]
fn fails(data: &Path, args: &[&str], code: i32, message: &str) {
    let output = querist(data, args);
    let printed = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {printed}");
    assert!(printed.contains(message), "{args:?}: {printed}");
    assert!(!printed.contains("panicked"), "{printed}");
    assert!(!printed.chars().any(|c| c.is_control() && c != '\n'), "{printed:?}");
    assert!(output.stdout.is_empty());
    assert!(printed.lines().count() <= 2, "{printed}");
}

#[test]
fn wrong_arguments_fail_with_a_hint() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path();
    querist(data, &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    fails(data, &["new", "nothing", "--subject", "x", "--no-open"], 3, "no questionnaire \"nothing\"");
    fails(data, &["new", "saas-security", "--subject", " ", "--no-open"], 2, "the subject is empty");
    fails(data, &["check", "nothing"], 3, "no session \"nothing\"");
    fails(data, &["check", "../../etc/passwd"], 3, "cannot read ../../etc/passwd");
    fails(data, &["export", "\u{1b}[31m"], 3, "no session \"␛[31m\"");
    fails(
        data,
        &["answer", "paper", "nothing", "--choice", "yes"],
        2,
        "\"nothing\" is not in the SaaS security",
    );
    fails(data, &["answer", "paper", "external-tls", "--choice", "maybe"], 2, "\"maybe\" is not a choice");
    fails(
        data,
        &["answer", "paper", "external-tls", "--link", "javascript:alert(1)"],
        2,
        "must start with https://, http:// or mailto:",
    );
}

#[test]
fn files_that_are_not_pages_are_rejected() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let page = dir.path().join("page.md");
    let path = page.to_str().unwrap();
    fails(&data, &["import", path], 3, "it does not exist");
    for (content, message) in [
        (&b"# Title\n"[..], "no table with the headings"),
        (b"", "no table with the headings"),
        (b"line\nb\xff\xfe", ":2:2: not UTF-8"),
        (b"\x00\x01\x02\x1b[31m", "no table with the headings"),
    ] {
        fs::write(&page, content).unwrap();
        fails(&data, &["import", path], 3, message);
    }
    let file = fs::File::create(&page).unwrap();
    file.set_len(100_000_000).unwrap();
    fails(&data, &["import", path], 3, "too large: 100 MB");
    fails(&data, &["validate", path], 3, "too large: 100 MB");
    fails(&data, &["import", dir.path().to_str().unwrap()], 3, "cannot read");
    assert!(!data.exists(), "nothing was created");
}

#[test]
fn broken_sessions_are_rejected_and_left_unchanged() {
    let dir = tempfile::tempdir().unwrap();
    let session = dir.path().join("s.json");
    let path = session.to_str().unwrap();
    for (content, message) in [
        (&b"{"[..], "EOF while parsing"),
        (b"[]", "s.json:1:"),
        (b"{\"format\":\"querist-session\",\"version\":7}", "newer Querist"),
        (b"\xff\xff", "s.json:1:1:"),
        (
            b"{\"format\":\"querist-session\",\"version\":1,\"seq\":0,\"session\":{\"subject\":3}}",
            "(in session.subject)",
        ),
        (
            b"{\"format\":\"querist-session\",\"version\":1,\"seq\":0,\n \
              \"session\":{\"subject\":\"s\",\"answers\":{\"q\":{\"links\":[{},{\"url\":3}]}}}}",
            "(in session.answers.q.links[1].url)",
        ),
    ] {
        fs::write(&session, content).unwrap();
        fails(dir.path(), &["export", path], 3, message);
        fails(dir.path(), &["check", path], 3, message);
        assert_eq!(fs::read(&session).unwrap(), content);
    }
    fs::write(&session, format!("{{\"session\": {{\"answers\": {}", "[".repeat(1_000_000))).unwrap();
    fails(dir.path(), &["export", path], 3, "invalid type");
    fs::write(&session, "{broken").unwrap();
    fails(dir.path(), &["export", path], 3, "s.json:1:2: key must be a string\n");
    let listed = querist(dir.path(), &["list"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("cannot be read"));
}

#[test]
fn escape_sequences_in_a_questionnaire_are_not_printed_with_its_problems() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("q.json");
    fs::write(&file, "{\"\u{9b}31m\u{202e}\": 1, \"id\": \"\\u001b[31m\"}").unwrap();
    let output = querist(dir.path(), &["validate", file.to_str().unwrap()]);
    let printed = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!printed.chars().any(|c| c.is_control() && c != '\n'), "{printed:?}");
    assert!(!printed.contains('\u{202e}'));
}

#[test]
fn an_existing_file_that_is_not_a_report_is_not_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    querist(dir.path(), &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    let file = dir.path().join("notes.md");
    fs::write(&file, "my notes\n").unwrap();
    let path = file.to_str().unwrap();
    fails(dir.path(), &["export", "paper", "--output", path], 4, "is not a report; nothing was written");
    fails(dir.path(), &["export", "paper", "--format", "json", "--output", path], 4, "is not a report");
    fails(dir.path(), &["export", "paper", "--output", "/nowhere/x.md"], 4, "/nowhere does not exist");
    assert_eq!(fs::read_to_string(&file).unwrap(), "my notes\n");
}

#[test]
fn control_characters_in_a_page_never_reach_the_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("page.md");
    let hostile = "---\ntitle: a\u{1b}]0;owned\u{7} b\u{202e}c security review\n---\n\n\u{1b}[2J\u{9b}31m\n\n\
        | Question | Answer | Detail |\n|---|---|---|\n\
        | Does the SaaS provider protect external data in transit using TLS? \
        | \u{1b}[31mYes | x\u{1b}[5m\u{8} [l](javascript:alert(1)) |\n";
    fs::write(&page, hostile).unwrap();
    let imported = querist(dir.path(), &["import", page.to_str().unwrap()]);
    assert_eq!(imported.status.code(), Some(0));
    let mut t = Terminal::start(dir.path(), &["open"], 100, 30, &[]);
    t.wait_for("1 · External TLS").wait_for("␛[5m");
    t.send("\x1bp").wait_for("Preview: page").wait_for("Preview: source").send("\x11");
    t.ended();
    let bytes = t.bytes();
    for bad in [&b"\x1b]0;owned"[..], b"\x1b[5m\x08", "\u{9b}".as_bytes(), "\u{202e}".as_bytes(), b"\x07"] {
        assert!(!bytes.windows(bad.len()).any(|w| w == bad), "{bad:?} was sent");
    }
}

#[test]
fn without_a_terminal_the_screen_reports_an_error_and_creates_nothing() {
    let dir = tempfile::tempdir().unwrap();
    fails(dir.path(), &[], 2, "the screen needs a terminal");
    fails(dir.path(), &["new", "saas-security", "--subject", "Boat"], 2, "the screen needs a terminal");
    assert_eq!(querist(dir.path(), &["list"]).stdout, b"");
}

#[test]
fn a_terminal_that_cannot_show_the_screen_points_to_the_interview_line_by_line() {
    let dir = tempfile::tempdir().unwrap();
    let args = ["new", "saas-security", "--subject", "Boat"];
    let mut t = Terminal::start(dir.path(), &args, 100, 30, &[("TERM", "dumb")]);
    t.wait_for("querist ask");
    assert_eq!(t.ended(), 2);
    assert_eq!(querist(dir.path(), &["list"]).stdout, b"");
}

#[test]
fn a_page_that_is_too_large_is_rejected_with_its_size() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("large.md");
    fs::File::create(&page).unwrap().set_len(70_000_000).unwrap();
    fails(dir.path(), &["import", page.to_str().unwrap()], 3, "is too large: 70 MB, the limit is 64 MB");
}
