//! A whole interview: answered, killed halfway, resumed, finished, published; and what a terminal needs for
//! it.

use std::fs;
use std::path::Path;

use super::terminal::{Terminal, querist};

const PAGE_DOWN: &str = "\x1b[6~";
const TAB: &str = "\t";
const ESCAPE: &str = "\x1b";
const QUIT: &str = "\x11";

/// The page with its dates masked.
fn masked(page: &str) -> String {
    let mask = |line: &str| match line.split_once(": ") {
        Some((key @ ("date" | "dateCreated"), _)) => format!("{key}: DATE"),
        _ => line.to_owned(),
    };
    page.split('\n').map(mask).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_interview_that_is_killed_halfway_is_resumed_finished_and_published() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "Paperboat"], 120, 40, &[]);
    t.wait_for("1 · External TLS").send("y\rHTTPS throughout, TLS 1.2 and 1.3, see the security page");
    t.wait_for("see the security page")
        .send("\x1b[1;6D\x1b[1;6D")
        .paste("https://paperboat.example/security")
        .send(".");
    t.wait_for("security page · paperboat.example · 20").send(PAGE_DOWN);
    t.wait_for("2 · External certificates")
        .send("y(app hosts\rFirst line.\rSecond line with a | bar.")
        .wait_for("a | bar.");
    t.send(TAB).paste("https://tls.example/paperboat").wait_for("URL ").send("Public test\r");
    t.wait_for("1 Public test · tls.example")
        .send(PAGE_DOWN)
        .wait_for("3 · Internal encryption")
        .send("u")
        .send(PAGE_DOWN);
    t.wait_for("4 · Internal certificates")
        .send("u")
        .send(PAGE_DOWN)
        .wait_for("5 · API")
        .send("y\rKeys with sco")
        .wait_for("Keys with sco");
    t.signal("KILL");
    t.ended();

    let mut t = Terminal::start(&data, &["open"], 120, 40, &[]);
    // It resumes at the same question, field and cursor position, without a message.
    t.wait_for("5 · API").send("pes.").wait_for("Keys with scopes.").send(PAGE_DOWN);
    t.wait_for("6 · Low").send("n\rEverybody may do everything.").wait_for("everything.").send(PAGE_DOWN);
    t.wait_for("7 · Multi").send("p\rCodes by text message.").wait_for("message.").send(PAGE_DOWN);
    t.wait_for("8 · Event").send("1\rKept for a year.").wait_for("a year.").send(PAGE_DOWN);
    t.wait_for("9 · Customer-accessible logs").send("a").wait_for("● Not applicable").send(PAGE_DOWN);
    t.wait_for("10 · Incidents").send("y\r").paste("[Bounty](https://paperboat.example/bounty) since 2024.");
    t.wait_for("Bounty · paperboat.example · 20").send(PAGE_DOWN);
    t.wait_for("11 · Transparency").send("y\rTen of eleven answers were public.").wait_for("were public.");
    t.send(PAGE_DOWN).wait_for("┌ Introduction");
    t.send("Paperboat keeps the minutes of meetings and sends them to those who were there.")
        .wait_for("were there.");
    t.send(PAGE_DOWN)
        .wait_for("┌ Exporting data")
        .send("As text, by everybody, at any time.")
        .wait_for("any time.");
    t.send("\x1bp").wait_for("Preview: page").wait_for("Paperboat keeps the minutes");
    let page = dir.path().join("paperboat.md");
    t.send("e")
        .wait_for("Path of the page")
        .send("\x15")
        .paste(page.to_str().unwrap())
        .send("\r")
        .wait_for("Wrote ");
    t.send(QUIT);
    assert_eq!(t.ended(), 0);
    assert!(!t.has_alternate_screen());
    assert_eq!(masked(&fs::read_to_string(&page).unwrap()), include_str!("../fixtures/paperboat.md"));

    assert_eq!(masked(&exported(&data)), include_str!("../fixtures/paperboat.md"));
}

/// The page of the only session, as `export` prints it.
fn exported(data: &Path) -> String {
    let list = String::from_utf8(querist(data, &["list"]).stdout).unwrap();
    let id = list.split_whitespace().next().unwrap();
    String::from_utf8(querist(data, &["export", id]).stdout).unwrap()
}

