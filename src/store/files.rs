//! Reading and writing whole files, carefully.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::error::StoreError;

/// The most that is read of a file of the store, in bytes.
pub(super) const MAX_FILE: u64 = 256 * 1_000_000;

/// Reads a text file of at most `limit` bytes.
///
/// # Errors
/// If it cannot be read, is too large, or is not UTF-8 (with line and column).
pub fn read_text(path: &Path, limit: u64) -> Result<String, StoreError> {
    text(path, read_bytes(path, limit)?)
}

/// Reads a file of at most `limit` bytes.
pub(super) fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let read = || -> io::Result<(u64, Vec<u8>)> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let mut bytes = Vec::with_capacity(size.min(limit) as usize + 1);
        if size <= limit {
            file.take(limit + 1).read_to_end(&mut bytes)?;
        }
        Ok((size.max(bytes.len() as u64), bytes))
    };
    let (size, bytes) = read().map_err(StoreError::io(path, "cannot read"))?;
    if size > limit {
        return Err(StoreError::TooLarge { path: path.to_owned(), size, limit });
    }
    Ok(bytes)
}

/// Bytes as text, or the place where they are none.
pub(super) fn text(path: &Path, bytes: Vec<u8>) -> Result<String, StoreError> {
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|b| **b == b'\n').count() + 1;
        let column = good.len() - good.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1) + 1;
        let message = "not UTF-8 text".to_owned();
        StoreError::Unreadable { path: path.to_owned(), line, column, message }
    })
}

/// Replaces a file whole or not at all: a temporary file beside it, synced, renamed over it, the folder synced.
///
/// A new file is readable by its owner only if `private`; an existing one keeps its mode.
///
/// # Errors
/// If any step fails; then the old file stands as it was.
pub fn write_whole(path: &Path, bytes: &[u8], private: bool) -> Result<(), StoreError> {
    place_whole(path, bytes, private)?;
    sync_folder(&parent(path)).map_err(StoreError::io(path, "cannot write"))
}

/// The same without syncing the folder: for a file that another one in the same folder follows at once.
pub(super) fn place_whole(path: &Path, bytes: &[u8], private: bool) -> Result<(), StoreError> {
    let folder = parent(path);
    let write = || -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut file = tempfile::Builder::new().prefix(&format!(".{name}.tmp-")).tempfile_in(&folder)?;
        file.write_all(bytes)?;
        set_mode(file.as_file(), path, private)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(StoreError::io(path, "cannot write"))
}

/// Renames a file to a free name beside it, so that its content is kept; gives the new name.
pub(super) fn keep_beside(path: &Path, why: &str, stamp: &str) -> Result<PathBuf, StoreError> {
    let kept = free_name(path, why, stamp);
    fs::rename(path, &kept).map_err(StoreError::io(path, "cannot rename"))?;
    Ok(kept)
}

/// Copies a file to a free name beside it; gives the new name.
pub(super) fn copy_beside(path: &Path, why: &str, stamp: &str) -> Result<PathBuf, StoreError> {
    let kept = free_name(path, why, stamp);
    let bytes = read_bytes(path, u64::MAX - 1)?;
    write_whole(&kept, &bytes, true)?;
    Ok(kept)
}

fn free_name(path: &Path, why: &str, stamp: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let candidate = |n: usize| {
        let suffix = if n == 0 { String::new() } else { format!("-{n}") };
        path.with_file_name(format!("{name}.{why}-{stamp}{suffix}"))
    };
    (0..).map(candidate).find(|p| p.symlink_metadata().is_err()).unwrap_or_else(|| candidate(0))
}

/// Opens a file for appending, made if need be, readable by its owner only.
pub(super) fn open_append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    private(&mut options);
    options.open(path)
}

/// Makes new files readable by their owner only, whatever the umask allows.
#[cfg(unix)]
pub(super) fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

/// On Windows a file has the rights of its folder, which is the user's own.
#[cfg(not(unix))]
pub(super) fn private(_: &mut OpenOptions) {}

/// Makes a folder and those above it, for its owner only.
///
/// # Errors
/// If it cannot be made.
pub fn make_folder(path: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path).map_err(StoreError::io(path, "cannot make the folder"))
}

/// Which file it is, by whatever name: true as long as the file is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    #[cfg(unix)]
    device_and_inode: (u64, u64),
}

impl Identity {
    #[cfg(unix)]
    pub(super) fn of(file: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device_and_inode: (file.dev(), file.ino()) }
    }

    /// On Windows an open file cannot be replaced or removed.
    #[cfg(not(unix))]
    pub(super) fn of(_: &fs::Metadata) -> Self {
        Self {}
    }

    /// Whether `path` still names the file.
    pub(super) fn is_at(self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|meta| Self::of(&meta) == self)
    }
}

/// The folder of a file; the working folder for a bare name.
pub(super) fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Whether `path` is an ordinary file and not a link to one.
pub(super) fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file())
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows has no such thing; a rename is journalled there.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn set_mode(file: &File, path: &Path, private: bool) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = match fs::metadata(path) {
        Ok(meta) => meta.permissions().mode() & 0o777,
        Err(_) if private => 0o600,
        Err(_) => 0o644,
    };
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: &Path, _: bool) -> io::Result<()> {
    Ok(())
}
