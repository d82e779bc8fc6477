//! Tests of the screens: keys in, text out, with real files.

mod again;
mod answering;
mod choices;
mod compare;
mod dialogs;
pub mod docs;
mod evidence;
mod files;
mod harness;
mod instances;
mod keys_per_question;
mod moving;
mod pictures;
mod reading;
mod robust;
mod screens;
mod searching;
mod skeleton;
mod steps;
mod writing;
