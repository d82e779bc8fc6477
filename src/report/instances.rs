//! The instances of sections that repeat, as the rows of a page are named after them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::markdown;
use crate::questionnaire::Questionnaire;
use crate::text;

use super::page::Page;
use super::rows::split_help;

/// Separates the name of an instance from its question.
const AFTER_NAME: &str = ": ";

/// The most instances of one section that are read from a page; further rows become separate questions.
const MAX_INSTANCES: usize = 100;

/// How many bytes longer than the question a cell can be that contains it, because of symbols.
const SYMBOLS: usize = 100;

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
    let longest = questionnaire.questions().map(|question| question.text.len()).max().unwrap_or_default();
    let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut plain: HashSet<&str> = HashSet::new();
    for table in &page.tables {
        for row in 0..table.rows.len() {
            let whole = markdown::decode(table.cell(page, row, table.question));
            match read(split_help(&whole).0, &sections, longest) {
                None => {}
                Some((id, None)) => drop(plain.insert(id)),
                Some((id, Some(name))) => {
                    let known = names.entry(id).or_default();
                    if known.len() < MAX_INSTANCES && !known.contains(&name) {
                        known.push(name);
                    }
                }
            }
        }
    }
    // Where some rows are named and some are not, the names are not those of instances.
    names.retain(|id, _| !plain.contains(id));
    let all = questionnaire.clone();
    Cow::Owned(names.iter().fold(all, |all, (id, names)| all.with_instances(id, names)))
}

/// The section of a question, and the name before the question if it has one. `longest` is the length of the
/// longest question.
fn read<'s>(
    asked: &str,
    sections: &HashMap<String, &'s str>,
    longest: usize,
) -> Option<(&'s str, Option<String>)> {
    let most = longest + SYMBOLS;
    if asked.len() <= most
        && let Some(id) = sections.get(&text::normalized(asked))
    {
        return Some((id, None));
    }
    let ends = asked.rmatch_indices(AFTER_NAME).take_while(|(at, _)| asked.len() - at <= most);
    let found = ends.filter_map(|(at, found)| {
        let id = sections.get(&text::normalized(&asked[at + found.len()..]))?;
        let name = asked[..at].trim();
        // A row that is numbered is not named.
        let is_name = name.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '.' | ' '));
        is_name.then(|| (*id, Some(name.to_owned())))
    });
    found.last()
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
    fn rows_that_are_numbered_or_only_partly_named_are_not_those_of_instances() {
        for rows in [
            "| 1: Is there a VPN? | Yes |\n| 2: Are keys rotated? | Yes |\n",
            "| Is there a VPN? | Yes |\n| Optional: Are keys rotated? | Yes |\n",
        ] {
            let page = format!("| Question | Answer |\n| --- | --- |\n{rows}");
            let read = import(&page, load(ENVIRONMENTS).unwrap(), "x", NOW).unwrap().session;
            assert!(
                read.questionnaire().sections.iter().all(|section| section.instance.is_empty()),
                "{rows}"
            );
            assert_eq!(read.answer_to("vpn").unwrap().choices, ["yes"], "{rows}");
        }
    }

    #[test]
    fn a_page_with_very_many_names_is_read() {
        let rows: String = (0..3_000).map(|n| format!("| E{n}: Are keys rotated? | Yes |\n")).collect();
        let long = "a: ".repeat(100_000);
        let page = format!("| Question | Answer |\n| --- | --- |\n{rows}| {long}Are keys rotated? | Yes |\n");
        let read = import(&page, load(ENVIRONMENTS).unwrap(), "x", NOW).unwrap().session;
        let named = read.questionnaire().sections.iter().filter(|section| !section.instance.is_empty());
        assert_eq!(named.count(), MAX_INSTANCES);
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
