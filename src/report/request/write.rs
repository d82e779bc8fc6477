//! Questions to the provider, as the text of a mail, as markdown, and as CSV.

use jiff::civil::Date;

use crate::session::{Ages, Session, Which};
use crate::text;

use super::asked::Asked;
use super::table;
use super::token::{ANSWER, token};

/// A format of a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RequestFormat {
    /// The text of a mail.
    #[default]
    Mail,
    /// Markdown, for an issue tracker or a shared document.
    Markdown,
    /// CSV, for a spreadsheet.
    Csv,
}

impl RequestFormat {
    /// All formats, the default first.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Markdown, Self::Csv];

    /// The name of the format in arguments.
    pub fn label(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
        }
    }
}

/// What a request contains besides the questions. Notes are never sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RequestShows {
    /// Our own answers so far.
    pub answers: bool,
    /// The texts of flags.
    pub flags: bool,
    /// The day on which a reply is due.
    pub due: Option<Date>,
}

/// The request for the questions at these indices.
pub fn request(
    session: &Session,
    indices: &[usize],
    format: RequestFormat,
    shows: RequestShows,
    ages: &Ages,
) -> String {
    let asked: Vec<Asked> = indices.iter().map(|&index| asked(session, index, shows, ages)).collect();
    match format {
        RequestFormat::Mail => mail(session.subject(), &asked, shows),
        RequestFormat::Markdown => markdown(session.subject(), &asked, shows),
        RequestFormat::Csv => table::write(&asked),
    }
}

fn asked(session: &Session, index: usize, shows: RequestShows, ages: &Ages) -> Asked {
    let (question, answer) = (session.question(index), session.answer(index));
    let is_to_be_found_out = [Which::Open, Which::Unknown].map(|which| session.is_which(index, which, ages));
    let is_asked_otherwise = is_to_be_found_out.contains(&true) && !question.ask.trim().is_empty();
    let text = if is_asked_otherwise { &question.ask } else { &question.text };
    let mut why = vec![reason(session, index, ages).to_owned()];
    if let Some((_, day)) = session.last_request(index)
        && session.replies(index).is_empty()
    {
        why.push(format!("Asked on {day}, no answer yet."));
    }
    if let Some(flag) = answer.flag.as_deref().filter(|flag| shows.flags && !flag.trim().is_empty()) {
        why.push(flag.trim().to_owned());
    }
    if shows.answers && answer.is_answered() {
        let labels = session.chosen_labels(index).join(", ");
        let said = if labels.is_empty() { answer.value.as_str() } else { &labels };
        why.push(format!("Our answer so far: {said} {}", answer.qualifier).trim_end().to_owned() + ".");
        if !answer.detail.trim().is_empty() {
            why.push(text::one_line(answer.detail.trim()));
        }
    }
    Asked { id: question.id.clone(), text: text::one_line(text), why: why.join(" ") }
}

/// Why a question is asked, without saying what we think the answer is.
fn reason(session: &Session, index: usize, ages: &Ages) -> &'static str {
    let which = Which::ALL.into_iter().find(|which| session.is_which(index, *which, ages));
    match which {
        Some(Which::Open | Which::Unknown) => OPEN,
        Some(Which::Unsupported) => UNSUPPORTED,
        Some(Which::Old) => OLD,
        Some(Which::Partial | Which::Bad | Which::Flagged) | None => OTHERWISE,
    }
}

/// The sentences of every request, to be recognized when a reply quotes them.
pub fn request_sentences(subject: &str) -> Vec<String> {
    let whys = [OPEN, EARLIER_OPEN, UNSUPPORTED, OLD, OTHERWISE, "Hello,"].map(str::to_owned);
    whys.into_iter().chain([introduction(subject, RequestShows::default())]).collect()
}

/// Not every question is about something that is published, so this does not say what was searched.
const OPEN: &str = "We do not know this yet.";
/// What requests of earlier versions said instead; replies to them may still come.
const EARLIER_OPEN: &str = "We found nothing published about this.";
const UNSUPPORTED: &str = "We found no source for this.";
const OLD: &str = "What we know about this is old. Is it still current?";
const OTHERWISE: &str = "Please tell us how this is today.";

fn introduction(subject: &str, shows: RequestShows) -> String {
    let due = shows.due.map(|due| format!(" Please reply by {due}.")).unwrap_or_default();
    format!(
        "We are reviewing the security of {} and have the questions below. Please write below each \
         \"{ANSWER}\" and leave the lines in brackets as they are, so that we can match your replies. \
         Links to documents are welcome.{due}",
        text::one_line(subject)
    )
}

fn mail(subject: &str, asked: &[Asked], shows: RequestShows) -> String {
    let questions = asked.iter().map(|question| {
        format!("\n{}\n{}\n{}\n\n{ANSWER}\n\n", token(&question.id), question.text, question.why)
    });
    format!("Hello,\n\n{}\n{}", introduction(subject, shows), questions.collect::<String>())
}

fn markdown(subject: &str, asked: &[Asked], shows: RequestShows) -> String {
    let questions = asked.iter().map(|question| {
        format!("\n## {}\n\n{}\n\n{}\n\n{ANSWER}\n\n", token(&question.id), question.text, question.why)
    });
    let subject = text::one_line(subject);
    format!(
        "# Questions about {subject}\n\n{}\n{}",
        introduction(&subject, shows),
        questions.collect::<String>()
    )
}
