//! The files in the data folder that still contain what was deleted from a session.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::store::{FormerWords, OpenSession, copy_of, read_bytes};
use crate::text;

use super::place::Workspace;

/// The largest file that is looked at, in bytes.
const MAX_LOOKED_AT: u64 = 256 * 1_000_000;

/// Files that contain what was deleted from a session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptCopies {
    /// Those that can be removed.
    pub to_remove: Vec<PathBuf>,
    /// Copies that sync clients made, and that may have answers that the session does not.
    pub not_merged: Vec<PathBuf>,
}

impl Workspace {
    /// The files that were kept of a session: those beside it, earlier versions of its page and copies of it
    /// that were brought in, and texts from an editor, if they have words that were deleted from it.
    pub fn kept_copies(&self, open: &OpenSession) -> KeptCopies {
        let words = open.former_words();
        let has_deleted = |path: &PathBuf| words_in(path).iter().any(|word| words.deleted.contains(word));
        let is_copy = |path: &PathBuf| is_copy_of(&name(path), open.id());
        let page = self.remembered().exported.remove(open.id()).map(|path| name(Path::new(&path)));
        let is_page = |path: &PathBuf| page.as_ref().is_some_and(|page| is_version_of(&name(path), page));
        let is_about = |path: &PathBuf| is_about(&words_in(path), &words);
        let mut kept = open.kept_files();
        kept.extend(files(&self.replaced).into_iter().filter(is_page).filter(has_deleted));
        kept.extend(files(self.trash.path()).into_iter().filter(is_copy).filter(has_deleted));
        kept.extend(self.edited_texts().into_iter().filter(is_about));
        let beside = open.path().parent().map(files).unwrap_or_default();
        KeptCopies { to_remove: kept, not_merged: beside.into_iter().filter(is_copy).collect() }
    }

    /// Texts from an editor that were left behind or kept, except those that are being edited.
    fn edited_texts(&self) -> Vec<PathBuf> {
        let is_editing = self.editing(false).is_err();
        let starts = |path: &PathBuf, start: &str| name(path).starts_with(start);
        let all = files(&self.state).into_iter().chain(files(self.trash.path()));
        all.filter(|path| starts(path, "kept-") || starts(path, "edit-") && !is_editing).collect()
    }
}

/// The regular files in a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let regular = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut files: Vec<PathBuf> = regular.map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a file has the name of a copy of a session, with or without the number that made it unique.
fn is_copy_of(name: &str, id: &str) -> bool {
    let number = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let without = number.strip_prefix('-').unwrap_or(name);
    [name, without].into_iter().any(|name| copy_of(name) == Some(id))
}

/// Whether a file has the name of an earlier version of a page: the time, perhaps a number, and the name.
fn is_version_of(name: &str, page: &str) -> bool {
    let before = name.strip_suffix(page).and_then(|rest| rest.strip_suffix('-'));
    before.is_some_and(|before| before.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'T' | b'-')))
}

fn words_in(path: &Path) -> BTreeSet<String> {
    let bytes = read_bytes(path, MAX_LOOKED_AT).unwrap_or_default();
    text::long_words(&String::from_utf8_lossy(&bytes)).collect()
}

