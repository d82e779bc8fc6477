//! Reading and writing whole files safely.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use super::error::{Operation, StoreError};
use super::journal::{self, Journal};

/// The longest part of a file's name that is repeated in the name of another file, in bytes.
const LONGEST_NAME: usize = 200;
/// The size limit for files of the store, in bytes.
pub const MAX_FILE: u64 = 256 * 1_000_000;

/// Reads a text file of at most `limit` bytes.
///
/// # Errors
/// If it cannot be read, is too large, or is not UTF-8 (with line and column).
pub fn read_text(path: &Path, limit: u64) -> Result<String, StoreError> {
    decode(path, read_bytes(path, limit)?)
}

/// Reads a text file of at most `limit` bytes in one of the program's own folders. Unlike a file that
/// somebody names, it must be a regular file: reading a pipe could wait forever.
///
/// # Errors
/// Those of [`read_text`], and if it is not a regular file.
pub fn read_own_text(path: &Path, limit: u64) -> Result<String, StoreError> {
    match fs::metadata(path) {
        Ok(meta) if !meta.is_file() => Err(StoreError::NotAFile { path: path.to_owned() }),
        Ok(_) | Err(_) => read_text(path, limit),
    }
}

/// Reads a file of at most `limit` bytes.
///
/// # Errors
/// If it cannot be read or is larger.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let read = || -> io::Result<(u64, Vec<u8>)> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut bytes = Vec::with_capacity(size.min(limit) as usize + 1);
        if size <= limit {
            file.take(limit + 1).read_to_end(&mut bytes)?;
        }
        Ok((size.max(bytes.len() as u64), bytes))
    };
    let (size, bytes) = read().map_err(Operation::Read.on(path))?;
    if size > limit {
        return Err(StoreError::TooLarge { path: path.to_owned(), size, limit });
    }
    Ok(bytes)
}

/// Reads a file of the store; `None` if it does not exist. A symbolic link is not followed.
pub(super) fn read_if_present(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    if is_present(path)? { read_bytes(path, MAX_FILE).map(Some) } else { Ok(None) }
}

/// Reads the journal of a session; `None` if it does not exist.
pub(super) fn read_journal(path: &Path) -> Result<Option<Journal>, StoreError> {
    if !is_present(path)? {
        return Ok(None);
    }
    let read = || {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let read = (size <= MAX_FILE).then(|| journal::read(BufReader::new(file.take(MAX_FILE)), size));
        Ok((size, read.transpose()?))
    };
    match read().map_err(Operation::Read.on(path))? {
        (_, Some(journal)) => Ok(Some(journal)),
        (size, None) => Err(StoreError::TooLarge { path: path.to_owned(), size, limit: MAX_FILE }),
    }
}

/// Whether a file of the store exists. Anything else in its place is an error.
fn is_present(path: &Path) -> Result<bool, StoreError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if !meta.is_file() => Err(StoreError::NotAFile { path: path.to_owned() }),
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Operation::Read.on(path)(error)),
    }
}

/// Decodes UTF-8, or returns the position of the first invalid byte as an error.
fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, StoreError> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.iter().filter(|b| **b == b'\n').count() + 1;
        let column = valid.len() - valid.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1) + 1;
        let message = "not UTF-8 text".to_owned();
        StoreError::Unreadable { path: path.to_owned(), line, column, message }
    })
}

/// Replaces a file atomically: writes a temporary file in the same folder, syncs it, renames it, syncs the
/// folder.
///
/// If `private`, a new file is readable by its owner only. An existing file keeps its mode.
///
/// # Errors
/// If any step fails; the old file is then unchanged.
pub fn write_whole(path: &Path, bytes: &[u8], private: bool) -> Result<(), StoreError> {
    write_without_folder_sync(path, bytes, private)?;
    sync_parent(path)
}

