//! GPX and TCX.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| niggle_fuzz::xml(data));
