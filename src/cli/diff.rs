//! `querist diff`: shows what differs between two sessions.

use std::process::ExitCode;

use jiff::tz::TimeZone;

use crate::report::{Comparison, Shows, Side};
use crate::session::{Previous, Session, diff, previous_of};
use crate::workspace::{Earlier, Workspace, now};

use super::args::{DiffArgs, DiffFormat};
use super::error::CliError;
use super::output;

/// After the name of a session, names the earlier session that it continues.
const PREVIOUS: &str = "@previous";

pub fn run(workspace: &Workspace, args: &DiffArgs) -> Result<ExitCode, CliError> {
    let after = workspace.earlier(&args.b, now())?;
    let (before, subject) = before(workspace, args, &after.session)?;
    let left = Side {
        id: before.session.clone(),
        subject,
        day: before.day,
        by: before.by.clone(),
        questionnaire: before.questionnaire.clone(),
    };
    let diff = diff(&before, &after.session);
    let shows = Shows { all: args.all, notes: args.notes };
    let comparison = Comparison { left: &left, right: &side(&after), diff: &diff, shows };
    if !args.quiet {
        output::raw(&match args.format {
            DiffFormat::Text => comparison.text(),
            DiffFormat::Markdown => comparison.markdown(),
            DiffFormat::Json => comparison.json(),
        });
    }
    let is_different =
        Comparison { shows: Shows { all: false, ..shows }, ..comparison }.items().next().is_some();
    Ok(ExitCode::from(u8::from(is_different)))
}

/// The earlier session, with its questions paired with those of the later one, and its subject.
fn before(workspace: &Workspace, args: &DiffArgs, after: &Session) -> Result<(Previous, String), CliError> {
    let Some(name) = args.a.strip_suffix(PREVIOUS) else {
        let earlier = workspace.earlier(&args.a, now())?;
        let subject = earlier.session.subject().to_owned();
        return Ok((previous_of(&earlier.session, &earlier.id, after.questionnaire()), subject));
    };
    let same = workspace.sessions.read(name)?.0 == workspace.sessions.read(&args.b)?.0;
    match after.previous() {
        Some(previous) if same => Ok((previous.clone(), after.subject().to_owned())),
        Some(_) => {
            let message = format!("{name}{PREVIOUS} can be compared with {name} only");
            Err(CliError::usage(message, format!("Use `querist diff {name}{PREVIOUS} {name}`.")))
        }
        None => Err(CliError::usage(format!("{name} does not continue an earlier session"), "")),
    }
}

fn side(earlier: &Earlier) -> Side {
    let (session, last) = (&earlier.session, earlier.session.last_published_change());
    Side {
        id: earlier.id.clone(),
        subject: session.subject().to_owned(),
        day: last.at.to_zoned(TimeZone::UTC).date(),
        by: last.by,
        questionnaire: (session.questionnaire().id.clone(), session.questionnaire().version.clone()),
    }
}
