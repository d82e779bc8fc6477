//! The interview's actions, by what they change.

mod act;
mod again;
mod answer;
pub mod conflicts;
mod edit;
pub mod files;
mod go;
mod history;
mod instance;
pub mod links;
mod look;
pub mod outline;
mod similar;
mod skeleton;
mod steps;
pub mod structure;
mod team;
pub mod text;

pub use act::{act, paste, step, typed};
pub use again::match_earlier;
pub use answer::{choose, set_basis};
pub use go::{focus, go_to, to_field, to_item};
pub use history::undo;
pub use similar::reuse;
pub use steps::row_action;
pub use text::{edited, link_words};
