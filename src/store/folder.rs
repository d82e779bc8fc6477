//! The folder of sessions.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::session::{Count, Session};
use crate::text;

use super::error::StoreError;
use super::files;
use super::lock::{self, Holder, Taken};
use super::recover::{self, Loaded};
use super::session_file::{Opened, SessionFile};

/// The folder in which sessions are kept.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

/// A session in a list.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// What is reviewed; empty if the session cannot be read.
    pub subject: String,
    /// Title of the questionnaire.
    pub questionnaire: String,
    /// How far it is.
    pub progress: Count,
    /// When one of its files was last written.
    pub touched: Timestamp,
    /// Why it cannot be read, if it cannot.
    pub problem: Option<String>,
}

impl Folder {
    /// The folder at `path`, which need not exist yet.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes a new session's files; gives its id, which is made from subject, questionnaire and day.
    ///
    /// # Errors
    /// If the folder or the files cannot be written.
    pub fn create(&self, session: &Session, me: Holder) -> Result<(String, SessionFile), StoreError> {
        files::make_folder(&self.path)?;
        let day = me.since.to_zoned(jiff::tz::TimeZone::system()).date();
        let base =
            format!("{}-{}-{day}", text::slug(session.subject()), text::slug(&session.questionnaire().id));
        let mut id = base.clone();
        let mut n = 2;
        loop {
            if let Some(file) = SessionFile::create(&self.path, &id, session, me.clone())? {
                return Ok((id, file));
            }
            id = format!("{base}-{n}");
            n += 1;
        }
    }

    /// Opens a session by id, unique prefix or path.
    ///
    /// # Errors
    /// If there is none or more than one such session, or it cannot be read.
    pub fn open(&self, name: &str, me: Holder) -> Result<(String, Opened), StoreError> {
        let (folder, id) = self.find(name)?;
        let opened = SessionFile::open(&folder, &id, me)?;
        Ok((id, opened))
    }

    /// Reads a session by id, unique prefix or path, and changes nothing.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn read(&self, name: &str) -> Result<(String, Loaded), StoreError> {
        let (folder, id) = self.find(name)?;
        let loaded =
            recover::load(&folder.join(format!("{id}.json")), &folder.join(format!("{id}.journal")))?;
        Ok((id, loaded))
    }

    /// All sessions, the last touched first. One that cannot be read is listed with its problem.
    ///
    /// # Errors
    /// If the folder is there and cannot be read.
    pub fn list(&self) -> Result<Vec<Summary>, StoreError> {
        self.list_telling(|_| ())
    }

    /// The same; `tell` gets the number of all sessions before each one that is read.
    ///
    /// # Errors
    /// As [`list`](Self::list).
    pub fn list_telling(&self, mut tell: impl FnMut(usize)) -> Result<Vec<Summary>, StoreError> {
        let ids = self.ids()?;
        let total = ids.len();
        let read = |id| {
            tell(total);
            self.summary(id)
        };
        let mut summaries: Vec<Summary> = ids.into_iter().map(read).collect();
        summaries.sort_by(|a, b| b.touched.cmp(&a.touched).then_with(|| a.id.cmp(&b.id)));
        Ok(summaries)
    }

    /// The ids of all sessions, in order.
    ///
    /// # Errors
    /// If the folder is there and cannot be read.
    pub fn ids(&self) -> Result<Vec<String>, StoreError> {
        let entries = match std::fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StoreError::io(&self.path, "cannot read")(error)),
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let ids = names.filter_map(|name| {
            let id = name.strip_suffix(".json").or_else(|| name.strip_suffix(".journal"))?;
            (is_id(id) && files::is_plain_file(&self.path.join(&name))).then(|| id.to_owned())
        });
        let mut ids: Vec<String> = ids.collect();
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// The last touched session.
    ///
    /// # Errors
    /// If the folder is there and cannot be read.
    pub fn last(&self) -> Result<Option<String>, StoreError> {
        Ok(self.ids()?.into_iter().max_by_key(|id| self.touched(id)))
    }

    /// Moves a session's files to another folder; gives its id there, which differs if the id is taken.
    ///
    /// # Errors
    /// If another process has the session open, or the files cannot be moved.
    pub fn move_to(&self, id: &str, other: &Self, me: &Holder) -> Result<String, StoreError> {
        files::make_folder(&other.path)?;
        let lock_path = self.path.join(format!(".{id}.lock"));
        let Taken::Ours(_lock) =
            lock::take(&lock_path, me).map_err(StoreError::io(&lock_path, "cannot lock"))?
        else {
            let source = std::io::ErrorKind::ResourceBusy.into();
            return Err(StoreError::Io { path: self.path.join(id), action: "cannot move", source });
        };
        let taken = other.ids()?;
        let candidate = |n: u32| if n == 1 { id.to_owned() } else { format!("{id}-{n}") };
        let new = (1..).map(candidate).find(|new| !taken.contains(new)).unwrap_or_else(|| id.to_owned());
        // The journal first: with it the session is whole in the other folder, whatever happens to the rest.
        for extension in ["journal", "json"] {
            let (from, to) =
                (self.path.join(format!("{id}.{extension}")), other.path.join(format!("{new}.{extension}")));
            if from.symlink_metadata().is_ok() {
                std::fs::rename(&from, &to).map_err(StoreError::io(&from, "cannot move"))?;
            }
        }
        let _ = std::fs::remove_file(&lock_path);
        Ok(new)
    }

    fn summary(&self, id: String) -> Summary {
        let touched = self.touched(&id);
        let unread = |problem| Summary {
            id: id.clone(),
            subject: String::new(),
            questionnaire: String::new(),
            progress: Count::default(),
            touched,
            problem,
        };
        let read =
            recover::load(&self.path.join(format!("{id}.json")), &self.path.join(format!("{id}.journal")));
        match read {
            Ok(Loaded { session, .. }) => Summary {
                subject: session.subject().to_owned(),
                questionnaire: session.questionnaire().title.clone(),
                progress: session.progress(),
                ..unread(None)
            },
            Err(error) => unread(Some(error.to_string())),
        }
    }

    fn touched(&self, id: &str) -> Timestamp {
        let times = ["json", "journal"].map(|extension| {
            let path = self.path.join(format!("{id}.{extension}"));
            let time = std::fs::symlink_metadata(path).and_then(|meta| meta.modified()).ok()?;
            Timestamp::try_from(time).ok()
        });
        times.into_iter().flatten().max().unwrap_or_default()
    }

    /// The folder and id of a session by id, unique prefix or path.
    fn find(&self, name: &str) -> Result<(PathBuf, String), StoreError> {
        let path = Path::new(name);
        let is_path = name.contains(['/', '\\']) || name.ends_with(".json") || name.ends_with(".journal");
        if is_path {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            if path.symlink_metadata().is_err() || id.is_empty() {
                let source = std::io::ErrorKind::NotFound.into();
                return Err(StoreError::Io { path: path.to_owned(), action: "cannot read", source });
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

/// Whether a name can be a session's id: it names no other folder and no hidden file.
pub fn is_id(name: &str) -> bool {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    !name.is_empty() && plain && !name.starts_with('.') && name.len() <= 200
}
