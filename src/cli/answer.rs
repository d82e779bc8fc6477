//! `querist answer`: an answer without the screen, through the same edits.

use std::io::Read;
use std::process::ExitCode;

use crate::questionnaire::{Kind, Question};
use crate::session::{Answer, Edit, Link, MAX_TEXT, Origin, Session, TextRef};
use crate::store::{Opened, SessionFile};
use crate::text;
use crate::workspace::{Workspace, now};

use super::args::AnswerArgs;
use super::error::CliError;

pub fn run(workspace: &Workspace, args: AnswerArgs) -> Result<ExitCode, CliError> {
    let (id, opened) = workspace.sessions.open(&args.session, Workspace::me())?;
    let Opened { mut session, mut file, notice, .. } = opened;
    if let Some(notice) = notice {
        super::output::err(&notice);
    }
    if let Some(holder) = file.read_only() {
        let who = holder.map_or(String::new(), |h| format!(" (process {}, {})", h.pid, h.by));
        let message = format!("{id} is open in another Querist{who}");
        return Err(CliError::unstored(message, "Leave it there with Ctrl-Q, or answer there."));
    }
    let edits = edits(&session, &args)?;
    for edit in edits {
        make(&mut session, &mut file, &edit)?;
    }
    file.snapshot(&session, now())?;
    Ok(ExitCode::SUCCESS)
}

fn make(session: &mut Session, file: &mut SessionFile, edit: &Edit) -> Result<(), CliError> {
    session.apply(edit).map_err(|error| CliError::usage(error.to_string(), "Nothing was changed."))?;
    file.append(edit, Origin::Do, now());
    match file.failure() {
        Some(reason) => Err(CliError::unstored(format!("not saved: {reason}"), "")),
        None => Ok(()),
    }
}

/// The edits that the arguments ask for; all are checked before any is made.
fn edits(session: &Session, args: &AnswerArgs) -> Result<Vec<Edit>, CliError> {
    let Some(index) = session.index_of(&args.question) else {
        let known: Vec<_> = (0..session.len()).map(|i| session.question(i).id.as_str()).collect();
        let hint = format!("There are: {}.", known.join(", "));
        return Err(CliError::usage(format!("no question \"{}\"", args.question), hint));
    };
    let (question, answer) = (session.question(index), session.answer(index));
    let id = question.id.clone();
    let mut edits = Vec::new();
    if !args.choice.is_empty() {
        let after = choices(session, question, &args.choice)?;
        edits.push(Edit::Choose { question: id.clone(), before: answer.choices.clone(), after });
    }
    if args.value.is_some() && question.kind.has_choices() {
        return Err(CliError::usage(format!("{id} is answered with --choice"), ""));
    }
    let detail = match args.detail.as_deref() {
        Some("-") => Some(standard_input()?),
        other => other.map(str::to_owned),
    };
    for (new, text) in [
        (args.value.clone(), TextRef::Value(id.clone())),
        (args.qualifier.clone(), TextRef::Qualifier(id.clone())),
        (detail, TextRef::Detail(id.clone())),
        (args.note.clone(), TextRef::Note(id.clone())),
    ] {
        edits.extend(new.map(|new| replace(session, text, &new)).transpose()?.flatten());
    }
    for (n, link) in args.link.iter().enumerate() {
        let after = Some(parse_link(link)?);
        edits.push(Edit::Link { question: id.clone(), index: answer.links.len() + n, before: None, after });
    }
    if let Some(basis) = args.basis {
        let (before, after) = (answer.basis, Some(basis.into()));
        edits.push(Edit::Basis { question: id.clone(), before, after });
    }
    if let Some(words) = &args.flag {
        let (before, after) = (answer.flag.clone(), Some(words.clone()));
        edits.push(Edit::Flag { question: id, before, after });
    }
    if edits.is_empty() && *answer == Answer::default() {
        return Err(CliError::usage(
            "nothing to answer",
            "Use --choice, --detail, --link and others; see --help.",
        ));
    }
    Ok(edits)
}

/// The edit that makes `new` the whole of a text; none if it is already.
pub fn replace(session: &Session, text: TextRef, new: &str) -> Result<Option<Edit>, CliError> {
    let mut inserted = text::normalise_newlines(new).into_owned();
    if !text.is_multiline() {
        inserted = inserted.trim_end().replace('\n', " ");
    }
    if inserted.len() > MAX_TEXT {
        let message =
            format!("the text is too long: {} KB, at most {} KB", inserted.len() / 1024, MAX_TEXT / 1024);
        return Err(CliError::usage(message, "Put the long part into a document and link it."));
    }
    let removed = session.text(&text).unwrap_or_default().to_owned();
    Ok((removed != inserted).then_some(Edit::Splice { text, at: 0, removed, inserted }))
}

/// The choices of these names, in the order of the answer set.
pub fn choices(session: &Session, question: &Question, names: &[String]) -> Result<Vec<String>, CliError> {
    let choices = session.questionnaire().choices(question);
    if choices.is_empty() {
        return Err(CliError::usage(format!("{} is answered with --value", question.id), ""));
    }
    if question.kind == Kind::Choice && names.len() > 1 {
        return Err(CliError::usage(format!("{} takes one choice", question.id), ""));
    }
    let find = |name: &String| {
        choices.iter().position(|c| c.id == *name || c.label.eq_ignore_ascii_case(name)).ok_or_else(|| {
            let known: Vec<_> = choices.iter().map(|c| c.id.as_str()).collect();
            CliError::usage(format!("no choice \"{name}\""), format!("There are: {}.", known.join(", ")))
        })
    };
    let mut places = names.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    places.sort_unstable();
    places.dedup();
    Ok(places.into_iter().map(|at| choices[at].id.clone()).collect())
}

/// A link from `URL[=LABEL]`. The last `=` begins the label, unless it belongs to the query of the address.
pub fn parse_link(arg: &str) -> Result<Link, CliError> {
    let (url, label) = match arg.rsplit_once('=') {
        Some((url, label)) if !url.contains('?') || label.contains(' ') || label.is_empty() => (url, label),
        _ => (arg, ""),
    };
    match text::url_problem(url) {
        Some(problem) => Err(CliError::usage(format!("the link \"{url}\" {}", problem.describe()), "")),
        None => Ok(Link { url: url.to_owned(), label: label.to_owned(), ..Link::default() }),
    }
}

fn standard_input() -> Result<String, CliError> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MAX_TEXT as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| CliError::unreadable(format!("cannot read standard input: {error}"), ""))?;
    let text = String::from_utf8(bytes);
    text.map_err(|_| {
        CliError::unreadable("standard input is not UTF-8 text", "Convert it first, for example with iconv.")
    })
}
