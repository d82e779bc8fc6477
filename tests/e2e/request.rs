//! Questions to the provider, and the reply.

use std::fs;

use super::terminal::{Terminal, piped, run, text};

#[test]
fn a_mail_is_answered_read_and_taken_into_the_answer() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    let mail = run(
        dir.path(),
        &["request", "boat", "--which", "event-logging,external-tls", "--due", "2027-01-15"],
        0,
    );
    let mail = text(&mail.stdout);
    assert!(mail.contains("Please reply by 2027-01-15."), "{mail}");
    let reply = mail.replacen("\nAnswer:", "\nAnswer: Yes, see [docs](https://boat.example/tls).", 1);
    let quoted: String = reply.lines().map(|line| format!("> {line}\r\n")).collect();
    let eml = format!(
        "From: Boat Support <support@boat.example>\r\nTo: ann@example.org\r\nSubject: Re: Questions\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello Ann,\r\n\r\n{quoted}"
    );
    let file = dir.path().join("reply.eml");
    fs::write(&file, eml).unwrap();
    let file = file.to_str().unwrap();
    let dry = run(dir.path(), &["reply", "boat", file, "--dry-run"], 0);
    assert_eq!(text(&dry.stdout), "external-tls: reply\nevent-logging: no reply\n");
    run(dir.path(), &["reply", "boat", file], 0);
    let again = run(dir.path(), &["reply", "boat", file], 0);
    assert!(text(&again.stdout).starts_with("external-tls: the same reply is here already"));
    let json = run(dir.path(), &["export", "boat", "--format", "json"], 0);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["requests"][0]["due"], "2027-01-15");
    let logging = &json["sections"][2]["questions"][0];
    assert_eq!(logging["asked_on"], json["requests"][0]["at"].as_str().unwrap()[..10]);
    assert!(!text(&run(dir.path(), &["export", "boat"], 0).stdout).contains("docs"), "only a comment so far");
    let mut t = Terminal::start(dir.path(), &["open"], 100, 30, &[]);
    t.wait_for("Reply from Boat Support").wait_for("Yes, see [docs]");
    t.send("<").wait_for("The reply is in the detail, as claimed.").wait_for("Basis: claimed");
    t.send("\x11");
    assert_eq!(t.ended(), 0);
    let page = text(&run(dir.path(), &["export", "boat"], 0).stdout);
    assert!(page.contains("| Yes | > Yes, see [docs](https://boat.example/tls)."), "{page}");
    let next = text(&run(dir.path(), &["request", "boat", "--which", "open"], 0).stdout);
    assert!(!next.contains("[Q external-tls]") && next.contains("no answer yet."), "{next}");
}

#[test]
fn unknown_and_repeated_tokens_are_kept_and_a_reply_without_tokens_matches_nothing() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    let reply = "Dear Ann\n[Q external-tls]\nYes\n[Q nowhere]\nWhat?\n[Q external-tls]\nNo\n";
    let output = piped(dir.path(), &["reply", "boat", "-", "--from", "Sam", "--json"], reply);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let results: Vec<&str> =
        json["parts"].as_array().unwrap().iter().map(|part| part["result"].as_str().unwrap()).collect();
    assert_eq!(
        results,
        ["reply; it was not asked", "unknown question, kept with the report", "another reply"]
    );
    assert_eq!(json["rest"], "Dear Ann");
    let stored = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
    let stored = stored.filter(|path| path.extension().is_some_and(|e| e == "json")).map(fs::read_to_string);
    let stored: String = stored.map(Result::unwrap).collect();
    for kept in ["Dear Ann", "[Q nowhere]", "\"Yes\"", "\"No\"", "\"by\": \"Sam\""] {
        assert!(stored.contains(kept), "{kept}: {stored}");
    }
    let nothing = piped(dir.path(), &["reply", "boat", "-"], "We will look into it.");
    assert_eq!(nothing.status.code(), Some(1));
    run(dir.path(), &["reply", "boat", "nowhere.txt"], 3);
    fs::write(dir.path().join("reply.csv"), "a,b\n").unwrap();
    run(dir.path(), &["reply", "boat", dir.path().join("reply.csv").to_str().unwrap()], 3);
    run(dir.path(), &["request", "boat", "--which", "nowhere"], 2);
    run(dir.path(), &["request", "boat", "--which", "bad"], 1);
}