/// Whether a text is about a session, and contains something that was deleted from it: most of its words are
/// or were in the session.
fn is_about(text: &BTreeSet<String>, words: &FormerWords) -> bool {
    let deleted = text.iter().filter(|word| words.deleted.contains(*word)).count();
    let present = text.iter().filter(|word| words.present.contains(*word)).count();
    deleted > 0 && 2 * (deleted + present) > text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::report::{Extras, Format};
    use crate::session::{Edit, Origin, Session, TextRef};
    use crate::workspace::{Publication, now};

    const TOKEN: &str = "hunter2secret";

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let dir = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(dir.path().join("data"), dir.path().join("config"));
        (dir, workspace)
    }

    fn create(workspace: &Workspace) -> OpenSession {
        let session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", now());
        workspace.sessions.create(session, workspace.me()).unwrap()
    }

    fn splice(open: &mut OpenSession, at: usize, removed: &str, inserted: &str) {
        let text = TextRef::Detail("external-tls".into());
        let (removed, inserted) = (removed.to_owned(), inserted.to_owned());
        open.edit(Edit::Splice { text, at, removed, inserted }, Origin::Do, now()).unwrap();
    }

    fn publish(workspace: &Workspace, open: &mut OpenSession, path: &Path) {
        let publication = Publication {
            session: open.session(),
            id: open.id(),
            format: Format::Markdown,
            path,
            extras: Extras::default(),
            keep: None,
            now: now(),
        };
        for edit in workspace.publish(publication).unwrap().edits {
            open.edit(edit, Origin::Do, now()).unwrap();
        }
    }

    /// The files in a folder and those in it that contain `text`.
    fn containing(folder: &Path, text: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                found.extend(containing(&path, text));
            } else if String::from_utf8_lossy(&fs::read(&path).unwrap()).contains(text) {
                found.push(path);
            }
        }
        found
    }

    #[test]
    fn a_token_that_was_typed_published_and_deleted_is_in_no_file_afterwards() {
        let (dir, workspace) = workspace();
        let mut open = create(&workspace);
        splice(&mut open, 0, "", "The key is ");
        for (at, letter) in TOKEN.char_indices() {
            splice(&mut open, 11 + at, "", &letter.to_string());
        }
        let page = dir.path().join("boat.md");
        publish(&workspace, &mut open, &page);
        for (at, letter) in TOKEN.char_indices().rev() {
            splice(&mut open, 11 + at, &letter.to_string(), "");
        }
        publish(&workspace, &mut open, &page);
        open.snapshot(now()).unwrap();
        let data = workspace.sessions.path().to_owned();
        let id = open.id().to_owned();
        for name in [format!("{id}.json.before-1"), format!("{id}.journal.damaged-1")] {
            fs::write(data.join(name), TOKEN).unwrap();
        }
        crate::store::make_folder(workspace.trash.path()).unwrap();
        for (name, content) in [
            (format!("{id} (1).json"), TOKEN),
            (format!("2-{id} (1).json"), TOKEN),
            ("edit-a.md".to_owned(), "The key is hunter2secret"),
        ] {
            fs::write(workspace.trash.path().join(name), content).unwrap();
        }
        fs::write(workspace.trash.path().join("edit-b.md"), "Words of somebody else entirely").unwrap();
        assert!(!containing(&data, "hunter").is_empty());

        let KeptCopies { to_remove, not_merged } = workspace.kept_copies(&open);
        assert_eq!((to_remove.len(), not_merged.len()), (6, 0), "{to_remove:?}");
        open.forget(&to_remove, now()).unwrap();

        assert_eq!(containing(&data, TOKEN), Vec::<PathBuf>::new());
        assert_eq!(containing(&data, "somebody else").len(), 1);
        assert!(open.undo(now()).unwrap().is_none());
        splice(&mut open, 0, "", "Again. ");
        drop(open);
        let again = workspace.sessions.open(&id, workspace.me()).unwrap();
        assert_eq!(again.notice, None);
        let detail = &again.session.session().answer_to("external-tls").unwrap().detail;
        assert_eq!(detail, "Again. The key is ");
    }

    #[test]
    fn a_session_can_be_read_after_each_step_of_forgetting() {
        let (_dir, workspace) = workspace();
        let mut open = create(&workspace);
        splice(&mut open, 0, "", TOKEN);
        splice(&mut open, 0, TOKEN, "Kept.");
        let id = open.id().to_owned();
        let detail = || {
            let (_, loaded) = workspace.sessions.read(&id).unwrap();
            loaded.session.answer_to("external-tls").unwrap().detail.clone()
        };
        let data = workspace.sessions.path().to_owned();
        // A folder cannot be removed as a file: it stops there.
        let folder = data.join(format!("{id}.json.before-1"));
        fs::create_dir(&folder).unwrap();
        assert!(open.forget(&workspace.kept_copies(&open).to_remove, now()).is_err());
        assert_eq!(detail(), "Kept.");
        fs::remove_dir(&folder).unwrap();
        open.forget(&workspace.kept_copies(&open).to_remove, now()).unwrap();
        assert_eq!(detail(), "Kept.");
        for left in ["json", "journal"] {
            let other = if left == "json" { "journal" } else { "json" };
            let (path, aside) = (data.join(format!("{id}.{other}")), data.join("aside"));
            fs::rename(&path, &aside).unwrap();
            assert_eq!(detail(), "Kept.", "{left} alone");
            fs::rename(&aside, &path).unwrap();
        }
    }

    #[test]
    fn copies_that_were_not_brought_in_are_left_and_other_versions_of_pages_too() {
        let (_dir, workspace) = workspace();
        let open = create(&workspace);
        let copy = workspace.sessions.path().join(format!("{} (1).json", open.id()));
        fs::write(&copy, "{}").unwrap();
        assert_eq!(workspace.kept_copies(&open).not_merged, [copy]);
        for (name, expected) in [
            ("20261128T101500-boat.md", true),
            ("20261128T101500-2-boat.md", true),
            ("20261128T101500-big-boat.md", false),
            ("boat.md", false),
        ] {
            assert_eq!(is_version_of(name, "boat.md"), expected, "{name}");
        }
    }
}
