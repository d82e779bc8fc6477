//! Runs the program in a pseudo-terminal.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long to wait for expected output before a test fails.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A running program and the terminal that it runs in.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    received: Arc<(Mutex<Received>, Condvar)>,
}

struct Received {
    parser: vt100::Parser,
    /// Everything that the program has sent.
    bytes: Vec<u8>,
    closed: bool,
    /// Whether the terminal takes no output.
    is_deaf: bool,
}

fn size(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).expect("a size above 0")
}

/// Runs the program without a terminal.
pub fn querist(data: &Path, args: &[&str]) -> Output {
    command(data, args).output().expect("the program starts")
}

/// The command that runs the program without a terminal.
pub fn command(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_querist"));
    command
        .arg("--data-dir")
        .arg(data)
        .args(args)
        .env("USER", "kim")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("QUERIST_CONFIG_DIR", data.join("config"));
    command
}

/// Runs the program without a terminal; it must exit with `code`.
#[track_caller]
pub fn run(data: &Path, args: &[&str], code: i32) -> Output {
    let output = querist(data, args);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output.stderr));
    output
}

/// What a program has printed.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Runs the program without a terminal, with `input` on its standard input.
pub fn piped(data: &Path, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_querist"));
    command.arg("--data-dir").arg(data).args(args).env("USER", "kim");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("standard input").write_all(input.as_bytes()).expect("the program reads");
    child.wait_with_output().expect("the program ends")
}

/// Runs git in a folder as Ann; it must succeed. Returns what it prints.
#[track_caller]
pub fn git(folder: &Path, args: &[&str]) -> String {
    let output = try_git(folder, args);
    assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Runs git in a folder, with nothing of this computer's configuration, as Ann if the repository has no name
/// of its own.
pub fn try_git(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_EDITOR", "true");
    let has_name = Command::new("git").current_dir(folder).args(["config", "--local", "user.name"]).output();
    if !has_name.expect("git").status.success() {
        for role in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{role}_NAME"), "Ann")
                .env(format!("GIT_{role}_EMAIL"), "ann@example.org");
        }
    }
    command.output().expect("git starts")
}

impl Terminal {
    /// Starts the program with `args` in a terminal of `columns` by `rows`.
    pub fn start(data: &Path, args: &[&str], columns: u16, rows: u16, env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_querist"));
        command.arg("--data-dir");
        command.arg(data);
        command.args(args);
        skip_tour(data);
        Self::run(command, data, columns, rows, env)
    }

