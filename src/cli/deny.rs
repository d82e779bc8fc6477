//! Words that must not be published, as a list in a file.

use std::path::Path;

use crate::report::{Content, Denied, DenyWords, Document};
use crate::store::read_text;
use crate::workspace::{Copies, MAX_PAGE};

use super::error::CliError;
use super::output;

/// The list that `--deny-words` names; empty without one.
pub fn deny_words(path: Option<&Path>) -> Result<DenyWords, CliError> {
    let list = path.map(|path| read_text(path, MAX_PAGE)).transpose()?;
    Ok(DenyWords::parse(&list.unwrap_or_default()))
}

/// Whether none of the words would be published. If one would be, the places are printed.
pub fn allows(words: &DenyWords, document: impl FnOnce() -> Document, content: Content<'_>) -> bool {
    words.is_empty() || are_none(&words.find(&document(), content))
}

/// Whether none of the words is in a text that is published with a page.
pub fn allows_text(words: &DenyWords, what: &str, text: &str) -> bool {
    are_none(&words.find_in(what, text))
}

/// Whether none of the words is in the names of files that are copied beside a report.
pub fn allows_copies(words: &DenyWords, copies: Option<&Copies>) -> bool {
    let names = copies.into_iter().flat_map(Copies::paths).filter_map(Path::file_name);
    let denied: Vec<Denied> = names.flat_map(|name| words.find_in("file", &name.to_string_lossy())).collect();
    are_none(&denied)
}

fn are_none(denied: &[Denied]) -> bool {
    denied.iter().for_each(|denied| output::err(&denied.to_string()));
    if !denied.is_empty() {
        output::err("Nothing was written.");
    }
    denied.is_empty()
}
