//! The rows of a form become sections and questions.

use std::collections::HashMap;

use crate::formats::conditions::Truth;
use crate::formats::draft::{About, Draft, Imported, append, choice, park, question, title_of};
use crate::formats::error::ReadError;
use crate::formats::html::{clean, clean_line};
use crate::formats::ids::Ids;
use crate::formats::sheet::Sheet;
use crate::questionnaire::{Choice, Kind, Limit, Question, Tone};

use super::columns::{Rows, is_language, rows};
use super::kinds::{RowKind, kind};
use super::relevant::{Known, Unsupported, convert};

type Fields = HashMap<String, String>;

/// Reads the sheets of a form in one of its languages.
///
/// # Errors
/// If it has no question, or not the language.
pub fn read(sheets: &[Sheet], language: Option<&str>) -> Result<Imported, ReadError> {
    let sheet = |name: &str| sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(name));
    let settings =
        rows(sheet("settings"), "").rows.into_iter().next().map(|(_, row)| row).unwrap_or_default();
    let default = settings.get("default_language").cloned().unwrap_or_default();
    let wanted = language.unwrap_or(&default);
    let survey = rows(sheet("survey"), wanted);
    if let Some(language) = language
        && !survey.languages.iter().any(|known| is_language(known, language))
    {
        let hint = match survey.languages.as_slice() {
            [] => "Its headings name no language.".to_owned(),
            known => format!("It has {}.", known.join(", ")),
        };
        return Err(ReadError::refused(format!("the form is not in \"{language}\""), hint));
    }
    let setting = |name: &str| settings.get(name).cloned().unwrap_or_default();
    let title = setting("form_title");
    let title = if title.is_empty() { "Form".to_owned() } else { title };
    let about = About { title, id: setting("form_id"), version: setting("version"), ..About::default() };
    let lists = lists(&rows(sheet("choices"), wanted));
    let mut reader = Reader {
        draft: Draft::new(about),
        lists,
        groups: vec![Group::default()],
        count: 1,
        planned: Vec::new(),
        known: HashMap::new(),
    };
    for (number, row) in &survey.rows {
        reader.row(*number, row);
    }
    reader.finish()
}

/// The choices by the name of their list: name and label.
fn lists(choices: &Rows) -> HashMap<String, Vec<(String, String)>> {
    let mut lists: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for (_, row) in &choices.rows {
        let (Some(list), Some(name)) = (row.get("list_name"), row.get("name")) else { continue };
        let label = row.get("label").unwrap_or(name);
        lists.entry(list.clone()).or_default().push((name.clone(), clean_line(label)));
    }
    lists
}

#[derive(Debug, Clone, Default)]
struct Group {
    key: usize,
    label: String,
    /// Whether it is answered several times.
    repeats: bool,
    relevant: String,
    row: u32,
    notes: Vec<String>,
}

struct Planned {
    row: u32,
    section: usize,
    asked: Question,
    choices: Vec<Choice>,
    /// The conditions of the groups around it and its own, with their rows.
    relevant: Vec<(u32, String)>,
    /// A condition that is known already.
    also: Truth,
}

struct Reader {
    draft: Draft,
    lists: HashMap<String, Vec<(String, String)>>,
    groups: Vec<Group>,
    count: usize,
    planned: Vec<Planned>,
    known: HashMap<String, Known>,
}

impl Reader {
    fn row(&mut self, number: u32, row: &Fields) {
        let get = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
        let place = format!("row {number}");
        if matches!(get("disabled").to_lowercase().as_str(), "yes" | "true" | "true()") {
            return self.draft.warn("a row is disabled; left out", &place);
        }
        match kind(get("type")) {
            RowKind::Group => self.begin(number, row, false),
            RowKind::Repeat => self.begin(number, row, true),
            RowKind::End => self.end(),
            RowKind::Hidden => {
                self.draft.warn("a value that is computed or comes from the device; left out", &place);
            }
            RowKind::Note => {
                let note = clean(get("label"));
                if let Some(group) = self.groups.last_mut().filter(|_| !note.is_empty()) {
                    group.notes.push(note);
                }
            }
            RowKind::Select { list, is_multiple, or_other } => {
                self.select(number, row, &list, is_multiple, or_other);
            }
            RowKind::Text => self.plain(number, row, Kind::Text, false),
            RowKind::Number(integer) => self.plain(number, row, Kind::Number, integer),
            RowKind::Date => self.plain(number, row, Kind::Date, false),
            RowKind::Acknowledge => {
                let yes = choice("yes", "Yes", Tone::Neutral);
                self.ask(number, row, Kind::Choice, vec![yes], HashMap::new(), Truth::Always);
            }
            RowKind::Other(written) if get("name").is_empty() && get("label").is_empty() => {
                if !written.is_empty() {
                    self.draft.warn("a row without a name; left out", &place);
                }
            }
            RowKind::Other(written) => {
                let or_other = super::kinds::has_other(&written);
                let kind = written.split_whitespace().next().unwrap_or_default();
                self.draft.warn(
                    &format!("an answer of the type `{}` is asked for as text", clean_line(kind)),
                    &place,
                );
                let asked = self.ask(number, row, Kind::Text, Vec::new(), HashMap::new(), Truth::Always);
                if or_other {
                    self.other(number, row, Truth::is(&asked, vec!["other".to_owned()]));
                }
            }
        }
    }

