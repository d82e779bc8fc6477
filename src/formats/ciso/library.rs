//! A framework: its nodes become sections and questions.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::formats::conditions::Truth;
use crate::formats::draft::{About, Draft, Imported, append, choice, park, question, results, title_of};
use crate::formats::error::ReadError;
use crate::formats::html::{clean_line, markdown, plain};
use crate::formats::ids::slug;
use crate::formats::tones::tone_of;
use crate::formats::values::{entries, first, is_true, list, text, texts};
use crate::questionnaire::{Kind, Question};

use super::choices::choices;

/// How many containers can be on the path to a question.
const MAX_DEPTH: usize = 64;

/// Whether a YAML value is a library.
pub fn is_library(file: &Value) -> bool {
    file.get("urn").is_some() && file.get("objects").is_some()
}

/// Reads the framework of a library in one of its languages; where a text is not translated, the original
/// is used.
///
/// # Errors
/// If it has no framework, or a framework without questions, or not the language.
pub fn read(file: &Value, language: Option<&str>, source: &str) -> Result<Imported, ReadError> {
    let objects = file.get("objects").unwrap_or(&Value::Null);
    let mut frameworks: Vec<&Value> = list(objects, "frameworks").iter().collect();
    frameworks.extend(objects.get("framework").filter(|framework| framework.is_object()));
    if frameworks.is_empty() {
        let names: Vec<&str> = entries(objects).into_iter().map(|(name, _)| name.as_str()).collect();
        let message = format!("the library has no framework; it contains {}", clean_line(&names.join(", ")));
        return Err(ReadError::refused(message, "Only libraries with a framework have questions."));
    }
    let nodes: Vec<&Value> =
        frameworks.iter().flat_map(|framework| list(framework, "requirement_nodes")).collect();
    let locale = text(file, "locale");
    let language = language.filter(|language| *language != locale);
    let words = Words { language };
    words.check(file, &nodes, &locale)?;
    let about = About {
        title: first([words.of(frameworks[0], "name"), words.of(file, "name"), text(file, "ref_id")]),
        id: first([text(frameworks[0], "ref_id"), text(file, "ref_id")]),
        version: text(file, "version"),
        description: description(file, &frameworks, &words),
        publisher: first([text(file, "provider"), text(file, "packager")]),
        licence: text(file, "copyright"),
        url: String::new(),
    };
    let mut reader =
        Reader { draft: Draft::new(about), words, nodes: Nodes::new(&nodes), groups: HashMap::new() };
    reader.whole_framework(&frameworks);
    reader.gather_groups(&nodes);
    let mut questions = HashMap::new();
    for node in &nodes {
        if is_true(node, "assessable") {
            reader.node(node, &mut questions)?;
        }
    }
    reader.notes(&nodes);
    reader.draft.finish(source)
}

/// The texts in the language that was asked for.
struct Words<'l> {
    language: Option<&'l str>,
}

impl Words<'_> {
    /// A text of a node in the language; the original if it is not translated.
    fn of(&self, node: &Value, name: &str) -> String {
        let translated = self.language.and_then(|language| node.get("translations")?.get(language));
        let translated = translated.map(|texts| text(texts, name)).filter(|text| !text.is_empty());
        translated.unwrap_or_else(|| text(node, name))
    }

    /// Whether anything is in the language.
    fn check(&self, file: &Value, nodes: &[&Value], locale: &str) -> Result<(), ReadError> {
        let Some(language) = self.language else { return Ok(()) };
        let mut known: Vec<&str> = vec![locale];
        for node in nodes.iter().copied().chain([file]) {
            for (name, _) in node.get("translations").map(entries).unwrap_or_default() {
                if !known.contains(&name.as_str()) {
                    known.push(name);
                }
            }
        }
        if known.contains(&language) {
            return Ok(());
        }
        let hint = format!("It has {}.", known.join(", "));
        Err(ReadError::refused(format!("the library is not translated into \"{language}\""), hint))
    }
}

