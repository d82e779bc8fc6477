//! Blocks become sections, items questions, and tips advice or questions of their own.

use std::collections::HashMap;

use serde_json::Value;

use crate::formats::conditions::Truth;
use crate::formats::draft::{About, Draft, Imported, append, choice, park, question, title_of};
use crate::formats::error::ReadError;
use crate::formats::html::{clean_line, markdown, plain};
use crate::questionnaire::{Advice, Choice, Condition, Kind, Need, Question, Severity, Tone};

use super::expression::{Expression, parse};
use super::item::{choices, field, items, kind};

/// How deep blocks can be nested.
const MAX_DEPTH: usize = 64;

/// A questionnaire, and which question the text of each tip belongs to.
pub struct Converted {
    /// The questionnaire.
    pub imported: Imported,
    /// Question ids by the ids of tips.
    pub tips: HashMap<String, String>,
}

/// Converts the outermost block. `missing` names the places of an extension that do not exist.
///
/// # Errors
/// If it has no questions, too many, or is nested too deep.
pub fn convert(root: &Value, missing: &[String], source: &str) -> Result<Converted, ReadError> {
    let title = plain(field(root, "text"));
    let about = About { title, ..About::default() };
    let mut reader = Reader {
        draft: Draft::new(about),
        blocks: Vec::new(),
        planned: Vec::new(),
        targets: HashMap::new(),
        visible: HashMap::new(),
        tips: HashMap::new(),
    };
    for place in missing {
        reader.draft.warn("the extension's place does not exist; its items are at the end", place);
    }
    reader.block(root, None, 0)?;
    let mut draft = reader.draft;
    for Planned { section, mut asked, choices, .. } in reader.planned {
        if asked.kind.has_choices() {
            let is_yes_no = ["yes", "no"].iter().eq(choices.iter().map(|choice| &choice.id));
            let name = if is_yes_no { "yes-no".to_owned() } else { format!("{}-choices", asked.id) };
            asked.answer_set = Some(draft.answer_set(&name, choices));
        }
        draft.place(section, asked)?;
    }
    Ok(Converted { imported: draft.finish(source)?, tips: reader.tips })
}

struct Block {
    titles: Vec<String>,
    condition: Expression,
    parent: Option<usize>,
    /// Texts that wait for the next question.
    infos: Vec<String>,
    /// The group that the radio buttons of the block form.
    radios: Option<usize>,
}

struct Planned {
    section: usize,
    block: usize,
    asked: Question,
    choices: Vec<Choice>,
}

/// What a name in a condition refers to.
#[derive(Clone)]
enum Target {
    /// A choice of a question.
    Choice(String, String),
    /// A question with choices, answered or not.
    Group(String),
    /// `yes` or `no`.
    YesNo(String),
    /// A text.
    Text(String),
}

struct Reader {
    draft: Draft,
    blocks: Vec<Block>,
    planned: Vec<Planned>,
    targets: HashMap<String, Target>,
    /// The block and the condition of each item.
    visible: HashMap<String, (usize, Expression)>,
    tips: HashMap<String, String>,
}

impl Reader {
    fn block(&mut self, item: &Value, parent: Option<usize>, depth: usize) -> Result<(), ReadError> {
        if depth > MAX_DEPTH {
            return Err(ReadError::refused(format!("blocks are nested more than {MAX_DEPTH} deep"), ""));
        }
        let mut titles = parent.map(|parent| self.blocks[parent].titles.clone()).unwrap_or_default();
        if parent.is_some() {
            titles.push(plain(field(item, "text")));
        }
        let condition = self.parsed(item);
        let id = field(item, "id");
        let (infos, radios) = (Vec::new(), None);
        self.blocks.push(Block { titles, condition: condition.clone(), parent, infos, radios });
        let block = self.blocks.len() - 1;
        if let Some(parent) = parent {
            self.visible.insert(id.to_owned(), (parent, condition));
        }
        for inner in items(item) {
            if kind(inner) == "block" {
                self.block(inner, Some(block), depth + 1)?;
            } else {
                self.item(inner, block);
            }
        }
        let left: Vec<String> = std::mem::take(&mut self.blocks[block].infos);
        if !left.is_empty() {
            match self.planned.iter().find(|planned| planned.block == block).map(|planned| planned.section) {
                Some(section) => left.iter().for_each(|text| self.draft.describe(section, text)),
                None => {
                    self.draft
                        .warn("a text has no question to go with; dropped", &plain(field(item, "text")));
                }
            }
        }
        Ok(())
    }

