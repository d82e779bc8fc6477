//! `querist ask`: the interview line by line, for screen readers, slow links and pipes.
//!
//! The same session, the same journal, the same edits as on the screen; every answer is stored when its line is read.

use std::io::{self, BufRead, IsTerminal};
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::tz::TimeZone;

use crate::session::{Edit, Item, Link, Origin, Position, Session, TextRef};
use crate::store::{Opened, SessionFile};
use crate::text;
use crate::workspace::{Workspace, now};

use super::answer::{choices, parse_link, replace};
use super::args::{AskArgs, BasisArg};
use super::error::CliError;
use super::output::{err, out, raw};

const HELP: &str = "\
An answer is a choice's letter or name, or the value that is asked for.
An empty line keeps what is there. A line with one of these words does more:
  back    the question before          skip    the next question
  open    what is still open           help    the guidance on this question
  quit    leave; everything is stored
These take more words, and hold for the question at hand:
  /qualifier WORDS    what limits the answer
  /basis WORD         how it is known: claimed, read, interviewed, tested
  /flag WORDS         follow up later; what to ask, and whom
  /note WORDS         for yourself; not published";

/// What the reviewer wants after a question.
enum Next {
    On,
    Back,
    Leave,
}

struct Conversation {
    session: Session,
    file: SessionFile,
    lines: io::Lines<io::StdinLock<'static>>,
    /// Whether prompts are shown: not if the answers come from a pipe.
    prompts: bool,
}

pub fn run(workspace: &Workspace, args: &AskArgs) -> Result<ExitCode, CliError> {
    let (id, Opened { session, file, notice, .. }) =
        workspace.sessions.open(&args.session, Workspace::me())?;
    if let Some(notice) = notice {
        err(&notice);
    }
    if file.read_only().is_some() {
        let hint = "Leave it there with Ctrl-Q first.";
        return Err(CliError::unstored(format!("{id} is open in another Querist"), hint));
    }
    let (lines, prompts) = (io::stdin().lock().lines(), io::stdin().is_terminal());
    let mut talk = Conversation { session, file, lines, prompts };
    out(&format!(
        "{}: {}. Type help at any time.",
        talk.session.subject(),
        talk.session.questionnaire().title
    ));
    talk.all()?;
    let count = talk.session.progress();
    out(&format!("{} of {} questions are done. Everything is stored.", count.done, count.asked));
    talk.file.snapshot(&talk.session, now())?;
    Ok(ExitCode::SUCCESS)
}

impl Conversation {
    /// Asks from where the reviewer stopped to the end: the questions, then the parts of the page.
    fn all(&mut self) -> Result<(), CliError> {
        let questions = self.session.len();
        let mut at = match &self.session.position().item {
            Item::Question(id) => self.session.index_of(id).unwrap_or(0),
            Item::Introduction => questions,
            Item::Section(index) => questions + 1 + index,
        };
        while at <= questions + self.session.sections().len() {
            if !self.has(at) {
                at += 1;
                continue;
            }
            let next = match at.checked_sub(questions) {
                None => self.question(at)?,
                Some(0) => self.part(Item::Introduction)?,
                Some(n) => self.part(Item::Section(n - 1))?,
            };
            match next {
                Next::On => at += 1,
                Next::Back => at = (0..at).rev().find(|&before| self.has(before)).unwrap_or(at),
                Next::Leave => break,
            }
        }
        Ok(())
    }

    /// Whether there is something to ask at a place: all parts of the page, and the questions that hang on nothing or on what was answered.
    fn has(&self, at: usize) -> bool {
        at >= self.session.len() || self.session.is_asked(at)
    }

    /// Asks for a part of the page.
    fn part(&mut self, item: Item) -> Result<Next, CliError> {
        let (heading, text) = match item {
            Item::Section(index) => (self.session.sections()[index].heading.clone(), TextRef::Section(index)),
            _ => ("Introduction".to_owned(), TextRef::Introduction),
        };
        self.go(item.clone())?;
        out("");
        out(&format!("Page: {heading}"));
        out(self.session.prompt(&item));
        self.text(text, "text")
    }

    fn go(&mut self, item: Item) -> Result<(), CliError> {
        let (before, after) = (self.session.position().clone(), Position::start_of(item));
        if before == after { Ok(()) } else { self.make(&Edit::Go { before, after }) }
    }

