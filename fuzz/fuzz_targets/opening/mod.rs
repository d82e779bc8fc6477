//! Opening a session that has a single file with arbitrary bytes.

use std::cell::OnceCell;
use std::fs;

use querist::store::{Folder, Holder};

thread_local!(static DIR: OnceCell<tempfile::TempDir> = const { OnceCell::new() });

/// Opens a session whose only file, with this extension, contains `bytes`. A session that opens must open
/// again with the same content and without a notice, because opening it repaired its files.
pub fn open(extension: &str, bytes: &[u8]) {
    DIR.with(|dir| {
        let dir = dir.get_or_init(|| tempfile::tempdir().expect("a temporary folder")).path().join("s");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir(&dir).expect("an empty folder");
        fs::write(dir.join(format!("s.{extension}")), bytes).expect("a written file");
        let folder = Folder::new(dir);
        let me = Holder { pid: 1, by: "fuzz".into(), since: jiff::Timestamp::UNIX_EPOCH };
        let Ok(first) = folder.open("s", me.clone()) else { return };
        let content = first.session.session().clone();
        drop(first);
        let second = folder.open("s", me).expect("a repaired session opens");
        assert_eq!(second.notice, None);
        assert!(*second.session.session() == content);
    });
}
