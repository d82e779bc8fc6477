//! Ranks texts by the words of a query with BM25. A word weighs more in some parts of a text than in others.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use bm25::{Embedding, ScoredDocument, Scorer, TokenEmbedding};
use unicode_normalization::char::is_combining_mark;

use crate::text::unaccented;

/// How soon more of the same word counts no more, and how much longer texts count less. The usual values:
/// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;
/// The usual number of words of a text.
const USUAL_LENGTH: f32 = 60.0;
/// The most words that the beginning of a word stands for: the most frequent ones.
const MOST_ENDINGS: usize = 8;

/// Texts that are known by numbers.
#[derive(Default)]
pub struct Ranking {
    scorer: Scorer<u32, u32>,
    words: BTreeMap<String, Word>,
    next: u32,
}

/// A word of the texts.
struct Word {
    number: u32,
    /// In how many texts it is.
    texts: usize,
}

impl Ranking {
    /// Adds a text, given as its parts with their weights.
    pub fn add(&mut self, row: u32, parts: &[(&str, f32)]) {
        let mut weights: HashMap<String, f32> = HashMap::new();
        let mut length = 0.0;
        for (part, weight) in parts {
            for word in words(part) {
                *weights.entry(word).or_default() += weight;
                length += 1.0;
            }
        }
        let short = SATURATION * (1.0 - LENGTH + LENGTH * length / USUAL_LENGTH);
        let value = |weight: f32| weight * (SATURATION + 1.0) / (weight + short);
        let tokens = weights.into_iter().map(|(word, weight)| {
            let known = self.words.entry(word).or_insert_with(|| {
                self.next += 1;
                Word { number: self.next, texts: 0 }
            });
            known.texts += 1;
            TokenEmbedding { index: known.number, value: value(weight) }
        });
        self.scorer.upsert(&row, Embedding(tokens.collect()));
    }

    /// Removes a text that was added with these parts.
    pub fn remove(&mut self, row: u32, parts: &[(&str, f32)]) {
        self.scorer.remove(&row);
        let mut all: Vec<String> = parts.iter().flat_map(|(part, _)| words(part)).collect();
        all.sort_unstable();
        all.dedup();
        for word in all {
            if let Some(known) = self.words.get_mut(&word) {
                known.texts -= 1;
                if known.texts == 0 {
                    self.words.remove(&word);
                }
            }
        }
    }

    /// The texts with all words of `query`, or else with any of them; the best first, at most `most` of them.
    /// The last word may be the beginning of a word, unless something follows it.
    pub fn find(&self, query: &str, most: usize) -> Vec<u32> {
        let wanted = self.wanted(query);
        let found = self.ranked(&wanted);
        let has = |row: u32, word: &Embedding<u32>| self.scorer.score(&row, word) > Some(0.0);
        let has_all = |row: &u32| wanted.iter().all(|word| has(*row, word));
        let with_all: Vec<u32> = if wanted.iter().any(|word| word.is_empty()) {
            Vec::new()
        } else {
            found.iter().copied().filter(has_all).take(most).collect()
        };
        if with_all.is_empty() { found.into_iter().take(most).collect() } else { with_all }
    }

    /// The texts with any word of `query`, the best first.
    pub fn find_any(&self, query: &str) -> Vec<u32> {
        self.ranked(&self.wanted(query))
    }

    /// For each word of a query, the known words that it stands for.
    fn wanted(&self, query: &str) -> Vec<Embedding<u32>> {
        let is_unfinished = query.ends_with(char::is_alphanumeric);
        let mut all = words(query).peekable();
        let mut wanted = Vec::new();
        while let Some(word) = all.next() {
            let mut numbers: Vec<u32> = self.words.get(&word).map(|known| known.number).into_iter().collect();
            if all.peek().is_none() && is_unfinished {
                numbers.extend(self.endings(&word));
            }
            let tokens = numbers.into_iter().map(|index| TokenEmbedding { index, value: 1.0 });
            wanted.push(Embedding(tokens.collect()));
        }
        wanted
    }

