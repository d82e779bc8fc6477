//! The git repository that the folder of sessions is in: setting it up, and merging what git could not.

use std::path::{Path, PathBuf};

use crate::store::{MergedVersions, is_in_work_tree, merge_versions, run_git, stages, write_whole};

use super::error::WorkspaceError;
use super::place::Workspace;

/// Sessions are never merged as text, and shown field by field.
const ATTRIBUTES: [&str; 1] = ["*.json -merge diff=querist"];

/// Journals contain every deleted word; the other files concern only one computer.
const IGNORED: [&str; 7] =
    ["*.journal*", ".*.lock", "*.damaged-*", "*.before-*", "state/", "replaced/", "trash/"];

/// The sections of git's configuration.
const SECTIONS: [&str; 2] = ["merge.querist", "diff.querist"];

/// A folder of sessions in a git repository.
#[derive(Debug)]
pub struct Repository {
    folder: PathBuf,
    /// The path of the folder within the repository, with a slash at its end; empty for its root.
    prefix: String,
}

/// The state of a repository, for the home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryState {
    /// The branch, or "no branch".
    pub branch: String,
    /// How many sessions in the folder have changes that are not committed.
    pub uncommitted: usize,
}

/// What could be done with an unmerged session.
#[derive(Debug)]
pub enum Resolved {
    /// It was merged and added to git's index.
    Merged(Box<MergedVersions>),
    /// One side removed it and the other one changed it.
    Removed,
    /// It cannot be merged: the reason.
    Not(String),
}

impl Workspace {
    /// The repository that the folder of sessions is in.
    ///
    /// # Errors
    /// If it is not in a git work tree.
    pub fn repository(&self) -> Result<Repository, WorkspaceError> {
        let folder = self.sessions.path();
        let failed = |reason: String| WorkspaceError::Git { folder: folder.to_owned(), reason };
        if !folder.is_dir() {
            return Err(failed("the folder does not exist yet".to_owned()));
        }
        let prefix = run_git(folder, &["rev-parse", "--show-prefix"]).map_err(failed)?;
        let prefix = String::from_utf8_lossy(&prefix).trim_end_matches('\n').to_owned();
        Ok(Repository { folder: folder.to_owned(), prefix })
    }

    /// Branch and number of uncommitted sessions of the folder of sessions, if it is in a repository.
    pub fn repository_state(&self) -> Option<RepositoryState> {
        // Most folders of sessions are in none; git does not have to be started for that.
        if !is_in_work_tree(self.sessions.path()) {
            return None;
        }
        let args = ["status", "--porcelain=v2", "--branch", "-z", "--", "*.json"];
        let status = run_git(self.sessions.path(), &args).ok()?;
        Some(state_in(&String::from_utf8_lossy(&status)))
    }
}

/// Branch and number of changed files in what `git status --porcelain=v2 --branch -z` prints.
fn state_in(status: &str) -> RepositoryState {
    let mut state = RepositoryState { branch: "no branch".to_owned(), uncommitted: 0 };
    let mut entries = status.split('\0');
    while let Some(entry) = entries.next() {
        match entry.split_once(' ') {
            Some(("#", header)) => {
                let branch = header.strip_prefix("branch.head ").filter(|branch| *branch != "(detached)");
                state.branch = branch.map_or(state.branch, str::to_owned);
            }
            Some((kind, _)) => {
                state.uncommitted += 1;
                // A file that was renamed is followed by its old name.
                if kind == "2" {
                    entries.next();
                }
            }
            None => {}
        }
    }
    state
}

