//! The sheet of an audit, as the application exports it and reads it back: one row per node, with the result.

use crate::formats::draft::{About, Draft, Imported, question, results};
use crate::formats::error::ReadError;
use crate::questionnaire::Kind;
use crate::session::Answer;
use crate::text;

/// Whether these are the headings of such a sheet.
pub fn has_headings(headings: &[String]) -> bool {
    ["urn", "ref_id", "compliance_result"]
        .iter()
        .all(|wanted| headings.iter().any(|heading| heading.trim().eq_ignore_ascii_case(wanted)))
}

/// Reads the rows below the headings: nodes that are assessed are questions, with their answers; the others
/// are sections.
///
/// # Errors
/// If no row is assessed.
pub fn read(rows: &[Vec<String>]) -> Result<Imported, ReadError> {
    let (headings, rows) = rows.split_first().ok_or_else(|| ReadError::refused("the sheet is empty", ""))?;
    let column = |name: &str| headings.iter().position(|heading| heading.trim().eq_ignore_ascii_case(name));
    let cell = |row: &[String], name: &str| -> String {
        let cell = column(name).and_then(|at| row.get(at)).map(String::as_str).unwrap_or_default();
        text::unguarded(cell.trim()).to_owned()
    };
    let title = "Audit".to_owned();
    let mut draft = Draft::new(About { title, ..About::default() });
    let set = draft.answer_set("result", results());
    let mut heading = String::new();
    for row in rows {
        let (number, name) = (cell(row, "ref_id"), cell(row, "name"));
        let result = cell(row, "compliance_result");
        let is_assessed = match column("assessable") {
            Some(_) => matches!(cell(row, "assessable").to_lowercase().as_str(), "true" | "1" | "x" | "yes"),
            None => !result.is_empty(),
        };
        let text = cell(row, "description");
        if !is_assessed {
            heading = format!("{number} {name}");
            continue;
        }
        let section = draft.section(&heading, &[&heading]);
        let mut asked = question(Kind::Choice, &format!("{number} {name}"), &text);
        asked.answer_set = Some(set.clone());
        asked.guidance = cell(row, "annotation");
        let urn = cell(row, "urn");
        let last = urn.rsplit(':').next().unwrap_or_default();
        let id = draft.question(section, if number.is_empty() { last } else { &number }, asked)?;
        let mut answer = Answer { detail: cell(row, "observations"), ..Answer::default() };
        match result.as_str() {
            "" | "not_assessed" => {}
            "compliant" | "partially_compliant" | "non_compliant" | "not_applicable" => {
                answer.choices.push(result);
            }
            _ => draft.warn(&format!("the result \"{result}\" is not known; left out"), &number),
        }
        draft.answer(&id, answer);
    }
    draft.finish("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_a_result_are_questions_with_answers_and_others_are_sections() {
        let rows = [
            ["urn", "ref_id", "name", "description", "compliance_result", "observations"],
            ["urn:a", "A", "Access", "", "", ""],
            ["urn:a:1", "A.1", "Accounts", "Accounts are unique.", "compliant", "'=checked"],
            ["urn:a:2", "A.2", "", "There is a second factor.", "not_assessed", ""],
            ["urn:a:3", "A.3", "", "There is a third.", "odd", ""],
        ]
        .map(|row| row.map(str::to_owned).to_vec());
        assert!(has_headings(&rows[0]));
        let imported = read(&rows).unwrap();
        assert_eq!(imported.questionnaire.sections[0].title, "A Access");
        assert_eq!(imported.questionnaire.questions().count(), 3);
        let (id, answer) = &imported.answers[0];
        assert_eq!((id.as_str(), answer.choices.as_slice()), ("a-1", &["compliant".to_owned()][..]));
        assert_eq!(answer.detail, "=checked");
        assert_eq!(imported.answers.len(), 1);
        assert!(imported.warnings[0].line().contains("\"odd\" is not known"));
    }
}
