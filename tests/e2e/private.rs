//! What is kept private: forgetting, internal links and denied words.

use std::fs;
use std::path::Path;

use super::terminal::{Terminal, command, git, run, text};

fn create(data: &Path) {
    run(data, &["new", "saas-security", "--subject", "Kite", "--no-open"], 0);
}

fn answer(data: &Path, args: &[&str]) {
    run(data, &[&["answer", "kite", "external-tls"], args].concat(), 0);
}

/// The names of the files in a folder and in its folders that contain a text.
fn containing(folder: &Path, wanted: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(containing(&entry.path(), wanted));
        } else if String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).contains(wanted) {
            found.push(entry.file_name().into_string().unwrap());
        }
    }
    found
}

#[test]
fn a_deleted_token_is_forgotten_on_request_only() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path());
    let mut t = Terminal::start(dir.path(), &["open", "kite"], 100, 30, &[]);
    t.wait_for("Kite · SaaS security").send("\t").paste("hunter2secret").wait_for("hunter2secret");
    t.send("\x17").send("Kept.").wait_for("Kept.");
    let open = run(dir.path(), &["forget", "kite", "--yes"], 4);
    assert!(text(&open.stderr).contains("is open in another Querist"), "{}", text(&open.stderr));
    t.send("\x11");
    assert_eq!(t.ended(), 0);
    assert_eq!(containing(dir.path(), "hunter2secret").len(), 1);

    let refused = run(dir.path(), &["forget", "kite"], 2);
    let said = text(&refused.stderr);
    assert!(said.contains(".journal (a new one is started)") && said.contains("Use --yes"), "{said}");
    assert_eq!(containing(dir.path(), "hunter2secret").len(), 1);

    let mut t = Terminal::start(dir.path(), &["forget", "kite"], 100, 30, &[]);
    t.wait_for("Type y for yes.").send("n\r").wait_for("Nothing was removed.");
    assert_eq!(t.ended(), 1);
    let mut t = Terminal::start(dir.path(), &["forget", "kite"], 100, 30, &[]);
    t.wait_for("Type y for yes.").send("y\r").wait_for("Forgotten.");
    assert_eq!(t.ended(), 0);
    assert_eq!(containing(dir.path(), "hunter2secret"), Vec::<String>::new());
    assert!(text(&run(dir.path(), &["export", "kite"], 0).stdout).contains("Kept."));
}

#[test]
#[cfg(target_os = "linux")]
fn forgetting_that_is_killed_at_any_call_loses_nothing_and_can_be_done_again() {
    let dir = tempfile::tempdir().unwrap();
    let library = super::faults::build_fault_library(dir.path());
    let mut kills = 0;
    for call in 1.. {
        let data = dir.path().join(format!("data-{call}"));
        create(&data);
        answer(&data, &["--choice", "yes", "--detail", "hunter2secret"]);
        answer(&data, &["--detail", "Kept.", "--link", "https://a.example"]);
        let mut files = fs::read_dir(&data).unwrap().flatten().map(|entry| entry.path());
        let snapshot = files.find(|path| path.extension().is_some_and(|e| e == "json")).unwrap();
        let kept = format!("{}.before-2026-11-29", snapshot.display());
        fs::write(kept, "\"hunter2secret\"").unwrap();
        let output = command(&data, &["forget", "kite", "--yes"])
            .env("LD_PRELOAD", &library)
            .env("QUERIST_KILL_AT", call.to_string())
            .output()
            .unwrap();
        let page = text(&run(&data, &["export", "kite"], 0).stdout);
        assert!(page.contains("Yes | Kept.<br><br>[https://a.example]"), "killed at call {call}: {page}");
        run(&data, &["forget", "kite", "--yes"], 0);
        assert_eq!(containing(&data, "hunter2secret"), Vec::<String>::new(), "killed at call {call}");
        let page = text(&run(&data, &["export", "kite"], 0).stdout);
        assert!(page.contains("Yes | Kept.<br><br>[https://a.example]"), "killed at call {call}: {page}");
        match output.status.success() {
            true => break,
            false => kills += 1,
        }
    }
    assert!(kills >= 5, "only {kills} calls were counted");
}

