//! Screens as sentences: keys in, screen out. Real files, no terminal.

mod answering;
mod harness;
mod moving;
mod pictures;
mod robust;
mod screens;
mod writing;
