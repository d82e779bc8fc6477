//! YAML front matter: where it is in a page, and how a value is read from it and written into it.
//!
//! Only top-level keys with scalar values are read, in all styles of scalars (YAML 1.2, sections 7.3 and
//! 8.1). A value is replaced by its byte range, so that everything else, comments included, stays as it is.

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

/// The value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Where it is in the page, with its quotes but without a comment after it. May contain line breaks.
    pub range: Range<usize>,
    /// What it says.
    pub text: String,
}

/// The value of a top-level key in the front matter at `lines`.
pub fn scalar(source: &str, lines: &Range<usize>, key: &str) -> Option<Scalar> {
    let mut at = lines.start;
    for line in source[lines.clone()].split_inclusive('\n') {
        if let Some(rest) = after_key(line, key) {
            let start = at + line.len() - rest.len();
            let is_empty = rest.trim_ascii().is_empty();
            let end =
                lines.end.min(start + rest.len() + indented(&source[at + line.len()..lines.end], is_empty));
            let value = &source[start..end];
            let blank = value.len() - value.trim_ascii_start().len();
            let (length, text) = read(&value[blank..]);
            // An empty value stays next to the colon.
            let start = if length == 0 { start } else { start + blank };
            return Some(Scalar { range: start..start + length, text });
        }
        at += line.len();
    }
    None
}

/// What follows `key:` in a line; there may be blanks before the colon.
fn after_key<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.strip_prefix(key)?.trim_start_matches([' ', '\t']).strip_prefix(':')
}

/// The top-level keys in the front matter at `lines`, in order.
pub fn keys(source: &str, lines: &Range<usize>) -> Vec<String> {
    let key = |line: &str| {
        let (key, _) = line.split_once(':')?;
        let key = key.trim_ascii_end();
        let is_key = !key.is_empty() && !key.starts_with([' ', '\t', '#', '-', '"', '\'', '[', '{']);
        is_key.then(|| key.to_owned())
    };
    source[lines.clone()].lines().filter_map(key).collect()
}

/// A list of plain values, `[a, b]` or `- a - b`, as text: `a, b`. Any other text as it is.
pub fn list_text(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        elements(inner, ",")
    } else if let Some(rest) = value.strip_prefix("- ") {
        elements(rest, " - ")
    } else {
        value.to_owned()
    }
}

/// The elements of a list, without quotes and escapes, separated by commas.
fn elements(list: &str, separator: &str) -> String {
    let mut found = Vec::new();
    let mut rest = list.trim();
    while !rest.is_empty() {
        let quoted = if rest.starts_with(['"', '\'']) { read(rest).0 } else { 0 };
        let end = rest[quoted..].find(separator).map_or(rest.len(), |at| quoted + at);
        let element = rest[..end].trim();
        found.push(if quoted > 0 { read(element).1 } else { element.to_owned() });
        rest = rest[end..].strip_prefix(separator).unwrap_or_default().trim_start();
    }
    found.retain(|element| !element.is_empty());
    found.join(", ")
}

/// The first paragraph of a text on one line. The introduction's is the description of the page.
pub fn one_paragraph(text: &str) -> String {
    let first = text.trim().split("\n\n").next().unwrap_or("");
    first.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The length of the lines that continue a value: indented ones, and blank ones between them. The entries of
/// a list below an empty value need not be indented.
fn indented(text: &str, is_empty: bool) -> usize {
    let mut length = 0;
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        let is_entry = is_empty && (line.starts_with("- ") || line.trim_ascii_end() == "-");
        if (line.starts_with([' ', '\t']) || is_entry) && !line.trim_ascii().is_empty() {
            length = end;
        } else if !line.trim_ascii().is_empty() {
            break;
        }
    }
    length
}

/// The length and the text of the scalar at the start of `value`.
fn read(value: &str) -> (usize, String) {
    match value.as_bytes().first() {
        Some(b'"') => double_quoted(value),
        Some(b'\'') => single_quoted(value),
        Some(b'|' | b'>') => block(value),
        Some(_) | None => None,
    }
    .unwrap_or_else(|| plain(value))
}

