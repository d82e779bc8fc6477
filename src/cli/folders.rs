//! Where the user's things are.

use std::path::PathBuf;

use directories::ProjectDirs;

use crate::workspace::Workspace;

use super::error::CliError;

/// The folders of the platform, or those that are named.
pub fn workspace(data_dir: Option<PathBuf>) -> Result<Workspace, CliError> {
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
