//! Differences of two texts, word by word, as a reader would mark them.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use super::visible::{one_line, truncate};

/// A run of equal words between two changes is kept if it has at least this many words.
const KEPT_WORDS: usize = 3;
/// Texts that share less than one letter in this many were rewritten: words that they share by chance would
/// only cut the sentences to pieces.
const SHARED: usize = 3;

/// A piece of one or of both texts, as ranges of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// The same in both.
    Same {
        /// Where it is in the old text.
        old: Range<usize>,
        /// Where it is in the new text.
        new: Range<usize>,
    },
    /// Only in the old text.
    Gone(Range<usize>),
    /// Only in the new text.
    New(Range<usize>),
}

/// The runs that turn `old` into `new`: all pieces of both texts, in order.
pub fn diff_words(old: &str, new: &str) -> Vec<Run> {
    if old == new {
        return if old.is_empty() {
            Vec::new()
        } else {
            vec![Run::Same { old: 0..old.len(), new: 0..new.len() }]
        };
    }
    let by_word = tidied(blocks(old, new, &words(old), &words(new)), old);
    let shared: usize = by_word.iter().map(|block| block.same.len()).sum();
    if shared * SHARED < old.len().max(new.len()) {
        runs(blocks(old, new, &sentences(old), &sentences(new)))
    } else {
        runs(by_word)
    }
}

/// Both texts on one line: what only `old` has as `[-words-]`, what only `new` has as `{+words+}`, and of
/// long parts that are the same, at most `columns` columns.
pub fn marked_words(old: &str, new: &str, columns: usize) -> String {
    let runs = diff_words(old, new).into_iter().map(|run| match run {
        Run::Same { old: range, .. } => truncate(&one_line(&old[range]), columns).into_owned(),
        Run::Gone(range) => format!("[-{}-]", one_line(&old[range])),
        Run::New(range) => format!("{{+{}+}}", one_line(&new[range])),
    });
    runs.collect()
}

/// What is gone and new at one place, followed by what is the same, each as a range of bytes.
#[derive(Debug, Clone, Default)]
struct Block {
    gone: Range<usize>,
    new: Range<usize>,
    /// In the old text.
    same: Range<usize>,
}

fn blocks(old: &str, new: &str, old_words: &[&str], new_words: &[&str]) -> Vec<Block> {
    let offsets = |words: &[&str]| -> Vec<usize> {
        let ends = words.iter().scan(0, |end, word| {
            *end += word.len();
            Some(*end)
        });
        [0].into_iter().chain(ends).collect()
    };
    let (old_at, new_at) = (offsets(old_words), offsets(new_words));
    debug_assert_eq!((old_at.last(), new_at.last()), (Some(&old.len()), Some(&new.len())));
    let mut blocks = vec![Block::default()];
    for op in capture_diff_slices(Algorithm::Histogram, old_words, new_words) {
        let (old_range, new_range) = (op.old_range(), op.new_range());
        let old_range = old_at[old_range.start]..old_at[old_range.end];
        let new_range = new_at[new_range.start]..new_at[new_range.end];
        let Some(last) = blocks.last_mut() else { continue };
        match op {
            DiffOp::Equal { .. } => {
                last.same = old_range.clone();
                blocks.push(Block {
                    gone: old_range.end..old_range.end,
                    new: new_range.end..new_range.end,
                    same: old_range.end..old_range.end,
                });
            }
            DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => {
                last.gone.end = last.gone.end.max(old_range.end);
                last.new.end = last.new.end.max(new_range.end);
                last.same = last.gone.end..last.gone.end;
            }
        }
    }
    blocks
}

/// Joins changes that are separated by a few words, so that a rewritten sentence is read as two sentences and
/// not as shreds of both.
fn tidied(blocks: Vec<Block>, old: &str) -> Vec<Block> {
    let mut tidy: Vec<Block> = Vec::new();
    for block in blocks {
        let size = |block: &Block| block.gone.len() + block.new.len();
        match tidy.last_mut() {
            Some(last)
                if {
                    let between = &old[last.same.clone()];
                    let smaller = size(last).min(size(&block));
                    between.len() < smaller && between.unicode_words().count() < KEPT_WORDS
                } =>
            {
                (last.gone.end, last.new.end, last.same) = (block.gone.end, block.new.end, block.same);
            }
            _ => tidy.push(block),
        }
    }
    tidy
}

fn runs(blocks: Vec<Block>) -> Vec<Run> {
    let mut runs = Vec::new();
    for Block { gone, new, same } in blocks {
        let after = new.end;
        runs.extend((!gone.is_empty()).then_some(Run::Gone(gone)));
        runs.extend((!new.is_empty()).then_some(Run::New(new)));
        let length = same.len();
        runs.extend((length > 0).then_some(Run::Same { old: same, new: after..after + length }));
    }
    runs
}

/// The words of a text with everything between them. A URL, and the target of a link, is one word.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let end = |stop: &[char]| rest.find(|c: char| c.is_whitespace() || stop.contains(&c));
        let length = if rest.starts_with("https://") || rest.starts_with("http://") {
            end(&['>', '"', ')', '|']).unwrap_or(rest.len())
        } else if rest.starts_with("](") {
            end(&[')']).map_or(rest.len(), |end| end + rest[end..].starts_with(')') as usize)
        } else {
            let other = || rest.split_word_bounds().next().map_or(rest.len(), str::len);
            plain_word(rest).unwrap_or_else(other)
        };
        words.push(&rest[..length.max(1)]);
        at += length.max(1);
    }
    words
}