fn double_quoted(value: &str) -> Option<(usize, String)> {
    let mut is_escaped = false;
    let end = value.char_indices().skip(1).find(|(_, c)| {
        let is_end = *c == '"' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        is_end
    });
    let end = end?.0 + 1;
    Some((end, unescaped(&folded(value[1..end - 1].lines()))))
}

/// The text of a double-quoted value (YAML 1.2, section 5.7). An unknown escape is left as it is written.
fn unescaped(written: &str) -> String {
    let mut text = String::new();
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let (c, length) = escape_of(escape).unwrap_or(('\\', 0));
        text.push(c);
        rest = &escape[length..];
    }
    text.push_str(rest);
    text
}

/// The character that an escape (without its backslash) means, and the escape's length.
fn escape_of(escape: &str) -> Option<(char, usize)> {
    let first = escape.chars().next()?;
    let code = |digits: usize| {
        let code = u32::from_str_radix(escape.get(1..=digits)?, 16).ok()?;
        Some((char::from_u32(code)?, digits + 1))
    };
    let c = match first {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        ' ' | '"' | '/' | '\\' => first,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return code(2),
        'u' => return code(4),
        'U' => return code(8),
        _ => return None,
    };
    Some((c, first.len_utf8()))
}

fn single_quoted(value: &str) -> Option<(usize, String)> {
    let mut end = 1;
    loop {
        end += value[end..].find('\'')? + 1;
        if !value[end..].starts_with('\'') {
            return Some((end, folded(value[1..end - 1].lines()).replace("''", "'")));
        }
        end += 1;
    }
}

/// A literal (`|`) or folded (`>`) block.
fn block(value: &str) -> Option<(usize, String)> {
    let (header, content) = value.split_once('\n')?;
    let indicator = header.split(" #").next().unwrap_or_default().trim_ascii_end();
    if !indicator[1..].chars().all(|c| c.is_ascii_digit() || "+-".contains(c)) {
        return None;
    }
    let content = content.trim_ascii_end();
    let lines: Vec<&str> = content.lines().collect();
    let indent = lines.iter().find(|line| !line.trim_ascii().is_empty())?;
    let indent = indent.len() - indent.trim_start_matches(' ').len();
    let lines = lines.iter().map(|line| line.get(indent..).unwrap_or_default());
    let text = match value.starts_with('|') {
        true => lines.collect::<Vec<_>>().join("\n"),
        false => folded(lines),
    };
    Some((header.len() + 1 + content.len(), text))
}

/// A value without quotes: up to a comment, or over all lines that continue it.
fn plain(value: &str) -> (usize, String) {
    if value.starts_with('#') {
        return (0, String::new());
    }
    let end = [" #", "\t#", "\n#"].iter().filter_map(|comment| value.find(comment)).min();
    let written = value[..end.unwrap_or(value.len())].trim_ascii_end();
    (written.len(), folded(written.lines()))
}

/// Lines joined as YAML folds them: by a space, and by a line break for each blank line between them.
fn folded<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    let mut blank = 0;
    for (number, line) in lines.map(str::trim_ascii).enumerate() {
        if line.is_empty() && number > 0 {
            blank += 1;
            continue;
        }
        match blank {
            0 if number > 0 => text.push(' '),
            _ => text.extend(std::iter::repeat_n('\n', blank)),
        }
        blank = 0;
        text.push_str(line);
    }
    text
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
        || text.chars().any(is_escaped);
    if special_start || reserved || special_inside || text == "=" || text == "<<" {
        double_quotes(text)
    } else {
        text.to_owned()
    }
}

/// A list of texts as a YAML flow sequence.
pub fn yaml_list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let quoted = texts.map(|text| {
        let scalar = yaml_scalar(text);
        if scalar.contains([',', '[', ']', '{', '}']) && !scalar.starts_with('"') {
            double_quotes(text)
        } else {
            scalar
        }
    });
    format!("[{}]", quoted.collect::<Vec<_>>().join(", "))
}