    fn begin(&mut self, number: u32, row: &Fields, repeats: bool) {
        let label = row.get("label").or_else(|| row.get("name")).cloned().unwrap_or_default();
        let relevant = row.get("relevant").cloned().unwrap_or_default();
        self.groups.push(Group { key: self.count, label, repeats, relevant, row: number, notes: Vec::new() });
        self.count += 1;
    }

    /// Texts of a group that no question follows are what its section is about.
    fn end(&mut self) {
        if self.groups.len() < 2 {
            return;
        }
        let Some(group) = self.groups.pop() else { return };
        self.leave(&group);
    }

    fn leave(&mut self, group: &Group) {
        match self.draft.section_with_key(&group.key.to_string()) {
            Some(section) => group.notes.iter().for_each(|note| self.draft.describe(section, note)),
            None if group.notes.is_empty() => {}
            None => {
                self.draft.warn("a note has no question to go with; left out", &format!("row {}", group.row));
            }
        }
    }

    fn select(&mut self, number: u32, row: &Fields, list: &str, is_multiple: bool, or_other: bool) {
        let kind = if is_multiple { Kind::MultiChoice } else { Kind::Choice };
        let Some(offered) = self.lists.get(list).cloned() else {
            let cause = format!("the list `{}` is not in the file; asked for as text", clean_line(list));
            self.draft.warn(&cause, &format!("row {number}"));
            return self.plain(number, row, Kind::Text, false);
        };
        let mut ids = Ids::default();
        let mut choices = Vec::new();
        let mut by_name = HashMap::new();
        for (name, label) in offered {
            // Of two choices with one name, the first is meant.
            if by_name.contains_key(&name) {
                self.draft.warn("a list has two choices with one name; the second is left out", &name);
                continue;
            }
            let id = ids.id(&name);
            choices.push(choice(&id, &label, Tone::Neutral));
            by_name.insert(name, id);
        }
        let mut other = None;
        if or_other {
            let id = ids.id("other");
            choices.push(choice(&id, "Other", Tone::Neutral));
            by_name.insert("other".to_owned(), id.clone());
            other = Some(id);
        }
        let asked = self.ask(number, row, kind, choices, by_name, Truth::Always);
        if let Some(other) = other {
            self.other(number, row, Truth::is(&asked, vec![other]));
        }
    }

    /// The text that is asked for if the answer is something else.
    fn other(&mut self, number: u32, row: &Fields, when: Truth) {
        let mut more = row.clone();
        let name = format!("{}_other", row.get("name").map(String::as_str).unwrap_or_default());
        let label = format!("{} (other)", row.get("label").map(String::as_str).unwrap_or_default());
        more.insert("name".to_owned(), name);
        more.insert("label".to_owned(), label);
        for field in ["hint", "guidance_hint", "constraint", "required", "default"] {
            more.remove(field);
        }
        self.ask(number, &more, Kind::Text, Vec::new(), HashMap::new(), when);
    }

    fn plain(&mut self, number: u32, row: &Fields, kind: Kind, integer: bool) {
        let asked = self.ask(number, row, kind, Vec::new(), HashMap::new(), Truth::Always);
        if let Some(planned) = self.planned.last_mut().filter(|planned| planned.asked.id == asked) {
            planned.asked.integer = integer;
        }
    }

