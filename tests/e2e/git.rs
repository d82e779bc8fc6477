//! Two reviewers who share sessions through git: two clones of a repository, with real git.

use std::fs;
use std::path::{Path, PathBuf};

use querist::session::Session;
use querist::store::Folder;

use super::terminal::{Terminal, git, run, text, try_git};

/// The repository that both push to, and the clones of Ann and Kim with the same session in `reviews`.
struct Team {
    dir: tempfile::TempDir,
    id: String,
}

impl Team {
    fn new() -> Self {
        let team = Self::without_driver();
        for who in ["ann", "kim"] {
            run(&team.reviews(who), &["git", "setup"], 0);
        }
        team
    }

    /// A team that has never set git up beyond what the repository says.
    fn without_driver() -> Self {
        let dir = tempfile::tempdir().unwrap();
        git(dir.path(), &["init", "-q", "--bare", "--initial-branch=main", "hub"]);
        git(dir.path(), &["clone", "-q", "hub", "ann"]);
        let reviews = dir.path().join("ann/reviews");
        fs::create_dir(&reviews).unwrap();
        for (key, value) in [("user.name", "Ann"), ("user.email", "ann@example.org")] {
            git(&reviews, &["config", key, value]);
        }
        git(&reviews, &["checkout", "-qb", "main"]);
        run(&reviews, &["git", "setup"], 0);
        let new = run(&reviews, &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
        git(&reviews, &["add", "-A"]);
        git(&reviews, &["commit", "-qm", "Begin"]);
        git(&reviews, &["push", "-q", "origin", "main"]);
        for section in ["merge.querist", "diff.querist"] {
            git(&reviews, &["config", "--remove-section", section]);
        }
        fs::remove_file(dir.path().join("ann/.git/info/attributes")).unwrap();
        git(dir.path(), &["clone", "-q", "--branch=main", "hub", "kim"]);
        for (key, value) in [("user.name", "Kim"), ("user.email", "kim@example.org")] {
            git(&dir.path().join("kim"), &["config", key, value]);
        }
        Self { dir, id: text(&new.stdout).trim().to_owned() }
    }

    fn reviews(&self, who: &str) -> PathBuf {
        self.dir.path().join(who).join("reviews")
    }

    fn file(&self, who: &str) -> PathBuf {
        self.reviews(who).join(format!("{}.json", self.id))
    }

    /// Answers a question and commits.
    fn answers(&self, who: &str, question: &str, choice: &str, detail: &str) {
        let answer = ["answer", &self.id, question, "--choice", choice, "--detail", detail];
        run(&self.reviews(who), &answer, 0);
        git(&self.reviews(who), &["add", "-A"]);
        git(&self.reviews(who), &["commit", "-qm", &format!("{who}: {question}")]);
    }

    fn session(&self, who: &str) -> Session {
        Folder::new(self.reviews(who)).read(&self.id).unwrap().1.session
    }

    /// Both versions of an answer's detail are in the session.
    #[track_caller]
    fn has_both(&self, who: &str, details: [&str; 2]) {
        let whole = serde_json::to_string(&self.session(who)).unwrap();
        for detail in details {
            assert!(whole.contains(detail), "{detail} is lost");
        }
        let index = self.session(who).index_of("event-logging").unwrap();
        assert!(self.session(who).has_two_answers(index));
        let check = run(&self.reviews(who), &["check", &self.id, "--format", "json"], 1);
        assert!(text(&check.stdout).contains("\"rule\": \"conflict\""), "{}", text(&check.stdout));
    }
}

const ANN: &str = "Kept for a year. Nothing about export.";
const KIM: &str = "Kept for a year. Asked support.";

/// A team whose members have answered the same question differently, Kim's answer being pushed.
fn disagreeing(team: Team) -> Team {
    team.answers("kim", "event-logging", "unknown", KIM);
    git(&team.reviews("kim"), &["push", "-q"]);
    team.answers("ann", "event-logging", "yes", ANN);
    team
}

#[test]
fn answers_to_different_questions_are_merged_by_git_pull() {
    let team = Team::new();
    team.answers("kim", "external-tls", "yes", "By Kim.");
    git(&team.reviews("kim"), &["push", "-q"]);
    team.answers("ann", "event-logging", "yes", "By Ann.");
    git(&team.reviews("ann"), &["pull", "-q", "--no-rebase", "--no-edit"]);
    let session = team.session("ann");
    assert_eq!(session.answer_to("external-tls").unwrap().detail, "By Kim.");
    assert_eq!(session.answer_to("event-logging").unwrap().detail, "By Ann.");
    assert!(session.entries().is_empty());
}

#[test]
fn two_answers_to_a_question_are_both_kept_shown_and_settled_with_one_key() {
    let team = disagreeing(Team::new());
    let pull = try_git(&team.reviews("ann"), &["pull", "--no-rebase", "--no-edit"]);
    assert!(pull.status.success());
    let said = text(&pull.stderr);
    assert!(said.contains("Event logging: also changed by Kim; open the session to choose."), "{said}");
    team.has_both("ann", [ANN, KIM]);
    let mut t = Terminal::start(&team.reviews("ann"), &["open", &team.id], 110, 40, &[]);
    t.wait_for("≠ Event logging");
    t.send("\x0e").wait_for("Event logging ─").send("\x1b2");
    t.wait_for("Kim, 2026-").wait_for("Kept for a year. [-Nothing about export-]{+Asked");
    t.send("t").wait_until("the end of the dialog", |screen| !screen.contains("Two answers"));
    t.send("\x11");
    t.ended();
    let answer = team.session("ann").answer_to("event-logging").unwrap().clone();
    assert_eq!((answer.choices, answer.detail.as_str()), (vec!["unknown".to_owned()], KIM));
    assert!(team.session("ann").entries().conflicts.is_empty());
}

#[test]
fn with_strict_git_stops_at_two_answers_and_the_file_is_a_session_all_the_same() {
    let team = disagreeing(Team::new());
    run(&team.reviews("ann"), &["git", "setup", "--strict"], 0);
    let pull = try_git(&team.reviews("ann"), &["pull", "--no-rebase", "--no-edit"]);
    assert_eq!(pull.status.code(), Some(1));
    team.has_both("ann", [ANN, KIM]);
    git(&team.reviews("ann"), &["commit", "-qam", "Merge"]);
}

#[test]
fn a_rebase_a_cherry_pick_and_a_stash_merge_in_the_same_way() {
    for how in [&["rebase", "-q", "origin/main"][..], &["cherry-pick", "origin/main"]] {
        let team = disagreeing(Team::new());
        git(&team.reviews("ann"), &["fetch", "-q"]);
        git(&team.reviews("ann"), how);
        team.has_both("ann", [ANN, KIM]);
    }
    let team = Team::new();
    team.answers("kim", "event-logging", "unknown", KIM);
    git(&team.reviews("kim"), &["push", "-q"]);
    let answer = ["answer", &team.id, "event-logging", "--choice", "yes", "--detail", ANN];
    run(&team.reviews("ann"), &answer, 0);
    git(&team.reviews("ann"), &["stash", "-q"]);
    git(&team.reviews("ann"), &["pull", "-q", "--no-rebase"]);
    git(&team.reviews("ann"), &["stash", "pop", "-q"]);
    team.has_both("ann", [ANN, KIM]);
}

#[test]
fn a_session_that_both_added_is_merged() {
    let team = Team::new();
    let copy = |who: &str, detail: &str| {
        let new = ["new", "saas-security", "--subject", "Lake", "--no-open"];
        let id = text(&run(&team.reviews(who), &new, 0).stdout).trim().to_owned();
        run(&team.reviews(who), &["answer", &id, "event-logging", "--choice", "yes", "--detail", detail], 0);
        git(&team.reviews(who), &["add", "-A"]);
        git(&team.reviews(who), &["commit", "-qm", "Lake"]);
        id
    };
    let id = copy("kim", "By Kim.");
    git(&team.reviews("kim"), &["push", "-q"]);
    assert_eq!(copy("ann", "By Ann."), id);
    git(&team.reviews("ann"), &["pull", "-q", "--no-rebase", "--no-edit"]);
    let merged = fs::read_to_string(team.reviews("ann").join(format!("{id}.json"))).unwrap();
    assert!(merged.contains("By Ann.") && merged.contains("By Kim."), "{merged}");
}

#[test]
fn without_a_driver_nothing_is_merged_unseen_and_git_resolve_merges_it() {
    let team = disagreeing(Team::without_driver());
    let before = fs::read(team.file("ann")).unwrap();
    let pull = try_git(&team.reviews("ann"), &["pull", "--no-rebase", "--no-edit"]);
    assert_eq!(pull.status.code(), Some(1));
    assert_eq!(fs::read(team.file("ann")).unwrap(), before, "our version stays as it was");
    let resolved = run(&team.reviews("ann"), &["git", "resolve"], 0);
    assert!(text(&resolved.stderr).contains("also changed by Kim"), "{}", text(&resolved.stderr));
    git(&team.reviews("ann"), &["commit", "-qm", "Merge"]);
    team.has_both("ann", [ANN, KIM]);
}

#[test]
fn a_session_that_one_side_removed_and_the_other_one_changed_is_left_to_the_reviewer() {
    let team = Team::new();
    git(&team.reviews("kim"), &["rm", "-q", &format!("{}.json", team.id)]);
    git(&team.reviews("kim"), &["commit", "-qm", "Remove"]);
    git(&team.reviews("kim"), &["push", "-q"]);
    team.answers("ann", "event-logging", "yes", ANN);
    let pull = try_git(&team.reviews("ann"), &["pull", "--no-rebase", "--no-edit"]);
    assert_eq!(pull.status.code(), Some(1));
    let resolve = run(&team.reviews("ann"), &["git", "resolve"], 1);
    assert!(text(&resolve.stderr).contains("one side removed it"), "{}", text(&resolve.stderr));
    assert_eq!(team.session("ann").answer_to("event-logging").unwrap().detail, ANN);
}

#[test]
fn a_driver_that_is_killed_leaves_our_version_as_it_was() {
    let team = disagreeing(Team::new());
    let before = fs::read(team.file("ann")).unwrap();
    git(&team.reviews("ann"), &["config", "merge.querist.driver", "kill -9 $$"]);
    let pull = try_git(&team.reviews("ann"), &["pull", "--no-rebase", "--no-edit"]);
    assert!(!pull.status.success());
    assert_eq!(fs::read(team.file("ann")).unwrap(), before);
}

#[test]
fn a_merge_button_that_merges_text_leaves_markers_that_the_session_is_read_from() {
    let team = disagreeing(Team::new());
    let reviews = team.reviews("ann");
    git(&reviews, &["fetch", "-q"]);
    let base = reviews.join("base");
    fs::write(&base, git(&reviews, &["show", &format!("HEAD~1:./{}.json", team.id)])).unwrap();
    let theirs = reviews.join("theirs");
    fs::write(&theirs, git(&reviews, &["show", &format!("origin/main:./{}.json", team.id)])).unwrap();
    let files = [team.file("ann"), base, theirs].map(|path| path.to_string_lossy().into_owned());
    let merged = try_git(&reviews, &["merge-file", &files[0], &files[1], &files[2]]);
    assert_ne!(merged.status.code(), Some(0), "the checksum keeps it from being merged unseen");
    run(&reviews, &["answer", &team.id, "external-tls", "--note", "Opened."], 0);
    team.has_both("ann", [ANN, KIM]);
}

#[test]
fn setting_git_up_again_changes_nothing_and_removing_it_restores_every_file() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q"]);
    let reviews = dir.path().join("our reviews");
    fs::create_dir(&reviews).unwrap();
    fs::write(reviews.join(".gitignore"), "*.tmp").unwrap();
    let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap_or_default();
    let config = read(".git/config");
    run(&reviews, &["git", "setup"], 0);
    let names =
        ["our reviews/.gitignore", "our reviews/.gitattributes", ".git/info/attributes", ".git/config"];
    let after = names.map(read);
    assert_eq!(after[2], "\"/our reviews/**/*.json\" merge=querist\n");
    let again = run(&reviews, &["git", "setup"], 0);
    assert_eq!(text(&again.stderr), "Git is set up.\n");
    assert_eq!(names.map(read), after);
    run(&reviews, &["git", "setup", "--remove"], 0);
    assert_eq!(names.map(read), ["*.tmp\n", "", "", &config].map(str::to_owned));
    assert!(!reviews.join(".gitattributes").exists());
    assert_eq!(text(&run(&reviews, &["git", "setup", "--remove"], 0).stderr), "Git was not set up.\n");
    let outside = tempfile::tempdir().unwrap();
    run(outside.path(), &["git", "setup"], 4);
}

#[test]
fn git_shows_the_changes_of_a_session_field_by_field() {
    let team = Team::new();
    team.answers("ann", "external-tls", "yes", "One. Two.");
    let log = git(&team.reviews("ann"), &["log", "-p", "-1", "--format="]);
    for line in ["+external-tls.answer: Yes", "+external-tls.detail: One.", "+external-tls.detail: Two."] {
        assert!(log.lines().any(|l| l == line), "{log}");
    }
    let plain = team.dir.path().join("plain.json");
    fs::write(&plain, "{}\n").unwrap();
    assert_eq!(text(&run(Path::new("."), &["textconv", plain.to_str().unwrap()], 0).stdout), "{}\n");
}

#[test]
fn journals_that_are_committed_are_named_with_the_command_that_removes_them() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q"]);
    run(dir.path(), &["new", "saas-security", "--subject", "Boat", "--no-open"], 0);
    git(dir.path(), &["add", "-A"]);
    let setup = text(&run(dir.path(), &["git", "setup"], 0).stderr);
    assert!(setup.contains(".journal is committed") && setup.contains("git rm --cached"), "{setup}");
}
