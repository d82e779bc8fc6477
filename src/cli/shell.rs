//! Completions and man pages, generated from the arguments.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::env::Shells;

use super::args::{Args, CompletionsArgs, ManArgs};
use super::error::CliError;
use super::output;

/// The environment variable that completion scripts set to request completions.
pub const COMPLETE: &str = "QUERIST_COMPLETE";

/// Prints the completion script for a shell.
pub fn completions(args: &CompletionsArgs) -> Result<ExitCode, CliError> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let shell = args.shell.to_string();
    let Some(completer) = shells.completer(&shell) else {
        let known: Vec<&str> = shells.names().collect();
        let hint = format!("Use {}.", output::alternatives(&known));
        return Err(CliError::usage(format!("no completions for {shell}"), hint));
    };
    let written = completer.write_registration(COMPLETE, "querist", "querist", "querist", &mut script);
    written.map_err(|error| CliError::Unwritable { message: error.to_string(), hint: "" })?;
    output::raw(&String::from_utf8_lossy(&script));
    Ok(ExitCode::SUCCESS)
}

/// Prints the man page of the program or of a command.
pub fn man(args: &ManArgs) -> Result<ExitCode, CliError> {
    let program = Args::command();
    let man = match &args.command {
        None => clap_mangen::Man::new(program),
        Some(name) => match program.find_subcommand(name) {
            Some(command) => clap_mangen::Man::new(command.clone().bin_name(format!("querist {name}")))
                .title(format!("querist-{name}")),
            None => {
                let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
                let hint = format!("Use {}.", output::alternatives(&known));
                return Err(CliError::usage(format!("no command \"{name}\""), hint));
            }
        },
    };
    let mut page = Vec::new();
    let written = man.render(&mut page);
    written.map_err(|error| CliError::Unwritable { message: error.to_string(), hint: "" })?;
    output::raw(&String::from_utf8_lossy(&page));
    Ok(ExitCode::SUCCESS)
}
