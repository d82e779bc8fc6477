//! Google VSAQ: questionnaires, extensions and saved answers
//! (<https://github.com/google/vsaq>, `vsaq/static/questionnaire/items.js`).

mod answers;
mod convert;
mod expression;
mod item;
mod syntax;

use serde_json::Value;

use convert::Converted;

use super::draft::Imported;
use super::error::ReadError;

/// Reads a questionnaire, or an extension as a questionnaire of its own. With `base`, an extension is
/// inserted into that questionnaire.
///
/// # Errors
/// If the text is not such a file, with the line and column.
pub fn read(text: &str, base: Option<&str>) -> Result<Imported, ReadError> {
    Ok(converted(text, base)?.imported)
}

/// Reads a questionnaire with the answers that VSAQ saved.
///
/// # Errors
/// If one of the texts is not such a file.
pub fn read_with_answers(text: &str, base: Option<&str>, answers: &str) -> Result<Imported, ReadError> {
    let Converted { mut imported, tips } = converted(text, base)?;
    answers::add(&mut imported, &tips, answers)?;
    Ok(imported)
}

fn converted(text: &str, base: Option<&str>) -> Result<Converted, ReadError> {
    let file = syntax::parse(text)?;
    let (root, missing) = match (extensions(&file), base) {
        (Some(items), Some(base)) => {
            let mut base = syntax::parse(base)?;
            if base.get("version") != file.get("version") {
                let hint = "An extension fits only the version that it was written for.";
                return Err(ReadError::refused("the extension is for another version", hint));
            }
            let items = item::namespaced(items, file.get("namespace").and_then(Value::as_str));
            let missing = item::insert(&mut base, items);
            (base, missing)
        }
        (Some(items), None) => {
            let items = item::namespaced(items, file.get("namespace").and_then(Value::as_str));
            let block = serde_json::json!({"type": "block", "text": "Extension", "items": items});
            (serde_json::json!({ "questionnaire": [block] }), Vec::new())
        }
        (None, _) => (file, Vec::new()),
    };
    let blocks = root.get("questionnaire").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    match blocks {
        [block] if item::kind(block) == "block" => convert::convert(block, &missing, text),
        _ => Err(ReadError::refused(
            "`questionnaire` must have exactly one block",
            "Put all blocks into one that has the title of the questionnaire.",
        )),
    }
}

