//! Querist runs security reviews, and any other questionnaire, in the terminal.
//!
//! The modules are layers, listed from lowest to highest. A module imports only from layers below its own;
//! this is enforced by `tests/architecture.rs`.

pub mod markdown;
pub mod text;

pub mod questionnaire;

pub mod session;

pub mod report;

pub mod formats;

pub mod store;

pub mod workspace;

pub mod tui;

pub mod cli;
