//! OWASP ASVS: the list of requirements as JSON (nested and flat, of versions 4 and 5) and as CSV
//! (<https://github.com/OWASP/ASVS>).

use std::collections::HashMap;

use serde_json::Value;

use crate::questionnaire::Kind;

use super::draft::{About, Draft, Imported, question, results};
use super::error::ReadError;
use super::html::clean_line;
use super::values::{list, text};

/// One requirement.
struct Requirement {
    chapter: (String, String),
    section: (String, String),
    id: String,
    description: String,
    levels: Vec<String>,
    /// CWE and NIST numbers.
    references: Vec<String>,
}

/// Whether a JSON value is such a list.
pub fn is_asvs(file: &Value) -> bool {
    file.get("Requirements").is_some_and(Value::is_array)
        || file.get("requirements").is_some_and(Value::is_array)
}

/// Reads the nested or the flat list.
///
/// # Errors
/// If there is no requirement.
pub fn read(file: &Value, source: &str) -> Result<Imported, ReadError> {
    let flat = list(file, "requirements");
    let requirements =
        if flat.is_empty() { nested(file) } else { flat.iter().map(flat_requirement).collect() };
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    let about = About {
        title: or(text(file, "Name"), "Application Security Verification Standard"),
        id: or(text(file, "ShortName").to_lowercase(), "asvs"),
        version: text(file, "Version"),
        description: text(file, "Description"),
        ..published()
    };
    convert(about, requirements, source)
}

/// Whether these are the headings of the list as CSV.
pub fn has_headings(headings: &[String]) -> bool {
    ["chapter_id", "section_id", "req_id", "req_description"]
        .iter()
        .all(|wanted| headings.iter().any(|heading| heading.trim() == *wanted))
}

/// Reads the list as CSV: the first row has the headings.
///
/// # Errors
/// If there is no requirement.
pub fn read_rows(rows: &[Vec<String>]) -> Result<Imported, ReadError> {
    let Some((headings, rows)) = rows.split_first() else {
        return Err(ReadError::refused("the file is empty", ""));
    };
    let objects = rows.iter().map(|row| {
        let cells = headings.iter().zip(row);
        Value::Object(cells.map(|(name, cell)| (name.trim().to_owned(), Value::from(cell.clone()))).collect())
    });
    let requirements = objects.filter(|row| !text(row, "req_id").is_empty());
    let requirements = requirements.map(|row| flat_requirement(&row)).collect();
    let title = "Application Security Verification Standard".to_owned();
    convert(About { title, id: "asvs".to_owned(), ..published() }, requirements, "")
}

fn published() -> About {
    About {
        publisher: "OWASP Foundation".to_owned(),
        licence: "CC BY-SA 4.0".to_owned(),
        url: "https://owasp.org/www-project-application-security-verification-standard/".to_owned(),
        ..About::default()
    }
}

fn nested(file: &Value) -> Vec<Requirement> {
    let named = |value: &Value| (text(value, "Shortcode"), text(value, "Name"));
    let mut found = Vec::new();
    for chapter in list(file, "Requirements") {
        for section in list(chapter, "Items") {
            for item in list(section, "Items") {
                found.push(Requirement {
                    chapter: named(chapter),
                    section: named(section),
                    id: text(item, "Shortcode"),
                    description: text(item, "Description"),
                    levels: levels(item),
                    references: references(item),
                });
            }
        }
    }
    found
}

fn flat_requirement(row: &Value) -> Requirement {
    Requirement {
        chapter: (text(row, "chapter_id"), text(row, "chapter_name")),
        section: (text(row, "section_id"), text(row, "section_name")),
        id: text(row, "req_id"),
        description: text(row, "req_description"),
        levels: levels(row),
        references: references(row),
    }
}

/// The levels that ask for a requirement: the lowest one (version 5), or a mark for each (version 4).
fn levels(row: &Value) -> Vec<String> {
    let lowest = text(row, "L").parse::<u8>().ok().filter(|level| (1..=3).contains(level));
    let marks = (1..=3).filter(|level| {
        let nested = row.get(format!("L{level}")).and_then(|mark| mark.get("Required"));
        nested == Some(&Value::Bool(true)) || !text(row, &format!("level{level}")).is_empty()
    });
    let levels: Vec<u8> = lowest.map_or_else(|| marks.collect(), |lowest| vec![lowest]);
    levels.into_iter().map(|level| format!("level-{level}")).collect()
}

