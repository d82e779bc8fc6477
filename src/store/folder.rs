//! The folder of sessions.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::session::{Count, Edit, History, Session, Stamp};
use crate::text;

use super::author::Me;
use super::copies::copy_of;
use super::error::{Operation, StoreError};
use super::evidence::EvidenceFolder;
use super::files;
use super::journal::Record;
use super::lock::{self, Holder, Lock};
use super::open_session::{OpenSession, Opened};
use super::paths::Paths;
use super::recover::{self, Loaded};
use super::session_file::SessionFile;

/// A folder of sessions.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

/// A session as an entry of a list.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// Its subject; empty if the session cannot be read.
    pub subject: String,
    /// The title of its questionnaire; empty if the session cannot be read.
    pub questionnaire: String,
    /// Its progress.
    pub progress: Count,
    /// When one of its files was last changed.
    pub changed: Timestamp,
    /// When anything that is published was last changed; also known after git has copied the files.
    pub reviewed: Timestamp,
    /// Why it cannot be read, if so.
    pub problem: Option<String>,
}

impl Folder {
    /// The folder at `path`. It does not have to exist yet.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Creates the files of a new session, whose id is made from the subject, the questionnaire and the date.
    ///
    /// # Errors
    /// If the folder or the files cannot be written.
    pub fn create(&self, session: Session, me: impl Into<Me>) -> Result<OpenSession, StoreError> {
        let me = me.into();
        files::make_folder(&self.path)?;
        let date = me.holder.since.to_zoned(jiff::tz::TimeZone::system()).date();
        let base =
            format!("{}-{}-{date}", text::slug(session.subject()), text::slug(&session.questionnaire().id));
        let mut id = base.clone();
        let mut n = 2;
        loop {
            if let Some(mut file) = SessionFile::create(&self.path, &id, &session, &me.holder)? {
                file.set_author(me.author);
                return Ok(OpenSession::new(session, History::default(), file));
            }
            id = format!("{base}-{n}");
            n += 1;
        }
    }

    /// Opens a session by id, unique prefix of an id, or path.
    ///
    /// # Errors
    /// If no session or more than one matches, or the session cannot be read.
    pub fn open(&self, name: &str, me: impl Into<Me>) -> Result<Opened, StoreError> {
        let (folder, id) = self.find(name)?;
        OpenSession::open(&folder, &id, me.into())
    }

    /// Opens a session whose snapshot was removed in git, and creates the snapshot again.
    ///
    /// # Errors
    /// The same as for [`open`](Self::open).
    pub fn restore(&self, name: &str, me: impl Into<Me>) -> Result<Opened, StoreError> {
        let (folder, id) = self.find(name)?;
        recover::restore(&Paths::new(&folder, &id))?;
        OpenSession::open(&folder, &id, me.into())
    }

    /// Reads a session by id, unique prefix of an id, or path, without changing or locking its files. Returns
    /// its id too.
    ///
    /// # Errors
    /// The same as for [`open`](Self::open).
    pub fn read(&self, name: &str) -> Result<(String, Loaded), StoreError> {
        let (folder, id) = self.find(name)?;
        let loaded = recover::load(&Paths::new(&folder, &id))?.with_outside();
        Ok((id, loaded))
    }

