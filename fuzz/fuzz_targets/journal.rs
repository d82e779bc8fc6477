//! Any bytes as a journal.
#![no_main]

mod opening;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| opening::opens("journal", bytes));
