//! The commands: what they print, and their exit codes.

use std::fs;
use std::process::Output;

use super::terminal::{Terminal, piped, querist};

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_session_is_created_answered_checked_and_exported_without_a_screen() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    let id = stdout(&run(&["new", "saas-security", "--subject", "Paperboat", "--no-open"]));
    let id = id.trim();
    assert!(id.starts_with("paperboat-saas-security-2"));
    let answer = run(&[
        "answer",
        "paper",
        "external-tls",
        "--choice",
        "Yes",
        "--qualifier",
        "app only",
        "--detail",
        "HTTPS | TLS.",
        "--link",
        "https://a.example/?q=1",
        "--link",
        "https://b.example=The manual",
        "--basis",
        "tested",
    ]);
    assert_eq!(answer.status.code(), Some(0), "{}", stderr(&answer));
    let page = stdout(&run(&["export", id]));
    let row = "| Yes (app only) | HTTPS \\| TLS.<br><br>[https://a.example/?q=1](https://a.example/?q=1), \
               [The manual](https://b.example) |";
    assert!(page.contains(row), "{page}");
    let check = run(&["check", id]);
    assert_eq!(check.status.code(), Some(1));
    assert_eq!(stdout(&check).lines().count(), 10);
    let json: serde_json::Value = serde_json::from_str(&stdout(&run(&["check", id, "--json"]))).unwrap();
    assert_eq!(json["sessions"][0]["problems"][0]["message"], "not answered yet");
    let json: serde_json::Value = serde_json::from_str(&stdout(&run(&["list", "--json"]))).unwrap();
    assert_eq!((json[0]["done"].as_u64(), json[0]["asked"].as_u64()), (Some(1), Some(11)));
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&run(&["export", id, "--format", "json"]))).unwrap();
    assert_eq!((&json["format"], &json["version"]), (&"querist-report".into(), &1.into()));
    assert_eq!(json["sections"][0]["questions"][0]["basis"], "tested");
}

#[test]
fn a_session_with_no_open_questions_passes_the_check() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    run(&["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&run(&["check", "paper", "--json"]))).unwrap();
    for open in json["sessions"][0]["problems"].as_array().unwrap() {
        let question = open["question"].as_str().unwrap();
        assert_eq!(run(&["answer", "paper", question, "--choice", "unknown"]).status.code(), Some(0));
    }
    assert_eq!(run(&["check", "paper"]).status.code(), Some(0));
}

#[test]
fn questionnaires_are_listed_and_validated() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    assert!(stdout(&run(&["questionnaires"])).contains("saas-security"));
    let file = dir.path().join("q.json");
    fs::write(&file, include_str!("../../questionnaires/saas-security.json")).unwrap();
    assert_eq!(run(&["validate", file.to_str().unwrap()]).status.code(), Some(0));
    let broken = include_str!("../../questionnaires/saas-security.json")
        .replace("\"title\": \"External TLS", "\"titel\": \"External TLS");
    fs::write(&file, broken).unwrap();
    let output = run(&["validate", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("unknown field `titel`"));
    assert!(stderr(&output).contains("2 problems."), "{}", stderr(&output));
    assert!(stderr(&output).contains('^') || stderr(&output).contains('━'));
}

#[test]
fn the_users_own_questionnaires_are_found_by_id() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("config").join("questionnaires");
    fs::create_dir_all(&folder).unwrap();
    let own = include_str!("../../questionnaires/saas-security.json")
        .replace("\"saas-security\",\n  \"version\"", "\"own\",\n  \"version\"");
    fs::write(folder.join("own.json"), own).unwrap();
    let output = querist(dir.path(), &["new", "own", "--subject", "X", "--no-open"]);
    assert!(stdout(&output).starts_with("x-own-2"), "{}", stderr(&output));
}

