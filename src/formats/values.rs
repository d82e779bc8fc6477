//! Values of JSON and YAML files, read forgivingly: what should be a text may be a number or a date.

use serde_json::Value;

/// A scalar field as text; empty if it is missing, null, a list or an object.
pub fn text(value: &Value, name: &str) -> String {
    scalar(value.get(name))
}

/// A scalar as text.
pub fn scalar(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(flag)) => flag.to_string(),
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => String::new(),
    }
}

/// A list field; empty if it is missing or is something else.
pub fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A field that is true, in any spelling.
pub fn is_true(value: &Value, name: &str) -> bool {
    text(value, name).eq_ignore_ascii_case("true")
}

/// The texts of a list field.
pub fn texts(value: &Value, name: &str) -> Vec<String> {
    list(value, name).iter().map(|entry| scalar(Some(entry))).filter(|text| !text.is_empty()).collect()
}

/// The first text that is not blank.
pub fn first<const N: usize>(texts: [String; N]) -> String {
    texts.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default()
}

/// The entries of a map, or of a list of maps with one entry each (`!!omap`), in the order of the file.
pub fn entries(value: &Value) -> Vec<(&String, &Value)> {
    match value {
        Value::Object(object) => object.iter().collect(),
        Value::Array(list) => list.iter().filter_map(Value::as_object).flatten().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}
