//! The interview: asks for each item of a session in turn.

use std::ops::ControlFlow;

use crate::session::{Edit, Item, Link, Position, Session, TextRef};
use crate::store::OpenSession;
use crate::text;
use clap::ValueEnum;

use super::super::args::{BasisArg, PartArg};
use super::super::edit;
use super::super::error::CliError;
use super::super::input::{add_link, choose, clear, replace, set_basis, set_flag, set_value};
use super::super::output::{alternatives, out, raw};
use super::line::{AnswerLine, Command, TextLine};
use super::prompt::Prompt;

const HELP: &str = "\
Answer with the letter or name of a choice, or with a value.
An empty line keeps the current answer. Instead of an answer, you can type:
  back    go to the previous question    skip    go to the next question
  open    list the open questions        help    show this help and the guidance
  quit    quit; everything is saved
  /qualifier TEXT     limit the answer, for example: version dependent
  /basis BASIS        how you know the answer: claimed, read, interviewed or tested
  /flag TEXT          follow up later: what to ask, and whom
  /note TEXT          a note for yourself; not published
  /clear PART         clear the choice, value, qualifier, detail, links, basis, note or flag
";

/// Where to go after an item.
enum Next {
    Forward,
    Back,
    Quit,
}

/// Whether to continue with the current item or to leave it.
type Flow = ControlFlow<Next>;

struct Interview<'a> {
    open: &'a mut OpenSession,
    prompt: Prompt,
}

/// Asks for all items, from the current position to the end: the questions, then the parts of the page.
pub fn run(open: &mut OpenSession) -> Result<(), CliError> {
    let mut interview = Interview { open, prompt: Prompt::new() };
    let items = items(interview.session());
    let current = &interview.session().position().item;
    let mut at = items.iter().position(|item| item == current).unwrap_or(0);
    while let Some(item) = items.get(at) {
        if !is_asked(interview.session(), item) {
            at += 1;
            continue;
        }
        match interview.item(item)? {
            Next::Forward => at += 1,
            Next::Back => {
                let mut before = (0..at).rev();
                at = before.find(|&i| is_asked(interview.session(), &items[i])).unwrap_or(at);
            }
            Next::Quit => break,
        }
    }
    Ok(())
}

/// All items, in the order in which they are asked.
fn items(session: &Session) -> Vec<Item> {
    let questions = session.questionnaire().questions().map(Item::of);
    let sections = (0..session.sections().len()).map(Item::Section);
    questions.chain([Item::Introduction]).chain(sections).collect()
}

fn is_asked(session: &Session, item: &Item) -> bool {
    match item {
        Item::Question(id) => session.index_of(id).is_some_and(|index| session.is_asked(index)),
        Item::Introduction | Item::Properties | Item::Section(_) => true,
    }
}