fn description(file: &Value, frameworks: &[&Value], words: &Words<'_>) -> String {
    let mut description = String::new();
    append(&mut description, &first([words.of(frameworks[0], "description"), words.of(file, "description")]));
    for framework in frameworks {
        for score in list(framework, "scores_definition") {
            let (number, name) = (text(score, "score"), words.of(score, "name"));
            append(&mut description, &format!("Score {number}: {name}. {}", words.of(score, "description")));
        }
    }
    description
}

/// The nodes by URN, in lower case as they are compared.
struct Nodes<'v> {
    by_urn: HashMap<String, &'v Value>,
    parents: HashSet<String>,
}

impl<'v> Nodes<'v> {
    fn new(nodes: &[&'v Value]) -> Self {
        let urn = |node: &Value, name: &str| text(node, name).to_lowercase();
        Self {
            by_urn: nodes.iter().map(|node| (urn(node, "urn"), *node)).collect(),
            parents: nodes.iter().map(|node| urn(node, "parent_urn")).collect(),
        }
    }

    /// The containers around a node, the outermost first; those that are asked themselves contain nothing.
    fn path(&self, node: &Value) -> Vec<&'v Value> {
        let mut path = Vec::new();
        let mut at = self.by_urn.get(&text(node, "parent_urn").to_lowercase());
        while let Some(parent) = at.filter(|_| path.len() < MAX_DEPTH) {
            path.push(*parent);
            at = self.by_urn.get(&text(parent, "parent_urn").to_lowercase());
        }
        path.retain(|node| !is_true(node, "assessable"));
        path.reverse();
        path
    }

    fn is_leaf(&self, node: &Value) -> bool {
        !self.parents.contains(&text(node, "urn").to_lowercase())
    }
}

struct Reader<'v, 'l> {
    draft: Draft,
    words: Words<'l>,
    nodes: Nodes<'v>,
    /// The answers that select a group: choices by question URN.
    groups: HashMap<String, Vec<(String, String)>>,
}

