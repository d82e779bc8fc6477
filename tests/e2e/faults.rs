//! Real faults: a full disk, a removed folder, a failing device, several programs at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use querist::store::Folder;

use super::terminal::{Terminal, querist};

const QUIT: &str = "\x11";

fn detail(data: &Path) -> String {
    let loaded = Folder::new(data.to_owned()).read("paper").unwrap().1;
    loaded.session.answer_to("external-tls").unwrap().detail.clone()
}

/// Limits the size of the files that the process may write, which has the effect of a full disk.
pub fn limit_file_size(pid: u32, bytes: &str) {
    let set = Command::new("prlimit").args(["--pid", &pid.to_string(), &format!("--fsize={bytes}")]).status();
    assert!(set.expect("prlimit runs").success());
}

#[test]
#[cfg(target_os = "linux")]
fn typing_continues_while_the_disk_is_full_and_is_stored_once_it_is_not() {
    let dir = tempfile::tempdir().unwrap();
    // The program inherits the ignored signal, so that exceeding the limit is an error, as on a full disk.
    let mut t = Terminal::shell(
        dir.path(),
        "trap '' XFSZ; exec \"$QUERIST\" --data-dir \"$DATA\" new saas-security --subject Paperboat",
    );
    // A new data folder: this is the first start, with its tour.
    t.wait_for("Welcome").send("\x1b").wait_until("the tour to close", |screen| !screen.contains("Welcome"));
    t.wait_for("1 · External TLS").send("\rbefore").wait_for("before");
    let journal = Folder::new(dir.path().to_owned()).ids().unwrap().remove(0) + ".journal";
    let size = fs::metadata(dir.path().join(journal)).unwrap().len();
    limit_file_size(t.pid(), &format!("{}:unlimited", size + 300));
    t.send(" during the fault").wait_for("during the fault").wait_for("not saved: ");
    t.send(QUIT).wait_for("Save elsewhere").send("\x1b").wait_for("during the fault");
    assert!(!detail(dir.path()).contains("fault"));
    limit_file_size(t.pid(), "unlimited:unlimited");
    t.wait_for("saved · edit").send(" after").wait_for("fault after").send(QUIT);
    assert_eq!(t.ended(), 0);
    assert_eq!(detail(dir.path()), "before during the fault after");
}

#[test]
#[cfg(target_os = "linux")]
fn on_a_small_disk_that_fills_up_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let disk = dir.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=160k", "tmpfs"]).arg(&disk).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        // Mounting needs privileges that are not available everywhere; the test above works without them.
        return;
    }
    let _unmount = Unmount(disk.clone());
    let data = disk.join("data");
    let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &[]);
    t.wait_for("1 · External TLS").send("\rbefore").wait_for("before");
    fs::write(disk.join("ballast"), vec![0; 200_000]).unwrap_err();
    t.paste(&" word".repeat(2_000)).wait_for("not saved: the disk is full");
    t.send(" THE-END").wait_for("THE-END");
    fs::remove_file(disk.join("ballast")).unwrap();
    t.wait_for("saved · edit").send(QUIT);
    assert_eq!(t.ended(), 0);
    assert_eq!(detail(&data), format!("before{} THE-END", " word".repeat(2_000)));
}

struct Unmount(PathBuf);

impl Drop for Unmount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_session_whose_folder_was_removed_is_stored_again_once_the_folder_is_back() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &[]);
    t.wait_for("1 · External TLS").send("\rbefore").wait_for("before");
    fs::remove_dir_all(&data).unwrap();
    t.send(" during").wait_for("not saved: the session's folder").wait_for("before during");
    fs::create_dir(&data).unwrap();
    t.wait_for("saved · edit").send(" after").wait_for("during after").send(QUIT);
    assert_eq!(t.ended(), 0);
    assert_eq!(detail(&data), "before during after");
}

#[test]
fn quitting_offers_another_place_when_nothing_can_be_stored() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &[]);
    t.wait_for("1 · External TLS").send("\rtyped").wait_for("typed");
    fs::remove_dir_all(&data).unwrap();
    t.send(" more").wait_for("not saved");
    let copy = dir.path().join("paper.json");
    t.send(QUIT).wait_for("Save elsewhere").send("\x15").paste(copy.to_str().unwrap()).send("\r");
    assert_eq!(t.ended(), 0);
    assert_eq!(detail(dir.path()), "typed more");
}

#[test]
fn making_the_folder_read_only_while_running_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mode = |mode: u32| {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&data, fs::Permissions::from_mode(mode)).unwrap();
    };
    let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &[]);
    t.wait_for("1 · External TLS").send("\rbefore").wait_for("before");
    mode(0o500);
    t.send(" during").wait_for("before during").send(QUIT);
    assert_eq!(t.ended(), 0);
    mode(0o700);
    assert_eq!(detail(&data), "before during");
}

