//! What git knows about a file. Without git, or outside of a repository, it knows nothing.

use std::path::Path;
use std::process::{Command, Stdio};

use super::files;

/// The versions of a file that git could not merge.
pub struct Stages {
    /// What both sides started from; none if both added the file.
    pub base: Option<Vec<u8>>,
    /// Our version.
    pub ours: Option<Vec<u8>>,
    /// Their version.
    pub theirs: Option<Vec<u8>>,
}

/// Whether a folder is in a git work tree.
pub fn is_in_work_tree(folder: &Path) -> bool {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    folder.ancestors().any(|ancestor| ancestor.join(".git").symlink_metadata().is_ok())
}

/// The versions of the file at `path` if git lists it as unmerged.
pub fn stages(path: &Path) -> Option<Stages> {
    let folder = files::parent(path);
    if !is_in_work_tree(&folder) {
        return None;
    }
    let name = path.file_name()?.to_str()?;
    let listed = run_git(&folder, &["ls-files", "--unmerged", "-z", "--", name]).ok()?;
    if listed.is_empty() {
        return None;
    }
    let stage = |number: u8| run_git(&folder, &["show", &format!(":{number}:./{name}")]).ok();
    Some(Stages { base: stage(1), ours: stage(2), theirs: stage(3) })
}

/// Tells git that the conflict in a file is resolved.
pub(super) fn add(path: &Path) {
    if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
        // If this fails, git still lists the file as unmerged, and says so itself.
        let _ = run_git(&files::parent(path), &["add", "--", name]);
    }
}

/// Runs git in a folder and returns what it prints.
///
/// # Errors
/// If git cannot be started or fails: the first line of its message.
pub fn run_git(folder: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("git cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("git failed");
    Err(said.trim_end_matches('.').to_owned())
}