impl Interview<'_> {
    fn session(&self) -> &Session {
        self.open.session()
    }

    fn item(&mut self, item: &Item) -> Result<Next, CliError> {
        let (before, after) = (self.session().position().clone(), Position::start_of(item.clone()));
        if before != after {
            edit::edit(self.open, Edit::Go { before, after })?;
        }
        out("");
        let flow = match item {
            Item::Question(id) => match self.session().index_of(id) {
                Some(index) => self.question(index)?,
                None => Flow::Continue(()),
            },
            Item::Properties => self.page_part(item, "Properties", TextRef::Properties)?,
            Item::Introduction => self.page_part(item, "Introduction", TextRef::Introduction)?,
            Item::Section(index) => {
                let heading = self.session().sections()[*index].heading.clone();
                self.page_part(item, &heading, TextRef::Section(*index))?
            }
        };
        Ok(match flow {
            Flow::Continue(()) => Next::Forward,
            Flow::Break(next) => next,
        })
    }

    /// Asks for a part of the page.
    fn page_part(&mut self, item: &Item, heading: &str, text: TextRef) -> Result<Flow, CliError> {
        out(&format!("Page: {heading}"));
        out(&self.session().prompt(item));
        self.text(text, "text")
    }

    /// Asks a question: first for the answer, then for the detail, then for the links.
    fn question(&mut self, index: usize) -> Result<Flow, CliError> {
        show_question(self.session(), index);
        if let Flow::Break(next) = self.answer(index)? {
            return Ok(Flow::Break(next));
        }
        let detail = TextRef::Detail(self.session().question(index).id.clone());
        if let Flow::Break(next) = self.text(detail, "detail")? {
            return Ok(Flow::Break(next));
        }
        if let Flow::Break(next) = self.links(index)? {
            return Ok(Flow::Break(next));
        }
        for reason in self.session().reasons(index) {
            out(&format!("Still open: {reason}."));
        }
        Ok(Flow::Continue(()))
    }

    /// Asks for an answer until a valid one is given, or the current one is kept.
    fn answer(&mut self, index: usize) -> Result<Flow, CliError> {
        loop {
            let Some(line) = self.prompt.line("answer> ")? else { return Ok(Flow::Break(Next::Quit)) };
            match AnswerLine::parse(&line) {
                AnswerLine::Quit => return Ok(Flow::Break(Next::Quit)),
                AnswerLine::Back => return Ok(Flow::Break(Next::Back)),
                AnswerLine::Skip => return Ok(Flow::Break(Next::Forward)),
                AnswerLine::Keep if self.session().answer(index).is_answered() => {
                    return Ok(Flow::Continue(()));
                }
                AnswerLine::Keep => return Ok(Flow::Break(Next::Forward)),
                AnswerLine::Help => show_help(self.session(), index),
                AnswerLine::ListOpen => list_open(self.session()),
                AnswerLine::Answer(answer) => {
                    if self.try_edit(answer_edit(self.session(), index, answer))? {
                        return Ok(Flow::Continue(()));
                    }
                }
                AnswerLine::Command(command) => {
                    self.try_edit(command_edits(self.session(), index, command))?;
                }
            }
        }
    }

    /// Asks for a text of several lines. The end of the input also ends the text.
    fn text(&mut self, text: TextRef, name: &str) -> Result<Flow, CliError> {
        let current = self.session().text(&text).unwrap_or_default();
        if !current.is_empty() {
            out(&format!("Current {name}:"));
            raw(&format!("{current}\n"));
        }
        out(&format!("Enter the {name}, then a line with only a dot. A dot alone keeps the current {name}."));
        let mut lines: Vec<String> = Vec::new();
        let flow = loop {
            let Some(line) = self.prompt.line(&format!("{name}> "))? else { break Flow::Break(Next::Quit) };
            match TextLine::parse(&line, lines.is_empty()) {
                TextLine::Quit => return Ok(Flow::Break(Next::Quit)),
                TextLine::Back => return Ok(Flow::Break(Next::Back)),
                TextLine::Skip => return Ok(Flow::Continue(())),
                TextLine::ListOpen => list_open(self.session()),
                TextLine::End => break Flow::Continue(()),
                TextLine::Text(line) => lines.push(line.to_owned()),
            }
        };
        if !lines.is_empty() {
            self.try_edit(replace(self.session(), text, &lines.join("\n")))?;
        }
        Ok(flow)
    }

    /// Asks for links, up to an empty line.
    fn links(&mut self, index: usize) -> Result<Flow, CliError> {
        out("Links: one URL or URL=LABEL per line. An empty line ends the list.");
        loop {
            let Some(line) = self.prompt.line("link> ")? else { return Ok(Flow::Break(Next::Quit)) };
            if line.trim().is_empty() {
                return Ok(Flow::Continue(()));
            }
            self.try_edit(add_link(self.session(), index, line.trim(), Link::default()).map(Some))?;
        }
    }

    /// Makes edits, or shows why they are not valid. Returns whether they were valid.
    fn try_edit<E>(&mut self, edits: Result<E, CliError>) -> Result<bool, CliError>
    where
        E: IntoIterator<Item = Edit>,
    {
        match edits {
            Ok(edits) => {
                edits.into_iter().try_for_each(|edit| edit::edit(self.open, edit))?;
                Ok(true)
            }
            Err(error) => {
                out(&error.one_line());
                Ok(false)
            }
        }
    }
}