    /// The edits in the journal of the session with this name, with who made them and when, the oldest first.
    ///
    /// # Errors
    /// If there is no such session, or several, or the journal cannot be read.
    pub fn edits(&self, name: &str) -> Result<Vec<(Stamp, Edit)>, StoreError> {
        let (folder, id) = self.find(name)?;
        let journal = files::read_journal(&Paths::new(&folder, &id).journal)?;
        let records = journal.into_iter().flat_map(|journal| journal.records);
        let edit = |record: Record<'_>| {
            (Stamp { by: record.by.into_owned(), at: record.at }, record.edit.into_owned())
        };
        Ok(records.map(edit).collect())
    }

    /// The path of the snapshot of the session with this name.
    ///
    /// # Errors
    /// If there is no such session, or several.
    pub fn file(&self, name: &str) -> Result<PathBuf, StoreError> {
        let (folder, id) = self.find(name)?;
        Ok(Paths::new(&folder, &id).snapshot)
    }

    /// The folder of the files that serve as evidence in the session with this name.
    ///
    /// # Errors
    /// If there is no such session, or several.
    pub fn evidence(&self, name: &str) -> Result<EvidenceFolder, StoreError> {
        let (folder, id) = self.find(name)?;
        Ok(EvidenceFolder::new(Paths::new(&folder, &id).evidence))
    }

    /// What the files of a session look like from outside: it differs after each change.
    pub fn state_of(&self, id: &str) -> String {
        let paths = Paths::new(&self.path, id);
        let state = |path: &Path| {
            let about = path.symlink_metadata().ok()?;
            let changed = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
            Some(format!("{} {}", about.len(), changed.as_nanos()))
        };
        format!("{:?} {:?}", state(&paths.snapshot), state(&paths.journal))
    }

    /// All sessions, the most recently changed first. Sessions that cannot be read are listed with their
    /// problem.
    ///
    /// # Errors
    /// If the folder exists but cannot be read.
    pub fn list(&self) -> Result<Vec<Summary>, StoreError> {
        self.list_with_progress(|_| ())
    }

    /// Like [`list`](Self::list); calls `progress` with the number of all sessions before each one is read.
    ///
    /// # Errors
    /// The same as for [`list`](Self::list).
    pub fn list_with_progress(&self, mut progress: impl FnMut(usize)) -> Result<Vec<Summary>, StoreError> {
        let ids = self.ids()?;
        let total = ids.len();
        let read = |id| {
            progress(total);
            self.summary(id)
        };
        let mut summaries: Vec<Summary> = ids.into_iter().filter_map(read).collect();
        summaries.extend(self.copies());
        summaries.sort_by(|a, b| b.changed.cmp(&a.changed).then_with(|| a.id.cmp(&b.id)));
        Ok(summaries)
    }

    /// The ids of all sessions, sorted.
    ///
    /// # Errors
    /// If the folder exists but cannot be read.
    pub fn ids(&self) -> Result<Vec<String>, StoreError> {
        let entries = match std::fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Operation::Read.on(&self.path)(error)),
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let ids = names.filter_map(|name| {
            let id = name.strip_suffix(".json").or_else(|| name.strip_suffix(".journal"))?;
            (is_id(id) && copy_of(&name).is_none() && files::is_regular_file(&self.path.join(&name)))
                .then(|| id.to_owned())
        });
        let mut ids: Vec<String> = ids.collect();
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// The id of the most recently changed session.
    ///
    /// # Errors
    /// If the folder exists but cannot be read.
    pub fn last(&self) -> Result<Option<String>, StoreError> {
        Ok(self.ids()?.into_iter().max_by_key(|id| self.changed(id)))
    }

    /// Moves a session's files to another folder, with those that serve as evidence. Returns its id there,
    /// which differs if another session has the id.
    ///
    /// # Errors
    /// If another process has the session open, or the files cannot be moved.
    pub fn move_to(&self, id: &str, other: &Self, me: &Holder) -> Result<String, StoreError> {
        files::make_folder(&other.path)?;
        let from = Paths::new(&self.path, id);
        let Lock::Acquired(_lock) = lock::acquire(&from.lock, me).map_err(Operation::Lock.on(&from.lock))?
        else {
            let source = std::io::ErrorKind::ResourceBusy.into();
            return Err(Operation::Move.on(&self.path.join(id))(source));
        };
        let candidate = |n: u32| if n == 1 { id.to_owned() } else { format!("{id}-{n}") };
        let mut free = (1..).map(candidate).filter(|new| !Paths::new(&other.path, new).are_used());
        let new = free.next().unwrap_or_else(|| id.to_owned());
        let to = Paths::new(&other.path, &new);
        let moved = |from: &Path, to: &Path| match from.symlink_metadata() {
            Ok(_) => std::fs::rename(from, to).map_err(Operation::Move.on(from)),
            Err(_) => Ok(()),
        };
        // The journal goes before the snapshot: it alone is the whole session, even if moving the snapshot
        // fails. Until it is moved, the session is where it was, and so is its evidence.
        moved(&from.evidence, &to.evidence)?;
        if let Err(error) = moved(&from.journal, &to.journal) {
            moved(&to.evidence, &from.evidence)?;
            return Err(error);
        }
        moved(&from.snapshot, &to.snapshot)?;
        let _ = std::fs::remove_file(&from.lock);
        Ok(new)
    }

    /// The copies that sync clients made of sessions in this folder, as entries of the list.
    fn copies(&self) -> Vec<Summary> {
        let names = std::fs::read_dir(&self.path).into_iter().flatten().flatten();
        let names = names.filter_map(|entry| entry.file_name().into_string().ok());
        let copy = |name: String| {
            let of = copy_of(&name).filter(|of| is_id(of))?;
            let path = self.path.join(&name);
            let is_one = files::is_regular_file(&path) && self.path.join(format!("{of}.json")).exists();
            let problem = format!(
                "a copy of {of} that a sync client made; `querist merge {of} '{}'` brings it in",
                path.display()
            );
            is_one.then(|| Summary {
                subject: String::new(),
                questionnaire: String::new(),
                progress: Count::default(),
                changed: self.changed(name.trim_end_matches(".json")),
                reviewed: Timestamp::UNIX_EPOCH,
                problem: Some(problem),
                id: name,
            })
        };
        names.filter_map(copy).collect()
    }

    /// Moves a file of this folder, which is not a session, to another folder under a name that is free
    /// there.
    ///
    /// # Errors
    /// If it cannot be moved.
    pub fn put_away(file: &Path, other: &Self) -> Result<PathBuf, StoreError> {
        files::make_folder(&other.path)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let candidate = |n: u32| other.path.join(if n == 1 { name.clone() } else { format!("{n}-{name}") });
        let free = (1..).map(candidate).find(|path| path.symlink_metadata().is_err());
        let to = free.unwrap_or_else(|| candidate(1));
        std::fs::rename(file, &to).map_err(Operation::Move.on(file))?;
        Ok(to)
    }

    /// The entry of a session; `None` if it was removed in git.
    fn summary(&self, id: String) -> Option<Summary> {
        let changed = self.changed(&id);
        let loaded = recover::load(&Paths::new(&self.path, &id)).map(Loaded::with_outside);
        let empty = Summary {
            id,
            subject: String::new(),
            questionnaire: String::new(),
            progress: Count::default(),
            changed,
            reviewed: Timestamp::UNIX_EPOCH,
            problem: None,
        };
        Some(match loaded {
            Err(StoreError::RemovedInGit { .. }) => return None,
            Ok(Loaded { session, .. }) => Summary {
                subject: session.subject().to_owned(),
                questionnaire: session.questionnaire().title.clone(),
                progress: session.progress(),
                reviewed: session.last_published_change().at,
                ..empty
            },
            Err(error) => Summary { problem: Some(error.to_string()), ..empty },
        })
    }

    fn changed(&self, id: &str) -> Timestamp {
        let Paths { snapshot, journal, .. } = Paths::new(&self.path, id);
        let times = [snapshot, journal].map(|path| {
            let time = std::fs::symlink_metadata(path).and_then(|meta| meta.modified()).ok()?;
            Timestamp::try_from(time).ok()
        });
        times.into_iter().flatten().max().unwrap_or_default()
    }

    /// The folder and the id of a session, found by id, unique prefix of an id, or path.
    fn find(&self, name: &str) -> Result<(PathBuf, String), StoreError> {
        let path = Path::new(name);
        let is_path = name.contains(['/', '\\']) || name.ends_with(".json") || name.ends_with(".journal");
        if is_path {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            if path.symlink_metadata().is_err() || id.is_empty() {
                return Err(Operation::Read.on(path)(std::io::ErrorKind::NotFound.into()));
            }
            return Ok((files::parent(path), id));
        }
        let ids = self.ids()?;
        if ids.iter().any(|id| id == name) {
            return Ok((self.path.clone(), name.to_owned()));
        }
        let candidates: Vec<String> =
            ids.into_iter().filter(|id| id.starts_with(name) && !name.is_empty()).collect();
        match candidates.as_slice() {
            [] => Err(StoreError::NotFound { name: name.to_owned(), folder: self.path.clone() }),
            [one] => Ok((self.path.clone(), one.clone())),
            _ => Err(StoreError::Ambiguous { name: name.to_owned(), candidates }),
        }
    }
}

