//! `querist search`: searches every answer of every session.

use std::process::ExitCode;

use serde_json::json;

use crate::text;
use crate::workspace::{Library, PastAnswer, Query, Workspace};

use super::args::SearchArgs;
use super::error::CliError;
use super::output;
use super::progress::Progress;

/// How much of a detail is shown.
const EXCERPT: usize = 160;

pub fn run(workspace: &Workspace, args: &SearchArgs) -> Result<ExitCode, CliError> {
    let mut library = Library::default();
    let mut progress = Progress::new("sessions read");
    library.refresh(workspace, |total| progress.advance(1, total))?;
    drop(progress);
    let words = args.words.join(" ");
    let found = library.search(&Query::Words(words.clone()));
    let shown = &found[..found.len().min(args.limit)];
    if args.json {
        output::json(&shown.iter().map(|answer| as_json(answer)).collect::<Vec<_>>());
    } else {
        for answer in shown {
            print(answer, &words);
        }
        if found.is_empty() {
            output::err("Nothing was found.");
        }
    }
    Ok(ExitCode::from(u8::from(found.is_empty())))
}

fn as_json(answer: &PastAnswer) -> serde_json::Value {
    json!({
        "session": answer.session,
        "subject": answer.subject,
        "day": answer.day,
        "question": answer.question,
        "title": answer.title,
        "text": answer.text,
        "answer": answer.label,
        "detail": answer.detail,
        "links": answer.links,
    })
}

fn print(answer: &PastAnswer, words: &str) {
    let PastAnswer { session, question, subject, title, .. } = answer;
    output::out(&format!("{subject}: {title}: {} ({session} {question})", answer.said()));
    let excerpt = text::excerpt(&answer.detail, words, EXCERPT);
    if !excerpt.is_empty() {
        output::out(&format!("    {excerpt}"));
    }
}
