//! Turning what the user typed into edits.

use std::io::Read;

use jiff::tz::TimeZone;

use crate::questionnaire::Kind;
use crate::session::{Basis, Edit, Link, MAX_TEXT, Reason, Session, Stamp, TextRef};
use crate::text;
use crate::workspace::now;

use super::args::PartArg;
use super::error::CliError;
use super::output::alternatives;

/// The edit that selects the choices with these ids or labels.
pub fn choose(session: &Session, index: usize, names: &[String]) -> Result<Edit, CliError> {
    let question = session.question(index);
    let choices = session.questionnaire().choices(question);
    if !question.kind.has_choices() {
        return Err(CliError::usage(format!("{} takes a value instead of a choice", question.id), ""));
    }
    if question.kind == Kind::Choice && names.len() > 1 {
        return Err(CliError::usage(format!("{} takes only one choice", question.id), ""));
    }
    let find = |name: &String| {
        let place = choices.iter().position(|c| c.id == *name || c.label.eq_ignore_ascii_case(name));
        place.ok_or_else(|| {
            let ids: Vec<&str> = choices.iter().map(|c| c.id.as_str()).collect();
            CliError::usage(format!("\"{name}\" is not a choice"), format!("Use {}.", alternatives(&ids)))
        })
    };
    // Choices are kept in the order of the answer set.
    let mut places = names.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    places.sort_unstable();
    places.dedup();
    Ok(Edit::Choose {
        question: question.id.clone(),
        before: session.answer(index).choices.clone(),
        after: places.into_iter().map(|at| choices[at].id.clone()).collect(),
    })
}

/// The edit that sets the value of a text, number or date question, or `None` if it already has this value.
pub fn set_value(session: &Session, index: usize, value: &str) -> Result<Option<Edit>, CliError> {
    let question = session.question(index);
    if question.kind.has_choices() {
        return Err(CliError::usage(format!("{} takes a choice instead of a value", question.id), ""));
    }
    let Some(edit) = replace(session, TextRef::Value(question.id.clone()), value)? else { return Ok(None) };
    match value_problem(session, index, &edit) {
        Some((problem, hint)) => Err(CliError::usage(format!("\"{value}\" is {problem}"), hint)),
        None => Ok(Some(edit)),
    }
}

/// Why the question does not accept the value that `edit` sets, and a hint.
fn value_problem(session: &Session, index: usize, edit: &Edit) -> Option<(String, &'static str)> {
    let mut after = session.clone();
    after.apply(edit, &Stamp::default()).ok()?;
    after.reasons(index).into_iter().find_map(|reason| match reason {
        Reason::NotANumber => Some((reason.to_string(), "Enter a number.")),
        Reason::NotADate => Some(("not a date".to_owned(), "Enter a valid date: YYYY-MM-DD")),
        Reason::NotWhole | Reason::BelowMinimum(_) | Reason::AboveMaximum(_) => {
            Some((reason.to_string(), ""))
        }
        Reason::TwoAnswers(_)
        | Reason::Merged(_)
        | Reason::Unanswered
        | Reason::NoSuchChoice(_)
        | Reason::NeedsDetail(_)
        | Reason::NeedsLink(_)
        | Reason::Contradiction(_)
        | Reason::Blank(..)
        | Reason::Flagged(_) => None,
    })
}

/// The edit that replaces a whole text, or `None` if it is unchanged.
pub fn replace(session: &Session, text: TextRef, new: &str) -> Result<Option<Edit>, CliError> {
    let mut inserted = text::normalize_newlines(new).into_owned();
    if !text.is_multiline() {
        inserted = inserted.trim_end().replace('\n', " ");
    }
    if inserted.len() > MAX_TEXT {
        return Err(too_long(inserted.len()));
    }
    let removed = session.text(&text).unwrap_or_default().to_owned();
    Ok((removed != inserted).then_some(Edit::Splice { text, at: 0, removed, inserted }))
}

/// The edits that clear a part of an answer; none if it is empty.
pub fn clear(session: &Session, index: usize, part: PartArg) -> Result<Vec<Edit>, CliError> {
    let (question, answer) = (session.question(index).id.clone(), session.answer(index));
    let empty = |text: TextRef| replace(session, text, "").map(|edit| edit.into_iter().collect());
    Ok(match part {
        PartArg::Choice if answer.choices.is_empty() => Vec::new(),
        PartArg::Choice => {
            vec![Edit::Choose { question, before: answer.choices.clone(), after: Vec::new() }]
        }
        PartArg::Value if session.question(index).kind.has_choices() => Vec::new(),
        PartArg::Value => empty(TextRef::Value(question))?,
        PartArg::Qualifier => empty(TextRef::Qualifier(question))?,
        PartArg::Detail => empty(TextRef::Detail(question))?,
        PartArg::Note => empty(TextRef::Note(question))?,
        PartArg::Links => {
            // The last link first, so that the indices of the others stay valid.
            let links = answer.links.iter().enumerate().rev();
            let remove = |(index, link): (usize, &Link)| Edit::Link {
                question: question.clone(),
                index,
                before: Some(Box::new(link.clone())),
                after: None,
            };
            links.map(remove).collect()
        }
        PartArg::Basis if answer.basis.is_none() => Vec::new(),
        PartArg::Basis => vec![set_basis(session, index, None)],
        PartArg::Flag if answer.flag.is_none() => Vec::new(),
        PartArg::Flag => vec![set_flag(session, index, None)],
    })
}

