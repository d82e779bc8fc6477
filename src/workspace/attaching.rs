//! Files that serve as evidence: storing them with a session, their states, and copies for a report.

use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::report::FileLinks;
use crate::session::{Attachment, Edit, FileState, FileStates, Session};
use crate::store::{
    EvidenceContent, EvidenceFolder, MAX_EVIDENCE, OpenSession, Operation, StoreError, read_bytes,
};
use crate::text::percent_encoded;

use super::error::WorkspaceError;
use super::place::Workspace;

/// What is said about a file that is attached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The name to keep it under; if it is empty, its own.
    pub name: String,
    /// The day of what it shows.
    pub day: Option<Date>,
    /// The label of the link; if it is empty, the name.
    pub label: String,
    /// The URL that it came from.
    pub source: Option<String>,
    /// The id of the file that it replaces.
    pub replaces: Option<String>,
}

/// The files of a session that are copied beside a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// The addresses of the copies, relative to the report.
    pub links: FileLinks,
    /// The names of those that are missing or have changed, and are not copied.
    pub left: Vec<String>,
    /// The folder of the copies.
    pub folder: PathBuf,
    /// The files, each with its copy.
    paths: Vec<(PathBuf, PathBuf)>,
}

impl Copies {
    /// The copies.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter().map(|(_, copy)| copy.as_path())
    }
}

/// Stores a file with a session. Returns the edit that attaches it to the answer to the question at `index`;
/// `None` if it is attached already (and then it is there again), or does not replace anything. The file is
/// on the disk before the edit is made.
///
/// # Errors
/// If the file cannot be read or stored, is a symbolic link, or is too large.
pub fn attach(
    open: &mut OpenSession,
    index: usize,
    path: &Path,
    about: About,
    now: Timestamp,
) -> Result<Option<Edit>, StoreError> {
    let mut content = EvidenceContent::read(path)?;
    if !about.name.is_empty() {
        content.name = about.name;
    }
    let attachment = Attachment {
        name: content.name.clone(),
        sha256: content.sha256.clone(),
        bytes: content.bytes.len() as u64,
        day: about.day,
        label: about.label,
        source: about.source,
        replaces: about.replaces,
    };
    let stamp = open.stamp(now);
    let today = now.to_zoned(TimeZone::system()).date();
    // A file that is attached already may be missing.
    open.evidence().keep(&content, now)?;
    Ok(open.session().attach(index, attachment, today, stamp))
}

/// The states of all files of a session, which are read for this.
pub fn file_states(session: &Session, folder: &EvidenceFolder) -> FileStates {
    let files = session.entries().evidence.iter();
    files.map(|file| (file.id.clone(), folder.state(file))).collect()
}

impl Workspace {
    /// Copies the files that a new session refers to from the one that it was made from.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn copy_evidence(&self, from: &str, to: &OpenSession, now: Timestamp) -> Result<(), StoreError> {
        let files = &to.session().entries().evidence;
        // A page that a session was made from has no files.
        match self.sessions.evidence(from) {
            Ok(folder) if !files.is_empty() => to.evidence().copy_from(&folder, files, now),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// The copies of the files of a session that its answers refer to, in a folder, for a report at `report`.
    /// Nothing is written.
    pub fn plan_copies(
        &self,
        session: &Session,
        evidence: &EvidenceFolder,
        folder: &Path,
        report: &Path,
    ) -> Copies {
        let mut copies = Copies { folder: folder.to_owned(), ..Copies::default() };
        let files = session.entries().evidence.iter();
        for file in files.filter(|file| !session.questions_with_file(&file.id).is_empty()) {
            let found = evidence.find(file).filter(|_| evidence.state(file) == FileState::Intact);
            let (Some(from), Some(name)) = (found, file.stored_name()) else {
                copies.left.push(file.name.clone());
                continue;
            };
            let to = folder.join(&name);
            copies.links.insert(file.id.clone(), relative_address(&to, report));
            copies.paths.push((from, to));
        }
        copies
    }

    /// Makes copies that were planned.
    ///
    /// # Errors
    /// If they cannot be read or written.
    pub fn copy_files(&self, copies: &Copies, now: Timestamp) -> Result<(), WorkspaceError> {
        if copies.paths.is_empty() {
            return Ok(());
        }
        let (path, operation) = (&copies.folder, Operation::CreateFolder);
        let cannot = |source| StoreError::Io { path: path.clone(), operation, source };
        std::fs::create_dir_all(path).map_err(cannot)?;
        for (from, to) in &copies.paths {
            let bytes = read_bytes(from, MAX_EVIDENCE)?;
            if read_bytes(to, MAX_EVIDENCE).ok().as_ref() != Some(&bytes) {
                self.write_file(to, &bytes, now)?;
            }
        }
        Ok(())
    }
}

/// The address of a file relative to a report, percent-encoded.
fn relative_address(file: &Path, report: &Path) -> String {
    let whole = |path: &Path| whole(path.parent().unwrap_or(Path::new("")));
    let (from, to) = (whole(report), whole(file));
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut path: PathBuf = from[shared..].iter().map(|_| Component::ParentDir).collect();
    path.extend(&to[shared..]);
    path.push(file.file_name().unwrap_or_default());
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    percent_encoded(&parts.collect::<Vec<_>>().join("/"), b"/")
}

/// The whole path of a folder, which does not have to exist yet.
fn whole(folder: &Path) -> PathBuf {
    let existing = folder.ancestors().find_map(|known| {
        let is_here = known.as_os_str().is_empty();
        let whole = std::fs::canonicalize(if is_here { Path::new(".") } else { known }).ok()?;
        Some(whole.join(folder.strip_prefix(known).ok()?))
    });
    existing.unwrap_or_default()
}