#[test]
fn an_export_keeps_what_others_changed_on_the_page() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    run(&["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    run(&["answer", "paper", "external-tls", "--choice", "yes", "--detail", "HTTPS."]);
    let page = dir.path().join("page.md");
    let path = page.to_str().unwrap();
    run(&["export", "paper", "--output", path]);
    let theirs = fs::read_to_string(&page)
        .unwrap()
        .replace("tags: saas-security, saas", "tags: mine\nowner: somebody")
        + "\n## Contract\n\nSigned.\n";
    fs::write(&page, &theirs).unwrap();
    let again = run(&["export", "paper", "--output", path]);
    assert!(stderr(&again).contains("up to date"), "{}", stderr(&again));
    run(&["answer", "paper", "external-tls", "--detail", "HTTPS only."]);
    run(&["export", "paper", "--output", path]);
    let new = fs::read_to_string(&page).unwrap();
    for kept in ["owner: somebody", "tags: mine", "## Contract\n\nSigned.", "| Yes | HTTPS only. |"] {
        assert!(new.contains(kept), "{kept}\n{new}");
    }
}

#[test]
fn man_pages_exist_for_the_program_and_for_each_command() {
    let dir = tempfile::tempdir().unwrap();
    assert!(stdout(&querist(dir.path(), &["man"])).contains(".TH querist"));
    let page = stdout(&querist(dir.path(), &["man", "export"]));
    assert!(page.contains(".TH querist-export") && page.contains("with\\-notes"), "{page}");
    assert!(stderr(&querist(dir.path(), &["man", "x"])).contains("Use new, open"));
}

#[test]
fn shells_complete_commands_and_the_ids_of_sessions_and_questionnaires() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().to_str().unwrap();
    querist(dir.path(), &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    // Calls the program as each shell's completion script does, with the line typed so far.
    let completions = |shell: &str, line: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_querist"));
        command.env("QUERIST_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", (line.len() + 2).to_string());
        command.env("QUERIST_CONFIG_DIR", dir.path().join("config"));
        stdout(&command.args(["--", "querist", "--data-dir", data]).args(line).output().unwrap())
    };
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            stdout(&querist(dir.path(), &["completions", shell])).contains("QUERIST_COMPLETE"),
            "{shell}"
        );
        assert!(completions(shell, &["questi"]).contains("questionnaires"), "{shell}");
        for command in ["open", "export", "check", "ask", "answer"] {
            assert!(
                completions(shell, &[command, "pap"]).contains("paperboat-saas-security-"),
                "{shell} {command}"
            );
        }
        for line in [&["new", "ven"] as &[&str], &["import", "page.md", "--questionnaire", "ven"]] {
            assert!(completions(shell, line).contains("vendor-baseline"), "{shell} {line:?}");
        }
    }
}

#[test]
fn in_a_real_bash_the_tab_key_completes_the_id_of_a_session() {
    let dir = tempfile::tempdir().unwrap();
    querist(dir.path(), &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_querist")).parent().unwrap().display().to_string();
    let line =
        format!("PATH=\"{bin}:$PATH\"; export QUERIST_DATA_DIR=\"$DATA\"; exec bash --norc --noprofile -i");
    let mut t = Terminal::shell(dir.path(), &line);
    t.send("PS1='> '; source <(querist completions bash); echo rea''dy\r").wait_for("ready");
    t.send("querist check pap\t").wait_for("querist check paperboat-saas-security-");
    t.send("\r").wait_for("External TLS");
    t.send("exit\r").ended();
}

#[test]
fn a_whole_interview_works_line_by_line_through_a_pipe() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    run(&["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    let input = "maybe\ny\nHTTPS only.\n..and TLS 1.3\n\nThird paragraph.\n.\njavascript:x\n\
                 https://a.example=Page\n\nskip\nback\nn\n.\n\nopen\nu\n.\n\nquit\n";
    let output = piped(dir.path(), &["ask", "paper"], input);
    let printed = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        printed.contains("\"maybe\" is not a choice. Use yes, no, partial, unknown or na.")
            && printed.contains("must start with https://, http:// or mailto:"),
        "{printed}"
    );
    assert!(printed.contains("Still open: No needs a detail."), "{printed}");
    assert!(printed.contains("1 of 11") || printed.contains("2 of 11"), "{printed}");
    let page = stdout(&run(&["export", "paper"]));
    let row =
        "| Yes | HTTPS only.<br>.and TLS 1.3<br><br>Third paragraph.<br><br>[Page](https://a.example) |";
    assert!(page.contains(row), "{page}");
    assert!(page.contains("correctly configured certificates? | No |  |"), "{page}");
    // Commands about an answer apply to its question. After the questions come the sections of the page.
    let rest = "/flag ask support\n/basis read\n/note mine\n/qualifier new hosts\n/x\n/basis guess\ny\nback\n\
                /nothing\nskip\nskip\nskip\nskip\nskip\nskip\nskip\nskip\nskip\nopen\n\
                A boat.\n\nIt floats.\n.\nAs CSV.\n";
    let printed = stdout(&piped(dir.path(), &["ask", "paper"], rest));
    assert!(printed.contains("Page: Introduction") && printed.contains("Page: Exporting data"), "{printed}");
    assert!(
        printed.contains("/x is not a command.") && printed.contains("\"guess\" is not a basis."),
        "{printed}"
    );
    assert!(printed.contains("flagged: ask support"), "{printed}");
    let json: String = stdout(&run(&["export", "paper", "--format", "json", "--with-notes"]));
    for words in
        ["A boat.\\n\\nIt floats.", "As CSV.", "ask support", "document_read", "\"mine\"", "new hosts"]
    {
        assert!(json.contains(words), "{words}: {json}");
    }
    let again = stdout(&piped(dir.path(), &["ask", "paper"], ""));
    assert!(again.contains("Page: Exporting data"), "it resumes where it stopped: {again}");
}

#[test]
fn settings_are_created_once_and_invalid_ones_do_not_prevent_work() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    assert!(stdout(&run(&["config"])).contains("\"theme\": \"terminal\""));
    assert_eq!(run(&["config", "--init"]).status.code(), Some(0));
    assert_eq!(run(&["config", "--init"]).status.code(), Some(4));
    let file = dir.path().join("config").join("settings.json");
    let text = fs::read_to_string(&file).unwrap().replace("\"terminal\",\n", "\"drak\",\n");
    fs::write(&file, text).unwrap();
    let invalid = run(&["config"]);
    assert_eq!(invalid.status.code(), Some(3));
    assert!(stderr(&invalid).contains("no theme \"drak\""), "{}", stderr(&invalid));
    let mut t = Terminal::start(dir.path(), &["new", "saas-security", "--subject", "P"], 100, 30, &[]);
    t.wait_for("1 · External TLS")
        .wait_for("The settings were not read: no theme")
        .send("y")
        .wait_for("● Yes")
        .send("\x11");
    assert_eq!(t.ended(), 0);
}

