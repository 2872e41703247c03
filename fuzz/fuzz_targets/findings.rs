//! A report that is read back.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| niggle_fuzz::findings(data));
