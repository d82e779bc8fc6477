//! Three-way merging of prose, sentence by sentence.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// Merges two changes of `base`. `None` if both changed the same sentence in different ways.
///
/// The result does not depend on which text comes first.
pub fn merge_sentences(base: &str, ours: &str, theirs: &str) -> Option<String> {
    if theirs == base {
        return Some(ours.to_owned());
    }
    if ours == base {
        return Some(theirs.to_owned());
    }
    let (base, ours, theirs) = (sentences(base), sentences(ours), sentences(theirs));
    let mut changes = changes(&base, &ours);
    let other = self::changes(&base, &theirs);
    for change in &other {
        if changes.iter().any(|known| known != change && collide(known, change)) {
            return None;
        }
    }
    changes.extend(other);
    changes.sort_by_key(|change| (change.range.start, change.range.end));
    changes.dedup();
    let mut merged = String::new();
    let mut at = 0;
    for change in changes {
        merged.extend(base[at..change.range.start].iter().copied());
        merged.extend(change.inserted.iter().copied());
        at = change.range.end;
    }
    merged.extend(base[at..].iter().copied());
    Some(merged)
}

/// A run of sentences of the base that is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change<'a> {
    range: Range<usize>,
    inserted: Vec<&'a str>,
}

/// Sentences and the white space between them, as separate pieces.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for sentence in text.split_sentence_bounds() {
        let (words, space) = sentence.split_at(sentence.trim_end().len());
        pieces.extend([words, space].into_iter().filter(|piece| !piece.is_empty()));
    }
    pieces
}

fn changes<'a>(base: &[&'a str], new: &[&'a str]) -> Vec<Change<'a>> {
    let ops = capture_diff_slices(Algorithm::Histogram, base, new);
    let mut changes: Vec<Change<'a>> = Vec::new();
    for op in ops {
        let (tag, range, inserted) = op.as_tag_tuple();
        match tag {
            DiffTag::Equal => {}
            DiffTag::Delete | DiffTag::Insert | DiffTag::Replace => {
                let inserted = new[inserted].to_vec();
                match changes.last_mut().filter(|last| last.range.end == range.start) {
                    Some(last) => {
                        last.range.end = range.end;
                        last.inserted.extend(inserted);
                    }
                    None => changes.push(Change { range, inserted }),
                }
            }
        }
    }
    changes
}

/// Whether two changes concern the same sentences, or insert at the same place.
fn collide(a: &Change<'_>, b: &Change<'_>) -> bool {
    // An insertion within a range overlaps with it too.
    let overlap = a.range.start < b.range.end && b.range.start < a.range.end;
    let same_place = a.range.is_empty() && b.range.is_empty() && a.range.start == b.range.start;
    overlap || same_place
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn changes_of_different_sentences_of_one_paragraph_are_merged() {
        let base = "Logs are kept. They can be exported. Nobody reads them.";
        let ours = "Logs are kept for a year. They can be exported. Nobody reads them.";
        let theirs = "Logs are kept. They can be exported. Only the owner reads them. We asked.";
        let merged = "Logs are kept for a year. They can be exported. Only the owner reads them. We asked.";
        assert_eq!(merge_sentences(base, ours, theirs).as_deref(), Some(merged));
    }

    #[test]
    fn different_changes_of_one_sentence_are_not_merged() {
        assert_eq!(merge_sentences("Kept.", "Kept for a year.", "Not kept."), None);
        assert_eq!(merge_sentences("", "Mine.", "Theirs."), None);
        assert_eq!(merge_sentences("Kept.", "Gone.", "Gone."), Some("Gone.".to_owned()));
    }

    #[test]
    fn insertions_and_changes_at_different_places_are_merged_from_either_side() {
        for (base, ours, theirs, merged) in [
            ("One. Two.", "Zero. One. Two.", "One. Two. Three.", "Zero. One. Two. Three."),
            ("One. Two.", "Zero. One. Two.", "Uno. Two.", "Zero. Uno. Two."),
            ("One. Two.", "Uno. Two.", "One.\n\nTwo.", "Uno.\n\nTwo."),
            (
                "One. Two. Three. Four. Five.",
                "Uno. Two. Three. Four. Cinque.",
                "One. Two. Drei. Four. Five.",
                "Uno. Two. Drei. Four. Cinque.",
            ),
        ] {
            assert_eq!(merge_sentences(base, ours, theirs).as_deref(), Some(merged), "{ours} {theirs}");
            assert_eq!(merge_sentences(base, theirs, ours).as_deref(), Some(merged), "{theirs} {ours}");
        }
    }

    fn prose() -> impl Strategy<Value = String> {
        prop::collection::vec("[A-C][a-b]{0,2}[.!] ?\n?", 0..7).prop_map(|sentences| sentences.concat())
    }

    proptest! {
        #[test]
        fn a_merge_does_not_depend_on_the_side_and_keeps_what_one_side_wrote(
            base in prose(), ours in prose(), theirs in prose()
        ) {
            let merged = merge_sentences(&base, &ours, &theirs);
            prop_assert_eq!(&merged, &merge_sentences(&base, &theirs, &ours));
            prop_assert_eq!(merge_sentences(&base, &ours, &base), Some(ours.clone()));
            let Some(merged) = merged else { return Ok(()) };
            let (base, merged) = (sentences(&base), sentences(&merged));
            for sentence in sentences(&ours).into_iter().chain(sentences(&theirs)) {
                let is_kept = base.contains(&sentence) || merged.iter().any(|m| m.contains(sentence));
                prop_assert!(sentence.trim().is_empty() || is_kept);
            }
        }
    }
}
