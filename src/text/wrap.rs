//! Soft wrapping: which part of a text is on which row of a given width.

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

use super::visible::{glyph, width as columns};

/// One row on the screen: a byte range of the text, without its line break.
///
/// The spaces at a soft break stay at the end of the row and may exceed its width, as in a word processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether the row ends at a line break or at the end of the text.
    pub hard: bool,
}

/// Breaks `text` into rows of at most `width` columns. There is always at least one row.
///
/// Breaks only where the Unicode line breaking algorithm (UAX 14) allows it, so no row begins with a space or
/// a comma. A word longer than a row is broken between graphemes.
pub fn wrap(text: &str, width: usize) -> Vec<Row> {
    let width = width.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap_line(line, start, width, &mut rows);
        start += line.len() + 1;
    }
    rows
}

/// The index of the row that shows the cursor at byte `at`; at a soft break, the later row.
pub fn row_of(rows: &[Row], at: usize) -> usize {
    rows.partition_point(|row| row.start <= at).saturating_sub(1)
}

fn wrap_line(line: &str, offset: usize, width: usize, rows: &mut Vec<Row>) {
    let push = |rows: &mut Vec<Row>, start: usize, end: usize, hard: bool| {
        rows.push(Row { start: offset + start, end: offset + end, hard });
    };
    if line.len() <= width && line.is_ascii() && columns(line) <= width {
        return push(rows, 0, line.len(), true);
    }
    let (mut row_start, mut row_width, mut segment_start) = (0, 0, 0);
    for segment_end in breaks_outside_urls(line, width) {
        let segment = &line[segment_start..segment_end];
        let word = segment.trim_end_matches(' ');
        let word_width = columns(word);
        if row_width + word_width > width && segment_start > row_start {
            push(rows, row_start, segment_start, false);
            (row_start, row_width) = (segment_start, 0);
        }
        if word_width > width {
            for (at, grapheme) in word.grapheme_indices(true) {
                let grapheme_width = glyph(grapheme).1;
                if row_width + grapheme_width > width && segment_start + at > row_start {
                    push(rows, row_start, segment_start + at, false);
                    (row_start, row_width) = (segment_start + at, 0);
                }
                row_width += grapheme_width;
            }
        } else {
            row_width += word_width;
        }
        row_width += segment.len() - word.len();
        segment_start = segment_end;
    }
    push(rows, row_start, line.len(), true);
}

/// The byte offsets at which `line` may be broken, without those in a URL that fits on a row of its own: a
/// URL that is in one piece can be selected and opened in the terminal.
fn breaks_outside_urls(line: &str, width: usize) -> Vec<usize> {
    let mut found = breaks(line);
    let mut from = 0;
    while let Some(at) = next_url(&line[from..]) {
        let start = from + at;
        let end = line[start..].find(char::is_whitespace).map_or(line.len(), |length| start + length);
        if columns(&line[start..end]) <= width {
            found.retain(|at| *at <= start || *at >= end);
        }
        from = end;
    }
    found
}

fn next_url(text: &str) -> Option<usize> {
    ["https://", "http://", "mailto:"].iter().filter_map(|scheme| text.find(scheme)).min()
}

/// The byte offsets at which `line` may be broken, in order; the last is its end.
///
/// The full algorithm is slow, and most text needs little of it. There is no break within a word of ASCII
/// letters, digits and the characters of class IS (LB13, LB25, LB28, LB29). There is one after the blanks
/// that follow such a word, if a letter or digit comes next (LB18), and what precedes that break does not
/// affect what follows it. So the algorithm runs only on the stretches between such breaks that are not a
/// single word.
fn breaks(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let mut found = Vec::with_capacity(bytes.len() / 4);
    let mut start = 0;
    while start < bytes.len() {
        let word = bytes[start..].iter().take_while(|byte| is_word_byte(**byte)).count();
        let blanks = bytes[start + word..].iter().take_while(|byte| **byte == b' ').count();
        let end = start + word + blanks;
        let begins = bytes[start].is_ascii_alphanumeric();
        if begins && (end == bytes.len() || bytes[end].is_ascii_alphanumeric()) {
            found.push(end);
            start = end;
            continue;
        }
        let follows_word =
            |at: usize| bytes[..at].iter().rfind(|byte| **byte != b' ').is_some_and(|b| is_word_byte(*b));
        let is_break =
            |at: &usize| bytes[*at].is_ascii_alphanumeric() && bytes[at - 1] == b' ' && follows_word(*at);
        let end = (end..bytes.len()).find(is_break).unwrap_or(bytes.len());
        found.extend(linebreaks(&line[start..end]).map(|(at, _)| start + at));
        start = end;
    }
    found
}

