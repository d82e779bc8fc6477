//! The real program, from end to end: a pseudo-terminal, real files, real signals.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(unix)]

mod bad_input;
mod commands;
mod faults;
mod kill;
mod review;
mod terminal;
