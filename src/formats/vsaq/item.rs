//! The items of a questionnaire, and how an extension is inserted among them.

use serde_json::Value;

/// The type of an item.
pub fn kind(item: &Value) -> &str {
    field(item, "type")
}

/// A field of an item as text; empty if it is missing or is something else.
pub fn field<'v>(item: &'v Value, name: &str) -> &'v str {
    item.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The items in a block.
pub fn items(item: &Value) -> &[Value] {
    item.get("items").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The choices of a group: id and text.
pub fn choices(item: &Value) -> Vec<(String, String)> {
    let list = item.get("choices").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let pairs = list.iter().filter_map(Value::as_object).flatten();
    pairs.map(|(id, text)| (id.clone(), text.as_str().unwrap_or_default().to_owned())).collect()
}

/// The items of an extension with the names of its namespace: `ns:id`. Conditions are not renamed.
pub fn namespaced(mut items: Vec<Value>, namespace: Option<&str>) -> Vec<Value> {
    if let Some(namespace) = namespace {
        items.iter_mut().for_each(|item| rename(item, namespace));
    }
    items
}

fn rename(item: &mut Value, namespace: &str) {
    let Some(object) = item.as_object_mut() else { return };
    if let Some(Value::String(id)) = object.get_mut("id") {
        *id = format!("{namespace}:{id}");
    }
    if let Some(Value::Array(choices)) = object.get_mut("choices") {
        for choice in choices.iter_mut().filter_map(Value::as_object_mut) {
            let renamed = choice.iter().map(|(id, text)| (format!("{namespace}:{id}"), text.clone()));
            *choice = renamed.collect();
        }
    }
    if let Some(Value::Array(inner)) = object.get_mut("items") {
        inner.iter_mut().for_each(|item| rename(item, namespace));
    }
}

/// Inserts the items of an extension before or after those that they name. Those whose place does not exist
/// go to the end; their places are returned.
pub fn insert(base: &mut Value, items: Vec<Value>) -> Vec<String> {
    let mut missing = Vec::new();
    let Some(root) = base.get_mut("questionnaire").and_then(|list| list.get_mut(0)) else { return missing };
    for item in items {
        let (after, before) =
            (field(&item, "insertAfter").to_owned(), field(&item, "insertBefore").to_owned());
        let (target, offset) = if after.is_empty() { (before, 0) } else { (after, 1) };
        if let Some(item) = insert_at(root, &target, offset, item) {
            missing.push(target);
            if let Some(Value::Array(list)) = root.get_mut("items") {
                list.push(item);
            }
        }
    }
    missing
}

/// Searches depth first. Returns the item if there is no such place.
fn insert_at(block: &mut Value, target: &str, offset: usize, mut item: Value) -> Option<Value> {
    let Some(Value::Array(list)) = block.get_mut("items") else { return Some(item) };
    for index in 0..list.len() {
        if field(&list[index], "id") == target {
            list.insert(index + offset, item);
            return None;
        }
        match insert_at(&mut list[index], target, offset, item) {
            None => return None,
            Some(back) => item = back,
        }
    }
    Some(item)
}
