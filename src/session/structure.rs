//! Questions and page sections of one session: the edits that add, change, move and remove them.

use crate::questionnaire::{Kind, Question};
use crate::text;

use super::edit::Edit;
use super::page_section::PageSection;
use super::session::Session;

/// The most characters of a title that is made from the text of a question.
const TITLE_LENGTH: usize = 60;

/// A question to be added to a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// The question.
    pub text: String,
    /// The topic; if empty, the beginning of the question.
    pub title: String,
    /// How it is answered.
    pub kind: Kind,
    /// The answer set, for a kind with choices.
    pub answer_set: Option<String>,
}

impl Session {
    /// The edit that adds a question at the end of the questionnaire's section with the index `section`, or
    /// after the question at the index `after` of that section.
    pub fn add_question(&self, section: usize, after: Option<usize>, new: NewQuestion) -> Option<Edit> {
        let section = self.questionnaire.sections.get(section)?;
        let index = after.map_or(section.questions.len(), |after| (after + 1).min(section.questions.len()));
        let begin: String = text::one_line(&new.text).chars().take(TITLE_LENGTH).collect();
        let title = if new.title.is_empty() { begin } else { new.title };
        let wanted = format!("own-{}", text::slug(&title));
        let numbered = |n: usize| if n == 1 { wanted.clone() } else { format!("{wanted}-{n}") };
        let is_free =
            |id: &String| self.index_of(id).is_none() && !self.orphans.iter().any(|(known, _)| known == id);
        let id = (1..).map(numbered).find(is_free)?;
        let question = Question {
            id,
            kind: new.kind,
            answer_set: new.answer_set.filter(|_| new.kind.has_choices()),
            ..Question::added(&title, &new.text)
        };
        let after = Some(Box::new(question));
        Some(Edit::Question { section: section.id.clone(), index, before: None, after })
    }

    /// The edit that changes the question at `index` if it was added to this session.
    pub fn change_question(&self, index: usize, change: impl FnOnce(&mut Question)) -> Option<Edit> {
        let before = self.question(index).clone();
        let mut after = before.clone();
        change(&mut after);
        (before.added && before != after).then(|| self.question_edit(index, before, Some(after)))
    }

    /// The edit that removes the question at `index` if it was added to this session. Its answer is kept, in
    /// case it is added again.
    pub fn remove_question(&self, index: usize) -> Option<Edit> {
        let before = self.question(index).clone();
        before.added.then(|| self.question_edit(index, before, None))
    }

    fn question_edit(&self, index: usize, before: Question, after: Option<Question>) -> Edit {
        let section = &self.questionnaire.sections[self.section_of(index)];
        let place = section.questions.iter().position(|question| question.id == before.id);
        Edit::Question {
            section: section.id.clone(),
            index: place.unwrap_or_default(),
            before: Some(Box::new(before)),
            after: after.map(Box::new),
        }
    }

    /// The index of the section of the page with a heading, ignoring case and punctuation.
    pub fn section_index(&self, heading: &str) -> Option<usize> {
        let name = text::normalized(heading);
        self.sections.iter().position(|section| text::normalized(&section.heading) == name)
    }

    /// The edit that adds a section to the page at `index`. `None` if it has one with this heading.
    pub fn add_section(&self, index: usize, heading: &str, text: &str) -> Option<Edit> {
        let heading = text::one_line(heading.trim());
        let is_new = !heading.is_empty() && self.section_index(&heading).is_none();
        let section = PageSection { heading, prompt: String::new(), text: text.to_owned() };
        is_new.then_some(Edit::Section {
            index: index.min(self.sections.len()),
            before: None,
            after: Some(Box::new(section)),
        })
    }

    /// The edit that gives a section another heading. `None` if another one has it already.
    pub fn rename_section(&self, index: usize, heading: &str) -> Option<Edit> {
        let before = self.sections.get(index)?.clone();
        let heading = text::one_line(heading.trim());
        let is_new = self.section_index(&heading).is_none_or(|known| known == index);
        let after = PageSection { heading, ..before.clone() };
        let is_change = is_new && !after.heading.is_empty() && before != after;
        is_change.then_some(Edit::Section {
            index,
            before: Some(Box::new(before)),
            after: Some(Box::new(after)),
        })
    }

    /// The edit that removes a section.
    pub fn remove_section(&self, index: usize) -> Option<Edit> {
        let before = self.sections.get(index)?.clone();
        Some(Edit::Section { index, before: Some(Box::new(before)), after: None })
    }

