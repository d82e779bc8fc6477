//! The command line: one file per command.

mod answer;
mod args;
mod ask;
mod attach;
mod candidates;
mod check;
mod compare;
mod config;
mod convert;
mod deny;
mod diff;
mod edit;
mod error;
mod evidence;
mod export;
mod folders;
mod forget;
mod git;
mod import;
mod input;
mod instance;
mod links;
mod list;
mod look;
mod merge;
mod new;
mod open;
mod output;
mod page;
mod plan;
mod progress;
mod publish;
mod question;
mod questionnaires;
mod reply;
mod request;
mod search;
mod shell;
mod team;
mod validate;
mod write;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use clap_complete::CompleteEnv;

use args::{Args, Command};
use error::CliError;

/// The exit code after a panic, as of any Rust program.
const PANICKED: i32 = 101;

/// Runs the program with the process's arguments.
///
/// The exit code is 0 if the command succeeded, 1 if it succeeded and its answer is "no", 2 for wrong usage,
/// 3 if input cannot be read, and 4 if output cannot be stored or written.
pub fn run() -> ExitCode {
    end_on_panic();
    CompleteEnv::with_factory(Args::command).var(shell::COMPLETE).complete();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) => {
            // The message repeats arguments, which may contain anything.
            output::err(error.render().to_string().trim_end());
            return ExitCode::from(2);
        }
    };
    let result = folders::workspace(args.data_dir.clone()).and_then(|workspace| match args.command {
        None => open::home(workspace),
        Some(Command::New(args)) => new::run(workspace, args),
        Some(Command::Open(args)) => open::run(workspace, args),
        Some(Command::List(args)) => list::run(&workspace, &args),
        Some(Command::Ask(args)) => ask::run(&workspace, &args),
        Some(Command::Answer(args)) => answer::run(&workspace, args),
        Some(Command::Attach(args)) => attach::run(&workspace, &args),
        Some(Command::Evidence(args)) => evidence::run(&workspace, &args),
        Some(Command::Look(args)) => look::run(&workspace, &args),
        Some(Command::Page(args)) => page::run(&workspace, &args),
        Some(Command::Question(args)) => question::run(&workspace, &args),
        Some(Command::Instance(args)) => instance::run(&workspace, &args),
        Some(Command::Merge(args)) => merge::run(&workspace, &args),
        Some(Command::Comment(args)) => team::comment(&workspace, &args),
        Some(Command::Approve(args)) => team::approve(&workspace, &args),
        Some(Command::Log(args)) => team::log(&workspace, &args),
        Some(Command::Forget(args)) => forget::run(&workspace, &args),
        Some(Command::Git(args)) => git::run(&workspace, &args.command),
        Some(Command::MergeDriver(args)) => git::merge_driver(&args),
        Some(Command::Textconv(args)) => git::textconv(&args),
        Some(Command::Export(args)) => export::run(&workspace, &args),
        Some(Command::Publish(args)) => publish::run(&workspace, &args),
        Some(Command::Import(args)) => import::run(&workspace, &args),
        Some(Command::Diff(args)) => diff::run(&workspace, &args),
        Some(Command::Compare(args)) => compare::run(&workspace, &args),
        Some(Command::Request(args)) => request::run(&workspace, &args),
        Some(Command::Reply(args)) => reply::run(&workspace, &args),
        Some(Command::Check(args)) => check::run(&workspace, &args),
        Some(Command::Links(args)) => links::run(&workspace, &args),
        Some(Command::Search(args)) => search::run(&workspace, &args),
        Some(Command::Questionnaires(args)) => questionnaires::run(&workspace, &args),
        Some(Command::Convert(args)) => convert::run(&workspace, &args),
        Some(Command::Validate(args)) => validate::run(&args),
        Some(Command::Config(args)) => config::run(&workspace, &args),
        Some(Command::Completions(args)) => shell::completions(&args),
        Some(Command::Man(args)) => shell::man(&args),
    });
    let result = result.and_then(|code| match output::failure() {
        Some(reason) => Err(CliError::StandardOutput { reason: reason.to_owned() }),
        None => Ok(code),
    });
    match result {
        Ok(code) => code,
        Err(error) => error.report(),
    }
}

/// Lets a panic in any thread end the program. What was typed is on disk, and a program that goes on without
/// its threads for searching, syncing or signals only looks as if it worked.
fn end_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        report(info);
        std::process::exit(PANICKED);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_docs_describe_every_command_and_option() {
        let docs = include_str!("../../docs/commands.md");
        for command in Args::command().get_subcommands() {
            let name = command.get_name();
            let (_, section) = docs.split_once(&format!("\n## {name}\n")).unwrap_or_else(|| panic!("{name}"));
            let section = section.split("\n## ").next().unwrap();
            for option in command.get_arguments().filter_map(clap::Arg::get_long) {
                assert!(section.contains(&format!("--{option}")), "{name} --{option}");
            }
        }
    }
}