impl<'v> Reader<'v, '_> {
    fn whole_framework(&mut self, frameworks: &[&Value]) {
        for framework in frameworks {
            let groups = list(framework, "implementation_groups_definition");
            let names: Vec<String> = groups.iter().map(|group| text(group, "ref_id")).collect();
            if !names.is_empty() {
                let cause = "the framework has groups; --group imports one of them, this is all of it";
                names.iter().for_each(|name| self.draft.warn(cause, name));
            }
        }
    }

    /// Notes which choices select which groups.
    fn gather_groups(&mut self, nodes: &[&Value]) {
        for node in nodes {
            for (urn, asked) in node.get("questions").map(entries).unwrap_or_default() {
                for entry in list(asked, "choices") {
                    for group in texts(entry, "select_implementation_groups") {
                        self.groups.entry(group).or_default().push((urn.clone(), text(entry, "urn")));
                    }
                }
            }
        }
    }

    /// The section of a node: that of the nearest container that is not asked itself.
    fn section(&mut self, node: &Value) -> usize {
        let path = self.nodes.path(node);
        let titles: Vec<String> = path.iter().map(|node| self.title(node)).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let key = path.last().map(|node| text(node, "urn").to_lowercase()).unwrap_or_default();
        let is_new = self.draft.section_with_key(&key).is_none();
        let section = self.draft.section(&key, &titles);
        if let Some(container) = path.last().filter(|_| is_new) {
            if !text(container, "name").is_empty() {
                self.draft.describe(section, &markdown(&self.words.of(container, "description")));
            }
            self.draft.describe(section, &markdown(&self.words.of(container, "annotation")));
        }
        section
    }

    /// The number and the name of a node.
    fn title(&self, node: &Value) -> String {
        let (number, name) = (text(node, "ref_id"), plain(&self.words.of(node, "name")));
        let rest = name.strip_prefix(number.as_str()).filter(|_| !number.is_empty());
        let is_numbered = rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        let title = clean_line(&if is_numbered { name } else { format!("{number} {name}") });
        if !title.is_empty() {
            return title;
        }
        title_of(&plain(&self.words.of(node, "description")))
    }

    fn node(&mut self, node: &'v Value, known: &mut HashMap<String, Asked>) -> Result<(), ReadError> {
        let section = self.section(node);
        let number = text(node, "ref_id");
        let urn = text(node, "urn");
        let last = urn.rsplit(':').next().unwrap_or_default().to_owned();
        let name = first([number.clone(), last]);
        let questions = node.get("questions").map(entries).unwrap_or_default();
        let description = plain(&self.words.of(node, "description"));
        let title = first([self.title(node), name.clone()]);
        if questions.is_empty() {
            let mut asked = question(Kind::Choice, &title, &first([description, title.clone()]));
            asked.answer_set = Some(self.draft.answer_set("result", results()));
            self.decorate(node, &mut asked);
            asked.enable_when = self.gate(node, known, true).condition();
            self.draft.question(section, &name, asked)?;
            return Ok(());
        }
        for (index, (urn, entry)) in questions.iter().enumerate() {
            let id = if questions.len() == 1 { name.clone() } else { format!("{name}-{}", index + 1) };
            let text_of = first([plain(&self.words.of(entry, "text")), description.clone(), title.clone()]);
            let is_titled = !text(node, "name").is_empty() || !number.is_empty();
            let title = if is_titled { title.clone() } else { title_of(&text_of) };
            let mut asked = question(kind(entry), &title, &text_of);
            if !description.is_empty() && description != text_of {
                append(&mut asked.guidance, &markdown(&self.words.of(node, "description")));
            }
            append(&mut asked.guidance, &markdown(&self.words.of(entry, "annotation")));
            self.decorate(node, &mut asked);
            self.entry(section, &id, (urn, entry), asked, node, known)?;
        }
        Ok(())
    }

    /// One of the questions of a node.
    fn entry(
        &mut self,
        section: usize,
        name: &str,
        (urn, entry): (&str, &Value),
        mut asked: Question,
        node: &Value,
        known: &mut HashMap<String, Asked>,
    ) -> Result<(), ReadError> {
        let words = &self.words;
        let mut offered = choices(entry, &|node, name| words.of(node, name));
        if asked.kind.has_choices() {
            if offered.is_empty() {
                let yes_no = ["Yes", "No"]
                    .map(|label| (String::new(), choice(&label.to_lowercase(), label, tone_of(label))));
                offered.extend(yes_no);
            }
            let list = offered.iter().map(|(_, choice)| choice.clone()).collect();
            asked.answer_set = Some(self.draft.answer_set(&format!("{name}-choices"), list));
        }
        for choice in list(entry, "choices") {
            let label = clean_line(&self.words.of(choice, "value"));
            park(&mut asked, &format!("score of \"{label}\""), &text(choice, "add_score"));
            let description = self.words.of(choice, "description");
            if !description.is_empty() {
                append(&mut asked.guidance, &format!("**{label}**: {}", markdown(&description)));
            }
        }
        park(&mut asked, "weight", &text(entry, "weight"));
        let depends = entry.get("depends_on").filter(|depends| depends.is_object());
        let mut truth = self.gate(node, known, depends.is_none());
        if let Some(depends) = depends {
            match depends_on(depends, known) {
                Some(condition) => truth = truth.and(condition),
                None => self.draft.warn("a condition refers to what does not exist; dropped", urn),
            }
        }
        asked.enable_when = truth.condition();
        let id = self.draft.question(section, name, asked)?;
        let choices = offered.into_iter().map(|(urn, choice)| (urn, choice.id)).collect();
        known.insert(urn.to_lowercase(), Asked { id, choices });
        Ok(())
    }

    /// If answers select all groups of a node, it is asked once one of them is given.
    fn gate(&mut self, node: &Value, known: &HashMap<String, Asked>, is_only: bool) -> Truth {
        let groups = texts(node, "implementation_groups");
        if groups.is_empty() || !groups.iter().all(|group| self.groups.contains_key(group)) {
            return Truth::Always;
        }
        let selecting = groups.iter().flat_map(|group| &self.groups[group]);
        let mut when = Truth::Never;
        for (question, choice) in selecting {
            let Some(asked) = known.get(&question.to_lowercase()) else { continue };
            if let Some((_, id)) = asked.choices.iter().find(|(urn, _)| urn == choice) {
                when = when.or(Truth::is(&asked.id, vec![id.clone()]));
            }
        }
        // A node that comes before the questions that select it is always asked.
        if when == Truth::Never {
            return Truth::Always;
        }
        self.draft.gated.0 += 1;
        self.draft.gated.1 += usize::from(is_only);
        when
    }

    /// Takes over what a node says besides its text.
    fn decorate(&mut self, node: &Value, asked: &mut Question) {
        append(&mut asked.guidance, &markdown(&self.words.of(node, "annotation")));
        let evidence = self.words.of(node, "typical_evidence");
        if !evidence.trim().is_empty() {
            append(&mut asked.guidance, &format!("**Evidence**\n\n{}", markdown(&evidence)));
        }
        let last = |urn: String| slug(urn.rsplit(':').next().unwrap_or_default());
        asked.tags = vec![clean_line(&text(node, "ref_id"))];
        asked
            .tags
            .extend(texts(node, "implementation_groups").iter().map(|group| format!("ig-{}", slug(group))));
        asked.tags.extend(texts(node, "reference_controls").into_iter().map(last));
        asked.tags.extend(texts(node, "threats").into_iter().map(last));
        asked.tags.retain(|tag| !tag.is_empty());
        asked.source_id = first([text(node, "ref_id"), text(node, "urn")]);
        asked.weight = text(node, "weight").parse().unwrap_or(1).max(1);
    }

    /// What is neither asked nor contains anything is a note about its section.
    fn notes(&mut self, nodes: &[&Value]) {
        for node in nodes {
            if is_true(node, "assessable") || !self.nodes.is_leaf(node) {
                continue;
            }
            let key = text(node, "parent_urn").to_lowercase();
            let heading = clean_line(&format!("{} {}", text(node, "ref_id"), self.words.of(node, "name")));
            let mut note = plain(&heading);
            append(&mut note, &markdown(&self.words.of(node, "description")));
            match self.draft.section_with_key(&key) {
                Some(section) => self.draft.describe(section, &note),
                None => self.draft.warn("a note has no section to go with; left out", &text(node, "urn")),
            }
        }
    }
}

