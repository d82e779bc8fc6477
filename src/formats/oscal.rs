//! OSCAL catalogs (<https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/catalog/json-reference/>).

mod parameters;

use serde_json::Value;

use crate::questionnaire::{Kind, Question};

use super::draft::{About, Draft, Imported, append, question, results};
use super::error::ReadError;
use super::html::{clean, clean_line};
use super::values::{list, text};
use parameters::Parameters;

/// How deep groups and controls can be nested.
const MAX_DEPTH: usize = 64;

/// Whether a JSON value is a catalog, or a profile, which is refused with an explanation.
pub fn is_oscal(file: &Value) -> bool {
    file.get("catalog").is_some() || file.get("profile").is_some()
}

/// Reads a catalog.
///
/// # Errors
/// If it is a profile, or has no controls.
pub fn read(file: &Value, source: &str) -> Result<Imported, ReadError> {
    let Some(catalog) = file.get("catalog") else {
        return Err(ReadError::refused(
            "an OSCAL profile names controls, but does not contain them",
            "Resolve it into a catalog first, for example with `trestle author profile-resolve`.",
        ));
    };
    let metadata = catalog.get("metadata").unwrap_or(&Value::Null);
    let publisher =
        list(metadata, "parties").iter().map(|party| text(party, "name")).find(|name| !name.is_empty());
    let about = About {
        title: text(metadata, "title"),
        version: text(metadata, "version"),
        description: text(metadata, "remarks"),
        publisher: publisher.unwrap_or_default(),
        licence: property(metadata, "license").or_else(|| property(metadata, "rights")).unwrap_or_default(),
        ..About::default()
    };
    let mut draft = Draft::new(about);
    let set = draft.answer_set("result", results());
    let mut counts = Headings::default();
    counts.count(catalog, 0)?;
    let mut reader =
        Reader { draft, set, headings_are_sections: counts.are_sections(), parameters: Parameters::new() };
    reader.parameters.add(catalog);
    reader.group(catalog, &[])?;
    reader.draft.finish(source)
}

/// Controls whose children are not enhancements of them: they are headings.
#[derive(Default)]
struct Headings {
    headings: usize,
    children: usize,
}

impl Headings {
    fn count(&mut self, node: &Value, depth: usize) -> Result<(), ReadError> {
        if depth > MAX_DEPTH {
            return Err(ReadError::refused(format!("controls are nested more than {MAX_DEPTH} deep"), ""));
        }
        for group in list(node, "groups") {
            self.count(group, depth + 1)?;
        }
        for control in list(node, "controls") {
            if is_heading(control) {
                self.headings += 1;
                self.children += list(control, "controls").len();
            }
            self.count(control, depth + 1)?;
        }
        Ok(())
    }

    /// Whether headings have enough children, on average, to be sections.
    fn are_sections(&self) -> bool {
        self.headings > 0 && self.children >= 3 * self.headings
    }
}

fn is_heading(control: &Value) -> bool {
    let class = text(control, "class");
    let is_enhancement = |child: &Value| {
        let of = text(child, "class");
        of == class || of.ends_with("-enhancement")
    };
    let children = list(control, "controls");
    !children.is_empty() && !children.iter().any(is_enhancement)
}

struct Reader {
    draft: Draft,
    set: String,
    headings_are_sections: bool,
    parameters: Parameters,
}

impl Reader {
    fn group(&mut self, node: &Value, titles: &[String]) -> Result<(), ReadError> {
        for group in list(node, "groups") {
            let titles = [titles, &[title(group)]].concat();
            self.group(group, &titles)?;
        }
        for control in list(node, "controls") {
            self.control(control, titles, None)?;
        }
        Ok(())
    }

    fn control(
        &mut self,
        control: &Value,
        titles: &[String],
        above: Option<&Value>,
    ) -> Result<(), ReadError> {
        let id = text(control, "id");
        if property(control, "status").is_some_and(|status| status.eq_ignore_ascii_case("withdrawn")) {
            self.draft.warn("a withdrawn control; left out", &id);
        } else if is_heading(control) {
            let inner = [titles, &[title(control)]].concat();
            let titles = if self.headings_are_sections { &inner[..] } else { titles };
            for child in list(control, "controls") {
                self.control(child, titles, (!self.headings_are_sections).then_some(control))?;
            }
            return Ok(());
        } else {
            let asked = self.asked(control, above);
            let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
            let section = self.draft.section(&titles.join("\n"), &titles);
            self.draft.question(section, &id, asked)?;
        }
        for child in list(control, "controls") {
            self.control(child, titles, None)?;
        }
        Ok(())
    }

    /// The question about a control; `above` is the heading that it has no section for.
    fn asked(&mut self, control: &Value, above: Option<&Value>) -> Question {
        let mut statement = String::new();
        let mut guidance = String::new();
        if let Some(above) = above {
            append(&mut guidance, &title(above));
        }
        for part in list(control, "parts") {
            match text(part, "name").as_str() {
                "statement" => self.prose(part, 0, &mut statement),
                "guidance" | "overview" | "example" => {
                    let mut text_of_part = String::new();
                    self.prose(part, 0, &mut text_of_part);
                    let heading = text(part, "title");
                    if !heading.is_empty() && !text_of_part.trim().is_empty() {
                        append(&mut guidance, &format!("**{}**", clean_line(&heading)));
                    }
                    append(&mut guidance, &clean(&text_of_part));
                }
                "assessment-objective" | "assessment-method" | "objective" => {}
                other => {
                    let cause =
                        format!("a part `{}` of a control has no counterpart; left out", clean_line(other));
                    self.draft.warn(&cause, &text(control, "id"));
                }
            }
        }
        let title = title(control);
        let mut statement = clean(&statement);
        if statement.is_empty() {
            statement.clone_from(&title);
        }
        // The text of a question is one line, so a statement of several is also in the guidance, as it is.
        if statement.contains('\n') {
            guidance = format!("{statement}\n\n{guidance}");
        }
        let mut asked = question(Kind::Choice, &title, &statement);
        asked.guidance = guidance;
        asked.answer_set = Some(self.set.clone());
        let level = property(control, "implementation-level").unwrap_or_default();
        asked.tags = vec![text(control, "class"), level];
        asked.tags.retain(|tag| !tag.is_empty());
        asked
    }

