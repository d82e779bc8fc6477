//! Paths as people type them.

use std::path::{Path, PathBuf};

use crate::tui::effect::Outcome;

/// The most names that are shown when a path can continue in several ways.
const CANDIDATES: usize = 20;

/// A path as typed, with `~` replaced by the home folder.
pub fn expanded(path: &Path) -> PathBuf {
    let home = directories::BaseDirs::new();
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.home_dir().join(rest),
        (Ok(_), None) | (Err(_), _) => path.to_owned(),
    }
}

/// Completes the last name of a path as far as it is unique, and lists the names that continue it.
pub fn complete(typed: &str, folder: &Path) -> Outcome {
    let (parent, start) = typed.rsplit_once('/').map_or(("", typed), |(parent, start)| (parent, start));
    let parent_path = if typed.starts_with('/') && parent.is_empty() { "/" } else { parent };
    let looked_in = folder.join(expanded(Path::new(parent_path)));
    let entries = std::fs::read_dir(&looked_in).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_hidden = name.starts_with('.') && !start.starts_with('.');
            let slash = if entry.path().is_dir() { "/" } else { "" };
            (name.starts_with(start) && !is_hidden).then(|| format!("{name}{slash}"))
        })
        .collect();
    names.sort();
    let common = names.iter().skip(1).fold(names.first().cloned().unwrap_or_default(), |common, name| {
        let shared = common.chars().zip(name.chars()).take_while(|(a, b)| a == b);
        shared.map(|(c, _)| c).collect()
    });
    let completed = if names.is_empty() { start } else { &common };
    let prefix = &typed[..typed.len() - start.len()];
    let path = format!("{prefix}{completed}");
    let candidates = match names.len() {
        0 => vec![format!("Nothing in {} starts with \"{start}\".", looked_in.display())],
        1 => Vec::new(),
        count if count > CANDIDATES => {
            let mut shown = names[..CANDIDATES].to_vec();
            shown.push(format!("and {} more", count - CANDIDATES));
            shown
        }
        _ => names,
    };
    Outcome::Completed { path, candidates }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(typed: &str, folder: &Path) -> (String, Vec<String>) {
        match complete(typed, folder) {
            Outcome::Completed { path, candidates } => (path, candidates),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_path_is_completed_as_far_as_it_is_unique_and_the_rest_is_listed() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("wiki")).unwrap();
        std::fs::write(dir.path().join("wiki/paper-a.md"), "").unwrap();
        std::fs::write(dir.path().join("wiki/paper-b.md"), "").unwrap();
        std::fs::write(dir.path().join("wiki/.paper"), "").unwrap();
        assert_eq!(completed("w", dir.path()), ("wiki/".to_owned(), vec![]));
        let names = vec!["paper-a.md".to_owned(), "paper-b.md".to_owned()];
        assert_eq!(completed("wiki/", dir.path()), ("wiki/paper-".to_owned(), names));
        assert_eq!(completed("wiki/paper-b", dir.path()), ("wiki/paper-b.md".to_owned(), vec![]));
        let (path, why) = completed("wiki/x", dir.path());
        assert_eq!(path, "wiki/x");
        assert!(why[0].contains("starts with \"x\""), "{why:?}");
    }
}
