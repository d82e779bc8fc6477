//! Bringing the journal to the disk itself, off the drawing path.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// Syncs one file after it was written, in a thread that is begun with the first write and sleeps while nothing is written.
pub(super) struct Syncer {
    file: Option<File>,
    running: Option<Running>,
    failure: Arc<Mutex<Option<io::Error>>>,
}

struct Running {
    /// Whether the thread knows already that something was written since it began its last sync.
    is_told: Arc<AtomicBool>,
    sender: Sender<Message>,
    thread: JoinHandle<()>,
}

impl Syncer {
    /// For `file`.
    pub(super) fn new(file: File) -> Self {
        Self { file: Some(file), running: None, failure: Arc::new(Mutex::new(None)) }
    }

    /// Says that something was written; it is synced within a second.
    pub(super) fn written(&mut self) {
        // Telling it at each key would wake it at each key.
        let is_told =
            self.running.as_ref().is_some_and(|running| running.is_told.swap(true, Ordering::AcqRel));
        if !is_told {
            self.send(Message::Written);
        }
    }

    /// Asks for a sync at once, without waiting for it. Nothing is to be done where nothing was written.
    pub(super) fn now(&mut self) {
        if self.running.is_some() {
            self.send(Message::Now);
        }
    }

    /// The error of a sync that failed since the last call.
    pub(super) fn failure(&self) -> Option<io::Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn send(&mut self, message: Message) {
        if let Some(file) = self.file.take() {
            let (sender, receiver) = mpsc::channel();
            let told = Arc::clone(&self.failure);
            let is_told = Arc::new(AtomicBool::new(true));
            let knows = Arc::clone(&is_told);
            let thread = std::thread::Builder::new().name("sync".to_owned());
            match thread.spawn(move || run(&file, &receiver, &knows, &told)) {
                Ok(thread) => self.running = Some(Running { is_told, sender, thread }),
                Err(error) => *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error),
            }
        }
        if let Some(running) = &self.running {
            // The thread ends only when this sender is dropped.
            let _ = running.sender.send(message);
        }
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        if let Some(Running { sender, thread, .. }) = self.running.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

fn run(file: &File, receiver: &Receiver<Message>, knows: &AtomicBool, told: &Mutex<Option<io::Error>>) {
    while let Ok(first) = receiver.recv() {
        let deadline = Instant::now() + DELAY;
        let mut message = Ok(first);
        while matches!(message, Ok(Message::Written)) {
            message = receiver.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        }
        // What is written from here on may not be part of this sync, and is told anew.
        knows.store(false, Ordering::Release);
        if let Err(error) = file.sync_data() {
            *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        if matches!(message, Err(RecvTimeoutError::Disconnected)) {
            return;
        }
    }
}
