//! What shells and man pages need, from the arguments' own table.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::env::Shells;

use super::args::{Args, CompletionsArgs, ManArgs};
use super::error::CliError;
use super::output;

/// The variable by which a shell asks for completions.
pub const COMPLETE: &str = "QUERIST_COMPLETE";

/// Prints completions for a shell.
pub fn completions(args: &CompletionsArgs) -> Result<ExitCode, CliError> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let shell = args.shell.to_string();
    let Some(completer) = shells.completer(&shell) else {
        return Err(CliError::usage(
            format!("no completions for {shell}"),
            "There are some for bash, zsh and fish.",
        ));
    };
    let written = completer.write_registration(COMPLETE, "querist", "querist", "querist", &mut script);
    written.map_err(|error| CliError::unstored(error.to_string(), ""))?;
    output::raw(&String::from_utf8_lossy(&script));
    Ok(ExitCode::SUCCESS)
}

/// Prints the man page of the program, or of one of its commands.
pub fn man(args: &ManArgs) -> Result<ExitCode, CliError> {
    let whole = Args::command();
    let man = match &args.command {
        None => clap_mangen::Man::new(whole),
        Some(name) => match whole.find_subcommand(name) {
            Some(found) => clap_mangen::Man::new(found.clone().bin_name(format!("querist {name}")))
                .title(format!("querist-{name}")),
            None => {
                let known: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
                let hint = format!("There are: {}.", known.join(", "));
                return Err(CliError::usage(format!("no command \"{name}\""), hint));
            }
        },
    };
    let mut page = Vec::new();
    man.render(&mut page).map_err(|error| CliError::unstored(error.to_string(), ""))?;
    output::raw(&String::from_utf8_lossy(&page));
    Ok(ExitCode::SUCCESS)
}
