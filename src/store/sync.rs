//! Bringing the journal to the disk itself, off the drawing path.

use std::fs::File;
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// After an edit, how long more edits may come in before all are synced. With the sync itself less than a second.
const DELAY: Duration = Duration::from_millis(500);

enum Message {
    /// Something was written.
    Written,
    /// Sync without waiting.
    Now,
}

/// A thread that syncs one file after it was written. Sleeps while nothing is written.
pub(super) struct Syncer {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    failure: Arc<Mutex<Option<io::Error>>>,
}

impl Syncer {
    /// Starts the thread for `file`.
    pub(super) fn start(file: File) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let failure = Arc::new(Mutex::new(None));
        let told = Arc::clone(&failure);
        let thread = std::thread::Builder::new()
            .name("sync".to_owned())
            .spawn(move || run(&file, &receiver, &told))?;
        Ok(Self { sender: Some(sender), thread: Some(thread), failure })
    }

    /// Says that something was written; it is synced within a second.
    pub(super) fn written(&self) {
        self.send(Message::Written);
    }

    /// Asks for a sync at once, without waiting for it.
    pub(super) fn now(&self) {
        self.send(Message::Now);
    }

    /// The error of a sync that failed since the last call.
    pub(super) fn failure(&self) -> Option<io::Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender {
            // The thread ends only when this sender is dropped.
            let _ = sender.send(message);
        }
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        drop(self.sender.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(file: &File, receiver: &Receiver<Message>, told: &Mutex<Option<io::Error>>) {
    while let Ok(first) = receiver.recv() {
        let deadline = Instant::now() + DELAY;
        let mut message = Ok(first);
        while matches!(message, Ok(Message::Written)) {
            message = receiver.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        }
        if let Err(error) = file.sync_data() {
            *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        if matches!(message, Err(RecvTimeoutError::Disconnected)) {
            return;
        }
    }
}
