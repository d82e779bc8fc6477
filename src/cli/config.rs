//! `querist config`: shows the settings, or creates a settings file.

use std::process::ExitCode;

use crate::store::{make_folder, write_whole};
use crate::workspace::{SETTINGS_TEMPLATE, Workspace};

use super::args::ConfigArgs;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &ConfigArgs) -> Result<ExitCode, CliError> {
    let path = workspace.settings_path();
    if args.init {
        if path.symlink_metadata().is_ok() {
            return Err(CliError::Unwritable {
                message: format!("{} already exists; nothing was written", path.display()),
                hint: "Edit the file, or move it away first.",
            });
        }
        make_folder(&workspace.config)?;
        write_whole(&path, SETTINGS_TEMPLATE.as_bytes(), false)?;
        output::err(&format!("Created {}.", path.display()));
        return Ok(ExitCode::SUCCESS);
    }
    let settings = workspace.settings()?;
    workspace.theme(&settings.theme)?;
    output::json(&settings);
    output::err(&format!("Settings: {}", path.display()));
    output::err(&format!("Sessions: {}", workspace.sessions.path().display()));
    Ok(ExitCode::SUCCESS)
}
