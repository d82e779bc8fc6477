//! Runs a program in a pseudo-terminal and measures when it draws.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A frame is complete when no output follows for this long. Its time is that of its last byte.
const QUIET: Duration = Duration::from_millis(12);
/// The same while a program starts: it queries the terminal and loads files, with longer pauses.
const QUIET_AT_START: Duration = Duration::from_millis(150);
/// How long to wait for the first output, at the start and after a key.
const TIMEOUTS: [Duration; 2] = [Duration::from_secs(5), Duration::from_millis(500)];

/// A running program.
pub struct Program {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<(Instant, usize)>,
    /// When it was started, or when the last keys were sent.
    since: Instant,
    quiet: Duration,
    timeout: Duration,
    _master: Box<dyn MasterPty + Send>,
}

impl Program {
    /// Starts a command.
    pub fn start(command: &[String]) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut builder = CommandBuilder::new(&command[0]);
        builder.args(&command[1..]);
        builder.env("TERM", "xterm-256color");
        builder.env("LC_ALL", "C.UTF-8");
        let since = Instant::now();
        let child = pair.slave.spawn_command(builder).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), count)).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            writer,
            output,
            since,
            quiet: QUIET_AT_START,
            timeout: TIMEOUTS[0],
            _master: pair.master,
        }
    }

    /// Sends keys.
    pub fn send(&mut self, keys: &str) {
        while self.output.try_recv().is_ok() {}
        self.since = Instant::now();
        self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush()).expect("the program reads");
    }

    /// Waits for a complete frame. Returns the time until its last byte and its size in bytes; `None` if
    /// nothing was drawn.
    pub fn wait_for_frame(&mut self) -> Option<(Duration, usize)> {
        let (mut last, mut bytes) = self.output.recv_timeout(self.timeout).ok()?;
        while let Ok((at, count)) = self.output.recv_timeout(self.quiet) {
            last = at;
            bytes += count;
        }
        (self.quiet, self.timeout) = (QUIET, TIMEOUTS[1]);
        Some((last.duration_since(self.since), bytes))
    }

    /// Its resident memory in bytes, where the system reports it.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
    }

    /// How often it is scheduled within `time` while no key is sent, where the system reports it.
    pub fn wakes_in(&self, time: Duration) -> Option<u64> {
        // By then, work that follows the start has ended, such as the first sync.
        std::thread::sleep(Duration::from_secs(1));
        let before = self.switches()?;
        std::thread::sleep(time);
        Some(self.switches()? - before)
    }

    fn switches(&self) -> Option<u64> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.process_id()?)).ok()?;
        let mut all = 0;
        for task in tasks.flatten() {
            let status = std::fs::read_to_string(task.path().join("status")).ok()?;
            let counts = status.lines().filter(|line| line.contains("ctxt_switches"));
            all += counts.filter_map(|line| line.rsplit('\t').next()?.parse::<u64>().ok()).sum::<u64>();
        }
        Some(all)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
