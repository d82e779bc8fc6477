//! Attacks on the program in a terminal.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use querist::session::{Edit, Origin, TextRef};
use querist::store::Folder;

use super::super::faults::limit_file_size;
use super::super::random::{Random, seeds};
use super::super::terminal::{Terminal, querist};
use super::{damage, me, now, words};

const SAVE: &str = "\x13";
const QUIT: &str = "\x11";

struct Torture {
    dir: tempfile::TempDir,
    id: String,
    random: Random,
    /// Everything that was shown, as unique words.
    shown: Vec<String>,
    commits: u64,
}

impl Torture {
    fn new(seed: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let output = querist(dir.path(), &["new", "saas-security", "--subject", "Paperboat", "--no-open"]);
        let id = String::from_utf8(output.stdout).unwrap().trim().to_owned();
        let torture = Self { dir, id, random: Random(seed), shown: Vec::new(), commits: 0 };
        torture.git(&["init", "-q"]);
        fs::write(torture.dir.path().join(".gitignore"), "*.journal*\n.*.lock\nstate/\nconfig/\n").unwrap();
        torture
    }

    fn git(&self, args: &[&str]) {
        let identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"];
        let command = Command::new("git").arg("-C").arg(self.dir.path()).args(identity).args(args).output();
        let output = command.unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn path(&self, extension: &str) -> PathBuf {
        self.dir.path().join(format!("{}.{extension}", self.id))
    }

    /// Starts the program. Exceeding a limit of the size of files is an error for it, as a full disk is.
    fn start(&self) -> Terminal {
        let line = format!("trap '' XFSZ; exec \"$QUERIST\" --data-dir \"$DATA\" open {}", self.id);
        let mut t = Terminal::shell_without_tour(self.dir.path(), &line);
        t.wait_for("External TLS");
        // The detail of the first question, wherever the session was left.
        t.send("\x07").wait_for("Go to question").send("1\r").wait_until("the question", |screen| {
            screen.contains("1 · External TLS") && !screen.contains("Go to question")
        });
        t.send("\r\x1b[1;5F");
        t
    }

    fn word(&self) -> String {
        format!("w{}q", self.shown.len())
    }

    /// Types a word that occurs nowhere else, and waits until it is shown.
    fn type_word(&mut self, t: &mut Terminal) {
        let word = self.word();
        t.send(&format!("{word} ")).wait_for(&word);
        self.shown.push(word);
    }

    /// A colleague adds a sentence to a copy of the snapshot, and git or a sync client puts it here.
    fn colleague(&mut self, t: &mut Terminal) {
        let theirs = Folder::new(self.dir.path().join(format!("state/theirs-{}", self.shown.len())));
        fs::create_dir_all(theirs.path()).unwrap();
        fs::copy(self.path("json"), theirs.path().join(format!("{}.json", self.id))).unwrap();
        let mut open = theirs.open(&self.id, me("kim")).unwrap().session;
        let texts = [TextRef::Detail("external-tls".into()), TextRef::Introduction];
        let text = texts[self.random.below(2) as usize].clone();
        let at = open.session().text(&text).unwrap().len();
        let word = self.word();
        let edit = Edit::Splice { text, at, removed: String::new(), inserted: format!(" Then {word}.") };
        open.edit(edit, Origin::Do, now()).unwrap();
        open.snapshot(now()).unwrap();
        fs::rename(open.path(), self.path("json")).unwrap();
        t.send(SAVE).wait_for("Ctrl-Z");
        self.shown.push(word);
    }

    /// Does something to the program or to its files.
    fn attack(&mut self, t: &mut Terminal) {
        match self.random.below(10) {
            which @ 0..=3 => damage(&self.path("journal"), which, &mut self.random),
            4 => self.colleague(t),
            5 if self.commits > 0 => {
                let commit = format!("HEAD~{}", self.random.below(self.commits));
                self.git(&["checkout", "-q", &commit, "--", &format!("{}.json", self.id)]);
            }
            6 => {
                t.signal("STOP");
                let copy = format!("{} (conflicted copy).json", self.id);
                fs::copy(self.path("json"), self.dir.path().join(copy)).unwrap();
                t.signal("CONT");
            }
            7 => {
                let length = fs::metadata(self.path("journal")).unwrap().len();
                limit_file_size(t.pid(), &format!("{}:unlimited", length + 20));
                self.type_word(t);
                t.wait_for("not saved: ");
                limit_file_size(t.pid(), "unlimited:unlimited");
                t.wait_for("saved · edit");
            }
            8 => {
                // It is read-only, unless the lock was removed: then there are two writers.
                let mut second = self.start();
                second.send("z").send(QUIT);
                assert_eq!(second.ended(), 0);
            }
            _ => _ = t.send(SAVE),
        }
    }

    fn round(&mut self) {
        let mut t = self.start();
        for _ in 0..3 {
            self.type_word(&mut t);
            if self.random.below(2) == 0 {
                self.attack(&mut t);
                self.type_word(&mut t);
            }
        }
        if self.random.below(2) == 0 {
            t.signal("KILL");
            t.ended();
        } else {
            t.send(QUIT);
            assert_eq!(t.ended(), 0, "{}", t.last_screen());
            self.git(&["add", "."]);
            self.git(&["commit", "-q", "--allow-empty", "-m", "review"]);
            self.commits += 1;
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn everything_that_was_shown_survives_kills_stops_full_disks_git_and_other_programs() {
    for seed in seeds(3, 125) {
        let mut torture = Torture::new(seed);
        for round in 0..8 {
            torture.round();
            // Opening after a kill writes what the journal has.
            drop(Folder::new(torture.dir.path().to_owned()).open(&torture.id, me("ann")).unwrap());
            let words = words(torture.dir.path(), &torture.id);
            for word in &torture.shown {
                assert!(words.contains(word), "seed {seed}, round {round}: {word} is lost");
            }
        }
    }
}
