//! The headings of a form in all their spellings, and rows by heading.

use std::collections::HashMap;

use crate::formats::sheet::Sheet;

/// Headings that mean the same.
const ALIASES: &[(&str, &str)] = &[
    ("command", "type"),
    ("tag", "name"),
    ("value", "name"),
    ("caption", "label"),
    ("relevance", "relevant"),
    ("calculate", "calculation"),
    ("list name", "list_name"),
    ("constraint message", "constraint_message"),
    ("choice filter", "choice_filter"),
    ("repeat count", "repeat_count"),
    ("read only", "read_only"),
    ("readonly", "read_only"),
    ("guidance hint", "guidance_hint"),
];

/// The field that a heading names, and the language; the language is empty if there is none.
pub fn field(heading: &str) -> (String, String) {
    let heading = heading.trim();
    let (name, language) = match heading.split_once(':') {
        Some((name, rest)) => (name.trim(), rest.trim_start_matches(':').trim()),
        None => (heading, ""),
    };
    let name = name.to_lowercase();
    if name == "bind" || name == "body" || name == "control" {
        return field(language);
    }
    let known = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, known)| known);
    (known.to_owned(), language.to_owned())
}

/// The rows of a sheet by field, in one language.
#[derive(Debug)]
pub struct Rows {
    /// The number of each row as a spreadsheet shows it, and its fields.
    pub rows: Vec<(u32, HashMap<String, String>)>,
    /// The languages in the headings.
    pub languages: Vec<String>,
}

/// The rows below the headings. Texts come from the columns of `language`, else from those without a
/// language, else from the first.
pub fn rows(sheet: Option<&Sheet>, language: &str) -> Rows {
    let mut found = Rows { rows: Vec::new(), languages: Vec::new() };
    let Some(sheet) = sheet else { return found };
    let numbers = sheet.rows();
    let Some(first) = numbers.first() else { return found };
    let headings: Vec<(u32, (String, String))> =
        sheet.row(*first).map(|(column, text)| (column, field(text))).collect();
    for (_, (_, language)) in &headings {
        if !language.is_empty() && !found.languages.contains(language) {
            found.languages.push(language.clone());
        }
    }
    let rank = |of: &str| match of {
        of if is_language(of, language) => 0,
        "" => 1,
        _ => 2,
    };
    for row in &numbers[1..] {
        let mut fields: HashMap<String, (usize, String)> = HashMap::new();
        for (column, (name, of)) in &headings {
            let text = sheet.text(*row, *column);
            let is_better = fields.get(name).is_none_or(|(known, _)| rank(of) < *known);
            if !text.is_empty() && is_better {
                fields.insert(name.clone(), (rank(of), text.to_owned()));
            }
        }
        if !fields.is_empty() {
            found.rows.push((row + 1, fields.into_iter().map(|(name, (_, text))| (name, text)).collect()));
        }
    }
    found
}

/// Whether `wanted` is the name of a language, its code, or both: "Deutsch (de)", "Deutsch", "de".
pub fn is_language(language: &str, wanted: &str) -> bool {
    let (language, wanted) = (language.to_lowercase(), wanted.trim().to_lowercase());
    if language.is_empty() || wanted.is_empty() {
        return false;
    }
    let (name, code) = language.split_once('(').unwrap_or((&language, ""));
    language == wanted || name.trim() == wanted || code.trim_end_matches(')').trim() == wanted
}
