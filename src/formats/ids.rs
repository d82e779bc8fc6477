//! Ids for what a file names in its own way.

use std::collections::HashSet;

use crate::text;

/// The maximum length of an id, in bytes.
const MAX_ID: usize = 80;

/// Where a name is cut that is too long for an id.
const CUT: usize = 72;

/// The ids that are taken in one file. The same names in the same order always get the same ids.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
    unnamed: usize,
}

impl Ids {
    /// A free id for `name`: the name itself if it is valid, else its letters, digits, hyphens and
    /// underscores.
    pub fn id(&mut self, name: &str) -> String {
        let mut wanted = if is_id(name) { name.to_owned() } else { slug(name) };
        if wanted.is_empty() {
            self.unnamed += 1;
            wanted = format!("q-{}", self.unnamed);
        }
        let mut id = wanted.clone();
        let mut number = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        id
    }
}

/// Whether a name can be used as an id as it is.
fn is_id(name: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    !name.is_empty() && name.len() <= MAX_ID && name.chars().all(is_allowed)
}

/// A name in lower case without accents, with hyphens for everything that is not allowed in an id. Unlike the
/// name of a file, it is empty if nothing is left, and a long one differs from others that begin alike.
pub fn slug(name: &str) -> String {
    let slug = text::hyphenated(name);
    if slug.len() <= MAX_ID {
        return slug;
    }
    let hash = crc32fast::hash(name.as_bytes()) & 0x0fff_ffff;
    format!("{}-{hash:07x}", slug[..CUT].trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_valid_name_is_kept_and_others_lose_what_an_id_cannot_have() {
        let mut ids = Ids::default();
        for (name, id) in [
            ("app_name", "app_name"),
            ("A&A-01.1", "a-a-01-1"),
            ("Contrôle d’accès", "controle-d-acces"),
            ("1.2.3", "1-2-3"),
            ("a&a 01 1", "a-a-01-1-2"),
            ("问题", "q-1"),
            ("…", "q-2"),
        ] {
            assert_eq!(ids.id(name), id, "{name}");
        }
        let long = "word ".repeat(40);
        let id = ids.id(&long);
        assert!(id.len() <= MAX_ID && id.starts_with("word-word"), "{id}");
    }

    proptest! {
        #[test]
        fn all_names_get_different_valid_ids(names in prop::collection::vec(".{0,100}", 0..20)) {
            let mut ids = Ids::default();
            let given: Vec<String> = names.iter().map(|name| ids.id(name)).collect();
            let different: HashSet<&String> = given.iter().collect();
            prop_assert_eq!(different.len(), given.len());
            prop_assert!(given.iter().all(|id| !id.is_empty() && id.len() <= MAX_ID + 3));
        }
    }
}
