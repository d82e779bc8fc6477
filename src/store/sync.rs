//! Syncing the journal to the disk, off the drawing path.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long after an edit further edits are collected for one sync. Including the sync, less than a second.
const DELAY: Duration = Duration::from_millis(500);

enum Message {
    /// Data was written; sync it after [`DELAY`].
    Written,
    /// Sync at once.
    Now,
}

/// Syncs one file after each write, in a thread that is started by the first write and sleeps while nothing
/// is written.
pub(super) struct Syncer {
    /// The file, until the thread is started.
    file: Option<File>,
    thread: Option<Thread>,
    failure: Arc<Mutex<Option<io::Error>>>,
}

struct Thread {
    /// Whether the thread has been notified of a write since it last started to sync.
    is_notified: Arc<AtomicBool>,
    sender: Sender<Message>,
    handle: JoinHandle<()>,
}

impl Syncer {
    /// A syncer for `file`.
    pub(super) fn new(file: File) -> Self {
        Self { file: Some(file), thread: None, failure: Arc::new(Mutex::new(None)) }
    }

    /// To be called after each write: the data is synced within a second.
    pub(super) fn written(&mut self) {
        // One message per sync is enough; more would wake the thread on each key.
        let is_notified =
            self.thread.as_ref().is_some_and(|thread| thread.is_notified.swap(true, Ordering::AcqRel));
        if !is_notified {
            self.send(Message::Written);
        }
    }

    /// Starts a sync at once, without waiting for it. Does nothing if nothing has been written.
    pub(super) fn now(&mut self) {
        if self.thread.is_some() {
            self.send(Message::Now);
        }
    }

    /// Takes the error of a sync that failed since the last call.
    pub(super) fn failure(&self) -> Option<io::Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn send(&mut self, message: Message) {
        if let Some(file) = self.file.take() {
            self.start(file);
        }
        if let Some(thread) = &self.thread {
            // The receiver exists as long as this sender.
            let _ = thread.sender.send(message);
        }
    }

    fn start(&mut self, file: File) {
        let (sender, receiver) = mpsc::channel();
        let failure = Arc::clone(&self.failure);
        let is_notified = Arc::new(AtomicBool::new(true));
        let notified = Arc::clone(&is_notified);
        let builder = std::thread::Builder::new().name("sync".to_owned());
        match builder.spawn(move || run(&file, &receiver, &notified, &failure)) {
            Ok(handle) => self.thread = Some(Thread { is_notified, sender, handle }),
            Err(error) => store_failure(&self.failure, error),
        }
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        if let Some(Thread { sender, handle, .. }) = self.thread.take() {
            drop(sender);
            let _ = handle.join();
        }
    }
}

fn run(file: &File, receiver: &Receiver<Message>, notified: &AtomicBool, failure: &Mutex<Option<io::Error>>) {
    while let Ok(first) = receiver.recv() {
        let deadline = Instant::now() + DELAY;
        let mut message = Ok(first);
        while matches!(message, Ok(Message::Written)) {
            message = receiver.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        }
        // Data written after this point may not be part of this sync and needs another notification.
        notified.store(false, Ordering::Release);
        if let Err(error) = file.sync_data() {
            store_failure(failure, error);
        }
        if matches!(message, Err(RecvTimeoutError::Disconnected)) {
            return;
        }
    }
}

fn store_failure(failure: &Mutex<Option<io::Error>>, error: io::Error) {
    *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use super::*;

    /// Linux cannot sync this file, so each sync leaves a failure.
    fn syncer() -> Syncer {
        Syncer::new(File::open("/dev/null").unwrap())
    }

    /// Whether a sync fails within ten seconds.
    fn fails(syncer: &Syncer) -> bool {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(10) {
            if syncer.failure().is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        false
    }

    #[test]
    fn what_is_written_is_synced_after_a_delay_or_at_once_and_each_failure_is_reported_once() {
        let mut syncer = syncer();
        syncer.now();
        assert!(syncer.thread.is_none(), "nothing has been written");
        let start = Instant::now();
        syncer.written();
        std::thread::sleep(DELAY / 5);
        let early = syncer.failure();
        assert!(early.is_none() || start.elapsed() >= DELAY, "further writes are awaited");
        assert!(early.is_some() || fails(&syncer));
        assert!(syncer.failure().is_none());
        syncer.now();
        assert!(fails(&syncer));
        syncer.written();
        assert!(fails(&syncer));
    }

    #[test]
    fn dropping_a_syncer_waits_until_what_was_written_is_synced() {
        let mut syncer = syncer();
        let failure = Arc::clone(&syncer.failure);
        syncer.written();
        drop(syncer);
        assert!(failure.lock().unwrap().is_some());
    }
}
