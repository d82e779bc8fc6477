//! The terminal: acquired at the start, and restored at the end, on a panic, and on a signal.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, TerminalOptions, Viewport};

/// The longest wait for the terminal when a signal ends the program.
#[cfg(unix)]
const LEAVING: std::time::Duration = std::time::Duration::from_millis(500);

/// The terminal that the screens are drawn on.
pub struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<FrameBuffer>>,
    buffer: FrameBuffer,
    size: Size,
    mouse: bool,
}

impl Terminal {
    /// Acquires the terminal, with the mouse if `mouse` is true.
    ///
    /// # Errors
    /// If it is not a terminal, or fails.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            leave();
            before(info);
        }));
        acquire(mouse)?;
        on_signals(mouse);
        let (width, height) = crossterm::terminal::size()?;
        let (size, buffer) = (Size { width, height }, FrameBuffer::default());
        Ok(Self { inner: blank(size, &buffer)?, buffer, size, mouse })
    }

    /// Its size when it was acquired. Later sizes arrive as events.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Draws a frame of this size. The terminal receives it in one write, so it never shows half of it.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn draw(&mut self, size: Size, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if size != self.size {
            self.size = size;
            self.clear()?;
        }
        self.inner.draw(view)?;
        self.buffer.send()
    }

    /// Lends the terminal to another program while `run` runs.
    ///
    /// # Errors
    /// If the terminal cannot be acquired again.
    pub fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        leave();
        let result = run();
        acquire(self.mouse)?;
        self.clear()?;
        Ok(result)
    }

    /// Clears the screen, so that the next frame is drawn completely.
    ///
    /// `ratatui::Terminal::clear` and `resize` would ask the terminal for its cursor position and wait for
    /// the answer; a new `ratatui::Terminal` of a fixed size asks nothing.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn clear(&mut self) -> io::Result<()> {
        queue!(self.buffer, Hide, SetAttribute(Attribute::Reset), Clear(ClearType::All))?;
        self.inner = blank(self.size, &self.buffer)?;
        Ok(())
    }
}

/// A terminal of a fixed size whose screen is blank.
fn blank(size: Size, buffer: &FrameBuffer) -> io::Result<ratatui::Terminal<CrosstermBackend<FrameBuffer>>> {
    let area = Rect::new(0, 0, size.width, size.height);
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    ratatui::Terminal::with_options(CrosstermBackend::new(buffer.clone()), options)
}

/// Collects what ratatui writes and flushes several times per frame.
#[derive(Clone, Default)]
struct FrameBuffer(Rc<RefCell<Vec<u8>>>);

impl FrameBuffer {
    /// Sends everything in one write.
    fn send(&self) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        let mut stdout = io::stdout().lock();
        let sent = stdout.write_all(&bytes).and_then(|()| stdout.flush());
        bytes.clear();
        sent
    }
}

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Restores the terminal.
pub fn leave() {
    let _ = execute!(io::stdout(), DisableMouseCapture, DisableBracketedPaste, Show);
    let _ = disable_raw_mode();
    // A terminal without an alternate screen would keep the colours.
    let _ = execute!(io::stdout(), SetAttribute(Attribute::Reset), LeaveAlternateScreen);
}

fn acquire(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    make_raw()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse { execute!(io::stdout(), EnableMouseCapture) } else { Ok(()) }
}

/// A signal that ends or stops the program restores the terminal first, and one that continues it acquires
/// the terminal again. What was typed is on disk already.
#[cfg(unix)]
fn on_signals(mouse: bool) {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let all = [SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT];
    let Ok(mut signals) = signal_hook::iterator::Signals::new(all) else { return };
    let wait = move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => {
                    leave_soon();
                    let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
                }
                SIGCONT => acquire_again(mouse),
                _ => {
                    leave_soon();
                    // Exiting normally would wait for a terminal that accepts no output.
                    signal_hook::low_level::exit(128 + signal);
                }
            }
        }
    };
    // Without this thread, a signal leaves the terminal in raw mode, but loses no text.
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
}

/// Restores the terminal, but waits only a moment for one that accepts no output.
#[cfg(unix)]
fn leave_soon() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let restore = move || {
        leave();
        // Nobody waits for it after the moment.
        let _ = sender.send(());
    };
    if std::thread::Builder::new().name("leave".to_owned()).spawn(restore).is_ok() {
        let _ = receiver.recv_timeout(LEAVING);
    }
    let _ = disable_raw_mode();
}

/// Acquires the terminal after the program was stopped, during which a shell may have changed its modes, and
/// has everything drawn again.
#[cfg(unix)]
fn acquire_again(mouse: bool) {
    if acquire(mouse).is_ok() {
        // The loop draws everything when the size changes.
        let _ = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
    }
}

/// Sets raw mode even if it was set before: a shell may have changed it meanwhile, which crossterm does not
/// know. Leaving raw mode first would let the terminal swallow Ctrl-Q in between.
#[cfg(unix)]
fn make_raw() -> io::Result<()> {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    let input = rustix::stdio::stdin();
    let mut modes = tcgetattr(input)?;
    modes.make_raw();
    Ok(tcsetattr(input, OptionalActions::Now, &modes)?)
}

#[cfg(not(unix))]
fn make_raw() -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn on_signals(_: bool) {}
