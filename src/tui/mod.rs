//! The screens, as in The Elm Architecture: state, `update` from an input to effects, `view` from the state
//! to a frame.
//!
//! One folder per screen (`home`, `interview`, `overview`, `preview`, `dialog`), with `state.rs`, `update.rs`
//! and `view.rs` in each. `app` puts them together. Effects are plain data, performed by `perform`.

mod app;
mod chrome;
mod compare;
mod current;
mod dialog;
mod effect;
mod home;
mod interview;
mod keys;
mod matrix;
mod offscreen;
mod overview;
mod perform;
mod preview;
mod reasons;
mod received;
mod run;
mod terminal;
mod theme;
mod turn;
mod widgets;

#[cfg(test)]
mod tests;

pub use keys::key_list;
pub use offscreen::Offscreen;
pub use run::{Start, TuiError, run};
