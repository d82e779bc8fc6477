//! The instances of sections that repeat, as the rows of a page are named after them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::markdown;
use crate::questionnaire::Questionnaire;
use crate::text;

use super::page::Page;
use super::rows::split_help;

/// Separates the name of an instance from its question.
const AFTER_NAME: &str = ": ";

/// The questionnaire with its sections that repeat answered for whatever rows of the page are named after.
pub fn with_instances<'q>(page: &Page<'_>, questionnaire: &'q Questionnaire) -> Cow<'q, Questionnaire> {
    let mut sections: HashMap<String, &str> = HashMap::new();
    for section in questionnaire.sections.iter().filter(|section| !section.repeat.is_empty()) {
        for question in &section.questions {
            sections.entry(text::normalized(&question.text)).or_insert(&section.id);
        }
    }
    if sections.is_empty() {
        return Cow::Borrowed(questionnaire);
    }
    let mut names: Vec<(&str, Vec<String>)> = Vec::new();
    for table in &page.tables {
        for row in 0..table.rows.len() {
            let whole = markdown::decode(table.cell(page, row, table.question));
            let Some((id, name)) = named(split_help(&whole).0, &sections) else { continue };
            match names.iter_mut().find(|(known, _)| *known == id) {
                Some((_, known)) if known.contains(&name) => {}
                Some((_, known)) => known.push(name),
                None => names.push((id, vec![name])),
            }
        }
    }
    let all = questionnaire.clone();
    Cow::Owned(names.iter().fold(all, |all, (id, names)| all.with_instances(id, names)))
}

/// The section of a question, and the name before the question.
fn named<'s>(asked: &str, sections: &HashMap<String, &'s str>) -> Option<(&'s str, String)> {
    if sections.contains_key(&text::normalized(asked)) {
        return None;
    }
    let mut ends = asked.match_indices(AFTER_NAME);
    ends.find_map(|(at, found)| {
        let id = sections.get(&text::normalized(&asked[at + found.len()..]))?;
        let name = asked[..at].trim();
        (!name.is_empty()).then(|| (*id, name.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{ENVIRONMENTS, load};
    use crate::report::{Extras, best_fit, document, import, markdown, update};
    use crate::session::{Edit, Session, Stamp, TextRef};
    use jiff::Timestamp;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    /// A session with the instances `names`, and a detail with the id of its question for each question.
    fn answered(names: &[&str]) -> Session {
        let mut session = Session::new(load(ENVIRONMENTS).unwrap(), "Boat", NOW);
        for name in names {
            let edit = session.add_instance(1, name).unwrap();
            session.apply(&edit, &Stamp::default()).unwrap();
        }
        let ids: Vec<String> = session.questionnaire().questions().map(|q| q.id.clone()).collect();
        for id in ids {
            let inserted = format!("Of {id}");
            let edit = Edit::Splice { text: TextRef::Detail(id), at: 0, removed: String::new(), inserted };
            session.apply(&edit, &Stamp::default()).unwrap();
        }
        for id in ["cloud", "keys"] {
            let after = vec!["yes".to_owned()];
            let edit = Edit::Choose { question: id.into(), before: Vec::new(), after };
            session.apply(&edit, &Stamp::default()).unwrap();
        }
        session
    }

    #[test]
    fn the_rows_of_a_page_are_named_after_their_instances_and_read_back() {
        for names in [&[][..], &["Production"], &["Production", "Test: lab", "Q | A"]] {
            let session = answered(names);
            let page = markdown(&document(&session, NOW, Extras::default()));
            for name in names {
                let shown = name.replace('|', "\\|");
                assert!(page.contains(&format!("| {shown}: Are keys rotated? |")), "{page}");
            }
            let again = import(&page, load(ENVIRONMENTS).unwrap(), "x", NOW).unwrap();
            assert_eq!(again.warnings, []);
            assert_eq!(again.session.questionnaire(), session.questionnaire());
            for question in session.questionnaire().questions() {
                let answer = again.session.answer_to(&question.id).unwrap();
                let index = session.index_of(&question.id).unwrap();
                assert_eq!(answer.detail.is_empty(), !session.is_asked(index), "{}", question.id);
            }
            let written = update(&page, Some(&page), &again.session, NOW, Extras::default()).unwrap();
            assert_eq!(written.text, page);
        }
    }

    #[test]
    fn a_page_with_named_rows_fits_its_questionnaire() {
        let page = markdown(&document(&answered(&["A", "B", "C"]), NOW, Extras::default()));
        let mut all: Vec<Questionnaire> =
            crate::questionnaire::BUILT_IN.iter().map(|(_, source)| load(source).unwrap()).collect();
        all.push(load(ENVIRONMENTS).unwrap());
        assert_eq!(best_fit(&page, &all), Ok(Some(all.len() - 1)));
    }
}
