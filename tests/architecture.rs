//! The layers: imports point down only, modules of one layer do not know each other, and no folder has a
//! cycle.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first.
const LAYERS: &[&[&str]] = &[
    &["markdown", "text"],
    &["questionnaire"],
    &["session"],
    &["report"],
    &["formats", "store"],
    &["workspace"],
    &["tui"],
    &["cli"],
];

/// A file as the path of its module: `["tui", "view", "home"]`; a folder's `mod.rs` is the folder.
type Module = Vec<String>;

fn sources() -> Vec<(Module, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "tests" && name != "snapshots") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    files
        .into_iter()
        .map(|path| (module(&root, &path), code(&path)))
        .filter(|(module, _)| !module.is_empty())
        .collect()
}

fn module(root: &Path, path: &Path) -> Module {
    let relative: PathBuf = path.strip_prefix(root).unwrap().with_extension("");
    let mut parts: Module = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// The source without its tests and comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The modules that a file names by `crate::` or `super::`, with the braces of its imports resolved.
fn imports(module: &Module, is_folder: bool, code: &str) -> BTreeSet<Module> {
    let mut found = BTreeSet::new();
    for (start, _) in code.match_indices("crate::").chain(code.match_indices("super::")) {
        let before = code[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
            || code[..start].ends_with("pub(in ")
        {
            continue;
        }
        let mut base: Module = Vec::new();
        let mut rest = &code[start..];
        if let Some(after) = rest.strip_prefix("crate::") {
            rest = after;
        } else {
            base.clone_from(module);
            if !is_folder {
                base.pop();
            }
            if is_folder {
                // In a folder's own file the first `super` is the folder above.
                base.pop();
            }
            rest = &rest["super::".len()..];
            while let Some(after) = rest.strip_prefix("super::") {
                base.pop();
                rest = after;
            }
        }
        expand(&base, rest, &mut found);
    }
    found
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn expand(base: &Module, rest: &str, found: &mut BTreeSet<Module>) {
    let mut path = base.clone();
    let mut rest = rest;
    loop {
        if let Some(inner) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = 0;
            for (at, c) in inner.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => {
                        expand(&path, inner[start..at].trim(), found);
                        break;
                    }
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        expand(&path, inner[start..at].trim(), found);
                        start = at + 1;
                    }
                    _ => {}
                }
            }
            return;
        }
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if end > 0 {
            path.push(rest[..end].to_owned());
        }
        match rest[end..].strip_prefix("::") {
            Some(after) if end > 0 => rest = after,
            _ => break,
        }
    }
    if !path.is_empty() {
        found.insert(path);
    }
}

fn layer(name: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&name))
        .unwrap_or_else(|| panic!("the module {name} has no layer"))
}

#[test]
fn imports_point_down_and_modules_of_a_layer_do_not_know_each_other() {
    let mut seen = 0;
    for (module, code) in sources() {
        let own = module[0].as_str();
        for import in imports(&module, false, &code).into_iter().chain(imports(&module, true, &code)) {
            let Some(other) = import.first().filter(|name| *name != own) else { continue };
            if !LAYERS.iter().any(|layer| layer.contains(&other.as_str())) {
                continue;
            }
            seen += 1;
            assert!(layer(other) < layer(own), "{} imports {}", module.join("::"), import.join("::"));
        }
    }
    assert!(seen > 50, "the imports were not read: {seen}");
}

#[test]
fn no_folder_has_a_cycle() {
    let sources = sources();
    let modules: BTreeSet<Module> = sources.iter().map(|(module, _)| module.clone()).collect();
    let folders: BTreeSet<Module> = modules
        .iter()
        .filter(|m| modules.iter().any(|o| o.len() > m.len() && o.starts_with(m)))
        .cloned()
        .collect();
    // For each folder, its entries (files and folders) and who of them imports whom. A folder's own file
    // declares the others and so stands above them: an entry that imports an item of it is a cycle.
    let mut seen = 0;
    for folder in folders.iter().chain([&Vec::new()]) {
        let depth = folder.len();
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (module, code) in
            sources.iter().filter(|(module, _)| module.starts_with(folder) && module.len() > depth)
        {
            let own = &module[depth];
            for import in imports(module, folders.contains(module), code) {
                if !import.starts_with(folder) || import.len() <= depth {
                    continue;
                }
                let other = &import[depth];
                let mut entry = folder.clone();
                entry.push(other.clone());
                let is_entry = modules.contains(&entry);
                if is_entry && other != own {
                    edges.entry(own.clone()).or_default().insert(other.clone());
                    seen += 1;
                }
                assert!(
                    is_entry || depth == 0,
                    "{} imports {other} from the file of its own folder",
                    module.join("::")
                );
            }
        }
        for start in edges.keys() {
            let mut reached = BTreeSet::new();
            let mut open: Vec<&String> = edges[start].iter().collect();
            while let Some(next) = open.pop() {
                assert_ne!(next, start, "a cycle through {start} in {}", folder.join("::"));
                if reached.insert(next) {
                    open.extend(edges.get(next).into_iter().flatten());
                }
            }
        }
    }
    assert!(seen > 50, "the imports were not read: {seen}");
}

