//! Tests of pages in other layouts than our own.

use proptest::prelude::*;

use super::*;
use crate::questionnaire::Kind;
use crate::report::{Extras, Format, Keep, render, take_in, unfaithful, update};

/// A table in a block quote.
const QUOTED: &str = "Hello.\n\n> Please answer.\n>\n> | Control | Status | Comment |\n> | --- | --- | \
                      --- |\n> | First? | Yes | one |\n> | Second? | | |\n\nBye.\n\n## End\n\nText.\n";

fn updated(page: &str, session: &Session) -> String {
    let updated = update(page, session.page(), session, now(), Extras::default()).unwrap();
    assert_eq!(unfaithful(&updated.text, session), None);
    updated.text
}

#[test]
fn a_table_in_a_block_quote_is_written_back_in_it() {
    for newline in ["\n", "\r\n"] {
        let page = QUOTED.replace('\n', newline);
        let mut session = of_page(&page);
        assert_eq!(session.introduction(), "Hello.\n\n> Please answer.");
        assert_eq!(updated(&page, &session), page);
        choose(&mut session, "page-second", "no");
        write(&mut session, TextRef::Detail("page-second".into()), "two");
        write(&mut session, TextRef::Introduction, "Hi.");
        let expected = page.replace("> | Second? | | |", "> | Second? | No | two |");
        let expected = expected.replace(&format!("Hello.{newline}{newline}> Please answer."), "Hi.");
        let written = updated(&page, &session);
        assert_eq!(written, expected);
        let taken = take_in(&written, Some(&page), &session, Some(Keep::Ours)).unwrap();
        assert_eq!(taken.differences, []);
    }
}

#[test]
fn rows_columns_and_an_introduction_are_added_to_a_table_in_a_block_quote() {
    let logs = "Does the provider make logs available to the client?";
    let header = "> > | Question | Answer |\n>> |---|---|\n";
    for (row, after) in [(format!("> > | {logs} | Yes |\n"), "> > End.\n"), (String::new(), "")] {
        let page = format!("{header}{row}{after}");
        let mut session = imported(&page);
        choose(&mut session, "transparency", "no");
        write(&mut session, TextRef::Detail("transparency".into()), "Why.");
        write(&mut session, TextRef::Introduction, "Words.");
        let asked = &session.question(session.index_of("transparency").unwrap()).text;
        let header = "> > | Question | Answer | Detail |\n>> |---|---| --- |\n";
        let expected = format!("Words.\n\n{header}{row}>> | {asked} | No | Why. |\n{after}");
        assert_eq!(updated(&page, &session), expected);
    }
}

#[test]
fn a_hidden_row_is_removed_from_a_block_quote_with_its_marks() {
    let mut session = Session::new(showcase(), "Acme", now());
    choose(&mut session, "api", "yes");
    choose(&mut session, "api-keys", "no");
    let page = render(&session, Format::Markdown, Extras::default(), now());
    let page = page.replace("\n| ", "\n> | ");
    let mut session = import(&page, showcase(), "page", now()).unwrap().session;
    choose(&mut session, "api", "no");
    let written = updated(&page, &session);
    let keys = &session.question(session.index_of("api-keys").unwrap()).text;
    assert!(page.contains(keys) && !written.contains(keys));
    assert_eq!(written.lines().count() + 1, page.lines().count());
}

const PROSE: &str = "---\ntitle: Boat\n---\n\nHello.\n\n## Access\n\n### Is it locked?\n\nYes, see \
                     [here](https://a.example).\n\n## Data\n\n### How many?\n\nthree\n\n## End\n\nBye.\n";

