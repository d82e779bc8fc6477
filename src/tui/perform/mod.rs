//! Performs effects: the one place of the screens that works with files, the terminal and other programs.

mod editor;
mod evidence;
mod paths;
mod performer;
mod saving;
mod sessions;

pub use performer::{Performer, clock, perform_all};
