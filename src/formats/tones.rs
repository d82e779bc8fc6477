//! What the labels of choices mean by themselves.

use crate::questionnaire::Tone;

/// Labels that mean yes, no, partly and not applicable in the languages that questionnaires come in.
const YES: &[&str] = &["yes", "oui", "ja", "sì", "si", "sí", "evet", "jah", "taip", "tak", "ano", "是"];
const NO: &[&str] = &["no", "non", "nein", "nee", "nej", "hayır", "ei", "ne", "nie", "否"];
const PARTLY: &[&str] = &[
    "partial",
    "partially",
    "partly",
    "in part",
    "partiel",
    "partiellement",
    "teilweise",
    "parziale",
    "parcial",
    "delvist",
    "deels",
];
const NOT_APPLICABLE: &[&str] = &[
    "n/a",
    "na",
    "not applicable",
    "non applicable",
    "nicht anwendbar",
    "no aplica",
    "non applicabile",
    "niet van toepassing",
    "sans objet",
];

/// The tone that a label has by itself.
pub fn tone_of(label: &str) -> Tone {
    let label = label.trim().trim_end_matches('.').to_lowercase();
    let is = |words: &[&str]| words.contains(&label.as_str());
    if is(YES) {
        Tone::Good
    } else if is(NO) {
        Tone::Bad
    } else if is(PARTLY) {
        Tone::Partial
    } else if is(NOT_APPLICABLE) {
        Tone::NotApplicable
    } else {
        Tone::Neutral
    }
}
