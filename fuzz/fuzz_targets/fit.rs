//! FIT, byte by byte.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| niggle_fuzz::recording("a.fit", data));