    /// The edit that moves a section to another place. `None` if there is no such place.
    pub fn move_section(&self, from: usize, to: usize) -> Option<Edit> {
        let is_move = from != to && from < self.sections.len() && to < self.sections.len();
        is_move.then_some(Edit::MoveSection { from, to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::{Item, Stamp};
    use jiff::Timestamp;

    /// A session whose page has one section after the questions.
    fn session() -> Session {
        let mut questionnaire = load(BUILT_IN[0].1).unwrap();
        questionnaire.report.sections.truncate(1);
        Session::new(questionnaire, "Boat", Timestamp::UNIX_EPOCH)
    }

    fn make(session: &mut Session, edit: Option<Edit>) {
        let stamp = Stamp::default();
        session.apply(&edit.unwrap(), &stamp).unwrap();
    }

    fn text_question(text: &str) -> NewQuestion {
        NewQuestion { text: text.into(), title: String::new(), kind: Kind::Text, answer_set: None }
    }

    #[test]
    fn a_question_is_added_where_it_is_wanted_changed_and_removed_and_its_answer_is_kept() {
        let mut s = session();
        let count = s.len();
        let edit = s.add_question(0, Some(0), text_question("Who pays?"));
        make(&mut s, edit);
        assert_eq!((s.len(), s.question(1).id.as_str()), (count + 1, "own-who-pays"));
        let edit = s.add_question(0, None, text_question("Who pays?"));
        make(&mut s, edit);
        assert!(s.index_of("own-who-pays-2").is_some());
        let value = crate::session::TextRef::Value("own-who-pays".into());
        let typed = Edit::Splice { text: value, at: 0, removed: String::new(), inserted: "We do".into() };
        make(&mut s, Some(typed));
        let edit = s.change_question(1, |question| question.text = "Who pays for it?".into());
        make(&mut s, edit);
        let removed = s.remove_question(1);
        make(&mut s, removed.clone());
        assert_eq!(s.index_of("own-who-pays"), None);
        assert_eq!(s.current_question(), Some(0), "the reviewer is at the question before it");
        make(&mut s, removed.map(|edit| edit.inverse()));
        assert_eq!(s.answer_to("own-who-pays").unwrap().value, "We do");
        assert!(s.remove_question(0).is_none(), "a question of the questionnaire stays");
    }

    #[test]
    fn sections_are_added_renamed_moved_and_removed() {
        let mut s = session();
        let edit = s.add_section(0, "Costs", "Little.");
        make(&mut s, edit);
        assert!(s.add_section(0, "costs!", "").is_none());
        let edit = s.rename_section(0, "What it costs");
        make(&mut s, edit);
        let edit = s.move_section(0, 1);
        make(&mut s, edit);
        assert_eq!((s.section_index("what it costs"), s.sections()[1].text.as_str()), (Some(1), "Little."));
        let edit = s.remove_section(1);
        make(&mut s, edit);
        assert_eq!(s.section_index("What it costs"), None);
        assert_eq!(s.position().item, Item::Section(0), "the reviewer is at the section before it");
        let edit = s.remove_section(0);
        make(&mut s, edit);
        assert_eq!(s.position().item, Item::Introduction, "no section is left");
        assert!(s.move_section(0, 9).is_none());
    }

    #[test]
    fn an_added_question_gets_another_id_than_one_that_was_removed_with_an_answer() {
        let mut s = session();
        let edit = s.add_question(0, Some(0), text_question("Who pays?"));
        make(&mut s, edit);
        assert!(s.change_question(1, |_| {}).is_none(), "nothing is changed");
        let theirs = s.change_question(0, |question| question.text.push('!'));
        assert!(theirs.is_none(), "a question of the questionnaire stays as it is");
        let value = crate::session::TextRef::Value("own-who-pays".into());
        let typed = Edit::Splice { text: value, at: 0, removed: String::new(), inserted: "We do".into() };
        make(&mut s, Some(typed));
        let edit = s.remove_question(1);
        make(&mut s, edit);
        let edit = s.add_question(0, Some(0), text_question("Who pays?"));
        make(&mut s, edit);
        assert_eq!((s.question(1).id.as_str(), s.answer(1).value.as_str()), ("own-who-pays-2", ""));
    }

    #[test]
    fn only_a_question_with_choices_has_an_answer_set() {
        let s = session();
        for (kind, answer_set) in [(Kind::Choice, Some("yes-no")), (Kind::Text, None)] {
            let new = NewQuestion {
                title: "Payment".into(),
                kind,
                answer_set: Some("yes-no".into()),
                ..text_question("Who pays?")
            };
            let edit = s.add_question(0, Some(9), new);
            let after = Question {
                id: "own-payment".into(),
                kind,
                answer_set: answer_set.map(str::to_owned),
                ..Question::added("Payment", "Who pays?")
            };
            let (section, after) = ("data-in-transit".into(), Some(Box::new(after)));
            assert_eq!(edit, Some(Edit::Question { section, index: 4, before: None, after }));
        }
        assert!(s.add_question(9, None, text_question("Who pays?")).is_none(), "there is no such section");
    }

    #[test]
    fn a_section_is_moved_only_to_another_place_that_there_is() {
        let mut s = session();
        let edit = s.add_section(1, "Costs", "");
        make(&mut s, edit);
        for (from, to, is_move) in
            [(0, 1, true), (1, 0, true), (0, 0, false), (1, 1, false), (0, 2, false), (2, 0, false)]
        {
            let expected = is_move.then_some(Edit::MoveSection { from, to });
            assert_eq!(s.move_section(from, to), expected, "{from} {to}");
        }
    }
}
