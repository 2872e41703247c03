//! Files of account exports.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| niggle_fuzz::export(data));
