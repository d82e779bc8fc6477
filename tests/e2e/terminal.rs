//! The real program in a pseudo-terminal.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long something that must appear may take before the test fails; it is no measurement.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
}

struct Shown {
    parser: vt100::Parser,
    /// All bytes that came, for looking at them.
    bytes: Vec<u8>,
    closed: bool,
}

fn size(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).expect("a size")
}

/// Runs a command of the program without a terminal.
pub fn querist(data: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_querist"));
    command
        .arg("--data-dir")
        .arg(data)
        .args(args)
        .env("USER", "kim")
        .env("QUERIST_CONFIG_DIR", data.join("config"));
    command.output().expect("the program starts")
}

/// Runs a command with `input` on its standard input.
pub fn piped(data: &Path, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_querist"));
    command.arg("--data-dir").arg(data).args(args).env("USER", "kim");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("an input").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("an end")
}

impl Terminal {
    /// Starts the program with `args` on a terminal of `columns` by `rows`.
    pub fn start(data: &Path, args: &[&str], columns: u16, rows: u16, env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_querist"));
        command.arg("--data-dir");
        command.arg(data);
        command.args(args);
        Self::run(command, data, columns, rows, env)
    }

    /// Starts a line of shell that runs `$QUERIST` with `$DATA`, on a terminal of 100 by 30.
    pub fn shell(data: &Path, line: &str) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", line]);
        command.env("QUERIST", env!("CARGO_BIN_EXE_querist"));
        command.env("DATA", data);
        Self::run(command, data, 100, 30, &[])
    }

    fn run(mut command: CommandBuilder, data: &Path, columns: u16, rows: u16, env: &[(&str, &str)]) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        command.env("LANG", "C.UTF-8");
        command.env("LC_ALL", "C.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env("USER", "kim");
        command.env("QUERIST_CONFIG_DIR", data.join("config"));
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let parser = vt100::Parser::new(size(rows), size(columns), 0);
        let shown =
            Arc::new((Mutex::new(Shown { parser, bytes: Vec::new(), closed: false }), Condvar::new()));
        let told = Arc::clone(&shown);
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            loop {
                let count = reader.read(&mut buffer).unwrap_or(0);
                let mut shown = told.0.lock().unwrap();
                shown.parser.process(&buffer[..count]);
                shown.bytes.extend_from_slice(&buffer[..count]);
                shown.closed |= count == 0;
                told.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Self { child, writer, master: pair.master, shown }
    }

    /// Sends keys as the terminal would: text as it is, `\r` for Enter, escape sequences for the others.
    pub fn send(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).expect("the program reads");
        self.writer.flush().expect("the program reads");
        self
    }

    /// Pastes as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Waits until the screen shows `text`.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until the screen fulfils `condition`.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, condition: impl Fn(&str) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        let mut shown = self.shown.0.lock().unwrap();
        loop {
            let text = shown.parser.screen().contents();
            if condition(&text) {
                break;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !shown.closed, "waited for {what}:\n{text}");
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
        drop(shown);
        self
    }

    /// Waits until the program has sent `bytes`.
    #[track_caller]
    pub fn wait_for_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        let mut shown = self.shown.0.lock().unwrap();
        while !shown.bytes.windows(bytes.len()).any(|window| window == bytes) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !shown.closed, "waited for {}", bytes.escape_ascii());
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
        drop(shown);
        self
    }

    /// Where `text` is shown first: column and row, from nought.
    #[track_caller]
    pub fn place(&mut self, text: &str) -> (u16, u16) {
        self.wait_for(text);
        let screen = self.shown.0.lock().unwrap().parser.screen().contents();
        let places = screen.lines().enumerate();
        let found =
            places.filter_map(|(row, line)| line.find(text).map(|at| (line[..at].chars().count(), row)));
        let (column, row) = found.into_iter().next().expect("it is shown");
        (column as u16, row as u16)
    }

    /// Sends an event of the mouse as terminals do (SGR mode 1006): `kind` as there, `M` for pressed and `m` for let go.
    pub fn mouse(&mut self, kind: u8, column: u16, row: u16, end: char) -> &mut Self {
        self.send(&format!("\x1b[<{kind};{};{}{end}", column + 1, row + 1))
    }

    /// Clicks on where `text` is shown, that many columns into it.
    #[track_caller]
    pub fn click(&mut self, text: &str, into: u16) -> &mut Self {
        let (column, row) = self.place(text);
        self.mouse(0, column + into, row, 'M').mouse(0, column + into, row, 'm')
    }

    /// All bytes that the program has sent.
    pub fn bytes(&self) -> Vec<u8> {
        self.shown.0.lock().unwrap().bytes.clone()
    }

    /// The number of the process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// What was on the screen when the program ended: a killed one has not given the terminal back, another has; of
    /// that one it is the screen before.
    pub fn last_screen(&self) -> String {
        let shown = self.shown.0.lock().unwrap();
        let (rows, columns) = shown.parser.screen().size();
        let leaving = b"\x1b[?1049l";
        let end = shown.bytes.windows(leaving.len()).rposition(|w| w == leaving).unwrap_or(shown.bytes.len());
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(&shown.bytes[..end]);
        parser.screen().contents()
    }

    /// Waits for the header and leaves; gives its number of edits, as `edit 7`.
    pub fn resumed(mut self) -> String {
        self.wait_for("saved · edit ");
        self.send("\x11");
        self.ended();
        let screen = self.last_screen();
        let header = screen.lines().next().unwrap_or_default().to_owned();
        header.rsplit_once("· ").map_or(header.clone(), |(_, edit)| edit.trim().to_owned())
    }

    /// Whether the program still has the alternate screen.
    pub fn has_alternate_screen(&self) -> bool {
        self.shown.0.lock().unwrap().parser.screen().alternate_screen()
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.shown.0.lock().unwrap().parser.screen_mut().set_size(size(rows), size(columns));
        self.master
            .resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .expect("a resize");
    }

    /// Sends a signal by its name, such as `KILL`.
    pub fn signal(&mut self, name: &str) {
        let pid = self.child.process_id().expect("a process").to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &pid]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for the program to end and its output to be read; gives its exit code.
    pub fn ended(&mut self) -> u32 {
        let code = self.child.wait().expect("an end").exit_code();
        let deadline = Instant::now() + PATIENCE;
        let mut shown = self.shown.0.lock().unwrap();
        while !shown.closed && Instant::now() < deadline {
            shown = self.shown.1.wait_timeout(shown, Duration::from_millis(100)).unwrap().0;
        }
        code
    }
}
