//! The choices of a question in a library, and their tones.

use serde_json::Value;

use crate::formats::draft::choice;
use crate::formats::ids::Ids;
use crate::formats::tones::tone_of;
use crate::formats::values::{list, text};
use crate::questionnaire::{Choice, Tone};

/// The choices with the URNs that they have in the file.
pub fn choices(question: &Value, translated: &dyn Fn(&Value, &str) -> String) -> Vec<(String, Choice)> {
    let mut ids = Ids::default();
    let choices = list(question, "choices").iter().map(|entry| {
        let label = translated(entry, "value");
        let tone = match text(entry, "compute_result").as_str() {
            "compliant" | "true" | "1" => Tone::Good,
            "partially_compliant" => Tone::Partial,
            "non_compliant" | "false" | "0" => Tone::Bad,
            "not_applicable" => Tone::NotApplicable,
            _ => tone_of(&label),
        };
        (text(entry, "urn"), choice(&ids.id(&label), &label, tone))
    });
    choices.collect()
}
