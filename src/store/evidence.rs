//! The files that serve as evidence, in a folder beside the session: `ID.evidence/SHA8-name`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::session::{EvidenceFile, FileState, stored_name, stored_prefix};
use crate::text::sha256;

use super::error::{Operation, StoreError};
use super::files::{self, Identity};
use super::repair::stamp;

/// The maximum size of a file that serves as evidence, in bytes.
pub const MAX_EVIDENCE: u64 = 25 * 1_000_000;

/// A file that was read to be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceContent {
    /// Its name.
    pub name: String,
    /// The SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl EvidenceContent {
    /// Reads a file. A symbolic link is not followed: it could point to something that nobody meant to share.
    ///
    /// # Errors
    /// If it cannot be read, is not a regular file, or is larger than [`MAX_EVIDENCE`].
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = read_regular(path)?;
        Ok(Self { name, sha256: sha256(&bytes), bytes })
    }
}

/// The folder of the files that serve as evidence in one session. It does not have to exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFolder {
    path: PathBuf,
}

impl EvidenceFolder {
    /// The folder at this path.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The names of the files in it.
    pub fn names(&self) -> BTreeSet<String> {
        if !is_real_folder(&self.path) {
            return BTreeSet::new();
        }
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        let files = entries.filter(|entry| files::is_regular_file(&entry.path()));
        let names = files.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| !name.starts_with('.')).collect()
    }

    /// The size of a file in it.
    pub fn size_of(&self, name: &str) -> u64 {
        fs::symlink_metadata(self.path.join(name)).map_or(0, |about| about.len())
    }

    /// Whether a file is what was attached.
    pub fn state(&self, file: &EvidenceFile) -> FileState {
        match self.candidates(&file.sha256, &file.name) {
            found if found.is_empty() => FileState::Missing,
            found if found.iter().any(|path| is_intact(path, &file.sha256)) => FileState::Intact,
            _ => FileState::Changed,
        }
    }

    /// Where the content of a file is, if it is what was attached; otherwise what is in its place.
    pub fn find(&self, file: &EvidenceFile) -> Option<PathBuf> {
        let found = self.candidates(&file.sha256, &file.name);
        let intact = found.iter().find(|path| is_intact(path, &file.sha256));
        intact.or(found.first()).cloned()
    }

    /// Stores the content of a file, unless it is there already. What is in its place and differs is set
    /// aside.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep(&self, content: &EvidenceContent, now: Timestamp) -> Result<(), StoreError> {
        let EvidenceContent { name, sha256, bytes } = content;
        let known = self.candidates(sha256, name);
        let Some(name) = stored_name(sha256, name) else { return Ok(()) };
        if known.iter().any(|path| is_intact(path, sha256)) {
            return Ok(());
        }
        if !is_real_folder(&self.path) && self.path.symlink_metadata().is_ok() {
            return Err(StoreError::NotAFile { path: self.path.clone() });
        }
        files::make_folder(&self.path)?;
        let path = self.path.join(name);
        if path.symlink_metadata().is_ok() {
            files::rename_aside(&path, "damaged", &stamp(now))?;
        }
        files::write_whole(&path, bytes, true)?;
        // The folder itself may be new.
        files::sync_parent(&self.path)
    }

    /// Copies the content of these files from another folder, as far as it is there and intact.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn copy_from(&self, other: &Self, files: &[EvidenceFile], now: Timestamp) -> Result<(), StoreError> {
        for file in files {
            let Some(path) = other.find(file).filter(|path| is_intact(path, &file.sha256)) else {
                continue;
            };
            let bytes = read_regular(&path)?;
            let content = EvidenceContent { name: file.name.clone(), sha256: file.sha256.clone(), bytes };
            self.keep(&content, now)?;
        }
        Ok(())
    }

    /// The files that may have the content, the most likely one first.
    fn candidates(&self, sha256: &str, name: &str) -> Vec<PathBuf> {
        let (Some(prefix), Some(exact)) = (stored_prefix(sha256), stored_name(sha256, name)) else {
            return Vec::new();
        };
        let mut names: Vec<String> =
            self.names().into_iter().filter(|name| name.starts_with(&prefix)).collect();
        names.sort_by_key(|name| *name != exact);
        names.into_iter().map(|name| self.path.join(name)).collect()
    }
}

fn is_intact(path: &Path, known: &str) -> bool {
    read_regular(path).is_ok_and(|bytes| sha256(&bytes) == known)
}

fn is_real_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|about| about.is_dir())
}