/// `text` as a YAML value of any type, such as a number, a date or `true`, if it can be written without
/// quotes; otherwise as a text.
pub fn yaml_plain(text: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "-_.+:".contains(c);
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(is_word);
    if is_plain && !text.ends_with(':') { text.to_owned() } else { yaml_scalar(text) }
}

fn double_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            _ if is_escaped(c) => quoted.push_str(&format!("\\u{:04x}", c as u32)),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether YAML reads a character as something else unless it is escaped: control characters, line and
/// paragraph separators, the byte order mark, and code points that are not characters (YAML 1.2, section
/// 5.1).
fn is_escaped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_byte_is_read_and_lines_are_joined_as_yaml_folds_them() {
        assert_eq!(value("title: \"a\\0b\"").1, "a\0b");
        assert_eq!(value("title: a\n  b\n\n  c").1, "a b\nc");
    }

    #[test]
    fn every_escape_of_yaml_is_read() {
        let written = r#"title: "\a\b\t\n\v\f\r\e\ \"\/\\\N\_\L\P\x41\u00e9\U0001F600""#;
        let expected = "\u{7}\u{8}\t\n\u{b}\u{c}\r\u{1b} \"/\\\u{85}\u{a0}\u{2028}\u{2029}A\u{e9}\u{1f600}";
        assert_eq!(value(written).1, expected);
    }

    #[test]
    fn the_keys_of_merges_and_defaults_are_quoted() {
        assert_eq!((yaml_scalar("<<"), yaml_scalar("=")), ("\"<<\"".into(), "\"=\"".into()));
        assert_eq!(yaml_scalar("a = b"), "a = b");
    }

    #[test]
    fn front_matter_ends_at_the_closing_fence() {
        let source = "---\r\ntitle: X\r\n---\r\nbody";
        let found = front_matter(source, 0).unwrap();
        assert_eq!(&source[found.lines], "title: X\r\n");
        assert_eq!(&source[found.body..], "body");
    }

    #[test]
    fn only_plain_top_level_keys_are_found() {
        let source = "title: A\n  sub: x\n# c: d\n- e: f\n\"q\": z\n: w\nplain\ndate : y\n";
        assert_eq!(keys(source, &(0..source.len())), ["title", "date"]);
    }

    #[test]
    fn a_list_is_shown_as_text_without_its_brackets_and_quotes() {
        for (value, text) in [
            ("[a, b]", "a, b"),
            ("[\"a\", 'b', ]", "a, b"),
            ("- a - b", "a, b"),
            ("[]", ""),
            ("a,b", "a,b"),
            ("[a", "[a"),
        ] {
            assert_eq!(list_text(value), text, "{value:?}");
        }
    }

    #[test]
    fn a_description_is_the_first_paragraph_on_one_line() {
        assert_eq!(one_paragraph("\n First line\n  second.\n\nAnother."), "First line second.");
    }

    fn value(front: &str) -> (&str, String) {
        let found = scalar(front, &(0..front.len()), "title").unwrap();
        (&front[found.range], found.text)
    }

    #[test]
    fn a_value_is_read_in_every_style_and_its_range_leaves_comments_alone() {
        for (front, written, text) in [
            ("title: Boat review\ndate: x\n", "Boat review", "Boat review"),
            ("a: b\ntitle: Boat # draft\n", "Boat", "Boat"),
            ("title: C# guide\n", "C# guide", "C# guide"),
            ("title: # none yet\n", "", ""),
            ("title:\n", "", ""),
            ("title: \"a \\\"b\\\" \\u00e9\" # c\n", "\"a \\\"b\\\" \\u00e9\"", "a \"b\" é"),
            ("title: 'it''s # here' # c\n", "'it''s # here'", "it's # here"),
            (
                "title: Boat\n  security\n\n  review\nx: y\n",
                "Boat\n  security\n\n  review",
                "Boat security\nreview",
            ),
            ("title: \"Boat\n  review\"\n", "\"Boat\n  review\"", "Boat review"),
            ("title: >-\n  Boat\n  review\nx: y\n", ">-\n  Boat\n  review", "Boat review"),
            ("title: | # c\n  Boat\n    review\n", "| # c\n  Boat\n    review", "Boat\n  review"),
            ("title: \"open\n", "\"open", "\"open"),
            ("title: [a, b]\n", "[a, b]", "[a, b]"),
            ("title:\n- a\n- b\nx: y\n", "- a\n- b", "- a - b"),
            ("title: \"\n  Boat\"\n", "\"\n  Boat\"", " Boat"),
            ("title:\r\n  Boat\r\nx: y\r\n", "Boat", "Boat"),
        ] {
            assert_eq!(value(front), (written, text.to_owned()), "{front:?}");
        }
        assert_eq!(scalar("titles: x\n", &(0..10), "title"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_front_matter_can_be_read(front in "(title:)?([ \\n\"'|>#a\\\\é:-]{0,20})") {
            if let Some(found) = scalar(&front, &(0..front.len()), "title") {
                proptest::prop_assert!(front.get(found.range).is_some());
            }
        }

        #[test]
        fn a_value_that_is_written_is_read_again_by_us_and_by_a_yaml_library(
            text in "[ -~é]{0,20}|[=<\u{7f}\u{85}\u{2028}\u{fffe}\u{feff}\\t\na\"]{0,6}"
        ) {
            let text = text.trim();
            let front = format!("title: {}\n", yaml_scalar(text));
            proptest::prop_assert_eq!(value(&front).1, text);
            type Read = std::collections::BTreeMap<String, Option<String>>;
            let read: Read = serde_saphyr::from_str(&front).unwrap();
            proptest::prop_assert_eq!(read["title"].clone().unwrap_or_default(), text);
        }
    }

    #[test]
    fn a_list_is_read_as_it_was_written_and_a_blank_before_the_colon_is_allowed() {
        let texts = ["say \"x\": y", "a, b", "it's", "plain"];
        let written = yaml_list(texts.into_iter());
        assert_eq!(list_text(&written), texts.join(", "));
        assert_eq!(list_text("['it''s', b]"), "it's, b");
        assert_eq!(list_text("- a - \"b - c\""), "a, b - c");
        let front = "title : Boat\n";
        assert_eq!(keys(front, &(0..front.len())), ["title"]);
        assert_eq!(value(front), ("Boat", "Boat".to_owned()));
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
        for (text, scalar) in [
            ("a\\b", "a\\b"),
            ("a\\b: c", "\"a\\\\b: c\""),
            ("a #b", "\"a #b\""),
            ("a:", "\"a:\""),
            (".5", "\".5\""),
            ("- a", "\"- a\""),
            ("a\nb\tc\rd", "\"a\\nb\\tc\\rd\""),
            ("a\u{7f}", "\"a\\u007f\""),
            ("a\u{2028}b", "\"a\\u2028b\""),
        ] {
            assert_eq!(yaml_scalar(text), scalar);
        }
    }

    #[test]
    fn a_text_in_a_list_is_quoted_if_it_would_be_read_as_several() {
        let list = yaml_list(["a", "b, c", "x: y, z", "No"].into_iter());
        assert_eq!(list, r#"[a, "b, c", "x: y, z", "No"]"#);
    }

    #[test]
    fn a_value_of_any_type_is_written_without_quotes_if_it_can_be() {
        for (text, value) in [
            ("2026-11-21", "2026-11-21"),
            ("true", "true"),
            ("1.5", "1.5"),
            ("1: b", "\"1: b\""),
            ("12:", "\"12:\""),
            ("-1", "\"-1\""),
        ] {
            assert_eq!(yaml_plain(text), value);
        }
    }
}
