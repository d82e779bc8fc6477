//! The built-in questionnaires and the JSON Schema.

/// The published JSON Schema of questionnaire files.
pub const SCHEMA: &str = include_str!("../../assets/questionnaire.schema.json");

/// The built-in questionnaires: id and JSON source.
pub const BUILT_IN: [(&str, &str); 2] = [
    ("saas-security", include_str!("../../questionnaires/saas-security.json")),
    ("vendor-baseline", include_str!("../../questionnaires/vendor-baseline.json")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{Questionnaire, load};

    #[test]
    fn every_built_in_questionnaire_loads_under_its_own_id() {
        for (id, source) in BUILT_IN {
            let questionnaire = load(source).unwrap_or_else(|problems| panic!("{id}: {problems:#?}"));
            assert_eq!(questionnaire.id, id);
        }
    }

    #[test]
    fn every_no_partial_and_unknown_has_advice() {
        for (id, source) in BUILT_IN {
            let questionnaire = load(source).unwrap();
            for question in questionnaire.questions() {
                for choice in questionnaire.choices(question) {
                    let is_finding = ["no", "partial", "unknown"].contains(&choice.id.as_str());
                    let has_advice = question.advice.contains_key(&choice.id);
                    assert!(has_advice || !is_finding, "{id}: {} {}", question.id, choice.id);
                }
            }
        }
    }

    #[test]
    fn the_published_schema_is_generated_from_the_types() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Questionnaire)).unwrap() + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/questionnaire.schema.json");
        if std::env::var_os("QUERIST_WRITE_ASSETS").is_some() {
            std::fs::write(path, &schema).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), schema, "run `assets/make` and commit the file");
    }

    #[test]
    fn the_vendor_baseline_uses_every_feature_of_the_format() {
        let source = BUILT_IN[1].1;
        for feature in [
            "multi_choice",
            "\"text\"",
            "number",
            "date",
            "needs",
            "advice",
            "critical",
            "\"in\"",
            "answered",
            "\"all\"",
            "\"any\"",
            "\"not\"",
            "weight",
            "tags",
            "guidance",
            "\"prompt\"",
            "\"key\"",
            "\"alone\"",
            "\"rules\"",
            "\"look\"",
        ] {
            assert!(source.contains(feature), "{feature}");
        }
        let questionnaire = load(source).unwrap();
        assert_eq!(questionnaire.sections.len(), 6);
        assert!((28..=34).contains(&questionnaire.questions().count()));
    }
}
