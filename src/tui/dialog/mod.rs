//! Dialogs: what is shown over a screen.

mod layout;
mod open;
mod palette;
mod search;
mod state;
mod tour;
mod typing;
mod update;
mod view;

pub use open::{
    Sources, choose_questionnaire, differences, help, open, save_elsewhere, understood, warnings,
};
pub use palette::palette;
pub use search::{found, to_search};
pub use state::{Chosen, Dialog, Purpose};
pub use update::{act, click, completed, confirm, find, paste, rejected, typed};
pub use view::view;