/// The length of the word or the space that a text begins with, if it is plain: letters and digits before
/// white space, or one space before something else, all in ASCII. Most words are, and need no tables.
fn plain_word(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    match (letters, bytes.get(letters)?) {
        (0, b' ') => bytes.get(1).filter(|next| next.is_ascii() && **next != b' ').map(|_| 1),
        (1.., b' ' | b'\n') => Some(letters),
        _ => None,
    }
}

/// The sentences of a text, with the white space after each.
fn sentences(text: &str) -> Vec<&str> {
    text.split_sentence_bounds().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The difference as text: `[-gone-]{+new+}`.
    fn marked(old: &str, new: &str) -> String {
        let piece = |run: Run| match run {
            Run::Same { old: range, .. } => old[range].to_owned(),
            Run::Gone(range) => format!("[-{}-]", &old[range]),
            Run::New(range) => format!("{{+{}+}}", &new[range]),
        };
        diff_words(old, new).into_iter().map(piece).collect()
    }

    #[test]
    fn one_changed_word_is_marked_alone() {
        assert_eq!(
            marked("It is kept for a year.", "It is kept for two years."),
            "It is kept for [-a year-]{+two years+}."
        );
        assert_eq!(marked("Logs are kept.", "Logs are kept. We asked."), "Logs are kept.{+ We asked.+}");
        assert_eq!(marked("", "New."), "{+New.+}");
        assert_eq!(marked("Same.", "Same."), "Same.");
    }

    #[test]
    fn few_words_between_larger_changes_belong_to_the_change() {
        let old = "Second factors are optional. It is not available with JWT or SAML, only here and there.";
        let new =
            "Second factors are optional. Administrators can require it since March, only here and there.";
        assert_eq!(
            marked(old, new),
            "Second factors are optional. [-It is not available with JWT or SAML-]\
             {+Administrators can require it since March+}, only here and there."
        );
    }

    #[test]
    fn a_url_is_one_word() {
        let (old, new) =
            ("See https://a.example/x/y?z=1 for more.", "See https://a.example/x/z?z=1 for more.");
        assert_eq!(
            marked(old, new),
            "See [-https://a.example/x/y?z=1-]{+https://a.example/x/z?z=1+} for more."
        );
        assert_eq!(marked("[a](b/c d", "[a](b/e d"), "[a[-](b/c-]{+](b/e+} d");
        assert_eq!(marked("[a](b/c) d", "[a](b/e) d"), "[a[-](b/c)-]{+](b/e)+} d");
    }

    #[test]
    fn words_between_changes_are_kept_if_they_are_three_or_as_long_as_a_change() {
        for (old, new, expected) in [
            (
                "Everyone may then read documents.",
                "Administrators may then read attachments.",
                "[-Everyone-]{+Administrators+} may then read [-documents-]{+attachments+}.",
            ),
            (
                "It had aa so cc there.",
                "It had bb so dd there.",
                "It had [-aa-]{+bb+} so [-cc-]{+dd+} there.",
            ),
            (
                "The log/archive we keep is safe.",
                "The log we protect is safe.",
                "The log[-/archive we keep-]{+ we protect+} is safe.",
            ),
        ] {
            assert_eq!(marked(old, new), expected);
        }
    }

    #[test]
    fn a_text_is_rewritten_if_less_than_a_third_of_it_is_shared() {
        assert_eq!(marked("abc defghijk", "abc xyz"), "abc [-defghijk-]{+xyz+}");
        assert_eq!(marked("abc defghijkl", "abc xyz"), "[-abc defghijkl-]{+abc xyz+}");
    }

    #[test]
    fn no_run_is_empty() {
        let expected = [Run::Same { old: 0..2, new: 0..2 }, Run::Gone(2..3), Run::New(2..3)];
        assert_eq!(diff_words("a b", "a c"), expected);
    }

    #[test]
    fn a_rewritten_text_is_shown_as_whole_sentences() {
        assert_eq!(
            marked("The keys are in a vault. Same.", "Nobody told us anything about it. Same."),
            "[-The keys are in a vault. -]{+Nobody told us anything about it. +}Same."
        );
    }

    proptest! {
        #[test]
        fn words_are_those_of_unicode_also_where_no_table_is_asked(
            text in "[a-c1_ .,'\\n\\-\u{301}é日]{0,20}",
        ) {
            let expected: Vec<&str> = text.split_word_bounds().collect();
            prop_assert_eq!(words(&text), expected);
        }

        #[test]
        fn the_runs_reproduce_both_texts(
            old in "([a-c]{1,3}[ .\\]()é漢]{0,2}|https://a.b/ ){0,30}",
            new in "([a-c]{1,3}[ .\\]()é漢]{0,2}|https://a.b/ ){0,30}",
        ) {
            let (mut from, mut to) = (String::new(), String::new());
            for run in diff_words(&old, &new) {
                match run {
                    Run::Same { old: before, new: after } => {
                        prop_assert_eq!(&old[before.clone()], &new[after]);
                        from.push_str(&old[before.clone()]);
                        to.push_str(&old[before]);
                    }
                    Run::Gone(range) => from.push_str(&old[range]),
                    Run::New(range) => to.push_str(&new[range]),
                }
            }
            prop_assert_eq!((from, to), (old, new));
        }
    }
}
