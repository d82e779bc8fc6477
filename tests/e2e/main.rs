//! The real program end to end: in a pseudo-terminal, with real files and real signals.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(unix)]

mod advice;
mod again;
mod bad_input;
mod commands;
mod compare;
mod evidence;
mod faults;
mod formats;
mod gate;
mod git;
mod instance;
mod interview;
mod kill;
mod outside;
mod page;
mod private;
mod random;
mod request;
mod search;
mod team;
mod terminal;
mod torture;
