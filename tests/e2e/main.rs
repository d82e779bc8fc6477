//! The real program, from end to end: a pseudo-terminal, real files, real signals.
#![cfg(unix)]

mod bad_input;
mod commands;
mod review;
mod terminal;