    /// Asks one question: the answer, then its detail, then its links.
    fn question(&mut self, at: usize) -> Result<Next, CliError> {
        let id = self.session.question(at).id.clone();
        self.go(Item::Question(id.clone()))?;
        self.present(at);
        loop {
            let Some(line) = self.line("answer> ")? else { return Ok(Next::Leave) };
            match line.trim() {
                "quit" => return Ok(Next::Leave),
                "back" => return Ok(Next::Back),
                "skip" => return Ok(Next::On),
                "help" => self.help(at),
                "open" => self.open(),
                "" if self.session.answer(at).is_given() => break,
                "" => return Ok(Next::On),
                given if given.starts_with('/') => {
                    if let Err(problem) = self.about(at, given)? {
                        out(&problem);
                    }
                }
                given => match self.answer(at, given)? {
                    Ok(()) => break,
                    Err(problem) => out(&problem),
                },
            }
        }
        match self.text(TextRef::Detail(id), "detail")? {
            Next::On if self.links(at)? => {}
            Next::On => return Ok(Next::Leave),
            other => return Ok(other),
        }
        for reason in self.session.reasons(at) {
            out(&format!("Still open: {reason}."));
        }
        Ok(Next::On)
    }

    fn present(&self, at: usize) {
        let (question, answer) = (self.session.question(at), self.session.answer(at));
        out("");
        out(&format!("Question {} of {}: {}", at + 1, self.session.len(), question.title));
        out(&question.text);
        if !question.help.is_empty() {
            out(&question.help);
        }
        let set =
            question.answer_set.as_ref().and_then(|name| self.session.questionnaire().answer_sets.get(name));
        if let Some(set) = set {
            let choices = set.choices.iter().zip(set.keys());
            let choices: Vec<String> =
                choices.map(|(choice, key)| format!("{key} {}", choice.label)).collect();
            out(&format!("Choices: {}.", choices.join(", ")));
        }
        if answer.is_given() {
            let labels = self.session.chosen_labels(at).join(", ");
            out(&format!("Now: {}", if labels.is_empty() { &answer.value } else { &labels }));
        }
    }

    /// Takes an answer; the inner error is for the reviewer, who may try again.
    fn answer(&mut self, at: usize, given: &str) -> Result<Result<(), String>, CliError> {
        let question = self.session.question(at);
        let id = question.id.clone();
        let edit = if question.kind.has_choices() {
            let set = question
                .answer_set
                .as_ref()
                .and_then(|name| self.session.questionnaire().answer_sets.get(name));
            let by_key = |part: &str| {
                let set = set?;
                let place = set
                    .keys()
                    .iter()
                    .position(|key| part.eq_ignore_ascii_case(key.encode_utf8(&mut [0; 4])))?;
                Some(set.choices[place].id.clone())
            };
            let names: Vec<String> = given
                .split(',')
                .map(|part| by_key(part.trim()).unwrap_or_else(|| part.trim().to_owned()))
                .collect();
            match choices(&self.session, question, &names) {
                Ok(after) => {
                    let before = self.session.answer(at).choices.clone();
                    Some(Edit::Choose { question: id, before, after })
                }
                Err(error) => return Ok(Err(error.told())),
            }
        } else {
            match replace(&self.session, TextRef::Value(id), given) {
                Ok(edit) => edit,
                Err(error) => return Ok(Err(error.told())),
            }
        };
        if let Some(edit) = edit {
            self.make(&edit)?;
        }
        Ok(Ok(()))
    }

    /// Takes what is said about an answer: qualifier, basis, flag, note. The inner error is for the reviewer, who may try again.
    fn about(&mut self, at: usize, given: &str) -> Result<Result<(), String>, CliError> {
        let (word, rest) = given.split_once(' ').map_or((given, ""), |(word, rest)| (word, rest.trim()));
        let question = self.session.question(at).id.clone();
        let answer = self.session.answer(at);
        let text = match word {
            "/qualifier" => TextRef::Qualifier(question),
            "/note" => TextRef::Note(question),
            "/flag" => {
                let (before, after) = (answer.flag.clone(), Some(rest.to_owned()));
                return self.make(&Edit::Flag { question, before, after }).map(Ok);
            }
            "/basis" => {
                let Ok(basis) = BasisArg::from_str(rest, true) else {
                    return Ok(Err("A basis is one of: claimed, read, interviewed, tested.".to_owned()));
                };
                let (before, after) = (answer.basis, Some(basis.into()));
                return self.make(&Edit::Basis { question, before, after }).map(Ok);
            }
            _ => {
                return Ok(Err(format!(
                    "No such word: {word}. There are /qualifier, /basis, /flag, /note; help says more."
                )));
            }
        };
        match replace(&self.session, text, rest) {
            Ok(Some(edit)) => self.make(&edit).map(Ok),
            Ok(None) => Ok(Ok(())),
            Err(error) => Ok(Err(error.told())),
        }
    }

