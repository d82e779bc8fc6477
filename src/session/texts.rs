//! Access to the texts of a session, and positions within them.

use super::position::{Field, Item, Position};
use super::session::Session;
use super::text_ref::{LinkPart, TextRef};

impl Session {
    /// The text that `text` refers to, or `None` if it does not exist.
    pub fn text(&self, text: &TextRef) -> Option<&str> {
        match text {
            TextRef::Introduction => Some(&self.introduction),
            TextRef::Properties => Some(&self.properties),
            TextRef::Section(index) => self.sections.get(*index).map(|section| section.text.as_str()),
            TextRef::Detail(id)
            | TextRef::Note(id)
            | TextRef::Value(id)
            | TextRef::Qualifier(id)
            | TextRef::Flag(id)
            | TextRef::Link(id, ..) => text.in_answer(self.answer_to(id)?),
        }
    }

    /// As [`text`](Self::text), for changing it.
    pub(super) fn text_mut(&mut self, text: &TextRef) -> Option<&mut String> {
        match text {
            TextRef::Introduction => Some(&mut self.introduction),
            TextRef::Properties => Some(&mut self.properties),
            TextRef::Section(index) => self.sections.get_mut(*index).map(|section| &mut section.text),
            TextRef::Detail(id)
            | TextRef::Note(id)
            | TextRef::Value(id)
            | TextRef::Qualifier(id)
            | TextRef::Flag(id)
            | TextRef::Link(id, ..) => {
                let index = self.index_of(id)?;
                text.in_answer_mut(&mut self.answers[index])
            }
        }
    }

    /// The text that the reviewer types into at `position`, if its field is a text that exists.
    pub fn text_at(&self, position: &Position) -> Option<TextRef> {
        let id = match &position.item {
            Item::Introduction => return Some(TextRef::Introduction),
            Item::Properties => return Some(TextRef::Properties),
            Item::Section(index) => return Some(TextRef::Section(*index)),
            Item::Question(id) => id.clone(),
        };
        let text = match position.field {
            Field::Answer => {
                let question = self.question(self.index_of(&id)?);
                if question.kind.has_choices() {
                    return None;
                }
                TextRef::Value(id)
            }
            Field::Qualifier => TextRef::Qualifier(id),
            Field::Detail => TextRef::Detail(id),
            Field::Note => TextRef::Note(id),
            Field::Flag => TextRef::Flag(id),
            Field::Links => return None,
            Field::LinkUrl => TextRef::Link(id, position.link, LinkPart::Url),
            Field::LinkLabel => TextRef::Link(id, position.link, LinkPart::Label),
            Field::LinkQuote => TextRef::Link(id, position.link, LinkPart::Quote),
        };
        self.text(&text).is_some().then_some(text)
    }

    /// The nearest position to `position` that exists in the session. For an unknown item, the current
    /// position; if that was the last section, which is gone, the section before it.
    pub(super) fn clamped(&self, position: Position) -> Position {
        if !self.contains(&position.item) {
            let current = self.position();
            if self.contains(&current.item) {
                return current.clone();
            }
            let last_section = self.sections.len().checked_sub(1).map(Item::Section);
            return Position::start_of(last_section.unwrap_or(Item::Introduction));
        }
        let mut position = position;
        match &position.item {
            Item::Question(id) => {
                let answer = self.answer_to(id);
                let links = answer.map_or(0, |answer| match position.field {
                    Field::Links => answer.link_count(),
                    Field::Answer
                    | Field::Qualifier
                    | Field::Detail
                    | Field::LinkUrl
                    | Field::LinkLabel
                    | Field::LinkQuote
                    | Field::Note
                    | Field::Flag => answer.links.len(),
                });
                position.link = position.link.min(links.saturating_sub(1));
                let is_link_part =
                    matches!(position.field, Field::LinkUrl | Field::LinkLabel | Field::LinkQuote);
                if is_link_part && links == 0 {
                    position.field = Field::Links;
                }
                if position.field == Field::Flag && answer.is_some_and(|answer| answer.flag.is_none()) {
                    position.field = Field::Answer;
                }
            }
            Item::Introduction | Item::Properties | Item::Section(_) => position.field = Field::Detail,
        }
        let text = self.text_at(&position).and_then(|text| self.text(&text)).unwrap_or("");
        position.cursor = text.floor_char_boundary(position.cursor);
        position
    }

    pub(super) fn contains(&self, item: &Item) -> bool {
        match item {
            Item::Question(id) => self.index_of(id).is_some(),
            Item::Introduction | Item::Properties => true,
            Item::Section(index) => *index < self.sections.len(),
        }
    }
}