/// Whether `name` is valid as the id of a session. A path or the name of a hidden file is not.
pub fn is_id(name: &str) -> bool {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    !name.is_empty() && plain && !name.starts_with('.') && name.len() <= 200
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::questionnaire::{BUILT_IN, load};

    fn me() -> Holder {
        Holder { pid: std::process::id(), by: "kim".into(), since: "2026-11-22T10:00:00Z".parse().unwrap() }
    }

    fn folder() -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().join("sessions"));
        (dir, folder)
    }

    fn session(subject: &str) -> Session {
        Session::new(load(BUILT_IN[0].1).unwrap(), subject, me().since)
    }

    fn create(folder: &Folder, subject: &str) -> String {
        folder.create(session(subject), me()).unwrap().id().to_owned()
    }

    /// Sets when a file was changed last.
    fn touch(folder: &Folder, name: &str, seconds: u64) {
        let file = fs::File::options().write(true).open(folder.path().join(name)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    }

    #[test]
    fn an_id_is_a_plain_name_that_is_not_hidden() {
        for id in ["a", "boat-1", "B_2.old", "a".repeat(200).as_str()] {
            assert!(is_id(id), "{id}");
        }
        for name in ["", ".", "..", ".boat", "a b", "a/b", "a\\b", "é", "a".repeat(201).as_str()] {
            assert!(!is_id(name), "{name}");
        }
    }

    #[test]
    fn sessions_of_the_same_subject_and_day_are_numbered() {
        let (_dir, folder) = folder();
        let first = create(&folder, "Boat");
        let [second, third] = [2, 3].map(|n| format!("{first}-{n}"));
        assert_eq!([create(&folder, "Boat"), create(&folder, "Boat")], [second.clone(), third.clone()]);
        assert_eq!(folder.ids().unwrap(), [first, second, third]);
    }

    #[test]
    fn only_files_of_sessions_have_ids_and_only_a_missing_folder_has_none() {
        let (_dir, folder) = folder();
        assert_eq!(folder.ids().unwrap(), Vec::<String>::new());
        let id = create(&folder, "Boat");
        let copies = [format!("{id}.sync-conflict-20261122-101500-ABCDEFG.json"), format!("{id} (1).json")];
        let names = ["a b.json", ".hidden.json", "notes.md", "journal-alone.journal"];
        for name in names.into_iter().chain(copies.iter().map(String::as_str)) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("folder.json")).unwrap();
        assert_eq!(folder.ids().unwrap(), [id.as_str(), "journal-alone"]);
        let error = Folder::new(folder.path().join("notes.md")).ids().unwrap_err();
        assert!(matches!(error, StoreError::Io { operation: Operation::Read, .. }), "{error:?}");
    }

    #[test]
    fn the_list_has_sessions_and_copies_by_their_last_change_with_what_they_are() {
        let (_dir, folder) = folder();
        let (boat, raft) = (create(&folder, "Boat"), create(&folder, "Raft"));
        let copy = format!("{boat} (1).json");
        for name in ["broken.json", "nowhere (1).json", copy.as_str()] {
            fs::write(folder.path().join(name), "{").unwrap();
        }
        fs::create_dir(folder.path().join(format!("{boat} (2).json"))).unwrap();
        for (id, json, journal) in [(&boat, 100, 300), (&raft, 200, 150)] {
            touch(&folder, &format!("{id}.json"), json);
            touch(&folder, &format!("{id}.journal"), journal);
        }
        touch(&folder, "broken.json", 400);
        touch(&folder, &copy, 250);
        let mut totals = Vec::new();
        let list = folder.list_with_progress(|total| totals.push(total)).unwrap();
        assert_eq!(totals, [3, 3, 3]);
        let listed: Vec<(&str, i64)> = list.iter().map(|s| (s.id.as_str(), s.changed.as_second())).collect();
        assert_eq!(
            listed,
            [("broken", 400), (boat.as_str(), 300), (copy.as_str(), 250), (raft.as_str(), 200)]
        );
        assert_eq!(folder.last().unwrap().as_deref(), Some("broken"));
        assert!(list[0].problem.as_ref().unwrap().contains("broken.json:1:"), "{:?}", list[0]);
        assert_eq!((list[1].subject.as_str(), list[1].questionnaire.as_str()), ("Boat", "SaaS security"));
        assert_eq!((list[1].progress, list[1].reviewed), (session("Boat").progress(), me().since));
        assert_eq!(list[1].problem, None);
        let path = folder.path().join(&copy);
        let problem = format!(
            "a copy of {boat} that a sync client made; `querist merge {boat} '{}'` brings it in",
            path.display()
        );
        assert_eq!(list[2].problem.as_ref(), Some(&problem));
        assert_eq!(folder.list().unwrap().len(), 4);
    }

    #[test]
    fn the_state_of_a_session_differs_after_each_change_of_either_file() {
        let (_dir, folder) = folder();
        let id = create(&folder, "Boat");
        let mut states = BTreeSet::from([folder.state_of(&id)]);
        assert!(!states.insert(folder.state_of(&id)), "nothing changed");
        for (extension, seconds) in [("json", 100), ("journal", 100), ("json", 200)] {
            touch(&folder, &format!("{id}.{extension}"), seconds);
            assert!(states.insert(folder.state_of(&id)), "{extension}");
        }
        fs::remove_file(folder.path().join(format!("{id}.journal"))).unwrap();
        assert!(states.insert(folder.state_of(&id)));
    }

    #[test]
    fn a_name_with_a_slash_or_an_extension_is_a_path_and_must_exist() {
        let (_dir, folder) = folder();
        let id = create(&folder, "Boat");
        let [json, journal] = ["json", "journal"].map(|e| folder.path().join(format!("{id}.{e}")));
        for name in [id.as_str(), "boat", json.to_str().unwrap(), journal.to_str().unwrap()] {
            assert_eq!(folder.file(name).unwrap(), json, "{name}");
        }
        for path in ["nowhere/boat", "nowhere\\boat", "nowhere.json", "nowhere.journal", "/", "../"] {
            let error = folder.file(path).unwrap_err().to_string();
            assert_eq!(error, format!("cannot read {path}: it does not exist"));
        }
        for name in ["nowhere", ""] {
            assert!(matches!(folder.file(name), Err(StoreError::NotFound { .. })), "{name}");
        }
    }

    #[test]
    fn evidence_is_moved_with_its_session_and_what_is_left_of_another_one_is_not_taken_for_it() {
        let (dir, folder) = folder();
        let archive = Folder::new(dir.path().join("archive"));
        let id = create(&folder, "Boat");
        let file = |folder: &Folder, id: &str| folder.path().join(format!("{id}.evidence/abc-report.txt"));
        let put = |folder: &Folder, id: &str, content: &str| {
            fs::create_dir_all(file(folder, id).parent().unwrap()).unwrap();
            fs::write(file(folder, id), content).unwrap();
        };
        put(&folder, &id, "ours");
        put(&archive, &id, "left");
        let moved = folder.move_to(&id, &archive, &me()).unwrap();
        assert_eq!(moved, format!("{id}-2"));
        assert_eq!(fs::read_to_string(file(&archive, &moved)).unwrap(), "ours");
        assert!(!file(&folder, &id).exists());
        put(&folder, &id, "left");
        assert_eq!(create(&folder, "Boat"), format!("{id}-2"), "a new session has no evidence yet");
        assert_eq!(archive.move_to(&moved, &folder, &me()).unwrap(), format!("{id}-2-2"));
        assert_eq!(fs::read_to_string(file(&folder, &format!("{id}-2-2"))).unwrap(), "ours");
    }

    #[test]
    fn what_is_moved_gets_a_name_that_is_free_there() {
        let (dir, folder) = folder();
        let archive = Folder::new(dir.path().join("archive"));
        let id = create(&folder, "Boat");
        for expected in [id.clone(), format!("{id}-2"), format!("{id}-3")] {
            assert_eq!(folder.move_to(&id, &archive, &me()).unwrap(), expected);
            assert_eq!(folder.ids().unwrap(), Vec::<String>::new());
            assert!(archive.read(&expected).is_ok());
            assert_eq!(create(&folder, "Boat"), id);
        }
        let file = folder.path().join("boat (1).json");
        for expected in ["boat (1).json", "2-boat (1).json", "3-boat (1).json"] {
            fs::write(&file, expected).unwrap();
            let kept = Folder::put_away(&file, &archive).unwrap();
            assert_eq!(kept, archive.path().join(expected));
            assert_eq!(fs::read_to_string(kept).unwrap(), expected);
            assert!(!file.exists());
        }
    }
}