/// Syncs the folder that a new file or folder is in.
pub(super) fn sync_parent(path: &Path) -> Result<(), StoreError> {
    match sync_folder(&parent(path)) {
        Err(error) if is_lost(&error) => Err(Operation::Write.on(path)(error)),
        // Some file systems refuse to sync a folder; what is in it is synced.
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Whether an error of a sync means that data did not reach the disk.
fn is_lost(error: &io::Error) -> bool {
    const EIO: i32 = 5;
    let kinds = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded];
    kinds.contains(&error.kind()) || error.raw_os_error() == Some(EIO)
}

/// Like [`write_whole`] without syncing the folder: for a file that is followed at once by another in the
/// same folder.
pub(super) fn write_without_folder_sync(path: &Path, bytes: &[u8], private: bool) -> Result<(), StoreError> {
    let folder = parent(path);
    let write = || -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        let prefix = temporary_prefix(path);
        builder.prefix(&prefix);
        if !private {
            new_file_mode(&mut builder);
        }
        let mut file = builder.tempfile_in(&folder)?;
        // While it is locked, it does not belong to a process that was killed. Not every file system can
        // lock.
        let _ = file.as_file().try_lock();
        file.write_all(bytes)?;
        keep_mode(file.as_file(), path)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(Operation::Write.on(path))
}

/// The beginning of the name of a temporary file for `path`. A name has at most 255 bytes on most systems.
fn temporary_prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".{}.tmp-", &name[..name.floor_char_boundary(LONGEST_NAME)])
}

/// Removes temporary files for `path` that were left by processes that were killed while writing it.
pub fn remove_temporary_files(path: &Path) {
    let prefix = temporary_prefix(path);
    for entry in fs::read_dir(parent(path)).into_iter().flatten().flatten() {
        let is_temporary = entry.file_name().to_string_lossy().starts_with(&prefix);
        let temporary = entry.path();
        let is_free = || File::open(&temporary).is_ok_and(|file| file.try_lock().is_ok());
        if is_temporary && is_regular_file(&temporary) && is_free() {
            // If it cannot be removed now, it is at the next start.
            let _ = fs::remove_file(&temporary);
        }
    }
}

/// Keeps a file under a new name in the same folder and removes it from its old name; returns the new path.
pub(super) fn rename_aside(path: &Path, why: &str, stamp: &str) -> Result<PathBuf, StoreError> {
    let kept = unused_name(path, why, stamp);
    fs::rename(path, &kept).map_err(Operation::Rename.on(path))?;
    Ok(kept)
}

/// Copies a file to a new name in the same folder; returns the path of the copy.
pub(super) fn copy_aside(path: &Path, why: &str, stamp: &str) -> Result<PathBuf, StoreError> {
    let kept = unused_name(path, why, stamp);
    let bytes = read_bytes(path, u64::MAX - 1)?;
    write_whole(&kept, &bytes, true)?;
    Ok(kept)
}

fn unused_name(path: &Path, why: &str, stamp: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let candidate = |n: usize| {
        let suffix = if n == 0 { String::new() } else { format!("-{n}") };
        path.with_file_name(format!("{name}.{why}-{stamp}{suffix}"))
    };
    (0..).map(candidate).find(|p| p.symlink_metadata().is_err()).unwrap_or_else(|| candidate(0))
}

/// Opens a file for appending. If it does not exist, it is created, readable by its owner only.
pub(super) fn open_append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    private(&mut options);
    options.open(path)
}

/// Makes new files readable by their owner only, regardless of the umask.
#[cfg(unix)]
pub(super) fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

/// On Windows a file inherits the permissions of its folder, which is in the user's profile.
#[cfg(not(unix))]
pub(super) fn private(_: &mut OpenOptions) {}

/// Creates a folder and its missing parents, accessible to their owner only.
///
/// # Errors
/// If it cannot be created.
pub fn make_folder(path: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path).map_err(Operation::CreateFolder.on(path))
}

/// Identifies a file independently of its name. Valid only while the file is open, since inode numbers are
/// reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    #[cfg(unix)]
    device_and_inode: (u64, u64),
}

impl Identity {
    /// The identity of the file that has this metadata.
    #[cfg(unix)]
    pub(super) fn of(file: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device_and_inode: (file.dev(), file.ino()) }
    }

    /// On Windows an open file cannot be replaced or removed, so there is nothing to compare.
    #[cfg(not(unix))]
    pub(super) fn of(_: &fs::Metadata) -> Self {
        Self {}
    }

    /// Whether `path` still names this file, and it has this length in bytes.
    pub(super) fn is_at_with_length(self, path: &Path, length: u64) -> bool {
        fs::symlink_metadata(path).is_ok_and(|meta| Self::of(&meta) == self && meta.len() == length)
    }

    /// Whether `path` still names this file.
    pub(super) fn is_at(self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|meta| Self::of(&meta) == self)
    }
}

/// What a file looks like from outside; differs after each change by another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    identity: Identity,
    length: u64,
    modified: Option<std::time::SystemTime>,
}