#[test]
fn a_file_that_is_not_a_page_does_not_prevent_the_import_of_others() {
    let dir = tempfile::tempdir().unwrap();
    let page = include_str!("../fixtures/paperboat.md");
    let mut args = vec!["import".to_owned()];
    for n in 0..20 {
        let path = dir.path().join(format!("page-{n}.md"));
        let text =
            if n == 13 { "No table.".to_owned() } else { page.replace("Paperboat", &format!("Boat {n}")) };
        fs::write(&path, text).unwrap();
        args.push(path.display().to_string());
    }
    let data = dir.path().join("data");
    let output = querist(&data, &args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("page-13.md"), "{}", stderr(&output));
    let ids = stdout(&output);
    let subjects: Vec<&str> = ids.lines().map(|id| id.split("-saas").next().unwrap()).collect();
    let expected: Vec<String> = (0..20).filter(|n| *n != 13).map(|n| format!("boat-{n}")).collect();
    assert_eq!(subjects, expected);
    assert_eq!(stdout(&querist(&data, &["list"])).lines().count(), 19);
}

#[cfg(unix)]
#[test]
fn a_command_that_takes_long_shows_its_progress() {
    let dir = tempfile::tempdir().unwrap();
    let page = include_str!("../fixtures/paperboat.md");
    let pages: Vec<_> = (0..24).map(|n| dir.path().join(format!("page-{n:02}.md"))).collect();
    // Two of the pages are pipes: reading one blocks until the test writes to it.
    for (n, path) in pages.iter().enumerate() {
        if n == 8 || n == 16 {
            assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        } else {
            fs::write(path, page).unwrap();
        }
    }
    let mut args = vec!["import"];
    args.extend(pages.iter().map(|path| path.to_str().unwrap()));
    let start = std::time::Instant::now();
    let mut t = Terminal::start(&dir.path().join("data"), &args, 100, 30, &[]);
    t.wait_for("paperboat-saas-security-");
    // Progress is shown only after a second.
    std::thread::sleep(std::time::Duration::from_millis(1200).saturating_sub(start.elapsed()));
    fs::write(&pages[8], page).unwrap();
    t.wait_for("pages read: 16 of 24");
    fs::write(&pages[16], page).unwrap();
    assert_eq!(t.ended(), 0);
}

#[test]
fn every_part_of_an_answer_can_be_cleared_and_a_text_may_begin_with_a_hyphen() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    run(&["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    let answer = |args: &[&str]| {
        let output = run(&[&["answer", "paper", "external-tls"], args].concat());
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        let report: serde_json::Value =
            serde_json::from_str(&stdout(&run(&["export", "paper", "--format", "json", "--with-notes"])))
                .unwrap();
        report["sections"][0]["questions"][0]["answer"].clone()
    };
    let set = answer(&[
        "--choice",
        "yes",
        "--qualifier",
        "-ish",
        "--detail",
        "- point",
        "--note",
        "-",
        "--flag",
        "-1",
        "--link",
        "https://a.example",
        "--link",
        "https://b.example",
        "--basis",
        "read",
    ]);
    assert_eq!((&set["detail"], &set["note"], &set["flag"]), (&"- point".into(), &"-".into(), &"-1".into()));
    let unlinked = answer(&["--clear", "links", "--clear", "choice", "--link", "https://c.example"]);
    assert_eq!(unlinked["links"].as_array().unwrap().len(), 1);
    let cleared = answer(&[
        "--clear",
        "choice",
        "--clear",
        "qualifier",
        "--clear",
        "detail",
        "--clear",
        "note",
        "--clear",
        "flag",
        "--clear",
        "links",
        "--clear",
        "basis",
        "--clear",
        "value",
    ]);
    run(&["new", "saas-security", "--subject", "Untouched", "--no-open"]);
    let untouched: serde_json::Value =
        serde_json::from_str(&stdout(&run(&["export", "untouched", "--format", "json", "--with-notes"])))
            .unwrap();
    assert_eq!(cleared, untouched["sections"][0]["questions"][0]["answer"]);
}

