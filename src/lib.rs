//! Querist conducts security reviews, and any other questionnaire, in a terminal.
//!
//! The modules are layers, lowest first; each imports only those before it, and `report` and `store` not each
//! other. `tests/architecture.rs` holds it.

pub mod text;

pub mod questionnaire;

pub mod session;

pub mod report;
pub mod store;

pub mod workspace;

pub mod tui;

pub mod cli;
