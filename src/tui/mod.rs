//! The screens, as in The Elm Architecture: state, `update` from an input to effects, `view` from state to a frame.
//!
//! Effects are plain data and performed in one place, `perform`; nothing else here touches a file or the clock.

mod action;
mod context;
mod effect;
mod frame;
mod keymap;
mod layout;
mod offscreen;
mod overview_text;
mod pen;
mod perform;
mod places;
mod preview_text;
mod run;
mod state;
mod terminal;
mod theme;
mod tour;
mod update;
mod view;
mod widgets;

#[cfg(test)]
mod tests;

pub use keymap::key_list;
pub use offscreen::Offscreen;
pub use run::{Start, TuiError, run};
