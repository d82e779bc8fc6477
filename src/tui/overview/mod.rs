//! The overview: everything about a session on one page.

mod layout;
mod state;
mod update;
mod view;

pub use state::Overview;
pub use update::{act, click, step};
pub use view::view;