impl Repository {
    /// Sets the repository up, with `program` as the merge driver. With `strict`, git stops at a merge with
    /// conflicts. Returns what was changed, as sentences; nothing if everything was set up.
    ///
    /// # Errors
    /// If a file or git's configuration cannot be written.
    pub fn set_up(&self, program: &Path, strict: bool) -> Result<Vec<String>, WorkspaceError> {
        let mut done = self.change_files(with_lines)?;
        let program = quoted(program);
        let exit = if strict { " --exit-conflict" } else { "" };
        let driver = format!("{program} merge-driver %O %A %B --path %P --label-theirs %Y{exit}");
        let config = [
            ("merge.querist.name", "Querist sessions, field by field".to_owned()),
            ("merge.querist.driver", driver),
            // A common ancestor that has to be merged itself must not contain conflicts.
            ("merge.querist.recursive", "binary".to_owned()),
            ("diff.querist.textconv", format!("{program} textconv")),
        ];
        for (key, value) in config {
            if self.git(&["config", "--get", key]).is_ok_and(|known| known.trim_end_matches('\n') == value) {
                continue;
            }
            self.git(&["config", key, &value]).map_err(|reason| self.failed(reason))?;
            done.push(format!("Set {key}."));
        }
        Ok(done)
    }

    /// Undoes [`set_up`](Self::set_up).
    ///
    /// # Errors
    /// If a file or git's configuration cannot be written.
    pub fn remove(&self) -> Result<Vec<String>, WorkspaceError> {
        let mut done = self.change_files(without_lines)?;
        for section in SECTIONS {
            if self.git(&["config", "--local", "--remove-section", section]).is_ok() {
                done.push(format!("Removed {section} from git's configuration."));
            }
        }
        Ok(done)
    }

    /// The journals that git has, although they contain every deleted word.
    pub fn committed_journals(&self) -> Vec<String> {
        let listed = self.git(&["ls-files", "-z", "--", "*.journal*"]).unwrap_or_default();
        listed.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    /// The sessions in the folder that git lists as unmerged.
    pub fn unmerged(&self) -> Vec<PathBuf> {
        let listed =
            self.git(&["diff", "--name-only", "--relative", "--diff-filter=U", "-z", "--", "*.json"]);
        let listed = listed.unwrap_or_default();
        listed.split('\0').filter(|name| !name.is_empty()).map(|name| self.folder.join(name)).collect()
    }

    /// Merges git's three versions of a session and adds the result to its index.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn resolve(&self, path: &Path) -> Result<Resolved, WorkspaceError> {
        let Some(versions) = stages(path) else { return Ok(Resolved::Not("git has merged it".to_owned())) };
        let (Some(ours), Some(theirs)) = (versions.ours, versions.theirs) else {
            return Ok(Resolved::Removed);
        };
        let base = versions.base.unwrap_or_default();
        let merged = match merge_versions(&base, &ours, &theirs) {
            Ok(merged) => merged,
            Err(reason) => return Ok(Resolved::Not(reason.to_string())),
        };
        write_whole(path, &merged.text, true).map_err(WorkspaceError::Store)?;
        let path = path.to_string_lossy();
        self.git(&["add", "--", &path]).map_err(|reason| self.failed(reason))?;
        Ok(Resolved::Merged(Box::new(merged)))
    }

    /// Changes the lines of `.gitattributes`, `.gitignore` and `.git/info/attributes` by a function of a text
    /// and our lines.
    fn change_files(
        &self,
        changed: fn(&str, &[&str]) -> Option<String>,
    ) -> Result<Vec<String>, WorkspaceError> {
        let info = self.git(&["rev-parse", "--path-format=absolute", "--git-path", "info/attributes"]);
        let info = info.map_err(|reason| self.failed(reason))?;
        let driver = format!("{} merge=querist", pattern(&self.prefix));
        let files: [(PathBuf, &[&str]); 3] = [
            (self.folder.join(".gitattributes"), &ATTRIBUTES),
            (self.folder.join(".gitignore"), &IGNORED),
            (self.folder.join(info.trim_end_matches('\n')), &[&driver]),
        ];
        let mut done = Vec::new();
        for (path, lines) in files {
            let failed = |error: std::io::Error| self.failed(format!("{}: {error}", path.display()));
            let old = match std::fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
                Err(error) => return Err(failed(error)),
            };
            let Some(new) = changed(&old, lines) else { continue };
            if new.is_empty() {
                std::fs::remove_file(&path).map_err(failed)?;
                done.push(format!("Removed {}.", path.display()));
                continue;
            }
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(failed)?;
            }
            write_whole(&path, new.as_bytes(), false).map_err(WorkspaceError::Store)?;
            done.push(format!("Changed {}.", path.display()));
        }
        Ok(done)
    }

    fn git(&self, args: &[&str]) -> Result<String, String> {
        run_git(&self.folder, args).map(|said| String::from_utf8_lossy(&said).into_owned())
    }

    fn failed(&self, reason: String) -> WorkspaceError {
        WorkspaceError::Git { folder: self.folder.clone(), reason }
    }
}

