//! Any bytes as a snapshot: it opens or is rejected, but never panics.
#![no_main]

mod opening;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| opening::open("json", bytes));