    fn item(&mut self, item: &Value, block: usize) {
        let id = field(item, "id").to_owned();
        let condition = self.parsed(item);
        if !id.is_empty() {
            self.visible.insert(id.clone(), (block, condition.clone()));
        }
        for (name, cause) in [
            ("className", "the field `className` has no counterpart; dropped"),
            ("default", "the field `default` has no counterpart; dropped"),
            ("choicesConds", "conditions of single choices have no counterpart; dropped"),
        ] {
            if item.get(name).is_some() {
                self.draft.warn(cause, &id);
            }
        }
        if field(item, "auth") == "readonly" {
            self.draft.warn("the field `auth` has no counterpart; dropped", &id);
        }
        match kind(item) {
            "radiogroup" => self.group(item, block, Kind::Choice, condition),
            "checkgroup" => self.group(item, block, Kind::MultiChoice, condition),
            "line" | "box" | "upload" => self.text(item, block, condition),
            "yesno" => self.yes_no(item, block, condition),
            "check" => self.check(item, block, condition),
            "radio" => self.radio(item, block, condition),
            "info" => self.blocks[block].infos.push(markdown(field(item, "text"))),
            "spacer" => {}
            "tip" => self.tip(item, block, condition),
            other => self.draft.warn(&format!("the type `{}` is not known; dropped", clean_line(other)), &id),
        }
    }

    fn parsed(&mut self, item: &Value) -> Expression {
        parse(field(item, "cond")).unwrap_or_else(|| {
            let cause = "a condition cannot be understood; the question is always asked";
            self.draft.warn(cause, field(item, "cond"));
            Expression::True
        })
    }

    /// Plans a question. The texts that wait become its guidance.
    fn plan(
        &mut self,
        block: usize,
        name: &str,
        mut asked: Question,
        choices: Vec<Choice>,
        own: Expression,
    ) -> String {
        let id = self.draft.reserve(name);
        asked.id.clone_from(&id);
        let mut guidance = String::new();
        std::mem::take(&mut self.blocks[block].infos).iter().for_each(|info| append(&mut guidance, info));
        append(&mut guidance, &asked.guidance);
        asked.guidance = guidance;
        let titles = self.blocks[block].titles.clone();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let section = self.draft.section(&block.to_string(), &titles);
        match self.when(block, &own) {
            Ok(truth) => asked.enable_when = truth.condition(),
            Err(unsupported) => {
                park(&mut asked, "condition", &unsupported.text);
                self.draft.warn(&unsupported.cause, &id);
            }
        }
        self.planned.push(Planned { section, block, asked, choices });
        id
    }

    fn group(&mut self, item: &Value, block: usize, kind: Kind, condition: Expression) {
        let offered = choices(item);
        let name = match field(item, "id") {
            "" => common_prefix(&offered),
            id => id.to_owned(),
        };
        let text = match plain(field(item, "text")) {
            text if !text.is_empty() => text,
            _ => match self.blocks[block].infos.pop() {
                Some(info) => plain(&info.replace("**", "").replace('\\', "")),
                None => self.blocks[block].titles.last().cloned().unwrap_or_default(),
            },
        };
        let mut list: Vec<Choice> = Vec::new();
        let mut ids = crate::formats::ids::Ids::default();
        let pairs: Vec<(String, String)> = offered.iter().map(|(id, _)| (id.clone(), ids.id(id))).collect();
        for ((_, html), (_, id)) in offered.iter().zip(&pairs) {
            list.push(choice(id, &plain(html), Tone::Neutral));
        }
        if item.get("defaultChoice") == Some(&Value::Bool(true)) {
            let none = choice(&ids.id("none_of_the_above"), "None of the above.", Tone::Neutral);
            list.push(Choice { alone: kind == Kind::MultiChoice, ..none });
        }
        let mut asked = question(kind, &title_of(&text), &text);
        decorate(item, &mut asked);
        let question = self.plan(block, &name, asked, list, condition);
        for (original, id) in pairs {
            self.targets.insert(original, Target::Choice(question.clone(), id));
        }
        if !field(item, "id").is_empty() {
            self.targets.insert(field(item, "id").to_owned(), Target::Group(question));
        }
    }

    fn text(&mut self, item: &Value, block: usize, condition: Expression) {
        let answered = match field(item, "inputType") {
            "number" | "range" => Kind::Number,
            "date" => Kind::Date,
            _ => Kind::Text,
        };
        let text = plain(field(item, "text"));
        let mut asked = question(answered, &title_of(&text), &text);
        decorate(item, &mut asked);
        if kind(item) == "upload" {
            "Enter a link to the document.".clone_into(&mut asked.help);
        }
        let id = self.plan(block, field(item, "id"), asked, Vec::new(), condition);
        self.targets.insert(field(item, "id").to_owned(), Target::Text(id));
    }

