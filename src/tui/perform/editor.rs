//! The reviewer's own editor.

use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::session::MAX_TEXT;
use crate::store::make_folder;
use crate::tui::terminal::Terminal;
use crate::workspace::Workspace;

/// Lets the reviewer edit a text in `$VISUAL` or `$EDITOR`. Returns the new text, or what went wrong.
pub fn edit(text: &str, workspace: &Workspace, terminal: &mut Terminal) -> Result<String, String> {
    let words = command()?;
    let path = write(text, &workspace.state)?;
    // Without the lock, another program that starts meanwhile may move the file to the trash.
    let _editing = workspace.editing(true);
    let (program, arguments) = words.split_first().ok_or("$VISUAL and $EDITOR are empty.")?;
    let run = || Command::new(program).args(arguments).arg(&path).status();
    let status = terminal.lend(run).map_err(|error| format!("The terminal failed: {error}"))?;
    let bytes = std::fs::read(&path).map_err(|error| format!("The edited text cannot be read: {error}"))?;
    let is_changed = bytes != text.as_bytes();
    match checked(program, status, bytes) {
        Ok(new) => Ok(new),
        // What was written there and is not used is kept, and the reviewer learns where.
        Err(problem) if is_changed => {
            let kept = path.keep().unwrap_or_else(|error| error.path.to_path_buf());
            // Only files of editors that are still running have the other name.
            let name = kept.file_name().unwrap_or_default().to_string_lossy().replacen("edit-", "kept-", 1);
            let renamed = kept.with_file_name(name);
            let kept = std::fs::rename(&kept, &renamed).map_or(kept, |()| renamed);
            Err(format!("{problem} The edited text was kept in {}.", kept.display()))
        }
        Err(problem) => Err(format!("{problem} The text is unchanged.")),
    }
}

/// The words of the editor's command, split as a shell does.
fn command() -> Result<Vec<String>, String> {
    let set = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let editor = set.unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned());
    if Path::new(&editor).is_file() {
        return Ok(vec![editor]);
    }
    shell_words::split(&editor).map_err(|error| format!("$VISUAL or $EDITOR cannot be split: {error}."))
}

/// Writes the text to a temporary file in a private folder.
fn write(text: &str, folder: &Path) -> Result<tempfile::TempPath, String> {
    let file = make_folder(folder).map_err(|error| error.to_string()).and_then(|()| {
        make_private(folder);
        let mut file = tempfile::Builder::new()
            .prefix("edit-")
            .suffix(".md")
            .tempfile_in(folder)
            .map_err(|error| error.to_string())?;
        file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(|error| error.to_string())?;
        Ok(file.into_temp_path())
    });
    file.map_err(|error| format!("Cannot write a file for the editor: {error}"))
}

/// Takes a folder from everybody but its owner: somebody else may have created it, or a copy of it.
#[cfg(unix)]
fn make_private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    // The file in it is private all the same.
    let _ = std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700));
}

/// On Windows a folder has the permissions of the user's profile.
#[cfg(not(unix))]
fn make_private(_: &Path) {}

/// The edited text, if the editor succeeded and the text can be used. A byte order mark is dropped.
fn checked(program: &str, status: std::io::Result<ExitStatus>, bytes: Vec<u8>) -> Result<String, String> {
    let status = status.map_err(|error| format!("{program} cannot be started: {error}."))?;
    let text = String::from_utf8(bytes).map_err(|_| "The edited text is not UTF-8.".to_owned())?;
    if text.len() > MAX_TEXT {
        return Err(format!("The edited text is longer than {} KB.", MAX_TEXT / 1024));
    }
    if !status.success() {
        return Err(format!("{program} ended with an error."));
    }
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn the_file_for_the_editor_is_private_and_is_removed_afterwards() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let state = dir.path().join("state");
        std::fs::create_dir(&state).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o755)).unwrap();
        let file = write("Secret.", &state).unwrap();
        assert_eq!(file.parent(), Some(state.as_path()));
        assert_eq!((mode(&state), mode(&file)), (0o700, 0o600));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "Secret.");
        drop(file);
        assert_eq!(std::fs::read_dir(&state).unwrap().count(), 0);
    }
}
