//! Questionnaires as tables of any layout: workbooks and comma-separated values. The headings are found by
//! their meaning; the user can name the columns.

mod classify;
mod columns;
mod find;
mod header;
mod headings;
mod rows;

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
    use std::collections::{HashMap, HashSet};

    use super::*;
    use crate::formats::sheet::{DropDown, cell_range, read_csv};
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

    /// The sheet with cells merged.
    fn merged(text: &str, merged: &[&str]) -> Sheet {
        let merged = merged.iter().map(|range| cell_range(range).unwrap()).collect();
        Sheet { merged, ..sheet(text) }
    }

    fn read_one(sheet: Sheet) -> Imported {
        read(&[sheet], "list", &Columns::default()).unwrap()
    }

    #[test]
    fn rows_with_one_merged_or_bold_text_are_headings_of_sections() {
        let text = "Question,Answer\nAccess,\nIs there a second factor?,\nAccounts are removed.,\n\
            Data,\nIs it encrypted?,\nWhich backups are kept?,\nWhere are they?,\n";
        let expected = [
            ("Access", "q-1", "Is there a second factor?"),
            ("Access", "q-2", "Accounts are removed."),
            ("Data", "q-3", "Is it encrypted?"),
            ("Data", "q-4", "Which backups are kept?"),
            ("Data", "q-5", "Where are they?"),
        ];
        assert_eq!(shown(&read_one(merged(text, &["A2:B2", "A5:B5"]))), expected);
        // A question in bold is a question.
        let bold = HashSet::from([(0, 0), (1, 0), (4, 0), (5, 0)]);
        assert_eq!(shown(&read_one(Sheet { bold, ..sheet(text) })), expected);
        let all_bold = (0..8).map(|row| (row, 0)).collect();
        assert_eq!(read_one(Sheet { bold: all_bold, ..sheet(text) }).questionnaire.questions().count(), 7);
    }

    #[test]
    fn a_bold_text_with_a_list_of_answers_is_a_question() {
        let text =
            "Question,Answer\nPlease confirm the first thing.,\nConfirm the second.,\nAnd the third.,\n";
        let lists =
            vec![DropDown { ranges: vec![((1, 1), (3, 1))], values: vec!["Yes".into(), "No".into()] }];
        let imported = read_one(Sheet { bold: HashSet::from([(1, 0)]), lists, ..sheet(text) });
        assert_eq!(imported.questionnaire.questions().count(), 3);
    }

    #[test]
    fn headings_below_merged_groups_belong_to_the_groups() {
        let imported = read_one(merged(
            "Vendor questionnaire,,,,\nNr,Question,Response,,Internal,\n,,Y/N,Remarks,Owner,Rating\n\
             1,Is the first thing done?,yes,as planned,Ann,3\n2,Is the second thing done?,no,,Kim,\n\
             3,Is the third thing done?,yes,,Ann,\n",
            &["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"],
        ));
        assert_eq!(
            imported.understood,
            ["header in rows 2 and 3, questions in B \"Question\", answers in C \"Response Y/N\", \
                 comments in D \"Response Remarks\", ids in A \"Nr\""]
        );
        let first = imported.questionnaire.questions().next().unwrap();
        assert!(first.guidance.contains("- Internal Owner: Ann\n- Internal Rating: 3"), "{}", first.guidance);
        assert_eq!(imported.questionnaire.choices(first).len(), 2);
        assert_eq!(imported.answers[0].1.detail, "as planned");
    }

    #[test]
    fn a_header_in_two_rows_that_is_repeated_begins_sections_and_can_be_named_by_either_row() {
        let form = merged(
            "V1 Design,,LEVEL,,,Status\n,,1,2,3,\n1.1,Verify the first thing.,x,,,\n\
             1.2,Verify the second thing.,,x,,\n\
             V2 Access,,LEVEL,,,Status\n,,1,2,3,\n2.1,Verify the third thing.,,,x,\n",
            &["A1:B1", "C1:E1", "A5:B5", "C5:E5"],
        );
        for header_row in [None, Some(1), Some(2)] {
            let columns = Columns { header_row, question: Some("B".into()), ..Columns::default() };
            let imported = read(std::slice::from_ref(&form), "list", &columns).unwrap();
            assert_eq!(
                shown(&imported),
                [
                    ("V1 Design", "1-1", "Verify the first thing."),
                    ("V1 Design", "1-2", "Verify the second thing."),
                    ("V2 Access", "2-1", "Verify the third thing."),
                ],
                "{header_row:?}"
            );
            let tags: Vec<&String> = imported.questionnaire.questions().flat_map(|q| &q.tags).collect();
            assert_eq!(tags, ["level-1", "level-2", "level-3"]);
        }
    }

    #[test]
    fn a_title_above_the_header_and_a_heading_over_id_and_question_are_no_groups() {
        let rows = "1.1,Is the first thing done?,\n1.2,Is the second done?,\n1.3,Is the third done?,\n";
        let title = merged(&format!("Questionnaire,,2026\nID,Question,Answer\n{rows}"), &["A1:B1"]);
        let wide = merged(&format!("Question,,Answer\n{rows}"), &["A1:B1"]);
        for (sheet, header) in [(title, "header in row 2, "), (wide, "header in row 1, ")] {
            let columns = Columns { question: Some("B".into()), id: Some("A".into()), ..Columns::default() };
            let imported = read(&[sheet], "list", &columns).unwrap();
            assert!(imported.understood[0].starts_with(header), "{:?}", imported.understood);
            assert_eq!(shown(&imported)[2], ("list", "1-3", "Is the third done?"));
        }
    }

    #[test]
    fn categories_that_are_merged_downwards_are_sections_and_a_second_column_of_answers_is_named() {
        let mut form = merged(
            "Self-assessment,,,\nCategory,Requirement,Documentation Score,Implementation Score\n\
             Govern,GV-1: The mission is understood.,3,4\n,GV-2: The stakeholders are understood.,N/A,\n\
             Protect,PR-1: Identities are managed for users.,,\n",
            &["A1:D1", "A3:A4"],
        );
        let scores = |column| DropDown {
            ranges: vec![((2, column), (4, column))],
            values: ["1", "2", "3", "4", "5", "N/A"].map(str::to_owned).to_vec(),
        };
        form.lists = vec![scores(2), scores(3)];
        let imported = read_one(form);
        let sections: Vec<&str> = shown(&imported).into_iter().map(|(section, ..)| section).collect();
        assert_eq!(sections, ["Govern", "Govern", "Protect"]);
        let answers: Vec<&[String]> =
            imported.answers.iter().map(|(_, answer)| answer.choices.as_slice()).collect();
        assert_eq!(answers, [["3"], ["n-a"]]);
        let warning = "another column has answers; --answer reads it instead: Implementation Score";
        assert!(imported.warnings.iter().any(|w| w.line() == warning), "{:?}", imported.warnings);
    }

    #[test]
    fn section_titles_repeated_headings_and_notes_of_a_form_without_a_header_row_are_understood() {
        let mut text = "Community toolkit,,,,\nRead the instructions first.,,,,\n".to_owned();
        for (section, ids) in [("General", "GNRL"), ("Access", "ACCS")] {
            text += &format!("{section},,Answer,Additional Information,Guidance\n");
            for number in 1..=3 {
                text += &format!("{ids}-0{number},Is requirement {number} of {ids} met?,,,Look at {ids}.\n");
            }
        }
        let imported = read_one(merged(&text, &["A1:E1", "A2:E2", "A3:B3", "A7:B7"]));
        let shown = shown(&imported);
        assert_eq!(shown[0], ("General", "gnrl-01", "Is requirement 1 of GNRL met?"));
        assert_eq!((shown.len(), shown[5].0), (6, "Access"));
        assert_eq!(imported.questionnaire.questions().next().unwrap().guidance, "Look at GNRL.");
    }

    #[test]
    fn an_id_has_the_zeros_that_its_number_format_adds() {
        let mut form = sheet(
            "ID,Requirement,Answer\n2.1,Verify the first thing.,\n2.9,Verify the second thing.,\n\
             2.1,Verify the third thing.,\n3,Verify the fourth thing.,\n",
        );
        form.shown = HashMap::from([((3, 0), "2.10".to_owned()), ((4, 0), "3.0".to_owned())]);
        let imported = read_one(form);
        let ids: Vec<&str> = shown(&imported).into_iter().map(|(_, id, _)| id).collect();
        assert_eq!(ids, ["2-1", "2-9", "2-10", "3-0"]);
        assert_eq!(imported.questionnaire.questions().nth(2).unwrap().source_id, "2.10");
    }

    #[test]
    fn a_sheet_of_16_000_columns_is_read_within_seconds() {
        let columns: Vec<String> = (0..16_000).map(|column| format!("Answer {column}")).collect();
        let rows = "Is it done?,\n".repeat(5);
        let started = std::time::Instant::now();
        let wide = read_one(sheet(&format!("Question,{}\n{rows}{}\n", columns.join(","), columns.join(","))));
        assert!(wide.questionnaire.questions().count() >= 5);
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
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