/// A question that conditions can refer to: its id, and the ids of its choices by URN.
struct Asked {
    id: String,
    choices: Vec<(String, String)>,
}

fn kind(question: &Value) -> Kind {
    match text(question, "type").as_str() {
        "unique_choice" | "single_choice" | "boolean" => Kind::Choice,
        "multiple_choice" => Kind::MultiChoice,
        "number" => Kind::Number,
        "date" => Kind::Date,
        _ => Kind::Text,
    }
}

/// `{question, answers, condition: any | all}`; `None` if the question or a choice does not exist.
fn depends_on(depends: &Value, known: &HashMap<String, Asked>) -> Option<Truth> {
    let asked = known.get(&text(depends, "question").to_lowercase())?;
    let id = |urn: &String| asked.choices.iter().find(|(known, _)| known == urn).map(|(_, id)| id.clone());
    let ids: Option<Vec<String>> = texts(depends, "answers").iter().map(id).collect();
    let ids = ids.filter(|ids| !ids.is_empty())?;
    Some(if text(depends, "condition") == "all" {
        ids.into_iter().fold(Truth::Always, |all, id| all.and(Truth::is(&asked.id, vec![id])))
    } else {
        Truth::is(&asked.id, ids)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::Tone;

    const LIBRARY: &str = "\
urn: urn:a:risk:library:x
locale: en
ref_id: X-1
name: Framework X
copyright: CC0
version: 2026-01-01
provider: Somebody
translations:
  fr: {name: Cadre X}
objects:
  framework:
    ref_id: X
    name: Framework X
    implementation_groups_definition:
      - {ref_id: base, name: Base}
      - {ref_id: more, name: More}
    requirement_nodes:
      - {urn: 'urn:A', assessable: false, ref_id: A, name: Access, description: About access.}
      - {urn: 'urn:a:1', parent_urn: 'urn:a', assessable: true, ref_id: A.1,
         description: Accounts are unique.,
         translations: {fr: {description: Les comptes sont uniques.}}, implementation_groups: [base],
         annotation: Look at the list.}
      - urn: urn:a:2
        parent_urn: urn:a
        assessable: true
        name: Factors
        questions:
          urn:q:2: {type: unique_choice, text: 'A second factor?', choices: [
            {urn: 'urn:c:y', value: 'Yes', select_implementation_groups: [more]},
            {urn: 'urn:c:n', value: Never, compute_result: non_compliant, add_score: 3}]}
          urn:q:1: {type: date, text: 'Since when?',
            depends_on: {question: 'urn:q:2', answers: ['urn:c:y'], condition: any}}
      - {urn: 'urn:a:3', parent_urn: 'urn:a', assessable: true, implementation_groups: [more]}
      - {urn: 'urn:a:4', parent_urn: 'urn:a', assessable: false, description: Only a note.}
";

    fn read_it(language: Option<&str>) -> Imported {
        read(&serde_saphyr::from_str(LIBRARY).unwrap(), language, LIBRARY).unwrap()
    }

    #[test]
    fn nodes_become_questions_with_their_numbers_in_the_order_of_the_file() {
        let imported = read_it(None);
        let shown: Vec<(&str, &str, &str)> = imported
            .questionnaire
            .questions()
            .map(|q| (q.id.as_str(), q.title.as_str(), q.text.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("a-1", "A.1", "Accounts are unique."),
                ("2-1", "Factors", "A second factor?"),
                ("2-2", "Factors", "Since when?"),
                ("3", "3", "3"),
            ]
        );
        let section = &imported.questionnaire.sections[0];
        assert_eq!((section.title.as_str(), imported.questionnaire.sections.len()), ("A Access", 1));
        assert_eq!(section.description, "About access.\n\nOnly a note.");
        assert_eq!(section.questions[0].tags, ["A.1", "ig-base"]);
        assert_eq!(imported.questionnaire.version, "2026-01-01");
    }

    #[test]
    fn results_scores_dependencies_and_groups_that_answers_select_are_taken_over() {
        let imported = read_it(None);
        let questionnaire = &imported.questionnaire;
        let questions: Vec<&Question> = questionnaire.questions().collect();
        let tones: Vec<Tone> = questionnaire.choices(questions[1]).iter().map(|choice| choice.tone).collect();
        assert_eq!(tones, [Tone::Good, Tone::Bad]);
        assert!(questions[1].guidance.contains("- score of \"Never\": 3"), "{}", questions[1].guidance);
        let condition = |q: &Question| serde_json::to_string(&q.enable_when).unwrap();
        assert_eq!(condition(questions[2]), r#"{"question":"2-1","in":["yes"]}"#);
        assert_eq!(condition(questions[3]), r#"{"question":"2-1","in":["yes"]}"#);
        assert_eq!(condition(questions[0]), "null", "no answer selects its group");
        assert_eq!(questionnaire.choices(questions[0]).len(), 4);
    }

    #[test]
    fn a_language_is_chosen_and_falls_back_to_the_original() {
        let questionnaire = read_it(Some("fr")).questionnaire;
        let texts: Vec<&str> = questionnaire.questions().map(|q| q.text.as_str()).collect();
        assert_eq!(texts[..2], ["Les comptes sont uniques.", "A second factor?"]);
        let error = read(&serde_saphyr::from_str(LIBRARY).unwrap(), Some("xx"), LIBRARY).unwrap_err();
        assert_eq!(error.hint, "It has en, fr.");
    }

    #[test]
    fn a_library_without_a_framework_says_what_it_has() {
        let file = serde_json::json!({"urn": "x", "objects": {"risk_matrix": []}});
        assert!(read(&file, None, "").unwrap_err().message.contains("it contains risk_matrix"));
    }
}