#[test]
fn questions_as_headings_become_a_session_with_their_groups() {
    let imported = import(PROSE, page_only(PROSE, &[]), "page", now()).unwrap();
    let session = imported.session;
    let questionnaire = session.questionnaire();
    let found: Vec<_> =
        questionnaire.sections.iter().map(|s| (s.title.as_str(), s.questions.len())).collect();
    assert_eq!(found, [("Access", 1), ("Data", 1)]);
    let kinds: Vec<Kind> = questionnaire.questions().map(|question| question.kind).collect();
    assert_eq!(kinds, [Kind::Choice, Kind::Text]);
    assert_eq!((session.subject(), session.introduction()), ("Boat", "Hello.\n\n## Access"));
    assert_eq!(
        (&session.answer(0).choices[0], &session.answer(0).detail),
        (&"yes".into(), &"see [here](https://a.example).".into())
    );
    assert_eq!(session.answer(1).value, "three");
    assert_eq!(session.sections().last().map(|section| section.text.as_str()), Some("Bye."));
    let lines: Vec<usize> = imported.warnings.iter().map(|warning| warning.line).collect();
    assert_eq!(lines, [9, 9, 15]);
}

#[test]
fn questions_as_headings_are_matched_with_those_of_a_questionnaire() {
    let questionnaire = saas();
    let question = questionnaire.questions().next().unwrap().clone();
    let page = format!("# 1. {}\n\nYes\n", question.text);
    let session = imported(&page);
    assert_eq!(session.len(), questionnaire.questions().count());
    assert!(!session.answer_to(&question.id).unwrap().choices.is_empty());
}

#[test]
fn a_page_without_a_table_is_never_written_but_a_new_one_has_everything() {
    let mut session = of_page(PROSE);
    write(&mut session, TextRef::Introduction, "Hi.");
    assert!(update(PROSE, session.page(), &session, now(), Extras::default()).is_err());
    assert!(take_in(PROSE, session.page(), &session, None).is_err());
    let written = render(&session, Format::Markdown, Extras::default(), now());
    assert_eq!(unfaithful(&written, &session), None);
    for text in ["title: Boat", "Hi.", "Is it locked?", "see [here](https://a.example).", "three", "Bye."] {
        assert!(written.contains(text), "{written}");
    }
}

/// The letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn every_letter_of_an_answer_without_a_table_is_in_the_session(
        form in 0..4usize,
        answers in prop::collection::vec(
            "(Yes|No|Answer: N/A|\\*\\*Answer:\\*\\* No|)[.,]?\
             ( [a-z]{1,5}|\n\n[a-z]{1,5}|\n- [a-z]{1,5}|\n---\n|\\|){0,6}",
            2..5,
        ),
    ) {
        let blocks = answers.iter().enumerate().map(|(number, answer)| match form {
            0 => format!("## Is it {number}?\n\n{answer}\n\n"),
            1 => format!("**Is it {number}?**\n{answer}\n\n"),
            2 => format!("**Is it {number}?** {answer}\n\n"),
            _ => format!("{}. **Is it {number}?**\n   {}\n", number + 1, answer.replace('\n', "\n   ")),
        });
        let page = blocks.collect::<String>();
        let Ok(imported) = import(&page, page_only(&page, &[]), "page", now()) else {
            return Ok(());
        };
        let session = imported.session;
        // What is above the first question is kept as well, even if it was meant as one.
        let mut kept = session.introduction().to_owned();
        for answer in (0..session.len()).map(|index| session.answer(index)) {
            let labels = answer.choices.join(" ");
            kept.push_str(&format!("{labels} {} {} {}\n", answer.value, answer.qualifier, answer.detail));
        }
        for section in &session.questionnaire().sections {
            let questions = section.questions.iter().map(|question| question.text.as_str());
            kept.push_str(&format!("{} {}\n", section.title, questions.collect::<String>()));
        }
        for section in session.sections() {
            kept.push_str(&format!("{} {}\n", section.heading, section.text));
        }
        let kept = letters(&kept).to_lowercase();
        for part in answers.iter().flat_map(|answer| answer.split(['\n', ' '])) {
            let part = letters(part.trim_start_matches("**Answer:**").trim_start_matches("Answer:"));
            prop_assert!(kept.contains(&part.to_lowercase()), "{part} of {page:?} in {kept}");
        }
        let written = render(&session, Format::Markdown, Extras::default(), now());
        prop_assert_eq!(unfaithful(&written, &session), None);
    }
}