fn references(row: &Value) -> Vec<String> {
    let all = [("CWE", "cwe"), ("cwe", "cwe"), ("NIST", "nist"), ("nist", "nist")];
    let of = |(field, tag): (&str, &str)| {
        let numbers = match row.get(field) {
            Some(Value::Array(numbers)) => numbers.iter().map(|n| super::values::scalar(Some(n))).collect(),
            other => vec![super::values::scalar(other)],
        };
        let numbers = numbers.into_iter().filter(|number| !number.is_empty());
        numbers.map(|number| format!("{tag}-{}", super::ids::slug(&number))).collect::<Vec<_>>()
    };
    all.into_iter().flat_map(of).collect()
}

fn convert(about: About, requirements: Vec<Requirement>, source: &str) -> Result<Imported, ReadError> {
    let mut draft = Draft::new(about);
    let set = draft.answer_set("result", results());
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for requirement in requirements {
        if requirement.description.trim_start().to_uppercase().starts_with("[DELETED") {
            draft.warn("a deleted requirement; left out", &requirement.id);
            continue;
        }
        let named = |(id, name): &(String, String)| clean_line(&format!("{id} {name}"));
        let titles = [named(&requirement.chapter), named(&requirement.section)];
        let section = draft.section(&titles.concat(), &[&titles[0], &titles[1]]);
        *numbers.entry(requirement.section.0.clone()).or_default() += 1;
        let title = format!("{} {}", requirement.id, requirement.section.1);
        let mut asked = question(Kind::Choice, &title, &requirement.description);
        asked.answer_set = Some(set.clone());
        asked.tags = requirement.levels;
        asked.tags.extend(requirement.references);
        draft.question(section, &requirement.id, asked)?;
    }
    draft.finish(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NESTED: &str = r#"{"Name": "Verification Standard", "ShortName": "ASVS", "Version": "5.0.0",
        "Requirements": [{"Shortcode": "V1", "Name": "Encoding", "Items": [
            {"Shortcode": "V1.1", "Name": "Architecture", "Items": [
                {"Shortcode": "V1.1.1", "Description": "Verify one thing.", "L": "2"},
                {"Shortcode": "V1.1.2", "Description": "[DELETED, MERGED TO 1.1.1]", "L": ""}]},
            {"Shortcode": "V1.2", "Name": "Injection", "Items": [
                {"Shortcode": "V1.2.1", "Description": "Verify another.", "L1": {"Required": false},
                 "L2": {"Required": true, "Requirement": "x"}, "L3": {"Required": true}, "CWE": [79]}]}]}]}"#;

    fn shown(imported: &Imported) -> Vec<(String, String, Vec<String>)> {
        let questions = imported.questionnaire.questions();
        questions.map(|q| (q.id.clone(), q.title.clone(), q.tags.clone())).collect()
    }

    #[test]
    fn requirements_have_their_numbers_and_levels_and_deleted_ones_are_left_out() {
        let imported = read(&serde_json::from_str(NESTED).unwrap(), NESTED).unwrap();
        let tags = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            shown(&imported),
            [
                ("v1-1-1".into(), "V1.1.1 Architecture".into(), tags(&["level-2"])),
                ("v1-2-1".into(), "V1.2.1 Injection".into(), tags(&["level-2", "level-3", "cwe-79"])),
            ]
        );
        assert_eq!(imported.questionnaire.sections[1].title, "V1 Encoding / V1.2 Injection");
        assert_eq!(imported.warnings[0].line(), "a deleted requirement; left out: V1.1.2 (line 5)");
        assert_eq!(imported.questionnaire.source.unwrap().licence, "CC BY-SA 4.0");
    }

    #[test]
    fn the_flat_list_and_the_table_are_the_same_questions() {
        let flat = r#"{"requirements": [{"chapter_id": "V1", "chapter_name": "Encoding", "section_id": "V1.1",
            "section_name": "Architecture", "req_id": "V1.1.1",
            "req_description": "Verify one thing.", "L": "2"}]}"#;
        let rows = [
            ["chapter_id", "chapter_name", "section_id", "section_name", "req_id", "req_description", "L"],
            ["V1", "Encoding", "V1.1", "Architecture", "V1.1.1", "Verify one thing.", "2"],
            ["", "", "", "", "", "", ""],
        ]
        .map(|row| row.map(str::to_owned).to_vec());
        assert!(has_headings(&rows[0]));
        let file: Value = serde_json::from_str(flat).unwrap();
        assert!(is_asvs(&file));
        assert_eq!(shown(&read(&file, flat).unwrap()), shown(&read_rows(&rows).unwrap()));
    }
}
