//! Any bytes as a snapshot.
#![no_main]

mod opening;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| opening::opens("json", bytes));
