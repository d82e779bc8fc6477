//! What the terminal sends: bytes are divided into sequences (`sequences`), and sequences are keys, clicks
//! and pastes (`key`, `click`). Everything else, such as the terminal's replies, is dropped.

mod arrived;
#[cfg(unix)]
mod click;
#[cfg(not(unix))]
mod console;
#[cfg(unix)]
mod key;
#[cfg(unix)]
mod sequences;
#[cfg(unix)]
mod source;

pub use arrived::Received;
#[cfg(not(unix))]
pub use console::Source;
#[cfg(unix)]
pub use source::Source;
