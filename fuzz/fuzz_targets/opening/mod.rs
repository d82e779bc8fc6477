//! Any bytes as one of a session's two files.

use std::cell::OnceCell;
use std::fs;

use querist::store::{Folder, Holder};

thread_local!(static DIR: OnceCell<tempfile::TempDir> = const { OnceCell::new() });

/// Opens a session whose only file has these bytes: it is read or refused, never a panic; what opens, opens again silently
/// with the same answers.
pub fn opens(extension: &str, bytes: &[u8]) {
    DIR.with(|dir| {
        let dir = dir.get_or_init(|| tempfile::tempdir().expect("a folder")).path().join("s");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir(&dir).expect("a folder");
        fs::write(dir.join(format!("s.{extension}")), bytes).expect("a file");
        let folder = Folder::new(dir);
        let me = Holder { pid: 1, by: "fuzz".into(), since: jiff::Timestamp::UNIX_EPOCH };
        let Ok((_, first)) = folder.open("s", me.clone()) else { return };
        drop(first.file);
        let (_, second) = folder.open("s", me).expect("what was mended opens");
        assert_eq!(second.notice, None);
        assert!(second.session == first.session);
    });
}