/// The screens. A screen requests navigation as data, so it never needs another screen.
const SCREENS: &[&str] = &["home", "interview", "overview", "preview", "compare", "matrix", "dialog"];

#[test]
fn no_screen_imports_another_screen() {
    let mut seen = 0;
    for (module, code) in sources() {
        let Some(screen) =
            module.get(1).filter(|name| module[0] == "tui" && SCREENS.contains(&name.as_str()))
        else {
            continue;
        };
        for import in imports(&module, false, &code).into_iter().chain(imports(&module, true, &code)) {
            if import.first().is_some_and(|first| first == "tui") {
                seen += 1;
                let other = import.get(1).filter(|other| SCREENS.contains(&other.as_str()));
                assert!(
                    other.is_none_or(|other| other == screen),
                    "{} imports {}",
                    module.join("::"),
                    import.join("::")
                );
            }
        }
    }
    assert!(seen > 50, "the imports were not read: {seen}");
}

#[test]
fn each_screen_has_the_same_files() {
    for screen in SCREENS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui").join(screen);
        for name in ["state", "update", "view"] {
            let exists =
                folder.join(format!("{name}.rs")).is_file() || folder.join(name).join("mod.rs").is_file();
            assert!(exists, "{screen} has no {name}.rs");
        }
    }
}

/// The enums whose variants every `match` has to list, so that a new variant does not compile until it is
/// handled.
const LISTED: &[&str] = &[
    "Kind",
    "Tone",
    "Severity",
    "Need",
    "Condition",
    "Format",
    "Screen",
    "Dialog",
    "Purpose",
    "Target",
    "Effect",
    "Outcome",
    "Request",
    "DialogRequest",
    "Action",
    "AppAction",
    "TextAction",
    "InterviewAction",
    "OutlineAction",
    "LinkAction",
    "HomeAction",
    "OverviewAction",
    "CompareAction",
    "MatrixAction",
    "Rule",
    "Level",
    "LinkKind",
    "GateFormat",
    "MatrixFormat",
    "RequestFormat",
    "Which",
    "CellState",
    "PreviewAction",
    "DialogAction",
    "Move",
    "Context",
    "Shelf",
    "Field",
    "Item",
    "Edit",
    "TextRef",
    "Reason",
    "Origin",
    "Basis",
];

#[test]
fn matches_on_kinds_screens_actions_and_formats_list_every_variant() {
    let mut seen = 0;
    for (module, code) in sources() {
        for (start, _) in code.match_indices("match ") {
            let Some(open) = code[start..].find(" {\n").map(|at| start + at + 1) else { continue };
            let arms = arms(&code[open..]);
            let names_variant = |arm: &String| {
                let pattern = arm.split("=>").next().unwrap_or_default();
                LISTED.iter().any(|name| {
                    pattern.match_indices(&format!("{name}::")).any(|(at, _)| {
                        !pattern[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':' || c == '_')
                    })
                })
            };
            if !arms.iter().any(names_variant) {
                continue;
            }
            seen += 1;
            let wildcard = arms.iter().find(|arm| arm.trim_start().starts_with("_ "));
            assert!(
                wildcard.is_none(),
                "{}: a wildcard arm in\n{}",
                module.join("::"),
                &code[start..open + 200.min(code.len() - open)]
            );
        }
    }
    assert!(seen > 40, "the matches were not read: {seen}");
}

/// The arms of a match whose opening brace begins `code`, one string each.
fn arms(code: &str) -> Vec<String> {
    let mut arms = vec![String::new()];
    let mut depth = 0usize;
    for c in code.chars() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        let is_end = depth == 1 && (c == ',' || c == '}');
        arms.last_mut().unwrap().push(c);
        if is_end {
            arms.push(String::new());
        }
    }
    arms.iter().map(|arm| arm.trim_start_matches(['{', '\n', ' ']).to_owned()).collect()
}

#[test]
fn no_line_is_longer_than_110_columns() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        ["src", "tests", "benches", "fuzz/fuzz_targets"].iter().map(|name| root.join(name)).collect();
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
                    seen += 1;
                    assert!(line.chars().count() <= 110, "{}:{}", path.display(), number + 1);
                }
            }
        }
    }
    assert!(seen > 10_000, "the files were not read: {seen}");
}
