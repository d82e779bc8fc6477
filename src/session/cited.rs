//! The dates of links that a detail cites: a link counts as read when it is typed.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memchr;

use crate::markdown;

use super::answer::Answer;
use super::stamp::Stamp;

/// Replaces `range` of the detail by `inserted`, and dates the links that the detail cites since then.
pub(super) fn note_citations(answer: &mut Answer, range: Range<usize>, inserted: &str, stamp: &Stamp) {
    if is_within_a_plain_word(&answer.detail, &range, inserted) {
        answer.detail.replace_range(range, inserted);
        return;
    }
    let before = markdown::citations(&answer.detail);
    answer.detail.replace_range(range, inserted);
    let after = markdown::citations(&answer.detail);
    let day = stamp.at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let mut cited = BTreeMap::new();
    for citation in after {
        if let Some(day) = answer.cited.0.remove(&citation.url) {
            cited.insert(citation.url, day);
        } else if !before.iter().any(|known| known.url == citation.url) {
            cited.insert(citation.url, day.clone());
        }
    }
    answer.cited.0 = cited;
}

/// Whether a change of words cannot change a link, because no link is there. Parsing the whole detail for
/// each letter would make replaying long journals slow.
fn is_within_a_plain_word(detail: &str, range: &Range<usize>, inserted: &str) -> bool {
    let is_plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || " .,;'-".contains(c));
    if !is_plain(inserted) || !is_plain(&detail[range.clone()]) {
        return false;
    }
    // Every link has a colon. Looking for one takes much less time than looking for the ends of a word that
    // may be as long as the text.
    if memchr(b':', detail.as_bytes()).is_none() {
        return true;
    }
    let start = detail[..range.start].rfind(char::is_whitespace).unwrap_or(0);
    let end = detail[range.end..].find(char::is_whitespace).map_or(detail.len(), |n| range.end + n);
    !detail[start..end].contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(day: &str) -> Stamp {
        Stamp { by: String::new(), at: format!("{day}T10:00:00Z").parse().unwrap() }
    }

    #[test]
    fn a_link_that_is_typed_into_the_detail_is_dated_and_keeps_its_date() {
        let mut answer = Answer { detail: "Old: https://old.example.".into(), ..Answer::default() };
        let end = answer.detail.len();
        note_citations(&mut answer, end..end, " See [docs](https://a.example/x", &stamp("2026-11-22"));
        for c in "y)".chars() {
            let end = answer.detail.len();
            note_citations(&mut answer, end..end, &c.to_string(), &stamp("2026-11-22"));
        }
        note_citations(&mut answer, 0..0, "New. ", &stamp("2027-01-01"));
        let dates: Vec<_> =
            answer.evidence().iter().map(|e| (e.url.to_string(), e.retrieved.to_owned())).collect();
        let expected = [("https://old.example", ""), ("https://a.example/xy", "2026-11-22")];
        assert_eq!(dates, expected.map(|(url, day)| (url.to_owned(), day.to_owned())));
    }

    #[test]
    fn letters_typed_at_the_end_of_a_url_in_the_middle_of_a_text_belong_to_it() {
        let mut answer = Answer { detail: "See https://a.example/x now.".into(), ..Answer::default() };
        let end = "See https://a.example/x".len();
        note_citations(&mut answer, end..end, "y", &stamp("2026-11-22"));
        let expected = BTreeMap::from([("https://a.example/xy".to_owned(), "2026-11-22".to_owned())]);
        assert_eq!(answer.cited.0, expected);
    }
}
