//! XLSForm: forms as workbooks with the sheets `survey`, `choices` and `settings` (<https://xlsform.org>),
//! and as the comma-separated values of pyxform, with the name of the sheet in the first column.

mod columns;
mod form;
mod kinds;
mod relevant;

pub use form::read;

use super::sheet::Sheet;

/// The sheets of a form, if the file is one: there is a sheet `survey` with the headings `type` and `name`.
pub fn sheets(sheets: &[Sheet]) -> Option<Vec<Sheet>> {
    let is_survey = |sheet: &Sheet| {
        sheet.name.trim().eq_ignore_ascii_case("survey")
            && sheet.rows().first().is_some_and(|row| {
                let headings: Vec<String> = sheet.row(*row).map(|(_, text)| columns::field(text).0).collect();
                ["type", "name"].iter().all(|wanted| headings.iter().any(|heading| heading == wanted))
            })
    };
    match sheets {
        [only] if only.name.is_empty() => {
            let divided = divided(only);
            divided.iter().any(is_survey).then_some(divided)
        }
        _ => sheets.iter().any(is_survey).then(|| sheets.to_vec()),
    }
}

/// One table of comma-separated values as the sheets that its first column names.
fn divided(table: &Sheet) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for row in table.rows() {
        for (column, text) in table.row(row) {
            match (column, sheets.last_mut()) {
                (0, _) => sheets.push(Sheet { name: text.to_owned(), ..Sheet::default() }),
                (_, Some(sheet)) => {
                    sheet.cells.insert((row, column - 1), text.to_owned());
                }
                (_, None) => {}
            }
        }
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::Imported;
    use crate::formats::sheet::read_csv;
    use crate::questionnaire::Kind;

    const FORM: &str = "\
survey,,,,,,,,
,type,name,label::English (en),label::Deutsch (de),relevant,constraint,required,hint
,start,start,,,,,,
,note,hello,Welcome,Hallo,,,,
,select_one yn,mfa,Is there a second factor?,Gibt es einen zweiten Faktor?,,,yes,Look
,begin group,more,More,Mehr,${mfa} = 'y',,,
,select multiple kinds or_other,kinds,Which kinds?,Welche?,,,,
,integer,count,How many?,Wie viele?,\"selected(${kinds}, 'app') and not(${mfa} = ‘n’)\",. >= 0 and . <= 99,,
,geopoint,place,Where?,Wo?,${count} > 3,,,
,end group,,,,,,,
,calculate,sum,,,,,,
,date,since,Since when?,Seit wann?,${nowhere} != '',,,
choices,,,,,,,,
,list name,name,label::English (en),label::Deutsch (de),,,,
,yn,y,Yes,Ja,,,,
,yn,n,No,Nein,,,,
,kinds,app,App,App,,,,
settings,,,,,,,,
,form_title,form_id,default_language,,,,,
,My form,my_form,English (en),,,,,
";

    fn imported(language: Option<&str>) -> Imported {
        let sheet = read_csv(FORM.as_bytes()).unwrap().0;
        read(&sheets(&[sheet]).unwrap(), language).unwrap()
    }

    #[test]
    fn groups_are_sections_and_types_are_kinds() {
        let imported = imported(None);
        let questionnaire = &imported.questionnaire;
        let shown: Vec<(&str, Kind, &str)> =
            questionnaire.questions().map(|q| (q.id.as_str(), q.kind, q.text.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("mfa", Kind::Choice, "Is there a second factor?"),
                ("since", Kind::Date, "Since when?"),
                ("kinds", Kind::MultiChoice, "Which kinds?"),
                ("kinds_other", Kind::Text, "Which kinds? (other)"),
                ("count", Kind::Number, "How many?"),
                ("place", Kind::Text, "Where?"),
            ]
        );
        let titles: Vec<&str> = questionnaire.sections.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(titles, ["My form", "More"]);
        let first = questionnaire.questions().next().unwrap();
        assert_eq!((first.help.as_str(), first.guidance.as_str()), ("Look", "Welcome"));
        assert_eq!(first.tags, ["required"]);
    }

    #[test]
    fn a_group_that_repeats_becomes_a_section_that_repeats() {
        let form = FORM.replace("begin group,more", "begin_repeat,more").replace(
            ",end group",
            ",begin group,in,Inside,,,,,\n,text,who,Who?,,,,,\n,end group,,,,,,,\n,end_repeat",
        );
        let sheet = read_csv(form.as_bytes()).unwrap().0;
        let imported = read(&sheets(&[sheet]).unwrap(), None).unwrap();
        let repeats: Vec<(&str, &str)> = imported
            .questionnaire
            .sections
            .iter()
            .map(|section| (section.title.as_str(), section.repeat.as_str()))
            .collect();
        assert_eq!(repeats, [("My form", ""), ("More", "More"), ("More / Inside", "")]);
        assert!(imported.understood.contains(&"More can be answered several times".to_owned()));
        let warned = |words: &str| imported.warnings.iter().any(|warning| warning.cause.contains(words));
        assert!(warned("a group within one that is answered several times is asked once"));
    }

    #[test]
    fn conditions_are_converted_and_what_cannot_be_is_kept_and_named_with_its_row() {
        let imported = imported(None);
        let condition = |id: &str| {
            let asked = imported.questionnaire.questions().find(|q| q.id == id).unwrap();
            serde_json::to_string(&asked.enable_when).unwrap()
        };
        assert_eq!(condition("kinds"), r#"{"question":"mfa","in":["y"]}"#);
        assert_eq!(
            condition("kinds_other"),
            r#"{"all":[{"question":"mfa","in":["y"]},{"question":"kinds","in":["other"]}]}"#
        );
        assert_eq!(
            condition("count"),
            concat!(
                r#"{"all":[{"question":"mfa","in":["y"]},{"question":"kinds","in":["app"]},"#,
                r#"{"not":{"question":"mfa","in":["n"]}}]}"#
            )
        );
        assert_eq!(condition("place"), r#"{"question":"mfa","in":["y"]}"#);
        assert_eq!(condition("since"), "null");
        let lines: Vec<String> = imported.warnings.iter().map(|warning| warning.line()).collect();
        assert!(lines.iter().any(|line| line.contains("row 9") && line.contains("condition")), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("nowhere")), "{lines:?}");
        let count = imported.questionnaire.questions().find(|q| q.id == "count").unwrap();
        let limit = |limit: &Option<crate::questionnaire::Limit>| limit.as_ref().and_then(|l| l.as_number());
        assert_eq!((limit(&count.min), limit(&count.max), count.integer), (Some(0.0), Some(99.0), true));
    }

    #[test]
    fn a_language_is_found_by_its_code_or_its_name() {
        for language in ["de", "Deutsch", "deutsch (de)"] {
            let questionnaire = imported(Some(language)).questionnaire;
            assert_eq!(questionnaire.questions().next().unwrap().text, "Gibt es einen zweiten Faktor?");
        }
        let sheet = read_csv(FORM.as_bytes()).unwrap().0;
        let error = read(&sheets(&[sheet]).unwrap(), Some("fr")).unwrap_err();
        assert_eq!(error.hint, "It has English (en), Deutsch (de).");
    }
}
