//! The terminal: taken on entering, given back whole on leaving, on a panic and on a signal.

use std::io::{self, Write};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use ratatui::DefaultTerminal;
use ratatui::layout::Rect;

/// Takes the terminal, with the mouse if it is wanted.
pub fn enter(mouse: bool) -> io::Result<DefaultTerminal> {
    let terminal = ratatui::try_init()?;
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        modes_off();
        before(info);
    }));
    modes_on(mouse)?;
    on_signals();
    Ok(terminal)
}

/// Gives the terminal back.
pub fn leave() {
    modes_off();
    ratatui::restore();
}

/// Gives the terminal to another program for as long as `run` takes.
pub fn lend<T>(terminal: &mut DefaultTerminal, mouse: bool, run: impl FnOnce() -> T) -> io::Result<T> {
    modes_off();
    ratatui::try_restore()?;
    let result = run();
    crossterm::terminal::enable_raw_mode()?;
    execute!(io::stdout(), crossterm::terminal::EnterAlternateScreen)?;
    modes_on(mouse)?;
    // Draws everything anew. `clear` would ask the terminal for its cursor and wait for an answer.
    let size = terminal.size()?;
    terminal.resize(Rect::new(0, 0, size.width, size.height))?;
    Ok(result)
}

fn modes_on(mouse: bool) -> io::Result<()> {
    execute!(io::stdout(), EnableBracketedPaste)?;
    if mouse { execute!(io::stdout(), EnableMouseCapture) } else { Ok(()) }
}

fn modes_off() {
    let _ = execute!(io::stdout(), DisableMouseCapture, DisableBracketedPaste);
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