    /// Plans a question; its conditions are converted once all questions are known.
    fn ask(
        &mut self,
        row: u32,
        fields: &Fields,
        kind: Kind,
        choices: Vec<Choice>,
        by_name: HashMap<String, String>,
        also: Truth,
    ) -> String {
        let get = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        let name = get("name");
        let label = clean_line(if get("label").is_empty() { name } else { get("label") });
        let mut asked = question(kind, &title_of(&label), &label);
        asked.id = self.draft.reserve(name);
        asked.source_id = if asked.id == name { String::new() } else { name.to_owned() };
        asked.help = get("hint").to_owned();
        let group = self.groups.len() - 1;
        std::mem::take(&mut self.groups[group].notes)
            .iter()
            .for_each(|note| append(&mut asked.guidance, note));
        append(&mut asked.guidance, get("guidance_hint"));
        if matches!(get("required").to_lowercase().as_str(), "yes" | "true" | "true()") {
            asked.tags.push("required".to_owned());
        }
        if !limits(get("constraint"), get("parameters"), &mut asked) {
            park(&mut asked, "constraint", get("constraint"));
            park(&mut asked, "constraint message", get("constraint_message"));
        }
        for field in ["choice_filter", "default", "appearance"] {
            if !get(field).is_empty() {
                self.draft.warn(&format!("`{field}` has no counterpart; left out"), &format!("row {row}"));
            }
        }
        let labels: Vec<String> = self.groups[1..].iter().map(|group| group.label.clone()).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        let section = self.draft.section(&self.groups[group].key.to_string(), &labels);
        match self.groups.iter().rposition(|group| group.repeats) {
            Some(at) if at == group => self.draft.repeat(section, &self.groups[group].label),
            Some(_) => {
                let cause = "a group within one that is answered several times is asked once";
                self.draft.warn(cause, &format!("row {}", self.groups[group].row));
            }
            None => {}
        }
        let around = self.groups[1..].iter().map(|group| (group.row, group.relevant.clone()));
        let relevant = around.chain([(row, get("relevant").to_owned())]);
        let relevant = relevant.filter(|(_, relevant)| !relevant.trim().is_empty()).collect();
        let id = asked.id.clone();
        self.known.insert(name.to_owned(), Known { id: id.clone(), kind, choices: by_name });
        self.planned.push(Planned { row, section, asked, choices, relevant, also });
        id
    }

    fn finish(mut self) -> Result<Imported, ReadError> {
        while let Some(group) = self.groups.pop() {
            self.leave(&group);
        }
        let known = std::mem::take(&mut self.known);
        for planned in std::mem::take(&mut self.planned) {
            let Planned { section, mut asked, choices, relevant, also, row } = planned;
            let mut truth = Truth::Always;
            for (at, text) in relevant {
                match convert(&text, &known) {
                    Ok(condition) => truth = truth.and(condition),
                    Err(unsupported) => {
                        park(&mut asked, "condition", &text);
                        let cause = match unsupported {
                            Unsupported::Expression => {
                                "a condition has no counterpart; it is kept in the guidance".to_owned()
                            }
                            Unsupported::Unknown(name) => {
                                format!(
                                    "a condition refers to `{}`, which is not asked; dropped",
                                    clean_line(&name)
                                )
                            }
                        };
                        self.draft.warn(&cause, &format!("row {}", if at == 0 { row } else { at }));
                    }
                }
            }
            let truth = truth.and(also);
            if truth == Truth::Never {
                self.draft.warn(
                    "a condition that can never be true; the question is never asked",
                    &format!("row {row}"),
                );
            }
            asked.enable_when = truth.condition();
            if asked.kind.has_choices() {
                asked.answer_set = Some(self.draft.answer_set(&format!("{}-choices", asked.id), choices));
            }
            self.draft.place(section, asked)?;
        }
        self.draft.finish("")
    }
}

/// Takes a range of numbers over: `. >= 0 and . <= 9`, or `start=1 end=10`. Whether nothing is left.
fn limits(constraint: &str, parameters: &str, asked: &mut Question) -> bool {
    if asked.kind != Kind::Number {
        return constraint.trim().is_empty();
    }
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    for parameter in parameters.split([' ', ',', ';']) {
        match parameter.split_once('=') {
            Some(("start", value)) => asked.min = number(value).map(Limit::Number),
            Some(("end", value)) => asked.max = number(value).map(Limit::Number),
            Some(_) | None => {}
        }
    }
    let (mut min, mut max) = (None, None);
    for part in constraint.split(" and ").map(str::trim).filter(|part| !part.is_empty()) {
        let Some(rest) = part.strip_prefix('.').map(str::trim) else { return false };
        match (rest.strip_prefix(">="), rest.strip_prefix("<=")) {
            (Some(value), _) if number(value).is_some() => min = number(value),
            (_, Some(value)) if number(value).is_some() => max = number(value),
            _ => return false,
        }
    }
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        return false;
    }
    asked.min = min.map(Limit::Number).or(asked.min.take());
    asked.max = max.map(Limit::Number).or(asked.max.take());
    true
}
