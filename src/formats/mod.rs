//! Questionnaires in the formats of others, and reports for them. One file, or folder, per format; each is a
//! pure function of the bytes of a file.

mod conditions;
mod draft;
mod error;
mod html;
mod ids;
mod into;
mod read;
mod select;
mod sheet;
mod tones;
mod values;
mod warnings;

mod asvs;
mod ciso;
mod openssf;
mod oscal;

mod table;
mod vsaq;
mod xlsform;

pub use draft::Imported;
pub use error::ReadError;
pub use into::{Filled, IntoOptions, fill};
pub use read::{Format, MAX_FILE, Options, is_foreign, read};
pub use table::Columns;
pub use warnings::Warning;