#[test]
fn changing_one_answer_of_an_imported_page_changes_only_that_row_and_the_date() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let page = dir.path().join("page.md");
    let source = include_str!("../fixtures/quirks.md");
    fs::write(&page, source).unwrap();
    let imported = querist(&data, &["import", page.to_str().unwrap()]);
    assert_eq!(imported.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&imported.stderr).lines().count(), 6);
    let id = String::from_utf8(imported.stdout).unwrap().trim().to_owned();
    assert_eq!(querist(&data, &["export", &id]).stdout, source.as_bytes());
    let mut t = Terminal::start(&data, &["open", &id], 100, 30, &[]);
    t.wait_for("1 · External TLS")
        .send(PAGE_DOWN)
        .wait_for("2 · External certificates")
        .send("n")
        .wait_for("● No")
        .send(QUIT);
    assert_eq!(t.ended(), 0);
    let export = querist(&data, &["export", &id, "--output", page.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&export.stderr).contains("changed: External certificates"));
    let new = fs::read_to_string(&page).unwrap();
    let changed: Vec<(&str, &str)> =
        source.split('\n').zip(new.split('\n')).filter(|(a, b)| a != b).collect();
    assert_eq!(changed.len(), 2, "{changed:#?}");
    assert!(changed[0].0.starts_with("date: "));
    assert_eq!(changed[1].0.replace("| Yes |", "| No |"), changed[1].1);
    let kept: Vec<_> = fs::read_dir(data.join("replaced")).unwrap().flatten().collect();
    assert_eq!(fs::read_to_string(kept[0].path()).unwrap(), source);
}

#[test]
fn the_terminal_is_restored_after_signals() {
    let dir = tempfile::tempdir().unwrap();
    for signal in ["TERM", "HUP"] {
        let data = dir.path().join(signal);
        let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &[]);
        t.wait_for("1 · External TLS").send("y\rtyped before the end").wait_for("typed before the end");
        t.signal(signal);
        assert_ne!(t.ended(), 0);
        assert!(!t.has_alternate_screen(), "{signal}");
        let mut t = Terminal::start(&data, &["open"], 100, 30, &[]);
        t.wait_for("typed before the end").send(QUIT);
        assert_eq!(t.ended(), 0);
    }
}

#[test]
fn the_screen_adapts_to_the_size_of_the_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let mut t =
        Terminal::start(dir.path(), &["new", "saas-security", "--subject", "Paperboat"], 120, 40, &[]);
    t.wait_for("┌ Questions");
    t.resize(60, 16);
    t.wait_until("the outline to be hidden", |screen| {
        !screen.contains("Questions") && screen.contains("1 · External TLS")
    });
    t.resize(200, 60);
    t.wait_for("┌ Questions").send(ESCAPE).wait_for("Enter open").send(QUIT);
    assert_eq!(t.ended(), 0);
}

#[test]
fn copy_and_cut_use_the_clipboard_of_the_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let mut t =
        Terminal::start(dir.path(), &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &[]);
    t.wait_for("1 · External TLS").send("\rone two").wait_for("one two");
    // Select all and copy, then select the last word and cut. OSC 52 transfers text in base64.
    t.send("\x1ba\x03").wait_for("one two");
    t.wait_for_bytes(b"\x1b]52;c;b25lIHR3bw==");
    t.send("\x1b[F\x1b[1;6D\x18").wait_for_bytes(b"\x1b]52;c;dHdv");
    t.send("\x16\x16").wait_for("one twotwo");
    t.send(QUIT).ended();
}

#[test]
fn the_mouse_chooses_answers_places_the_cursor_selects_text_and_scrolls() {
    let dir = tempfile::tempdir().unwrap();
    let mut t =
        Terminal::start(dir.path(), &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &[]);
    t.wait_for("1 · External TLS").click("[p]", 0).wait_for("● Partial");
    t.send("\rone two three").wait_for("one two three");
    // Drag over "two"; typed text replaces it.
    let (column, row) = t.place("two three");
    t.mouse(0, column, row, 'M').mouse(32, column + 3, row, 'M').mouse(0, column + 3, row, 'm');
    t.send("2").wait_for("one 2 three");
    t.click("thr", 1).click("thr", 1).send("3").wait_for("one 2 3");
    t.click("○ Event logging", 3).wait_for("8 · Event logging");
    let (column, row) = t.place("○ Event logging");
    t.mouse(65, column, row, 'M').wait_for("9 · Customer-accessible logs");
    t.send(QUIT).ended();
}

