//! YAML front matter: where it is in a page, and how a value is written into it.

use std::ops::Range;

/// Where the front matter of a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// The lines between the `---` fences, without the fences.
    pub lines: Range<usize>,
    /// The first byte after the closing fence and its line break.
    pub body: usize,
}

/// The front matter of `source` if it begins at byte `start`, which is not 0 only after a byte order mark.
///
/// The closing fence may be `---` or `...`. Without one there is no front matter.
pub fn front_matter(source: &str, start: usize) -> Option<FrontMatter> {
    let mut lines = source[start..].split_inclusive('\n');
    let opening = lines.next().filter(|line| line.trim_ascii_end() == "---")?;
    let from = start + opening.len();
    let mut at = from;
    for line in lines {
        if matches!(line.trim_ascii_end(), "---" | "...") {
            return Some(FrontMatter { lines: from..at, body: at + line.len() });
        }
        at += line.len();
    }
    None
}

/// `text` as a YAML scalar: plain if YAML reads it back as the same text, otherwise in double quotes
/// (YAML 1.2, sections 7.3.1 and 7.3.3).
pub fn yaml_scalar(text: &str) -> String {
    let special_start = text.starts_with(|c: char| {
        "-?:,[]{}#&*!|>'\"%@` ".contains(c) || c.is_ascii_digit() || "+.~".contains(c)
    });
    let reserved =
        ["true", "false", "null", "yes", "no", "on", "off"].contains(&text.to_ascii_lowercase().as_str());
    let special_inside = text.contains(": ")
        || text.contains(" #")
        || text.ends_with([':', ' '])
        || text.chars().any(char::is_control);
    if special_start || reserved || special_inside {
        serde_json::Value::from(text).to_string()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_at_the_closing_fence() {
        let source = "---\r\ntitle: X\r\n---\r\nbody";
        let found = front_matter(source, 0).unwrap();
        assert_eq!(&source[found.lines], "title: X\r\n");
        assert_eq!(&source[found.body..], "body");
    }

    #[test]
    fn a_page_without_both_fences_has_no_front_matter() {
        assert_eq!(front_matter("---\ntitle: X\n", 0), None);
        assert_eq!(front_matter("title: X\n---\n", 0), None);
        assert_eq!(front_matter("", 0), None);
    }

    #[test]
    fn front_matter_may_follow_a_byte_order_mark() {
        let source = "\u{feff}---\na: b\n...\n";
        let found = front_matter(source, '\u{feff}'.len_utf8()).unwrap();
        assert_eq!(&source[found.lines], "a: b\n");
        assert_eq!(found.body, source.len());
    }

    #[test]
    fn a_scalar_is_quoted_only_if_yaml_would_read_it_differently() {
        assert_eq!(yaml_scalar("Zendesk security review"), "Zendesk security review");
        assert_eq!(yaml_scalar("a: b"), "\"a: b\"");
        assert_eq!(yaml_scalar("No"), "\"No\"");
        assert_eq!(yaml_scalar("2026"), "\"2026\"");
        assert_eq!(yaml_scalar("say \"x\": y"), "\"say \\\"x\\\": y\"");
    }
}