/// Reads a regular file of at most [`MAX_EVIDENCE`] bytes. What is opened is what was looked at, even if
/// somebody replaces it by a link meanwhile.
fn read_regular(path: &Path) -> Result<Vec<u8>, StoreError> {
    let about = fs::symlink_metadata(path).map_err(Operation::Read.on(path))?;
    if !about.is_file() {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
    let read = || -> io::Result<Option<(u64, Vec<u8>)>> {
        let file = File::open(path)?;
        let opened = file.metadata()?;
        if Identity::of(&opened) != Identity::of(&about) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        if opened.len() <= MAX_EVIDENCE {
            file.take(MAX_EVIDENCE + 1).read_to_end(&mut bytes)?;
        }
        Ok(Some((opened.len().max(bytes.len() as u64), bytes)))
    };
    match read().map_err(Operation::Read.on(path))? {
        None => Err(StoreError::NotAFile { path: path.to_owned() }),
        Some((size, _)) if size > MAX_EVIDENCE => {
            Err(StoreError::TooLarge { path: path.to_owned(), size, limit: MAX_EVIDENCE })
        }
        Some((_, bytes)) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Stamp;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    struct Evidence {
        dir: tempfile::TempDir,
        folder: EvidenceFolder,
    }

    impl Evidence {
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            let folder = EvidenceFolder::new(dir.path().join("boat.evidence"));
            Self { dir, folder }
        }

        fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
            let path = self.dir.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        }

        fn keep(&self, name: &str, bytes: &[u8]) -> EvidenceFile {
            let content = EvidenceContent::read(&self.write(name, bytes)).unwrap();
            let file = EvidenceFile {
                id: "0123456789abcdef".into(),
                name: content.name.clone(),
                sha256: content.sha256.clone(),
                bytes: content.bytes.len() as u64,
                day: None,
                added: Stamp::default(),
                source: None,
            };
            self.folder.keep(&content, NOW).unwrap();
            file
        }

        fn stored(&self, file: &EvidenceFile) -> PathBuf {
            self.folder.path.join(file.stored_name().unwrap())
        }
    }

    #[test]
    fn a_file_is_stored_under_its_checksum_and_identical_bytes_are_stored_once() {
        let evidence = Evidence::new();
        let file = evidence.keep("my report.txt", b"abc");
        assert_eq!(file.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let stored = ["ba7816bf-my-report.txt".to_owned()];
        assert_eq!(evidence.folder.names(), stored.clone().into());
        let same = evidence.keep("other.txt", b"abc");
        assert_eq!(evidence.folder.names(), stored.into());
        assert_eq!(evidence.folder.find(&same), Some(evidence.stored(&file)));
        assert_eq!(evidence.folder.state(&same), FileState::Intact);
        assert_eq!(evidence.folder.size_of("ba7816bf-my-report.txt"), 3);
    }

    #[test]
    #[cfg(unix)]
    fn the_folder_and_its_files_are_private() {
        use std::os::unix::fs::PermissionsExt;
        let evidence = Evidence::new();
        let file = evidence.keep("report.txt", b"abc");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&evidence.folder.path), mode(&evidence.stored(&file))), (0o700, 0o600));
    }

    #[test]
    fn a_flipped_byte_is_a_change_and_attaching_the_file_again_restores_it() {
        let evidence = Evidence::new();
        let file = evidence.keep("report.txt", b"abc");
        fs::write(evidence.stored(&file), b"abd").unwrap();
        assert_eq!(evidence.folder.state(&file), FileState::Changed);
        assert_eq!(evidence.folder.find(&file), Some(evidence.stored(&file)), "to look at it");
        evidence.keep("report.txt", b"abc");
        assert_eq!(evidence.folder.state(&file), FileState::Intact);
        assert_eq!(evidence.folder.names().len(), 2, "what was there is set aside");
        fs::remove_dir_all(&evidence.folder.path).unwrap();
        assert_eq!(evidence.folder.state(&file), FileState::Missing);
        assert_eq!(evidence.folder.find(&file), None);
    }

    #[test]
    fn files_of_more_than_25_mb_are_refused() {
        let evidence = Evidence::new();
        let path = evidence.write("large.bin", b"");
        let large = File::options().write(true).open(&path).unwrap();
        large.set_len(MAX_EVIDENCE).unwrap();
        assert_eq!(EvidenceContent::read(&path).unwrap().bytes.len() as u64, MAX_EVIDENCE);
        large.set_len(26 * 1_000_000).unwrap();
        let error = EvidenceContent::read(&path).unwrap_err().to_string();
        assert!(error.ends_with("large.bin is too large: 26 MB, the limit is 25 MB"), "{error}");
    }

    #[test]
    #[cfg(unix)]
    fn symbolic_links_are_not_followed_anywhere() {
        use std::os::unix::fs::symlink;
        let evidence = Evidence::new();
        let secret = evidence.write("secret.txt", b"abc");
        let link = evidence.dir.path().join("link.txt");
        symlink(&secret, &link).unwrap();
        for path in [link.as_path(), evidence.dir.path()] {
            let error = EvidenceContent::read(path).unwrap_err();
            assert!(error.to_string().ends_with("is a symbolic link or not a regular file"), "{error}");
        }
        let file = evidence.keep("report.txt", b"abc");
        fs::remove_file(evidence.stored(&file)).unwrap();
        symlink(&secret, evidence.stored(&file)).unwrap();
        assert_eq!(evidence.folder.state(&file), FileState::Missing);
        fs::remove_dir_all(&evidence.folder.path).unwrap();
        let elsewhere = evidence.dir.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        symlink(&elsewhere, &evidence.folder.path).unwrap();
        let content = EvidenceContent::read(&secret).unwrap();
        let error = evidence.folder.keep(&content, NOW).unwrap_err();
        assert!(matches!(error, StoreError::NotAFile { .. }), "{error:?}");
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    }

    #[test]
    fn only_intact_files_are_copied_from_another_session() {
        let (from, to) = (Evidence::new(), Evidence::new());
        let files = [from.keep("a.txt", b"a"), from.keep("b.txt", b"b"), from.keep("c.txt", b"c")];
        fs::write(from.stored(&files[1]), b"x").unwrap();
        fs::remove_file(from.stored(&files[2])).unwrap();
        to.folder.copy_from(&from.folder, &files, NOW).unwrap();
        let states = files.each_ref().map(|file| to.folder.state(file));
        assert_eq!(states, [FileState::Intact, FileState::Missing, FileState::Missing]);
    }
}
