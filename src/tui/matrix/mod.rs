//! Many services side by side.

mod state;
mod update;
mod view;

pub use state::MatrixScreen;
pub use update::{act, click, step, written};
pub use view::view;
