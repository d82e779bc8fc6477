//! The home screen: the list of sessions.

mod state;
mod update;
mod view;

pub use state::{Home, MovedSession};
pub use update::{act, click, listed, moved, offered, step, undo};
pub use view::view;