    /// The most frequent of the longer words that begin with `beginning`.
    fn endings(&self, beginning: &str) -> impl Iterator<Item = u32> {
        let longer =
            self.words.range(beginning.to_owned()..).take_while(|(word, _)| word.starts_with(beginning));
        let mut longer: Vec<&Word> =
            longer.filter(|(word, _)| *word != beginning).map(|(_, word)| word).collect();
        longer.sort_unstable_by(|a, b| b.texts.cmp(&a.texts).then(a.number.cmp(&b.number)));
        longer.truncate(MOST_ENDINGS);
        longer.into_iter().map(|word| word.number)
    }

    /// The texts with any of these words, the best first; of equal ones, the one that was added first.
    fn ranked(&self, wanted: &[Embedding<u32>]) -> Vec<u32> {
        let tokens = wanted.iter().flat_map(|word| word.iter().cloned()).collect();
        let mut found = self.scorer.matches(&Embedding(tokens));
        let order = |a: &ScoredDocument<u32>, b: &ScoredDocument<u32>| {
            b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal).then(a.id.cmp(&b.id))
        };
        found.sort_unstable_by(order);
        found.into_iter().map(|document| document.id).collect()
    }
}

/// The words of a text, in lower case and without accents.
fn words(text: &str) -> impl Iterator<Item = String> {
    let all = text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    all.map(plain).filter(|word| !word.is_empty())
}

fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    unaccented(word).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(texts: &[&str]) -> Ranking {
        let mut ranking = Ranking::default();
        for (row, text) in texts.iter().enumerate() {
            ranking.add(row as u32, &[(text, 1.0)]);
        }
        ranking
    }

    #[test]
    fn a_rare_word_counts_more_than_a_frequent_one_and_a_short_text_more_than_a_long_one() {
        let long = "the key ".to_owned() + &"and much more ".repeat(20);
        let texts = ["the log", "the log", &long, "the key", "the log"];
        let ranking = ranking(&texts);
        assert_eq!(ranking.find_any("the key"), [3, 2, 0, 1, 4]);
    }

    #[test]
    fn texts_with_all_words_are_found_and_only_without_any_those_with_some() {
        let ranking = ranking(&["backup backup backup", "backup of keys", "keys"]);
        assert_eq!(ranking.find("backup keys", 9), [1]);
        assert_eq!(ranking.find("keys logs", 9), [2, 1], "no text has both");
        assert_eq!(ranking.find("keys", 1), [2]);
    }

    #[test]
    fn only_the_last_word_can_be_unfinished() {
        let ranking = ranking(&["encryption at rest", "encrypted disks", "rest"]);
        assert_eq!(ranking.find("encr", 9), [1, 0]);
        assert_eq!(ranking.find("encr ", 9), [0u32; 0]);
        assert_eq!(ranking.find("encr rest", 9), [2, 0], "any word, as no text has the first one");
    }

    #[test]
    fn the_beginning_of_a_word_stands_for_the_most_frequent_words() {
        let many: Vec<String> = (0..100).map(|n| format!("a{n}")).collect();
        let mut texts: Vec<&str> = many.iter().map(String::as_str).collect();
        texts.extend(["audit", "audit", "a"]);
        let ranking = ranking(&texts);
        let found = ranking.find("a", 200);
        assert!([100, 101, 102].iter().all(|row| found.contains(row)), "{found:?}");
        assert_eq!(found.len(), 1 + MOST_ENDINGS + 1, "the word itself, and one ending is in two texts");
    }

    #[test]
    fn a_text_that_was_removed_leaves_nothing_behind() {
        let mut ranking = ranking(&["über alles", "uber"]);
        assert_eq!(ranking.find("ÜBER", 9), [1, 0]);
        ranking.remove(0, &[("über alles", 1.0)]);
        assert_eq!((ranking.find("uber", 9), ranking.find("alles", 9)), (vec![1], vec![]));
        ranking.remove(1, &[("uber", 1.0)]);
        assert!(ranking.words.is_empty());
    }
}
