//! Files that serve as evidence, end to end.

use std::fs;
use std::path::{Path, PathBuf};

use super::terminal::{Terminal, run, text};

/// A session about Boat and a file that is not in its folder.
struct Boat {
    data: tempfile::TempDir,
    files: tempfile::TempDir,
    id: String,
}

impl Boat {
    fn new() -> Self {
        let (data, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let new = run(data.path(), &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
        let id = text(&new.stdout).trim().to_owned();
        Self { data, files, id }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.files.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Runs a command; returns what it printed on standard output and on standard error.
    fn run(&self, args: &[&str], code: i32) -> (String, String) {
        let output = run(self.data.path(), args, code);
        (text(&output.stdout), text(&output.stderr))
    }

    fn attach(&self, question: &str, file: &str, more: &[&str]) {
        self.run(&[&["attach", "boat", question, file], more].concat(), 0);
    }

    fn folder(&self) -> PathBuf {
        self.data.path().join(format!("{}.evidence", self.id))
    }

    fn listed(&self) -> Vec<serde_json::Value> {
        serde_json::from_str(&self.run(&["evidence", "boat", "--json"], 0).0).unwrap()
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_attached_listed_checked_and_a_flipped_byte_is_found() {
    let boat = Boat::new();
    let file = boat.file("Pen test.pdf", b"abc");
    boat.attach("external-tls", &file, &["--day", "2026-05-01", "--label", "Pen test 2026"]);
    assert_eq!(names(&boat.folder()), ["ba7816bf-Pen-test.pdf"]);
    let (list, _) = boat.run(&["evidence", "boat"], 0);
    assert_eq!(list, "Pen test.pdf    3 bytes  2026-05-01  stored   external-tls\n");
    assert!(boat.run(&["evidence", "boat", "--verify"], 0).0.contains("intact"));
    let stored = boat.folder().join("ba7816bf-Pen-test.pdf");
    fs::write(&stored, b"abd").unwrap();
    assert!(boat.run(&["evidence", "boat", "--verify"], 1).0.contains("changed"));
    let problem = |code| boat.run(&["check", "boat", "--allow", "open", "--allow", "old"], code).0;
    let expected = "error[evidence-changed]: External TLS: Pen test 2026: the file has changed since it was \
                    attached (external-tls)\n";
    assert_eq!(problem(1), expected);
    fs::remove_dir_all(boat.folder()).unwrap();
    assert!(problem(1).starts_with("error[evidence-missing]: External TLS: Pen test 2026: the file is"));
    assert!(boat.run(&["evidence", "boat", "--verify"], 1).0.contains("missing"));
    assert!(boat.run(&["evidence", "boat"], 0).0.contains("missing"));
}

#[test]
fn identical_bytes_are_stored_once_and_a_replaced_file_stays() {
    let boat = Boat::new();
    let (file, copy) = (boat.file("a.txt", b"abc"), boat.file("b.txt", b"abc"));
    boat.attach("external-tls", &file, &[]);
    boat.attach("external-tls", &copy, &[]);
    boat.attach("event-logging", &file, &["--source", "https://a.example"]);
    assert_eq!(names(&boat.folder()), ["ba7816bf-a.txt"]);
    assert!(boat.run(&["attach", "boat", "external-tls", &file], 0).1.contains("already"));
    let listed = boat.listed();
    assert_eq!(listed.len(), 3);
    let newer = boat.file("c.txt", b"newer");
    boat.attach("external-tls", &newer, &["--replace", listed[0]["id"].as_str().unwrap()]);
    let listed = boat.listed();
    assert_eq!((listed.len(), names(&boat.folder()).len()), (4, 2));
    assert_eq!((&listed[0]["questions"], &listed[0]["state"]), (&serde_json::json!([]), &"stored".into()));
    assert!(boat.run(&["evidence", "boat"], 0).0.contains("https://a.example, as saved by"));
}

#[test]
#[cfg(unix)]
fn what_cannot_be_attached_is_refused_with_the_reason_and_changes_nothing() {
    let boat = Boat::new();
    let file = boat.file("a.txt", b"abc");
    let link = boat.files.path().join("link.txt");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let large = boat.file("large.bin", b"");
    fs::File::options().write(true).open(&large).unwrap().set_len(26_000_000).unwrap();
    let refused = |args: &[&str], code| boat.run(&[&["attach", "boat"], args].concat(), code).1;
    let link = refused(&["external-tls", link.to_str().unwrap()], 3);
    assert!(link.contains("is a symbolic link or not a regular file"), "{link}");
    assert!(refused(&["external-tls", &large], 3).contains("26 MB, the limit is 25 MB"));
    refused(&["external-tls", boat.files.path().to_str().unwrap()], 3);
    refused(&["external-tls", "/nowhere"], 3);
    refused(&["nowhere", &file], 2);
    refused(&["external-tls", &file, "--source", "javascript:x"], 2);
    refused(&["external-tls", &file, "--replace", "0123"], 2);
    assert_eq!(boat.listed(), [serde_json::Value::Null; 0]);
    assert!(!boat.folder().exists());
}

#[test]
fn a_report_names_files_and_links_to_copies_of_them_only_if_that_is_asked_for() {
    let boat = Boat::new();
    boat.attach("external-tls", &boat.file("Pen test.pdf", b"abc"), &["--day", "2026-05-01"]);
    let (page, copies) = (boat.files.path().join("wiki/boat.md"), boat.files.path().join("wiki/boat files"));
    fs::create_dir(page.parent().unwrap()).unwrap();
    let [page, copies] = [&page, &copies].map(|path| path.to_str().unwrap());
    boat.run(&["export", "boat", "--output", page], 0);
    let plain = fs::read_to_string(page).unwrap();
    assert!(plain.contains("| Evidence on file: Pen test.pdf (2026-05-01) |"), "{plain}");
    assert!(!Path::new(copies).exists());
    let (_, said) = boat.run(&["export", "boat", "--output", page, "--evidence", copies], 0);
    assert!(said.contains("Copied 1 file to "), "{said}");
    let linked = fs::read_to_string(page).unwrap();
    let link = "[Pen test.pdf](boat%20files/ba7816bf-Pen-test.pdf) (2026-05-01)";
    assert!(linked.contains(link) && !linked.contains("evidence:"), "{linked}");
    assert_eq!(fs::read(Path::new(copies).join("ba7816bf-Pen-test.pdf")).unwrap(), b"abc");
    fs::remove_dir_all(boat.folder()).unwrap();
    let html = Path::new(page).with_extension("html");
    let args = ["export", "boat", "--output", html.to_str().unwrap(), "--evidence", copies];
    assert!(boat.run(&args, 0).1.contains("Pen test.pdf is missing or has changed; it was not copied"));
    assert!(!fs::read_to_string(html).unwrap().contains("evidence:"));
}

#[test]
fn a_session_that_continues_another_one_has_its_files_too() {
    let boat = Boat::new();
    boat.attach("external-tls", &boat.file("a.txt", b"abc"), &[]);
    boat.run(&["answer", "boat", "external-tls", "--choice", "yes"], 0);
    let (id, _) = boat.run(&["new", "--from", &boat.id, "--subject", "Raft", "--no-open"], 0);
    assert_eq!(names(&boat.data.path().join(format!("{}.evidence", id.trim()))), ["ba7816bf-a.txt"]);
    boat.run(&["answer", "raft", "external-tls", "--carry-over"], 0);
    assert!(boat.run(&["evidence", "raft", "--verify"], 0).0.contains("intact   external-tls"));
}

#[test]
fn files_of_a_copy_that_is_merged_are_copied_and_a_session_takes_its_files_to_the_archive() {
    let boat = Boat::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("copy.json");
    fs::copy(boat.data.path().join(format!("{}.json", boat.id)), &copy).unwrap();
    let file = boat.file("a.txt", b"abc");
    run(elsewhere.path(), &["attach", copy.to_str().unwrap(), "external-tls", &file], 0);
    assert_eq!(names(&elsewhere.path().join("copy.evidence")), ["ba7816bf-a.txt"]);
    boat.run(&["merge", "boat", copy.to_str().unwrap()], 0);
    assert!(boat.run(&["evidence", "boat", "--verify"], 0).0.contains("intact   external-tls"));
    let mut t = Terminal::start(boat.data.path(), &[], 100, 30, &[]);
    t.wait_for("Boat").send("a").wait_for("rchive");
    t.send("\x11");
    assert_eq!(t.ended(), 0);
    assert!(!boat.folder().exists());
    let archived = boat.data.path().join("archive").join(format!("{}.evidence", boat.id));
    assert_eq!(names(&archived), ["ba7816bf-a.txt"]);
}

#[test]
fn a_file_is_attached_on_the_screen() {
    let boat = Boat::new();
    let file = boat.file("report.txt", b"abc");
    let mut t = Terminal::start(boat.data.path(), &["open"], 100, 30, &[]);
    t.wait_for("External TLS").send("\t\t+").wait_for("Attach a file");
    t.paste(&file).send("\r").wait_for("File attached").wait_for("report.txt · 3 bytes");
    t.send("\x11");
    assert_eq!(t.ended(), 0);
    assert!(boat.run(&["evidence", "boat", "--verify"], 0).0.contains("intact   external-tls"));
}
