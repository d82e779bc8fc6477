//! The interview: one question at a time, with everything that helps to answer it.

mod before;
mod layout;
mod lines;
mod mouse;
mod outline;
mod share;
mod shown;
mod state;
mod unasked;
mod update;
mod view;

pub use mouse::{click, drag, wheel};
#[cfg(test)]
pub use outline::OutlineRow;
#[cfg(test)]
pub use state::Focus;
pub use state::{Bookmark, Interview};
pub use update::{
    act, conflicts, edited, files, go_to, link_words, links, match_earlier, outline as act_on_outline, paste,
    reuse, set_basis, step, structure, text, typed, undo,
};
pub use view::{first_hint, verbs, view};
