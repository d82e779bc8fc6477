//! `querist reply`: reads what the provider has replied, as comments beside the answers.

use std::collections::HashSet;
use std::path::Path;
use std::process::ExitCode;

use mail_parser::MessageParser;
use serde_json::json;

use crate::report::{Reply, csv_reply, request_sentences, text_reply, token};
use crate::session::{Edit, Session, Stamp, Target};
use crate::store::read_text;
use crate::workspace::{MAX_PAGE, Workspace, now};

use super::args::ReplyArgs;
use super::edit;
use super::error::CliError;
use super::input::standard_input;
use super::output;
use super::plan::Plan;

pub fn run(workspace: &Workspace, args: &ReplyArgs) -> Result<ExitCode, CliError> {
    let source = if args.file.as_os_str() == "-" {
        standard_input(MAX_PAGE)?
    } else {
        read_text(&args.file, MAX_PAGE)?
    };
    let mut open = edit::open(workspace, &args.session)?;
    let read = read(&source, &args.file, open.session())?;
    let from = args.from.clone().or(read.from).unwrap_or_else(|| open.session().subject().to_owned());
    let listed = listed(open.session(), &read.reply, &from)?;
    if args.json {
        print_json(&listed, &read.reply);
    } else {
        print_text(&listed, &read.reply);
    }
    if !args.dry_run {
        for edit in listed.edits {
            edit::edit(&mut open, edit)?;
        }
        open.snapshot(now())?;
    }
    Ok(ExitCode::from(u8::from(listed.matched == 0)))
}

/// A reply, and who sent it, if that is known.
struct Read {
    reply: Reply,
    from: Option<String>,
}

fn read(source: &str, path: &Path, session: &Session) -> Result<Read, CliError> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let unreadable = |why: String| CliError::Unreadable {
        message: format!("cannot read {}: {why}", path.display()),
        hint: "Save the reply as text, .eml, .md or .csv.",
    };
    let sent = sent(session);
    match extension.as_deref() {
        Some("csv") => Ok(Read { reply: csv_reply(source).map_err(unreadable)?, from: None }),
        Some("eml") => {
            let message = MessageParser::default().parse(source.as_bytes());
            let message = message.ok_or_else(|| unreadable("it is not a mail".to_owned()))?;
            let body = message.body_text(0).ok_or_else(|| unreadable("the mail has no text".to_owned()))?;
            let sender = message.from().and_then(|from| from.first());
            let from = sender.and_then(|from| from.name().or(from.address())).map(str::to_owned);
            Ok(Read { reply: text_reply(&body, &sent), from })
        }
        Some(_) | None => Ok(Read { reply: text_reply(source, &sent), from: None }),
    }
}

/// What requests contain: the questions as they were asked and as they are now, and our fixed sentences.
fn sent(session: &Session) -> Vec<String> {
    let asked = session.entries().requests.iter().flat_map(|request| &request.questions);
    let mut sent: Vec<String> = asked.map(|(_, text)| text.clone()).collect();
    let questions = session.questionnaire().questions();
    sent.extend(questions.flat_map(|question| [question.text.clone(), question.ask.clone()]));
    sent.extend(request_sentences(session.subject()));
    sent
}

/// The comments to add, and what to say about them.
struct Listed {
    edits: Vec<Edit>,
    /// How many parts belong to a question of the session.
    matched: usize,
    /// A line for each part.
    lines: Vec<(String, &'static str)>,
}

fn listed(session: &Session, reply: &Reply, from: &str) -> Result<Listed, CliError> {
    let made = || Stamp { by: from.to_owned(), at: now() };
    let mut plan = Plan::new(session);
    let mut listed = Listed { edits: Vec::new(), matched: 0, lines: Vec::new() };
    let mut seen: HashSet<&str> = HashSet::new();
    for part in &reply.parts {
        let index = session.index_of(&part.id);
        listed.matched += usize::from(index.is_some());
        let (on, text) = match index {
            Some(_) => (Target::Question(part.id.clone()), part.text.clone()),
            None => (Target::Report, format!("{}\n{}", token(&part.id), part.text)),
        };
        let edit = if part.text.is_empty() { None } else { plan.session.reply(on, &text, made()) };
        let said = match (index, &edit) {
            _ if part.text.is_empty() => "no reply",
            (None, _) => "unknown question, kept with the report",
            (Some(_), None) => "the same reply is here already",
            (Some(_), Some(_)) if seen.contains(&part.id.as_str()) => "another reply",
            (Some(index), Some(_)) if session.last_request(index).is_none() => "reply; it was not asked",
            (Some(index), Some(_)) if session.is_reworded_since_asked(index) => {
                "reply; the question was reworded since it was asked"
            }
            (Some(_), Some(_)) => "reply",
        };
        seen.insert(&part.id);
        listed.lines.push((part.id.clone(), said));
        plan.add_all(edit)?;
    }
    if !reply.rest.is_empty() {
        let edit = plan.session.reply(Target::Report, &reply.rest, made());
        plan.add_all(edit)?;
    }
    listed.edits = plan.edits;
    Ok(listed)
}

fn print_text(listed: &Listed, reply: &Reply) {
    for (id, said) in &listed.lines {
        output::out(&format!("{id}: {said}"));
    }
    if !reply.rest.is_empty() {
        output::err("Text outside of the questions is kept with the report.");
    }
    let quoted = reply.quoted.iter().filter(|line| !line.trim().is_empty()).count();
    if quoted > 0 {
        output::err(&format!("{} of ours that the reply quotes left out.", output::count(quoted, "line")));
    }
    if listed.matched == 0 {
        output::err("No question was found in the reply: it has no lines such as [Q external-tls].");
    }
}

fn print_json(listed: &Listed, reply: &Reply) {
    let parts = listed.lines.iter().zip(&reply.parts);
    let parts = parts.map(|((id, said), part)| json!({"question": id, "result": said, "text": part.text}));
    output::json(&json!({
        "parts": parts.collect::<Vec<_>>(),
        "rest": reply.rest,
        "quoted": reply.quoted,
    }));
}
