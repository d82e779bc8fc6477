//! Searching every session.

use super::terminal::{Terminal, run, text};

#[test]
fn an_answer_of_another_session_is_found_and_used_again() {
    let dir = tempfile::tempdir().unwrap();
    for subject in ["Kite", "Raft"] {
        run(dir.path(), &["new", "saas-security", "--subject", subject, "--no-open"], 0);
    }
    let detail = "Every host refuses TLS 1.1 since the audit of Maundy Thursday.";
    run(dir.path(), &["answer", "kite", "external-tls", "--choice", "yes", "--detail", detail], 0);
    let found = run(dir.path(), &["search", "maundy", "thurs"], 0);
    assert!(text(&found.stdout).starts_with("Kite: External TLS: Yes (kite-"), "{}", text(&found.stdout));
    assert!(text(&found.stdout).contains("audit of Maundy Thursday"));
    let json = run(dir.path(), &["search", "maundy", "--json"], 0);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&json[0]["subject"], &json[0]["detail"]), (&"Kite".into(), &detail.into()));
    run(dir.path(), &["search", "nowhere"], 1);
    run(dir.path(), &["search"], 2);
    let mut t = Terminal::start(dir.path(), &["open", "raft"], 100, 30, &[]);
    t.wait_for("Raft · SaaS security").send("\x1bi").wait_for("Every host refuses TLS 1.1");
    t.send("\r").wait_for("Words and links added, as claimed.").wait_for("Basis: claimed");
    t.send("\x1bsmaundy").wait_for("Kite · External TLS").wait_for("Raft · External TLS");
    t.send("\x11");
    assert_eq!(t.ended(), 0);
}
