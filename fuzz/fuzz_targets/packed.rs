//! zip and gzip, and exports and recordings in them.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| niggle_fuzz::packed(data));
