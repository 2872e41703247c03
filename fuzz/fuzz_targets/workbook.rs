//! Pain logs as workbooks.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| niggle_fuzz::pain_log(data));
