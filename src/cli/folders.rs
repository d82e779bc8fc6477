//! The folders of sessions and settings.

use std::path::PathBuf;

use directories::ProjectDirs;

use crate::workspace::Workspace;

use super::error::CliError;

/// The workspace in `data_dir`, or in the platform's data folder.
pub fn workspace(data_dir: Option<PathBuf>) -> Result<Workspace, CliError> {
    let platform = ProjectDirs::from("", "", "querist");
    let config = std::env::var_os("QUERIST_CONFIG_DIR").map(PathBuf::from);
    let config = config.or_else(|| platform.as_ref().map(|dirs| dirs.config_dir().to_owned()));
    let data = data_dir.or_else(|| platform.as_ref().map(|dirs| dirs.data_dir().to_owned()));
    let Some(data) = data else {
        let hint = "Use --data-dir DIR to choose a folder for sessions.";
        return Err(CliError::usage("no home folder found", hint));
    };
    let config = config.unwrap_or_else(|| data.clone());
    Ok(Workspace::new(data, config))
}
