//! The commands: one file each. Arguments in, exit code out.

mod answer;
mod args;
mod ask;
mod check;
mod config;
mod error;
mod export;
mod import;
mod list;
mod new;
mod open;
mod output;
mod questionnaires;
mod shell;
mod validate;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use directories::ProjectDirs;

use crate::workspace::Workspace;

use args::{Args, Command};
use error::CliError;

/// Runs the program with the arguments of the process.
///
/// Exit codes: 0 done, 1 done and the answer is "no", 2 wrong usage, 3 input cannot be read, 4 cannot be stored.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let result = workspace(args.data_dir.clone()).and_then(|workspace| match args.command {
        None => open::home(workspace),
        Some(Command::New(args)) => new::run(workspace, args),
        Some(Command::Open(args)) => open::run(workspace, args),
        Some(Command::List(args)) => list::run(&workspace, &args),
        Some(Command::Ask(args)) => ask::run(&workspace, &args),
        Some(Command::Answer(args)) => answer::run(&workspace, args),
        Some(Command::Export(args)) => export::run(&workspace, &args),
        Some(Command::Import(args)) => import::run(&workspace, &args),
        Some(Command::Check(args)) => check::run(&workspace, &args),
        Some(Command::Questionnaires(args)) => questionnaires::run(&workspace, &args),
        Some(Command::Validate(args)) => validate::run(&args),
        Some(Command::Config(args)) => config::run(&workspace, &args),
        Some(Command::Completions(args)) => Ok(shell::completions(&args)),
        Some(Command::Man) => shell::man(),
    });
    match result {
        Ok(code) => code,
        Err(error) => error.report(),
    }
}

/// The folders of the platform, or those that are named.
fn workspace(data_dir: Option<PathBuf>) -> Result<Workspace, CliError> {
    let platform = ProjectDirs::from("", "", "querist");
    let config = std::env::var_os("QUERIST_CONFIG_DIR").map(PathBuf::from);
    let config = config.or_else(|| platform.as_ref().map(|dirs| dirs.config_dir().to_owned()));
    let data = data_dir.or_else(|| platform.as_ref().map(|dirs| dirs.data_dir().to_owned()));
    match (data, config) {
        (Some(data), config) => {
            let config = config.unwrap_or_else(|| data.clone());
            Ok(Workspace::new(data, config))
        }
        (None, _) => {
            Err(CliError::usage("there is no home folder", "Say where sessions are with --data-dir DIR."))
        }
    }
}
