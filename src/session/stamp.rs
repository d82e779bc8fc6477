//! Who changed something, and when.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who made an edit, and when.
///
/// The author is what the program was told, usually `Name <email>`: a claim, not a proof. The default, nobody
/// at no time, is for edits that are only tried on a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The author.
    pub by: String,
    /// The time.
    pub at: Timestamp,
}

/// The last change of each published part: by question id, or by [`INTRODUCTION`], [`PROPERTIES`],
/// [`SUBJECT`] or `page/section/HEADING`.
pub type Changed = BTreeMap<String, Stamp>;

/// The key of the introduction in [`Changed`]. No id of a question contains a slash.
pub const INTRODUCTION: &str = "page/introduction";
/// The key of the page's properties in [`Changed`].
pub const PROPERTIES: &str = "page/properties";
/// The key of the subject in [`Changed`].
pub const SUBJECT: &str = "page/subject";

/// Whether two authors are the same person: their email addresses match, ignoring case; if one has no
/// address, their names.
pub fn is_same_author(a: &str, b: &str) -> bool {
    match (email(a), email(b)) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        (None, _) | (_, None) => author_name(a) == author_name(b),
    }
}

/// The name of an author, without the email address.
pub fn author_name(author: &str) -> &str {
    let name = author.split_once('<').map_or(author, |(name, _)| name).trim();
    if name.is_empty() { author.trim() } else { name }
}

fn email(author: &str) -> Option<&str> {
    let (email, _) = author.split_once('<')?.1.rsplit_once('>')?;
    (!email.trim().is_empty()).then(|| email.trim())
}

/// The key of a section of the page in [`Changed`].
pub fn section_key(heading: &str) -> String {
    format!("page/section/{heading}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_compared_by_address_if_both_have_one_otherwise_by_name() {
        assert!(is_same_author("Kim <kim@a.example>", "K. Kimson <KIM@a.example>"));
        assert!(!is_same_author("Kim <kim@a.example>", "Kim <kim@b.example>"));
        assert!(is_same_author("Kim", "Kim <kim@b.example>"));
        assert!(!is_same_author("Kim", "Ann"));
    }
}
