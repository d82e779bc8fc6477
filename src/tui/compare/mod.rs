//! What differs between two sessions.

mod layout;
mod state;
mod update;
mod view;

pub use state::Compare;
pub use update::{act, click, step, written};
pub use view::view;
