//! Which questionnaire a page answers.

use std::collections::BTreeMap;

use crate::questionnaire::{AnswerSet, Choice, EvidenceDays, Questionnaire, ReportDefaults, Section, Tone};
use crate::text;

use super::instances::with_instances;
use super::not_a_page::NotAPage;
use super::page::{Page, title};
use super::prose::read_page;
use super::rows::read_rows;

/// The index of the questionnaire that a page fits best: the one that knows most of its questions, and among
/// equals the one that shares most of its tags. `None` if each knows less than half of the questions.
///
/// # Errors
/// [`NotAPage`] if there are no questions.
pub fn best_fit(source: &str, questionnaires: &[Questionnaire]) -> Result<Option<usize>, NotAPage> {
    read_page(source, |page, _| best_fit_of(page, questionnaires))
}

fn best_fit_of(page: &Page<'_>, questionnaires: &[Questionnaire]) -> Option<usize> {
    let tags = page.front_text("tags").unwrap_or_default();
    // Also as a YAML list: `[a, b]`, or a line `- a` for each.
    let tags = tags.replace("- ", ",");
    let tags: Vec<String> =
        tags.split([',', '[', ']']).map(text::normalized).filter(|tag| !tag.is_empty()).collect();
    let scores = questionnaires.iter().enumerate().filter_map(|(index, questionnaire)| {
        let rows = read_rows(page, &with_instances(page, questionnaire));
        let known = rows.iter().filter(|row| row.question.is_some()).count();
        let is_tag = |tag: &&String| tags.contains(&text::normalized(tag));
        let shared = questionnaire.report.tags.iter().filter(is_tag).count();
        (known > 0 && known * 2 >= rows.len()).then_some((known, shared, index))
    });
    let best = scores.max_by_key(|(known, shared, index)| (*known, *shared, std::cmp::Reverse(*index)));
    best.map(|(.., index)| index)
}

/// A questionnaire without questions, for a page that fits no other: importing adds exactly the questions of
/// the page. Its pattern for titles is that of the first `known` questionnaire that the title of the page
/// matches, so that the subject is found.
pub fn page_only(source: &str, known: &[Questionnaire]) -> Questionnaire {
    let title = title(source).unwrap_or_default();
    let mut patterns = known.iter().map(|questionnaire| &questionnaire.report.title);
    let pattern = patterns.find(|pattern| {
        pattern.split_once("{subject}").is_some_and(|(before, after)| {
            let is_more = title.len() > before.len() + after.len();
            is_more && title.starts_with(before) && title.ends_with(after)
        })
    });
    let choice = |id: &str, label: &str, tone| Choice {
        id: id.into(),
        label: label.into(),
        key: None,
        tone,
        alone: false,
    };
    let choices = vec![
        choice("yes", "Yes", Tone::Good),
        choice("no", "No", Tone::Bad),
        choice("partial", "Partial", Tone::Partial),
        choice("unknown", "Unknown", Tone::Unknown),
        choice("not-applicable", "Not applicable", Tone::NotApplicable),
    ];
    Questionnaire {
        schema: None,
        format: 1,
        id: "page".to_owned(),
        version: "1".to_owned(),
        lang: None,
        title: "Questions of the page".to_owned(),
        description: String::new(),
        source: None,
        subject_label: "Subject".to_owned(),
        report: ReportDefaults { title: pattern.cloned().unwrap_or_default(), ..ReportDefaults::default() },
        answer_sets: BTreeMap::from([("answers".to_owned(), AnswerSet { choices })]),
        evidence_days: EvidenceDays::default(),
        rules: Vec::new(),
        tags: BTreeMap::new(),
        sections: vec![Section {
            id: "questions".to_owned(),
            title: "Questions".to_owned(),
            ..Section::default()
        }],
        translations: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::report::import;

    fn built_in() -> Vec<Questionnaire> {
        BUILT_IN.iter().map(|(_, source)| load(source).unwrap()).collect()
    }

    fn page(rows: &str) -> String {
        format!("---\ntitle: Boat\n---\n\n| Question | Answer | Detail |\n| --- | --- | --- |\n{rows}")
    }

    #[test]
    fn a_page_fits_the_questionnaire_that_knows_most_of_its_questions() {
        let all = built_in();
        for (index, questionnaire) in all.iter().enumerate() {
            let rows: String =
                questionnaire.questions().take(5).map(|q| format!("| {} | Yes | x |\n", q.text)).collect();
            assert_eq!(best_fit(&page(&rows), &all), Ok(Some(index)), "{}", questionnaire.id);
        }
    }

    #[test]
    fn a_page_that_fits_none_becomes_a_session_with_exactly_its_own_questions() {
        let source = page("| Is it blue? | Yes | sky |\n| How many? | three | |\n");
        assert_eq!(best_fit(&source, &built_in()), Ok(None));
        let session = import(&source, page_only(&source, &built_in()), "boat", jiff::Timestamp::UNIX_EPOCH)
            .unwrap()
            .session;
        let texts: Vec<_> = session.questionnaire().questions().map(|q| q.text.as_str()).collect();
        assert_eq!(texts, ["Is it blue?", "How many?"]);
        assert_eq!(session.subject(), "Boat");
        assert_eq!(session.answer(0).choices, ["yes"]);
    }

    #[test]
    fn a_page_fits_if_at_least_half_of_its_questions_are_known() {
        let all = built_in();
        for (known, other, expected) in
            [(2, 2, Some(0)), (2, 3, None), (1, 2, None), (1, 0, Some(0)), (0, 0, None)]
        {
            let known: String =
                all[0].questions().take(known).map(|q| format!("| {} | Yes | x |\n", q.text)).collect();
            let other: String = (0..other).map(|n| format!("| Is it number {n}? | Yes | x |\n")).collect();
            assert_eq!(best_fit(&page(&format!("{known}{other}")), &all[..1]), Ok(expected), "{other}");
        }
    }

    #[test]
    fn of_questionnaires_with_the_same_questions_the_one_that_shares_tags_fits_best() {
        let [first, mut other] = [0, 0].map(|index| built_in().swap_remove(index));
        other.report.tags = vec!["Special".to_owned()];
        let all = [first, other];
        let rows = format!("| {} | Yes | x |\n", all[0].sections[0].questions[0].text);
        for (tags, expected) in [
            ("", 0),
            ("tags: saas\n", 0),
            ("tags: x, special\n", 1),
            ("tags: [special, x]\n", 1),
            ("tags:\n- x\n- special\n", 1),
        ] {
            let page = page(&rows).replace("title: Boat\n", &format!("title: Boat\n{tags}"));
            assert_eq!(best_fit(&page, &all), Ok(Some(expected)), "{tags}");
        }
    }

    #[test]
    fn the_pattern_of_a_title_is_one_that_leaves_room_for_a_subject() {
        let mut known = built_in();
        known.truncate(1);
        known[0].report.title = "abc{subject}bc".to_owned();
        for (title, is_pattern) in [
            ("abcXbc", true),
            ("abcbc", false),
            ("abc", false),
            ("Xbc", false),
            ("abcXYZ", false),
            ("XYZWVbc", false),
        ] {
            let found = page_only(&page("").replace("Boat", title), &known).report.title;
            assert_eq!(found, if is_pattern { "abc{subject}bc" } else { "" }, "{title}");
        }
    }
}
