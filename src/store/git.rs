//! What git knows about a file. Without git, or outside of a repository, it knows nothing.

use std::path::Path;
use std::process::{Command, Stdio};

use super::files;

/// The versions of a file that git could not merge.
pub(super) struct Stages {
    /// What both sides started from; none if both added the file.
    pub base: Option<Vec<u8>>,
    /// Our version.
    pub ours: Option<Vec<u8>>,
    /// Their version.
    pub theirs: Option<Vec<u8>>,
}

/// Whether a folder is in a git work tree.
pub(super) fn is_in_work_tree(folder: &Path) -> bool {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    folder.ancestors().any(|ancestor| ancestor.join(".git").symlink_metadata().is_ok())
}

/// The versions of the file at `path` if git lists it as unmerged.
pub(super) fn stages(path: &Path) -> Option<Stages> {
    let folder = files::parent(path);
    if !is_in_work_tree(&folder) {
        return None;
    }
    let name = path.file_name()?.to_str()?;
    let listed = git(&folder, &["ls-files", "--unmerged", "-z", "--", name])?;
    if listed.is_empty() {
        return None;
    }
    let stage = |number: u8| git(&folder, &["show", &format!(":{number}:./{name}")]);
    Some(Stages { base: stage(1), ours: stage(2), theirs: stage(3) })
}

/// Tells git that the conflict in a file is resolved.
pub(super) fn add(path: &Path) {
    if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
        // If this fails, git still lists the file as unmerged, and says so itself.
        let _ = git(&files::parent(path), &["add", "--", name]);
    }
}

fn git(folder: &Path, args: &[&str]) -> Option<Vec<u8>> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).stdin(Stdio::null()).stderr(Stdio::null());
    command.output().ok().filter(|output| output.status.success()).map(|output| output.stdout)
}