#[test]
fn internal_links_are_printed_and_reported_only_on_request() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path());
    answer(dir.path(), &["--detail", "See https://c.example and https://a.example."]);
    answer(dir.path(), &["--link", "https://a.example"]);
    answer(dir.path(), &["--link", "https://wiki.example", "--link-internal"]);
    let printed = |args: &[&str]| text(&run(dir.path(), args, 0).stdout);
    assert_eq!(printed(&["links", "kite"]), "https://a.example\nhttps://c.example\n");
    assert_eq!(
        printed(&["links", "kite", "--internal"]),
        "https://a.example\nhttps://wiki.example\nhttps://c.example\n"
    );
    for format in ["markdown", "html", "csv", "json", "oscal", "summary.md"] {
        assert!(!printed(&["export", "kite", "--format", format]).contains("wiki.example"), "{format}");
        let shows = printed(&["export", "kite", "--with-notes", "--format", format]).contains("wiki.example");
        assert_eq!(shows, format == "json", "{format}");
    }
}

#[test]
fn denied_words_keep_a_report_from_being_written() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path());
    answer(dir.path(), &["--detail", "Kept.\nBy INITECH, in Project Blue."]);
    let list = dir.path().join("deny.txt");
    fs::write(&list, "# customers\n\nInitech\nproject blue\n").unwrap();
    let list = list.to_str().unwrap();
    let output = dir.path().join("kite.md");
    let file = output.to_str().unwrap();
    for format in ["markdown", "html", "csv", "json", "oscal", "xlsx", "audit", "letter.txt"] {
        let refused = run(dir.path(), &["export", "kite", "--format", format, "--deny-words", list], 1);
        assert_eq!(text(&refused.stdout), "", "{format}");
        let said = text(&refused.stderr);
        let expected = "external-tls (detail), line 2: \"Initech\" in: By INITECH, in Project Blue.";
        assert!(said.contains(expected) && said.contains("\"project blue\""), "{format}: {said}");
        run(dir.path(), &["export", "kite", "--format", format, "--deny-words", list, "--output", file], 1);
        assert!(!output.exists(), "{format}");
    }
    let wiki = dir.path().join("wiki");
    fs::create_dir(&wiki).unwrap();
    git(&wiki, &["init", "-q"]);
    git(&wiki, &["config", "user.name", "Kim"]);
    git(&wiki, &["config", "user.email", "kim@a.example"]);
    run(dir.path(), &["publish", "kite", wiki.to_str().unwrap(), "--deny-words", list], 1);
    assert_eq!(fs::read_dir(&wiki).unwrap().count(), 1);
    answer(dir.path(), &["--detail", "Kept by the initechs."]);
    let message = ["--message", "For Initech"];
    let publish = ["publish", "kite", wiki.to_str().unwrap(), "--deny-words", list];
    run(dir.path(), &[&publish[..], &message].concat(), 1);
    run(dir.path(), &publish, 0);
    run(dir.path(), &["export", "kite", "--deny-words", list, "--output", file], 0);
    fs::write(&output, fs::read_to_string(&output).unwrap() + "\nInitech asked for this.\n").unwrap();
    run(dir.path(), &["export", "kite", "--deny-words", list, "--output", file], 1);
    run(dir.path(), &["export", "kite", "--deny-words", "/nowhere"], 3);
}

#[test]
fn denied_words_in_the_name_of_a_file_keep_it_from_being_copied() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path());
    let (file, list) = (dir.path().join("Tested by Initech.txt"), dir.path().join("deny.txt"));
    fs::write(&file, "Tested.").unwrap();
    fs::write(&list, "initech\n").unwrap();
    let label = ["--label", "Test"];
    run(dir.path(), &[&["attach", "kite", "external-tls", file.to_str().unwrap()], &label[..]].concat(), 0);
    let (wiki, list) = (dir.path().join("wiki"), list.to_str().unwrap());
    fs::create_dir(&wiki).unwrap();
    git(&wiki, &["init", "-q"]);
    let copies = wiki.join("files");
    let (output, copies) = (wiki.join("kite.md"), copies.to_str().unwrap());
    let deny = ["--deny-words", list, "--evidence"];
    let publish = [&["publish", "kite", wiki.to_str().unwrap()], &deny[..], &["files"]].concat();
    let export = |more: &[&'static str]| -> Vec<String> {
        let args = [&["export", "kite"], &deny[..], &[copies], more].concat();
        args.into_iter().map(str::to_owned).collect()
    };
    let to_file = ["--output", output.to_str().unwrap()].map(str::to_owned);
    let mut commands = vec![publish.into_iter().map(str::to_owned).collect()];
    commands.extend([export(&[]), export(&["--format", "xlsx"])]);
    commands.push([export(&["--format", "html"]), to_file.to_vec()].concat());
    for command in commands {
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let said = text(&run(dir.path(), &command, 1).stderr);
        assert!(said.contains("-Tested-by-Initech.txt") && said.contains("Nothing was written."), "{said}");
        assert_eq!(fs::read_dir(&wiki).unwrap().count(), 1, "{command:?}");
    }
}
