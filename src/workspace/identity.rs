//! Who is using the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;

use crate::store::{Author, Holder, Me, UNKNOWN_USER};

use super::place::{Workspace, now};

impl Workspace {
    /// The current process, and the author of edits: the setting `author`, otherwise the name and email
    /// address that git knows in the folder of sessions, otherwise the name of the user. Git is asked in the
    /// background.
    pub fn me(&self) -> Me {
        let holder = Self::holder();
        let fallback = user_at_host(&holder.by);
        let (sender, receiver) = mpsc::channel();
        let workspace = self.clone();
        let look_up = move || {
            let found = workspace.settings().ok().and_then(|settings| settings.author);
            if let Some(author) = found.or_else(|| git_author(workspace.sessions.path())) {
                // Without a receiver, the session was closed before its first edit.
                let _ = sender.send(author);
            }
        };
        let author = match std::thread::Builder::new().name("author".to_owned()).spawn(look_up) {
            Ok(_) => Author::looked_up(fallback, receiver),
            Err(_) => Author::known(fallback),
        };
        Me { holder, author }
    }

    /// The current user and process, for locks.
    pub fn holder() -> Holder {
        let by = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let by = by.filter(|name| !name.is_empty()).unwrap_or_else(|| UNKNOWN_USER.to_owned());
        Holder { pid: std::process::id(), by, since: now() }
    }
}

/// `Name <email>` from git's configuration in `folder`.
fn git_author(folder: &Path) -> Option<String> {
    let existing =
        folder.ancestors().find(|folder| folder.is_dir()).map_or_else(PathBuf::new, Path::to_owned);
    let mut command = Command::new("git");
    command
        .args(["config", "--get-regexp", r"^user\.(name|email)$"])
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    if !existing.as_os_str().is_empty() {
        command.current_dir(existing);
    }
    let output = command.output().ok().filter(|output| output.status.success())?;
    author_of(&String::from_utf8_lossy(&output.stdout))
}

/// The author in lines such as `user.name Kim`; the last line of each kind applies.
fn author_of(config: &str) -> Option<String> {
    let last = |key: &str| config.lines().rev().find_map(|line| line.strip_prefix(key)).map(str::trim);
    let (name, email) = (last("user.name "), last("user.email "));
    let name = name.filter(|name| !name.is_empty()).or(email)?;
    Some(email.map_or_else(|| name.to_owned(), |email| format!("{name} <{email}>")))
}

fn user_at_host(user: &str) -> String {
    let files = ["/proc/sys/kernel/hostname", "/etc/hostname"];
    let from_file = || files.iter().find_map(|path| std::fs::read_to_string(path).ok());
    let host = ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let host = host.or_else(from_file).map(|host| host.trim().to_owned()).filter(|host| !host.is_empty());
    host.map_or_else(|| user.to_owned(), |host| format!("{user}@{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_author_is_git_s_name_and_address_of_which_the_last_apply() {
        let config = "user.name Old\nuser.email kim@example.org\nuser.name Kim Example\n";
        assert_eq!(author_of(config).unwrap(), "Kim Example <kim@example.org>");
        assert_eq!(author_of("user.email kim@example.org\n").unwrap(), "kim@example.org <kim@example.org>");
        assert_eq!(author_of("user.name \n"), None);
    }

    #[test]
    fn the_setting_for_the_author_comes_before_git() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("settings.json"), r#"{"author": "Ann <ann@example.org>"}"#).unwrap();
        let workspace = Workspace::new(dir.path().join("data"), dir.path().to_owned());
        assert_eq!(workspace.me().author.name(), "Ann <ann@example.org>");
    }
}
