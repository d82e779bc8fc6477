//! Links to files that serve as evidence, and the names under which the files are stored.

use std::collections::BTreeMap;

use crate::text;

use super::answer::Answer;
use super::entry::EvidenceFile;

/// What the address of a link to a file begins with; the id of the file follows.
const SCHEME: &str = "evidence:";

/// How many digits of the checksum the name of a stored file begins with.
const DIGITS: usize = 8;

/// Whether a stored file is what was attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// It is.
    Intact,
    /// Its bytes differ.
    Changed,
    /// It is not there.
    Missing,
}

/// The states of stored files, by their ids. Files that nobody has looked at are left out.
pub type FileStates = BTreeMap<String, FileState>;

/// The id of the file that an address refers to; `None` for an address of another kind.
pub fn file_id(url: &str) -> Option<&str> {
    url.strip_prefix(SCHEME)
}

/// Where an address leads, in a word: the host of a web page, or "file".
pub fn link_place(url: &str) -> &str {
    if file_id(url).is_some() { "file" } else { text::host(url) }
}

impl Answer {
    /// Whether a link may refer to a file. False only if none does.
    pub fn may_have_files(&self) -> bool {
        self.links.iter().any(|link| file_id(&link.url).is_some()) || self.detail.contains(SCHEME)
    }
}

impl EvidenceFile {
    /// The address of links to it.
    pub fn url(&self) -> String {
        format!("{SCHEME}{}", self.id)
    }

    /// The name under which it is stored; `None` if it has no valid checksum.
    pub fn stored_name(&self) -> Option<String> {
        stored_name(&self.sha256, &self.name)
    }
}

/// The name under which a file with this checksum and name is stored.
pub fn stored_name(sha256: &str, name: &str) -> Option<String> {
    Some(format!("{}{}", stored_prefix(sha256)?, text::file_name(name)))
}

/// What the names of stored files with this checksum begin with; `None` if it is not valid. After it comes
/// the name of the file as far as it is valid everywhere.
pub fn stored_prefix(sha256: &str) -> Option<String> {
    // An entry may come from a session that somebody edited.
    let digits = sha256.get(..DIGITS)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| format!("{digits}-"))
}
