//! The properties, sections and questions of one session, without the screen and on it.

use super::terminal::{Terminal, querist};

fn run(dir: &tempfile::TempDir, args: &[&str]) -> String {
    let output = querist(dir.path(), args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn new_session(dir: &tempfile::TempDir) -> String {
    run(dir, &["new", "saas-security", "--subject", "Paperboat", "--no-open"])
}

#[test]
fn a_complete_page_can_be_produced_without_the_screen() {
    let dir = tempfile::tempdir().unwrap();
    let id = new_session(&dir);
    run(
        &dir,
        &[
            "page",
            &id,
            "--title",
            "Paperboat: a review",
            "--tag",
            "bronze",
            "--untag",
            "saas",
            "--published",
            "false",
        ],
    );
    run(
        &dir,
        &[
            "page",
            &id,
            "--set",
            "owner=kim",
            "--introduction",
            "Paperboat folds.",
            "--section",
            "Exporting data",
            "As CSV.",
        ],
    );
    run(&dir, &["page", &id, "--section", "Costs", "Little.", "--move-section", "Costs", "1"]);
    let question =
        run(&dir, &["question", &id, "add", "Who pays?", "--kind", "choice", "--answer-set", "yes-no"]);
    assert_eq!(question, "own-who-pays");
    run(&dir, &["answer", &id, &question, "--choice", "yes", "--detail", "We do."]);
    let page = run(&dir, &["export", &id]);
    let front = page.split("---").nth(1).unwrap();
    for line in [
        "title: \"Paperboat: a review\"",
        "description: Paperboat folds.",
        "published: false",
        "owner: kim",
        "bronze",
    ] {
        assert!(front.contains(line), "{line}: {front}");
    }
    assert!(page.contains("| Who pays? | Yes | We do. |"));
    assert!(page.contains("\n## Costs\n\nLittle.\n\n## Exporting data\n\nAs CSV."));
    let shown = run(&dir, &["page", &id]);
    assert!(shown.contains("title: Paperboat: a review (set)") && shown.contains("Section Costs: written"));
    run(&dir, &["question", &id, "remove", &question]);
    assert!(!run(&dir, &["export", &id]).contains("Who pays?"));
}

#[test]
fn wrong_arguments_of_page_and_question_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let id = new_session(&dir);
    let before = run(&dir, &["export", &id, "--format", "json"]);
    for args in [
        &["page", &id, "--title", "x", "--set", "no equals sign"][..],
        &["page", &id, "--title", "x", "--remove-section", "Nowhere"],
        &["page", &id, "--title", "x", "--move-section", "Exporting data", "7"],
        &["question", &id, "add", "x?", "--kind", "choice"],
        &["question", &id, "remove", "external-tls"],
        &["question", &id, "change", "nowhere", "--text", "x"],
    ] {
        assert_eq!(querist(dir.path(), args).status.code(), Some(2), "{args:?}");
    }
    let without_date =
        |json: &str| json.lines().filter(|l| !l.contains("\"date\"")).collect::<Vec<_>>().join("\n");
    assert_eq!(without_date(&run(&dir, &["export", &id, "--format", "json"])), without_date(&before));
}

#[test]
fn properties_sections_and_questions_are_changed_on_the_screen_and_undone() {
    let dir = tempfile::tempdir().unwrap();
    let id = new_session(&dir);
    let mut t = Terminal::start(dir.path(), &["open", &id], 120, 40, &[]);
    t.wait_for("1 · External TLS").send("\x1b").wait_for("f filter");
    t.send("a").wait_for("Add a question").send("Who pays?\r");
    t.wait_for("How is it answered?").send("t").wait_for("2 · Who pays?");
    t.send("We do.").wait_for("We do.").send("\x1b").wait_for("f filter");
    t.send("G").wait_for("┌ Conditions of use").send("a").wait_for("Add a section").send("Costs\r");
    t.wait_for("┌ Costs").send("Little.").wait_for("Little.").send("\x1b").wait_for("f filter");
    t.send("r").wait_for("Rename").send(" now\r").wait_for("┌ Costs now");
    t.send("kkkkk").wait_for("┌ Properties").wait_for("title: Paperboat security review");
    t.send("\r").send("title: Mine").wait_for("title: Mine (set)");
    t.send("\x11");
    t.ended();
    let page = run(&dir, &["export", &id]);
    assert!(page.contains("title: Mine\n") && page.contains("| Who pays? | We do. |"), "{page}");
    assert!(page.contains("## Costs now\n\nLittle."));
}
