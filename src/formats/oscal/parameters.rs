//! The parameters of a catalog, and their insertion into texts.

use std::collections::HashMap;

use serde_json::Value;

use crate::formats::values::{list, text, texts};
use crate::formats::warnings::Warnings;

/// How deep a parameter can contain others.
const MAX_DEPTH: usize = 8;

/// The parameters of a catalog, by id.
#[derive(Debug)]
pub struct Parameters(HashMap<String, Value>);

impl Parameters {
    /// No parameters.
    pub fn new() -> Self {
        Self(HashMap::new())
    }

    /// Adds the parameters of a catalog, group or control, and of everything in it.
    pub fn add(&mut self, node: &Value) {
        for parameter in list(node, "params") {
            self.0.entry(text(parameter, "id")).or_insert_with(|| parameter.clone());
        }
        for inner in list(node, "groups").iter().chain(list(node, "controls")) {
            self.add(inner);
        }
    }

    /// A text with its insertions `{{ insert: param, id }}` replaced; unknown ones stay, with a warning.
    pub fn inserted(&self, prose: &str, warnings: &mut Warnings) -> String {
        self.replaced(prose, 0, warnings)
    }

    fn replaced(&self, prose: &str, depth: usize, warnings: &mut Warnings) -> String {
        let mut out = String::new();
        let mut rest = prose;
        while let Some(start) = rest.find("{{") {
            let Some(end) = rest[start..].find("}}").map(|end| start + end + 2) else { break };
            let inner = rest[start + 2..end - 2].trim();
            let id = inner.strip_prefix("insert:").map(str::trim_start);
            let id = id
                .and_then(|inner| inner.strip_prefix("param"))
                .and_then(|inner| inner.trim().strip_prefix(','));
            out.push_str(&rest[..start]);
            let value = id.map(str::trim).and_then(|id| {
                let found = self.0.get(id).filter(|_| depth < MAX_DEPTH);
                if found.is_none() {
                    warnings.add("an insertion refers to a parameter that does not exist; left as it is", id);
                }
                found.map(|parameter| self.value(id, parameter, depth, warnings))
            });
            match value {
                Some(value) => out.push_str(&value),
                None => out.push_str(&rest[start..end]),
            }
            rest = &rest[end..];
        }
        out + rest
    }

    fn value(&self, id: &str, parameter: &Value, depth: usize, warnings: &mut Warnings) -> String {
        if let Some(value) = texts(parameter, "values").first() {
            return value.clone();
        }
        if let Some(select) = parameter.get("select") {
            let choices = texts(select, "choice");
            let choices: Vec<String> =
                choices.iter().map(|choice| self.replaced(choice, depth + 1, warnings)).collect();
            let many = text(select, "how-many") == "one-or-more";
            let how = if many { "one or more of" } else { "one of" };
            return format!("{how}: {}", choices.join("; "));
        }
        match text(parameter, "label") {
            label if label.is_empty() => format!("[{id}]"),
            label => format!("[organization-defined {label}]"),
        }
    }
}