impl Seen {
    /// The file at `path`; `None` if there is none.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let meta = fs::symlink_metadata(path).ok()?;
        Some(Self { identity: Identity::of(&meta), length: meta.len(), modified: meta.modified().ok() })
    }
}

/// Whether a file has more than one name.
#[cfg(unix)]
pub(super) fn has_other_names(file: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.nlink() > 1
}

/// Windows tells this only for open files.
#[cfg(not(unix))]
pub(super) fn has_other_names(_: &fs::Metadata) -> bool {
    false
}

/// If the file at `path` has other names, replaces it by a copy, so that writing to it does not change the
/// others.
///
/// # Errors
/// If it cannot be read or written.
pub(super) fn separate(path: &Path) -> Result<(), StoreError> {
    if fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file() && has_other_names(&meta)) {
        let bytes = read_bytes(path, u64::MAX - 1)?;
        write_whole(path, &bytes, true)?;
    }
    Ok(())
}

/// The folder of a file; the working directory for a bare name.
pub(super) fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Whether `path` is a regular file, not a link to one.
pub(super) fn is_regular_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows cannot sync a folder; NTFS journals renames.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// New files are readable as the umask of the process allows.
#[cfg(unix)]
fn new_file_mode(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn new_file_mode(_: &mut tempfile::Builder<'_, '_>) {}

/// Gives `file` the mode of the file at `path`, which it replaces, if there is one.
#[cfg(unix)]
fn keep_mode(file: &File, path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(meta) => file.set_permissions(meta.permissions()),
        Err(_) => Ok(()),
    }
}

