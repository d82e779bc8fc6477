//! OpenSSF Best Practices: the criteria of the badge and the baseline
//! (<https://github.com/coreinfrastructure/best-practices-badge>, `criteria/`).

use serde_json::Value;

use crate::questionnaire::{Advice, Kind, Need, Severity, Tone};

use super::draft::{About, Draft, Imported, append, choice, question, title_of};
use super::error::ReadError;
use super::html::{markdown, plain};
use super::values::{entries, is_true, text};

/// Whether a YAML value is such a list.
pub fn is_openssf(file: &Value) -> bool {
    file.get("_metadata").is_some() || (file.is_array() && levels(file).next().is_some())
}

fn levels(file: &Value) -> impl Iterator<Item = (&String, &Value)> {
    entries(file).into_iter().filter(|(name, level)| *name != "_metadata" && !entries(level).is_empty())
}

/// Reads the criteria. The list of the badge has no texts; they come from `texts`, its file of a language.
///
/// # Errors
/// If there is no criterion.
pub fn read(file: &Value, texts: Option<&Value>, source: &str) -> Result<Imported, ReadError> {
    let is_baseline = file.get("_metadata").is_some();
    let title = if is_baseline { "OpenSSF Baseline" } else { "OpenSSF Best Practices" };
    let about = About {
        title: title.to_owned(),
        publisher: "Open Source Security Foundation".to_owned(),
        licence: "CC BY 3.0 or later (texts), MIT (data)".to_owned(),
        url: file.get("_metadata").map(|about| text(about, "source_url")).unwrap_or_default(),
        ..About::default()
    };
    let mut draft = Draft::new(about);
    for (level, majors) in levels(file) {
        for (major, minors) in entries(majors) {
            for (minor, criteria) in entries(minors) {
                for (id, criterion) in entries(criteria) {
                    if !criterion.is_object() {
                        draft.warn("an entry is not a criterion; left out", id);
                        continue;
                    }
                    let level_name = if is_baseline { level.clone() } else { format!("Level {level}") };
                    let path = [level_name.as_str(), major, minor];
                    add(&mut draft, &path, (level, id), criterion, texts)?;
                }
            }
        }
    }
    draft.finish(source)
}

fn add(
    draft: &mut Draft,
    path: &[&str],
    (level, id): (&String, &String),
    criterion: &Value,
    texts: Option<&Value>,
) -> Result<(), ReadError> {
    let section = draft.section(&path.join("/"), path);
    let local = texts.and_then(Value::as_object).and_then(|languages| languages.values().next());
    let local = local.and_then(|language| language.get("criteria")?.get(level)?.get(id));
    let part = |name: &str| {
        let own = text(criterion, name);
        if own.is_empty() { local.map(|local| text(local, name)).unwrap_or_default() } else { own }
    };
    let description = plain(&part("description"));
    if description.is_empty() {
        draft.warn("the text of a criterion is not in this file; add the file of a language with --base", id);
    }
    let official = match text(criterion, "original_id") {
        official if official.is_empty() => id.clone(),
        official => official,
    };
    let title = format!("{official} {}", title_of(&description));
    let mut asked = question(Kind::Choice, &title, &description);
    append(&mut asked.guidance, &markdown(&part("details")));
    let category = text(criterion, "category");
    asked.tags = vec![category.to_lowercase()];
    asked.tags.retain(|tag| !tag.is_empty());
    let mut choices = vec![
        choice("met", "Met", Tone::Good),
        choice("unmet", "Unmet", Tone::Bad),
        choice("unknown", "?", Tone::Unknown),
    ];
    if is_true(criterion, "na_allowed") {
        choices.push(choice("na", "N/A", Tone::NotApplicable));
        if is_true(criterion, "na_justification_required") {
            asked.needs.insert("na".to_owned(), vec![Need::Detail]);
        }
    }
    if is_true(criterion, "met_url_required") {
        asked.needs.insert("met".to_owned(), vec![Need::Detail, Need::Link]);
    } else if is_true(criterion, "met_justification_required") {
        asked.needs.insert("met".to_owned(), vec![Need::Detail]);
    }
    let severity = match category.as_str() {
        "MUST" => Severity::High,
        "SHOULD" => Severity::Medium,
        _ => Severity::Low,
    };
    let rationale = [part("rationale"), part("details"), description].map(|text| markdown(&text));
    let advice = super::values::first(rationale);
    if !advice.is_empty() {
        asked.advice.insert("unmet".to_owned(), Advice { severity, text: advice });
    }
    asked.answer_set = Some(draft.answer_set("criterion", choices));
    draft.question(section, id, asked)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(text: &str) -> Value {
        serde_saphyr::from_str(text).unwrap()
    }

    #[test]
    fn a_baseline_has_its_texts_with_it() {
        let text = "_metadata: {source_url: https://baseline.example}\n\
            baseline-1: {General: {Controls: {osps_ac_01: {category: MUST,\n\
            description: Use a second factor., details: Really., original_id: OSPS-AC-01,\n\
            na_allowed: true, met_url_required: true}}}}\n";
        let file = yaml(text);
        assert!(is_openssf(&file));
        let imported = read(&file, None, text).unwrap();
        let asked = imported.questionnaire.questions().next().unwrap();
        assert_eq!(
            (asked.id.as_str(), asked.title.as_str()),
            ("osps_ac_01", "OSPS-AC-01 Use a second factor")
        );
        assert_eq!(imported.questionnaire.choices(asked).len(), 4);
        assert_eq!(asked.advice["unmet"].severity, Severity::High);
        assert_eq!(asked.needs["met"], [Need::Detail, Need::Link]);
        assert_eq!(imported.questionnaire.sections[0].title, "baseline-1 / General / Controls");
    }

    #[test]
    fn the_badge_takes_its_texts_from_the_file_of_a_language() {
        let text = "!!omap\n- '0': {Basics: {Website: {description_good: {category: SHOULD}}}}\n";
        let texts = "en: {criteria: {'0': {description_good:\n\
            {description: It <em>says</em> what it does.}}}}\n";
        let file = yaml(text);
        assert!(is_openssf(&file));
        let imported = read(&file, Some(&yaml(texts)), text).unwrap();
        let asked = imported.questionnaire.questions().next().unwrap();
        assert_eq!(
            (asked.text.as_str(), asked.tags.as_slice()),
            ("It says what it does.", &["should".to_owned()][..])
        );
        let without = read(&file, None, text).unwrap();
        assert!(without.warnings[0].cause.contains("--base"), "{:?}", without.warnings);
    }
}
