//! Screens as sentences: keys in, screen out. Real files, no terminal.

mod answering;
mod harness;
mod keys_per_question;
mod moving;
mod pictures;
pub mod readme;
mod robust;
mod screens;
mod writing;
