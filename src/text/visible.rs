//! What may reach a terminal: everything except control characters, which get a visible substitute.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const TAB: &str = "    ";

/// How one grapheme is drawn, and how many columns that takes.
///
/// A control character becomes its control picture. A character that is invisible or reorders the text around
/// it (bidi controls, zero-width characters) becomes its code point, such as `<U+202E>`.
pub fn glyph(grapheme: &str) -> (Cow<'_, str>, usize) {
    if let [byte @ 0x20..=0x7e] = grapheme.as_bytes() {
        debug_assert!(byte.is_ascii());
        return (Cow::Borrowed(grapheme), 1);
    }
    if grapheme == "\t" {
        return (Cow::Borrowed(TAB), TAB.len());
    }
    if grapheme.chars().any(is_hidden) {
        let shown: String = grapheme.chars().map(substitute).collect();
        let columns = shown.width();
        return (Cow::Owned(shown), columns);
    }
    match grapheme.width() {
        0 => {
            let shown: String = grapheme.chars().map(code_point).collect();
            let columns = shown.len();
            (Cow::Owned(shown), columns)
        }
        columns => (Cow::Borrowed(grapheme), columns),
    }
}

/// The number of columns that `text` takes when drawn with [`glyph`].
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        text.len()
    } else if text.chars().all(is_simple) {
        text.chars().count()
    } else {
        text.graphemes(true).map(|g| glyph(g).1).sum()
    }
}

/// `text` with every grapheme replaced by its [`glyph`], so that it can be drawn.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.graphemes(true).map(|g| glyph(g).0).collect())
}

/// One line of text in its visible form, cut to at most `columns` columns. A final "…" marks what was cut.
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return visible(text);
    }
    let Some(available) = columns.checked_sub(1) else { return Cow::Borrowed("") };
    let mut shown = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let (drawn, drawn_columns) = glyph(grapheme);
        if used + drawn_columns > available {
            break;
        }
        shown.push_str(&drawn);
        used += drawn_columns;
    }
    shown.push('…');
    Cow::Owned(shown)
}

/// `text` for a message on standard error or in a status line: visible, and on one line.
pub fn one_line(text: &str) -> String {
    visible(text.split(['\n', '\r']).collect::<Vec<_>>().join(" ").as_str()).into_owned()
}

/// `text` for standard output that may be a terminal: visible, with its line breaks.
pub fn safe(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// `text` with `\n` for every `\r\n` and `\r`: the only line break inside a session.
pub fn normalize_newlines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a character takes exactly one column and never joins another simple character: printable ASCII,
/// the middle dot, and the symbols of our own screens (box drawing, block elements, the first geometric
/// shapes).
fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '·' | '\u{2500}'..='\u{25d7}')
}

/// Whether `text` is only printable ASCII, so that each byte is one character and one column.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~'))
}

/// Control characters (C0, C1) and characters that reorder or hide text. Source: Unicode Bidirectional
/// Algorithm (UAX 9), table of explicit formatting characters.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0001}'
        )
}

fn substitute(c: char) -> String {
    match c {
        '\u{00}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('?').to_string(),
        '\u{7f}' => '\u{2421}'.to_string(),
        c => code_point(c),
    }
}

fn code_point(c: char) -> String {
    format!("<U+{:04X}>", c as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_is_drawn_as_text() {
        assert_eq!(visible("\u{1b}[31mred"), "␛[31mred");
        assert_eq!(visible("\u{9b}31m"), "<U+009B>31m");
    }

    #[test]
    fn output_keeps_its_line_breaks_and_nothing_else_that_a_terminal_obeys() {
        assert_eq!(safe("a\n\u{1b}[31mred\r\n"), "a\n␛[31mred␍\n");
    }

    #[test]
    fn every_kind_of_line_break_becomes_a_line_feed() {
        assert_eq!(normalize_newlines("a\r\nb\rc\n"), "a\nb\nc\n");
        assert_eq!(normalize_newlines("a\n"), "a\n");
    }

    #[test]
    fn a_message_is_on_one_line() {
        assert_eq!(one_line("a\nb\u{1b}"), "a b␛");
    }

    #[test]
    fn a_character_that_reorders_text_is_drawn_as_its_code_point() {
        assert_eq!(visible("abc\u{202e}def"), "abc<U+202E>def");
    }

    #[test]
    fn joined_emoji_and_wide_characters_have_their_terminal_width() {
        assert_eq!(width("👩‍💻"), 2);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("é"), 1);
        assert_eq!(width("e\u{301}"), 1);
    }

    #[test]
    fn a_text_that_fits_is_not_truncated() {
        assert_eq!(truncate("abc", 3), "abc");
        assert_eq!(truncate("", 0), "");
        assert_eq!(truncate("日本", 4), "日本");
    }

    #[test]
    fn a_text_that_is_too_wide_ends_with_an_ellipsis() {
        assert_eq!(truncate("abcd", 3), "ab…");
        assert_eq!(truncate("日本語", 4), "日…");
        assert_eq!(truncate("a\u{1b}bcd", 4), "a␛b…");
        assert_eq!(truncate("abc", 1), "…");
        assert_eq!(truncate("abc", 0), "");
    }

    proptest! {
        #[test]
        fn a_truncated_text_fits_and_keeps_its_beginning(
            text in "[ -~é日\u{1b}\u{202e}👩‍💻\u{301}]{0,20}",
            columns in 0usize..24
        ) {
            let shown = truncate(&text, columns);
            prop_assert!(width(&shown) <= columns);
            if width(&text) <= columns {
                prop_assert_eq!(shown, visible(&text));
            } else {
                let kept = shown.strip_suffix('…').unwrap_or("");
                prop_assert!(shown.ends_with('…') || columns == 0);
                prop_assert!(visible(&text).starts_with(kept));
            }
        }

        #[test]
        fn no_control_character_is_ever_drawn(text in any::<String>()) {
            let shown = visible(&text).into_owned();
            prop_assert!(!shown.chars().any(char::is_control));
            let reorders = shown.contains(['\u{202e}', '\u{2066}', '\u{200f}']);
            prop_assert!(!reorders);
        }

        #[test]
        fn simple_characters_take_one_column_each(text in "[ -~·\u{2500}-\u{25d7}]{0,20}") {
            let columns: usize = text.graphemes(true).map(|g| glyph(g).1).sum();
            prop_assert_eq!(columns, text.chars().count());
        }

        #[test]
        fn every_grapheme_takes_at_least_one_column(text in "\\PC{1,8}") {
            for g in text.graphemes(true) {
                prop_assert!(glyph(g).1 > 0);
            }
        }
    }
}
