//! `querist check`: reports what is wrong with sessions, by named rules. A gate for pipelines.

use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;

use jiff::tz::TimeZone;

use crate::report::{Checked, GateFormat, GateProblem, Page, gate, row_lines};
use crate::session::{
    Ages, ApprovalRules, INTRODUCTION, Item, Level, PROPERTIES, SUBJECT, Session, Violation, section_key,
};
use crate::store::read_text;
use crate::workspace::{MAX_PAGE, Workspace, file_states, now};

use super::args::CheckArgs;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &CheckArgs) -> Result<ExitCode, CliError> {
    if args.page.is_some() && args.session.len() > 1 {
        let hint = "Check each session with its own page.";
        return Err(CliError::usage("--page is for a single session", hint));
    }
    // All sessions are read before anything is printed: half a result would look like a whole one.
    let checked = args.session.iter().map(|name| checked(workspace, name, args));
    let sessions = checked.collect::<Result<Vec<_>, CliError>>()?;
    let (level, format) = (args.level, if args.json { GateFormat::Json } else { args.format });
    output::raw(&gate(&sessions, format, level));
    if format == GateFormat::Text {
        summarize(&sessions);
    }
    let fails = sessions.iter().flat_map(|session| &session.problems).any(|problem| problem.level >= level);
    Ok(ExitCode::from(u8::from(fails && !args.exit_zero)))
}

fn summarize(sessions: &[Checked]) {
    for session in sessions {
        let prefix = if sessions.len() > 1 { format!("{}: ", session.id) } else { String::new() };
        let count = session.progress;
        output::err(&format!("{prefix}{} of {} questions are complete.", count.done, count.asked));
    }
}

fn checked(workspace: &Workspace, name: &str, args: &CheckArgs) -> Result<Checked, CliError> {
    let (id, loaded) = workspace.sessions.read(name)?;
    let session = &loaded.session;
    let today = args.today.unwrap_or_else(|| now().to_zoned(TimeZone::system()).date());
    let days = match args.days {
        Some(days) => days,
        None => workspace.settings()?.evidence_days,
    };
    let (file, lines) = match &args.page {
        Some(page) => (page.clone(), page_lines(page, session)?),
        None => (workspace.sessions.file(name)?, loaded.lines()),
    };
    let file = shown_path(&file);
    let ages: Ages = session.ages(today, days);
    let files = file_states(session, &workspace.sessions.evidence(name)?);
    let rules = ApprovalRules { is_strict: args.strict_approval, four_eyes: args.four_eyes };
    let approvals = if args.approved { session.reviews().violations(rules) } else { Vec::new() };
    let violations = session.violations(&ages, &files).into_iter().chain(approvals);
    let violations = violations.filter(|violation| !args.allow.contains(&violation.rule));
    let problems = violations.map(|violation| {
        let level = if args.deny.contains(&violation.rule) { Level::Error } else { violation.rule.level() };
        problem(session, violation, level, &file, &lines)
    });
    let questions = session.asked().map(|index| session.question(index));
    Ok(Checked {
        id,
        progress: session.progress(),
        questions: questions.map(|question| (question.id.clone(), question.title.clone())).collect(),
        problems: problems.collect(),
    })
}

fn problem(
    session: &Session,
    violation: Violation,
    level: Level,
    file: &str,
    lines: &HashMap<String, usize>,
) -> GateProblem {
    let Violation { rule, item, message }: Violation = violation;
    let section = |index: usize| session.sections().get(index).map_or("", |section| section.heading.as_str());
    let (key, title, question) = match item {
        None => (SUBJECT.to_owned(), "Subject".to_owned(), None),
        Some(Item::Introduction) => (INTRODUCTION.to_owned(), "Introduction".to_owned(), None),
        Some(Item::Properties) => (PROPERTIES.to_owned(), "Properties".to_owned(), None),
        Some(Item::Section(index)) => (section_key(section(index)), section(index).to_owned(), None),
        Some(Item::Question(id)) => {
            let index = session.index_of(&id);
            (id.clone(), index.map_or_else(|| id.clone(), |i| session.question(i).title.clone()), Some(id))
        }
    };
    let line = lines.get(&key).copied().unwrap_or(1);
    GateProblem { rule, level, question, title, message, file: file.to_owned(), line }
}

/// The lines of the questions on a page.
fn page_lines(path: &Path, session: &Session) -> Result<HashMap<String, usize>, CliError> {
    let source = read_text(path, MAX_PAGE)?;
    let page = Page::parse(&source).map_err(|error| CliError::Unreadable {
        message: format!("cannot read {}: {error}", path.display()),
        hint: "Check that this is the right file.",
    })?;
    Ok(row_lines(&page, session.questionnaire()))
}

/// A path relative to the current folder if it is in there, as pipelines expect it.
fn shown_path(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let relative = here.ok().and_then(|here| whole.strip_prefix(here).ok().map(Path::to_owned));
    relative.unwrap_or(whole).display().to_string()
}
