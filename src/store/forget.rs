//! What a session's files still contain that was deleted from the session.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::session::{Edit, Session, Stamp};
use crate::text;

use super::files;
use super::journal::{self, Journal, Record};
use super::paths::Paths;

/// The words of a session in lower case, of four letters and more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormerWords {
    /// Those that are in the session.
    pub present: BTreeSet<String>,
    /// Those that were in it, according to its journal and the files that were kept, and are not any more.
    pub deleted: BTreeSet<String>,
}

/// The files that were kept when the files of a session were repaired or replaced.
pub(super) fn kept(paths: &Paths) -> Vec<PathBuf> {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let prefixes: Vec<String> = [&paths.snapshot, &paths.journal]
        .into_iter()
        .flat_map(|path| ["before", "damaged"].map(|why| format!("{}.{why}-", name(path))))
        .collect();
    let entries = fs::read_dir(files::parent(&paths.snapshot)).into_iter().flatten().flatten();
    let is_kept = |path: &PathBuf| prefixes.iter().any(|prefix| name(path).starts_with(prefix.as_str()));
    let mut kept: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_kept).collect();
    kept.sort();
    kept
}

/// The words that are and were in the session.
pub(super) fn former_words(paths: &Paths, kept: &[PathBuf], session: &Session) -> FormerWords {
    let mut words = BTreeSet::new();
    for path in kept.iter().chain([&paths.journal]) {
        match files::read_journal(path) {
            Ok(Some(journal)) if journal.damage.is_empty() => add_journal(&mut words, &journal),
            // A snapshot, or a journal of which a part cannot be read.
            Ok(_) | Err(_) => {
                let bytes = files::read_bytes(path, files::MAX_FILE).unwrap_or_default();
                add_json(&mut words, &bytes);
            }
        }
    }
    let mut present = BTreeSet::new();
    add_json(&mut present, &journal::head_line(session, 0, ""));
    words.retain(|word| !present.contains(word));
    FormerWords { present, deleted: words }
}

/// Adds every word that the records of a journal removed or replaced, and those that it starts with.
fn add_journal(words: &mut BTreeSet<String>, journal: &Journal) {
    let head = journal.head.as_deref().unwrap_or_default();
    add_json(words, head);
    let mut session = journal::start(head).map(|(session, _)| session);
    for Record { edit, .. } in &journal.records {
        match &**edit {
            Edit::Splice { text, at, removed, inserted } => {
                let before = session.as_ref().and_then(|session| session.text(text));
                // Words grow letter by letter: what is typed is one only once it is removed.
                match before {
                    Some(before) if !removed.is_empty() => {
                        add(words, around(before, *at..at + removed.len()));
                    }
                    Some(_) => {}
                    None => [removed, inserted].into_iter().for_each(|text| add(words, text)),
                }
            }
            edit => add_value(words, &serde_json::to_value(edit).unwrap_or_default()),
        }
        if session.as_mut().is_some_and(|session| session.apply(edit, &Stamp::default()).is_err()) {
            session = None;
        }
    }
}

/// A range of a text, extended to whole words.
fn around(text: &str, range: Range<usize>) -> &str {
    let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else { return text };
    let start = before.trim_end_matches(char::is_alphanumeric).len();
    let end = text.len() - after.trim_start_matches(char::is_alphanumeric).len();
    &text[start..end]
}

fn add(words: &mut BTreeSet<String>, text: &str) {
    words.extend(text::long_words(text));
}

/// Adds the words of the texts in JSON, or if it cannot be parsed, of the JSON itself.
fn add_json(words: &mut BTreeSet<String>, bytes: &[u8]) {
    match serde_json::from_slice(bytes) {
        Ok(value) => add_value(words, &value),
        Err(_) => add(words, &String::from_utf8_lossy(bytes)),
    }
}

fn add_value(words: &mut BTreeSet<String>, value: &Value) {
    match value {
        Value::String(text) => add(words, text),
        Value::Array(values) => values.iter().for_each(|value| add_value(words, value)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            // Links that a detail cites are keys.
            add(words, key);
            add_value(words, value);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
