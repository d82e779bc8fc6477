//! Searching everything that was asked and written in a session.

use std::ops::Range;

use crate::text;

use super::position::{Field, Item};
use super::session::Session;

/// A match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The field that contains it.
    pub field: Field,
    /// The text that contains it.
    pub text: String,
    /// The byte range of the match in the text.
    pub range: Range<usize>,
    /// Whether the reviewer typed the text, so that the range is also a range of the field's text.
    pub is_typed: bool,
    /// The link that contains it, by its index among the answer's links; otherwise 0.
    pub link: usize,
}

impl Session {
    /// The first match of `words` in a question and in everything written about it, ignoring case.
    pub fn search(&self, index: usize, words: &str) -> Option<Found> {
        let (question, answer) = (self.question(index), self.answer(index));
        let asked = [&question.title, &question.text, &question.help].map(String::as_str);
        let labels = self.chosen_labels(index);
        let fixed = asked.into_iter().chain(labels).find_map(|text| find(Field::Answer, text, words, false));
        let typed = |(field, text)| find(field, text, words, true);
        let links = || {
            let texts = answer.links.iter().enumerate().flat_map(|(link, l)| {
                let parts =
                    [(Field::LinkLabel, &l.label), (Field::LinkUrl, &l.url), (Field::LinkQuote, &l.quote)];
                parts.map(|(field, text)| (link, field, text))
            });
            texts.into_iter().find_map(|(link, field, text)| {
                find(field, text, words, true).map(|found| Found { link, ..found })
            })
        };
        let texts = [
            (Field::Answer, answer.value.as_str()),
            (Field::Qualifier, answer.qualifier.as_str()),
            (Field::Flag, answer.flag.as_deref().unwrap_or_default()),
            (Field::Detail, answer.detail.as_str()),
        ];
        fixed
            .or_else(|| texts.into_iter().find_map(typed))
            .or_else(links)
            .or_else(|| typed((Field::Note, &answer.note)))
    }

    /// The matches of `words` in the parts of the page, each with the name of the part.
    pub fn search_page(&self, words: &str) -> Vec<(String, Item, Found)> {
        let introduction = ("Introduction", Item::Introduction, self.introduction());
        let sections = self.sections().iter().enumerate();
        let sections = sections.map(|(i, s)| (s.heading.as_str(), Item::Section(i), s.text.as_str()));
        let properties = ("Properties", Item::Properties, self.properties_text());
        let parts = [properties, introduction].into_iter().chain(sections);
        parts
            .filter_map(|(name, item, text)| {
                let found = find(Field::Detail, text, words, true)
                    .or_else(|| find(Field::Detail, name, words, false))?;
                Some((name.to_owned(), item, found))
            })
            .collect()
    }
}

fn find(field: Field, text: &str, words: &str, is_typed: bool) -> Option<Found> {
    let range = text::find(text, words)?;
    Some(Found { field, text: text.to_owned(), range, is_typed, link: 0 })
}