    /// Starts a shell command in a terminal of 100 by 30; `$QUERIST` is the program, `$DATA` the data folder.
    pub fn shell(data: &Path, line: &str) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", line]);
        command.env("QUERIST", env!("CARGO_BIN_EXE_querist"));
        command.env("DATA", data);
        Self::run(command, data, 100, 30, &[])
    }

    /// The same in a data folder in which the tour was shown before.
    pub fn shell_without_tour(data: &Path, line: &str) -> Self {
        skip_tour(data);
        Self::shell(data, line)
    }

    fn run(mut command: CommandBuilder, data: &Path, columns: u16, rows: u16, env: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        command.env("LANG", "C.UTF-8");
        command.env("LC_ALL", "C.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env("USER", "kim");
        // The author is the same on every machine.
        command.env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.env("QUERIST_CONFIG_DIR", data.join("config"));
        command.env("QUERIST_SHOW_EDITS", "1");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let parser = vt100::Parser::new(size(rows), size(columns), 0);
        let received = Arc::new((
            Mutex::new(Received { parser, bytes: Vec::new(), closed: false, is_deaf: false }),
            Condvar::new(),
        ));
        let reading = Arc::clone(&received);
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            loop {
                let count = reader.read(&mut buffer).unwrap_or(0);
                let received = reading.0.lock().unwrap();
                let mut received = reading.1.wait_while(received, |received| received.is_deaf).unwrap();
                received.parser.process(&buffer[..count]);
                received.bytes.extend_from_slice(&buffer[..count]);
                received.closed |= count == 0;
                reading.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Self { child, writer, master: pair.master, received }
    }

    /// Sends keys as a terminal does: plain text, `\r` for Enter, escape sequences for other keys.
    pub fn send(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).expect("the program reads");
        self.writer.flush().expect("the program reads");
        self
    }

    /// Pastes text as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Waits until the screen shows `text`.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until `condition` is true of the screen.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, condition: impl Fn(&str) -> bool) -> &mut Self {
        let deadline = Instant::now() + TIMEOUT;
        let mut received = self.received.0.lock().unwrap();
        loop {
            let text = received.parser.screen().contents();
            if condition(&text) {
                break;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !received.closed, "did not see {what}:\n{text}");
            received = self.received.1.wait_timeout(received, left).unwrap().0;
        }
        drop(received);
        self
    }

    /// Waits until the program has sent `bytes`.
    #[track_caller]
    pub fn wait_for_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        let deadline = Instant::now() + TIMEOUT;
        let mut received = self.received.0.lock().unwrap();
        while !received.bytes.windows(bytes.len()).any(|window| window == bytes) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !received.closed, "did not receive {}", bytes.escape_ascii());
            received = self.received.1.wait_timeout(received, left).unwrap().0;
        }
        drop(received);
        self
    }

    /// The column and row, from 0, where `text` first appears on the screen.
    #[track_caller]
    pub fn place(&mut self, text: &str) -> (u16, u16) {
        self.wait_for(text);
        let screen = self.received.0.lock().unwrap().parser.screen().contents();
        let lines = screen.lines().enumerate();
        let found =
            lines.filter_map(|(row, line)| line.find(text).map(|at| (line[..at].chars().count(), row)));
        let (column, row) = found.into_iter().next().expect("the text is on the screen");
        (column as u16, row as u16)
    }

    /// Sends a mouse event (SGR mode 1006): `button` with its modifiers, and `M` for press or `m` for
    /// release.
    pub fn mouse(&mut self, button: u8, column: u16, row: u16, action: char) -> &mut Self {
        self.send(&format!("\x1b[<{button};{};{}{action}", column + 1, row + 1))
    }

    /// Clicks on `text` on the screen, `offset` columns to the right of its start.
    #[track_caller]
    pub fn click(&mut self, text: &str, offset: u16) -> &mut Self {
        let (column, row) = self.place(text);
        self.mouse(0, column + offset, row, 'M').mouse(0, column + offset, row, 'm')
    }

    /// Everything that the program has sent.
    pub fn bytes(&self) -> Vec<u8> {
        self.received.0.lock().unwrap().bytes.clone()
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// The last screen of a program that has ended. A killed program leaves it; for one that left the
    /// alternate screen, this is the screen before that.
    pub fn last_screen(&self) -> String {
        let received = self.received.0.lock().unwrap();
        let (rows, columns) = received.parser.screen().size();
        let leaving = b"\x1b[?1049l";
        let end =
            received.bytes.windows(leaving.len()).rposition(|w| w == leaving).unwrap_or(received.bytes.len());
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(&received.bytes[..end]);
        parser.screen().contents()
    }

    /// Waits for the header and quits; returns the number of edits shown there, as `edit 7`.
    pub fn quit_at_once(mut self) -> String {
        self.wait_for("saved · edit ");
        self.send("\x11");
        self.ended();
        let screen = self.last_screen();
        let header = screen.lines().next().unwrap_or_default().to_owned();
        header.rsplit_once("· ").map_or(header.clone(), |(_, edit)| edit.trim().to_owned())
    }

    /// Whether the alternate screen is active.
    pub fn has_alternate_screen(&self) -> bool {
        self.received.0.lock().unwrap().parser.screen().alternate_screen()
    }

    /// Resizes the terminal.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.received.0.lock().unwrap().parser.screen_mut().set_size(size(rows), size(columns));
        self.master
            .resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .expect("a resize");
    }

    /// Takes no more output from the program, or takes it again.
    pub fn set_deaf(&mut self, is_deaf: bool) {
        self.received.0.lock().unwrap().is_deaf = is_deaf;
        self.received.1.notify_all();
    }

    /// Sends a signal to the program, by name, such as `KILL`.
    pub fn signal(&mut self, name: &str) {
        let pid = self.child.process_id().expect("a process").to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &pid]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for the program to end and for its output to be read; returns its exit code.
    pub fn ended(&mut self) -> u32 {
        let deadline = Instant::now() + TIMEOUT;
        let code = loop {
            if let Some(status) = self.child.try_wait().expect("a process") {
                break status.exit_code();
            }
            let is_late = Instant::now() > deadline;
            assert!(!is_late, "the program does not end:\n{}", self.last_screen());
            let received = self.received.0.lock().unwrap();
            drop(self.received.1.wait_timeout(received, Duration::from_millis(5)).unwrap());
        };
        let deadline = Instant::now() + TIMEOUT;
        let mut received = self.received.0.lock().unwrap();
        while !received.closed && Instant::now() < deadline {
            received = self.received.1.wait_timeout(received, Duration::from_millis(100)).unwrap().0;
        }
        code
    }
}

/// Makes the program believe that it was started before, so that no tour covers the screen.
fn skip_tour(data: &Path) {
    let state = data.join("state");
    std::fs::create_dir_all(&state).expect("a folder");
    let remembered = state.join("remembered.json");
    if !remembered.exists() {
        std::fs::write(remembered, "{\"tour_shown\": true}").expect("a file");
    }
}
