//! `querist git`, and the commands that git starts: `querist merge-driver` and `querist textconv`.

use std::path::Path;
use std::process::ExitCode;

use crate::report::fields;
use crate::session::author_name;
use crate::store::{MAX_FILE, MergedVersions, merge_versions, read_bytes, session_in, write_whole};
use crate::workspace::{Resolved, Workspace};

use super::args::{GitCommand, MergeDriverArgs, TextconvArgs};
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, command: &GitCommand) -> Result<ExitCode, CliError> {
    match command {
        GitCommand::Setup { remove: true, .. } => {
            let done = workspace.repository()?.remove()?;
            report(&done, "Git was not set up.");
            Ok(ExitCode::SUCCESS)
        }
        GitCommand::Setup { remove: false, strict } => set_up(workspace, *strict),
        GitCommand::Resolve { files } => {
            let repository = workspace.repository()?;
            let files = if files.is_empty() { repository.unmerged() } else { files.clone() };
            if files.is_empty() {
                output::err("Nothing is unmerged.");
            }
            let mut are_all_merged = true;
            for file in &files {
                // Git names files from the folder that it works in.
                let file = std::path::absolute(file).unwrap_or_else(|_| file.clone());
                are_all_merged &= resolved(&file, &repository.resolve(&file)?);
            }
            Ok(if are_all_merged { ExitCode::SUCCESS } else { ExitCode::from(1) })
        }
    }
}

fn set_up(workspace: &Workspace, strict: bool) -> Result<ExitCode, CliError> {
    let repository = workspace.repository()?;
    let program = std::env::current_exe().map_err(|error| CliError::Unreadable {
        message: format!("cannot find this program: {error}"),
        hint: "Start it by its full path.",
    })?;
    let done = repository.set_up(&program, strict)?;
    report(&done, "Git is set up.");
    for journal in repository.committed_journals() {
        output::err(&format!(
            "Note: {journal} is committed, with every deleted word. Remove it: git rm --cached {journal}"
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn report(done: &[String], nothing: &str) {
    if done.is_empty() {
        output::err(nothing);
    }
    for line in done {
        output::err(line);
    }
}

/// Reports how an unmerged file was resolved; returns whether it was.
fn resolved(file: &Path, resolved: &Resolved) -> bool {
    let name = file.display();
    match resolved {
        Resolved::Merged(merged) => {
            output::err(&format!("{name}: merged."));
            two_answers(&name.to_string(), "theirs", merged);
            return true;
        }
        Resolved::Removed => output::err(&format!(
            "{name}: one side removed it and the other one changed it. Keep it with git add, or remove it \
             with git rm."
        )),
        Resolved::Not(reason) => output::err(&format!("{name}: not merged: {reason}.")),
    }
    false
}

/// Names the questions with two answers.
fn two_answers(name: &str, theirs: &str, merged: &MergedVersions) {
    let mut said = Vec::new();
    for (place, by) in &merged.conflicts {
        let by = if by.is_empty() { theirs } else { author_name(by) };
        let place = merged.session.place_label(place);
        let line = format!("{name}: {place}: also changed by {by}; open the session to choose.");
        if !said.contains(&line) {
            output::err(&line);
            said.push(line);
        }
    }
    for part in &merged.kept {
        output::err(&format!("{name}: both sides changed {part}; ours is kept."));
    }
}

pub fn merge_driver(args: &MergeDriverArgs) -> Result<ExitCode, CliError> {
    let name = args.path.clone().unwrap_or_else(|| args.ours.display().to_string());
    // Older versions of git leave what they do not know as it is.
    let label = args.label_theirs.as_deref().filter(|label| !label.starts_with('%'));
    let read = |path: &Path| read_bytes(path, MAX_FILE);
    match merge_versions(&read(&args.base)?, &read(&args.ours)?, &read(&args.theirs)?) {
        Ok(merged) => {
            write_whole(&args.ours, &merged.text, false)?;
            two_answers(&name, label.unwrap_or("theirs"), &merged);
            let has_conflicts = args.exit_conflict && !merged.conflicts.is_empty();
            Ok(if has_conflicts { ExitCode::from(1) } else { ExitCode::SUCCESS })
        }
        Err(reason) => {
            output::err(&format!("querist: {name}: not merged: {reason}."));
            output::err("Ours is unchanged. Choose one with git checkout --ours or --theirs.");
            Ok(ExitCode::from(1))
        }
    }
}

/// Prints what is not a session as it is: git compares it all the same.
pub fn textconv(args: &TextconvArgs) -> Result<ExitCode, CliError> {
    let bytes = read_bytes(&args.file, MAX_FILE)?;
    match session_in(&bytes) {
        Ok(session) => output::raw(&fields(&session)),
        Err(_) => output::bytes(&bytes),
    }
    Ok(ExitCode::SUCCESS)
}