/// Builds `fault.c` as a library that makes file operations fail.
#[cfg(target_os = "linux")]
pub fn build_fault_library(dir: &Path) -> PathBuf {
    let library = dir.join("fault.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/fault.c");
    let built =
        Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).args([source, "-ldl"]).status();
    assert!(built.expect("cc, which linked this test, runs").success());
    library
}

#[test]
#[cfg(target_os = "linux")]
fn typing_continues_while_the_device_fails_and_is_stored_once_it_recovers() {
    let dir = tempfile::tempdir().unwrap();
    let library = build_fault_library(dir.path());
    let (data, switch) = (dir.path().join("data"), dir.path().join("fault"));
    let env = [("LD_PRELOAD", library.to_str().unwrap()), ("QUERIST_FAULT", switch.to_str().unwrap())];
    let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &env);
    t.wait_for("1 · External TLS").send("\rbefore").wait_for("before");
    fs::write(&switch, "").unwrap();
    t.send(" during").wait_for("before during").wait_for("not saved: Input/output error");
    fs::remove_file(&switch).unwrap();
    t.wait_for("saved · edit").send(" after").wait_for("during after").send(QUIT);
    assert_eq!(t.ended(), 0);
    assert_eq!(detail(&data), "before during after");
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_system_that_refuses_to_sync_folders_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let library = build_fault_library(dir.path());
    let (data, refused) = (dir.path().join("data"), dir.path().join("refused"));
    let env =
        [("LD_PRELOAD", library.to_str().unwrap()), ("QUERIST_NO_FOLDER_SYNC", refused.to_str().unwrap())];
    let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &env);
    t.wait_for("1 · External TLS").send("\rstored").wait_for("stored").send("\x13").wait_for("Saved");
    assert!(refused.exists(), "a folder was synced");
    t.send(QUIT);
    assert_eq!(t.ended(), 0);
    assert_eq!(detail(&data), "stored");
}

#[test]
#[cfg(target_os = "linux")]
fn the_journal_is_synced_soon_after_an_edit_on_a_change_of_question_and_on_quitting() {
    let dir = tempfile::tempdir().unwrap();
    let library = build_fault_library(dir.path());
    let (data, syncs) = (dir.path().join("data"), dir.path().join("syncs"));
    let count = || fs::metadata(&syncs).map_or(0, |meta| meta.len());
    let wait_for_syncs = |least: u64| {
        let deadline = Instant::now() + Duration::from_secs(30);
        while count() < least {
            assert!(Instant::now() < deadline, "{} syncs, expected {least}", count());
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    let env = [("LD_PRELOAD", library.to_str().unwrap()), ("QUERIST_SYNCS", syncs.to_str().unwrap())];
    let mut t = Terminal::start(&data, &["new", "saas-security", "--subject", "Paperboat"], 100, 30, &env);
    t.wait_for("1 · External TLS").send("\rtyped").wait_for("typed");
    // Nothing more is typed; the sync happens anyway.
    wait_for_syncs(1);
    let before = count();
    t.send("\x1b[6~").wait_for("2 · External certificates");
    wait_for_syncs(before + 1);
    let before = count();
    t.send("y").wait_for("● Yes").send(QUIT);
    assert_eq!(t.ended(), 0);
    assert!(count() > before, "quitting syncs what was typed last");
}

#[test]
fn many_programs_started_at_once_in_a_new_folder_create_a_session_each() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("fresh");
    let create = || querist(&data, &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
    let ids: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..8).map(|_| scope.spawn(create)).collect();
        running.into_iter().map(|r| String::from_utf8(r.join().unwrap().stdout).unwrap()).collect()
    });
    let different: std::collections::HashSet<&String> =
        ids.iter().filter(|id| !id.trim().is_empty()).collect();
    assert_eq!(different.len(), 8, "{ids:?}");
}

#[test]
fn files_are_private_under_any_umask() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut t = Terminal::shell(
        &data,
        "umask 000; exec \"$QUERIST\" --data-dir \"$DATA\" new saas-security --subject Paperboat",
    );
    // A new data folder: this is the first start, with its tour.
    t.wait_for("Welcome").send("\x1b").wait_until("the tour to close", |screen| !screen.contains("Welcome"));
    t.wait_for("1 · External TLS").send("y\x13").wait_for("Saved: ").send(QUIT);
    assert_eq!(t.ended(), 0);
    assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
    let files: Vec<_> = fs::read_dir(&data).unwrap().flatten().collect();
    assert!(files.len() >= 3);
    for file in files {
        let metadata = file.metadata().unwrap();
        let expected = if metadata.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(metadata.permissions().mode() & 0o777, expected, "{:?}", file.path());
    }
}