    /// Takes a text of any number of lines, up to a line with a dot. As its first line, `back`, `skip` and `quit` do what they do elsewhere.
    fn text(&mut self, text: TextRef, name: &str) -> Result<Next, CliError> {
        let now = self.session.text(&text).unwrap_or_default().to_owned();
        if !now.is_empty() {
            out(&format!("The {name} now:"));
            raw(&format!("{now}\n"));
        }
        let capital = if name == "detail" { "Detail" } else { "Text" };
        out(&format!(
            "{capital}: as many lines as you like, then a line with a dot. A dot alone keeps what is there."
        ));
        let mut lines: Vec<String> = Vec::new();
        let next = loop {
            let Some(line) = self.line(&format!("{name}> "))? else { break Next::Leave };
            match (line.as_str(), lines.is_empty()) {
                ("back", true) => return Ok(Next::Back),
                ("skip", true) => return Ok(Next::On),
                ("quit", true) => return Ok(Next::Leave),
                ("open", true) => {
                    self.open();
                    continue;
                }
                (".", _) => break Next::On,
                _ => {}
            }
            // As in mail (RFC 5321, section 4.5.2), a line that begins with a dot is typed with one more.
            lines.push(
                line.strip_prefix('.').filter(|rest| rest.starts_with('.')).unwrap_or(&line).to_owned(),
            );
        };
        if !lines.is_empty() {
            let edit = replace(&self.session, text, &lines.join("\n"));
            match edit {
                Ok(Some(edit)) => self.make(&edit)?,
                Ok(None) => {}
                Err(error) => out(&error.told()),
            }
        }
        Ok(next)
    }

    /// Takes links until an empty line; whether there is more input.
    fn links(&mut self, at: usize) -> Result<bool, CliError> {
        out("Links: URL or URL=LABEL, one a line; an empty line ends.");
        loop {
            let Some(line) = self.line("link> ")? else { return Ok(false) };
            if line.trim().is_empty() {
                return Ok(true);
            }
            match parse_link(line.trim()) {
                Ok(link) => {
                    let retrieved = now().to_zoned(TimeZone::system()).date().to_string();
                    let (question, index) =
                        (self.session.question(at).id.clone(), self.session.answer(at).links.len());
                    let after = Some(Link { retrieved, ..link });
                    self.make(&Edit::Link { question, index, before: None, after })?;
                }
                Err(error) => out(&error.told()),
            }
        }
    }

    fn help(&self, at: usize) {
        raw(&format!("{HELP}\n"));
        let guidance = &self.session.question(at).guidance;
        if !guidance.is_empty() {
            raw(&format!("\n{}\n", text::safe(guidance)));
        }
    }

    fn open(&self) {
        for index in (0..self.session.len()).filter(|&index| self.session.is_open(index)) {
            let reasons: Vec<String> = self.session.reasons(index).iter().map(ToString::to_string).collect();
            out(&format!("{} {}: {}", index + 1, self.session.question(index).title, reasons.join("; ")));
        }
    }

    fn line(&mut self, prompt: &str) -> Result<Option<String>, CliError> {
        if self.prompts {
            raw(prompt);
        }
        match self.lines.next() {
            None => Ok(None),
            Some(Ok(line)) => Ok(Some(line.strip_suffix('\r').map_or(line.clone(), str::to_owned))),
            Some(Err(error)) => Err(CliError::unreadable(format!("cannot read standard input: {error}"), "")),
        }
    }

    fn make(&mut self, edit: &Edit) -> Result<(), CliError> {
        self.session
            .apply(edit)
            .map_err(|error| CliError::usage(error.to_string(), "Nothing was changed."))?;
        self.file.append(edit, Origin::Do, now());
        match self.file.failure() {
            Some(reason) => {
                Err(CliError::unstored(format!("not saved: {reason}"), "What was answered before is stored."))
            }
            None => Ok(()),
        }
    }
}
