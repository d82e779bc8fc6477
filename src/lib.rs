//! Querist conducts security reviews, and any other questionnaire, in a terminal.
//!
//! The modules are layers; each imports only those above it in this list. `tests/architecture.rs` holds it.

pub mod text;

pub mod questionnaire;

pub mod session;

pub mod report;
pub mod store;