/// Whether a byte is an ASCII letter, a digit or of class IS.
fn is_word_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b',' | b'.' | b':' | b';')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_url_is_broken_only_if_it_is_wider_than_a_row() {
        let text = "see https://a.example/one-two/three?x=1 there";
        assert_eq!(rows(text, 36), ["see ", "https://a.example/one-two/three?x=1 ", "there"]);
        assert_eq!(rows(text, 20)[0], "see https://");
        assert_eq!(rows("[x](https://a.example/b-c). y", 27), ["[x](https://a.example/b-c). ", "y"]);
    }

    fn rows(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width).into_iter().map(|row| &text[row.start..row.end]).collect()
    }

    #[test]
    fn text_breaks_between_words_and_the_space_stays_on_the_earlier_row() {
        assert_eq!(rows("one two, three", 7), ["one ", "two, ", "three"]);
        assert_eq!(rows("one two, three", 8), ["one two, ", "three"]);
    }

    #[test]
    fn a_word_longer_than_the_row_is_broken() {
        assert_eq!(rows("ab https-very-long", 5), ["ab ", "https", "-", "very-", "long"]);
        assert_eq!(rows("aaaaaaa", 3), ["aaa", "aaa", "a"]);
    }

    #[test]
    fn line_breaks_are_kept_and_a_final_one_starts_a_new_row() {
        assert_eq!(rows("a\n\nb\n", 9), ["a", "", "b", ""]);
        assert_eq!(rows("", 9), [""]);
    }

    #[test]
    fn wide_characters_count_as_two_columns() {
        assert_eq!(rows("日本語", 4), ["日本", "語"]);
        assert_eq!(rows("日本", 1), ["日", "本"]);
    }

    #[test]
    fn a_tab_counts_as_the_columns_that_it_takes_and_final_blanks_as_none() {
        assert_eq!(rows("a\tb", 5), ["a\t", "b"]);
        assert_eq!(rows("aaa ", 3), ["aaa "]);
    }

    #[test]
    fn at_a_soft_break_the_cursor_is_on_the_later_row() {
        let rows = wrap("one two\nx", 4);
        assert_eq!([0, 3, 4, 7, 8, 9].map(|at| row_of(&rows, at)), [0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn blanks_and_punctuation_break_where_the_unicode_algorithm_says() {
        for line in ["a ", "a  b", "abc  d", "a !b", "a \u{200b}b", " a", "(a b)", "a-b c", "-a, b"] {
            let expected: Vec<usize> = linebreaks(line).map(|(at, _)| at).collect();
            assert_eq!(breaks(line), expected, "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn rows_cover_the_text_in_order_and_fit_the_width(
            text in "[a-c ,日é\\n-]{0,80}",
            width in 2usize..20
        ) {
            let rows = wrap(&text, width);
            let mut at = 0;
            for (i, row) in rows.iter().enumerate() {
                prop_assert_eq!(row.start, at);
                prop_assert!(columns(text[row.start..row.end].trim_end_matches(' ')) <= width);
                at = row.end + usize::from(row.hard);
                if i + 1 == rows.len() {
                    prop_assert_eq!(row.end, text.len());
                }
            }
        }

        #[test]
        fn lines_break_where_the_unicode_algorithm_says(
            line in prop_oneof![
                "[a-c0-9 ,.:;]{0,40}",
                "[a1 .,:;()/!%$\"'-]{0,40}",
                "[a1 é日()\u{301}\u{200b}\u{200d}\u{a0}\u{1f1e6}👩-]{0,40}",
                "\\PC{0,40}"
            ]
        ) {
            let expected: Vec<usize> = linebreaks(&line).map(|(at, _)| at).collect();
            prop_assert_eq!(breaks(&line), expected);
        }

        #[test]
        fn no_soft_row_begins_with_a_space_or_a_comma(
            words in prop::collection::vec("[a-z]{1,6}", 1..20),
            width in 8usize..20
        ) {
            let text = words.join(", ");
            for pair in wrap(&text, width).windows(2) {
                prop_assert!(!text[pair[1].start..].starts_with([' ', ',']));
            }
        }
    }
}
