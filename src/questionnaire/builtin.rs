//! The built-in questionnaires and the JSON Schema.

/// The published JSON Schema of questionnaire files.
pub const SCHEMA: &str = include_str!("../../assets/questionnaire.schema.json");

/// The built-in questionnaires: id and JSON source.
pub const BUILT_IN: [(&str, &str); 7] = [
    ("saas-security", include_str!("../../questionnaires/saas-security.json")),
    ("vendor-baseline", include_str!("../../questionnaires/vendor-baseline.json")),
    ("rapid-risk", include_str!("../../questionnaires/rapid-risk.json")),
    ("cloud-platform", include_str!("../../questionnaires/cloud-platform.json")),
    ("ai-service", include_str!("../../questionnaires/ai-service.json")),
    ("open-source-dependency", include_str!("../../questionnaires/open-source-dependency.json")),
    ("integration", include_str!("../../questionnaires/integration.json")),
];

/// A questionnaire that uses every part of the format, for tests.
#[cfg(test)]
pub const SHOWCASE: &str = include_str!("../../tests/fixtures/showcase.json");

/// A questionnaire with a section that repeats, for tests.
#[cfg(test)]
pub const ENVIRONMENTS: &str = include_str!("../../tests/fixtures/environments.json");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{Questionnaire, load};

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
    fn the_showcase_uses_every_feature_of_the_format() {
        let source = SHOWCASE;
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
            "\"introduction\"",
            "\"prompt\"",
            "\"key\"",
            "\"alone\"",
            "\"rules\"",
            "\"look\"",
            "\"ask\"",
            "\"skeleton\"",
            "\"repeat\"",
            "\"controls\"",
        ] {
            assert!(source.contains(feature), "{feature}");
        }
        let questionnaire = load(source).unwrap();
        assert_eq!(questionnaire.sections.len(), 6);
        assert!((28..=34).contains(&questionnaire.questions().count()));
    }
}