/// The edit that sets or clears how the answer is known.
pub fn set_basis(session: &Session, index: usize, after: Option<Basis>) -> Edit {
    Edit::Basis { question: session.question(index).id.clone(), before: session.answer(index).basis, after }
}

/// The edit that sets or clears the flag.
pub fn set_flag(session: &Session, index: usize, after: Option<String>) -> Edit {
    let before = session.answer(index).flag.clone();
    Edit::Flag { question: session.question(index).id.clone(), before, after }
}

/// The edit that adds a link of the form `URL[=LABEL]`, retrieved today, and otherwise like `like`.
pub fn add_link(session: &Session, index: usize, link: &str, like: Link) -> Result<Edit, CliError> {
    let retrieved = now().to_zoned(TimeZone::system()).date().to_string();
    Ok(Edit::Link {
        question: session.question(index).id.clone(),
        index: session.answer(index).links.len(),
        before: None,
        after: Some(Box::new(Link {
            retrieved,
            kind: like.kind,
            expires: like.expires,
            internal: like.internal,
            ..parse_link(link)?
        })),
    })
}

fn too_long(length: usize) -> CliError {
    let message =
        format!("the text is too long: {} KB; the maximum is {} KB", length.div_ceil(1024), MAX_TEXT / 1024);
    CliError::usage(message, "Move the long part into a document and link to it.")
}

/// Parses a link of the form `URL[=LABEL]`.
///
/// The label starts after the last `=`. If the URL has a query, a label without a space is taken as part of
/// it.
fn parse_link(arg: &str) -> Result<Link, CliError> {
    let (url, label) = match arg.rsplit_once('=') {
        Some((url, label)) if !url.contains('?') || label.contains(' ') || label.is_empty() => (url, label),
        Some(_) | None => (arg, ""),
    };
    match text::url_problem(url) {
        Some(problem) => Err(CliError::usage(format!("the link \"{url}\" {}", problem.describe()), "")),
        None => Ok(Link { url: url.to_owned(), label: label.to_owned(), ..Link::default() }),
    }
}

/// Reads a text from standard input.
pub fn text_from_standard_input() -> Result<String, CliError> {
    let text = standard_input(MAX_TEXT as u64 + 1)?;
    if text.len() > MAX_TEXT { Err(too_long(text.len())) } else { Ok(text) }
}

/// A text that an argument gives, or standard input if the argument is `-`.
pub fn text_argument(argument: &str) -> Result<String, CliError> {
    if argument == "-" { text_from_standard_input() } else { Ok(argument.to_owned()) }
}

/// Reads standard input, at most `limit` bytes.
pub fn standard_input(limit: u64) -> Result<String, CliError> {
    String::from_utf8(standard_input_bytes(limit)?).map_err(|_| CliError::Unreadable {
        message: "standard input is not UTF-8 text".to_owned(),
        hint: "Convert it to UTF-8 first, for example with iconv.",
    })
}

/// Reads standard input, at most `limit` bytes.
///
/// # Errors
/// If it cannot be read.
pub fn standard_input_bytes(limit: u64) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(limit).read_to_end(&mut bytes);
    read.map_err(CliError::StandardInput)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{SHOWCASE, load};

    /// A session of the showcase that asks for a number (`people`) and a date (`next-review`).
    fn session() -> Session {
        let mut session = Session::new(load(SHOWCASE).unwrap(), "Acme", jiff::Timestamp::UNIX_EPOCH);
        let personal = choose(&session, session.index_of("data-kinds").unwrap(), &["personal".to_owned()]);
        session.apply(&personal.unwrap(), &Stamp::default()).unwrap();
        let purpose = set_value(&session, session.index_of("purpose").unwrap(), "Payroll");
        session.apply(&purpose.unwrap().unwrap(), &Stamp::default()).unwrap();
        session
    }

    fn error_for(session: &Session, id: &str, value: &str) -> String {
        set_value(session, session.index_of(id).unwrap(), value).unwrap_err().one_line()
    }

    #[test]
    fn values_of_the_wrong_kind_are_rejected() {
        let session = session();
        assert_eq!(error_for(&session, "people", "many"), "\"many\" is not a number. Enter a number.");
        assert!(set_value(&session, session.index_of("people").unwrap(), "2000").unwrap().is_some());
        let message = error_for(&session, "next-review", "tomorrow");
        assert_eq!(message, "\"tomorrow\" is not a date. Enter a valid date: YYYY-MM-DD");
        assert_eq!(error_for(&session, "api", "x"), "api takes a choice instead of a value.");
    }

    #[test]
    fn a_text_that_is_unchanged_needs_no_edit() {
        let session = session();
        let text = TextRef::Detail("api".to_owned());
        assert!(replace(&session, text.clone(), "").unwrap().is_none());
        assert!(replace(&session, text.clone(), &"x".repeat(MAX_TEXT + 1)).is_err());
        assert!(replace(&session, text, "x").unwrap().is_some());
    }

    #[test]
    fn the_label_of_a_link_follows_the_last_equals_sign_unless_it_is_part_of_a_query() {
        let parts = |arg: &str| parse_link(arg).map(|link| (link.url, link.label)).unwrap();
        assert_eq!(parts("https://a.example=Manual"), ("https://a.example".into(), "Manual".into()));
        assert_eq!(parts("https://a.example/?q=1"), ("https://a.example/?q=1".into(), String::new()));
        let with_both = ("https://a.example/?q=1".into(), "The manual".into());
        assert_eq!(parts("https://a.example/?q=1=The manual"), with_both);
        assert!(parse_link("javascript:alert(1)").is_err());
    }
}