fn extensions(file: &Value) -> Option<Vec<Value>> {
    file.get("extensions").and_then(Value::as_array).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{Kind, Severity};
    use proptest::prelude::*;

    const FILE: &str = r#"
// A comment.
{
  "questionnaire": [{"type": "block", "text": "Web application", "items": [
    {"type": "block", "text": "Accounts", "id": "accounts", "items": [
      {"type": "info", "text": "About <b>accounts</b>."},
      {"type": "radiogroup", "id": "mfa", "text": "Is there a second factor?" +
         " For all?", "defaultChoice": false, "choices": [{"mfa_yes": "Yes"}, {"mfa_no": "No"}]},
      {"type": "tip", "id": "warn_mfa", "cond": "mfa_no", "text": "Require it.", "warn": "yes",
         "name": "No second factor", "severity": "high", "why": "Why not?"},
      {"type": "block", "text": "Staff", "cond": "mfa_yes", "items": [
        {"type": "checkgroup", "defaultChoice": true, "text": "Who?",
           "choices": [{"who_admins": "Admins"}, {"who_staff": "Everybody"}]},
        {"type": "box", "id": "how", "text": "How?", "cond": "who_admins || who_staff", "required": true},
        {"type": "tip", "id": "warn_who", "cond": "!who_staff && mfa", "warn": "yes",
         "text": "Not everybody."}
      ]}
    ]},
    {"type": "block", "text": "Other", "items": [
      {"type": "line", "id": "staff", "text": "Number of staff", "inputType": "number"},
      {"type": "yesno", "id": "audit", "text": "Audited?", "yes": "Yes", "no": "Not yet"},
      {"type": "line", "id": "date", "text": "When?", "inputType": "date", "cond": "audit/yes"},
      {"type": "line", "id": "gone", "text": "Gone?", "cond": "nowhere"}
    ]}
  ]}]
}"#;

    #[test]
    fn blocks_become_sections_and_items_questions() {
        let imported = read(FILE, None).unwrap();
        let questionnaire = &imported.questionnaire;
        let titles: Vec<&str> = questionnaire.sections.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(titles, ["Accounts", "Accounts / Staff", "Other"]);
        let shown: Vec<(&str, Kind)> = questionnaire.questions().map(|q| (q.id.as_str(), q.kind)).collect();
        assert_eq!(
            shown,
            [
                ("mfa", Kind::Choice),
                ("who", Kind::MultiChoice),
                ("how", Kind::Text),
                ("warn_who", Kind::Text),
                ("staff", Kind::Number),
                ("audit", Kind::Choice),
                ("date", Kind::Date),
                ("gone", Kind::Text),
            ]
        );
        let asked: Vec<&str> = imported.warnings.iter().map(|warning| warning.cause.as_str()).collect();
        assert!(asked.iter().any(|cause| cause.contains("does not exist")), "{asked:?}");
    }

    #[test]
    fn a_tip_about_one_question_is_advice_and_any_other_is_a_question_of_its_own() {
        let questionnaire = read(FILE, None).unwrap().questionnaire;
        let mfa = questionnaire.questions().next().unwrap();
        let advice = &mfa.advice["mfa_no"];
        assert_eq!(
            (advice.severity, advice.text.as_str()),
            (Severity::High, "**No second factor**: Require it.")
        );
        assert!(mfa.needs.contains_key("mfa_no") && mfa.guidance.contains("Why not?"));
        assert!(mfa.guidance.starts_with("About **accounts**."), "{}", mfa.guidance);
        assert_eq!(mfa.text, "Is there a second factor? For all?");
        let finding = questionnaire.questions().find(|q| q.id == "warn_who").unwrap();
        assert!(finding.tags.contains(&"finding".to_owned()) && finding.enable_when.is_some());
    }

    #[test]
    fn an_extension_is_inserted_where_it_says_with_its_own_names() {
        let extension = r#"{"namespace": "us", "extensions": [
            {"type": "line", "id": "own", "text": "Own?", "insertAfter": "accounts"},
            {"type": "line", "id": "lost", "text": "Lost?", "insertAfter": "nowhere"}]}"#;
        let imported = read(extension, Some(FILE)).unwrap();
        let ids: Vec<&str> = imported.questionnaire.questions().map(|q| q.id.as_str()).collect();
        assert!(ids.contains(&"us-own") && ids.contains(&"us-lost"), "{ids:?}");
        assert!(imported.warnings.iter().any(|w| w.places.iter().any(|p| p.contains("nowhere"))));
        assert_eq!(read(extension, None).unwrap().questionnaire.questions().count(), 2);
    }

    #[test]
    fn a_syntax_error_is_located_in_the_file_as_it_is() {
        let broken = FILE.replace("\"id\": \"how\"", "\"id\": how");
        let error = read(&broken, None).unwrap_err();
        assert!(error.message.contains("line 14, column "), "{error}");
    }

    #[test]
    fn saved_answers_become_answers_and_what_is_unknown_is_named() {
        let answers = r#"{"mfa_yes": "", "mfa_no": "checked", "warn_mfa": "Next year.",
            "who_admins": "checked",
            "staff": "12", "audit": "yes", "old": "checked", "how": ""}"#;
        let imported = read_with_answers(FILE, None, answers).unwrap();
        let (answers, warnings) = (&imported.answers, &imported.warnings);
        let of = |id: &str| answers.iter().find(|(question, _)| question == id).map(|(_, answer)| answer);
        assert_eq!(of("mfa").unwrap().choices, ["mfa_no"]);
        assert_eq!(of("mfa").unwrap().detail, "Next year.");
        assert_eq!(of("who").unwrap().choices, ["who_admins"]);
        assert_eq!(of("staff").unwrap().value, "12");
        assert_eq!(of("audit").unwrap().choices, ["yes"]);
        assert_eq!(of("how"), None);
        assert!(warnings.iter().any(|w| w.places.iter().any(|place| place.contains("old"))), "{warnings:?}");
    }

    proptest! {
        #[test]
        fn a_damaged_file_is_read_or_refused_and_equal_files_give_equal_ids(
            at in 0usize..FILE.len(),
            text in "[\\[\\]{}\":,a-z0-9é+/ \n]{0,6}"
        ) {
            let at = FILE.floor_char_boundary(at);
            let damaged = format!("{}{text}{}", &FILE[..at], &FILE[at..]);
            prop_assert_eq!(read(&damaged, None), read(&damaged, None));
        }
    }
}
