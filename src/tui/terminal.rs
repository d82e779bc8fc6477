//! The terminal: taken on entering, given back whole on leaving, on a panic and on a signal.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::layout::{Position, Size};

use super::frame::{Frame, Shown};

/// The terminal that the screen is drawn on.
pub struct Terminal {
    backend: CrosstermBackend<Gathered>,
    gathered: Gathered,
    frame: Frame,
    shown: Shown,
    /// Where the cursor is shown.
    cursor: Option<Position>,
    size: Size,
    mouse: bool,
}

/// What is to be sent to the terminal: gathered, so that a frame is one write, with its cursor.
#[derive(Clone, Default)]
struct Gathered(Rc<RefCell<Vec<u8>>>);

impl Write for Gathered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
        let gathered = Gathered::default();
        let mut backend = CrosstermBackend::new(gathered.clone());
        backend.hide_cursor()?;
        let (frame, shown) = (Frame::default(), Shown::default());
        Ok(Self { backend, gathered, frame, shown, cursor: None, size, mouse })
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
        if !changes.is_empty() {
            let buffer = self.frame.buffer();
            self.backend.draw(changes.iter().map(|at| (at.x, at.y, &buffer[*at])))?;
        }
        match (self.cursor, self.frame.cursor()) {
            (before, Some(now)) => {
                if !changes.is_empty() || before != Some(now) {
                    self.backend.set_cursor_position(now)?;
                }
                if before.is_none() {
                    self.backend.show_cursor()?;
                }
            }
            (Some(_), None) => self.backend.hide_cursor()?,
            (None, None) => {}
        }
        self.cursor = self.frame.cursor();
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
    fn clear(&mut self) -> io::Result<()> {
        self.shown.forget();
        self.cursor = None;
        self.backend.hide_cursor()?;
        self.backend.clear_region(ClearType::All)
    }

    fn send(&mut self) -> io::Result<()> {
        let mut bytes = self.gathered.0.borrow_mut();
        let mut stdout = io::stdout().lock();
        let sent = stdout.write_all(&bytes).and_then(|()| stdout.flush());
        bytes.clear();
        sent
    }
}

/// Gives the terminal back.
pub fn leave() {
    modes_off();
    ratatui::restore();
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