#[cfg(not(unix))]
fn keep_mode(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Takes the permissions of a session's files from everybody but their owner. Returns whether somebody else
/// had some.
#[cfg(unix)]
pub(super) fn make_private(paths: &[&Path], folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let take = |path: &Path, others: u32| {
        let Ok(meta) = fs::symlink_metadata(path) else { return false };
        let mode = meta.permissions().mode();
        let is_open = !meta.is_symlink() && mode & others != 0;
        is_open && fs::set_permissions(path, fs::Permissions::from_mode(mode & !others & 0o7777)).is_ok()
    };
    let files = paths.iter().filter(|path| take(path, 0o077)).count();
    // Others may look into a folder, but not put files into it.
    take(folder, 0o022) || files > 0
}

#[cfg(not(unix))]
pub(super) fn make_private(_: &[&Path], _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(dir: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[cfg(unix)]
    fn set_mode(path: &Path, mode: u32) {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_file_is_read_whole_if_it_is_not_larger_than_the_limit() {
        let dir = tempfile::tempdir().unwrap();
        let path = file(&dir, "page.md", b"abcd");
        for limit in [4, 5, 1000] {
            assert_eq!(read_text(&path, limit).unwrap(), "abcd", "{limit}");
        }
        for most in [0, 3] {
            let error = read_text(&path, most).unwrap_err();
            assert!(
                matches!(error, StoreError::TooLarge { size: 4, limit, .. } if limit == most),
                "{error:?}"
            );
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_without_an_end_is_too_large() {
        let error = read_text(Path::new("/dev/zero"), 10).unwrap_err();
        assert!(matches!(error, StoreError::TooLarge { size: 11, limit: 10, .. }), "{error:?}");
    }

    #[test]
    fn files_of_the_store_may_have_megabytes_but_not_gigabytes() {
        let dir = tempfile::tempdir().unwrap();
        let path = file(&dir, "a.json", b"");
        let set_size = |size| OpenOptions::new().write(true).open(&path).unwrap().set_len(size).unwrap();
        set_size(2_000_000);
        assert_eq!(read_if_present(&path).unwrap().unwrap().len(), 2_000_000);
        set_size(1_000_000_000);
        assert!(matches!(read_if_present(&path), Err(StoreError::TooLarge { size: 1_000_000_000, .. })));
        assert!(matches!(read_journal(&path), Err(StoreError::TooLarge { size: 1_000_000_000, .. })));
    }

    #[test]
    #[cfg(unix)]
    fn what_is_not_a_regular_file_is_an_error_and_not_a_missing_file() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, path) = (dir.path(), file(&dir, "a.json", b"x"));
        assert_eq!(read_own_text(&path, 10).unwrap(), "x");
        assert!(matches!(read_own_text(folder, 1_000_000), Err(StoreError::NotAFile { .. })));
        assert!(matches!(read_if_present(folder), Err(StoreError::NotAFile { .. })));
        assert!(read_if_present(&folder.join("missing")).unwrap().is_none());
        let error = read_if_present(&path.join("below-a-file")).unwrap_err();
        assert!(matches!(error, StoreError::Io { operation: Operation::Read, .. }), "{error:?}");
        std::os::unix::fs::symlink(&path, folder.join("link")).unwrap();
        let is_regular = |name: &str| is_regular_file(&folder.join(name));
        assert_eq!(["a.json", "link", "missing", "."].map(is_regular), [true, false, false, false]);
    }

    #[test]
    fn a_byte_that_is_not_text_is_reported_with_its_line_and_column() {
        let dir = tempfile::tempdir().unwrap();
        let cases: [(&[u8], &str); 4] =
            [(b"\xff", "1:1"), (b"ab\xff", "1:3"), (b"line\nb\xff\xfe", "2:2"), (b"a\n\nbcd\xff", "3:4")];
        for (bytes, place) in cases {
            let path = file(&dir, "page.md", bytes);
            let error = read_text(&path, 100).unwrap_err().to_string();
            assert_eq!(error, format!("{}:{place}: not UTF-8 text", path.display()));
        }
    }

    #[test]
    fn only_an_error_by_which_data_is_lost_counts_when_a_folder_is_synced() {
        let lost = [
            io::Error::from(io::ErrorKind::StorageFull),
            io::Error::from(io::ErrorKind::QuotaExceeded),
            io::Error::from_raw_os_error(5),
        ];
        let refused = [
            io::Error::from(io::ErrorKind::InvalidInput),
            io::Error::from(io::ErrorKind::PermissionDenied),
            io::Error::from_raw_os_error(22),
        ];
        assert_eq!(lost.each_ref().map(is_lost), [true; 3]);
        assert_eq!(refused.each_ref().map(is_lost), [false; 3]);
    }

    #[test]
    fn a_file_that_is_kept_gets_a_name_that_is_not_in_use() {
        let dir = tempfile::tempdir().unwrap();
        for end in ["before-now", "before-now-1", "before-now-2"] {
            let path = file(&dir, "a.json", b"x");
            let kept = rename_aside(&path, "before", "now").unwrap();
            assert_eq!(kept, dir.path().join(format!("a.json.{end}")));
            assert!(kept.exists() && !path.exists());
        }
        let path = file(&dir, "a.json", b"y");
        let copy = copy_aside(&path, "damaged", "now").unwrap();
        assert_eq!(copy, dir.path().join("a.json.damaged-now"));
        assert_eq!((fs::read(copy).unwrap(), fs::read(path).unwrap()), (b"y".to_vec(), b"y".to_vec()));
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_is_written_again_keeps_its_mode() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("page.md");
        write_whole(&path, b"one", true).unwrap();
        assert_eq!(mode(&path), 0o600);
        for (given, private) in [(0o640, true), (0o604, false)] {
            set_mode(&path, given);
            write_whole(&path, b"two", private).unwrap();
            assert_eq!((mode(&path), fs::read(&path).unwrap()), (given, b"two".to_vec()));
        }
    }

    #[test]
    #[cfg(unix)]
    fn permissions_of_others_are_taken_away_and_it_is_said_whether_there_were_any() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (file(&dir, "a.json", b""), file(&dir, "a.journal", b""));
        set_mode(&first, 0o600);
        for (before, after, had_some) in [
            ((0o600, 0o700), (0o600, 0o700), false),
            ((0o600, 0o755), (0o600, 0o755), false),
            ((0o644, 0o755), (0o600, 0o755), true),
            ((0o601, 0o700), (0o600, 0o700), true),
            ((0o600, 0o1777), (0o600, 0o1755), true),
            ((0o660, 0o770), (0o600, 0o750), true),
        ] {
            set_mode(&second, before.0);
            set_mode(dir.path(), before.1);
            assert_eq!(make_private(&[&first, &second], dir.path()), had_some, "{before:?}");
            assert_eq!((mode(&second), mode(dir.path())), after, "{before:?}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_file_is_replaced_by_a_copy_only_if_it_has_another_name() {
        let dir = tempfile::tempdir().unwrap();
        let (path, other) = (file(&dir, "a.journal", b"x"), dir.path().join("b"));
        let identity = Identity::of(&fs::metadata(&path).unwrap());
        separate(&path).unwrap();
        assert!(identity.is_at(&path));
        fs::hard_link(&path, &other).unwrap();
        separate(&path).unwrap();
        assert!(identity.is_at(&other) && !identity.is_at(&path));
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }
}