    /// The text of a part and of the items in it, as an indented list.
    fn prose(&mut self, part: &Value, depth: usize, out: &mut String) {
        let prose = self.parameters.inserted(text(part, "prose").trim(), &mut self.draft.warnings);
        if !prose.is_empty() || depth > 0 {
            if !out.is_empty() {
                out.push('\n');
            }
            let label = property(part, "label").map(|label| format!("{label} ")).unwrap_or_default();
            let mark = if depth > 0 { format!("{}- {label}", "  ".repeat(depth - 1)) } else { String::new() };
            out.push_str(&format!("{mark}{prose}"));
        }
        let inner = list(part, "parts").iter().filter(|inner| {
            !matches!(
                text(inner, "name").as_str(),
                "objective" | "assessment-objective" | "assessment-method"
            )
        });
        for item in inner.filter(|_| depth < MAX_DEPTH) {
            self.prose(item, depth + 1, out);
        }
    }
}

/// A title with its label, such as "AC-2(1) Automated account management".
fn title(node: &Value) -> String {
    let label = property(node, "label").unwrap_or_default();
    clean_line(&format!("{label} {}", text(node, "title")))
}

/// The value of the first property with this name; the label that is meant for readers comes first.
fn property(node: &Value, name: &str) -> Option<String> {
    let all = list(node, "props").iter().filter(|property| text(property, "name") == name);
    let values: Vec<(String, String)> = all.map(|p| (text(p, "class"), text(p, "value"))).collect();
    let plain = values.iter().find(|(class, _)| class.is_empty() || class == "sp800-53");
    plain.or(values.first()).map(|(_, value)| clean_line(value)).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CATALOG: &str = r#"{"catalog": {"metadata": {"title": "Controls", "version": "2"},
      "groups": [{"id": "ac", "title": "Access", "controls": [
        {"id": "ac-2", "class": "SP800-53", "title": "Accounts",
         "props": [{"name": "label", "value": "AC-2"}],
         "params": [{"id": "p1", "label": "a period"}, {"id": "p2", "select": {"how-many": "one-or-more",
            "choice": ["daily", "after {{ insert: param, p1 }}"]}}],
         "parts": [{"name": "statement", "prose": "Do this:", "parts": [
            {"name": "item", "props": [{"name": "label", "value": "a."}],
             "prose": "review {{ insert: param, p2 }};"}]},
            {"name": "guidance", "prose": "Think of {{ insert: param, nothing }}."},
            {"name": "assessment-objective", "prose": "Never shown."}],
         "controls": [{"id": "ac-2.1", "class": "SP800-53-enhancement", "title": "Automatic"},
            {"id": "ac-2.2", "class": "SP800-53-enhancement", "title": "Gone",
             "props": [{"name": "status", "value": "Withdrawn"}]}]}]},
       {"id": "gv", "title": "Govern", "controls": [{"id": "gv.oc", "class": "category", "title": "Context",
         "controls": [{"id": "gv.oc-1", "class": "sub", "title": "One"},
            {"id": "gv.oc-2", "class": "sub", "title": "Two"},
            {"id": "gv.oc-3", "class": "sub", "title": "Three"}]}]}]}}"#;

    #[test]
    fn controls_and_enhancements_are_asked_and_headings_are_sections() {
        let imported = read(&serde_json::from_str(CATALOG).unwrap(), CATALOG).unwrap();
        let ids: Vec<&str> = imported.questionnaire.questions().map(|q| q.id.as_str()).collect();
        assert_eq!(ids, ["ac-2", "ac-2-1", "gv-oc-1", "gv-oc-2", "gv-oc-3"]);
        let titles: Vec<&str> = imported.questionnaire.sections.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(titles, ["Access", "Govern / Context"]);
        let asked = imported.questionnaire.questions().next().unwrap();
        assert_eq!(asked.title, "AC-2 Accounts");
        assert_eq!(
            asked.text,
            "Do this: - a. review one or more of: daily; after [organization-defined a period];"
        );
        assert!(asked.guidance.contains("Think of {{ insert: param, nothing }}."), "{}", asked.guidance);
        assert!(!asked.guidance.contains("Never shown"));
        let warnings: Vec<String> = imported.warnings.iter().map(|warning| warning.line()).collect();
        assert!(warnings.iter().any(|line| line.starts_with("a withdrawn control; left out: ac-2.2")));
        assert!(warnings.iter().any(|line| line.contains("nothing")), "{warnings:?}");
    }

    #[test]
    fn a_profile_is_refused_with_what_to_do() {
        let error = read(&serde_json::json!({"profile": {}}), "").unwrap_err();
        assert!(error.hint.contains("Resolve it"), "{error:?}");
    }
}