#[test]
fn a_hidden_question_is_only_answered_on_request() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    let showcase = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/showcase.json");
    run(&["new", showcase, "--subject", "Paperboat", "--no-open"]);
    let rejected = run(&["answer", "paper", "people", "--value", "3"]);
    assert_eq!(rejected.status.code(), Some(2));
    assert!(stderr(&rejected).contains("people is not asked"), "{}", stderr(&rejected));
    let forced = run(&["answer", "paper", "people", "--value", "3", "--hidden"]);
    assert_eq!(forced.status.code(), Some(0), "{}", stderr(&forced));
}

#[test]
fn a_page_is_imported_with_the_questionnaire_that_fits_or_with_its_own_questions() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    run(&["new", "vendor-baseline", "--subject", "Acme", "--no-open"]);
    let page = dir.path().join("page.md");
    fs::write(&page, stdout(&run(&["export", "acme"]))).unwrap();
    let imported = run(&["import", page.to_str().unwrap()]);
    assert!(stdout(&imported).starts_with("acme-vendor-baseline-"), "{}", stdout(&imported));
    assert_eq!(stderr(&imported), "");
    let table = "| Question | Answer | Detail |\n| --- | --- | --- |\n| Does it float? | Yes | |\n";
    let foreign = format!("---\ntitle: Boat\n---\n\n{table}");
    fs::write(&page, foreign).unwrap();
    let id = stdout(&run(&["import", page.to_str().unwrap()]));
    let report = stdout(&run(&["export", id.trim(), "--format", "json"]));
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let questions: Vec<&serde_json::Value> = report["sections"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|section| section["questions"].as_array().unwrap())
        .collect();
    assert_eq!(questions.len(), 1);
    assert_eq!(questions[0]["text"], "Does it float?");
    assert_eq!(report["subject"], "Boat");
}

#[test]
fn the_example_of_a_questionnaire_is_valid_and_starts_a_session() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| querist(dir.path(), args);
    let file = dir.path().join("mine.json");
    fs::write(&file, stdout(&run(&["questionnaires", "--example"]))).unwrap();
    let file = file.to_str().unwrap();
    let validated = run(&["validate", file]);
    assert_eq!(validated.status.code(), Some(0), "{}", stderr(&validated));
    assert_eq!(run(&["new", file, "--subject", "Files", "--no-open"]).status.code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    querist(dir.path(), &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    for args in [&["export", "paper"][..], &["list", "--json"], &["questionnaires", "--example"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_querist"))
            .args(args)
            .arg("--data-dir")
            .arg(dir.path())
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(4), "{args:?}");
        assert!(stderr(&output).contains("cannot write to standard output"), "{}", stderr(&output));
    }
}

#[test]
fn a_conflict_copy_of_a_sync_client_is_listed_as_one_and_can_be_brought_in() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let output = querist(dir.path(), args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let id = run(&["new", "saas-security", "--subject", "Paperboat", "--no-open"]).trim().to_owned();
    run(&["answer", &id, "event-logging", "--choice", "no"]);
    let copy = dir.path().join(format!("{id}.sync-conflict-20261122-101500-ABCDEFG.json"));
    std::fs::copy(dir.path().join(format!("{id}.json")), &copy).unwrap();
    run(&["answer", &id, "event-logging", "--clear", "choice"]);
    run(&["answer", &id, "external-tls", "--choice", "yes"]);
    let listed = run(&["list"]);
    assert!(listed.contains("a copy of") && listed.contains("querist merge"), "{listed}");
    run(&["merge", &id, copy.to_str().unwrap()]);
    assert!(!copy.exists() && !run(&["list"]).contains("a copy of"));
    let report = run(&["export", &id, "--format", "json"]);
    assert_eq!(report.matches("\"answered\": true").count(), 2, "both answers are there");
}
