//! Questionnaires as tables of any layout: workbooks and comma-separated values. The headings are found by
//! their meaning; the user can name the columns.

mod classify;
mod columns;
mod find;
mod headings;

pub use find::Columns;

use super::draft::Imported;
use super::error::ReadError;
use super::sheet::Sheet;

/// Reads the questions in the sheets of a file with this name.
///
/// # Errors
/// If no column of questions is found, or a column that was named does not exist.
pub fn read(sheets: &[Sheet], name: &str, columns: &Columns) -> Result<Imported, ReadError> {
    let found = find::layouts(sheets, columns)?;
    classify::questions(name, found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::sheet::{DropDown, read_csv};
    use crate::questionnaire::{Kind, Tone};
    use proptest::prelude::*;

    fn sheet(text: &str) -> Sheet {
        read_csv(text.as_bytes()).unwrap().0
    }

    fn imported(text: &str) -> Imported {
        read(&[sheet(text)], "list", &Columns::default()).unwrap()
    }

    fn shown(imported: &Imported) -> Vec<(&str, &str, &str)> {
        let sections = imported.questionnaire.sections.iter();
        sections
            .flat_map(|s| s.questions.iter().map(|q| (s.title.as_str(), q.id.as_str(), q.text.as_str())))
            .collect()
    }

    const CAIQ: &str = "\
CONSENSUS QUESTIONNAIRE,,,,,
Question ID,Question,CSP CAIQ Answer,CSP Implementation Description  (Optional),CCM ID,CCM Domain Title
A&A-01.1,Are audit policies established?,Yes,See https://a.example/policy.,A&A-01,Audit & Assurance
A&A-01.2,Are they reviewed each year?,No,,A&A-01,
AIS-01.1,Are applications designed securely?,NA,,AIS-01,Application Security
AIS-01.2,Is there an inventory of applications?,,,AIS-01,
© Copyright 2026 Somebody. All rights reserved.,,,,,
";

    #[test]
    fn a_header_below_a_title_gives_ids_sections_answers_and_comments() {
        let imported = imported(CAIQ);
        assert_eq!(
            shown(&imported)[..2],
            [
                ("Audit & Assurance", "a-a-01-1", "Are audit policies established?"),
                ("Audit & Assurance", "a-a-01-2", "Are they reviewed each year?"),
            ]
        );
        assert_eq!(imported.questionnaire.questions().count(), 4);
        let first = imported.questionnaire.questions().next().unwrap();
        assert_eq!(first.source_id, "A&A-01.1");
        let cells = first.cells.as_ref().unwrap();
        assert_eq!((cells.answer.as_str(), cells.comment.as_str()), ("C3", "D3"));
        let tones: Vec<Tone> =
            imported.questionnaire.choices(first).iter().map(|choice| choice.tone).collect();
        assert_eq!(tones, [Tone::Good, Tone::Bad, Tone::NotApplicable]);
        let (id, answer) = &imported.answers[0];
        assert_eq!((id.as_str(), answer.choices.as_slice()), ("a-a-01-1", &["yes".to_owned()][..]));
        assert_eq!(answer.detail, "See https://a.example/policy.");
        assert!(imported.warnings.iter().any(|w| w.cause.contains("below the last question")));
    }

    #[test]
    fn drop_downs_are_the_choices_as_they_are_spelled() {
        let mut form = sheet(
            "ID,Requirement,Tested?,Notes\nV1,Design,,\n\
             1.1,Verify the first thing.,,\n1.2,Verify the second thing.,,\n\
            V2,Access,,\n2.1,Verify the third thing.,,\n",
        );
        form.lists =
            vec![DropDown { ranges: vec![((1, 2), (9, 2))], values: vec!["Yes".into(), "Not yet".into()] }];
        let imported = read(&[form], "list", &Columns::default()).unwrap();
        assert_eq!(
            shown(&imported),
            [
                ("V1 Design", "1-1", "Verify the first thing."),
                ("V1 Design", "1-2", "Verify the second thing."),
                ("V2 Access", "2-1", "Verify the third thing."),
            ]
        );
        let first = imported.questionnaire.questions().next().unwrap();
        let labels: Vec<&str> =
            imported.questionnaire.choices(first).iter().map(|choice| choice.label.as_str()).collect();
        assert_eq!((first.kind, labels.as_slice()), (Kind::Choice, &["Yes", "Not yet"][..]));
    }

    #[test]
    fn headers_that_are_repeated_begin_sections_and_the_question_column_is_inferred() {
        let imported = imported(
            "Vendor questionnaire,,,\nFill it in.,,,\n\
             General,,Answer,Additional Information\n\
             GNRL-01,What is the name of the vendor?,,\nGNRL-02,Where is the vendor?,,\n\
             Access,,Answer,Additional Information\n\
             ACCS-01,Is there a second factor?,,\nACCS-02,Are accounts removed?,,\n",
        );
        assert_eq!(
            shown(&imported),
            [
                ("General", "gnrl-01", "What is the name of the vendor?"),
                ("General", "gnrl-02", "Where is the vendor?"),
                ("Access", "accs-01", "Is there a second factor?"),
                ("Access", "accs-02", "Are accounts removed?"),
            ]
        );
    }

    #[test]
    fn a_list_of_one_column_needs_no_header() {
        let imported = imported(
            "Is data encrypted at rest?\nIs data encrypted in transit?\nAre backups tested each year?\n",
        );
        assert_eq!(imported.questionnaire.questions().count(), 3);
    }

    #[test]
    fn a_file_without_questions_says_which_headings_were_found_and_what_to_do() {
        let error =
            read(&[sheet("Name,Town\nAnn,Bonn\nKim,Kiel\n")], "list", &Columns::default()).unwrap_err();
        assert!(error.hint.contains("Name, Town") && error.hint.contains("--question"), "{error:?}");
    }

    #[test]
    fn columns_can_be_named_by_letter_or_heading() {
        let text = "Nr,Thema,Was,Stand\n1,A,Erstens wird gefragt,ja\n\
            2,A,Zweitens wird gefragt,nein\n3,B,Drittens wird gefragt,\n";
        let columns = Columns {
            question: Some("Was".into()),
            answer: Some("D".into()),
            section: Some("Thema".into()),
            id: Some("A".into()),
            ..Columns::default()
        };
        let imported = read(&[sheet(text)], "list", &columns).unwrap();
        assert_eq!(shown(&imported)[2], ("B", "3", "Drittens wird gefragt"));
        let wrong = Columns { question: Some("Frage".into()), ..Columns::default() };
        assert!(read(&[sheet(text)], "list", &wrong).unwrap_err().message.contains("no column \"Frage\""));
    }

    proptest! {
        #[test]
        fn any_table_is_read_or_refused_and_equal_tables_give_equal_ids(
            text in "[a-zA-Z0-9?.,;\"\n é]{0,200}"
        ) {
            let sheets = [sheet(&text)];
            let read = || read(&sheets, "list", &Columns::default());
            prop_assert_eq!(read(), read());
        }
    }
}