/// The text with those of the lines that it lacks; `None` if it has them all.
fn with_lines(text: &str, lines: &[&str]) -> Option<String> {
    let missing: Vec<&str> = lines.iter().copied().filter(|line| !text.lines().any(|l| l == *line)).collect();
    if missing.is_empty() {
        return None;
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    Some(format!("{text}{gap}{}\n", missing.join("\n")))
}

/// The text without the lines; `None` if it has none of them.
fn without_lines(text: &str, lines: &[&str]) -> Option<String> {
    let rest: String = text.split_inclusive('\n').filter(|line| !lines.contains(&line.trim_end())).collect();
    (rest.len() < text.len()).then_some(rest)
}

/// A path for the shell that git starts programs with.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', r"'\''"))
}

/// The pattern, as in `gitattributes(5)`, of the sessions in the folder with this prefix.
fn pattern(prefix: &str) -> String {
    if prefix.is_empty() {
        return "*.json".to_owned();
    }
    let mut escaped = String::new();
    for c in prefix.chars() {
        if r"*?[]\".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    let pattern = format!("/{escaped}**/*.json");
    let is_plain = !pattern.contains(char::is_whitespace) && !pattern.contains('"');
    if is_plain { pattern } else { format!("\"{}\"", pattern.replace('\\', r"\\").replace('"', "\\\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_added_once_and_removed_again_without_touching_others() {
        let lines = ["a", "b"];
        assert_eq!(with_lines("", &lines).unwrap(), "a\nb\n");
        assert_eq!(with_lines("x\nb", &lines).unwrap(), "x\nb\na\n");
        assert_eq!(with_lines("b\na\n", &lines), None);
        assert_eq!(without_lines("x\nb\na\n", &lines).unwrap(), "x\n");
        assert_eq!(without_lines("a\r\nb", &lines).unwrap(), "");
        assert_eq!(without_lines("x\n", &lines), None);
    }

    #[test]
    fn the_pattern_of_a_folder_is_escaped_as_git_reads_it() {
        for (prefix, expected) in [
            ("", "*.json"),
            ("reviews/", "/reviews/**/*.json"),
            ("a[1]/", "/a\\[1\\]/**/*.json"),
            ("our reviews/x*/", "\"/our reviews/x\\\\*/**/*.json\""),
        ] {
            assert_eq!(pattern(prefix), expected);
        }
    }

    #[test]
    fn the_state_counts_each_changed_file_once_and_names_the_branch_if_there_is_one() {
        let header =
            "# branch.oid abc\0# branch.head main\0# branch.upstream origin/main\0# branch.ab +1 -0\0";
        let changed = "1 .M N... 100644 100644 100644 a b x 1.json\0\
                       2 R. N... 100644 100644 100644 a b R100 new.json\0old.json\0? other.json\0";
        let state = state_in(&format!("{header}{changed}"));
        assert_eq!((state.branch.as_str(), state.uncommitted), ("main", 3));
        let state = state_in("# branch.oid abc\0# branch.head (detached)\0");
        assert_eq!((state.branch.as_str(), state.uncommitted), ("no branch", 0));
    }

    #[test]
    fn a_path_with_a_quote_is_one_word_for_the_shell() {
        assert_eq!(quoted(Path::new("/it's here/q")), r"'/it'\''s here/q'");
    }
}
