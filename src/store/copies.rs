//! Copies of a session that sync clients make when two computers changed it.

/// The session that a file is a copy of, by the name that a sync client gave it: Syncthing's
/// `ID.sync-conflict-20261122-101500-ABCDEFG.json`, Dropbox's and Nextcloud's
/// `ID (Kim's conflicted copy 2026-11-22).json`, or Google Drive's `ID (1).json`.
pub fn copy_of(name: &str) -> Option<&str> {
    let stem = name.strip_suffix(".json")?;
    if let Some((id, _)) = stem.split_once(".sync-conflict-") {
        return Some(id);
    }
    let (id, rest) = stem.split_once(" (")?;
    let inside = rest.strip_suffix(')')?;
    let is_number = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
    (is_number || inside.contains("conflict")).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_recognized_by_the_names_that_sync_clients_give_them() {
        for name in [
            "boat-1.sync-conflict-20261122-101500-ABCDEFG.json",
            "boat-1 (Kim's conflicted copy 2026-11-22).json",
            "boat-1 (conflicted copy 2026-11-22 101500).json",
            "boat-1 (Kim's conflict 2026-11-22).json",
            "boat-1 (1).json",
        ] {
            assert_eq!(copy_of(name), Some("boat-1"), "{name}");
        }
        for name in ["boat-1.json", "boat-1 (old).json", "boat (1).md"] {
            assert_eq!(copy_of(name), None, "{name}");
        }
    }
}
