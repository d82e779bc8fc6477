//! Text in the cells of a markdown table.
//!
//! A table row is one line, and `|` ends a cell even inside a code span (GitHub Flavored Markdown, section
//! "Tables (extension)"). So a line break is written as `<br>`, and a literal `|` is escaped. Anything that
//! would be read back differently is written as a character reference, so any text survives the round trip:
//! `decode(&encode(text)) == text`.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser};

/// Begins a paragraph.
const PARAGRAPH: &str = "x ";

/// The character references that [`decode`] reads, besides `&lt;` before `br` or [`BREAKING`]. With `amp;` in
/// front, they mean themselves.
const REFERENCES: [(&str, &str); 5] =
    [("#92;", "\\"), ("#32;", " "), ("#9;", "\t"), ("#12;", "\u{c}"), ("#13;", "\r")];

/// Elements whose tags would end the cell, or hide what follows it: those of tables, and those whose content
/// is no HTML (HTML standard, "Parsing HTML documents"). They are shown as text instead.
const BREAKING: [&str; 21] = [
    "table",
    "caption",
    "colgroup",
    "col",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
    "select",
    "template",
];

/// `text` as the content of a cell: one line, no unescaped `|`, no blanks at either end, and no tag that
/// would end it.
pub fn encode(text: &str) -> String {
    without_breaking_tags(on_one_line(text))
}

/// Writes the `<` of tags of [`BREAKING`] elements as references; in code they are only text.
fn without_breaking_tags(cell: String) -> String {
    let mut tags = memchr::memchr_iter(b'<', cell.as_bytes());
    if !tags.any(|at| is_breaking(&cell[at + 1..])) {
        return cell;
    }
    // A cell is parsed like the inside of a paragraph.
    let paragraph = format!("{PARAGRAPH}{cell}");
    let events = Parser::new_ext(&paragraph, Options::empty()).into_offset_iter();
    let tags = events.filter_map(|(event, range)| match event {
        Event::InlineHtml(_) | Event::Html(_) => range.start.checked_sub(PARAGRAPH.len()),
        _ => None,
    });
    let mut out = String::with_capacity(cell.len() + 16);
    let mut written = 0;
    for at in tags.filter(|at| is_breaking(&cell[at + 1..])) {
        out.push_str(&cell[written..at]);
        out.push_str("&lt;");
        written = at + 1;
    }
    out + &cell[written..]
}

fn on_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let last = text.len().saturating_sub(1);
    let mut written = 0;
    let mut run = BackslashRun { end: 0, is_ambiguous: false };
    for (at, byte) in text.bytes().enumerate() {
        let replacement = match byte {
            b'\n' => "<br>",
            b'\r' => "&#13;",
            b'|' => "\\|",
            b'\\' => {
                if at >= run.end {
                    run = BackslashRun::at(text, at);
                }
                if !run.is_ambiguous {
                    continue;
                }
                "&#92;"
            }
            b' ' if at == 0 || at == last => "&#32;",
            b'\t' if at == 0 || at == last => "&#9;",
            b'\x0c' if at == 0 || at == last => "&#12;",
            b'<' if line_break(&text[at..]).is_some() => "&lt;",
            b'&' if reference(&text[at + 1..]).is_some() => "&amp;",
            // Other blanks (such as U+2003) need no reference: reading trims only ASCII blanks.
            _ => continue,
        };
        out.push_str(&text[written..at]);
        out.push_str(replacement);
        written = at + 1;
    }
    out.push_str(&text[written..]);
    out
}

/// A run of backslashes. Scanned once per run, so that a long run does not take quadratic time.
struct BackslashRun {
    end: usize,
    /// Whether it ends at `|`, a line break or the end of the text, where it would escape what follows.
    is_ambiguous: bool,
}

impl BackslashRun {
    fn at(text: &str, start: usize) -> Self {
        let rest = text[start..].trim_start_matches('\\');
        let is_ambiguous = rest.is_empty() || rest.starts_with(['|', '\n']);
        Self { end: text.len() - rest.len(), is_ambiguous }
    }
}

