//! The program as a whole: which screen is shown, and how inputs reach it.

mod act;
mod input;
mod mouse;
mod navigate;
mod outcome;
mod state;
mod update;
mod view;

pub use input::Input;
pub use state::App;
#[cfg(test)]
pub use state::Screen;
pub use update::update;
pub use view::view;
