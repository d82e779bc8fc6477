//! `querist diff`: shows what differs between two sessions.

use std::process::ExitCode;

use crate::report::{Compared, Shows};
use crate::session::{Previous, Session, previous_of};
use crate::workspace::{Workspace, now};

use super::args::{DiffArgs, DiffFormat};
use super::error::CliError;
use super::output;

/// After the name of a session, names the earlier session that it continues.
const PREVIOUS: &str = "@previous";

pub fn run(workspace: &Workspace, args: &DiffArgs) -> Result<ExitCode, CliError> {
    let after = workspace.earlier(&args.b, now())?;
    let (before, subject) = before(workspace, args, &after.session)?;
    let compared = Compared::of(&before, &subject, &after.id, &after.session);
    let comparison = compared.comparison(Shows { all: args.all, notes: args.notes });
    if !args.quiet {
        match args.format {
            DiffFormat::Text => output::differences(&comparison.text()),
            DiffFormat::Markdown => output::raw(&comparison.markdown()),
            DiffFormat::Json => output::raw(&comparison.json()),
        }
    }
    let is_different = compared.comparison(Shows { all: false, notes: args.notes }).items().next().is_some();
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
