//! `querist export`: writes the report.

use std::process::ExitCode;

use crate::report::{Extras, Keep, render};
use crate::store::Opened;
use crate::workspace::{Publication, Published, Workspace, now};

use super::args::ExportArgs;
use super::edit;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &ExportArgs) -> Result<ExitCode, CliError> {
    let extras = Extras { notes: args.with_notes, hidden: args.with_hidden };
    let format = args.format;
    let Some(path) = args.output.as_deref().filter(|path| path.as_os_str() != "-") else {
        let (_, loaded) = workspace.sessions.read(&args.session)?;
        output::raw(&render(&loaded.session, format, extras, now()));
        return Ok(ExitCode::SUCCESS);
    };
    let Opened { session: mut open, notice } = workspace.sessions.open(&args.session, workspace.me())?;
    if let Some(notice) = notice {
        output::err(&notice);
    }
    let keep = match (args.ours, args.theirs) {
        (true, _) => Some(Keep::Ours),
        (_, true) => Some(Keep::Theirs),
        (false, false) => None,
    };
    let (session, id) = (open.session(), open.id());
    let published = workspace.publish(Publication { session, id, format, path, extras, keep, now: now() })?;
    report(&published);
    if open.read_only().is_none() {
        for edit in published.edits {
            edit::edit(&mut open, edit)?;
        }
        open.snapshot(now())?;
    } else if published.taken > 0 {
        output::err("The session is open elsewhere: export from there to bring these changes into it.");
    }
    Ok(ExitCode::SUCCESS)
}

fn report(published: &Published) {
    if published.unchanged {
        output::err(&format!("{} is already up to date.", published.path.display()));
    } else {
        output::err(&format!("Wrote {}.", published.path.display()));
    }
    for row in &published.rows {
        output::err(&format!("  changed: {row}"));
    }
    if published.taken > 0 {
        output::err(&format!("Took {} made on the page since.", output::count(published.taken, "change")));
    }
    for problem in &published.problems {
        output::err(&format!("Note: {problem}."));
    }
    if let Some(kept) = &published.replaced {
        output::err(&format!("The previous version is in {}.", kept.display()));
    }
}
