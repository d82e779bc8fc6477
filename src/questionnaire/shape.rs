//! Checks a file against the published schema and reports all unknown, missing and mistyped fields.
//!
//! Implements the part of JSON Schema that our own schema uses, so that the format is described only once.

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use serde_json::Value as Schema;

use super::problem::Problem;

/// All problems of `value` with respect to the schema `root`.
pub fn problems(source: &str, value: &Value<'_>, root: &Schema) -> Vec<Problem> {
    let mut walk = Walk { source, root, problems: Vec::new() };
    walk.value(value, root, "the file");
    walk.problems
}

/// What a condition can be.
const CONDITION: &str = "Use `question` with `in` or `answered`, or use `all`, `any` or `not`.";

struct Walk<'a> {
    source: &'a str,
    root: &'a Schema,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn value(&mut self, value: &Value<'_>, schema: &'a Schema, name: &str) {
        let schema = self.resolve(schema);
        if let Some(branches) = alternatives(schema) {
            return self.alternative(value, branches, name);
        }
        if let Some(allowed) = allowed_strings(schema) {
            return self.string(value, &allowed, name);
        }
        let expected = types(schema);
        let found = type_of(value);
        if !expected.is_empty()
            && !expected.iter().any(|e| *e == found || (*e == "integer" && is_integer(value)))
        {
            let wanted: Vec<_> = expected.iter().filter(|e| **e != "null").map(|e| describe(e)).collect();
            return self.report(
                value,
                format!("{name} must be {}, not {}", wanted.join(" or "), describe(found)),
                "",
            );
        }
        match value {
            Value::Object(object) => self.object(object, schema, name),
            Value::Array(array) => {
                if let Some(items) = schema.get("items") {
                    for element in &array.elements {
                        self.value(element, items, &format!("an entry of {name}"));
                    }
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &Object<'_>, schema: &'a Schema, name: &str) {
        let known = schema.get("properties").and_then(Schema::as_object);
        let mut seen: Vec<&str> = Vec::new();
        for property in &object.properties {
            let key = property.name.as_str();
            if seen.contains(&key) {
                let range = property.name.start()..property.name.end();
                self.problems.push(Problem::new(
                    self.source,
                    range,
                    format!("duplicate field `{key}`"),
                    "Remove one of them.",
                ));
                continue;
            }
            seen.push(key);
            if let Some(inner) = known.and_then(|known| known.get(key)) {
                self.value(&property.value, inner, &format!("`{key}`"));
            } else if let Some(inner @ Schema::Object(_)) = schema.get("additionalProperties") {
                self.value(&property.value, inner, &format!("`{key}`"));
            } else if schema.get("additionalProperties") == Some(&Schema::Bool(false)) {
                let range = property.name.start()..property.name.end();
                let known: Vec<_> = known.into_iter().flat_map(|k| k.keys()).map(String::as_str).collect();
                let hint = format!("Known fields: {}.", known.join(", "));
                self.problems.push(Problem::new(self.source, range, format!("unknown field `{key}`"), hint));
            }
        }
        for required in schema.get("required").and_then(Schema::as_array).into_iter().flatten() {
            if let Some(required) = required.as_str().filter(|r| object.get(r).is_none()) {
                let range = object.range.start..object.range.start + 1;
                let message = format!("missing field `{required}` in {name}");
                self.problems.push(Problem::new(self.source, range, message, ""));
            }
        }
    }

    /// Checks a value that may have one of several shapes against the one it shares the most required fields
    /// with.
    fn alternative(&mut self, value: &Value<'_>, branches: &'a [Schema], name: &str) {
        let branches: Vec<&'a Schema> = branches.iter().map(|b| self.resolve(b)).collect();
        if matches!(value, Value::NullKeyword(_)) && branches.iter().any(|b| types(b).contains(&"null")) {
            return;
        }
        let Value::Object(object) = value else {
            let branch = branches.iter().find(|b| types(b).contains(&type_of(value))).or(branches.first());
            return if let Some(branch) = branch {
                self.value(value, branch, name);
            };
        };
        let has = |branch: &Schema| {
            let required = branch.get("required").and_then(Schema::as_array).map_or(&[][..], Vec::as_slice);
            required.iter().filter(|r| r.as_str().is_some_and(|r| object.get(r).is_some())).count()
        };
        let objects = branches.iter().filter(|b| {
            types(b).contains(&"object") || b.get("properties").is_some() || alternatives(b).is_some()
        });
        let Some(best) = objects.max_by_key(|b| has(b)) else {
            return self.report(value, format!("{name} has the wrong type"), "");
        };
        if alternatives(best).is_none() && has(best) == 0 && branches.len() > 2 {
            let message = format!("{name} is not a valid condition");
            return self.report(value, message, CONDITION);
        }
        if let Some(is) = object.get("is").filter(|_| object.get("question").is_some() && branches.len() > 2)
        {
            let range = is.name.start()..is.name.end();
            let message = "unknown field `is` in a condition".to_owned();
            let hint = "Use `in` with a list: \"in\": [\"yes\"].";
            return self.problems.push(Problem::new(self.source, range, message, hint));
        }
        self.value(value, best, name);
    }

    fn string(&mut self, value: &Value<'_>, allowed: &[&str], name: &str) {
        if value.as_string_lit().is_none_or(|lit| !allowed.contains(&&*lit.value)) {
            self.report(value, format!("{name} must be one of: {}", allowed.join(", ")), "");
        }
    }

    fn report(&mut self, value: &Value<'_>, message: String, hint: &str) {
        self.problems.push(Problem::new(self.source, value.start()..value.end(), message, hint));
    }

    fn resolve(&self, schema: &'a Schema) -> &'a Schema {
        let path = schema.get("$ref").and_then(Schema::as_str).and_then(|path| path.strip_prefix('#'));
        path.and_then(|pointer| self.root.pointer(pointer)).unwrap_or(schema)
    }
}

fn alternatives(schema: &Schema) -> Option<&[Schema]> {
    let branches = schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_array()?;
    branches.iter().all(|b| b.get("const").is_none() && b.get("enum").is_none()).then_some(branches)
}

/// The strings that the schema allows, if it lists them: an `enum`, or a `oneOf` of `const`s.
fn allowed_strings(schema: &Schema) -> Option<Vec<&str>> {
    if let Some(list) = schema.get("enum").and_then(Schema::as_array) {
        return Some(list.iter().filter_map(Schema::as_str).collect());
    }
    let branches = schema.get("oneOf")?.as_array()?;
    Some(branches.iter().filter_map(|b| b.get("const").and_then(Schema::as_str)).collect())
}

fn types(schema: &Schema) -> Vec<&str> {
    match schema.get("type") {
        Some(Schema::String(one)) => vec![one],
        Some(Schema::Array(many)) => many.iter().filter_map(Schema::as_str).collect(),
        _ => Vec::new(),
    }
}

fn type_of(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "string",
        Value::NumberLit(_) => "number",
        Value::BooleanLit(_) => "boolean",
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::NullKeyword(_) => "null",
    }
}

fn is_integer(value: &Value<'_>) -> bool {
    value.as_number_lit().is_some_and(|n| n.value.parse::<u32>().is_ok())
}

fn describe(kind: &str) -> &'static str {
    match kind {
        "string" => "a string",
        "number" => "a number",
        "integer" => "a whole number (0 or more)",
        "boolean" => "true or false",
        "object" => "an object",
        "array" => "an array",
        _ => "null",
    }
}