/// The text of a cell: the inverse of [`encode`]. Also accepts other spellings of `<br>` (`<br/>`, `<BR />`).
pub fn decode(cell: &str) -> Cow<'_, str> {
    let next = |text: &str| memchr::memchr3(b'<', b'\\', b'&', text.as_bytes());
    if next(cell).is_none() {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some(at) = next(rest) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(length) = line_break(rest) {
            out.push('\n');
            rest = &rest[length..];
        } else if let Some(after) = rest.strip_prefix("\\|") {
            out.push('|');
            rest = after;
        } else if let Some((text, length)) = rest.strip_prefix('&').and_then(reference) {
            out.push_str(&text);
            rest = &rest[1 + length..];
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The length of the `<br>` at the start of `text`, in any of its spellings.
fn line_break(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.len() < 4 || !bytes[..3].eq_ignore_ascii_case(b"<br") {
        return None;
    }
    let rest = text[3..].trim_start_matches(' ');
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    rest.starts_with('>').then(|| text.len() - rest.len() + 1)
}

/// Whether a text that begins after `<` is a tag of one of the [`BREAKING`] elements.
fn is_breaking(tag: &str) -> bool {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let length = tag.bytes().take_while(u8::is_ascii_alphanumeric).take(16).count();
    BREAKING.iter().any(|name| name.eq_ignore_ascii_case(&tag[..length]))
}

/// The value and the length of the reference at the start of `text`, which begins after the `&`.
fn reference(text: &str) -> Option<(String, usize)> {
    let tail = text.trim_start_matches("amp;");
    let (length, value) = match REFERENCES.iter().find(|(name, _)| tail.starts_with(name)) {
        Some((name, value)) => (name.len(), (*value).to_owned()),
        None => {
            // Names of HTML elements have no case.
            let tag = tail.strip_prefix("lt;")?;
            let is_break = tag.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("br"));
            (is_break || is_breaking(tag)).then(|| ("lt;".len(), "<".to_owned()))?
        }
    };
    let length = text.len() - tail.len() + length;
    match text.strip_prefix("amp;") {
        Some(inner) => Some((format!("&{}", &inner[..length - 4]), length)),
        None => Some((value, length)),
    }
}

/// The byte ranges of the cells of a table row, without surrounding blanks.
///
/// A `|` after a backslash does not end a cell. A leading or trailing `|` is a border.
pub fn split_cells(row: &str) -> Vec<std::ops::Range<usize>> {
    let first = row.len() - row.trim_ascii_start().len();
    let row = row.trim_ascii_end();
    let mut cells = Vec::with_capacity(4);
    let mut start = first;
    let mut escaped = None;
    for at in memchr::memchr2_iter(b'|', b'\\', row.as_bytes()) {
        if escaped == Some(at) {
            continue;
        }
        if row.as_bytes()[at] == b'\\' {
            escaped = Some(at + 1);
            continue;
        }
        if at != first {
            cells.push(trimmed(row, start..at));
        }
        start = at + 1;
    }
    if start < row.len() {
        cells.push(trimmed(row, start..row.len()));
    }
    cells
}

/// Whether a row contains only blanks and bars.
pub fn is_blank_row(row: &str) -> bool {
    row.bytes().all(|b| b == b'|' || b.is_ascii_whitespace())
}

/// The range of a cell without surrounding blanks. For a blank cell it is empty and follows the first blank,
/// so that text inserted there keeps its distance from the bar.
fn trimmed(row: &str, cell: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let text = &row[cell.clone()];
    let inner = text.trim_ascii();
    if inner.is_empty() {
        let at = cell.start + text.len().min(1);
        return at..at;
    }
    let start = cell.start + (text.len() - text.trim_ascii_start().len());
    start..start + inner.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(row: &str) -> Vec<&str> {
        split_cells(row).into_iter().map(|r| &row[r]).collect()
    }

    #[test]
    fn a_row_of_blanks_and_bars_is_blank() {
        assert!(is_blank_row("| |\t|") && is_blank_row("") && is_blank_row("||"));
        assert!(!is_blank_row("| - |"));
    }

    #[test]
    fn line_breaks_and_bars_are_written_as_wikis_write_them() {
        assert_eq!(encode("a|b\n\nc"), "a\\|b<br><br>c");
        assert_eq!(decode("a\\|b<br/><BR />c"), "a|b\n\nc");
    }

    #[test]
    fn tags_that_would_end_the_cell_or_hide_the_rest_of_the_page_are_shown_as_text() {
        for (text, cell) in [
            ("a </td> b", "a &lt;/td> b"),
            ("<TABLE border>", "&lt;TABLE border>"),
            ("<script>x</script>", "&lt;script>x&lt;/script>"),
            ("`<script>`, not <script>", "`<script>`, not &lt;script>"),
            ("<td and <td\nx", "<td and <td<br>x"),
            ("<b>, <tdx>, < td, <ol>", "<b>, <tdx>, < td, <ol>"),
            ("&lt;td>", "&amp;lt;td>"),
            ("&lt;b>", "&lt;b>"),
        ] {
            assert_eq!(encode(text), cell);
            assert_eq!(decode(cell), text);
        }
        assert_eq!(decode("&lt;table&gt;"), "<table&gt;");
    }

    #[test]
    fn only_what_would_be_read_differently_is_written_as_a_reference() {
        for (text, cell) in [
            (" a b ", "&#32;a b&#32;"),
            ("\ta\tb\t", "&#9;a\tb&#9;"),
            ("\u{c}a\u{c}b\u{c}", "&#12;a\u{c}b&#12;"),
            ("a\rb", "a&#13;b"),
            ("a < b & c", "a < b & c"),
            ("<BR>&lt;br", "&lt;BR>&amp;lt;br"),
            ("a\\b", "a\\b"),
            ("a\\b\\", "a\\b&#92;"),
            ("\\b\\|c", "\\b&#92;\\|c"),
            ("\\\\|", "&#92;&#92;\\|"),
            ("\\\nx", "&#92;<br>x"),
        ] {
            assert_eq!(encode(text), cell);
            assert_eq!(decode(cell), text);
        }
    }

    #[test]
    fn a_blank_cell_is_located_after_its_first_blank() {
        assert_eq!(split_cells("| a |  ||"), [2..3, 6..6, 8..8]);
    }

    #[test]
    fn a_row_splits_only_at_unescaped_bars() {
        assert_eq!(cells("| a | b\\|c |  |"), ["a", "b\\|c", ""]);
        assert_eq!(cells("a | `p\\|q` "), ["a", "`p\\|q`"]);
        assert_eq!(cells("|a|b|c|d|"), ["a", "b", "c", "d"]);
        assert_eq!(cells("  | a |"), ["a"]);
        assert_eq!(cells(""), Vec::<&str>::new());
    }

    #[test]
    fn text_that_looks_like_our_own_markup_is_preserved() {
        for text in [
            "<br>",
            "<BR>",
            "a<Br/>b",
            "use <bR > here",
            "&lt;BR>",
            "&amp;lt;bR",
            "a\\|b",
            "x\\",
            "&lt;br>",
            "&amp;#92;",
            "&amp;amp;lt;br",
            " a ",
            "\\\\\n",
            "\t",
            "\\\\|",
            "</td>",
        ] {
            assert_eq!(decode(&encode(text)), text, "{text:?} as {:?}", encode(text));
        }
    }

    /// Texts with much of what has a meaning in a cell.
    const SPECIAL: &str =
        "([|\\\\&<>brBR/ \\n\\t;#amplt92é`*\\[\\]()]|&amp;|<br>|&lt;(br|BR)|&#92;|\\\\\\||\\r){0,24}";

    proptest! {
        #[test]
        fn any_text_survives_a_cell(
            text in SPECIAL
        ) {
            let row = format!("| q | {} | z |", encode(&text));
            prop_assert!(!row.contains('\n'));
            let cells = split_cells(&row);
            prop_assert_eq!(cells.len(), 3);
            prop_assert_eq!(decode(&row[cells[1].clone()]), text);
        }

        #[test]
        fn decoding_and_splitting_accept_any_text(text in any::<String>()) {
            decode(&text);
            for range in split_cells(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
