//! The terminal: taken on entering, given back whole on leaving, on a panic and on a signal.

use std::io::{self, Write};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui_core::layout::Size;

use super::frame::{Frame, Shown};
use super::pen::Pen;

/// The terminal that the screen is drawn on.
pub struct Terminal {
    /// What is to be sent: gathered, so that a frame is one write, with its cursor.
    gathered: Vec<u8>,
    pen: Pen,
    frame: Frame,
    shown: Shown,
    /// Whether the cursor is shown.
    has_cursor: bool,
    size: Size,
    mouse: bool,
}

impl Terminal {
    /// Takes the terminal, with the mouse if it is wanted.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            leave();
            before(info);
        }));
        take(mouse)?;
        on_signals();
        let (width, height) = crossterm::terminal::size()?;
        let size = Size { width, height };
        let (mut gathered, pen) = (Vec::new(), Pen::default());
        queue!(gathered, Hide)?;
        let (frame, shown) = (Frame::default(), Shown::default());
        Ok(Self { gathered, pen, frame, shown, has_cursor: false, size, mouse })
    }

    /// Its size when it was taken. A new one comes as an event.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Draws a frame of that size, and sends what of it is new with one write.
    pub fn draw(&mut self, size: Size, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if size != self.size {
            self.size = size;
            self.clear()?;
        }
        self.frame.begin(size);
        view(&mut self.frame);
        let changes = self.shown.changes(&self.frame);
        self.pen.write(&mut self.gathered, self.frame.buffer(), &changes, self.frame.cursor())?;
        let has_cursor = self.frame.cursor().is_some();
        match (self.has_cursor, has_cursor) {
            (false, true) => queue!(self.gathered, Show)?,
            (true, false) => queue!(self.gathered, Hide)?,
            _ => {}
        }
        self.has_cursor = has_cursor;
        self.send()
    }

    /// Gives the terminal to another program for as long as `run` takes.
    pub fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        leave();
        let result = run();
        take(self.mouse)?;
        self.clear()?;
        Ok(result)
    }

    /// Everything is drawn anew with the next frame.
    pub fn clear(&mut self) -> io::Result<()> {
        self.shown.forget();
        (self.has_cursor, self.pen) = (false, Pen::default());
        queue!(self.gathered, Hide, SetAttribute(Attribute::Reset), Clear(ClearType::All))
    }

    fn send(&mut self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        let sent = stdout.write_all(&self.gathered).and_then(|()| stdout.flush());
        self.gathered.clear();
        sent
    }
}

/// Gives the terminal back.
pub fn leave() {
    modes_off();
    let _ = disable_raw_mode();
    // Where the other screen is not kept apart, colours would go on behind the program.
    let _ = execute!(io::stdout(), SetAttribute(Attribute::Reset), LeaveAlternateScreen);
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen)?;
    modes_on(mouse)
}

fn modes_on(mouse: bool) -> io::Result<()> {
    execute!(io::stdout(), EnableBracketedPaste)?;
    if mouse { execute!(io::stdout(), EnableMouseCapture) } else { Ok(()) }
}

fn modes_off() {
    let _ = execute!(io::stdout(), DisableMouseCapture, DisableBracketedPaste, Show);
    let _ = io::stdout().flush();
}

/// A signal that ends the program gives the terminal back first. What was typed is on disk already.
#[cfg(unix)]
fn on_signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT]) else { return };
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            leave();
            std::process::exit(128 + signal);
        }
    };
    // Without the thread the program ends as any other does: the terminal needs a reset, no text is lost.
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
}

#[cfg(not(unix))]
fn on_signals() {}