#[test]
fn the_line_by_line_interview_works_in_a_terminal_too() {
    let dir = tempfile::tempdir().unwrap();
    querist(dir.path(), &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    let mut t = Terminal::start(dir.path(), &["ask", "paper"], 100, 30, &[]);
    t.wait_for("answer>").send("y\r").wait_for("detail>").send("HTTPS only.\r").send(".\r").wait_for("link>");
    t.signal("KILL");
    t.ended();
    let mut t = Terminal::start(dir.path(), &["open"], 100, 30, &[]);
    t.wait_for("● Yes").wait_for("HTTPS only.").send(QUIT).ended();
}

#[cfg(target_os = "linux")]
#[test]
fn a_link_is_opened_in_the_browser_or_copied_if_there_is_none() {
    let dir = tempfile::tempdir().unwrap();
    let opened = dir.path().join("opened");
    let browser = dir.path().join("browser");
    fs::write(
        &browser,
        format!("#!/bin/sh\nprintf '%s' \"$1\" > {0}.part && mv {0}.part {0}\n", opened.display()),
    )
    .unwrap();
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    // The platform's command for opening URLs is found on the path: this one comes first.
    std::os::unix::fs::symlink(&browser, dir.path().join("xdg-open")).unwrap();
    let path = format!("{}:{}", dir.path().display(), std::env::var("PATH").unwrap());
    let env = [("PATH", path.as_str()), ("DISPLAY", ":0")];
    let data = dir.path().join("data");
    let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "P"], 100, 30, &env);
    t.wait_for("1 · External TLS")
        .send("\t\t")
        .wait_for("Press n for a new link")
        .paste("https://a.example/sso")
        .send("\r\r");
    t.wait_for("Opened a.example");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !opened.exists() {
        assert!(std::time::Instant::now() < deadline, "the browser was not started");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(fs::read_to_string(&opened).unwrap(), "https://a.example/sso");
    t.send(QUIT).ended();
    let none = [("DISPLAY", ""), ("WAYLAND_DISPLAY", ""), ("BROWSER", ""), ("WSL_DISTRO_NAME", "")];
    let mut t = Terminal::start(&data, &["open"], 100, 30, &none);
    t.wait_for("1 Sso · a.example").send("\r").wait_for("No browser was found; the URL was copied.");
    t.wait_for_bytes(b"\x1b]52;c;aHR0cHM6Ly9hLmV4YW1wbGUvc3Nv");
    t.send(QUIT).ended();
}

#[test]
fn no_color_and_an_ascii_locale_are_respected() {
    let dir = tempfile::tempdir().unwrap();
    let env = [("NO_COLOR", "1"), ("LC_ALL", "C"), ("LANG", "C")];
    let mut t =
        Terminal::start(dir.path(), &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &env);
    t.wait_for("1 - External TLS").send("y").wait_for("[y] * Yes").send(QUIT);
    assert_eq!(t.ended(), 0);
    let bytes = t.bytes();
    assert!(bytes.is_ascii());
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("\x1b[36m") && !text.contains("\x1b[38;5;6m"), "a colour was sent");
}

#[test]
fn a_detail_can_be_edited_in_the_reviewers_editor() {
    let dir = tempfile::tempdir().unwrap();
    let editor = dir.path().join("editor");
    fs::write(&editor, "#!/bin/sh\nprintf 'from the editor\\n' >> \"$1\"\n").unwrap();
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let env = [("VISUAL", ""), ("EDITOR", editor.to_str().unwrap())];
    let mut t =
        Terminal::start(&dir.path().join("d"), &["new", "saas-security", "--subject", "P"], 100, 30, &env);
    t.wait_for("1 · External TLS")
        .send("\rtyped ")
        .wait_for("typed")
        .send("\x05")
        .wait_for("typed from the editor")
        .send(QUIT);
    assert_eq!(t.ended(), 0);
    // An editor that fails loses nothing: the detail is unchanged, and the edited file is kept.
    fs::write(&editor, "#!/bin/sh\nprintf 'half' > \"$1\"\nexit 3\n").unwrap();
    let mut t = Terminal::start(&dir.path().join("d"), &["open"], 140, 30, &env);
    t.wait_for("typed from the editor")
        .send("\x05")
        .wait_for("ended with an error. The edited text was kept in ");
    t.send("?").wait_for("typed from the editor?").send("\x1a").send(QUIT);
    assert_eq!(t.ended(), 0);
    let env = [("VISUAL", "/nowhere/editor")];
    let mut t = Terminal::start(&dir.path().join("d"), &["open"], 100, 30, &env);
    t.wait_for("typed from the editor")
        .send("\x05")
        .wait_for("cannot be started")
        .send("!")
        .wait_for("editor!")
        .send(QUIT);
    assert_eq!(t.ended(), 0);
}

#[test]
fn a_second_program_is_read_only_and_a_killed_one_leaves_no_lock() {
    let dir = tempfile::tempdir().unwrap();
    let mut first =
        Terminal::start(dir.path(), &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &[]);
    first.wait_for("1 · External TLS").send("y").wait_for("● Yes");
    let mut second = Terminal::start(dir.path(), &["open"], 100, 30, &[]);
    second
        .wait_for("read-only: open in another Querist (kim, process ")
        .wait_for("since ")
        .send("n")
        .wait_for("● Yes")
        .send(QUIT);
    assert_eq!(second.ended(), 0);
    let refused = querist(dir.path(), &["answer", "paperboat", "external-tls", "--choice", "no"]);
    assert_eq!(refused.status.code(), Some(4));
    first.signal("KILL");
    first.ended();
    let mut third = Terminal::start(dir.path(), &["open"], 100, 30, &[]);
    third.wait_for("saved").send("n").wait_for("● No").send(QUIT);
    assert_eq!(third.ended(), 0);
}
