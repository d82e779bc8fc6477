//! `querist export`: writes the report.

use std::process::ExitCode;

use crate::report::{Extras, render};
use crate::workspace::{Workspace, now};

use super::args::ExportArgs;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &ExportArgs) -> Result<ExitCode, CliError> {
    let (_, loaded) = workspace.sessions.read(&args.session)?;
    let extras = Extras { notes: args.with_notes, hidden: args.with_hidden };
    let format = args.format;
    let Some(path) = args.output.as_deref().filter(|path| path.as_os_str() != "-") else {
        output::raw(&render(&loaded.session, format, extras, now()));
        return Ok(ExitCode::SUCCESS);
    };
    let published = workspace.publish(&loaded.session, format, path, extras, now())?;
    if published.unchanged {
        output::err(&format!("{} is already up to date.", published.path.display()));
        return Ok(ExitCode::SUCCESS);
    }
    output::err(&format!("Wrote {}.", published.path.display()));
    for row in &published.rows {
        output::err(&format!("  changed: {row}"));
    }
    if let Some(kept) = &published.replaced {
        output::err(&format!("The previous version is in {}.", kept.display()));
    }
    Ok(ExitCode::SUCCESS)
}