    fn yes_no(&mut self, item: &Value, block: usize, condition: Expression) {
        let text = plain(field(item, "text"));
        let label = |name: &str, or: &str| match plain(field(item, name)) {
            label if label.is_empty() => or.to_owned(),
            label => label,
        };
        let list = vec![
            choice("yes", &label("yes", "Yes"), Tone::Neutral),
            choice("no", &label("no", "No"), Tone::Neutral),
        ];
        let mut asked = question(Kind::Choice, &title_of(&text), &text);
        decorate(item, &mut asked);
        let id = self.plan(block, field(item, "id"), asked, list, condition);
        self.targets.insert(field(item, "id").to_owned(), Target::YesNo(id));
    }

    fn check(&mut self, item: &Value, block: usize, condition: Expression) {
        let text = plain(field(item, "text"));
        let list = vec![choice("checked", "Yes", Tone::Neutral), choice("unchecked", "No", Tone::Neutral)];
        let mut asked = question(Kind::Choice, &title_of(&text), &text);
        decorate(item, &mut asked);
        let id = self.plan(block, field(item, "id"), asked, list, condition);
        self.targets.insert(field(item, "id").to_owned(), Target::Choice(id, "checked".to_owned()));
    }

    /// The radio buttons of a block are the choices of one question.
    fn radio(&mut self, item: &Value, block: usize, condition: Expression) {
        let id = field(item, "id").to_owned();
        let at = match self.blocks[block].radios {
            Some(at) => at,
            None => {
                let text = self.blocks[block].titles.last().cloned().unwrap_or_default();
                let asked = question(Kind::Choice, &title_of(&text), &text);
                self.plan(block, &id, asked, Vec::new(), condition);
                self.blocks[block].radios = Some(self.planned.len() - 1);
                self.planned.len() - 1
            }
        };
        let planned = &mut self.planned[at];
        planned.choices.push(choice(
            &crate::formats::ids::slug(&id),
            &plain(field(item, "text")),
            Tone::Neutral,
        ));
        let made = planned.choices.last().map(|choice| choice.id.clone()).unwrap_or_default();
        self.targets.insert(id, Target::Choice(planned.asked.id.clone(), made));
    }

    /// Advice for one question, or a question of its own, or guidance.
    fn tip(&mut self, item: &Value, block: usize, condition: Expression) {
        let is_warning = field(item, "warn") == "yes";
        let severity = match field(item, "severity") {
            "critical" => Severity::Critical,
            "high" => Severity::High,
            "medium" => Severity::Medium,
            "" if is_warning => Severity::Medium,
            _ => Severity::Low,
        };
        let own = self.resolve(&condition);
        if let Ok(Truth::When(Condition::In(among))) = &own {
            let at = self.planned.iter().position(|planned| planned.asked.id == among.question);
            if let Some(at) = at.filter(|at| self.contains(block, self.planned[*at].block)) {
                self.tips.insert(field(item, "id").to_owned(), among.question.clone());
                return advise(&mut self.planned[at], item, &among.among, severity);
            }
        }
        let why = plain(field(item, "why"));
        let (name, text) = (plain(field(item, "name")), plain(field(item, "text")));
        if is_warning || !why.is_empty() {
            let title = if name.is_empty() { title_of(&text) } else { name };
            let mut asked = question(Kind::Text, &title, &text);
            asked.help = why;
            asked.tags = vec!["finding".to_owned(), severity.label().to_owned()];
            let id = self.plan(block, field(item, "id"), asked, Vec::new(), condition);
            self.tips.insert(field(item, "id").to_owned(), id.clone());
            self.targets.insert(field(item, "id").to_owned(), Target::Text(id));
        } else {
            match self.planned.last_mut() {
                Some(planned) => append(&mut planned.asked.guidance, &markdown(field(item, "text"))),
                None => self.draft.warn("a tip has no question to go with; dropped", field(item, "id")),
            }
        }
    }

    /// Whether `inner` is the block `outer` or within it.
    fn contains(&self, outer: usize, inner: usize) -> bool {
        let mut at = Some(inner);
        while let Some(block) = at {
            if block == outer {
                return true;
            }
            at = self.blocks[block].parent;
        }
        false
    }

