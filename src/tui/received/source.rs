//! Where input comes from: the terminal at standard input, and the signal that its size has changed.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use filedescriptor::{POLLIN, poll, pollfd};
use ratatui::layout::Size;

use super::arrived::Arrived;
use super::sequences::Sequences;

/// No more bytes are read at once, so that endless input is drawn too.
const MOST: usize = 1 << 20;

/// The source of input.
pub struct Source {
    terminal: File,
    resized: UnixStream,
    sequences: Sequences,
}

impl Source {
    /// Input from now on. A change of size is noticed from now on too.
    ///
    /// # Errors
    /// If the system has no more files to offer.
    pub fn new() -> io::Result<Self> {
        let (resized, sender) = UnixStream::pair()?;
        resized.set_nonblocking(true)?;
        signal_hook::low_level::pipe::register(signal_hook::consts::SIGWINCH, sender)?;
        let terminal = File::from(io::stdin().as_fd().try_clone_to_owned()?);
        Ok(Self { terminal, resized, sequences: Sequences::default() })
    }

    /// Waits for input, at most for this long, and returns all that has arrived by then.
    ///
    /// # Errors
    /// If the terminal fails or was closed.
    pub fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Arrived> {
        loop {
            let patience = self.sequences.patience();
            let mut arrived = self.read(patience.or(timeout))?;
            if arrived.is_none() && patience.is_some() {
                arrived = Some(Arrived { size: None, received: self.sequences.pause() });
            }
            match arrived {
                Some(arrived) if arrived.size.is_none() && arrived.received.is_empty() => {}
                Some(arrived) => return Ok(arrived),
                None => return Ok(Arrived::default()),
            }
        }
    }

    /// Reads until nothing is left; nothing if no input arrives in time.
    fn read(&mut self, timeout: Option<Duration>) -> io::Result<Option<Arrived>> {
        let (mut wait, mut arrived, mut length) = (timeout, None, 0);
        let mut buffer = [0; 1 << 14];
        while length < MOST && self.is_ready(wait)? {
            wait = Some(Duration::ZERO);
            let arrived = arrived.get_or_insert_with(Arrived::default);
            if self.has_resized()? {
                let (width, height) = crossterm::terminal::size()?;
                arrived.size = Some(Size { width, height });
                continue;
            }
            match self.terminal.read(&mut buffer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => {
                    length += read;
                    arrived.received.extend(self.sequences.take(&buffer[..read]));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(arrived)
    }

    /// Waits until something can be read.
    fn is_ready(&self, timeout: Option<Duration>) -> io::Result<bool> {
        let watched = |fd: &dyn AsRawFd| pollfd { fd: fd.as_raw_fd(), events: POLLIN, revents: 0 };
        loop {
            match poll(&mut [watched(&self.terminal), watched(&self.resized)], timeout) {
                Ok(ready) => return Ok(ready > 0),
                Err(filedescriptor::Error::Poll(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }

    fn has_resized(&mut self) -> io::Result<bool> {
        match self.resized.read(&mut [0; 64]) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(false),
            Err(error) => Err(error),
        }
    }
}