fn show_question(session: &Session, index: usize) {
    let (question, answer) = (session.question(index), session.answer(index));
    out(&format!("Question {} of {}: {}", index + 1, session.len(), question.title));
    out(&question.text);
    if !question.help.is_empty() {
        out(&question.help);
    }
    let choices: Vec<String> =
        choices_by_key(session, index).map(|(key, _, label)| format!("{key} {label}")).collect();
    if !choices.is_empty() {
        out(&format!("Choices: {}.", choices.join(", ")));
    }
    if answer.is_answered() {
        let labels = session.chosen_labels(index).join(", ");
        out(&format!("Current answer: {}", if labels.is_empty() { &answer.value } else { &labels }));
    }
}

fn show_help(session: &Session, index: usize) {
    raw(HELP);
    let question = session.question(index);
    if !question.guidance.is_empty() {
        raw(&format!("\n{}\n", text::safe(&question.guidance)));
    }
    if !question.ask.is_empty() {
        out(&format!("To ask: {}", question.ask));
    }
    if !question.skeleton.is_empty() {
        out(&format!("Model of a detail: {}", question.skeleton));
    }
    for topic in session.questionnaire().topics(question) {
        out(&format!("Topic: {}", topic.described()));
    }
}

fn list_open(session: &Session) {
    for index in (0..session.len()).filter(|&index| session.is_open(index)) {
        let reasons: Vec<String> = session.reasons(index).iter().map(ToString::to_string).collect();
        out(&format!("{} {}: {}", index + 1, session.question(index).title, reasons.join("; ")));
    }
}

/// The key, id and label of each choice of a question.
fn choices_by_key(session: &Session, index: usize) -> impl Iterator<Item = (char, &str, &str)> {
    let answer_set = session.question(index).answer_set.as_ref();
    let answer_set = answer_set.and_then(|name| session.questionnaire().answer_sets.get(name));
    answer_set.into_iter().flat_map(|set| {
        set.keys().into_iter().zip(&set.choices).map(|(key, c)| (key, c.id.as_str(), c.label.as_str()))
    })
}

/// The edit that sets the answer to one or more choices, by key or name, or to a value.
fn answer_edit(session: &Session, index: usize, answer: &str) -> Result<Option<Edit>, CliError> {
    if !session.question(index).kind.has_choices() {
        return set_value(session, index, answer);
    }
    let name = |part: &str| {
        let is_key = |key: char| part.eq_ignore_ascii_case(key.encode_utf8(&mut [0; 4]));
        let by_key = choices_by_key(session, index).find(|(key, ..)| is_key(*key));
        by_key.map_or(part, |(_, id, _)| id).to_owned()
    };
    let names: Vec<String> = answer.split(',').map(|part| name(part.trim())).collect();
    choose(session, index, &names).map(Some)
}

/// The edits for a command about an answer.
fn command_edits(session: &Session, index: usize, command: Command<'_>) -> Result<Vec<Edit>, CliError> {
    let question = session.question(index).id.clone();
    let text = |text_ref: TextRef, new: &str| replace(session, text_ref, new).map(Vec::from_iter);
    match command {
        Command::Qualifier(new) => text(TextRef::Qualifier(question), new),
        Command::Note(new) => text(TextRef::Note(question), new),
        Command::Flag(text) => Ok(vec![set_flag(session, index, Some(text.to_owned()))]),
        Command::Basis(name) => match BasisArg::from_str(name, true) {
            Ok(basis) => Ok(vec![set_basis(session, index, Some(basis.into()))]),
            Err(_) => {
                let hint = "Use claimed, read, interviewed or tested.";
                Err(CliError::usage(format!("\"{name}\" is not a basis"), hint))
            }
        },
        Command::Clear(name) => match PartArg::from_str(name, true) {
            Ok(part) => clear(session, index, part),
            Err(_) => {
                let parts: Vec<String> = PartArg::value_variants().iter().filter_map(name_of).collect();
                let hint = format!("Use {}.", alternatives(&parts));
                Err(CliError::usage(format!("\"{name}\" is not a part of an answer"), hint))
            }
        },
        Command::Unknown(name) => {
            let hint = "Use /qualifier, /basis, /flag, /note or /clear, or type \"help\".";
            Err(CliError::usage(format!("{name} is not a command"), hint))
        }
    }
}

fn name_of(part: &PartArg) -> Option<String> {
    Some(part.to_possible_value()?.get_name().to_owned())
}