    /// When something in a block is shown: its own condition and those of all blocks around it.
    fn when(&self, block: usize, own: &Expression) -> Result<Truth, Unsupported> {
        let mut around = Vec::new();
        let mut at = Some(block);
        while let Some(block) = at {
            around.push(&self.blocks[block].condition);
            at = self.blocks[block].parent;
        }
        around
            .iter()
            .rev()
            .chain(&[own])
            .try_fold(Truth::Always, |when, part| Ok(when.and(self.resolve(part)?)))
    }

    fn resolve(&self, expression: &Expression) -> Result<Truth, Unsupported> {
        Ok(match expression {
            Expression::True => Truth::Always,
            Expression::False => Truth::Never,
            Expression::And(a, b) => self.resolve(a)?.and(self.resolve(b)?),
            Expression::Or(a, b) => self.resolve(a)?.or(self.resolve(b)?),
            Expression::Not(inner) => self.resolve(inner)?.negated(),
            Expression::Call(call) => {
                let cause =
                    "a comparison of texts has no counterpart; the question is always asked".to_owned();
                return Err(Unsupported { cause, text: call.clone() });
            }
            Expression::Ref { is_visible: true, id, .. } => match self.visible.get(id) {
                Some((block, condition)) => self.when(*block, condition)?,
                None => return Err(dangling(id)),
            },
            Expression::Ref { id, suffix, .. } => match (self.targets.get(id), suffix.as_str()) {
                (Some(Target::Choice(question, choice)), _) => Truth::is(question, vec![choice.clone()]),
                (Some(Target::Group(question)), _) => Truth::answered(question, true),
                (Some(Target::YesNo(question)), "no") => Truth::is(question, vec!["no".to_owned()]),
                (Some(Target::YesNo(question)), _) => Truth::is(question, vec!["yes".to_owned()]),
                (Some(Target::Text(question)), "value") => Truth::answered(question, true),
                // As in the original: a text is true only by its value.
                (Some(Target::Text(_)), _) => Truth::Never,
                (None, _) => return Err(dangling(id)),
            },
        })
    }
}

/// A condition that cannot be taken over.
struct Unsupported {
    cause: String,
    text: String,
}

fn dangling(id: &str) -> Unsupported {
    let cause = format!("a condition refers to `{}`, which does not exist; dropped", clean_line(id));
    Unsupported { cause, text: id.to_owned() }
}

/// Adds the advice of a tip to the choices that it is about.
fn advise(planned: &mut Planned, item: &Value, among: &[String], severity: Severity) {
    let name = plain(field(item, "name"));
    let text = markdown(field(item, "text"));
    let text = if name.is_empty() { text } else { format!("**{name}**: {text}") };
    let why = plain(field(item, "why"));
    append(&mut planned.asked.guidance, &markdown(field(item, "why")));
    for id in among {
        if !why.is_empty() {
            planned.asked.needs.insert(id.clone(), vec![Need::Detail]);
        }
        match planned.asked.advice.get_mut(id) {
            Some(known) => {
                append(&mut known.text, &text);
                known.severity = known.severity.max(severity);
            }
            None => {
                let advice = Advice { severity, text: text.clone() };
                planned.asked.advice.insert(id.clone(), advice);
            }
        }
        let is_warning = field(item, "warn") == "yes";
        for choice in planned.choices.iter_mut().filter(|choice| choice.id == *id && is_warning) {
            choice.tone = Tone::Bad;
        }
    }
}

/// Takes over what an item says besides its text.
fn decorate(item: &Value, asked: &mut Question) {
    let helps = [field(item, "placeholder"), field(item, "inputTitle")].map(plain);
    asked.help = helps.into_iter().filter(|help| !help.is_empty()).collect::<Vec<_>>().join(" ");
    if item.get("required").is_some_and(|value| value == &Value::Bool(true) || value == "required") {
        asked.tags.push("required".to_owned());
    }
    park(asked, "pattern", field(item, "inputPattern"));
    let length = item.get("maxlength").map(|value| value.to_string().replace('"', "")).unwrap_or_default();
    park(asked, "maximum length", &length);
}

fn common_prefix(offered: &[(String, String)]) -> String {
    let mut ids = offered.iter().map(|(id, _)| id.as_str());
    let first = ids.next().unwrap_or_default();
    let prefix = ids.fold(first, |prefix, id| {
        let same = prefix.char_indices().zip(id.chars()).find(|((_, a), b)| a != b);
        let end = same.map_or(prefix.len().min(id.len()), |((at, _), _)| at);
        &prefix[..end]
    });
    prefix.trim_matches('_').to_owned()
}
