//! What shells and man pages need, from the arguments' own table.

use std::process::ExitCode;

use clap::CommandFactory;

use super::args::{Args, CompletionsArgs};
use super::error::CliError;
use super::output;

/// Prints completions for a shell.
pub fn completions(args: &CompletionsArgs) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "querist", &mut script);
    output::raw(&String::from_utf8_lossy(&script));
    ExitCode::SUCCESS
}

/// Prints the man page.
pub fn man() -> Result<ExitCode, CliError> {
    let mut page = Vec::new();
    let render = clap_mangen::Man::new(Args::command()).render(&mut page);
    render.map_err(|error| CliError::unstored(error.to_string(), ""))?;
    output::raw(&String::from_utf8_lossy(&page));
    Ok(ExitCode::SUCCESS)
}
