//! Case-insensitive search.

use std::ops::Range;

use super::visible::one_line;

/// The byte range of the first match of `wanted` in `text`, ignoring case. An empty `wanted` matches nothing.
pub fn find(text: &str, wanted: &str) -> Option<Range<usize>> {
    let first = wanted.chars().next()?;
    if wanted.is_ascii() {
        let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
        let (lower, upper) = (wanted[0].to_ascii_lowercase(), wanted[0].to_ascii_uppercase());
        let last = text.len().checked_sub(wanted.len())?;
        let at = memchr::memchr2_iter(lower, upper, &text[..=last])
            .find(|&at| text[at..at + wanted.len()].eq_ignore_ascii_case(wanted))?;
        return Some(at..at + wanted.len());
    }
    let first = first.to_lowercase().next();
    let starts = text.char_indices().filter(|(_, c)| c.to_lowercase().next() == first);
    starts.filter_map(|(at, _)| Some(at..at + prefix(&text[at..], wanted)?)).next()
}

/// The part of `text` around the first of `words` that it contains, on one line and at most about `length`
/// characters long; its beginning if it contains none. What is left out is marked with "…".
pub fn excerpt(text: &str, words: &str, length: usize) -> String {
    let whole = one_line(text);
    let places = words.split_whitespace().filter_map(|word| find(&whole, word));
    let at = places.map(|place| place.start).min().unwrap_or(0);
    let before = whole[..at].char_indices().rev().nth(length / 4).map_or(0, |(start, _)| start);
    let end = whole[before..].char_indices().nth(length).map_or(whole.len(), |(end, _)| before + end);
    let mark = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{}{}", mark(before > 0), &whole[before..end], mark(end < whole.len()))
}

/// The length in bytes of `wanted` at the start of `text`, ignoring case.
fn prefix(text: &str, wanted: &str) -> Option<usize> {
    let mut wanted = wanted.chars().flat_map(char::to_lowercase).peekable();
    for (at, c) in text.char_indices() {
        if wanted.peek().is_none() {
            return Some(at);
        }
        for lower in c.to_lowercase() {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_around_the_first_word_and_marks_what_is_left_out() {
        let text = format!("{} needle\nafter {}", "before ".repeat(20), "more ".repeat(40));
        let found = excerpt(&text, "nowhere NEEDLE", 40);
        assert!(found.starts_with("…") && found.ends_with("…") && found.contains("needle after"), "{found}");
        assert_eq!(excerpt("one two three four five six", "FOUR", 12), "…ree four fiv…");
        assert_eq!(excerpt("short\ntext", "x", 40), "short text");
        assert_eq!(excerpt("", "x", 40), "");
    }

    #[test]
    fn a_match_ignores_case_and_has_the_byte_range_of_the_text() {
        assert_eq!(find("Multi-Factor", "factor"), Some(6..12));
        assert_eq!(find("Ärger über MASSE", "ÜBER"), Some(7..12));
        assert_eq!(find("Straße", "SSE"), None);
        assert_eq!(find("abc", ""), None);
        assert_eq!(find("ab", "abc"), None);
        assert_eq!(find("x é", "É"), Some(2..4));
    }
}
