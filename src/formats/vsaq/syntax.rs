//! JSON with comments and joined strings (`vsaq/static/utils.js`): lines that are comments, `"a" +` with the
//! string going on in the next line, and `\x41`.

use serde_json::Value;

use crate::formats::error::ReadError;

/// Parses such a text.
///
/// # Errors
/// With the line and column in the text as it is.
pub fn parse(text: &str) -> Result<Value, ReadError> {
    let (json, moved) = to_json(text);
    serde_json::from_str(&json).map_err(|error| {
        let line_start: usize =
            json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = line_start + error.column().saturating_sub(1);
        let last = moved.iter().rfind(|(new, _)| *new <= at);
        let at = last.map_or(at, |(new, old)| old + (at - new)).min(text.len());
        let before = &text[..text.floor_char_boundary(at)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let message = error.to_string();
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(text, _)| text);
        ReadError::refused(format!("line {line}, column {column}: {message}"), "")
    })
}

/// The text as JSON, and where the rest of it came from: offsets in the JSON and in the text.
fn to_json(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut json = String::with_capacity(text.len());
    let mut moved = Vec::new();
    let mut at = 0;
    let mut is_line_start = true;
    while at < text.len() {
        let rest = &text[at..];
        if is_line_start && rest.trim_start_matches([' ', '\t']).starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            json.extend(std::iter::repeat_n(' ', end));
            at += end;
            is_line_start = false;
        } else if let Some(length) = joint(rest) {
            at += length;
            moved.push((json.len(), at));
        } else if rest.starts_with("\\x") {
            json.push_str("\\u00");
            at += 2;
            moved.push((json.len(), at));
        } else if rest.starts_with("\\\\") {
            json.push_str("\\\\");
            at += 2;
        } else {
            let c = rest.chars().next().unwrap_or(' ');
            json.push(c);
            at += c.len_utf8();
            is_line_start = c == '\n';
        }
    }
    (json, moved)
}

/// The length of `" +`, a line break and `"`, with blanks between them.
fn joint(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('"')?.trim_start_matches([' ', '\t']).strip_prefix('+')?;
    let rest = rest.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let rest = rest.trim_start().strip_prefix('"')?;
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_joined_strings_and_short_escapes_are_understood() {
        let text = "\n// why\n  // more\n{\"a\": \"x\" +\n   \"y // z\", \"b\": \"\\x41\\\\x\"}";
        assert_eq!(parse(text).unwrap(), serde_json::json!({"a": "xy // z", "b": "A\\x"}));
    }

    #[test]
    fn errors_are_where_they_are_in_the_file() {
        let text = "{\"a\": \"x\" +\n \"y\", \"b\": \"\\x41\", é}";
        assert!(parse(text).unwrap_err().message.starts_with("line 2, column 20: "), "{:?}", parse(text));
    }
}
